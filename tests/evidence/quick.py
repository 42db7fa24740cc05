"""Published patterns in quick form: few replicates, the arms that matter, and the chance to fail by luck alone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import t

from salesim.evidence.measures import STATISTICS
from salesim.evidence.readings import Readings
from salesim.evidence.target import TYPICAL, Measure, Target, experiments, load_target
from salesim.inputs.design import BASELINE
from salesim.inputs.load import load_scenario
from salesim.runs.sweep import sweep

MAX_FALSE_ALARMS = 0.001
RUNS = tempfile.TemporaryDirectory(prefix="salesim-patterns-")  # findings share firms with each other
SEED = 7


@dataclass(frozen=True)
class Pattern:
    """What must be seen of a finding: a measure between two ends that are wider than its band, or its direction.

    Args:
        target, measure: of which finding, and which of its measures.
        low, high: ends.
        replicates: how often each arm is simulated through.
        levers: values of levers, where fewer than the finding's file has will do.
        instead: what is said otherwise than in the file.
    """

    target: str
    measure: str
    low: float = -np.inf
    high: float = np.inf
    replicates: int = 8
    levers: tuple[tuple[str, tuple[float, ...]], ...] = ()
    instead: tuple[tuple[str, Any], ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.target}-{self.measure}"


@dataclass(frozen=True)
class Seen:
    """What a pattern came to: its value, the standard error of that, and of how many replicates."""

    value: float
    error: float
    replicates: int

    def false_alarms(self, low: float, high: float) -> float:
        """The chance that as many replicates of other luck would put the value outside the ends.

        The value of other replicates differs from this one by the errors of both, so by the square root of two
        errors, in units of which the difference has Student's distribution.
        """
        if self.error == 0.0:
            return float(not low < self.value < high)
        scale, degrees = np.sqrt(2.0) * self.error, self.replicates - 1
        below, above = (
            t.cdf((low - self.value) / scale, degrees),
            t.sf((high - self.value) / scale, degrees),
        )
        return float(below + above)


def seen(pattern: Pattern) -> Seen:
    """The value over all replicates, and its standard error by leaving out one replicate at a time (jackknife)."""
    target = load_target(pattern.target)
    measure = measure_of(target, pattern.measure).model_copy(update=dict(pattern.instead))
    readings = simulated(
        pattern.target, measure.study, arms_of(measure), pattern.levers, pattern.replicates
    )
    statistic, every = STATISTICS[measure.statistic], np.arange(pattern.replicates)
    with np.errstate(all="ignore"):
        without = [statistic(measure, readings, np.delete(every, k)) for k in every]
        value = float(statistic(measure, readings, every))
    error = float(np.sqrt((len(every) - 1) * np.var(without)))
    return Seen(value, error, pattern.replicates)


def measure_of(target: Target, name: str) -> Measure:
    return next(measure for measure in target.measures if measure.name == name)


def arms_of(measure: Measure) -> tuple[str, ...]:
    """The firms that a measure needs: its arm, and its base where the statistic has one."""
    compares = measure.statistic in (
        "difference",
        "change",
        "loss",
        "peak_shift",
        "slope_difference",
        "share_of_response",
    )
    return tuple(dict.fromkeys((measure.arm.policy, *([measure.base.policy] if compares else []))))


@cache
def simulated(
    target: str,
    study: str,
    arms: tuple[str, ...],
    levers: tuple[tuple[str, tuple[float, ...]], ...],
    replicates: int,
) -> Readings:
    """The arms of a study, simulated through so often; the first of them stands where a study has the firm as it is."""
    firm = load_scenario(TYPICAL)
    (whole,) = [
        e.study for e in experiments(load_target(target), firm, SEED, replicates) if e.name == study
    ]
    fewer = {**whole.levers, **dict(levers)}
    firms = {BASELINE: whole.firms[arms[0]]} | {policy: whole.firms[policy] for policy in arms}
    few = whole.model_copy(update={"firms": firms, "levers": fewer})
    out = Path(RUNS.name) / f"{target}_{study}_{len(list(Path(RUNS.name).iterdir()))}"
    return Readings(sweeps={study: sweep(few, out=out, reuse=[RUNS.name])}, ledgers={})
