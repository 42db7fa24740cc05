"""The difference that levers make to today's firm: one along the axis, others as curves."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.means.gains import Differences, best_of, finding, firm_of
from ...analysis.means.responses import Response, curves_of, lever_of
from ...english import TODAY
from .curves import name_curves
from .frame import GREY, INK, about, framed, styled
from .response import draw_curves, is_banded, shown


@styled
def draw(found: Differences) -> Figure:
    """The difference from today's firm at each place of the grid."""
    curves = curves_of(found)
    chosen = shown(curves)
    of = about(firm_of(found), found.title)
    figure = framed(finding(found), of, _note(found, curves, chosen))
    axes = figure.subplots()
    axes.axhline(0.0, color=GREY, linewidth=1.6, zorder=1)
    draw_curves(axes, found, curves, chosen)
    _mark(axes, found, lever_of(found))
    axes.set_ylabel(found.label)
    name_curves(axes)
    return figure


def _mark(axes: Axes, found: Differences, lever: str) -> None:
    """Today's firm, and the best setting."""
    place, best = 1 + found.moved.index(lever), best_of(found)
    today = float(found.baseline[place])
    axes.plot(today, 0.0, "D", markersize=12, color=INK, zorder=5, label=TODAY)
    if best == found.baseline:
        return
    unclear = found.ranged and best not in found.better and found.outcome.better != "neither"
    axes.plot(
        float(best[place]),
        found.at([best]).mean[0],
        marker="o",
        markersize=19,
        linestyle="none",
        markerfacecolor="none",
        markeredgecolor=INK,
        markeredgewidth=2.0,
        zorder=5,
        label="the best" if best in found.better else f"the {found.best}{', not clearly' * unclear}",
    )


def _note(found: Differences, curves: Sequence[Response], chosen: Sequence[Response]) -> str:
    left = len(curves) - len(chosen)
    hidden = f"Curves left out: {left:,} of {len(curves):,}. " if left else ""
    if not found.ranged:
        return f"{hidden}One replicate, so no interval is drawn."
    often = f"{int(found.table['replicates'].min()):,} replicates on the same random draws"
    shown_by = "band" if is_banded(found) else "whisker"
    return f"{hidden}Line: mean difference over {often}; {shown_by}: its 95% interval. {found.judge.how}"
