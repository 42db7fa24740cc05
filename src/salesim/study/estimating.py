"""Means over replicates and the range that holds the middle of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..outcomes.declaring import Outcome, Value
from ..outcomes.history import History

INTERVAL = (10.0, 90.0)
Values = Mapping[str, Sequence[Value]]
Known = tuple[float | None, ...]


@dataclass(frozen=True)
class Estimate:
    """A mean over replicates and the range that holds the middle 80% of them."""

    mean: float
    interval: tuple[float, float]
    unit: str


@dataclass(frozen=True)
class SeriesEstimate:
    """The same for each place of a series; None at places where nothing is defined.

    Args:
        index: what the places stand for.
        places: the number of each place.
        mean: means over the replicates that know the place.
        interval: lower and upper ends of the ranges.
    """

    index: str
    places: tuple[float, ...]
    mean: Known
    interval: tuple[Known, Known]
    unit: str


def estimate(values: Sequence[float], unit: str) -> Estimate:
    """Mean and middle 80% of one value per replicate."""
    low, high = np.percentile(values, INTERVAL)
    return Estimate(float(np.mean(values)), (float(low), float(high)), unit)


def estimate_of(outcome: Outcome, values: Values) -> Estimate | None:
    """What is known of a number; None where no replicate knows it.

    A ratio of sums over replicates has the range of the ratios of the single replicates.
    """
    known = _numbers(values[outcome.name])
    if outcome.summed is None:
        return estimate(known, outcome.unit) if known else None
    above, below = (float(np.sum(_numbers(values[name]))) for name in outcome.summed)
    if below <= 0.0:
        return None
    return Estimate(above / below, estimate(known, outcome.unit).interval, outcome.unit)


def _numbers(replicates: Sequence[Value]) -> list[float]:
    return [value for value in replicates if isinstance(value, float)]


def series_of(outcome: Outcome, values: Values, history: History) -> SeriesEstimate | None:
    """What is known of a series; None where no replicate knows any place of it."""
    if outcome.index is None:
        return None
    places = outcome.index.places(history)
    columns = [_known_at(place, values[outcome.name]) for place in range(len(places))]
    found = [estimate(column, outcome.unit) if column else None for column in columns]
    if not any(found):
        return None
    return SeriesEstimate(
        index=outcome.index.name,
        places=places,
        mean=tuple(e.mean if e else None for e in found),
        interval=(
            tuple(e.interval[0] if e else None for e in found),
            tuple(e.interval[1] if e else None for e in found),
        ),
        unit=outcome.unit,
    )


def _known_at(place: int, replicates: Sequence[Any]) -> list[float]:
    """The values at one place of those replicates that know it."""
    series = [each for each in replicates if each is not None]
    return [float(s[place]) for s in series if not np.ma.getmaskarray(s)[place]]
