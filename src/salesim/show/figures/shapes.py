"""What a row of means does from its first to its last, as far as their intervals tell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...study.outcomes.history import Numbers
from .ranges import Spread

FLAT, RISES, FALLS, PEAKS, DIPS = "flat", "rises", "falls", "peaks", "dips"
SWAYS, PARTLY, UNTOLD = "sways", "partly", "untold"
Place = int | tuple[int, ...]


class Shape(NamedTuple):
    """What a row of means does.

    `kind` is rises, falls (the ends lie apart, nothing speaks against it), peaks, dips (a place inside
    lies above, or below, both ends), sways (up and down), partly (two places lie apart, and no more
    can be told), flat (no two intervals lie apart), or untold (nothing has an interval). `high` and
    `low` are the places that it is about.
    """

    kind: str
    high: int
    low: int


def shape_of(row: Spread) -> Shape:
    """What a row of two or more known means does; without an interval a mean may lie anywhere."""
    low = np.where(np.isfinite(row.low), row.low, -np.inf)
    high = np.where(np.isfinite(row.high), row.high, np.inf)
    top, bottom = int(np.argmax(row.mean)), int(np.argmin(row.mean))
    if not (np.isfinite(low) & np.isfinite(high)).any():
        return Shape(UNTOLD, top, bottom)
    if low.max() <= high.min():
        return Shape(FLAT, top, bottom)
    peak, dip = low[top] > max(high[0], high[-1]), high[bottom] < min(low[0], low[-1])
    rise, fall = _steps(low, high)
    if (peak and dip) or (low[-1] > high[0] and fall) or (low[0] > high[-1] and rise):
        return Shape(PEAKS if peak and not dip else DIPS if dip and not peak else SWAYS, top, bottom)
    if peak or dip:
        return Shape(PEAKS if peak else DIPS, top, bottom)
    if low[-1] > high[0] or low[0] > high[-1]:
        return Shape(RISES if low[-1] > high[0] else FALLS, len(low) - 1, 0)
    return Shape(PARTLY, int(np.argmax(low)), int(np.argmin(high)))


def _steps(low: Numbers, high: Numbers) -> tuple[bool, bool]:
    """Whether any later place lies above an earlier one, and whether any lies below."""
    before = np.minimum.accumulate(high)[:-1], np.maximum.accumulate(low)[:-1]
    return bool((low[1:] > before[0]).any()), bool((high[1:] < before[1]).any())


def levels_off(row: Spread) -> int | None:
    """The first place inside from which on no two intervals lie apart, if there are three such places."""
    for place in range(1, len(row.mean) - 2):
        if not np.nanmax(row.low[place:]) > np.nanmin(row.high[place:]):
            return place
    return None


def alone(row: Spread, place: int) -> bool:
    """Whether a place lies apart from those beside it."""
    beside = [k for k in (place - 1, place + 1) if 0 <= k < len(row.mean)]
    return all(apart(row, place, k) for k in beside)


def apart(found: Spread, a: Place, b: Place) -> bool:
    """Whether there are intervals at two places, and they do not overlap."""
    return bool(found.low[a] > found.high[b] or found.low[b] > found.high[a])
