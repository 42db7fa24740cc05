"""The next best levers: what each gains at its best plausible value, net of what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from ...analysis.gap.steps import NextLevers, Step
from ...analysis.means.means import shorten
from ...english import TODAY
from ...inputs.dates import plan_of
from ...quantity import MINUS, Scale
from ...runs.causes import LEVEL
from .frame import BLUE, GREY, INK, SIZE, TEXT, VERMILLION, framed, plain, styled

MOST_ROWS = 12
LONGEST = 44  # signs of a lever and its step
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.31, 2.75  # inches; few rows make a low figure
BARS, COLUMNS = 5.0, 3.0  # shares of the width
PLACES = {"net gain": 0.24, "contribution": 0.72, "cost": 1.0}  # of the ends of columns
HATCH = "////"


@styled
def draw(levers: NextLevers) -> Figure:
    """What the best levers gain, the best on top, with what they bring and what they cost."""
    moving = levers.moving
    best = moving[:MOST_ROWS]
    dollars = levers.dollars(*best, minus=MINUS)
    about = (
        f"{levers.firm.title}: {plan_of(levers.firm)}; one lever at a time, each at the best "
        "plausible value tried, all else unchanged"
    )
    if not best:
        return framed("No single lever changes anything", about)
    height = min(SIZE[1], HEIGHT_OF_WORDS + HEIGHT_OF_ROW * (len(best) + 1))
    figure = framed(
        levers.answer().rstrip("."), about, _note(levers, moving, best), list(_key(best)), height
    )
    axes, columns = figure.subplots(1, 2, sharey=True, width_ratios=(BARS, COLUMNS))
    for row, step in enumerate(best):
        _draw_step(axes, row, step, dollars)
    _describe(axes, best, dollars)
    _write(columns, best, dollars)
    figure.draw_without_rendering()  # after which names have their room
    return figure


def _key(best: Sequence[Step]) -> Iterator[Artist]:
    yield Line2D(
        [],
        [],
        color=INK,
        linewidth=1.5,
        marker="|",
        markersize=8,
        markeredgewidth=1.5,
        label=f"{100 * LEVEL:.0f}% interval",
    )
    if any(step.gain > 0.0 and step.significant for step in best):
        yield Patch(facecolor=BLUE, label="gains")
    if any(step.gain < 0.0 and step.significant for step in best):
        yield Patch(facecolor=VERMILLION, label="loses")
    if any(not step.significant for step in best):
        yield Patch(facecolor="white", edgecolor=GREY, hatch=HATCH, label="no clear effect")


def _draw_step(axes: Axes, row: int, step: Step, dollars: Scale) -> None:
    colour = BLUE if step.gain > 0.0 else VERMILLION
    gain, low, high = (amount * dollars.factor for amount in (step.gain, step.low, step.high))
    axes.barh(
        row,
        gain,
        0.7,
        facecolor="white" if not step.significant else colour,
        edgecolor=colour,
        hatch=HATCH if not step.significant else "",
        linewidth=1.2,
        gid=step.lever,
    )
    axes.errorbar(
        gain,
        row,
        xerr=[[gain - low], [high - gain]],
        fmt="none",
        ecolor=INK,
        elinewidth=1.5,
        capsize=3.5,
        capthick=1.3,
    )


def _describe(axes: Axes, best: Sequence[Step], dollars: Scale) -> None:
    names = [shorten(said_of(step), LONGEST) for step in best]
    axes.set_yticks(range(len(best)), names)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(best) - 0.4, -1.4)
    axes.set_xlabel(f"net gain ({dollars.shown})")
    axes.xaxis.set_major_locator(MaxNLocator(6))
    plain(axes.xaxis)
    axes.axvline(0.0, color=GREY, linewidth=1.2, zorder=1)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def _write(columns: Axes, best: Sequence[Step], dollars: Scale) -> None:
    """Beside the bars their amounts: what comes in less what it costs."""
    columns.set_axis_off()
    columns.set_xlim(0.0, 1.0)
    for name, place in PLACES.items():
        columns.text(place, -1.0, name, ha="right", va="center_baseline", color=GREY)
    for row, step in enumerate(best):
        for amount, place in zip((step.gain, step.contribution, step.cost), PLACES.values(), strict=True):
            columns.text(
                place,
                row,
                dollars.number(amount, signed=True),
                ha="right",
                va="center_baseline",
                fontsize=TEXT,
                fontweight="bold" if amount is step.gain and step.significant else "normal",
            )


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
