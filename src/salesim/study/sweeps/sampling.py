"""Draw numbers that nobody knows from their ranges."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...rules.declaration import Range
from ...scenario.declared import declared_numbers
from .design import Values


def latin_hypercube(ranges: Mapping[str, Range], samples: int, seed: int) -> dict[str, Values]:
    """So many values of each number, one from each of as many equal parts of its range.

    Args:
        ranges: where each number may lie, by path; those that are whole numbers are drawn with both
            ends alike.
        samples: how many values of each, 1 or more.
        seed: where luck starts.

    Source:
        McKay, Beckman and Conover (1979), Technometrics 21(2).
    """
    luck = np.random.Generator(np.random.Philox(seed))
    drawn: dict[str, Values] = {}
    for path, (low, high) in ranges.items():
        shares = (luck.permutation(samples) + luck.random(samples)) / samples
        if declared_numbers()[path].type is int:
            places = np.floor(shares * (high - low + 1)).astype(np.int64) + int(low)
            drawn[path] = tuple(np.minimum(places, int(high)).tolist())
        else:  # rounding may lead past the end
            drawn[path] = tuple(np.minimum(low + shares * (high - low), high).tolist())
    return drawn
