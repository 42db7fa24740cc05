"""Curves that a finding is about: an outcome along a lever, firm by firm, with intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..statistics import Interval, bootstrap_interval
from .measures import OF_A_CURVE, OF_TWO_CURVES
from .readings import Chosen, Readings
from .target import Measure, Target


@dataclass(frozen=True)
class Curve:
    """An outcome along a lever.

    Args:
        study: the study that it is read from.
        outcome: what is measured.
        axis: the lever, by its path.
        policy: the firm.
        values: of the lever.
        points: the mean over replicates at each of them, with its 95% interval.
    """

    study: str
    outcome: str
    axis: str
    policy: str
    values: tuple[float, ...]
    points: tuple[Interval, ...]


def curves_of(target: Target, readings: Readings, seed: int) -> tuple[Curve, ...]:
    """The curves that measures of a finding are read from, each once."""
    kinds = dict.fromkeys(kind for measure in target.measures for kind in _kinds(measure))
    return tuple(_curve(readings, kind, seed) for kind in kinds)


Kind = tuple[str, str, str, str]  # study, outcome, axis, policy


def _kinds(measure: Measure) -> Iterator[Kind]:
    if measure.statistic not in OF_A_CURVE:
        return
    outcomes = [name for name in (measure.peak_of, measure.outcome) if name]
    arms = (measure.arm, measure.base) if measure.statistic in OF_TWO_CURVES else (measure.arm,)
    for outcome in outcomes:
        for arm in arms:
            yield measure.study, outcome, measure.axis, arm.policy


def _curve(readings: Readings, kind: Kind, seed: int) -> Curve:
    study, outcome, axis, policy = kind

    def height(value: float, chosen: Chosen) -> float:
        return readings.value(study, policy, outcome, chosen, at=(axis, value))

    values = tuple(float(value) for value in readings.axis(study, axis))
    units = readings.units(study)
    points = tuple(bootstrap_interval(partial(height, value), units, seed) for value in values)
    return Curve(study, outcome, axis, policy, values, points)
