"""What the findings say of each free number: how far they pin it down, and what it trades off with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..outcomes.history import Numbers
from .searching import PRIOR_SPREAD

PINNED = 0.5  # of the prior's variance: what the findings must take away to pin a number down
TRADING = 0.5  # correlation from which on two numbers trade off


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is known of the free numbers after the fit, as shares of their ranges.

    A normal around the best place whose precision is that of the rows, linear there, and of the prior.

    Args:
        best: the place of the best fit.
        slope: how many tolerances each row (rows) moves for the whole range of each number (columns).
        covariance: of the free numbers.
    """

    best: Numbers
    slope: Numbers
    covariance: Numbers

    @property
    def spread(self) -> Numbers:
        """Standard deviation of each number, as a share of its range."""
        spread: Numbers = np.sqrt(np.diag(self.covariance))
        return spread

    @property
    def learned(self) -> Numbers:
        """Share of the prior's variance that the findings take away: 1 is all of it."""
        learned: Numbers = np.clip(1.0 - np.diag(self.covariance) / PRIOR_SPREAD**2, 0.0, 1.0)
        return learned

    @property
    def directions(self) -> int:
        """How many combinations of numbers the findings pin down better than the prior."""
        return int((np.linalg.eigvalsh(self.slope.T @ self.slope) * PRIOR_SPREAD**2 > 1.0).sum())

    @property
    def correlation(self) -> Numbers:
        """How far numbers trade off against each other, -1 to 1."""
        correlation: Numbers = self.covariance / np.outer(self.spread, self.spread)
        return correlation

    def trades(self) -> list[tuple[int, int, float]]:
        """Pairs of numbers that trade off, the strongest first, with their correlation."""
        size = len(self.best)
        pairs = [(i, j, float(self.correlation[i, j])) for i in range(size) for j in range(i)]
        return sorted((p for p in pairs if abs(p[2]) >= TRADING), key=lambda pair: -abs(pair[2]))

    def draws(self, number: int, seed: int) -> list[Numbers]:
        """Places drawn from it; what would lie outside a range is put on its edge."""
        luck = np.random.Generator(np.random.Philox(seed))
        root = np.linalg.cholesky(self.covariance)
        normal = luck.standard_normal((number, len(self.best)))
        return [np.clip(self.best + root @ each, 0.0, 1.0) for each in normal]


def posterior_of(best: Numbers, slope: Numbers) -> Posterior:
    """The posterior around a place with these slopes."""
    precision = slope.T @ slope + np.eye(len(best)) / PRIOR_SPREAD**2
    return Posterior(best, slope, np.linalg.inv(precision))
