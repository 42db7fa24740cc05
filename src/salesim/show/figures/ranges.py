"""How a range over replicates is computed, drawn and explained."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.typing import LineStyleType

from ...analysis.statistics import MIDDLE, middle
from ...outcomes.history import Numbers
from ...study.estimating import SeriesEstimate
from ...study.results import Results
from .frame import INK


class Spread(NamedTuple):
    """Mean and range over replicates at each place; nan where nothing is defined."""

    mean: Numbers
    low: Numbers
    high: Numbers

    @property
    def arms(self) -> Numbers:
        """How far the range reaches below and above the mean, which may lie outside of it."""
        return np.maximum([self.mean - self.low, self.high - self.mean], 0.0)


def over_replicates(values: Numbers) -> Spread:
    """Mean and range of each column over the rows that are not nan."""
    return Spread(*middle(values))


def of_series(series: SeriesEstimate) -> Spread:
    """The same of a series that is an outcome."""
    return Spread(*(np.array(ends, dtype=float) for ends in (series.mean, *series.interval)))


def curve(
    axes: Axes,
    x: Numbers,
    y: Spread,
    *,
    colour: str,
    line: LineStyleType = "-",
    marker: str = "",
    ranged: bool,
) -> None:
    """A mean as a line with its range as a band, where there is one; a single mean has a whisker."""
    axes.plot(
        x, y.mean, color=colour, linestyle=line, marker=marker, linewidth=2.4, clip_on=False, zorder=3
    )
    if ranged and len(x) == 1:
        whiskers(axes, x, y)
    elif ranged:
        axes.fill_between(x, y.low, y.high, color=colour, alpha=0.22, linewidth=0)


def whiskers(axes: Axes, x: Numbers, y: Spread) -> None:
    """The range over replicates at the end of a bar."""
    axes.errorbar(x, y.mean, y.arms, fmt="none", ecolor=INK, elinewidth=1.3, capsize=4)


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
