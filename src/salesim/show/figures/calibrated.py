"""A calibration: how near each published number is, and what is known of each fitted one."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...calibrate.calibration import Calibration
from ...calibrate.searching import PRIOR_SPREAD
from ...quantity import MINUS, Unit
from .bands import BAND, PUBLISHED
from .frame import BLUE, GREY, NOTE, ORANGE, PALE, VERMILLION, framed, styled
from .marked_rows import Look, Marked, draw_rows, key_of

ROW, WORDS = 0.42, 2.6  # inches
LOW_ROW, SMALL = 0.26, 9.5  # inches and points, of many rows
WIDEST = 52  # signs of a name in a line
REACH = 1.5  # bands to either side
MIDDLE = 1.645  # standard deviations of a normal's middle 90%
INSIDE = Look("calibrated, in its band; middle 90% of posterior", BLUE, "o")
OUTSIDE = Look("calibrated, outside", VERMILLION, "X")
PINNED, OPEN = Look("after: pinned down", BLUE, "o"), Look("after: open", GREY, "D")
BEFORE: dict[str, Any] = {"color": ORANGE, "marker": "s", "markersize": 7, "linestyle": ""}


@styled
def fit_figure(found: Calibration) -> Figure:
    """Each published number in its own band."""
    fits = found.fit
    inside = [fit.in_band for fit in fits]
    low, high = np.array([fit.band for fit in fits]).T
    values = [(fit.value, *fit.predicted, fit.published, fit.before) for fit in fits]
    shares = np.clip((np.array(values).T - low) / (high - low), 0.5 - REACH, 0.5 + REACH)
    looks = [INSIDE if each else OUTSIDE for each in inside]
    key = [
        Patch(facecolor=BAND, label="band"),
        Line2D([], [], label="published", **PUBLISHED),
        Line2D([], [], label="before", **BEFORE),
        *key_of((INSIDE, OUTSIDE), looks),
    ]
    figure = framed(
        f"{sum(inside)} of {len(fits)} published numbers are met by one calibrated firm",
        f"{found.firm.title}: each number on the scale of its own band; on new random draws",
        "A square at the edge lies farther out. Fitted numbers prove nothing by being met.",
        key,
        WORDS + ROW * len(fits),
    )
    axes = figure.subplots()
    axes.axvspan(0.0, 1.0, facecolor=BAND, linewidth=0, zorder=0.5)
    names = [fill(fit.name, WIDEST) for fit in fits]
    draw_rows(axes, [Marked(*row) for row in zip(names, shares[:3].T, looks, strict=True)], size=NOTE)
    axes.plot(shares[3], range(len(fits)), **PUBLISHED)
    axes.plot(shares[4], range(len(fits)), **BEFORE)
    axes.set_xlim(0.4 - REACH, 0.6 + REACH)
    axes.set_xticks([0.0, 1.0], ["lower end", "upper end"])
    axes.set_xlabel("place in the band")
    return figure


@styled
def numbers_figure(found: Calibration) -> Figure:
    """Each free number in its range."""
    numbers = sorted(found.numbers, key=lambda each: -each.learned)
    looks = [PINNED if each.pinned else OPEN for each in numbers]
    figure = framed(
        f"The findings pin down {looks.count(PINNED)} of {len(numbers)} numbers, and "
        f"{found.posterior.directions} combinations",
        f"{found.firm.title}: each number in its range, the best known on top",
        "Bars and lines hold the middle 90% of what is believed before and after.",
        [Line2D([], [], color=PALE, linewidth=7, label="before"), *key_of((PINNED, OPEN), looks)],
        WORDS + LOW_ROW * len(numbers),
    )
    axes = figure.subplots()
    low, high = np.array([each.range for each in numbers]).T
    start, best, spread = (
        (np.array([getattr(each, name) for each in numbers]) - floor) / (high - low)
        for name, floor in (("before", low), ("value", low), ("spread", 0.0))
    )
    reach = MIDDLE * np.array([-1.0, 1.0])[:, None]
    before, after = (np.clip(m + reach * s, 0.0, 1.0) for m, s in ((start, PRIOR_SPREAD), (best, spread)))
    rows = range(len(numbers))
    axes.hlines(rows, *before, color=PALE, linewidth=7.0, zorder=1)
    ends = np.array([best, *after]).T
    paths = [each.path for each in numbers]
    draw_rows(axes, [Marked(*row) for row in zip(paths, ends, looks, strict=True)], size=SMALL)
    for row, each in enumerate(numbers):
        axes.text(
            1.02,
            row,
            Unit.FACTOR.scale([each.value], minus=MINUS).number(each.value),
            va="center",
            fontsize=SMALL,
        )
    axes.set_xlim(0.0, 1.0)
    axes.set_xticks([0.0, 1.0], ["lowest", "highest"])
    axes.set_xlabel("place in the range")
    return figure
