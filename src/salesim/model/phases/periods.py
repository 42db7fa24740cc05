"""In which quota period a week lies: the one place that knows."""

from ...rules.payout import MONTHS
from ..calendar import LAST_MONTH, MONTH, QUARTER
from ..scenario import Scenario


def has_months(scenario: Scenario) -> bool:
    """Whether quota periods are months of 4, 4 and 5 weeks."""
    return scenario.payout.calendar == MONTHS and scenario.pay.period_weeks == MONTH


def period_begins(scenario: Scenario, t: int) -> int:
    """The week in which the quota period of week t begins."""
    if not has_months(scenario):
        return t - t % scenario.pay.period_weeks
    week = t % QUARTER
    return t - week + LAST_MONTH if week >= LAST_MONTH else t - week % MONTH


def period_length(scenario: Scenario, t: int) -> int:
    """Weeks of the quota period of week t."""
    if not has_months(scenario):
        return scenario.pay.period_weeks
    return QUARTER - LAST_MONTH if t % QUARTER >= LAST_MONTH else MONTH


def usual_period(scenario: Scenario) -> float:
    """Weeks that a quota period has on average."""
    return 52.0 / 12.0 if has_months(scenario) else float(scenario.pay.period_weeks)
