"""A report as one page that needs nothing else: text, tables and figures in a single HTML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from .page import Picture, Report

MOST_BYTES = 2_000_000  # of a page
FOR_PICTURES = 1_600_000  # the rest is text
FORM = "1"  # of the page; another when its parts are told apart otherwise
TEMPLATE, STYLE = "page.html.jinja", "page.css"
UNQUOTED = " !$()*,-./:;=?@[]^_`{|}~"  # what stands for itself where quotation marks are round it
CODE = re.compile(r"`([^`]+)`")


def page_of(report: Report) -> str:
    """The page of a report as HTML; the same report gives the same text."""
    here = files(__package__)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["said"] = said
    template = environment.from_string((here / TEMPLATE).read_text(encoding="utf-8"))
    style = (here / STYLE).read_text(encoding="utf-8")
    return template.render(
        report=report, style=Markup(style), form=FORM, images=images_of(report),  # our own text
    )


def said(text: str) -> Markup:
    """A sentence for a page: what stands between backticks is code, and nothing else is more than text."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))


def images_of(report: Report) -> Mapping[str, str]:
    """The images of the figures, by name, as well drawn as there is room for; last ones may be left out."""
    pictures = list(report.pictures)
    best = {picture.name: _outlined(picture) for picture in pictures}
    if _size(best) <= FOR_PICTURES:
        return best
    smallest = {picture.name: _lettered(picture) for picture in pictures}
    while _size(smallest) > FOR_PICTURES:
        del smallest[next(reversed(smallest))]
    return smallest


def _size(images: Mapping[str, str]) -> int:
    return sum(map(len, images.values()))


def _outlined(picture: Picture) -> str:
    return _image(picture.outlined)


def _lettered(picture: Picture) -> str:
    return _image(picture.lettered)


def _image(svg: str) -> str:
    """A drawing as an address that holds all of it."""
    return f"data:image/svg+xml,{quote(svg, safe=UNQUOTED)}"
