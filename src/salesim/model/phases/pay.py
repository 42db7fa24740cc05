"""Phase 6: what people are paid."""

from ...rules.leaving import recent_pay_after_a_period
from ...rules.pay import base_salary, leverage, rate_of_credit, target_incentive
from ...rules.payout import curve_pay, pay_with_draw
from ...rules.worth import run_rate_after_a_week
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Firm, Rep


def pay(scenario: Scenario, firm: Firm, t: int) -> None:
    """Salaries are paid every week, commission and bonuses when the period ends.

    Burn-in and plan each end with a payday, so that neither pays for the other's sales.
    """
    plan = scenario.pay
    book = firm.books[t]
    start = scenario.organisation.burn_in_weeks
    closes = t + 1 == start or t + 1 == start + scenario.organisation.weeks
    period_ends = closes or (t + 1) % plan.period_weeks == 0
    year_ends = closes or (t + 1) % YEAR == 0
    book.salaries += float(len(firm.managers)) * plan.manager_salary / 52.0
    for rep in firm.reps:
        if rep.staffed:
            book.salaries += base_salary(plan) / 52.0
            rep.year_salary += base_salary(plan) / 52.0
            count_week(rep, scenario, firm, t)
            if period_ends:
                settle_period(rep, scenario, firm, t)
            if year_ends:
                settle_year(rep, scenario, firm, t)


def count_week(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep sees what the week brought; the promise would pay for it at the on-target rate."""
    curve = scenario.payout
    rep.period_weeks += 1
    rep.year_weeks += 1
    rep.run_rate = run_rate_after_a_week(
        rep.run_rate, rep.credited_this_week, scenario.worth.run_rate_memory
    )
    more = leverage(scenario.pay)
    due = rate_of_credit(scenario.pay, rep.quota) * rep.credited_this_week
    due += scenario.pay.target_rate * more * rep.target_this_week
    if rep.quota > 0.0:
        due += more * curve.bonus / float(scenario.pay.period_weeks) + more * curve.year_bonus / 52.0
    firm.books[t].on_target_pay += due
    rep.credited_this_year += rep.credited_this_week
    rep.target_revenue += rep.target_this_week
    rep.credited_this_week = 0.0
    rep.target_this_week = 0.0


def settle_period(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """Pay for the weeks of the period spent in the seat, against their part of quota and bonus."""
    if rep.period_weeks == 0:
        return
    plan, curve = scenario.pay, scenario.payout
    weeks = float(rep.period_weeks)
    more = leverage(plan)
    bonus = curve.bonus * more * weeks / float(plan.period_weeks)
    earned = curve_pay(
        rep.credited,
        rep.quota * weeks / 52.0,
        rate_of_credit(plan, rep.quota) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        bonus,
        curve.cap,
    )
    earned += plan.target_rate * more * rep.target_revenue
    if rep.hires > 0 and rep.tenure < plan.ramp_weeks:
        earned = pay_with_draw(earned, plan.ramp_draw * target_incentive(plan) * weeks / 52.0)
    hand_out(rep, earned, firm, t)
    yearly = base_salary(plan) + earned * 52.0 / weeks + rep.by_year
    rep.recent_pay = recent_pay_after_a_period(rep.recent_pay, yearly, scenario.leaving.pay_memory, weeks)
    rep.credited = 0.0
    rep.target_revenue = 0.0
    rep.period_weeks = 0


def hand_out(rep: Rep, earned: float, firm: Firm, t: int) -> None:
    """Money changes hands."""
    rep.year_pay += earned
    firm.books[t].variable_pay += earned


def settle_year(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """What is reckoned by the year is paid, the year is noted down, and a new one begins."""
    if rep.year_weeks == 0:
        return
    plan, curve = scenario.pay, scenario.payout
    weeks = float(rep.year_weeks)
    quota = rep.quota * weeks / 52.0
    earned = curve_pay(
        rep.credited_this_year,
        quota,
        rate_of_credit(plan, rep.quota) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus * leverage(plan) * weeks / 52.0,
        curve.year_cap,
    )
    hand_out(rep, earned, firm, t)
    rep.by_year = earned * 52.0 / weeks
    rep.result = rep.credited_this_year * 52.0 / weeks
    note_year(rep, quota, firm, t)
    rep.credited_this_year = 0.0
    rep.year_pay = 0.0
    rep.year_salary = 0.0
    rep.year_weeks = 0


def expect_as_planned(rep: Rep, scenario: Scenario) -> None:
    """Who has no experience with a territory reckons with its quota, and with pay at quota."""
    curve = scenario.payout
    rep.run_rate = rep.quota / 52.0
    by_rate = rate_of_credit(scenario.pay, rep.quota) * curve.year_share * rep.quota
    rep.by_year = by_rate + curve.year_bonus * leverage(scenario.pay)


def note_year(rep: Rep, quota: float, firm: Firm, t: int) -> None:
    """One row for each holder of a seat and year."""
    row = firm.years[firm.keeping[0].year_rows]
    firm.keeping[0].year_rows += 1
    row.week = t
    row.rep = rep.id
    row.hire = rep.hires
    row.weeks = rep.year_weeks
    row.credited = rep.credited_this_year
    row.quota = quota
    row.variable_pay = rep.year_pay
    row.salary = rep.year_salary
    row.skill = rep.skill
    row.accounts = rep.accounts
    row.potential = rep.potential
