"""What the findings say of each free number: how far they pin it down, and with which others it trades off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..outcomes.history import Numbers
from .searching import PRIOR_SPREAD

PINNED = 0.5  # of the prior's variance: what the findings must take away to pin a number down
TRADING = 0.5  # correlation from which on two numbers trade off
MOST_DRAWS = 200  # times as many as are wanted: how often a draw may fall outside the ranges


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
        return np.sqrt(np.diag(self.covariance))

    @property
    def learned(self) -> Numbers:
        """Share of the prior's variance that the findings take away: 1 pins a number down, 0 says nothing."""
        return np.clip(1.0 - np.diag(self.covariance) / PRIOR_SPREAD**2, 0.0, 1.0)

    @property
    def directions(self) -> int:
        """How many combinations of numbers the findings pin down better than the prior."""
        return int((np.linalg.eigvalsh(self.slope.T @ self.slope) * PRIOR_SPREAD**2 > 1.0).sum())

    @property
    def correlation(self) -> Numbers:
        """How far numbers trade off against each other, -1 to 1."""
        return self.covariance / np.outer(self.spread, self.spread)

    def trades(self) -> list[tuple[int, int, float]]:
        """Pairs of numbers that trade off, the strongest first, with their correlation."""
        size = len(self.best)
        pairs = [(i, j, float(self.correlation[i, j])) for i in range(size) for j in range(i)]
        return sorted((p for p in pairs if abs(p[2]) >= TRADING), key=lambda pair: -abs(pair[2]))

    def draws(self, number: int, seed: int) -> list[Numbers]:
        """Places drawn from it, all within the ranges."""
        luck = np.random.Generator(np.random.Philox(seed))
        root = np.linalg.cholesky(self.covariance)
        drawn = (self.best + root @ luck.standard_normal(len(self.best)) for _ in range(number * MOST_DRAWS))
        inside = [place for place in drawn if np.all((place >= 0.0) & (place <= 1.0))][:number]
        missing = number - len(inside)
        edges = [np.clip(self.best + root @ luck.standard_normal(len(self.best)), 0.0, 1.0)
                 for _ in range(missing)]
        return [*inside, *edges]


def posterior_of(best: Numbers, slope: Numbers) -> Posterior:
    """The posterior around a place with these slopes."""
    precision = slope.T @ slope + np.eye(len(best)) / PRIOR_SPREAD**2
    return Posterior(best, slope, np.linalg.inv(precision))
