"""A calibration: how near each published number is, and what is known of each fitted one."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...calibrate.calibration import Calibration
from ...calibrate.identifying import PINNED
from ...calibrate.searching import PRIOR_SPREAD
from .frame import BLUE, GREY, INK, ORANGE, PALE, VERMILLION, framed, styled

ROW, WORDS = 0.42, 2.6  # inches
WIDEST = 52  # signs of a name in a line
REACH = 1.5  # bands to either side
MIDDLE = 1.645  # standard deviations of a normal's middle 90%


@styled
def fit_figure(found: Calibration) -> Figure:
    """Every fitted number against its band, before and after."""
    fits = found.fit
    inside = sum(fit.in_band for fit in fits)
    key = [
        Patch(facecolor=PALE, label="band"),
        Line2D([], [], color=GREY, marker="|", markersize=12, linestyle="", label="published"),
        Line2D([], [], color=ORANGE, marker="s", linestyle="", label="before"),
        Line2D([], [], color=BLUE, marker="o", linewidth=2, label="calibrated; middle 90% of posterior"),
    ]
    figure = framed(
        f"{inside} of {len(fits)} published numbers are met by one calibrated firm",
        f"{found.firm.title}: each number on the scale of its own band; on new random draws",
        "A square at the edge lies farther out. Fitted numbers prove nothing by being met.",
        key,
        WORDS + ROW * len(fits),
    )
    axes = figure.subplots()
    for row, fit in enumerate(fits):
        low, high = fit.band

        def placed(value: float, low: float = low, high: float = high) -> float:
            return float(np.clip((value - low) / (high - low), -REACH + 0.5, REACH + 0.5))

        axes.barh(row, 1.0, left=0.0, height=0.7, color=PALE)
        axes.plot([placed(end) for end in fit.predicted], [row, row], color=BLUE, linewidth=2)
        axes.plot(placed(fit.published), row, "|", color=GREY, markersize=14, markeredgewidth=2)
        axes.plot(placed(fit.before), row, "s", color=ORANGE, markersize=7)
        axes.plot(placed(fit.value), row, "o", color=BLUE if fit.in_band else VERMILLION, markersize=8)
    names = [fill(fit.name, WIDEST) for fit in fits]
    axes.set_yticks(range(len(fits)), names, fontsize=10.5)
    axes.invert_yaxis()
    axes.set_xlim(-REACH + 0.4, REACH + 0.6)
    axes.set_xticks([0.0, 1.0], ["lower end", "upper end"])
    axes.set_xlabel("place in the band")
    axes.grid(axis="y", visible=False)
    return figure


@styled
def numbers_figure(found: Calibration) -> Figure:
    """Every free number in its range: prior, posterior, and whether the findings pin it down."""
    known = found.posterior
    order = np.argsort(-known.learned)
    count = int((known.learned >= PINNED).sum())
    figure = framed(
        f"The findings pin down {count} of {len(order)} numbers, and {known.directions} combinations",
        f"{found.firm.title}: each number in its range, the best known on top",
        "Bars hold the middle 90% of what is believed before (grey) and after (blue).",
        [
            Line2D([], [], color=PALE, linewidth=7, label="before"),
            Line2D([], [], color=BLUE, linewidth=3, label="after: pinned down"),
            Line2D([], [], color=GREY, linewidth=3, label="after: open"),
        ],
        WORDS + 0.26 * len(order),
    )
    axes = figure.subplots()
    for row, k in enumerate(order):
        free, best = found.plan.free[k], float(known.best[k])
        colour = BLUE if known.learned[k] >= PINNED else GREY
        for middle, spread, width, shade in (
            (free.start, PRIOR_SPREAD, 7.0, PALE),
            (best, float(known.spread[k]), 3.0, colour),
        ):
            ends = np.clip([middle - MIDDLE * spread, middle + MIDDLE * spread], 0.0, 1.0)
            axes.plot(ends, [row, row], color=shade, linewidth=width, solid_capstyle="butt")
        axes.plot(best, row, "o", color=colour, markersize=6)
        axes.text(1.02, row, f"{found.values[free.path]:.3g}", va="center", fontsize=9.5, color=INK)
    axes.set_yticks(range(len(order)), [found.plan.free[k].path for k in order], fontsize=9.5)
    axes.invert_yaxis()
    axes.set_xlim(0.0, 1.0)
    axes.set_xticks([0.0, 1.0], ["lowest", "highest"])
    axes.set_xlabel("place in the range")
    axes.grid(axis="y", visible=False)
    return figure
