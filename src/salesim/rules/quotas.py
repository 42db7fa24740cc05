"""How much each rep is asked to sell."""

from .arithmetic import at_least, exponential
from .declaration import Group, lever, setting

MIN_QUOTA = 0.01
MIN_SHARE = 0.2  # a bad year never takes more than four fifths off a territory's share


class Quotas(Group):
    """How the operating plan becomes quotas."""

    over_assignment: float = lever(
        -0.05788,
        "share",
        -0.5,
        1,
        sweep=(-0.1, 0.26),
        source="cso-insights-2018",
        standing="fitted",
        meaning="How much the quotas add up to beyond the operating plan.",
    )
    quota_ratchet: float = lever(
        0.2,
        "share",
        0,
        2,
        sweep=(0, 1),
        source="assumed",
        meaning="Share of last year's excess over a fair quota that is added to the next quota.",
    )
    territory_error: float = setting(
        0.2182,
        "log sd",
        0,
        2,
        sweep=(0.05, 0.4),
        source="sinha-zoltners-2001",
        standing="fitted",
        meaning="Error in head office's estimate of what a territory can yield.",
    )


def estimated_potential(potential: float, territory_error: float, error: float) -> float:
    """What head office thinks a territory can yield (units per week; `error` standard normal)."""
    return potential * exponential(territory_error * error)


def ratcheted(estimate: float, ratchet: float, result: float) -> float:
    """Who did more last year than a territory should yield is asked for more (weight).

    `result` is last year's in the unit of the estimate. Measured against the estimate and not
    against the last quota, or who was raised would be put back the year after.
    """
    return at_least(estimate + ratchet * (result - estimate), MIN_SHARE * estimate)


def quota(plan: float, over_assignment: float, weight: float, total_weight: float) -> float:
    """A territory's part of the plan, with something on top; less than a cent is none (USD per year)."""
    if total_weight <= 0.0:
        return 0.0
    part = plan * (1.0 + over_assignment) * weight / total_weight
    return part if part >= MIN_QUOTA else 0.0


def shadow_cost(
    quota_ratchet: float, pay_at_quota: float, pay_at_higher_quota: float, rise: float, kept: float
) -> float:
    """What a dollar sold today costs next year through a higher quota (USD per USD; Weitzman 1980).

    Negative where a higher quota is good for pay, as under a cap that is a multiple of quota.
    """
    if rise <= 0.0:
        return 0.0
    return kept * quota_ratchet * (pay_at_quota - pay_at_higher_quota) / rise
