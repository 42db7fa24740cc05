"""A measure beside its band: what was published, what the model says, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...evidence.judging import Verdict
from ...evidence.target import FITTED
from ...evidence.wording import is_open
from .frame import BLUE, GREY, INK, VERMILLION
from .marked_rows import Look, key_of

BAND = "#CFE3F1"  # a pale blue, which stays lighter than any mark
FAR = 3.0  # times the room of all else: an end of a band further off is drawn at the edge
EDGE = 0.12  # of the room, on either side
PUBLISHED: dict[str, Any] = {
    "color": INK,
    "marker": "|",
    "markersize": 14,
    "markeredgewidth": 2.6,
    "linewidth": 0,
}
HIT = Look("reproduced", BLUE, "o")
HIT_FITTED = Look("fitted, in band", BLUE, "D", hollow=True)
MISSED = Look("missed", VERMILLION, "X")
ASIDE = Look("not judged", GREY, "s", hollow=True)
LOOKS = (HIT, HIT_FITTED, MISSED, ASIDE)


def look_of(verdict: Verdict) -> Look:
    """How the verdict on a measure is drawn."""
    if not verdict.measure.judged:
        return ASIDE
    if not verdict.reproduced:
        return MISSED
    return HIT_FITTED if verdict.measure.role == FITTED else HIT


def key_to(verdicts: tuple[Verdict, ...]) -> Iterator[Artist]:
    """What band, tick and marks mean, of those that are drawn."""
    yield Patch(facecolor=BAND, label="band")
    if any(verdict.measure.published is not None for verdict in verdicts):
        yield Line2D([], [], label="published", **PUBLISHED)
    yield from key_of(LOOKS, map(look_of, verdicts))


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
