"""What each measure of an answer changes, with its interval, around a line at nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ...outcomes import NUMBERS
from ...study.answering import Answered, Change, ClaimFound
from ...study.sweeps.runs import Runs
from ..words import capital
from . import answers
from .frame import BLUE, GREY, INK, NOTE, VERMILLION, framed, plain, plan_of, styled

ABOVE, BELOW, NOISE = "raised", "lowered", "within noise"
MARKS = {ABOVE: (BLUE, "o", BLUE), BELOW: (VERMILLION, "s", VERMILLION), NOISE: (GREY, "D", "white")}
BY_SIGN = {1: ABOVE, -1: BELOW, 0: NOISE}
WIDTH_OF_NAME = 40
HEIGHT_OF_ROW, HEIGHT_OF_LINE, HEIGHT_OF_PANEL, HEIGHT_OF_WORDS = 0.44, 0.12, 0.95, 1.9  # inches
NOTE_ON_MARKS = "Mark: mean difference; line: its interval. "
BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
FEET = 6.0  # points from a mark to its amount


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
    signs = {row.change.sign for each in rows.values() for row in each}
    foot = NOTE_ON_MARKS + answers.note(shown.found)
    figure = framed(finding(shown.found), shown.about, foot, _key(signs), height)
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
    axes.axvline(0.0, color=GREY, linewidth=1.6, zorder=1)
    for place, row in enumerate(rows):
        change = row.change
        colour, marker, face = MARKS[BY_SIGN[change.sign]]
        mean, low, high = (value * scale.factor for value in (change.mean, change.low, change.high))
        axes.plot([low, high], [place, place], color=INK, linewidth=2.0, solid_capstyle="butt", zorder=2)
        axes.plot(
            mean,
            place,
            marker=marker,
            markersize=10,
            markerfacecolor=face,
            markeredgecolor=colour,
            markeredgewidth=1.8,
            zorder=3,
        )
        axes.annotate(
            answers.signed(change, scale),
            (mean, place),
            xytext=(0, FEET),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=NOTE,
            fontweight="bold" if change.sign else "normal",
            bbox=BACKING,
            zorder=2.5,  # behind marks
        )
    axes.set_yticks(range(len(rows)), ["\n".join(wrap(row.name, WIDTH_OF_NAME)) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.8)
    axes.margins(x=0.12)
    noun, better = answers.noun_of(outcome), NUMBERS[outcome].better
    side = "" if better == "neither" else f"{better} is better"
    about = "; ".join(filter(None, [scale.shown, side]))
    axes.set_xlabel(f"change of {noun.removeprefix('the ')}{f' ({about})' if about else ''}")
    axes.xaxis.set_major_locator(MaxNLocator(6))
    plain(axes.xaxis)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _key(signs: set[int]) -> list[Artist]:
    marks = [(BY_SIGN[sign], *MARKS[BY_SIGN[sign]]) for sign in (1, -1, 0) if sign in signs]
    return [
        Line2D(
            [],
            [],
            color=colour,
            marker=marker,
            markerfacecolor=face,
            linestyle="none",
            markersize=9,
            label=label,
        )
        for label, colour, marker, face in marks
    ]
