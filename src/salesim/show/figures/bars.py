"""Bars with the ranges of their ends, hatched where nothing is clear, and how ranges are explained."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...outcomes.history import Numbers
from ...runs.causes import LEVEL
from ...runs.estimating import Spread
from ...runs.results import Results
from ...statistics import MIDDLE
from .frame import GREY, INK

HATCH = "////"


def whiskers(axes: Axes, places: Numbers, ends: Spread, *, lying: bool = False) -> None:
    """The range at the end of each bar, of bars that stand unless they lie."""
    x, y = (ends.mean, places) if lying else (places, ends.mean)
    high, wide = (None, ends.arms) if lying else (ends.arms, None)
    axes.errorbar(x, y, high, wide, "none", ecolor=INK, elinewidth=1.5, capsize=3.5, capthick=1.3, zorder=4)


def draw_bar(
    axes: Axes, row: float, ends: tuple[float, float], thick: float, colour: str, name: str, *, clear: bool
) -> None:
    """A bar that lies, from one end to the other; hatched where it is not clear."""
    axes.barh(
        row,
        ends[1] - ends[0],
        thick,
        left=ends[0],
        facecolor=colour if clear else "white",
        edgecolor=colour,
        hatch="" if clear else HATCH,
        linewidth=1.2,
        gid=name,
        zorder=3,
    )


def key_to_bars(*, ranged: bool, others: Iterator[Artist], unclear: bool) -> Iterator[Artist]:
    """What whiskers and hatches mean, around what else there is."""
    if ranged:
        label = f"{LEVEL:.0%} interval"
        yield Line2D(
            [], [], linewidth=1.5, color=INK, marker="|", markersize=8, markeredgewidth=1.5, label=label
        )
    yield from others
    if unclear:
        yield Patch(facecolor="white", edgecolor=GREY, hatch=HATCH, label="no clear effect")


def several(results: Results) -> bool:
    """Whether there are replicates enough for a range."""
    return len(results.pairs) > 1


def ranges(results: Results, mean: str, shown_by: str) -> str:
    """What the marks mean, for the note of a figure."""
    count = len(results.pairs)
    if count == 1:
        return "One replicate, so no range is drawn."
    low, high = MIDDLE
    return f"{mean}: mean of {count} replicates; {shown_by}: the middle {high - low:.0%} of them."
