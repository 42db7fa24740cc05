"""Whether settings differ significantly, on the same random draws and the same samples."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...inputs.design import Number
from ...outcomes import Outcome
from ...outcomes.history import Numbers
from ...runs.runs import Runs
from ...statistics import AGREEING, LEVEL, MIN_POINTS, agreement, mean_intervals, sign_of
from ..answering import level_for

if TYPE_CHECKING:
    import pandas as pd

Setting = tuple[Number, ...]  # the name of a policy, then the values of what was moved
Places = Mapping[Setting, int]


@dataclass(frozen=True, eq=False)
class Judge(ABC):
    """What says which settings differ; settings are given by their places.

    Args:
        values: an outcome at each setting (rows) in each replicate, or at each sample, that all have.
    """

    values: Numbers

    by_point: ClassVar[bool] = False  # whether it counts points, which differ in what is uncertain
    fineness: ClassVar[float]  # how much finer digits it deserves than the interval of a mean, as a share

    @property
    @abstractmethod
    def how(self) -> str:
        """How the title compares, for the note of a figure."""

    @abstractmethod
    def signs(self, a: int, others: Sequence[int]) -> Numbers:
        """1 where a setting is higher than another, -1 where lower, 0 where neither is clear.

        Not a number where too little is known to say even that.
        """

    def higher(self, a: int, b: int) -> tuple[int, int]:
        """In how many columns a setting is higher than another, and in how many both are known."""
        difference = self.values[a] - self.values[b]
        return int((difference > 0.0).sum()), int(np.isfinite(difference).sum())


@dataclass(frozen=True, eq=False)
class ByReplicate(Judge):
    """Two settings differ where the interval of their difference over replicates excludes zero.

    Args:
        level: how often that interval holds the true difference.
    """

    level: float = LEVEL

    fineness = 0.25

    @property
    def how(self) -> str:
        """How the title compares, and how sure it is."""
        by = f"the {100.0 * self.level:.4g}% interval of the difference"
        return f"The title compares replicate by replicate, by {by}."

    def signs(self, a: int, others: Sequence[int]) -> Numbers:
        """1 where a setting is higher, -1 where it is lower, 0 where the interval holds zero."""
        _, low, high = mean_intervals(self.values[a] - self.values[others], self.level)
        return np.where(np.isfinite(high - low), sign_of(low, high), np.nan)


@dataclass(frozen=True, eq=False)
class ByPoint(Judge):
    """Two settings differ where nine of ten points say which is higher."""

    by_point = True
    fineness = 0.1

    @property
    def how(self) -> str:
        """How the title compares, and what a clear difference is."""
        said = "The title compares settings point by point"
        if self.values.shape[1] < MIN_POINTS:
            return f"{said}."
        return f"{said}; a difference is clear where at least {AGREEING:.0%} of the points agree."

    def signs(self, a: int, others: Sequence[int]) -> Numbers:
        """1 where most points have a setting higher, -1 where lower, 0 where they do not agree."""
        return agreement(self.values[a] - self.values[others])


def by_replicate(sweep: Runs, outcome: Outcome, moved: Sequence[str], places: Places) -> Judge:
    """What replicates say of settings that are one point each."""
    values = at_places(sweep, sweep.by_replicate(outcome), moved, places)
    return ByReplicate(values, level_for(sweep, outcome.name))


def at_places(sweep: Runs, table: pd.DataFrame, moved: Sequence[str], places: Places) -> Numbers:
    """A table of replicates (rows) and points (columns) as one of settings (rows) and replicates."""
    points = sweep.points.set_index("point").loc[table.columns, ["policy", *moved]]
    found = np.full((len(places), len(table)), np.nan)
    for setting, values in zip(points.itertuples(index=False, name=None), table.to_numpy().T, strict=True):
        found[places[setting]] = values
    return found


def by_point(sweep: Runs, outcome: Outcome, moved: Sequence[str], places: Places) -> Judge:
    """What points say of settings that have several, which differ in what is uncertain."""
    points = sweep.points[["point", "policy", *moved]]
    means = sweep.summary([outcome.name], by="point").set_index("point")["mean"]
    # Points of a setting stand in the same order of what is uncertain at each setting.
    samples = points.groupby(["policy", *moved], sort=False).cumcount().to_numpy()
    settings = [places[each] for each in points[["policy", *moved]].itertuples(index=False, name=None)]
    values = np.full((len(places), int(samples.max(initial=0)) + 1), np.nan)
    values[settings, samples] = means.reindex(points["point"]).to_numpy()
    return ByPoint(values)
