"""The gap between promise and result, split over its causes, replicate by replicate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.statistics import Interval, mean_interval
from ...model.scenario import Scenario
from ...outcomes.history import Numbers
from ...result import Framed
from .causes import CAUSES, DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.90


@dataclass(frozen=True)
class Amount(Interval):
    """A mean over replicates and its 90% interval (USD).

    Args:
        mean: what of the gap is put down to it.
        low, high: ends of the interval; not a number of one replicate, where nothing is known of it.
        name: a cause, a dimension, or two dimensions that act on each other.
        dimension: the dimension of a cause; the name itself of a dimension.
    """

    name: str
    dimension: str
    within_noise = Interval.unclear  # as files and figures call it


@dataclass(frozen=True, eq=False)
class Ledger(Framed):
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

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each cause: what it takes from the promise, its 90% interval (USD), its share."""
        import pandas as pd

        parts = ("name", "dimension", "mean", "low", "high")
        rows = pd.DataFrame([{name: getattr(cause, name) for name in parts} for cause in self.causes])
        named = rows.rename(columns={"name": "cause", "mean": "amount"})
        return named.assign(share=named["amount"] / self.totals["gap"].mean)

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

    @cached_property
    def totals(self) -> dict[str, Amount]:
        """What was promised and realised, and the gap between them."""
        wholes = {"promised": self.promised, "realised": self.realised, "gap": self.gap}
        return {name: _amount(name, "", values) for name, values in wholes.items()}

    @cached_property
    def largest(self) -> list[str]:
        """The dimension that takes most, and those without a clear difference from it."""
        first, *others = self._ranked()
        return [first, *(name for name in others if self._less(first, self.of_dimension(name)).low <= 0.0)]

    @property
    def significant(self) -> list[str]:
        """Dimensions that take significantly from the promise, or anything in one replicate; most first."""
        lows = {amount.name: amount.low for amount in self.dimensions}
        return [name for name in self._ranked() if not lows[name] <= 0.0]

    def takes_most(self, dimension: str) -> bool:
        """Whether a dimension takes significantly more than half of the gap."""
        return self._less(dimension, 0.5 * self.gap).sign > 0

    def _ranked(self) -> list[str]:
        return [amount.name for amount in sorted(self.dimensions, key=lambda amount: -amount.mean)]

    def _less(self, dimension: str, other: Numbers) -> Interval:
        return mean_interval(self.of_dimension(dimension) - other, LEVEL)

    def of_dimension(self, dimension: str) -> Numbers:
        """What a dimension takes from the promise, by replicate (USD)."""
        places = [k for k, cause in enumerate(CAUSES) if cause.dimension == dimension]
        return np.array([fsum(row[places]) for row in self.parts])


def _amount(name: str, dimension: str, values: Numbers) -> Amount:
    return Amount(**vars(mean_interval(values, LEVEL)), name=name, dimension=dimension)
