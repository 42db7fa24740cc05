"""What one more dollar of credit is worth to a rep, given what is still likely to come."""

import math

from .arithmetic import at_least
from .declaration import Group, behaviour


class Worth(Group):
    """How reps look ahead to the end of the quota period."""

    run_rate_memory: float = behaviour(
        0.95,
        "share per week",
        0,
        1,
        sweep=(0.85, 0.98),
        source="assumed",
        meaning="Share of the known run rate that a week's new credit does not replace.",
    )
    rest_spread: float = behaviour(
        1.2,
        "weeks of quota",
        0.01,
        10,
        sweep=(0.6, 2.4),
        source="assumed",
        meaning="Standard deviation of one week's credit, in weeks of quota.",
    )
    usual_cycle: float = behaviour(
        9.0,
        "weeks",
        0.1,
        104,
        sweep=(4, 16),
        source="bridge-group-2017",
        standing="size assumed",
        meaning="Weeks that reps reckon with from work to signature.",
    )
    pipeline_share: float = behaviour(
        0.466,
        "share",
        0,
        1,
        sweep=(0.25, 0.6),
        source="cso-insights-2016",
        meaning="Share of the open pipeline that reps expect to win.",
    )
    later_discount: float = behaviour(
        0.008,
        "rate per week",
        0,
        1,
        sweep=(0, 0.027),
        source="lazear-2015-impatience",
        meaning="What a week of waiting takes off the worth of pay to a rep.",
    )


def spread_of_rest(rest_spread: float, weekly_quota: float, weeks_left: float) -> float:
    """Uncertainty about the rest of the period grows with the square root of its weeks (USD)."""
    return rest_spread * weekly_quota * math.sqrt(at_least(weeks_left, 0.0))


def rest_of_period(worth: Worth, run_rate: float, pipeline: float, weeks_left: float) -> float:
    """Still likely to come: open deals and new ones, as far as they close in time (USD).

    New work comes at the run rate and takes a usual cycle on average. A usual pipeline, won as
    expected, and new work then add up to the run rate times the weeks left.
    """
    in_time = chance_to_close_in_time(weeks_left, worth.usual_cycle)
    new = run_rate * (weeks_left - worth.usual_cycle * in_time)
    return worth.pipeline_share * pipeline * in_time + new


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
