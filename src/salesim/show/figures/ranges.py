"""How a range over replicates is computed, drawn and explained."""

from __future__ import annotations

from matplotlib.axes import Axes

from ...outcomes.history import Numbers
from ...runs.estimating import Spread
from ...runs.results import Results
from ...statistics import MIDDLE
from .frame import INK


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
