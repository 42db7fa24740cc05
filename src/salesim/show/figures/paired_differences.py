"""Spread: differences replicate by replicate, a dot for each."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.comparing.pairs import Paired, finding, levels, worth_of_pairing
from ...outcomes.history import Numbers
from ...quantity import MILLION, Scale
from .arms import LOOKS, about_arms, called, counted_in, in_lines, key_to
from .frame import GREY, SIZE, framed, plain, styled
from .marked_rows import draw_mark, height_of_row, name_rows

BINS = 48  # along the axis, in which dots are stacked
STACK = 0.5  # of the height of a row, for the highest stack
LARGEST, SMALLEST = 7.0, 2.5  # points, of a dot
ROOMY = 3  # rows that leave room for large dots
BESIDE, DIFFERENCES = 3.6, 6.0  # shares of the width
HEIGHT_OF_WORDS, HEIGHT_OF_ROW = 3.4, 0.7  # inches
WIDTH_OF_NAME, WIDTH_OF_LABEL = 24, 26


@styled
def draw(found: Paired) -> Figure:
    """Each arm less today's firm, replicate by replicate, on the same random draws."""
    counted = counted_in(found.differences)
    names = [in_lines(called(found.comparison, each.arm), WIDTH_OF_NAME) for each in found.differences]
    about = f"{about_arms(found.comparison)}; {worth_of_pairing(found)}"
    height = max(SIZE[1], HEIGHT_OF_WORDS + height_of_row(names, HEIGHT_OF_ROW) * len(names))
    figure = framed(finding(found), about, _note(found), key_to(found.differences), height)
    beside, axes = figure.subplots(1, 2, width_ratios=(BESIDE, DIFFERENCES))
    _draw_beside(beside, found)
    axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    every = np.concatenate([d.paired for d in found.differences]) * counted.factor
    ends = float(np.nanmin(every)), float(np.nanmax(every))
    for row in range(len(found.differences)):
        _draw_row(axes, row, found, counted, ends)
    name_rows(axes, names)
    axes.set_ylim(len(names) - 0.42, -0.5)
    axes.set_xlabel(f"difference from {found.base}\n({counted.shown})")
    axes.set_title(f"Differences in {found.outcome.noun}", loc="left", fontweight="bold")
    plain(axes.xaxis, ticks=6)
    axes.margins(x=0.06)
    figure.draw_without_rendering()
    return figure


def _draw_beside(axes: Axes, found: Paired) -> None:
    """The best arm against the baseline, a dot a replicate: near the diagonal where draws are shared."""
    best = found.differences[0]
    scale = found.outcome.unit.scale([], size=MILLION)
    factor, unit = scale.factor, scale.shown or found.outcome.unit
    base, arm = levels(found.comparison, found.outcome, best.arm)
    if not len(base):
        axes.set_visible(False)
        return
    look = LOOKS[best.verdict]
    ends = [factor * min(base.min(), arm.min()), factor * max(base.max(), arm.max())]
    axes.axline((ends[0], ends[0]), slope=1.0, color=GREY, linewidth=1.6, zorder=1)
    face = look.face(_size(len(base)))
    axes.plot(factor * base, factor * arm, linestyle="none", alpha=0.75, **face)
    axes.set_aspect("equal", adjustable="datalim", anchor="NW")
    for name, label in (
        (found.base, axes.set_xlabel),
        (called(found.comparison, best.arm), axes.set_ylabel),
    ):
        label(f"{fill(name, WIDTH_OF_LABEL)}\n({unit})")
    axes.set_title("Each dot: one replicate", loc="left", fontweight="bold")
    for axis in (axes.xaxis, axes.yaxis):
        plain(axis, ticks=4)


def _size(count: int, rows: int = 1) -> float:
    """How large dots are: the more dots and rows, the smaller."""
    most = LARGEST * min(1.0, (ROOMY / rows) ** 0.5)
    return float(np.clip(most * (40.0 / max(count, 1)) ** 0.35, SMALLEST, most))


def stacked(values: Numbers, low: float, high: float) -> Numbers:
    """How far from the middle of its row each dot stands, in dots: those that are near lie in a stack."""
    width = (high - low) / BINS or 1.0
    bins = np.floor((values - low) / width).astype(int)
    seen: dict[int, int] = {}
    places = np.zeros(len(values))
    for k in np.argsort(values, kind="stable"):
        seen[bins[k]] = seen.get(bins[k], 0) + 1
        places[k] = seen[bins[k]] - 1
    return np.array([place - 0.5 * (seen[b] - 1) for place, b in zip(places, bins, strict=True)])


def _draw_row(axes: Axes, row: int, found: Paired, counted: Scale, ends: tuple[float, float]) -> None:
    """The differences of an arm as stacks of dots, its mean and interval beneath them."""
    difference, rows = found.differences[row], len(found.differences)
    look = LOOKS[difference.verdict]
    values = difference.paired[np.isfinite(difference.paired)] * counted.factor
    places = stacked(values, *ends)
    step = STACK / max(2.0 * float(np.abs(places).max(initial=0.0)), 6.0)
    dot = look._replace(marker="o").face(_size(len(values), rows)) | {"markeredgewidth": 0.8}
    axes.plot(values, row - 0.12 - step * places, linestyle="none", alpha=0.75, zorder=2, **dot)
    interval = [value * counted.factor for value in (difference.mean, difference.low, difference.high)]
    draw_mark(axes, row + 0.37, interval, look, difference.arm)


def _note(found: Paired) -> str:
    best = found.differences[0]
    luck = "" if not np.isfinite(best.correlation) else f"; their correlation is {best.correlation:.2f}"
    ranks = "ranks" if found.left_out == 1 else "rank"
    kind = found.comparison.kind(found.left_out)
    hidden = f" Left out: {found.left_out:,} {kind} that {ranks} lower."
    return (
        f"Left: each dot has the same random draws in both{luck}; above the diagonal the difference is "
        "positive. Right: a dot for each replicate, under them the mean and its 95% interval."
        f"{hidden * (found.left_out > 0)}"
    )
