"""The calendar: a tick is a week, a quarter has 13 of them, in months of 4, 4 and 5, and a year 52."""

from ..rules.pay import MONTHS, Pay

QUARTER, YEAR = 13, 52
MONTH, LAST_MONTH = 4, 8  # weeks of a month, and the week of a quarter in which its longer one begins


def week_of_month(month: int) -> int:
    """The week in which a month begins, both counted from 0."""
    return month // 3 * QUARTER + month % 3 * MONTH


def has_months(plan: Pay) -> bool:
    """Whether quota periods are months of 4, 4 and 5 weeks."""
    return plan.calendar == MONTHS and plan.period_weeks == MONTH


def period_begins(plan: Pay, t: int) -> int:
    """The week in which the quota period of week t begins."""
    if not has_months(plan):
        return t - t % plan.period_weeks
    week = t % QUARTER
    return t - week + LAST_MONTH if week >= LAST_MONTH else t - week % MONTH


def period_length(plan: Pay, t: int) -> int:
    """Weeks of the quota period of week t."""
    if not has_months(plan):
        return plan.period_weeks
    return QUARTER - LAST_MONTH if t % QUARTER >= LAST_MONTH else MONTH


def usual_period(plan: Pay) -> float:
    """Weeks that a quota period has on average."""
    return 52.0 / 12.0 if has_months(plan) else float(plan.period_weeks)
