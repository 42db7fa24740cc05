"""Rows with intervals: names at the side, and for each a mark at its amount with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .frame import GREY, INK, NOTE, Side, plain, write

SIZE = 10.0  # points, of a mark
ABOVE = 7.0  # points from a mark to its amount
EDGE = 0.3  # of the width of a panel
HEIGHT_OF_LINE = 0.21  # inches


class Look(NamedTuple):
    """How marks of one kind look, whatever colours one sees; hollow where nothing is clear."""

    label: str
    colour: str
    marker: str
    hollow: bool = False

    def face(self, size: float = SIZE) -> dict[str, Any]:
        """The same as matplotlib has it."""
        return {
            "marker": self.marker,
            "markersize": size,
            "markerfacecolor": "white" if self.hollow else self.colour,
            "markeredgecolor": self.colour,
            "markeredgewidth": 1.8,
        }


class Marked(NamedTuple):
    """A row: an amount with the ends of its interval, in the unit of the axis; without them a name only."""

    name: str
    ends: Sequence[float]
    look: Look
    text: str = ""
    id: str = ""


def draw_mark(axes: Axes, row: float, ends: Sequence[float], look: Look, name: str = "") -> None:
    """A mark at an amount, and a line from end to end of its interval."""
    mean, low, high = ends
    axes.plot([low, high], [row, row], color=INK, linewidth=2.0, solid_capstyle="butt", zorder=2)
    axes.plot(mean, row, linestyle="none", gid=name, zorder=3, **look.face())


def draw_rows(
    axes: Axes,
    marks: Sequence[Marked],
    label: str = "",
    *,
    size: float | None = None,
    room: float = 0.05,
    zero: bool = False,
    ticks: int = 6,
    narrow: bool = False,
) -> None:
    """Rows from the top, with their amounts in words above the marks.

    Args:
        axes: where.
        marks: the rows.
        label: what stands along the axis.
        size: of the names (points).
        room: what is left free at either side, as a share.
        zero: whether there is a line at nothing.
        ticks: about how many steps along the axis.
        narrow: whether words near an edge turn away from it.
    """
    if zero:
        axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    for row, each in enumerate(marks):
        if len(each.ends):
            draw_mark(axes, row, each.ends, each.look, each.id)
    axes.margins(x=room)
    low, high = axes.get_xlim()
    for row, each in enumerate(marks):
        if each.text:
            place = (each.ends[0] - low) / (high - low)
            near = narrow and not EDGE < place < 1.0 - EDGE
            side: Side = "center" if not near else "left" if place < 0.5 else "right"
            bold, at = not each.look.hollow, (each.ends[0], row)
            shift, align = (0, ABOVE), (side, "bottom")
            write(axes, each.text, at, shift, align, NOTE, bold=bold, zorder=2.5, backed=True)
    name_rows(axes, [each.name for each in marks], size)
    axes.set_ylim(len(marks) - 0.5, -0.8)
    axes.set_xlabel(label)
    plain(axes.xaxis, ticks=ticks)


def name_rows(axes: Axes, names: Sequence[str], size: float | None = None) -> None:
    """Names at the side, and no line between them."""
    axes.set_yticks(range(len(names)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def height_of_row(names: Iterable[str], least: float) -> float:
    """How high each row is (inches), so that names of several lines find room."""
    lines = max((1 + name.count("\n") for name in names), default=1)
    return max(least, (lines + 0.6) * HEIGHT_OF_LINE)


def key_of(looks: Iterable[Look], seen: Iterable[Look]) -> list[Artist]:
    """What the marks mean that are drawn, in the order of all looks."""
    drawn = {*seen}
    return [
        Line2D([], [], color=INK, linewidth=2.0, label=look.label, **look.face())
        for look in looks
        if look in drawn
    ]
