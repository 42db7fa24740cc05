"""What a pay plan rewards."""

from .declaration import Group, lever, mode, setting

COMMISSION_PLAN, QUOTA_PLAN = 0, 1
GUARANTEED, RECOVERABLE = 0, 1


class Pay(Group):
    """The pay plan of the reps, its curve aside."""

    target_pay: float = lever(
        150_000.0,
        "USD per year",
        0,
        1e7,
        sweep=(100_000, 225_000),
        source="zoltners-2012",
        standing="size assumed",
        meaning="Pay of a rep on target.",
    )
    pay_mix: float = lever(
        0.40,
        "share",
        0,
        1,
        sweep=(0.2, 0.6),
        source="zoltners-2012",
        meaning="Part of target pay that is variable; rates and bonuses are said apart from it.",
    )
    plan_kind: int = mode(
        "commission",
        ("commission", "quota"),
        source="assumed",
        meaning="A rate on credit, or target incentive times attainment of quota.",
    )
    commission_rate: float = lever(
        0.033,
        "share of credit",
        0,
        1,
        sweep=(0.01, 0.1),
        source="zoltners-2012",
        standing="size assumed",
        meaning="Commission on credit up to quota.",
    )
    margin_weight: float = lever(
        0.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Weight of margin in what earns credit; the rest is revenue.",
    )
    target_rate: float = lever(
        0.0,
        "share of revenue",
        0,
        1,
        sweep=(0, 0.03),
        source="assumed",
        meaning="Extra commission on revenue from planned target accounts.",
    )
    period_weeks: int = lever(
        13,
        "weeks",
        1,
        52,
        sweep=(4, 26),
        source="assumed",
        meaning="Length of a quota period; a divisor of 52.",
    )
    draw: float = lever(
        0.0,
        "share",
        0,
        2,
        sweep=(0, 1),
        source="assumed",
        meaning="Variable pay that every rep is sure of, week by week, as a share of target incentive.",
    )
    ramp_draw: float = lever(
        0.0,
        "share",
        0,
        2,
        sweep=(0, 1),
        source="assumed",
        meaning="The same for newcomers in ramp; the larger of both holds.",
    )
    draw_kind: int = mode(
        "guaranteed",
        ("guaranteed", "recoverable"),
        source="assumed",
        meaning="Whether a draw is kept, or an advance that later pay takes back.",
    )
    ramp_weeks: int = setting(
        39,
        "weeks",
        0,
        520,
        sweep=(13, 78),
        source="cespedes-2021",
        standing="derived",
        meaning="Weeks in which a newcomer draws.",
    )
    market_pay: float = setting(
        150_000.0,
        "USD per year",
        1,
        1e7,
        sweep=(120_000, 190_000),
        source="zoltners-2012",
        standing="size assumed",
        meaning="What comparable reps earn elsewhere.",
    )
    manager_salary: float = setting(
        180_000.0,
        "USD per year",
        0,
        1e7,
        sweep=(120_000, 270_000),
        source="assumed",
        meaning="Pay of a manager of any level.",
    )


def base_salary(pay: Pay) -> float:
    """What is paid whatever is sold (USD per year)."""
    return pay.target_pay * (1.0 - pay.pay_mix)


def target_incentive(pay: Pay) -> float:
    """Variable pay on target (USD per year)."""
    return pay.target_pay * pay.pay_mix


def rate_of_credit(pay: Pay, yearly_quota: float) -> float:
    """Pay for a dollar of credit below quota; a quota plan derives it from the quota (USD per USD)."""
    if pay.plan_kind == QUOTA_PLAN and yearly_quota > 0.0:
        return target_incentive(pay) / yearly_quota
    return pay.commission_rate


def weekly_draw(pay: Pay, in_ramp: bool) -> float:
    """What a rep is sure of for a week in the seat (USD)."""
    share = pay.ramp_draw if in_ramp and pay.ramp_draw > pay.draw else pay.draw
    return share * target_incentive(pay) / 52.0


def price_for_credit(credit: float, unit_cost: float, planned_margin: float, margin_weight: float) -> float:
    """The price at which a unit counts for this much credit: `credit_per_unit` undone (USD)."""
    margins = margin_weight / planned_margin
    return (credit + margins * unit_cost) / (1.0 - margin_weight + margins)


def credit_per_unit(price: float, unit_cost: float, planned_margin: float, margin_weight: float) -> float:
    """What a sold unit counts for: revenue, or margin over the margin share of the planned price (USD)."""
    margin = (price - unit_cost) / planned_margin
    return (1.0 - margin_weight) * price + margin_weight * margin
