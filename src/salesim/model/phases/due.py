"""What is due by the curves of pay: one function for promise, payday and every change of the rules."""

from ...rules.by_deal import factor_of_band
from ...rules.curve import pay_at, terms_of
from ...rules.knots import Terms
from ...rules.pay import rate_of_credit, weekly_draw
from ..accounts import planned_price_of
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Customer, Rep
from .periods import period_begins, period_length, usual_period


def weeks_left(scenario: Scenario, t: int) -> float:
    """Weeks of the quota period from this one on."""
    return float(period_begins(scenario, t) + period_length(scenario, t) - t)


def weeks_left_of_year(t: int) -> float:
    """Weeks of the year from this one on."""
    return float(YEAR - t % YEAR)


def period_terms(quota: float, weeks: float, length: float, gate: float, scenario: Scenario) -> Terms:
    """What the period's curve stands for in so many weeks in the seat, of its length, and their quota."""
    rate = rate_of_credit(scenario.pay, quota * 52.0 / weeks) * (1.0 - scenario.payout.year_share)
    return terms_of(scenario.payout.by_period, quota, rate, weeks / length, gate)


def year_terms(quota: float, weeks: float, scenario: Scenario) -> Terms:
    """The same for the year's curve, which no other quota gates."""
    curve = scenario.payout
    rate = rate_of_credit(scenario.pay, quota * 52.0 / weeks) * curve.year_share
    return terms_of(curve.by_year, quota, rate, weeks / 52.0, 0.0)


def pay_by_period(
    credit: float, quota: float, weeks: float, length: float, gate: float, scenario: Scenario
) -> float:
    """What the period's curve pays for so many weeks in the seat, of its length, and their quota (USD)."""
    return pay_at(scenario.payout.by_period, period_terms(quota, weeks, length, gate, scenario), credit)


def pay_by_year(credit: float, quota: float, weeks: float, scenario: Scenario) -> float:
    """What the year's curve pays for so many weeks in the seat and their quota (USD)."""
    return pay_at(scenario.payout.by_year, year_terms(quota, weeks, scenario), credit)


def period_quota_with(rep: Rep, ahead: float) -> float:
    """Quota of the period's weeks in the seat: those so far, and those ahead as far as known (USD)."""
    return rep.period_quota + rep.quota / 52.0 * ahead + rep.more_this_period


def year_quota_with(rep: Rep, ahead: float) -> float:
    """The same for the year (USD)."""
    return rep.year_quota + rep.quota / 52.0 * ahead + rep.more_this_year


def gate_of_year(rep: Rep, ahead: float) -> float:
    """Credit of this period that reaches the quota of a year with so many weeks ahead (USD)."""
    return year_quota_with(rep, ahead) - (rep.credited_this_year - rep.credited)


def due_by_period(
    rep: Rep, quota: float, weeks: float, length: float, gate: float, scenario: Scenario
) -> float:
    """What the period has earned: what earlier rules left, and what those in force add since (USD)."""
    since = pay_by_period(rep.credited, quota, weeks, length, gate, scenario)
    return rep.accrued + since - pay_by_period(rep.accrued_at, quota, weeks, length, gate, scenario)


def due_by_year(rep: Rep, quota: float, weeks: float, scenario: Scenario) -> float:
    """The same for the year (USD)."""
    since = pay_by_year(rep.credited_this_year, quota, weeks, scenario)
    return rep.year_accrued + since - pay_by_year(rep.year_accrued_at, quota, weeks, scenario)


def on_target_rate(quota: float, scenario: Scenario) -> float:
    """Pay for a dollar of credit where period, team and year end exactly on quota (USD per USD)."""
    by_curves = rate_on_quota(quota, scenario)
    if quota <= 0.0:
        return by_curves
    return by_curves + scenario.team_pay.team_bonus * 52.0 / (quota * usual_period(scenario))


def rate_on_quota(quota: float, scenario: Scenario) -> float:
    """What the rep's own curves pay of it (USD per USD)."""
    if quota <= 0.0:
        return rate_of_credit(scenario.pay, quota)
    weeks, year = usual_period(scenario), float(YEAR)
    by_period = quota * weeks / 52.0
    paid = pay_by_period(by_period, by_period, weeks, weeks, 0.0, scenario) / by_period
    return paid + pay_by_year(quota, quota, year, scenario) / quota


def usual_rate(quota: float, scenario: Scenario) -> float:
    """What a dollar pays by and large: the commission rate, or a curve's on quota (USD per USD)."""
    if scenario.payout.by_period.short and scenario.payout.by_year.short:
        return rate_of_credit(scenario.pay, quota)
    return rate_on_quota(quota, scenario)


def extra_rate(customer: Customer, scenario: Scenario) -> float:
    """Commission on the revenue of this account beside that on credit (USD per USD)."""
    on_targets = scenario.pay.target_rate if customer.planned_target else 0.0
    return on_targets + rate_of_new(customer, scenario)


def rate_of_new(customer: Customer, scenario: Scenario) -> float:
    """The part of it for an account that has never bought (USD per USD)."""
    return scenario.by_deal.new_rate if customer.contract_week < 0 else 0.0


def note_accrued(rep: Rep, scenario: Scenario, t: int) -> None:
    """The rules of pay end with this week: what they have earned stands, whatever comes."""
    if rep.period_weeks > 0:
        ahead, gate = weeks_left(scenario, t) - 1.0, gate_of_year(rep, weeks_left_of_year(t) - 1.0)
        quota = period_quota_with(rep, ahead)
        weeks, length = float(rep.period_weeks) + ahead, float(period_length(scenario, t))
        rep.accrued = due_by_period(rep, quota, weeks, length, gate, scenario)
        rep.accrued_at = rep.credited
    if rep.year_weeks > 0:
        ahead = weeks_left_of_year(t) - 1.0
        quota = year_quota_with(rep, ahead)
        rep.year_accrued = due_by_year(rep, quota, float(rep.year_weeks) + ahead, scenario)
        rep.year_accrued_at = rep.credited_this_year


def draw_of_a_week(rep: Rep, scenario: Scenario) -> float:
    """What the rep is sure of this week (USD)."""
    return weekly_draw(scenario.pay, rep.hires > 0 and rep.tenure < scenario.pay.ramp_weeks)


def earned_this_week(rep: Rep, scenario: Scenario, t: int) -> float:
    """What the week's sales add to pay where period and year stand (USD)."""
    ahead, rest = weeks_left(scenario, t) - 1.0, weeks_left_of_year(t) - 1.0
    before, gate = rep.credited - rep.credited_this_week, gate_of_year(rep, rest)
    length = float(period_length(scenario, t))
    earned = lift_by_period(rep, before, rep.credited, ahead, length, gate, scenario)
    before = rep.credited_this_year - rep.credited_this_week
    earned = lift_by_year(earned, rep, before, rep.credited_this_year, rest, scenario)
    earned += scenario.pay.target_rate * rep.target_this_week
    return earned + (rep.deal_pay_this_week + rep.band_pay_this_week)


def money_of_a_deal(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """What a deal that is won now earns by the curves, where period and year stand (USD)."""
    ahead, rest = weeks_left(scenario, t), weeks_left_of_year(t)
    gate = gate_of_year(rep, rest) - rep.credited_this_week
    length = float(period_length(scenario, t))
    earned = lift_by_period(rep, rep.credited, rep.credited + credit, ahead, length, gate, scenario)
    so_far = rep.credited_this_year + rep.credited_this_week
    return lift_by_year(earned, rep, so_far, so_far + credit, rest, scenario)


def lift_by_period(
    rep: Rep, before: float, after: float, ahead: float, length: float, gate: float, scenario: Scenario
) -> float:
    """What credit from one amount to another earns by the period's curve, with weeks ahead (USD)."""
    quota, weeks = period_quota_with(rep, ahead), float(rep.period_weeks) + ahead
    earned = pay_by_period(after, quota, weeks, length, gate, scenario)
    return earned - pay_by_period(before, quota, weeks, length, gate, scenario)


def lift_by_year(
    earned: float, rep: Rep, before: float, after: float, ahead: float, scenario: Scenario
) -> float:
    """What was earned, and what such credit earns by the year's curve (USD)."""
    quota, weeks = year_quota_with(rep, ahead), float(rep.year_weeks) + ahead
    earned += pay_by_year(after, quota, weeks, scenario)
    return earned - pay_by_year(before, quota, weeks, scenario)


def usual_factor(scenario: Scenario) -> float:
    """What the margin at the planned price multiplies pay by (factor)."""
    return factor_of_band(scenario.by_deal, planned_price_of(scenario), scenario.market.unit_cost)
