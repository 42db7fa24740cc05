"""How far reps attain their quota."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ...outcomes.history import Numbers
from ...outcomes.spread import MOST_OF_A_YEAR, attainments
from ...quantity import percent
from ...runs.estimating import Spread, over_replicates
from ...runs.results import Results
from ...runs.run_findings import of_attainment
from ...statistics import central
from .bars import ranges, several, whiskers
from .frame import BLUE, INK, SKY, about, framed, styled, write

WIDTHS = (0.05, 0.1, 0.2, 0.25, 0.5)
MAX_BARS = 24
NEARLY_ALL = 0.99  # of the reps; the others may stand in the outermost bars
FURTHEST = (-0.5, 3.0)  # what is beyond stands in the outermost bars as well


@styled
def draw(results: Results) -> Figure:
    """How far reps get with their quotas, rep-year by rep-year."""
    found = [attainments(pair.history) for pair in results.pairs]
    known = [each for each in found if len(each)]
    if not known:
        return framed(of_attainment(results), about(results.firm))
    edges = bar_edges(np.concatenate(known))
    shares = over_replicates(np.array([shares_of(each, edges) for each in known]))
    note = _note(results, known, edges)
    figure = framed(of_attainment(results), about(results.firm), note, _key(results))
    axes = figure.subplots()
    _draw_bars(axes, edges, shares, results)
    _describe(axes, edges)
    return figure


def bar_edges(each: Numbers) -> Numbers:
    """Where the bars begin and end: even steps from quota, over nearly all reps (ratio)."""
    low, high = np.clip(central(each, NEARLY_ALL), *FURTHEST)
    low, high = min(low, 1.0), max(high, 1.0)
    width = next((w for w in WIDTHS if (high - low) / w <= MAX_BARS - 2), WIDTHS[-1])
    first = min(int(np.floor((low - 1.0) / width)), -1)
    last = max(int(np.floor((high - 1.0) / width + 1e-9)) + 1, 1)  # one at an edge begins a bar
    return 1.0 + width * np.arange(first, last + 1.0)


def shares_of(each: Numbers, edges: Numbers) -> Numbers:
    """Reps in each bar, those beyond the ends in the outermost (shares)."""
    bars = np.clip(np.searchsorted(edges, each, side="right") - 1, 0, len(edges) - 2)
    return np.bincount(bars, minlength=len(edges) - 1) / len(each)


def _draw_bars(axes: Axes, edges: Numbers, shares: Spread, results: Results) -> None:
    width = float(edges[1] - edges[0])
    middles = edges[:-1] + width / 2.0
    colours = np.where(edges[:-1] >= 1.0, BLUE, SKY).tolist()
    axes.bar(middles, shares.mean * 100.0, width=0.9 * width, color=colours)
    if several(results):
        whiskers(axes, middles, Spread(*(100.0 * values for values in shares)))
    axes.set_ylim(0.0, 1.15 * axes.get_ylim()[1])
    axes.axvline(1.0, color=INK, linewidth=2.0)
    top = ("data", "axes fraction")
    write(axes, "quota", (1.0, 1.0), (5, -4), ("left", "top"), bold=True, within=top)


def _key(results: Results) -> list[Patch]:
    """How many reps are on either side of quota."""
    reached = results.measures["reps_at_quota"]
    assert reached is not None  # known whenever there is somebody to show
    low, high = reached.interval
    spread = f" ({percent(low)} to {percent(high)})" if several(results) else ""
    return [
        Patch(color=SKY, label=f"below quota: {percent(1.0 - reached.mean)} of reps"),
        Patch(color=BLUE, label=f"at or above quota: {percent(reached.mean)}{spread}"),
    ]


def _describe(axes: Axes, edges: Numbers) -> None:
    """Ticks stand at edges of bars, one of them at quota."""
    axes.set_xlabel("attainment (credit of the year over quota)")
    axes.set_ylabel("share of reps (%)")
    axes.grid(visible=False, axis="x")
    step = 1 + len(edges) // 14
    quota = int(np.argmin(np.abs(edges - 1.0)))
    places = edges[quota % step :: step]
    axes.set_xticks(places, [percent(float(place)) for place in places])


def _note(results: Results, known: list[Numbers], edges: Numbers) -> str:
    each = np.concatenate(known)
    tails = bool((each < edges[0]).any() or (each >= edges[-1]).any())
    beyond = " Who lies beyond an end stands in the last bar there." if tails else ""
    brackets = "whisker and brackets" if several(results) else ""
    return (
        f"Counted, years pooled: reps with a quota and {MOST_OF_A_YEAR} weeks or more of a year in a seat "
        f"({len(each) / len(known):,.0f} in a replicate).{beyond} {ranges(results, 'Bar', brackets)}"
    )
