"""How an outcome responds to one lever, under each policy and setting of the other levers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ...analysis.means.means import Means, axis_of
from ...analysis.means.responses import Response, curves_of, finding, lever_of
from ...inputs.declared import declared_values
from ...outcomes.history import Numbers
from .curves import LINES, draw_curve, name_curves, of_lever, of_outcome
from .frame import framed, styled

MAX_CURVES = len(LINES)
MAX_WHISKERS = 8  # along a curve; more values have a band
APART = 0.015  # of the axis, from the first to the last of whiskers side by side
MAX_TICKS = 12
LONG = 24  # signs of a label that go in two lines


@styled
def draw(found: Means) -> Figure:
    """The outcome at each value of the lever."""
    curves = curves_of(found)
    chosen = shown(curves)
    figure = framed(finding(found), found.about, _note(found, curves, chosen))
    axes = figure.subplots()
    draw_curves(axes, found, curves, chosen)
    axes.set_ylabel(found.label.replace(" (", "\n(") if len(found.label) > LONG else found.label)
    if len(curves) > 1:
        name_curves(axes)
    return figure


def shown(curves: Sequence[Response]) -> list[Response]:
    """As many curves as the eye keeps apart: spread evenly from the highest to the lowest."""
    ranked = sorted(curves, key=lambda curve: -float(np.nanmean(curve.y.mean)))
    if len(ranked) > MAX_CURVES:
        places = np.linspace(0, len(ranked) - 1, MAX_CURVES).round().astype(int)
        ranked = [ranked[place] for place in places]
    return sorted(ranked, key=lambda curve: -float(curve.y.mean[curve.known[-1]]))


def draw_curves(axes: Axes, found: Means, curves: Sequence[Response], chosen: Sequence[Response]) -> None:
    """Curves along a lever, with what stands along the axes; whiskers stand beside those of others."""
    lever = lever_of(found)
    x = np.array(found.values(lever), dtype=float)
    whiskers = not is_banded(found)
    ordered = sorted(chosen, key=curves.index)
    for curve in chosen:
        place = ordered.index(curve)
        aside = _aside(x, place / (len(chosen) - 1) - 0.5) if whiskers and len(chosen) > 1 else x
        draw_curve(axes, aside, curve.y, LINES[place], label=curve.name, whiskers=whiskers)
    axes.set_xlabel(axis_of(lever, found.moved))
    of_outcome(axes.yaxis, found)
    of_lever(axes.xaxis, lever)
    if min(b - a for a, b in pairwise(x)) >= float(np.ptp(x)) / MAX_TICKS:
        axes.set_xticks(x)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=declared_values()[lever].type is int))
    axes.grid(visible=False, axis="x")


def is_banded(found: Means) -> bool:
    """Whether there are too many values of the lever for whiskers."""
    return len(found.values(lever_of(found))) > MAX_WHISKERS


def _aside(x: Numbers, place: float) -> Numbers:
    """Where whiskers stand of one of several curves, from -0.5 for the first to 0.5 for the last."""
    width = min(APART * float(np.ptp(x)), 0.25 * float(np.diff(x).min()))
    aside: Numbers = x + place * width
    return aside


def _note(found: Means, curves: Sequence[Response], chosen: Sequence[Response]) -> str:
    note = found.note("Line", "band" if is_banded(found) else "whisker")
    if len(chosen) == len(curves):
        return note
    left = f"Curves left out, evenly from the highest to the lowest: {len(curves) - len(chosen):,} of"
    return f"{left} {len(curves):,}, counted in the title. {note}"
