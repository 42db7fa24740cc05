"""Means over replicates and the range that holds the middle of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NamedTuple

import numpy as np
from pydantic import Field, computed_field

from ..outcomes.declaring import Outcome, Value
from ..outcomes.history import History, Numbers
from ..result import Described
from ..statistics import Interval, middle

Values = Mapping[str, Sequence[Value]]
Known = tuple[float | None, ...]


class Estimated(Described):
    """What is based on an estimate with its confidence interval, in the unit of the outcome."""

    estimate: Interval = Field(exclude=True)

    @property
    def mean(self) -> float:
        """The estimate."""
        return self.estimate.mean

    @property
    def low(self) -> float:
        """The lower end of its interval; not a number of one replicate."""
        return self.estimate.low

    @property
    def high(self) -> float:
        """The upper end of its interval; not a number of one replicate."""
        return self.estimate.high

    @computed_field  # type: ignore[prop-decorator]
    @property
    def interval(self) -> tuple[float, float] | None:
        """Its interval (95%; 90% of a gap and of levers), or null where nothing is known."""
        return (self.low, self.high) if isfinite(self.low) else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def significant(self) -> bool:
        """Whether the interval excludes zero."""
        return self.estimate.significant


class Estimate(Described):
    """A mean over replicates and the range that holds the middle 80% of them."""

    mean: float = Field(description="Mean over replicates; of a realisation ratio, the ratio of the sums.")
    interval: tuple[float, float] = Field(description="The 10th and the 90th percentile over replicates.")
    unit: str = Field(description="What it is counted in.")


class SeriesEstimate(Described):
    """The same for each place of a series; None where undefined."""

    index: str = Field(description="What the places stand for.")
    places: tuple[float, ...] = Field(description="The number of each place.")
    mean: Known = Field(description="Means over the replicates that know the place, or null.")
    interval: tuple[Known, Known] = Field(
        description="Two lists: the 10th percentile at each place, and the 90th."
    )
    unit: str = Field(description="What it is counted in.")


def estimate(values: Sequence[float], unit: str) -> Estimate:
    """Mean and middle 80% of one value per replicate."""
    mean, low, high = middle(values).tolist()
    return Estimate(mean=mean, interval=(low, high), unit=unit)


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
    return estimate(known, outcome.unit).model_copy(update={"mean": above / below})


def _numbers(replicates: Sequence[Value]) -> list[float]:
    return [value for value in replicates if isinstance(value, float)]


def series_of(outcome: Outcome, values: Values, history: History) -> SeriesEstimate | None:
    """What is known of a series; None where no replicate knows any place of it."""
    if outcome.index is None:
        return None
    known = [each for each in values[outcome.name] if each is not None]
    found = middle(np.array([np.ma.filled(each, np.nan) for each in known] or [np.array([np.nan])]))
    if np.isnan(found).all():
        return None
    mean, low, high = (tuple(None if x != x else x for x in part) for part in found.tolist())
    places = outcome.index.places(history)
    return SeriesEstimate(
        index=outcome.index.name, places=places, mean=mean, interval=(low, high), unit=outcome.unit
    )


class Spread(NamedTuple):
    """Mean and range over replicates at each place; nan where undefined."""

    mean: Numbers
    low: Numbers
    high: Numbers

    @property
    def arms(self) -> Numbers:
        """How far the range reaches below and above the mean, which may lie outside of it."""
        return np.maximum([self.mean - self.low, self.high - self.mean], 0.0)


def over_replicates(values: Numbers) -> Spread:
    """Mean and range of each column over the rows that are not nan."""
    return Spread(*middle(values))


def of_series(series: SeriesEstimate) -> Spread:
    """The same of a series that is an outcome."""
    return Spread(*(np.array(ends, dtype=float) for ends in (series.mean, *series.interval)))
