"""A forest of differences: what each arm changes in each outcome, and whether that can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.comparing.comparison import UNCLEAR, Comparison, Difference
from ...english import capital
from ...outcomes import Outcome
from ...quantity import Scale
from .arms import LOOKS, about_arms, called, compared_with, counted_in, in_lines, key_to, same_as
from .frame import GREY, NOTE, Side, framed, styled, write
from .marked_rows import Marked, draw_rows, height_of_row

MAX_PANELS, ACROSS = 6, 3
MAX_ROWS, FEWER_ROWS = 12, 6  # arms in one row of panels, and in two
WIDTH_OF_NAME = 26
HEIGHT_OF_ROW, HEIGHT_OF_PANEL, HEIGHT_OF_WORDS = 0.5, 1.3, 2.1  # inches; what many arms need
SIDES: dict[str, tuple[str, float, Side]] = {
    "higher": ("better \u2192", 1.0, "right"),
    "lower": ("\u2190 better", 0.0, "left"),
}
FULL = 2  # panels side by side that leave room for intervals in words


@styled
def draw(comparison: Comparison) -> Figure:
    """Each arm less today's firm, with its interval."""
    outcomes = comparison.outcomes[:MAX_PANELS]
    arms = rows_of(comparison)
    columns = min(ACROSS, len(outcomes))
    rows = -(-len(outcomes) // columns)
    names = [in_lines(_name(comparison, arm), WIDTH_OF_NAME) for arm in arms]
    height = HEIGHT_OF_WORDS + rows * (HEIGHT_OF_PANEL + height_of_row(names, HEIGHT_OF_ROW) * len(arms))
    drawn = [d for outcome in outcomes for d in comparison.best_first(outcome) if d.arm in arms]
    title = comparison.answer(comparison.outcomes[0]).rstrip(".")
    about = f"{about_arms(comparison)}; {compared_with(comparison)}"
    figure = framed(title, about, _note(comparison, arms), key_to(drawn), height)
    grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
    for place, axes in enumerate(grid.flat):
        axes.set_visible(place < len(outcomes))
        if place < len(outcomes):
            outcome = outcomes[place]
            found = {d.arm: d for d in drawn if d.outcome == outcome}
            counted = counted_in(list(found.values()) or comparison.of(outcome))
            _draw_outcome(axes, outcome, dict(zip(arms, names, strict=True)), found, counted, columns)
    figure.draw_without_rendering()
    return figure


def rows_of(comparison: Comparison) -> list[str]:
    """The arms that are drawn, the best in the first outcome on top; those that are equal below."""
    first = comparison.outcomes[0]
    ranked = [d.arm for d in comparison.best_first(first)]
    most = MAX_ROWS if len(comparison.outcomes) <= ACROSS else FEWER_ROWS
    return [*ranked, *comparison.equal][:most]


def _draw_outcome(
    axes: Axes,
    outcome: Outcome,
    names: Mapping[str, str],
    found: Mapping[str, Difference],
    counted: Scale,
    columns: int,
) -> None:
    marks = [
        _row(names[arm], found[arm], counted, full=columns <= FULL)
        if arm in found
        else Marked(names[arm], (), LOOKS[UNCLEAR])
        for arm in names
    ]
    draw_rows(axes, marks, counted.shown, room=0.16, zero=True, ticks=5, narrow=columns > 1)
    axes.set_title(capital(outcome.noun), loc="left", fontweight="bold", pad=22)
    if outcome.better in SIDES:
        text, place, side = SIDES[outcome.better]
        write(axes, text, (place, 1.0), (0, 5), (side, "bottom"), NOTE, GREY, within="axes fraction")


def _row(name: str, difference: Difference, counted: Scale, *, full: bool) -> Marked:
    """A difference, what it comes to in words, and its interval where there is room."""
    ends = [value * counted.factor for value in (difference.mean, difference.low, difference.high)]
    mean, between = counted.number(difference.mean, signed=True), ""
    if full:
        between = counted.interval(difference.low, difference.high, signed=True)
    still = len(difference.paired) and (difference.paired == 0.0).all()
    text = " ".join([mean, *([f"({between})"] if between else []), difference.verdict])
    return Marked(name, ends, LOOKS[difference.verdict], "no difference" if still else text, difference.arm)


def _name(comparison: Comparison, arm: str) -> str:
    return ": ".join(filter(None, [called(comparison, arm), same_as(comparison, arm)]))


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
    if len(comparison.outcomes) > MAX_PANELS:
        said.append(f"Outcomes left out: {len(comparison.outcomes) - MAX_PANELS:,}.")
    return " ".join(said)
