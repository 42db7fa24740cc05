"""Contribution promised and realised by quarter, and the gap between them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...inputs.dates import plan_text
from ...model.calendar import QUARTER
from ...outcomes.history import Numbers
from ...runs.estimating import over_replicates
from ...runs.results import Results
from .bars import ranges, several
from .curves import Line, draw_curve, name_ends
from .frame import BLUE, GREY, PALE, VERMILLION, about, framed, styled, write

WIDTH_OF_TEXT, HEIGHT_OF_TEXT = 0.4, 0.08  # room for the name of the gap, as shares of the axes
CURVES = {"promised": Line(BLUE, "--", "o"), "realised": Line(VERMILLION, "-", "s")}


@styled
def draw(results: Results) -> Figure:
    """Contribution quarter by quarter: what was promised, and what was realised."""
    promised, realised = (by_quarter(weekly) / 1e6 for weekly in (results.promised(), results.realised()))
    if not promised.any() and not realised.any():
        return framed("Nothing was promised, and nothing was earned", about(results.firm))
    figure = framed(results.answer().rstrip("."), _about(results), _note(results, promised.shape[1]))
    axes = figure.subplots()
    quarters = np.arange(1.0, promised.shape[1] + 1.0)
    spreads = [over_replicates(amounts) for amounts in (promised, realised)]
    for spread, look in zip(spreads, CURVES.values(), strict=True):
        draw_curve(axes, quarters, spread, look, ranged=several(results))
    _describe(axes, results, len(quarters))
    named = zip(spreads, CURVES.items(), strict=True)
    ends = [(float(spread.mean[-1]), name, look.colour) for spread, (name, look) in named]
    name_ends(axes, len(quarters), ends, 0.06, 12.0)
    _name_gap(axes, spreads[0].mean, spreads[1].mean, results)
    return figure


def by_quarter(weekly: Numbers) -> Numbers:
    """Sums over quarters of 13 weeks, by replicate; a last quarter cut short is left out.

    A plan shorter than a quarter is one column.
    """
    quarters = weekly.shape[1] // QUARTER
    if quarters == 0:
        return np.asarray(weekly.sum(axis=1, keepdims=True))
    whole = weekly[:, : quarters * QUARTER]
    return np.asarray(whole.reshape(len(weekly), quarters, QUARTER).sum(axis=2))


def _gap(results: Results) -> str:
    return results.dollars.text(results.known("promised").mean - results.known("realised").mean)


def _about(results: Results) -> str:
    return f"{plan_text(results.firm).capitalize()}; the gap is {_gap(results)}"


def _note(results: Results, quarters: int) -> str:
    weeks = results.firm.organisation.weeks
    cut = weeks % QUARTER if weeks > QUARTER else 0
    left_out = f" Weeks after the last whole quarter are not drawn: {cut}." if cut else ""
    return (
        "Contribution: revenue less unit cost, cost to serve and variable pay. "
        f"{ranges(results, 'Line', 'band' if quarters > 1 else 'whisker')}{left_out}"
    )


def _describe(axes: Axes, results: Results, quarters: int) -> None:
    whole = results.firm.organisation.weeks >= QUARTER
    axes.set_xlabel("quarter of the plan" if whole else "the whole plan, shorter than a quarter")
    axes.set_ylabel(f"contribution\n(USD million{' per quarter' if whole else ''})")
    low, high = axes.get_ylim()
    axes.set_ylim(min(0.0, low), max(0.0, high))
    axes.set_xlim(0.7, quarters + 0.3 + 0.13 * quarters)
    axes.set_xticks(range(1, quarters + 1, 1 + quarters // 20) if whole else [])
    axes.grid(visible=False, axis="x")


def _name_gap(axes: Axes, promised: Numbers, realised: Numbers, results: Results) -> None:
    """Shade the gap, and say between the curves how large it is, where there is room."""
    quarters = np.arange(1.0, len(promised) + 1.0)
    short = (promised >= realised).tolist()
    look: dict[str, Any] = {"color": PALE, "alpha": 0.6, "linewidth": 0, "zorder": 0}
    axes.fill_between(quarters, realised, promised, where=short, **look)
    middle = 0.5 * (quarters[0] + quarters[-1])
    under = np.abs(quarters - middle) <= 0.5 * WIDTH_OF_TEXT * len(quarters) + 1.0
    lower, upper = realised[under].max(), promised[under].min()
    low, high = axes.get_ylim()
    if len(quarters) > 2 and upper - lower > HEIGHT_OF_TEXT * (high - low):
        text, place = f"gap: {_gap(results)}", (middle, 0.5 * (lower + upper))
        write(axes, text, place, align=("center", "center"), colour=GREY)
