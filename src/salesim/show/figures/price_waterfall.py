"""From list price to pocket price to pocket margin, per unit sold (Marn & Rosiello 1992)."""

from __future__ import annotations

import math
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...outcomes.history import Numbers
from ...runs.estimating import Spread
from ...runs.results import Results
from ...runs.run_findings import STEPS, TOTALS, levels_of, of_price, price_steps, rounded
from .bars import ranges, several, whiskers
from .frame import BLUE, GREY, ORANGE, about, framed, plain, styled, write


@styled
def draw(results: Results) -> Figure:
    """From the list price to what is left of a unit sold, step by step."""
    steps = price_steps(results)
    if steps is None:
        return framed(of_price(results), about(results.firm))
    of = f"{about(results.firm)}; all deals won, weighted by units"
    figure = framed(of_price(results), of, _note(results))
    axes = figure.subplots()
    tops, ends = _draw_bars(axes, steps)
    if several(results):
        whiskers(axes, np.arange(len(STEPS)), ends)
        tops = np.maximum(tops, ends.high)
    _write_amounts(axes, steps.mean, tops)
    _describe(axes, ends, steps.mean[0])
    return figure


def _draw_bars(axes: Axes, steps: Spread) -> tuple[Numbers, Spread]:
    """Bars and the lines between them; gives their upper ends, and where their whiskers belong."""
    totals = np.array([name in TOTALS for name in STEPS])
    left = levels_of(steps.mean)
    before = np.where(totals, 0.0, np.concatenate([left[:1], left[:-1]]))
    places = np.arange(len(STEPS))
    colours = np.where(totals, BLUE, ORANGE).tolist()
    axes.bar(places, left - before, bottom=before, width=0.66, color=colours)
    axes.hlines(left[:-1], places[:-1] + 0.33, places[1:] - 0.33, color=GREY, linewidth=1.2)
    low, high = before - steps.high, before - steps.low
    ends = Spread(left, np.where(totals, steps.low, low), np.where(totals, steps.high, high))
    return np.maximum(left, before), ends


def _write_amounts(axes: Axes, steps: Numbers, tops: Numbers) -> None:
    """Above each bar its amount, and its share of the list price."""
    signs = np.where([name in TOTALS for name in STEPS], 1.0, -1.0)
    decimals = decimals_for(float(steps[0]))
    amounts = signs * rounded(steps, decimals) + 0.0  # no zero with a minus
    shares = signs * rounded(steps / steps[0] * 100.0, 1) + 0.0
    for place, name in enumerate(STEPS):
        text = f"{amounts[place]:,.{decimals}f}\n{shares[place]:.1f}%"
        write(axes, text, (place, tops[place]), (0, 4), ("center", "bottom"), bold=name in TOTALS)


def decimals_for(price: float) -> int:
    """As many as show a thousandth of a price."""
    return max(0, 3 - math.floor(math.log10(price) + 1e-9))


def _describe(axes: Axes, ends: Spread, listed: float) -> None:
    axes.set_xticks(np.arange(len(STEPS)), [fill(name, 8, break_long_words=False) for name in STEPS])
    axes.set_ylabel("USD per unit sold\n(below: % of list)")
    plain(axes.yaxis)
    bottom = min(0.0, 1.05 * float(ends.low.min()))
    axes.set_ylim(bottom, listed + 0.16 * (listed - bottom))
    axes.axhline(0.0, color=GREY, linewidth=1.2)
    axes.grid(visible=False, axis="x")


def _note(results: Results) -> str:
    return (
        "Within authority: down to list, guide or the rep's limit, as the regime has it; beyond: granted "
        "by a manager, bound by an earlier contract, or a test. Labels are rounded so that they add up. "
        f"After Marn & Rosiello (1992). {ranges(results, 'Bar', 'whisker')}"
    )
