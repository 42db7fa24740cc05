"""A report as one page that needs nothing else: text, tables and figures in a single HTML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ...messages import readable
from .page import Report

MAX_BYTES = 2_000_000  # of a page
FOR_PICTURES = 1_600_000  # the rest is text
FORM = "1"  # of the page; another when its parts are recognised otherwise
TEMPLATE = "page.html.jinja"
UNQUOTED = " !$()*,-./:;=?@[]^_`{|}~"  # what stands for itself where quotation marks are round it
CODE = re.compile(r"`([^`]+)`")  # every second piece of a text that it splits is code


def page_of(report: Report) -> str:
    """The page of a report as HTML; the same report gives the same text."""
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_visible,
    )
    environment.filters["pieces"] = CODE.split
    return environment.get_template(TEMPLATE).render(report=report, form=FORM, images=images_of(report))


def _visible(value: Any) -> Any:
    """A text as a page shows it; what the template has made is as it should be."""
    return readable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _source(name: str) -> str:
    """A file of the page, which comes with the package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def images_of(report: Report) -> Mapping[str, str]:
    """The images of the figures, by name, as well drawn as there is room for; last ones may be left out."""
    best = {picture.name: _image(picture.outlined) for picture in report.pictures}
    if sum(map(len, best.values())) <= FOR_PICTURES:
        return best
    smallest = {picture.name: _image(picture.lettered) for picture in report.pictures}
    while sum(map(len, smallest.values())) > FOR_PICTURES:
        smallest.popitem()
    return smallest


def _image(svg: str) -> str:
    """A drawing as an address that holds all of it."""
    return f"data:image/svg+xml,{quote(svg, safe=UNQUOTED)}"
