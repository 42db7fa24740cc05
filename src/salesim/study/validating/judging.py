"""Whether a published finding is reproduced: value, interval and sign against the band said beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..outcomes.history import Numbers
from .readings import Readings
from .statistics import STATISTICS
from .target import FITTED, Measure, Target

RESAMPLES = 999
LEVEL = 0.95
MOST_OF_THEM = 0.80
LEAST_REPLICATES = 10  # of fewer, a sign that holds in 80% of them could be luck


@dataclass(frozen=True)
class Verdict:
    """One measure of a finding, judged.

    Args:
        measure: what was measured.
        value: over all replicates; not a number where it is undefined.
        low, high: its 95% interval, by resampling replicates (firms, where these are drawn).
        units: how many of them there were.
        sign_holds: in which share of single replicates the sign is that of the band; None where the
            band lies on both sides of zero or single replicates say nothing.
    """

    measure: Measure
    value: float
    low: float
    high: float
    units: int
    sign_holds: float | None

    @property
    def in_band(self) -> bool:
        """Whether the value lies within the band and the interval overlaps it."""
        low, high = self.measure.band
        return low <= self.value <= high and self.low <= high and self.high >= low

    @property
    def reproduced(self) -> bool:
        """Whether it counts as reproduced."""
        return self.in_band and (self.sign_holds is None or self.sign_holds >= MOST_OF_THEM)


@dataclass(frozen=True)
class Finding:
    """A published finding beside what the model says of it.

    Args:
        target: the finding.
        verdicts: one for each of its measures.
    """

    target: Target
    verdicts: tuple[Verdict, ...]

    @property
    def headline(self) -> Verdict:
        """The measure that stands for the finding."""
        return next(verdict for verdict in self.verdicts if verdict.measure.headline)

    @property
    def judged(self) -> tuple[Verdict, ...]:
        """The measures that count."""
        return tuple(verdict for verdict in self.verdicts if verdict.measure.judged)

    @property
    def reproduced(self) -> bool:
        """Whether every measure that counts is reproduced."""
        return all(verdict.reproduced for verdict in self.judged)

    @property
    def held_out(self) -> tuple[Verdict, ...]:
        """The measures that count and were not fitted."""
        return tuple(v for v in self.judged if v.measure.role != FITTED)


def judge(target: Target, readings: Readings, seed: int) -> Finding:
    """Judge every measure of a finding by what its experiments have shown."""
    return Finding(target, tuple(_verdict(measure, readings, seed) for measure in target.measures))


def _verdict(measure: Measure, readings: Readings, seed: int) -> Verdict:
    statistic = STATISTICS[measure.statistic]
    units = readings.units(measure.study)
    everything = np.arange(units)
    luck = np.random.Generator(np.random.Philox(seed))
    with np.errstate(all="ignore"):
        value = statistic(measure, readings, everything)
        resampled = np.array([
            statistic(measure, readings, luck.integers(units, size=units)) for _ in range(RESAMPLES)
        ])
        holds = _sign_holds(measure, readings, everything)
    tail = 0.5 * (1.0 - LEVEL)
    low, high = np.quantile(resampled, [tail, 1.0 - tail])
    return Verdict(measure, float(value), float(low), float(high), units, holds)


def _sign_holds(measure: Measure, readings: Readings, everything: Numbers) -> float | None:
    """In which share of single replicates the statistic has the sign of its band."""
    low, high = measure.band
    if low < 0.0 < high or measure.statistic == "share_below":
        return None
    sign = 1.0 if low >= 0.0 else -1.0
    each = [STATISTICS[measure.statistic](measure, readings, np.array([k])) for k in everything]
    return float(np.mean([value * sign >= 0.0 for value in each]))
