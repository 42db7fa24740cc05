"""How pages are written: from templates, with one form of tables, and marked blocks in pages by hand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from tabulate import tabulate

MANIFEST = "results/published/manifest.json"
BLOCK = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- end of (\w+) -->", re.S)


def rendered(page: str, said: Mapping[str, Any], template: str = "") -> str:
    """A page from its template.

    Args:
        page: where it lies in the repository; links are written as they hold there.
        said: what the template shows, by the names that it has there.
        template: unless it is called as the page is.
    """
    found = TEMPLATES.get_template(f"{template or Path(page).stem}.md.jinja")
    return found.render(said, link=partial(link, page)).rstrip() + "\n"


def link(page: str, target: str) -> str:
    """The way from a page to a file, both by their paths in the repository."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    plain = {"stralign": None, "numalign": None, "disable_numparse": True}
    return str(tabulate(cells, [*head], "pipe", **plain))


def code(names: Iterable[str]) -> str:
    """Names as they stand in the code."""
    return ", ".join(f"`{name}`" for name in names)


def anchor(title: str) -> str:
    """What a heading is linked by."""
    return "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -_").replace(" ", "-")


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """A page written by hand with each of its generated blocks as code and runs give them now.

    Args:
        text: the page, with marks around what is generated.
        blocks: what stands in each block, by name.

    Raises:
        ValueError: a block that is none, or one that stands in the page never or twice.
    """
    there = [found[1] for found in BLOCK.finditer(text)]
    if sorted(there) != sorted(blocks):
        raise ValueError(f"blocks are {', '.join(there)}; wanted is each of {', '.join(blocks)} once")
    return BLOCK.sub(lambda found: _marked(found[1], blocks[found[1]]), text)


def _marked(name: str, block: str) -> str:
    """A generated block between its marks."""
    return f"<!-- generated: {name} -->\n\n{block.strip()}\n\n<!-- end of {name} -->"


TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.globals |= {"table": table, "code": code, "anchor": anchor, "manifest": MANIFEST}
