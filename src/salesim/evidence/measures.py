"""The statistics of findings: each takes what came out and which replicates count, and gives a number."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum, log
from typing import TYPE_CHECKING

import numpy as np

from ..outcomes import NUMBERS
from ..outcomes.history import Numbers
from .readings import Chosen, Readings

if TYPE_CHECKING:
    from .target import Measure

Statistic = Callable[["Measure", Readings, Chosen], float]


def _at_arm(measure: Measure, read: Readings, chosen: Chosen, outcome: str = "") -> float:
    return _of(measure, read, chosen, (measure.study, measure.arm.policy, outcome or measure.outcome))


def _at_base(measure: Measure, read: Readings, chosen: Chosen, outcome: str = "") -> float:
    study = measure.base_study or measure.study
    return _of(measure, read, chosen, (study, measure.base.policy, outcome or measure.outcome))


def _of(measure: Measure, read: Readings, chosen: Chosen, which: tuple[str, str, str]) -> float:
    """An outcome of a firm; of a series, the place that is measured."""
    return read.value(*which, chosen, place=None if which[-1] in NUMBERS else measure.place)


def _in_place(measure: Measure, read: Readings, chosen: Chosen, place: int) -> float:
    return read.value(measure.study, measure.arm.policy, measure.outcome, chosen, place=place)


def level(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The outcome itself; of a series, one place of it."""
    return _at_arm(measure, read, chosen)


def difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The arm less the base; of a series, in one place of it."""
    return _at_arm(measure, read, chosen) - _at_base(measure, read, chosen)


def change(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The arm less the base, as a share of the size of the base."""
    base = _at_base(measure, read, chosen)
    return (_at_arm(measure, read, chosen) - base) / abs(base)


def loss(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The base less the arm, as a share of the size of the base."""
    return -change(measure, read, chosen)


def ratio(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """One outcome of the arm, or a sum of several, over another."""
    above = fsum(_at_arm(measure, read, chosen, name) for name in (measure.outcome, *measure.plus))
    return above / _at_arm(measure, read, chosen, measure.below)


def share_below(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """Of firms that are drawn, those whose outcome lies below a threshold."""
    return float((read.firms(measure.study, measure.outcome, chosen) < measure.at).mean())


def place_difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """One place of a series less another."""
    place, base = measure.place, measure.base_place
    return _in_place(measure, read, chosen, place) - _in_place(measure, read, chosen, base)


def weeks_difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The mean of some places of a series less that of others."""
    means = [
        np.mean([_in_place(measure, read, chosen, place) for place in places])
        for places in (measure.places, measure.base_places)
    ]
    return float(means[0] - means[1])


def part_difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """One series over another, added up over some places, less the same over others.

    Where there is a study of a base, less the same of the base.
    """
    here = _part_difference(measure, read, chosen, (measure.study, measure.arm.policy))
    if not measure.base_study:
        return here
    return here - _part_difference(measure, read, chosen, (measure.base_study, measure.base.policy))


def _part_difference(measure: Measure, read: Readings, chosen: Chosen, firm: tuple[str, str]) -> float:
    parts = []
    for places in (measure.places, measure.base_places):
        above, below = (
            fsum(read.value(*firm, name, chosen, place=place) for place in places)
            for name in (measure.outcome, measure.below)
        )
        parts.append(above / below if below > 0.0 else float("nan"))
    return parts[0] - parts[1]


def over_sum(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """What the arm brings over the base, less what some others bring over it, added up."""
    base = _at_base(measure, read, chosen)
    each = [read.value(measure.study, part, measure.outcome, chosen) - base for part in measure.parts]
    return _at_arm(measure, read, chosen) - base - fsum(each)


def place_over_mean(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """One place of a series over the mean of all, less 1."""
    count = read.places(measure.study, measure.arm.policy, measure.outcome)
    each = [_in_place(measure, read, chosen, place) for place in range(count)]
    return each[measure.place] / float(np.mean(each)) - 1.0


def step_ratio(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """A place of a series over the next, geometric mean from the last place to the first."""
    last = read.places(measure.study, measure.arm.policy, measure.outcome) - 1
    first, top = (_in_place(measure, read, chosen, place) for place in (0, last))
    return float((first / top) ** (1.0 / last))


def _curve(
    measure: Measure, read: Readings, chosen: Chosen, policy: str, outcome: str = ""
) -> tuple[Numbers, Numbers]:
    """Values of the lever, and the outcome at each of them."""
    values = read.axis(measure.study, measure.axis)
    heights = [
        read.value(measure.study, policy, outcome or measure.outcome, chosen, at=(measure.axis, value))
        for value in values
    ]
    return values, np.array(heights)


def elasticity(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """Percent of the outcome for a percent of the lever: the slope of a line in logarithms."""
    values, heights = _curve(measure, read, chosen, measure.arm.policy)
    return float(np.polyfit(np.log(values), np.log(heights), 1)[0])


def elasticity_change(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The elasticity over the upper half of the lever's values less that over the lower half."""
    values, heights = _curve(measure, read, chosen, measure.arm.policy)
    middle = len(values) // 2
    upper = log(heights[-1] / heights[middle]) / log(values[-1] / values[middle])
    lower = log(heights[middle] / heights[0]) / log(values[middle] / values[0])
    return upper - lower


def curvature(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The quadratic term of a curve, over the distance between its highest and lowest point."""
    values, heights = _curve(measure, read, chosen, measure.arm.policy)
    return float(np.polyfit(values, heights, 2)[0] / np.ptp(heights))


def _smooth(values: Numbers, heights: Numbers) -> tuple[np.poly1d, float]:
    """A parabola through a curve, and where it is highest within the values of the lever."""
    fitted = np.poly1d(np.polyfit(values, heights, 2))
    fine = np.linspace(values[0], values[-1], 1001)
    return fitted, float(fine[int(np.argmax(fitted(fine)))])


def peak(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The value of the lever at which the outcome is highest, by a parabola through the whole curve."""
    return _smooth(*_curve(measure, read, chosen, measure.arm.policy))[1]


def gain_at_peak(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The highest point between the ends over the better end, as a share of the highest point."""
    _, heights = _curve(measure, read, chosen, measure.arm.policy)
    highest = float(heights[1:-1].max())
    return (highest - float(max(heights[0], heights[-1]))) / abs(highest)


def peak_shift(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """How much higher the lever is at the peak of the arm than at that of the base."""
    ends = [_smooth(*_curve(measure, read, chosen, arm.policy))[1] for arm in (measure.arm, measure.base)]
    return ends[0] - ends[1]


def slope_difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """How much steeper the outcome rises with the lever in the arm than in the base (least squares)."""
    slopes = [
        np.polyfit(*_curve(measure, read, chosen, arm.policy), 1)[0] for arm in (measure.arm, measure.base)
    ]
    return float(slopes[0] - slopes[1])


def loss_around_peak(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """What is lost when the lever is some share off its best value, the worse side, by a parabola."""
    values, heights = _curve(measure, read, chosen, measure.arm.policy)
    fitted, best = _smooth(values, heights)
    sides = [float(fitted(best * (1.0 + side * measure.at))) for side in (-1.0, 1.0)]
    return (float(fitted(best)) - min(sides)) / abs(float(fitted(best)))


def at_peak(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The outcome where another one is highest along the lever."""
    policy = measure.arm.policy
    _, best = _smooth(*_curve(measure, read, chosen, policy, measure.peak_of))
    values, heights = _curve(measure, read, chosen, policy)
    return float(np.interp(best, values, heights))


def share_of_response(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """Of a response in the outcome, the part that is not moved in time.

    The response is the outcome's difference plus what was moved between periods more than in the base;
    without any response nothing is said.
    """
    gained = difference(measure, read, chosen)
    moved = fsum(
        _at_arm(measure, read, chosen, name) - _at_base(measure, read, chosen, name)
        for name in (measure.below, *measure.plus)
    )
    whole = abs(gained) + abs(moved)
    return gained / whole if whole > 0.0 else float("nan")


def points_of_gap(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """What causes take from the promise, in points of it."""
    return read.points(measure.study, measure.causes, chosen)


def points_over_others(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """The same less what the largest of other groups of causes takes."""
    others = [read.points(measure.study, group, chosen) for group in measure.others]
    return points_of_gap(measure, read, chosen) - max(others)


def points_difference(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """What causes take from the promise, in points of it, less what they take in another firm."""
    return points_of_gap(measure, read, chosen) - read.points(measure.base_study, measure.causes, chosen)


def points_recovered(measure: Measure, read: Readings, chosen: Chosen) -> float:
    """Of what causes take from the promise in another firm, the part that they do not take here."""
    there = read.points(measure.base_study, measure.causes, chosen)
    return 1.0 - points_of_gap(measure, read, chosen) / there if there > 0.0 else float("nan")


STATISTICS: dict[str, Statistic] = {
    rule.__name__: rule
    for rule in (
        level,
        difference,
        change,
        loss,
        ratio,
        share_below,
        place_difference,
        weeks_difference,
        place_over_mean,
        step_ratio,
        elasticity,
        elasticity_change,
        curvature,
        peak,
        gain_at_peak,
        peak_shift,
        slope_difference,
        loss_around_peak,
        at_peak,
        share_of_response,
        points_of_gap,
        points_over_others,
        part_difference,
        over_sum,
        points_difference,
        points_recovered,
    )
}

# What they need: a lever that a study moves, the same twice, firms that are drawn, or a split of the gap.
OF_TWO_CURVES = frozenset({"peak_shift", "slope_difference"})
OF_A_CURVE = OF_TWO_CURVES | {
    "elasticity",
    "elasticity_change",
    "curvature",
    "peak",
    "gain_at_peak",
    "loss_around_peak",
    "at_peak",
}
OF_FIRMS = frozenset({"share_below"})
OF_TWO_GAPS = frozenset({"points_difference", "points_recovered"})
OF_A_GAP = OF_TWO_GAPS | {"points_of_gap", "points_over_others"}
