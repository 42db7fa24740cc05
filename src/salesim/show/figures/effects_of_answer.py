"""What each measure of an answer changes, with its interval, around a line at nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis import answer_text as answers
from ...analysis.answering import Answered, Change, ClaimFound, answer_so_far
from ...english import capital
from ...outcomes import NUMBERS
from ...runs.runs import Runs
from .frame import BLUE, GREY, VERMILLION, about, framed, styled
from .marked_rows import Look, Marked, draw_rows, height_of_row, key_of

LOOKS = {
    1: Look("raised", BLUE, "o"),
    -1: Look("lowered", VERMILLION, "s"),
    0: Look("no clear effect", GREY, "D", hollow=True),
}
WIDTH_OF_NAME = 40
HEIGHT_OF_ROW, HEIGHT_OF_PANEL, HEIGHT_OF_WORDS = 0.44, 0.95, 1.9  # inches
NOTE_ON_MARKS = "Mark: mean difference; line: its interval. "
Named = tuple[str, Change]  # what is changed, and how


class Effects(NamedTuple):
    """The answer of a study, and whose plan it is."""

    found: Answered
    about: str


def of_sweep(sweep: Runs, found: Answered) -> Effects:
    """What there is to draw of the answer of a study."""
    return Effects(found, about(next(iter(sweep.study.firms.values())), sweep.study.title))


def answered_by_effects(sweep: Runs) -> Effects | None:
    """The answer of a study that is shown by what each measure changed."""
    asked = sweep.study.answer
    found = answer_so_far(sweep) if asked is not None and asked.figure == "effects" else None
    return None if found is None else of_sweep(sweep, found)


def rows_of(found: Answered) -> dict[str, list[Named]]:
    """Differences by outcome, in the order in which the answer says them, each once."""
    rows: dict[str, dict[Named, None]] = {}
    for claim in found.claims:
        rows.setdefault(claim.outcome, {}).update(dict.fromkeys(_rows(claim)))
    return {outcome: [*each] for outcome, each in rows.items() if each}


def _rows(claim: ClaimFound) -> Iterator[Named]:
    if claim.kind == "effect":
        for change in claim.changes:
            yield capital(": ".join(filter(None, [claim.label, change.said]))), change
    if claim.kind == "together":
        yield from ((capital(f"{part.said} alone"), part) for part in claim.parts)
        yield capital(f"{claim.label}: sum of each alone"), claim.total
        yield capital(f"{claim.label}: together"), claim.whole
        yield capital(f"{claim.label}: beyond the sum"), claim.beyond


@styled
def draw(shown: Effects) -> Figure:
    """What each measure changed, with the interval of the difference."""
    rows = rows_of(shown.found)
    counts = [len(each) for each in rows.values()]
    every = [row for each in rows.values() for row in each]
    high = height_of_row([fill(name, WIDTH_OF_NAME) for name, _ in every], HEIGHT_OF_ROW)
    height = HEIGHT_OF_WORDS + sum(HEIGHT_OF_PANEL + high * count for count in counts)
    foot = NOTE_ON_MARKS + answers.note(shown.found)
    key = key_of(LOOKS.values(), [LOOKS[change.sign] for _, change in every])
    figure = framed(finding(shown.found), shown.about, foot, key, height)
    grid = figure.subplots(len(rows), 1, squeeze=False, height_ratios=[count + 1.0 for count in counts])
    for axes, (outcome, each) in zip(grid[:, 0], rows.items(), strict=True):
        _draw_outcome(axes, outcome, each)
    return figure


def finding(found: Answered) -> str:
    """The first of what was found."""
    return capital(answers.claim_text(found.claims[0]))


def _draw_outcome(axes: Axes, outcome: str, rows: Sequence[Named]) -> None:
    scale = answers.scale_of([change for _, change in rows], outcome)
    better = NUMBERS[outcome].better
    side = "" if better == "neither" else f"{better} is better"
    unit = "; ".join(filter(None, [scale.shown, side]))
    marks = [
        Marked(
            fill(name, WIDTH_OF_NAME),
            [value * scale.factor for value in (change.mean, change.low, change.high)],
            LOOKS[change.sign],
            answers.signed(change, scale),
        )
        for name, change in rows
    ]
    noun = answers.noun_of(outcome).removeprefix("the ")
    draw_rows(axes, marks, f"change of {noun}{f' ({unit})' if unit else ''}", room=0.12, zero=True)
