"""Spread: differences replicate by replicate, a dot for each."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ...analysis.comparing.pairs import Paired, finding, levels, worth_of_pairing
from ...inputs.dates import plan_of
from ...outcomes.history import Numbers
from ...quantity import MILLION, Scale
from .arms import LOOKS, called, counted_in, in_lines, key_to
from .frame import GREY, SIZE, framed, plain, styled
from .marks import draw_mark

BINS = 48  # along the axis, in which dots are stacked
STACK = 0.5  # of the height of a row, for the highest stack
LARGEST, SMALLEST = 7.0, 2.5  # points, of a dot
ROOMY = 3  # rows that leave room for large dots
BESIDE, DIFFERENCES = 3.6, 6.0  # shares of the width
HEIGHT_OF_WORDS, HEIGHT_OF_ROW, HEIGHT_OF_LINE = 3.4, 0.7, 0.21  # inches
WIDTH_OF_NAME, WIDTH_OF_LABEL = 24, 26


@styled
def draw(found: Paired) -> Figure:
    """A dot for each replicate: the baseline against the best arm, and the differences of all arms."""
    firm = next(iter(found.comparison.sweep.study.firms.values()))
    counted = counted_in(found.differences)
    about = f"{firm.title}: {plan_of(firm)}; {worth_of_pairing(found)}"
    key = key_to(found.differences)
    figure = framed(finding(found), about, _note(found), key, _height(found))
    beside, axes = figure.subplots(1, 2, width_ratios=(BESIDE, DIFFERENCES))
    _draw_beside(beside, found)
    axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    ends = _ends(found, counted)
    for row in range(len(found.differences)):
        _draw_row(axes, row, found, counted, ends)
    _describe(axes, found, counted)
    figure.draw_without_rendering()
    return figure


def _ends(found: Paired, counted: Scale) -> tuple[float, float]:
    every = np.concatenate([d.paired for d in found.differences]) * counted.factor
    return float(np.nanmin(every)), float(np.nanmax(every))


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
    axes.plot(
        factor * base,
        factor * arm,
        linestyle="none",
        color=look.colour,
        **look.face(_size(len(base))),
        alpha=0.75,
    )
    axes.set_aspect("equal", adjustable="datalim", anchor="NW")
    axes.set_xlabel(_beside(found.base, unit))
    axes.set_ylabel(_beside(called(found.comparison, best.arm), unit))
    axes.set_title("Each dot: one replicate", loc="left", fontweight="bold")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(4))
        plain(axis)


def _beside(name: str, unit: str) -> str:
    """An arm and the unit, in lines that fit along the left axes."""
    return "\n".join([*wrap(name, WIDTH_OF_LABEL), f"({unit})"])


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
    axes.plot(
        values,
        row - 0.12 - step * places,
        linestyle="none",
        **(look._replace(marker="o").face(_size(len(values), rows)) | {"markeredgewidth": 0.8}),
        alpha=0.75,
        zorder=2,
    )
    interval = [value * counted.factor for value in (difference.mean, difference.low, difference.high)]
    draw_mark(axes, row + 0.37, interval, look, difference.arm)


def _names(found: Paired) -> list[str]:
    """What stands beside the rows, in lines."""
    return [in_lines(called(found.comparison, each.arm), WIDTH_OF_NAME) for each in found.differences]


def _height(found: Paired) -> float:
    """How high the figure is (inches), so that names of many arms find room."""
    lines = max(1 + name.count("\n") for name in _names(found))
    row = max(HEIGHT_OF_ROW, (lines + 0.7) * HEIGHT_OF_LINE)
    return max(SIZE[1], HEIGHT_OF_WORDS + row * len(found.differences))


def _describe(axes: Axes, found: Paired, counted: Scale) -> None:
    names = _names(found)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.42, -0.5)
    axes.set_xlabel(f"difference from {found.base}\n({counted.shown})")
    axes.set_title(f"Differences in {found.outcome.noun}", loc="left", fontweight="bold")
    axes.xaxis.set_major_locator(MaxNLocator(6))
    plain(axes.xaxis)
    axes.margins(x=0.06)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


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
