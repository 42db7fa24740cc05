"""What one more dollar of credit is worth to a rep, given what is still likely to come."""

import math

from .arithmetic import at_least, normal_density, normal_share_above
from .declaration import Group, behaviour
from .payout import NO_CAP, is_linear

SMALLEST_SPREAD = 0.01  # one cent: even a certain end of the period is not sharper


class Worth(Group):
    """How reps look ahead to the end of the quota period."""

    run_rate_memory: float = behaviour(
        0.95, "share per week", 0, 1, source="assumed",
        meaning="Share of the known run rate that a week's new credit does not replace.",
    )
    rest_spread: float = behaviour(
        1.2, "weeks of quota", 0.01, 10, source="assumed",
        meaning="Standard deviation of one week's credit, in weeks of quota.",
    )
    usual_cycle: float = behaviour(
        8.0, "weeks", 0.1, 104, source="bridge-group-2017",
        meaning="Weeks that reps reckon with from work to signature.",
    )
    pipeline_share: float = behaviour(
        0.4, "share", 0, 1, source="cso-insights-2016",
        meaning="Share of the open pipeline that reps expect to win.",
    )
    later_discount: float = behaviour(
        0.008, "share per week", 0, 1, source="lazear-2015-impatience",
        meaning="What a week of waiting takes off the worth of pay to a rep.",
    )


def expected_above(knot: float, mean: float, spread: float) -> float:
    """Expected excess of a normal over a knot: the normal partial expectation (USD)."""
    distance = (knot - mean) / spread
    return spread * (normal_density(distance) - distance * normal_share_above(distance))


def expected_curve_pay(
    mean: float, spread: float, quota: float, rate: float, threshold: float, accelerator: float,
    bonus: float, cap: float,
) -> float:
    """Expected pay when credit at the end is Normal(mean, spread), by partial expectations (USD)."""
    if quota <= 0.0 or is_linear(threshold, accelerator, bonus, cap):
        return rate * mean
    sd = at_least(spread, SMALLEST_SPREAD)
    expected = rate * mean
    if threshold > 0.0:
        expected = rate * expected_above(threshold * quota, mean, sd)
    if accelerator != 1.0:
        expected += rate * (accelerator - 1.0) * expected_above(quota, mean, sd)
    if cap < NO_CAP:
        expected -= rate * accelerator * expected_above(cap * quota, mean, sd)
    if bonus > 0.0:
        expected += bonus * normal_share_above((quota - mean) / sd)
    return expected


def spread_of_rest(rest_spread: float, weekly_quota: float, weeks_left: float) -> float:
    """Uncertainty about the rest of the period grows with the square root of its weeks (USD)."""
    return rest_spread * weekly_quota * math.sqrt(at_least(weeks_left, 0.0))


def rest_of_period(
    worth: Worth, run_rate: float, pipeline: float, weeks_left: float
) -> float:
    """Still likely to come: open deals that can close in time, then the run rate (USD)."""
    in_time = chance_to_close_in_time(weeks_left, worth.usual_cycle)
    later = at_least(weeks_left - worth.usual_cycle, 0.0)
    return worth.pipeline_share * pipeline * in_time + run_rate * later


def chance_to_close_in_time(weeks_left: float, usual_cycle: float) -> float:
    """Chance that work done today is paid for in this period (probability)."""
    return 1.0 - math.exp(-at_least(weeks_left, 0.0) / usual_cycle)


def worth_over_time(this_period: float, next_period: float, chance_in_time: float) -> float:
    """Work that closes too late counts for the next period (USD per USD)."""
    return chance_in_time * this_period + (1.0 - chance_in_time) * next_period


def kept_until(later_discount: float, weeks: float) -> float:
    """Worth of pay some weeks from now, whatever period it falls into (share)."""
    return math.exp(-later_discount * weeks)


def run_rate_after_a_week(run_rate: float, credited: float, memory: float) -> float:
    """A rep's sense of what a usual week brings (USD per week)."""
    return memory * run_rate + (1.0 - memory) * credited
