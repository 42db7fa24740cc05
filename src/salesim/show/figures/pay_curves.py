"""Variable pay against attainment of quota, a curve for each pay plan."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from ...analysis.pay_plan import ATTAINMENTS
from ...analysis.paying import PayPlans
from ...english import counted
from ...runs.estimating import Spread
from .curves import LINES, draw_curve, name_curves
from .frame import GREY, NOTE, framed, plain, styled, write

POINTS = 401  # along a curve: two a percent of quota, so that a jump is as steep as it is


@styled
def draw(found: PayPlans) -> Figure:
    """What each plan pays a rep from no credit to twice the quota, and the target incentive."""
    shown = found.plans[: len(LINES)]
    figure = framed(found.finding(), found.about, _note(found))
    axes = figure.subplots()
    x = np.linspace(0.0, ATTAINMENTS[-1], POINTS)
    for plan, look in zip(shown, LINES, strict=False):
        paid = np.array([plan.paid(float(attainment)) for attainment in x])
        draw_curve(axes, x, Spread(paid, paid, paid), look, label=plan.called, ranged=False)
    aims = {plan.target_incentive for plan in shown}
    if len(aims) == 1:
        axes.axhline(aims.pop(), color=GREY, linestyle=":", linewidth=1.5)
        place = (0.01, shown[0].target_incentive)
        write(axes, "target incentive", place, (0, 4), ("left", "bottom"), NOTE, GREY, backed=True)
    axes.axvline(1.0, color=GREY, linestyle=":", linewidth=1.5)
    axes.set(xlabel="attainment of quota", ylabel="variable pay of a year\n(USD thousand)")
    plain(axes.xaxis, 100.0, "%")
    plain(axes.yaxis, 1e-3)
    if len(shown) > 1:
        name_curves(axes)
    return figure


def _note(found: PayPlans) -> str:
    left = len(found.plans) - len(LINES)
    more = f" {counted(left, 'plan')} more: see the table." if left > 0 else ""
    return f"A year in the seat, quota reached at an even pace.{more}"
