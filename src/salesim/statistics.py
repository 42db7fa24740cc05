"""Estimates and tests of significance: the only place that judges, of plain arrays.

What needs `scipy.stats` imports it when it is called, as that takes half a second.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, fsum, nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Statistic = Callable[[Numbers], float]  # of some of the replicates, given by their places
LEVEL = 0.95
MIDDLE = (0.10, 0.90)  # quantiles between which the middle 80% lie
RESAMPLES = 999
FLIPS, MAX_SIGNS = 10_000, 2_000_000  # draws of signs, and how many of them are held at a time
ROUNDING = 1e-9
AGREEING, MIN_POINTS = 0.9, 10  # share of points that must agree; of fewer points nothing is claimed
ONE = "none"


def bonferroni(intervals: int) -> str:
    """The name of a family of intervals that all hold at once."""
    return f"Bonferroni over {intervals}" if intervals > 1 else ONE


def level_of_each(intervals: int, level: float = LEVEL) -> float:
    """How sure each of several intervals must be so that all hold at once, by Bonferroni's inequality."""
    return 1.0 - (1.0 - level) / max(1, intervals)


def sign_of(low: Any, high: Any) -> Numbers:
    """The sign of what is significant: 1 or -1 where an interval leaves out zero, else 0 (or unknown)."""
    return np.asarray(np.greater(low, 0.0) * 1.0 - np.less(high, 0.0))


@dataclass(frozen=True)
class Interval:
    """An estimate and its confidence interval.

    Args:
        mean: the estimate: a mean over replicates, or what is worked out of such means.
        low, high: ends of the interval; not a number where nothing is known of it.
        level: how often such an interval holds the truth.
        family: which other intervals the level allows for: none, or `bonferroni` of so many.
    """

    mean: float
    low: float
    high: float
    level: float = field(default=LEVEL, kw_only=True)
    family: str = field(default=ONE, kw_only=True)

    @property
    def value(self) -> float:
        """The estimate, where it is no mean."""
        return self.mean

    @property
    def sign(self) -> int:
        """1 where it is significantly above zero, -1 where below, 0 where there is no clear difference."""
        return int(sign_of(self.low, self.high))

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.sign != 0

    @property
    def unclear(self) -> bool:
        """Whether it holds zero; not said of what is zero in every replicate, or of one replicate."""
        return self.low <= 0.0 <= self.high and self.low < self.high


def half_width(
    deviation: Numbers | float, count: Numbers | int, level: float = LEVEL, degrees: Any = None
) -> Numbers:
    """Half the confidence interval of a mean, as `scipy.stats.ttest_1samp` has it.

    Args:
        deviation: standard deviations over replicates.
        count: how many replicates there are; fewer than two have no interval.
        level: how often the interval holds the true mean.
        degrees: of freedom of the deviation; one less than `count` unless given.

    Source: Student (1908), Biometrika 6(1).
    """
    least = np.maximum(np.subtract(count, 1) if degrees is None else degrees, 1)
    width = _width_of_one(deviation, least, level) / np.sqrt(np.maximum(count, 1))
    return np.where(np.greater_equal(count, 2), width, nan)


def _width_of_one(deviation: Any, degrees: Any, level: float) -> Any:
    """Half the interval that the mean of a single further value would have."""
    from scipy.special import stdtrit

    return stdtrit(degrees, 0.5 + 0.5 * level) * deviation


def mean_of(values: Numbers | Sequence[float]) -> float:
    """The mean to the last bit, in whatever order values come; not a number of none."""
    return fsum(values) / len(values) if len(values) else nan


def deviation_of(values: Numbers) -> float:
    """The standard deviation of a sample; not a number of fewer than two values."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else nan


def mean_interval(values: Numbers, level: float = LEVEL, family: str = ONE) -> Interval:
    """The mean of independent values with its confidence interval, which one value does not have."""
    mean, half = mean_of(values), float(half_width(deviation_of(values), len(values), level))
    return Interval(mean, mean - half, mean + half, level=level, family=family)


def mean_intervals(values: Numbers, level: float = LEVEL) -> Numbers:
    """Means of rows, and the lower and upper ends of their intervals, over what is a number in each."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = (np.where(known, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    half = half_width(np.sqrt(squares / np.maximum(count - 1, 1)), count, level)
    return np.array([np.where(count > 0, mean, nan), mean - half, mean + half])


def agreement(differences: Numbers) -> Numbers:
    """The sign that nine of ten points agree on: of each row 1, -1, or 0 where they do not agree.

    Points differ in what nobody knows, so they are no sample of anything and have no interval. Of fewer
    than `MIN_POINTS` that are known, not a number.
    """
    count = np.isfinite(differences).sum(axis=1)
    least = AGREEING * count - ROUNDING
    up, down = ((side > 0.0).sum(axis=1) >= least for side in (differences, -differences))
    return np.where(count >= MIN_POINTS, up.astype(float) - down, nan)


def linearised(above: Any, below: Any, sums: tuple[Any, Any], count: Any) -> Any:
    """What each replicate says of a ratio of sums, so that their mean is that ratio.

    Takes numerator and denominator of each, the sums of both over all replicates, and how many there are.

    Source: Cochran (1977), Sampling Techniques, section 6.3.
    """
    ratio = sums[0] / sums[1]
    return ratio + (above - ratio * below) * count / sums[1]


def middle(values: Numbers | Sequence[float]) -> Numbers:
    """Mean over replicates (the first axis), and both ends of the range of the middle 80% of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where no replicate knows anything
        return np.array([np.nanmean(values, axis=0), *np.nanquantile(values, MIDDLE, axis=0)])


def highest_column(values: Numbers) -> int | None:
    """The column whose mean is significantly higher than that of every other, if there is one.

    Args:
        values: by replicate (rows), which differences are taken within.
    """
    column = int(np.argmax(values.mean(axis=0)))
    _, low, _ = mean_intervals((values[:, [column]] - np.delete(values, column, axis=1)).T)
    return column if (low > 0.0).all() else None


def central(values: Numbers, share: float) -> Numbers:
    """The ends of the range that holds the middle share of values, along the last axis."""
    tail = 0.5 * (1.0 - share)
    return np.asarray(np.quantile(values, [tail, 1.0 - tail], axis=-1))


def early_of(differences: Numbers, first: int) -> Numbers:
    """The differences whose scatter says how well the mean is known: the first ones.

    Where these are all the same and later ones are not, all of them: what happens rarely need not
    happen among the first, and no scatter would make certain what is not.
    """
    early = differences[:first]
    return differences if len(early) and (early == early[0]).all() else early


def two_stage_interval(differences: Numbers, first: int, intervals: int = 1) -> Interval:
    """The mean of differences with its interval, where the first ones decided how many there are.

    The scatter of the first is independent of the mean (of differences that are normal), so that the
    interval is right as often as it says, however many came of it.

    Args:
        differences: one for each replicate.
        first: how many came before it was decided how many there would be.
        intervals: how many such intervals hold at once.

    Source: Stein (1945), Annals of Mathematical Statistics 16(3).
    """
    early, level = early_of(differences, first), level_of_each(intervals)
    half = float(half_width(deviation_of(early), len(differences), level, len(early) - 1))
    mean = float(np.mean(differences)) if len(differences) else nan
    return Interval(mean, mean - half, mean + half, level=level, family=bonferroni(intervals))


def replicates_for(early: Numbers, precision: float, intervals: int, most: int) -> int:
    """How many replicates a two-stage interval takes to be as narrow as asked, at most `most`.

    Nothing is asked for, 0, by fewer than two first differences. `intervals` hold at once, each with
    `precision` to either side, in the unit of the differences.
    """
    if len(early) < 2:
        return 0
    width = float(_width_of_one(deviation_of(early), len(early) - 1, level_of_each(intervals)))
    times = min(width / precision, sqrt(most))  # before it is squared, or it may overflow
    return ceil(times * times)


def chance_positive(differences: Numbers, first: int) -> float:
    """How likely the mean difference is above zero, as far as these replicates say (0 to 1).

    Not a number where no replicate shows any difference.
    """
    from scipy.special import stdtr

    if not differences.any():
        return nan
    mean, early = float(differences.mean()), early_of(differences, first)
    spread = deviation_of(early)
    if spread == 0.0:
        return float(mean > 0.0)
    return float(stdtr(len(early) - 1, mean / spread * np.sqrt(len(differences))))


def correlation(pairs: Numbers) -> float:
    """How two columns go together over the rows (-1 to 1); not a number where one never varies."""
    if len(pairs) < 2 or (pairs.std(axis=0) == 0.0).any():
        return nan
    return float(np.corrcoef(pairs, rowvar=False)[0, 1])


def variance_ratio(pairs: Numbers) -> float:
    """Variance of a difference between two columns had each its own draws, over that on the same."""
    if len(pairs) < 2:
        return nan
    apart, together = float(pairs.var(axis=0, ddof=1).sum()), float(np.diff(pairs).var(ddof=1))
    if together > 0.0:
        return apart / together
    return float("inf") if apart > 0.0 else nan


def bootstrap_interval(statistic: Statistic, units: int, seed: int) -> Interval:
    """A number and its interval: the middle 95% of what it is when units are drawn with replacement.

    Draws in which it has no value are left out; not numbers where it never has one.

    Args:
        statistic: what it is for some of the units, given by their places, each perhaps several times.
        units: how many there are: replicates, or firms where these are drawn.
        seed: of the draws; the same seed draws the same.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.
    """
    random = np.random.Generator(np.random.Philox(seed))
    drawn = _each(statistic, (random.integers(units, size=units) for _ in range(RESAMPLES)))
    known = drawn[np.isfinite(drawn)]
    low, high = central(known, LEVEL).tolist() if known.size else (nan, nan)
    return Interval(float(_each(statistic, [np.arange(units)])[0]), low, high)


def _each(statistic: Statistic, several: Iterable[Numbers]) -> Numbers:
    """A number for several choices of units; not a number where it has no value."""
    with np.errstate(all="ignore"):
        return np.array([statistic(chosen) for chosen in several], dtype=float)


def jackknife(statistic: Statistic, units: int) -> tuple[float, float]:
    """A number and its standard error, by leaving out one unit after the other.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    places = np.arange(units)
    value, *without = _each(statistic, [places, *(np.delete(places, k) for k in places)]).tolist()
    return value, float(np.sqrt((units - 1) * np.var(without)))


def share_with_sign(statistic: Statistic, units: int, sign: float) -> float | None:
    """In which share of single units a number has a sign, or is zero; None where none has a value."""
    each = _each(statistic, np.arange(units)[:, None])
    each = each[~np.isnan(each)]
    return float(np.mean(each * sign >= 0.0)) if each.size else None


def resampled_means(
    values: Numbers, resamples: int, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Means of rows, and of sizes in them, in resamples (columns) of columns that all rows share."""
    count = values.shape[1]
    drawn = random.integers(count, size=(resamples, count))
    weights = np.apply_along_axis(np.bincount, 1, drawn, minlength=count).T / count
    return values @ weights, np.abs(values) @ weights


def variance_components(values: Numbers) -> tuple[Numbers, Numbers]:
    """The variance of group means without that of their replicates, and the latter.

    Takes values of several things, by group and replicate; two of both at least.

    Source: Searle, Casella and McCulloch (1992), Variance Components: a one-way layout with random effects.
    """
    within = values.var(axis=2, ddof=1).mean(axis=1) / values.shape[2]
    between = values.mean(axis=2).var(axis=1, ddof=1)
    return np.maximum(between - within, 0.0), within


def chance_of_signs(effects: Numbers, random: np.random.Generator) -> Numbers:
    """How often effects are as large as these when it is drawn anew which sign each replicate has.

    Replicates that agree stand out from that; chance, which has either sign alike, does not, however
    much more of it there may be on one trajectory than on another.
    Takes effects of several things, by trajectory and replicate.
    """
    _, trajectories, replicates = effects.shape
    as_large, left = np.ones(len(effects)), FLIPS
    sizes = np.abs(effects.sum(axis=2)).sum(axis=1) * (1.0 - ROUNDING)
    while left:
        block = min(left, max(1, MAX_SIGNS // (trajectories * replicates)))
        signs = 2.0 * random.integers(2, size=(block, trajectories, replicates)) - 1.0
        for number, each in enumerate(effects):
            drawn = np.abs(np.einsum("btr,tr->bt", signs, each)).sum(axis=1)
            as_large[number] += (drawn >= sizes[number]).sum()
        left -= block
    return as_large / (1.0 + FLIPS)


def significant_of(chances: Numbers, level: float = LEVEL) -> NDArray[np.bool_]:
    """Which of many effects are significant, so that hardly one in twenty of them is named in vain.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1).
    """
    from scipy.stats import false_discovery_control

    significant: NDArray[np.bool_] = false_discovery_control(chances) <= 1.0 - level
    return significant


def latin_hypercube(numbers: int, samples: int, seed: int) -> Numbers:
    """So many places (columns, 0 to 1) in each of several ranges (rows), one from each equal part of it.

    Source: McKay, Beckman and Conover (1979), Technometrics 21(2).
    """
    from scipy.stats import qmc

    random = np.random.Generator(np.random.Philox(seed))
    ranges = [qmc.LatinHypercube(1, seed=random) for _ in range(numbers)]  # so that one more moves no other
    return np.array([each.random(samples)[:, 0] for each in ranges])
