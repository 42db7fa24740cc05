"""Whether a published finding is reproduced: value, interval and sign against the band said beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from ..errors import SalesimError
from ..messages import error_text
from ..statistics import bootstrap_interval, share_with_sign
from .lever_curves import Curve, curves_of
from .measures import OF_FIRMS, STATISTICS
from .readings import Readings
from .target import FITTED, Measure, Target

MIN_SIGN_SHARE = 0.80
MIN_REPLICATES = 10  # with fewer, a sign that holds in 80% of them could be chance


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
        return self.in_band and (self.sign_holds is None or self.sign_holds >= MIN_SIGN_SHARE)


@dataclass(frozen=True)
class Finding:
    """A published finding beside what the model says of it.

    Args:
        target: the finding.
        verdicts: one for each of its measures.
        curves: what measures along a lever are read from.
        digests: digits that stand for every bit of its runs, by study.
    """

    target: Target
    verdicts: tuple[Verdict, ...]
    curves: tuple[Curve, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)

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
    verdicts = tuple(_verdict(measure, readings, seed) for measure in target.measures)
    return Finding(target, verdicts, curves_of(target, readings, seed))


def check_enough(option: str, replicates: int) -> int:
    """Make sure that there are replicates enough to judge by.

    Raises:
        SalesimError: too few; it says how many it takes.
    """
    if replicates < MIN_REPLICATES:
        allowed = f"{MIN_REPLICATES} or more, as a sign must hold in {MIN_SIGN_SHARE:.0%} of them"
        wrong = "too few to judge a finding by"
        raise SalesimError(error_text(option, "", wrong, given=replicates, allowed=allowed))
    return replicates


def _verdict(measure: Measure, readings: Readings, seed: int) -> Verdict:
    statistic = partial(STATISTICS[measure.statistic], measure, readings)
    units = readings.units(measure.study)
    found = bootstrap_interval(statistic, units, seed)
    low, high = measure.band
    one_sided = not low < 0.0 < high and measure.statistic not in OF_FIRMS
    holds = share_with_sign(statistic, units, 1.0 if low >= 0.0 else -1.0) if one_sided else None
    return Verdict(measure, found.value, found.low, found.high, units, holds)
