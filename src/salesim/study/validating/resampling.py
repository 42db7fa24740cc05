"""How far a number is known: its interval, by drawing replicates again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .readings import Chosen

RESAMPLES = 999
LEVEL = 0.95


@dataclass(frozen=True)
class Known:
    """A number and its 95% interval; not numbers where it has no value.

    Args:
        value: over all replicates.
        low, high: ends of the interval.
    """

    value: float
    low: float
    high: float


def known(number: Callable[[Chosen], float], units: int, seed: int) -> Known:
    """A number and its interval: the middle 95% of what it is when replicates are drawn with replacement.

    Args:
        number: what it is for some of the replicates, given by their places, each perhaps several times.
        units: how many replicates there are, or firms where these are drawn.
        seed: where the luck of drawing starts; the same seed draws the same.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.
    """
    luck = np.random.Generator(np.random.Philox(seed))
    with np.errstate(all="ignore"):
        value = float(number(np.arange(units)))
        drawn = np.array([number(luck.integers(units, size=units)) for _ in range(RESAMPLES)])
    drawn = drawn[np.isfinite(drawn)]
    if not drawn.size:
        return Known(value, float("nan"), float("nan"))
    tail = 0.5 * (1.0 - LEVEL)
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Known(value, float(low), float(high))
