"""Rows: names at the side, and for each a mark at its amount with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from .frame import INK, NOTE, plain

SIZE = 10.0  # points, of a mark
ABOVE = 7.0  # points from a mark to its amount
BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.7}


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
    """A row: an amount with the ends of its interval, in the unit of the axis."""

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


def draw_rows(axes: Axes, marks: Sequence[Marked], label: str) -> None:
    """Rows from the top, with what stands along the axis."""
    for row, each in enumerate(marks):
        draw_mark(axes, row, each.ends, each.look, each.id)
        if each.text:
            axes.annotate(
                each.text,
                (each.ends[0], row),
                xytext=(0, ABOVE),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=NOTE,
                fontweight="normal" if each.look.hollow else "bold",
                bbox=BACKING,
                zorder=2.5,  # behind marks
            )
    name_rows(axes, [each.name for each in marks])
    axes.set_ylim(len(marks) - 0.5, -0.8)
    axes.set_xlabel(label)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    plain(axes.xaxis)


def name_rows(axes: Axes, names: Sequence[str], size: float | None = None) -> None:
    """Names at the side, and no line between them."""
    axes.set_yticks(range(len(names)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def key_of(looks: Iterable[Look], seen: Iterable[Look]) -> list[Artist]:
    """What the marks mean that are drawn, in the order of all looks."""
    drawn = {*seen}
    return [
        Line2D([], [], color=INK, linewidth=2.0, label=look.label, **look.face())
        for look in looks
        if look in drawn
    ]
