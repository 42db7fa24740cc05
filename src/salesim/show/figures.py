"""Figures: the title states the finding, bands show the range over replicates."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model.calendar import QUARTER
from ..study.simulate import INTERVAL, Results, realisation_ratio
from .words import millions, percent

# Two colours that stay apart for every kind of colour vision (Okabe and Ito 2008).
PROMISED, REALISED = "#0072B2", "#D55E00"


def by_quarter(weekly: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over quarters of 13 weeks, by replicate; a last quarter cut short is left out.

    A plan shorter than a quarter is one column.
    """
    quarters = weekly.shape[1] // QUARTER
    if quarters == 0:
        return np.asarray(weekly.sum(axis=1, keepdims=True))
    whole = weekly[:, : quarters * QUARTER]
    return np.asarray(whole.reshape(len(weekly), quarters, QUARTER).sum(axis=2))


def promised_and_realised(results: Results, path: Path) -> None:
    """Draw contribution promised and realised by quarter into a PNG file."""
    import matplotlib
    import seaborn as sns
    from matplotlib.figure import Figure

    with matplotlib.rc_context(sns.axes_style("whitegrid") | {"font.size": 11.0}):
        figure = Figure(figsize=(9.0, 5.0), layout="constrained")
        axes = figure.subplots()
        promised = by_quarter(results.promised()) / 1e6
        realised = by_quarter(results.realised()) / 1e6
        _curve(axes, promised, "promised", PROMISED, "o")
        _curve(axes, realised, "realised", REALISED, "s")
        _name_gap(axes, promised.mean(axis=0), realised.mean(axis=0), results)
        _describe(axes, results, promised.shape[1])
        figure.savefig(path, dpi=160)


def _curve(
    axes: Any, amounts: NDArray[np.float64], name: str, colour: str, marker: str
) -> None:
    quarters = np.arange(1, amounts.shape[1] + 1)
    mean = amounts.mean(axis=0)
    low, high = np.percentile(amounts, INTERVAL, axis=0)
    axes.plot(quarters, mean, color=colour, marker=marker, linewidth=2.2)
    axes.fill_between(quarters, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.errorbar(
        quarters, mean, [mean - low, high - mean], color=colour, fmt="none", capsize=3, alpha=0.6
    )
    axes.annotate(
        name, (quarters[-1], mean[-1]), xytext=(12, 0), textcoords="offset points", color=colour,
        va="center", fontweight="bold",
    )


def _name_gap(
    axes: Any, promised: NDArray[np.float64], realised: NDArray[np.float64], results: Results
) -> None:
    """Say between the curves, where the quarter in the middle leaves room, how large the gap is."""
    middle = len(promised) // 2
    gap = float((results.promised() - results.realised()).sum(axis=1).mean())
    if len(promised) > 2 and gap > 0.0:
        axes.text(
            middle + 1, 0.5 * (promised[middle] + realised[middle]),
            f"gap: {millions(gap)} over the plan", ha="center", va="center", color="#555555",
        )


def _describe(axes: Any, results: Results, quarters: int) -> None:
    ratio = realisation_ratio(results)
    title = results.scenario.title
    finding = (
        f"{title} realised {percent(ratio.mean)} of what its strategy promised"
        if ratio else f"{title}: the strategy promises nothing to be realised"
    )
    axes.set_title(
        fill(finding, 75), loc="left", fontweight="bold", fontsize=13, parse_math=False
    )
    axes.set_xlabel(
        "quarter of the plan" if results.scenario.organisation.weeks >= QUARTER
        else "the whole plan, shorter than a quarter"
    )
    axes.set_ylabel("contribution (USD million per quarter)")
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]), top=max(0.0, axes.get_ylim()[1]))
    axes.set_xlim(0.7, quarters + 0.3 + 0.12 * quarters)
    axes.set_xticks(range(1, quarters + 1, 1 + quarters // 20))
    axes.grid(visible=False, axis="x")
    weeks = results.scenario.organisation.weeks
    cut = f" The last {weeks % QUARTER} weeks are left out." if weeks > QUARTER and weeks % QUARTER else ""
    axes.figure.supxlabel(
        f"{len(results.pairs)} replicates; line: mean; band: the middle 8 of 10 replicates.{cut}",
        x=0.01, ha="left", fontsize=9, color="#555555",
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
