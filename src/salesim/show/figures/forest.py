"""A forest of differences: what each arm changes in each outcome, and whether that can be told."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ...analysis.comparing.comparison import UNCLEAR, Comparison, Difference
from ...english import capital
from ...inputs.dates import plan_of
from ...outcomes import Outcome
from ...quantity import Scale
from .arms import LOOKS, called, compared_with, counted_in, in_lines, key_to, same_as
from .frame import GREY, NOTE, framed, plain, styled
from .marks import BACKING, draw_mark

MOST_PANELS, ACROSS = 6, 3
MOST_ROWS, FEWER_ROWS = 12, 6  # arms in one row of panels, and in two
WIDTH_OF_NAME = 26
HEIGHT_OF_LINE = 0.21  # inches
HEIGHT_OF_ROW, HEIGHT_OF_PANEL, HEIGHT_OF_WORDS = 0.5, 1.3, 2.1  # inches; what many arms need
SIDES = {"higher": ("better \u2192", 1.0, "right"), "lower": ("\u2190 better", 0.0, "left")}
FULL = 2  # panels side by side that leave room for intervals in words
EDGE = 0.3  # of the width of a panel
ABOVE = 9.0  # points from a mark to its amount


@styled
def draw(comparison: Comparison) -> Figure:
    """The mean difference of each arm in each outcome with its interval, around a line at zero."""
    outcomes = comparison.outcomes[:MOST_PANELS]
    arms = rows_of(comparison)
    columns = min(ACROSS, len(outcomes))
    rows = -(-len(outcomes) // columns)
    names = _names(comparison, arms)
    lines = max(1 + name.count("\n") for name in names)
    row = max(HEIGHT_OF_ROW, (lines + 0.5) * HEIGHT_OF_LINE)
    height = HEIGHT_OF_WORDS + rows * (HEIGHT_OF_PANEL + row * len(arms))
    drawn = [d for outcome in outcomes for d in comparison.best_first(outcome) if d.arm in arms]
    figure = framed(
        comparison.answer(comparison.outcomes[0]).rstrip("."),
        _about(comparison),
        _note(comparison, arms),
        key_to(drawn),
        height,
    )
    grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
    for axes, outcome in zip(grid.flat, outcomes, strict=False):
        _draw_outcome(axes, comparison, outcome, arms)
    for axes in grid.flat[len(outcomes) :]:
        axes.set_visible(False)
    grid[0, 0].set_yticks(range(len(arms)), names)
    figure.draw_without_rendering()
    return figure


def rows_of(comparison: Comparison) -> list[str]:
    """The arms that are drawn, the best in the first outcome on top; those that are equal below."""
    first = comparison.outcomes[0]
    ranked = [d.arm for d in comparison.best_first(first)]
    most = MOST_ROWS if len(comparison.outcomes) <= ACROSS else FEWER_ROWS
    return [*ranked, *comparison.equal][:most]


def _about(comparison: Comparison) -> str:
    firm = next(iter(comparison.sweep.study.firms.values()))
    return f"{firm.title}: {plan_of(firm)}; {compared_with(comparison)}"


def _draw_outcome(axes: Axes, comparison: Comparison, outcome: Outcome, arms: Sequence[str]) -> None:
    found = {d.arm: d for d in comparison.best_first(outcome) if d.arm in arms}
    counted = counted_in(list(found.values()) or comparison.of(outcome))
    axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    for row, arm in enumerate(arms):
        if arm in found:
            each = found[arm]
            ends = [value * counted.factor for value in (each.mean, each.low, each.high)]
            draw_mark(axes, row, ends, LOOKS[each.verdict], arm)
    axes.margins(x=0.16)
    columns = min(ACROSS, len(comparison.outcomes))
    for row, arm in enumerate(arms):
        if arm in found:
            _write(axes, row, found[arm], counted, columns)
    _say_side(axes, outcome)
    axes.set_title(capital(outcome.noun), loc="left", fontweight="bold", pad=22)
    axes.set_xlabel(counted.shown)
    axes.set_ylim(len(arms) - 0.5, -0.75)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    plain(axes.xaxis)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _write(axes: Axes, row: int, difference: Difference, counted: Scale, columns: int) -> None:
    """The amount above its mark; in narrow panels it turns away from an edge that is near."""
    mean, (low, high) = difference.mean * counted.factor, axes.get_xlim()
    place = (mean - low) / (high - low)
    near = columns > 1 and not EDGE < place < 1.0 - EDGE
    side = "center" if not near else "left" if place < 0.5 else "right"
    axes.annotate(
        _said(difference, counted, full=columns <= FULL),
        (mean, row),
        bbox=BACKING,
        xytext=(0, ABOVE),
        textcoords="offset points",
        ha=side,
        va="bottom",
        fontsize=NOTE,
        fontweight="normal" if difference.verdict == UNCLEAR else "bold",
        zorder=4,
    )


def _said(difference: Difference, counted: Scale, *, full: bool) -> str:
    """The difference and what it comes to; with its interval where there is room."""
    if len(difference.paired) and (difference.paired == 0.0).all():
        return "no difference"
    ends = counted.interval(difference.low, difference.high, signed=True) if full else ""
    interval = f" ({ends})" if ends else ""
    return f"{counted.number(difference.mean, signed=True)}{interval} {difference.verdict}"


def _say_side(axes: Axes, outcome: Outcome) -> None:
    """On which side of zero it is better for the company."""
    if outcome.better not in SIDES:
        return
    text, place, side = SIDES[outcome.better]
    axes.annotate(
        text,
        (place, 1.0),
        xycoords="axes fraction",
        xytext=(0, 5),
        textcoords="offset points",
        ha=side,
        va="bottom",
        fontsize=NOTE,
        color=GREY,
    )


def _names(comparison: Comparison, arms: Sequence[str]) -> list[str]:
    """What stands beside the rows, in lines."""
    names = []
    for arm in arms:
        name, same = called(comparison, arm), same_as(comparison, arm)
        names.append(in_lines(f"{name}: {same}" if same else name, WIDTH_OF_NAME))
    return names


def _note(comparison: Comparison, arms: Sequence[str]) -> str:
    everything = {*(d.arm for d in comparison.differences), *comparison.equal}
    of_each = " arms of an outcome" if len(comparison.outcomes) > 1 else " of them"
    together = f" and for all{of_each} together" if len(everything) > 1 else ""
    said = [
        "Mark: mean of the paired differences; line: its 95% interval, valid whenever replicating "
        f"stopped{together}."
    ]
    if any(d.scaled_unit.endswith("the promise") for d in comparison.differences):
        said.append("A point of the promise is a hundredth of what the baseline promises.")
    if len(everything) > len(arms):
        left = len(everything) - len(arms)
        of = f"{len(everything):,} {comparison.kind(2)}"
        said.append(f"Left out: {left:,} of {of}, which {'lies' if left == 1 else 'lie'} behind.")
    if len(comparison.outcomes) > MOST_PANELS:
        said.append(f"Outcomes left out: {len(comparison.outcomes) - MOST_PANELS:,}.")
    return " ".join(said)
