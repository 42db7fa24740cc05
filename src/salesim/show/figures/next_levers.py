"""The next best levers: what each gains at its best plausible value, net of what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ...analysis.gap.steps import NextLevers, Step
from ...analysis.means.means import shorten
from ...english import TODAY
from ...quantity import MINUS, Scale
from ...runs.estimating import Spread
from .bars import draw_bar, key_to_bars, whiskers
from .frame import BLUE, GREY, SIZE, VERMILLION, about, framed, plain, styled
from .marked_rows import name_rows

MAX_ROWS = 12
LONGEST = 44  # signs of a lever and its step
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.31, 2.75  # inches; few rows make a low figure
BARS, COLUMNS = 5.0, 3.0  # shares of the width
ONE_BY_ONE = "one lever at a time, each at the best plausible value tried, all else unchanged"
PLACES = {"net gain": 0.24, "contribution": 0.72, "cost": 1.0}  # of the ends of columns


@styled
def draw(levers: NextLevers) -> Figure:
    """What each lever gains at its best plausible value, net of what it costs."""
    moving = levers.moving
    best = moving[:MAX_ROWS]
    dollars = levers.dollars(*best, minus=MINUS)
    of = f"{about(levers.firm)}; {ONE_BY_ONE}"
    if not best:
        return framed("No single lever changes anything", of)
    height = min(SIZE[1], HEIGHT_OF_WORDS + HEIGHT_OF_ROW * (len(best) + 1))
    title, note = levers.answer().rstrip("."), _note(levers, moving, best)
    unclear = not all(step.significant for step in best)
    key = [*key_to_bars(ranged=True, others=_key(best), unclear=unclear)]
    figure = framed(title, of, note, key, height)
    axes, columns = figure.subplots(1, 2, sharey=True, width_ratios=(BARS, COLUMNS))
    _draw_steps(axes, best, dollars)
    _write(columns, best, dollars)
    figure.draw_without_rendering()  # after which names have their room
    return figure


def _key(best: Sequence[Step]) -> Iterator[Artist]:
    if any(step.gain > 0.0 and step.significant for step in best):
        yield Patch(facecolor=BLUE, label="gains")
    if any(step.gain < 0.0 and step.significant for step in best):
        yield Patch(facecolor=VERMILLION, label="loses")


def _draw_steps(axes: Axes, best: Sequence[Step], dollars: Scale) -> None:
    for row, step in enumerate(best):
        gain, low, high = (dollars.factor * np.array([each]) for each in (step.gain, step.low, step.high))
        colour = BLUE if step.gain > 0.0 else VERMILLION
        draw_bar(axes, row, (0.0, float(gain[0])), 0.7, colour, step.lever, clear=step.significant)
        whiskers(axes, np.array([row]), Spread(gain, low, high), lying=True)
    name_rows(axes, [shorten(said_of(step), LONGEST) for step in best])
    axes.set_ylim(len(best) - 0.4, -1.4)
    axes.set_xlabel(f"net gain ({dollars.shown})")
    plain(axes.xaxis, ticks=6)
    axes.axvline(0.0, color=GREY, linewidth=1.2, zorder=1)


def _write(columns: Axes, best: Sequence[Step], dollars: Scale) -> None:
    """Beside the bars their amounts: what comes in less what it costs."""
    columns.set_axis_off()
    columns.set_xlim(0.0, 1.0)
    for name, place in PLACES.items():
        columns.text(place, -1.0, name, ha="right", va="center_baseline", color=GREY)
    for row, step in enumerate(best):
        for amount, place in zip((step.gain, step.contribution, step.cost), PLACES.values(), strict=True):
            weight = "bold" if amount is step.gain and step.significant else "normal"
            text = dollars.number(amount, signed=True)
            columns.text(place, row, text, ha="right", va="center_baseline", fontweight=weight)


def said_of(step: Step) -> str:
    """A lever and its step."""
    return ": ".join([step.name, " \u2192 ".join(step.said)])


def _note(levers: NextLevers, moving: Sequence[Step], best: Sequence[Step]) -> str:
    left, inert = len(moving) - len(best), len(levers.best) - len(moving)
    more = [f"Left out: {left:,} that gain less."] if left else []
    more += [f"Levers that change nothing: {inert:,}."] if inert else []
    return (
        "Net gain: contribution less cost, which is salaries, training, hiring, and coaching at a "
        f"manager's pay. Each lever used the same random draws as {TODAY}, {levers.replicates:,} "
        f"replicates; intervals hold for all values tried of a lever. {' '.join(more)}"
    )
