"""What each measure of an answer changes, with its interval, around a line at nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis import answer_text as answers
from ...analysis.answering import Answered, Change, ClaimFound
from ...english import capital
from ...inputs.dates import plan_of
from ...outcomes import NUMBERS
from ...runs.runs import Runs
from .frame import BLUE, GREY, VERMILLION, framed, styled
from .marks import Look, Marked, draw_rows, key_of

LOOKS = {
    1: Look("raised", BLUE, "o"),
    -1: Look("lowered", VERMILLION, "s"),
    0: Look("no clear effect", GREY, "D", hollow=True),
}
WIDTH_OF_NAME = 40
HEIGHT_OF_ROW, HEIGHT_OF_LINE, HEIGHT_OF_PANEL, HEIGHT_OF_WORDS = 0.44, 0.12, 0.95, 1.9  # inches
NOTE_ON_MARKS = "Mark: mean difference; line: its interval. "


@dataclass(frozen=True)
class Effects:
    """What there is to draw.

    Args:
        found: the answer.
        about: whose plan it is, and how long.
    """

    found: Answered
    about: str


def of_sweep(sweep: Runs, found: Answered) -> Effects:
    """What there is to draw of the answer of a study."""
    firm = next(iter(sweep.study.firms.values()))
    return Effects(found, f"{sweep.study.title}: {plan_of(firm)}")


@dataclass(frozen=True)
class Row:
    """A difference with its name."""

    name: str
    change: Change


def rows_of(found: Answered) -> dict[str, list[Row]]:
    """Differences by outcome, in the order in which the answer says them, each once."""
    rows: dict[str, list[Row]] = {}
    for claim in found.claims:
        before = rows.setdefault(claim.outcome, [])
        before.extend(row for row in _rows(claim) if row not in before)
    return {outcome: each for outcome, each in rows.items() if each}


def _rows(claim: ClaimFound) -> list[Row]:
    if claim.kind == "effect":
        return [
            Row(capital(": ".join(filter(None, [claim.label, change.said]))), change)
            for change in claim.changes
        ]
    if claim.kind == "together":
        return [
            *(Row(capital(f"{part.said} alone"), part) for part in claim.parts),
            Row(capital(f"{claim.label}: sum of each alone"), claim.total),
            Row(capital(f"{claim.label}: together"), claim.whole),
            Row(capital(f"{claim.label}: beyond the sum"), claim.beyond),
        ]
    return []


@styled
def draw(shown: Effects) -> Figure:
    """Each difference as a mark with its interval, a panel for each outcome."""
    rows = rows_of(shown.found)
    counts = [len(each) for each in rows.values()]
    lines = max(len(wrap(row.name, WIDTH_OF_NAME)) for each in rows.values() for row in each)
    row = HEIGHT_OF_ROW + (lines - 1) * HEIGHT_OF_LINE
    height = HEIGHT_OF_WORDS + sum(HEIGHT_OF_PANEL + row * count for count in counts)
    foot = NOTE_ON_MARKS + answers.note(shown.found)
    key = key_of(LOOKS.values(), [LOOKS[row.change.sign] for each in rows.values() for row in each])
    figure = framed(finding(shown.found), shown.about, foot, key, height)
    grid = figure.subplots(
        len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": [count + 1.0 for count in counts]}
    )
    for axes, (outcome, each) in zip(grid[:, 0], rows.items(), strict=True):
        _draw_outcome(axes, outcome, each)
    return figure


def finding(found: Answered) -> str:
    """The first of what was found."""
    return capital(answers.claim_said(found.claims[0]))


def _draw_outcome(axes: Axes, outcome: str, rows: Sequence[Row]) -> None:
    scale = answers.scale_of([row.change for row in rows], outcome)
    noun, better = answers.noun_of(outcome), NUMBERS[outcome].better
    side = "" if better == "neither" else f"{better} is better"
    about = "; ".join(filter(None, [scale.shown, side]))
    marks = [
        Marked(
            "\n".join(wrap(row.name, WIDTH_OF_NAME)),
            [value * scale.factor for value in (row.change.mean, row.change.low, row.change.high)],
            LOOKS[row.change.sign],
            answers.signed(row.change, scale),
        )
        for row in rows
    ]
    axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    draw_rows(axes, marks, f"change of {noun.removeprefix('the ')}{f' ({about})' if about else ''}")
    axes.margins(x=0.12)
