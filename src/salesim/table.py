"""A table: made once of what was found, and drawn by the terminal, by a report and on slides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import rich.table
from rich.box import SIMPLE
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from .messages import readable

STRONG, HEADING = "strong", "heading"
WIDE = 130  # signs, from which a terminal has room for all columns
REMARK = "remark"  # above a column that needs no name where it is seen, but does where it is heard


@dataclass(frozen=True)
class Head:
    """What stands above a column.

    Args:
        name: with the unit where all cells have the same; empty above remarks.
        right: whether it holds numbers, which stand to the right.
        whole: whether its cells are never broken into lines.
        least: signs that it has room for at least on a terminal.
        roomy: whether a narrow terminal leaves it out.
    """

    name: str
    right: bool = False
    whole: bool = False
    least: int = 0
    roomy: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Args:
        cells: its texts, the first of which says what the row is about.
        kind: "strong" for a sum of rows below it, "heading" for one that names those below it.
        colour: of its last cell on a terminal, such as "green".
    """

    cells: tuple[str, ...]
    kind: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Table:
    """A table of numbers or words.

    Args:
        heads: what stands above the columns.
        groups: rows that belong together.
        caption: what it holds; empty where what stands before it says so.
        name: short, for links and for telling what differs.
        loud: which cell of strong rows and headings a terminal writes in capitals.
        details: whether a terminal shows it only where all is asked for.
    """

    heads: tuple[Head, ...]
    groups: tuple[tuple[Row, ...], ...]
    caption: str = ""
    name: str = ""
    loud: int = 0
    details: bool = False

    @property
    def head(self) -> tuple[str, ...]:
        """What stands above the columns, each with a name."""
        return tuple(head.name or REMARK for head in self.heads)

    @property
    def right(self) -> tuple[bool, ...]:
        """Whether a column holds numbers."""
        return tuple(head.right for head in self.heads)

    @property
    def rows(self) -> list[Row]:
        """All rows, whatever their group."""
        return [row for group in self.groups for row in group]

    def called(self, name: str, caption: str) -> Table:
        """The same table with a name and a caption, for a page."""
        return replace(self, name=name, caption=caption)

    def first(self, most: int) -> Table:
        """The same table with no more than its first rows, which its caption then says."""
        if most >= len(self.rows):
            return self
        left, groups = most, []
        for group in self.groups:
            groups.append(group[:left])
            left -= len(groups[-1])
        cut = f"the first {most:,} of {len(self.rows):,} rows"
        caption = f"{self.caption}; {cut}" if self.caption else cut
        return replace(self, groups=tuple(filter(None, groups)), caption=caption)

    def narrow(self) -> Table:
        """The same table without the columns that only a wide terminal has room for."""
        kept = [place for place, head in enumerate(self.heads) if not head.roomy]
        groups = (
            tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in group)
            for group in self.groups
        )
        return replace(self, heads=tuple(self.heads[place] for place in kept), groups=tuple(groups))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table as a terminal prints it."""
        yield (self if options.max_width >= WIDE else self.narrow())._drawn()

    def _drawn(self) -> rich.table.Table:
        drawn = rich.table.Table(
            title=Text(readable(self.caption)) if self.caption else None,
            title_justify="left",
            box=SIMPLE,
            show_header=any(head.name for head in self.heads),
            pad_edge=False,
            collapse_padding=True,
        )
        for head in self.heads:
            drawn.add_column(
                Text(readable(head.name)),
                justify="right" if head.right else "left",
                no_wrap=head.whole,
                overflow="ellipsis" if head.whole else "fold",
                min_width=head.least or None,
            )
        for group in self.groups:
            for row in group:
                within = group[0].kind == STRONG != row.kind
                drawn.add_row(*self._printed(row, "  " * within), style="bold" * (row.kind == STRONG))
            drawn.add_section()
        return drawn

    def _printed(self, row: Row, indent: str) -> list[Text]:
        """Cells as a terminal shows them, which sets rows apart by capitals and by what they begin with."""
        cells = [readable(cell) for cell in (indent + row.cells[0], *row.cells[1:])]
        if row.kind:
            cells[self.loud] = cells[self.loud].upper()
        return [*map(Text, cells[:-1]), Text(cells[-1], row.colour)]


def grouped(
    heads: Iterable[Head], groups: Iterable[Iterable[Row]], caption: str = "", loud: int = 0
) -> Table:
    """A table of rows that belong together; rows that are too short are filled up."""
    heads = tuple(heads)
    empty = [""] * len(heads)
    filled = (tuple(replace(r, cells=(*r.cells, *empty)[: len(heads)]) for r in group) for group in groups)
    return Table(heads, tuple(group for group in filled if group), caption, loud=loud)


def listed(heads: Iterable[Head], rows: Iterable[Sequence[str]], caption: str = "") -> Table:
    """A table of rows that are all alike."""
    return grouped(heads, [[Row(tuple(cells)) for cells in rows]], caption)


def table(
    name: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()
) -> Table:
    """A table of texts for a page; columns at the places of `right` hold numbers."""
    places = set(right)
    heads = [Head(each, right=place in places) for place, each in enumerate(head)]
    return listed(heads, rows).called(name, caption)
