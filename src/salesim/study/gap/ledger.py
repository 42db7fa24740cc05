"""The gap between promise and result, split over its causes, replicate by replicate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np

from ...model.scenario import Scenario
from ...outcomes.history import Numbers
from ..intervals import mean_and_ends
from .causes import CAUSES, DIMENSIONS

LEVEL = 0.90


@dataclass(frozen=True)
class Amount:
    """A mean over replicates and its 90% interval (USD).

    Args:
        name: a cause, a dimension, or two dimensions that act on each other.
        dimension: the dimension of a cause; the name itself of a dimension.
        mean: what of the gap is put down to it.
        low, high: ends of the interval; not a number of one replicate, where nothing is known of it.
    """

    name: str
    dimension: str
    mean: float
    low: float
    high: float

    @property
    def within_noise(self) -> bool:
        """Whether the interval holds zero; not said of what is zero in every replicate, or of one alone."""
        return self.low <= 0.0 <= self.high and self.low < self.high


@dataclass(frozen=True, eq=False)
class Ledger:
    """Promised less realised contribution of a firm, split over causes.

    Args:
        firm: whose promise it is.
        seed: where all luck starts.
        orders: pairs of orders sampled for each replicate; 0 where all coalitions were lived through.
        promised, realised: contribution by replicate (USD).
        parts: what each cause takes from the promise, by replicate (rows) and cause (USD).
        interactions: how much more two dimensions bring together than alone, by replicate (rows) and
            pair of dimensions in the order of `pairs` (USD).
        pairs: places in DIMENSIONS of two that act on each other.
    """

    firm: Scenario
    seed: int
    orders: int
    promised: Numbers
    realised: Numbers
    parts: Numbers
    interactions: Numbers
    pairs: tuple[tuple[int, int], ...]

    @property
    def replicates(self) -> int:
        """How often the plan was lived through."""
        return len(self.promised)

    @property
    def gap(self) -> Numbers:
        """Promised less realised, by replicate (USD)."""
        return self.promised - self.realised

    @property
    def ratio(self) -> float:
        """Summed realised over summed promised."""
        return float(np.sum(self.realised)) / float(np.sum(self.promised))

    @cached_property
    def causes(self) -> list[Amount]:
        """Every cause in the order of the model's description."""
        columns = self.parts.T
        return [_amount(c.name, c.dimension, column) for c, column in zip(CAUSES, columns, strict=True)]

    @cached_property
    def dimensions(self) -> list[Amount]:
        """The sums over the causes of each dimension, in the same order."""
        return [_amount(name, name, self.of_dimension(name)) for name in DIMENSIONS]

    @cached_property
    def acting_together(self) -> list[Amount]:
        """Pairs of dimensions, the one that acts most on each other first."""
        found = [
            _amount(f"{DIMENSIONS[a]} with {DIMENSIONS[b]}", "", column)
            for (a, b), column in zip(self.pairs, self.interactions.T, strict=True)
        ]
        return sorted(found, key=lambda amount: -abs(amount.mean))

    def of_dimension(self, dimension: str) -> Numbers:
        """What a dimension takes from the promise, by replicate (USD)."""
        places = [k for k, cause in enumerate(CAUSES) if cause.dimension == dimension]
        return np.array([fsum(row[places]) for row in self.parts])


def _amount(name: str, dimension: str, values: Numbers) -> Amount:
    return Amount(name, dimension, *mean_and_ends(values, LEVEL))
