"""Draw numbers that nobody knows from their ranges."""

from __future__ import annotations

import numpy as np

from ...rules.declaration import Range
from ...scenario.declared import Declared
from .design import Values


def latin_hypercube(
    numbers: list[Declared], ranges: list[Range], samples: int, seed: int
) -> dict[str, Values]:
    """So many values of each number, one from each of as many equal parts of its range.

    Args:
        numbers: which; those that are whole numbers are drawn with both ends alike.
        ranges: where each may lie.
        samples: how many values of each, 1 or more.
        seed: where luck starts.

    Source:
        McKay, Beckman and Conover (1979), Technometrics 21(2).
    """
    luck = np.random.Generator(np.random.Philox(seed))
    drawn: dict[str, Values] = {}
    for number, (low, high) in zip(numbers, ranges, strict=True):
        shares = (luck.permutation(samples) + luck.random(samples)) / samples
        if number.type is int:
            drawn[number.path] = tuple(int(low + np.floor(s * (high - low + 1))) for s in shares)
        else:
            drawn[number.path] = tuple(float(low + s * (high - low)) for s in shares)
    return drawn
