"""What a row of means does from its first to its last, as far as its places differ significantly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...outcomes.history import Numbers

STILL, FLAT, RISES, FALLS, PEAKS, DIPS = "still", "flat", "rises", "falls", "peaks", "dips"
SWAYS, PARTLY, UNTOLD = "sways", "partly", "untold"


class Shape(NamedTuple):
    """What a row of means does.

    `kind` is still (all means are the same number), rises, falls (the ends differ clearly, nothing
    speaks against it), peaks, dips (a place inside lies above, or below, both ends), sways (up and
    down), partly (two places differ clearly, and no more), flat (no two can), or untold (too little
    is known to judge). `high` and `low` are the places that it is about.
    """

    kind: str
    high: int
    low: int


def shape_of(mean: Numbers, signs: Numbers) -> Shape:
    """What a row of two or more known means does.

    Args:
        mean: the means.
        signs: 1 where the place of the row is higher than that of the column, -1 where it is lower,
            0 if neither is significant, not a number if undefined.
    """
    above = signs > 0.0
    top, bottom = int(np.argmax(mean)), int(np.argmin(mean))
    if mean[top] == mean[bottom]:
        return Shape(STILL, top, bottom)
    if np.isnan(signs[~np.eye(len(mean), dtype=bool)]).all():
        return Shape(UNTOLD, top, bottom)
    if not above.any():
        return Shape(FLAT, top, bottom)
    peak, dip = bool(above[top, 0] and above[top, -1]), bool(above[0, bottom] and above[-1, bottom])
    rise, fall = bool(np.tril(above).any()), bool(np.triu(above).any())  # anywhere in the row
    if (peak and dip) or (above[-1, 0] and fall) or (above[0, -1] and rise):
        return Shape(PEAKS if peak and not dip else DIPS if dip and not peak else SWAYS, top, bottom)
    if peak or dip:
        return Shape(PEAKS if peak else DIPS, top, bottom)
    if above[-1, 0] or above[0, -1]:
        return Shape(RISES if above[-1, 0] else FALLS, len(mean) - 1, 0)
    gaps = np.where(above, np.subtract.outer(mean, mean), -np.inf)
    high, low = np.unravel_index(int(np.argmax(gaps)), gaps.shape)
    return Shape(PARTLY, int(high), int(low))


def levels_off(signs: Numbers) -> int | None:
    """The first place inside from which on no two differ clearly, if there are three such places."""
    for place in range(1, len(signs) - 2):
        if not (signs[place:, place:] > 0.0).any():
            return place
    return None


def alone(signs: Numbers, place: int) -> bool:
    """Whether a place differs clearly from those beside it."""
    beside = [k for k in (place - 1, place + 1) if 0 <= k < len(signs)]
    return bool((np.abs(signs[place, beside]) > 0.0).all())
