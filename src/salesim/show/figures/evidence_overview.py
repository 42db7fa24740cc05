"""All findings at a glance: each measure by where it lies in its band."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...evidence.judging import Finding, Verdict
from ...evidence.target import FITTED
from ...evidence.wording import is_open
from ..evidence.machine import Evidence
from .bands import BAND, HIT, MISSED, key_to, look_of
from .frame import GREY, INK, NOTE, framed, styled
from .marked_rows import Marked, draw_rows

ACROSS = 2
LOW, HIGH = -1.0, 2.0  # widths of a band, where the axis ends
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.25, 2.5  # inches
LONGEST = 30  # signs of a name
NOTE_OF_ALL = (
    "Each measure by its place in its own band; what lies further off than a width of it stands at the "
    "edge. Where a band is open on one side, only the side of its one end says something."
)
Row = tuple[str, Verdict | None]  # a heading has no measure


@styled
def draw(found: Evidence) -> Figure:
    """Every measure of every finding, by its place in its own band."""
    columns = _columns(found.judged)
    longest = max(map(len, columns))
    verdicts = tuple(verdict for finding in found.judged for verdict in finding.verdicts)
    key = [artist for artist in key_to(verdicts) if artist.get_label() != "published"]
    height = HEIGHT_OF_WORDS + HEIGHT_OF_ROW * longest
    about = f"{found.title}: {found.measures_text()}"
    figure = framed(found.headline(), about, NOTE_OF_ALL, key, height)
    for axes, rows in zip(figure.subplots(1, len(columns), squeeze=False).flat, columns, strict=True):
        _draw_column(axes, rows, longest)
    figure.draw_without_rendering()
    return figure


def _columns(findings: Sequence[Finding]) -> list[list[Row]]:
    """Rows in columns of about the same length; a finding stays whole."""
    blocks = [_rows(finding) for finding in findings]
    if len(blocks) == 1:
        return blocks
    cuts = range(1, len(blocks))
    cut = min(cuts, key=lambda k: max(sum(map(len, blocks[:k])), sum(map(len, blocks[k:]))))
    return [[row for block in part for row in block] for part in (blocks[:cut], blocks[cut:])]


def _rows(finding: Finding) -> list[Row]:
    verdict = "missed" if not finding.reproduced else "reproduced" if finding.target.counts else "fitted"
    names = [(verdict_name(each), each) for each in finding.verdicts]
    return [(f"{finding.target.name} {verdict}", None), *names]


def verdict_name(verdict: Verdict) -> str:
    """What stands beside a measure: its short name, and whether it was fitted."""
    name = verdict.measure.name.replace("_", " ")
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 3].rstrip()}..."
    return f"{short} (fitted)" if verdict.measure.role == FITTED else short


def _draw_column(axes: Axes, rows: Sequence[Row], longest: int) -> None:
    axes.axvspan(0.0, 1.0, facecolor=BAND, linewidth=0, zorder=1)
    marks = [
        Marked(name, places(verdict), look_of(verdict), id=verdict.measure.name)
        if verdict is not None
        else Marked(name, (), HIT)
        for name, verdict in rows
    ]
    draw_rows(axes, marks, "place in the band", size=NOTE)
    for label, each in zip(axes.get_yticklabels(), marks, strict=True):
        heading = not len(each.ends)
        label.set(fontweight="bold" if heading else "normal", color=INK if heading else GREY)
        if each.look == MISSED:
            label.set_color(MISSED.colour)
    axes.set_xticks([0.0, 1.0], ["low end", "high end"])
    axes.set_xlim(LOW - 0.12, HIGH + 0.12)
    axes.set_ylim(longest - 0.4, -0.8)
    axes.grid(visible=False)


def places(verdict: Verdict) -> tuple[float, float, float]:
    """Where value and interval lie, in widths of the band, none further off than the axis goes."""
    low, high = verdict.measure.band
    each = np.array([verdict.value, verdict.low, verdict.high])
    if is_open(high, low):
        shares = (each - low) / _reach(each, low)
    elif is_open(low, high):
        shares = 1.0 - (high - each) / _reach(each, high)
    else:
        shares = (each - low) / (high - low if high > low else 1.0)
    value, first, last = np.clip(shares, LOW, HIGH)
    return float(value), float(first), float(last)


def _reach(each: np.ndarray[tuple[int], np.dtype[np.float64]], end: float) -> float:
    """So wide is an open band drawn that the value and its interval lie well inside, or outside."""
    return 2.0 * float(np.nanmax(np.abs(each - end))) or 1.0
