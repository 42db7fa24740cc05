"""A measure beside its band: what was published, what the model says, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...study.validating.judging import Verdict
from ...study.validating.target import FITTED
from ..evidence.saying import is_open
from .frame import BLUE, GREY, INK, VERMILLION

BAND = "#CFE3F1"  # a pale blue, which stays lighter than any mark
FAR = 3.0  # times the room of all else: an end of a band further off is drawn at the edge
EDGE = 0.12  # of the room, on either side
MARKER = 11.0  # points


@dataclass(frozen=True)
class Mark:
    """How a verdict is drawn: alike for all of its kind, whatever colours one sees."""

    colour: str
    marker: str
    filled: bool
    label: str


HIT = Mark(BLUE, "o", True, "reproduced")
HIT_FITTED = Mark(BLUE, "D", False, "fitted, in band")
MISSED = Mark(VERMILLION, "X", True, "missed")
ASIDE = Mark(GREY, "s", False, "not judged")
MARKS = (HIT, HIT_FITTED, MISSED, ASIDE)


def mark_of(verdict: Verdict) -> Mark:
    """How the verdict on a measure is drawn."""
    if not verdict.measure.judged:
        return ASIDE
    if not verdict.reproduced:
        return MISSED
    return HIT_FITTED if verdict.measure.role == FITTED else HIT


def key_of(verdicts: tuple[Verdict, ...]) -> Iterator[Artist]:
    """What band, tick and marks mean, of those that are drawn."""
    yield Patch(facecolor=BAND, label="band")
    if any(verdict.measure.published is not None for verdict in verdicts):
        yield Line2D(
            [],
            [],
            color=INK,
            marker="|",
            markersize=14,
            markeredgewidth=2.6,
            linewidth=0,
            label="published",
        )
    drawn = {mark_of(verdict) for verdict in verdicts}
    for mark in MARKS:
        if mark in drawn:
            yield Line2D([], [], color=INK, linewidth=2.0, label=mark.label, **_face(mark))


def _face(mark: Mark) -> dict[str, Any]:
    return {
        "marker": mark.marker,
        "markersize": MARKER - 1.0,
        "markeredgewidth": 2.0,
        "markeredgecolor": mark.colour,
        "markerfacecolor": mark.colour if mark.filled else "white",
    }


@dataclass(frozen=True)
class Room:
    """What an axis shows of a measure.

    Args:
        low, high: its ends.
        band: where the band is drawn, cut off at an end of the axis that it passes.
        cut: whether the band goes on below and above.
    """

    low: float
    high: float
    band: tuple[float, float]
    cut: tuple[bool, bool]


def room_for(verdict: Verdict) -> Room:
    """Room for value, interval, published number and band; an end of the band that is far off is cut."""
    measure = verdict.measure
    low, high = measure.band
    ends = [end for end in (verdict.low, verdict.high) if isfinite(end)]
    seen = [verdict.value, *ends, *([] if measure.published is None else [measure.published])]
    seen += [min((low, high), key=lambda end: abs(end - verdict.value))]
    least, most = min(seen), max(seen)
    reach = FAR * (most - least if most > least else max(abs(most), 1.0))
    cut = (is_open(low, high) or low < least - reach, is_open(high, low) or high > most + reach)
    if not cut[0]:
        least = min(least, low)
    if not cut[1]:
        most = max(most, high)
    pad = EDGE * (most - least if most > least else max(abs(most), 1.0))
    first, last = least - pad * (2.0 if cut[0] else 1.0), most + pad * (2.0 if cut[1] else 1.0)
    return Room(first, last, (first if cut[0] else low, last if cut[1] else high), cut)


def draw_mark(axes: Axes, verdict: Verdict, row: float, place: tuple[float, float, float]) -> None:
    """The value with its interval.

    Args:
        axes: where it is drawn.
        verdict: which says how it looks.
        row: its height.
        place: value, and both ends of the interval, as the axis has them.
    """
    value, low, high = place
    axes.plot([low, high], [row, row], color=INK, linewidth=2.2, solid_capstyle="butt", zorder=3)
    axes.plot(value, row, gid=verdict.measure.name, linewidth=0, zorder=4, **_face(mark_of(verdict)))
