"""What is due by the curves of pay: one function for promise, payday and every change of the rules."""

from ...rules.pay import rate_of_credit, weekly_draw
from ...rules.payout import curve_pay
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Rep


def weeks_left(scenario: Scenario, t: int) -> float:
    """Weeks of the quota period from this one on."""
    return float(scenario.pay.period_weeks - t % scenario.pay.period_weeks)


def pay_by_period(credit: float, quota: float, weeks: float, scenario: Scenario) -> float:
    """What the period's curve pays for so many weeks in the seat and their quota (USD)."""
    curve = scenario.payout
    return curve_pay(
        credit,
        quota,
        rate_of_credit(scenario.pay, quota * 52.0 / weeks) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * weeks / float(scenario.pay.period_weeks),
        curve.cap,
    )


def pay_by_year(credit: float, quota: float, weeks: float, scenario: Scenario) -> float:
    """What the year's curve pays for so many weeks in the seat and their quota (USD)."""
    curve = scenario.payout
    return curve_pay(
        credit,
        quota,
        rate_of_credit(scenario.pay, quota * 52.0 / weeks) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus * weeks / 52.0,
        curve.year_cap,
    )


def due_by_period(rep: Rep, quota: float, weeks: float, scenario: Scenario) -> float:
    """What the period has earned: what earlier rules left, and what those in force add since (USD)."""
    since = pay_by_period(rep.credited, quota, weeks, scenario)
    return rep.accrued + since - pay_by_period(rep.accrued_at, quota, weeks, scenario)


def due_by_year(rep: Rep, quota: float, weeks: float, scenario: Scenario) -> float:
    """The same for the year (USD)."""
    since = pay_by_year(rep.credited_this_year, quota, weeks, scenario)
    return rep.year_accrued + since - pay_by_year(rep.year_accrued_at, quota, weeks, scenario)


def on_target_rate(quota: float, scenario: Scenario) -> float:
    """Pay for a dollar of credit where period and year end exactly on quota (USD per USD)."""
    if quota <= 0.0:
        return rate_of_credit(scenario.pay, quota)
    weeks, year = float(scenario.pay.period_weeks), float(YEAR)
    by_period = quota * weeks / 52.0
    paid = pay_by_period(by_period, by_period, weeks, scenario) / by_period
    return paid + pay_by_year(quota, quota, year, scenario) / quota


def note_accrued(rep: Rep, scenario: Scenario, t: int) -> None:
    """The rules of pay end with this week: what they have earned stands, whatever comes."""
    if rep.period_weeks > 0:
        ahead = weeks_left(scenario, t) - 1.0
        quota = rep.period_quota + rep.quota / 52.0 * ahead
        rep.accrued = due_by_period(rep, quota, float(rep.period_weeks) + ahead, scenario)
        rep.accrued_at = rep.credited
    if rep.year_weeks > 0:
        ahead = float(YEAR - t % YEAR) - 1.0
        quota = rep.year_quota + rep.quota / 52.0 * ahead
        rep.year_accrued = due_by_year(rep, quota, float(rep.year_weeks) + ahead, scenario)
        rep.year_accrued_at = rep.credited_this_year


def draw_of_a_week(rep: Rep, scenario: Scenario) -> float:
    """What the rep is sure of this week (USD)."""
    return weekly_draw(scenario.pay, rep.hires > 0 and rep.tenure < scenario.pay.ramp_weeks)


def earned_this_week(rep: Rep, scenario: Scenario, t: int) -> float:
    """What the week's sales add to pay where period and year stand (USD)."""
    plan = scenario.pay
    ahead = weeks_left(scenario, t) - 1.0
    quota, weeks = rep.period_quota + rep.quota / 52.0 * ahead, float(rep.period_weeks) + ahead
    before = rep.credited - rep.credited_this_week
    earned = pay_by_period(rep.credited, quota, weeks, scenario)
    earned -= pay_by_period(before, quota, weeks, scenario)
    ahead = float(YEAR - t % YEAR) - 1.0
    quota, weeks = rep.year_quota + rep.quota / 52.0 * ahead, float(rep.year_weeks) + ahead
    before = rep.credited_this_year - rep.credited_this_week
    earned += pay_by_year(rep.credited_this_year, quota, weeks, scenario)
    earned -= pay_by_year(before, quota, weeks, scenario)
    return earned + plan.target_rate * rep.target_this_week
