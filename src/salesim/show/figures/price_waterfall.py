"""From list price to pocket price to pocket margin, per unit sold (Marn & Rosiello 1992)."""

from __future__ import annotations

import math
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...model.deals import WON
from ...outcomes.history import History, Numbers
from ...study.results import Results
from .frame import BLUE, GREY, ORANGE, about, framed, plain, sentence_only, styled
from .ranges import Spread, over_replicates, ranges, several, whiskers

# What stands in the picture from left to right; a total is what is left of the list price so far.
LIST, PAID, POCKET, MARGIN = "list price", "price paid", "pocket price", "pocket margin"
STEPS = (
    LIST,
    "discount within authority",
    "discount beyond authority",
    PAID,
    "cost to serve",
    "variable pay",
    POCKET,
    "unit cost",
    MARGIN,
)
TOTALS = (LIST, PAID, POCKET, MARGIN)


@styled
def draw(results: Results) -> Figure:
    """What becomes of the list price of a unit sold, mean over the deals won in the plan."""
    found = [per_unit(pair.history) for pair in results.pairs]
    known = [each for each in found if each is not None]
    if not known:
        return sentence_only(results, "No deal was won, so there is no price to follow to the pocket")
    steps = over_replicates(np.array(known))
    figure = framed(_finding(steps), f"{about(results)}; all deals won, weighted by units", _note(results))
    axes = figure.subplots()
    tops, ends = _draw_bars(axes, steps)
    if several(results):
        whiskers(axes, np.arange(len(STEPS)), ends)
        tops = np.maximum(tops, ends.high)
    _write_amounts(axes, steps.mean, tops)
    _describe(axes, ends, steps.mean[0])
    return figure


def per_unit(history: History) -> Numbers | None:
    """The steps from list to pocket margin (USD per unit sold); None where nothing was sold.

    Variable pay is that of the plan, which ends with a payday, over the units sold in it.
    """
    won = history.deals[history.deals["outcome"] == WON]
    units = float(won["size"].sum())
    if units <= 0.0:
        return None
    listed, price, floor = won["listed"], won["price"], np.minimum(won["own_floor"], won["listed"])
    amounts = (
        listed,
        listed - np.maximum(price, floor),
        np.maximum(floor - price, 0.0),
        won["serving_cost"],
        won["unit_cost"],
    )
    first, within, beyond, serving, cost = (float(won["size"] @ each) / units for each in amounts)
    pay = float(history.books["variable_pay"].sum()) / units
    paid = first - within - beyond
    pocket = paid - serving - pay
    return np.array([first, within, beyond, paid, serving, pay, pocket, cost, pocket - cost])


def levels_of(steps: Numbers) -> Numbers:
    """What is left of the list price after each step (USD per unit)."""
    taken = np.where([name in TOTALS for name in STEPS], 0.0, steps)
    left: Numbers = steps[0] - np.cumsum(taken)
    return left


def rounded(steps: Numbers, decimals: int) -> Numbers:
    """The steps rounded so that what is written adds up: what is left is rounded, then subtracted."""
    left = np.round(levels_of(steps), decimals)
    taken = np.concatenate([[0.0], left[:-1] - left[1:]])
    totals = [name in TOTALS for name in STEPS]
    amounts: Numbers = np.round(np.where(totals, left, taken), decimals)
    return amounts


def _draw_bars(axes: Axes, steps: Spread) -> tuple[Numbers, Spread]:
    """Bars and the lines between them; gives their upper ends, and where their whiskers belong."""
    totals = np.array([name in TOTALS for name in STEPS])
    left = levels_of(steps.mean)
    before = np.where(totals, 0.0, np.concatenate([left[:1], left[:-1]]))
    places = np.arange(len(STEPS))
    axes.bar(
        places, left - before, bottom=before, width=0.66, color=np.where(totals, BLUE, ORANGE).tolist()
    )
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
        axes.annotate(
            f"{amounts[place]:,.{decimals}f}\n{shares[place]:.1f}%",
            (place, tops[place]),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontweight="bold" if name in TOTALS else "normal",
        )


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


def _finding(steps: Spread) -> str:
    shares = dict(zip(STEPS, rounded(steps.mean / steps.mean[0] * 100.0, 0), strict=True))
    taken = (
        f"discounts take {shares[LIST] - shares[PAID]:.0f}%, "
        f"cost to serve and variable pay {shares[PAID] - shares[POCKET]:.0f}%"
    )
    if shares[POCKET] <= 0.0:
        return f"Nothing of the list price reaches the pocket: {taken}"
    return f"{shares[POCKET]:.0f}% of the list price reaches the pocket: {taken}"


def _note(results: Results) -> str:
    return (
        "Within authority: down to list, guide or the rep's limit, as the regime has it; beyond: granted "
        "by a manager, bound by an earlier contract, or a test. Labels are rounded so that they add up. "
        f"After Marn & Rosiello (1992). {ranges(results, 'Bar', 'whisker')}"
    )
