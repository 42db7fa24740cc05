"""What one more dollar of credit is worth to a rep before the period is over."""

import math

from .arithmetic import at_least, normal_density, normal_share_above
from .declaration import Group, behaviour
from .pay import Pay

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


def worth_of_a_dollar(
    pay: Pay, credited: float, quota: float, rest: float, rest_sd: float
) -> float:
    """Expected extra pay from one more dollar of credit, given what is still likely to come (USD).

    The slope of E[variable_pay(credited + rest)] with rest ~ Normal(rest, rest_sd): the rate, the
    accelerator times the chance to end above quota, and the bonus times the density at quota.
    """
    if quota <= 0.0:
        return pay.commission_rate
    spread = at_least(rest_sd, SMALLEST_SPREAD)
    distance = (quota - credited - rest) / spread
    faster = pay.commission_rate * (pay.accelerator - 1.0) * normal_share_above(distance)
    return pay.commission_rate + faster + pay.bonus * normal_density(distance) / spread


def spread_of_rest(rest_spread: float, weekly_quota: float, weeks_left: float) -> float:
    """Uncertainty about the rest of the period grows with the square root of its weeks (USD)."""
    return rest_spread * weekly_quota * math.sqrt(at_least(weeks_left, 0.0))


def run_rate_after_a_week(run_rate: float, credited: float, memory: float) -> float:
    """A rep's sense of what a usual week brings (USD per week)."""
    return memory * run_rate + (1.0 - memory) * credited
