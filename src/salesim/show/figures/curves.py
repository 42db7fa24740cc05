"""Curves: means along an axis, each with its interval as a band or as whiskers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.typing import LineStyleType

from ...analysis.means.means import Means, shorten
from ...inputs.declared import declared_values
from ...outcomes.history import Numbers
from ...runs.estimating import Spread
from .frame import BLUE, GREEN, INK, ORANGE, PURPLE, TEXT, VERMILLION, plain, spread_apart, write

ALPHA = 0.2  # of a band
MAX_MARKERS = 30
WIDTH_OF_KEY, LINES_OF_A_NAME, LINES_OF_KEY = 26, 5, 16


class Line(NamedTuple):
    """How a curve looks, whatever colours one sees."""

    colour: str
    line: LineStyleType = "-"
    marker: str = ""


LINES = (
    Line(BLUE, "-", "o"),
    Line(VERMILLION, "--", "s"),
    Line(GREEN, "-.", "^"),
    Line(PURPLE, ":", "D"),
    Line(ORANGE, (0, (6, 1.5)), "v"),
    Line(INK, (0, (4, 1.5, 1, 1.5, 1, 1.5)), "X"),
)


def draw_curve(
    axes: Axes,
    x: Numbers,
    y: Spread,
    look: Line,
    *,
    label: str = "",
    whiskers: bool = False,
    ranged: bool = True,
) -> None:
    """A mean as a line with its interval as a band, or as whiskers; a single mean has a whisker."""
    marked = list(range(len(x))) if len(x) <= MAX_MARKERS else _isolated(y.mean)
    axes.plot(
        x,
        y.mean,
        color=look.colour,
        linestyle=look.line,
        marker=look.marker if marked else "",
        markersize=7,
        markevery=marked,
        linewidth=2.4,
        clip_on=False,
        zorder=3,
        label=label,
    )
    if ranged and (whiskers or len(x) == 1):
        axes.errorbar(x, y.mean, y.arms, fmt="none", ecolor=look.colour, elinewidth=1.5, capsize=3)
    elif ranged:
        axes.fill_between(x, y.low, y.high, color=look.colour, alpha=ALPHA, linewidth=0)


def _isolated(means: Numbers) -> list[int]:
    """Places between two of which nothing is known, where a line would not be seen."""
    known = np.isfinite(np.concatenate([[np.nan], means, [np.nan]]))
    alone: list[int] = np.flatnonzero(known[1:-1] & ~known[:-2] & ~known[2:]).tolist()
    return alone


def name_curves(axes: Axes, names: Iterable[str] = ()) -> None:
    """The key at the side, in the order in which curves were drawn; a long name is cut in its middle."""
    handles, labels = axes.get_legend_handles_labels()
    most = WIDTH_OF_KEY * (LINES_OF_A_NAME - 1)
    lines = [*names] or ["\n".join(wrap(shorten(label, most), WIDTH_OF_KEY)) for label in labels]
    axes.legend(
        handles,
        lines,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0.0,
        fontsize=TEXT * min(1.0, LINES_OF_KEY / sum(1 + line.count("\n") for line in lines)),
        handlelength=3.2,
        labelspacing=0.7,
    )


def name_ends(
    axes: Axes, x: float, ends: Sequence[tuple[float, str, str]], least: float, shift: float
) -> None:
    """Words beside the right ends of curves, apart from each other.

    Args:
        axes: where.
        x: the last place along the axis.
        ends: of each curve its height there, what is said of it, and its colour.
        least: how near words may come to each other, and half of it to nothing (shares of the height).
        shift: from the ends to the words (points).
    """
    low, high = axes.get_ylim()
    room = least * (high - low)
    heights = spread_apart([end for end, _, _ in ends], room)
    for height, (_, text, colour) in zip(heights, ends, strict=True):
        above = height + max(0.0, low + 0.5 * room - min(heights))
        write(axes, text, (x, above), (shift, 0), colour=colour, bold=True)


def of_outcome(axis: Axis, found: Means) -> None:
    """Plain numbers along an axis of an outcome, without powers of ten."""
    plain(axis, sign="%" * found.scale.shown.startswith("%"))


def of_lever(axis: Axis, path: str) -> None:
    """Values of a lever or uncertain number along an axis."""
    share = declared_values()[path].unit.startswith("share")
    plain(axis, *((100.0, "%") if share else ()))
