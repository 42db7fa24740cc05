"""What a rep is paid."""

from .arithmetic import at_least
from .declaration import Group, lever, setting


class Pay(Group):
    """The pay plan of the reps."""

    base_salary: float = lever(
        90_000.0, "USD per year", 0, 1e6, source="zoltners-2012",
        meaning="Fixed salary: 60% of pay on target.",
    )
    commission_rate: float = lever(
        0.033, "share of credit", 0, 1, source="zoltners-2012",
        meaning="Commission on credit up to quota.",
    )
    margin_weight: float = lever(
        0.0, "share", 0, 1, source="assumed",
        meaning="Weight of margin in what earns credit; the rest is revenue.",
    )
    accelerator: float = lever(
        1.25, "factor", 1, 20, source="assumed",
        meaning="Rate above quota as a multiple of the rate below it.",
    )
    bonus: float = lever(
        2_500.0, "USD per period", 0, 1e6, source="joseph-kalwani-1998",
        meaning="Lump sum for reaching the quota of a period.",
    )
    period_weeks: int = lever(
        13, "weeks", 1, 52, source="assumed",
        meaning="Length of a quota period; a divisor of 52.",
    )
    market_pay: float = setting(
        150_000.0, "USD per year", 1, 1e7, source="zoltners-2012",
        meaning="What comparable reps earn elsewhere.",
    )
    manager_salary: float = setting(
        180_000.0, "USD per year", 0, 1e7, source="assumed", meaning="Pay of a manager of any level.",
    )


def credit_per_unit(
    price: float, unit_cost: float, planned_margin: float, margin_weight: float
) -> float:
    """What a sold unit counts for: revenue, or margin scaled so that on-plan credit is equal (USD).

    `planned_margin` is the margin share at the planned price: at that price the weight on margin
    changes nothing.
    """
    margin = (price - unit_cost) / planned_margin
    return (1.0 - margin_weight) * price + margin_weight * margin


def cost_share_of_credit(margin_weight: float, planned_margin: float) -> float:
    """How much of a unit's cost credit counts, relative to its price: 0 for revenue, 1 for margin."""
    margin = margin_weight / planned_margin
    return margin / (1.0 - margin_weight + margin)


def variable_pay(pay: Pay, credited: float, quota: float) -> float:
    """Commission, faster above quota, and a bonus at quota (USD for one period, never below zero).

    A quota of zero is no quota: neither accelerator nor bonus applies.
    """
    earned = pay.commission_rate * credited
    if quota > 0.0 and credited >= quota:
        earned += pay.commission_rate * (pay.accelerator - 1.0) * (credited - quota) + pay.bonus
    return at_least(earned, 0.0)


def on_target_worth(pay: Pay, yearly_quota: float) -> float:
    """Variable pay per dollar of credit for a rep who just makes quota (USD per USD)."""
    if yearly_quota <= 0.0:
        return pay.commission_rate
    return pay.commission_rate + pay.bonus * 52.0 / (float(pay.period_weeks) * yearly_quota)
