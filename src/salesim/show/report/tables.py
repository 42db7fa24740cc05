"""Tables of a report: those that commands print, with the same words, and a few of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import rich.table
from rich.console import RenderableType
from rich.text import Text

from .page import HEADING, STRONG, Row, Table

WIDTH = 200  # of a terminal in which tables leave nothing out
REMARK = "remark"  # above a column that needs no name where it is seen, but does where it is heard


def of_terminal(name: str, caption: str, printed: rich.table.Table) -> Table:
    """A table as a command prints it."""
    columns = printed.columns
    head = tuple(_text(column.header) or REMARK for column in columns)
    cells = zip(*([_text(cell) for cell in column.cells] for column in columns), strict=True)
    groups: list[list[Row]] = [[]]
    for row, texts in zip(printed.rows, cells, strict=True):
        groups[-1].append(_row(texts, strong="bold" in str(row.style)))
        if row.end_section:
            groups.append([])
    kept = tuple(tuple(group) for group in groups if group)
    return Table(name, caption, head, tuple(column.justify == "right" for column in columns), kept)


def _row(texts: Sequence[str], *, strong: bool) -> Row:
    """A row; what a terminal sets apart by capitals is set apart by its kind."""
    heading = texts[0].isupper() and not any(texts[1:])
    if not (strong or heading):
        return Row(tuple(texts))
    quiet = (text.capitalize() if text.isupper() else text for text in texts)
    return Row(tuple(quiet), HEADING if heading else STRONG)


def _text(cell: RenderableType) -> str:
    """A cell without its marks."""
    plain = cell.plain if isinstance(cell, Text) else Text.from_markup(str(cell)).plain
    return plain.strip()


def table(
    name: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()
) -> Table:
    """A table of texts; columns at the places of `right` hold numbers."""
    places = set(right)
    sides = tuple(place in places for place in range(len(head)))
    return Table(name, caption, tuple(head), sides, (tuple(Row(tuple(row)) for row in rows),))
