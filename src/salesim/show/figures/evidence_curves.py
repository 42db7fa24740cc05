"""The curves that a finding is about: an outcome along a lever, with intervals."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ...analysis.means.means import axis_of
from ...evidence.judging import Finding
from ...evidence.lever_curves import Curve
from ...outcomes import NUMBERS
from ...outcomes.history import Numbers
from ...runs.estimating import Spread
from .curves import LINES, draw_curve, name_curves, of_lever
from .frame import plain

Panel = tuple[Curve, ...]
MAX_TICKS, FEW_TICKS = 6, 3
ALIKE = 0.015  # of the height of a panel: less than the width of a line


def panels_of(finding: Finding) -> list[Panel]:
    """Curves that share their axes, panel by panel."""
    panels: dict[tuple[str, str], list[Curve]] = {}
    for curve in finding.curves:
        panels.setdefault((curve.study, curve.outcome), []).append(curve)
    return [tuple(curves) for curves in panels.values()]


def draw_curves(axes: Axes, panel: Panel, across: int) -> None:
    """An outcome along a lever, a line for each firm, with its intervals.

    Args:
        axes: where it is drawn.
        panel: the curves; those that lie on each other share a line.
        across: how many panels stand side by side.
    """
    outcome = NUMBERS[panel[0].outcome]
    scale = outcome.unit.scale([point.value for curve in panel for point in curve.points])
    for curves, look in zip(together(panel), LINES, strict=False):
        heights = np.array([(p.value, p.low, p.high) for p in curves[0].points]).T * scale.factor
        name = ", ".join(each.policy.replace("_", " ") for each in curves)
        draw_curve(axes, np.array(curves[0].values), Spread(*heights), look, label=name)
    axis = panel[0].axis
    axes.set_xlabel(axis_of(axis, (axis,)))
    axes.set_ylabel(f"{outcome.noun}\n({scale.shown or outcome.unit})")
    of_lever(axes.xaxis, axis)
    axes.xaxis.set_major_locator(MaxNLocator(MAX_TICKS if across == 1 else FEW_TICKS))
    plain(axes.yaxis, ticks=MAX_TICKS)
    if len(panel) > 1:
        name_curves(axes)


def together(panel: Panel) -> list[list[Curve]]:
    """Curves in groups that nobody could tell apart in a figure."""
    ends = [end for curve in panel for point in curve.points for end in (point.low, point.high)]
    near = ALIKE * float(np.ptp(ends))
    groups: list[list[Curve]] = []
    for curve in panel:
        alike = (group for group in groups if np.all(np.abs(_means(curve) - _means(group[0])) <= near))
        group = next(alike, None)
        if group is None:
            groups.append([curve])
        else:
            group.append(curve)
    return groups


def _means(curve: Curve) -> Numbers:
    return np.array([point.value for point in curve.points])
