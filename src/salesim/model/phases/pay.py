"""Phase 6: what people are paid."""

from ...rules.leaving import recent_pay_after_a_period
from ...rules.pay import variable_pay
from ...rules.worth import run_rate_after_a_week
from ..scenario import Scenario
from ..state import Firm, Rep


def pay(scenario: Scenario, firm: Firm, t: int) -> None:
    """Salaries are paid every week, commission and bonuses when the period ends.

    Burn-in and plan each end with a payday, so that neither pays for the other's sales.
    """
    plan = scenario.pay
    book = firm.books[t]
    start = scenario.organisation.burn_in_weeks
    ends = (t + 1) % plan.period_weeks == 0
    if t + 1 == start or t + 1 == start + scenario.organisation.weeks:
        ends = True
    book.salaries += float(len(firm.managers)) * plan.manager_salary / 52.0
    book.on_target_pay += plan.commission_rate * book.credited
    for rep in firm.reps:
        if rep.staffed:
            book.salaries += plan.base_salary / 52.0
            count_week(rep, scenario)
            if rep.quota > 0.0:
                book.on_target_pay += plan.bonus / float(plan.period_weeks)
            if ends:
                settle_pay(rep, scenario, firm, t)


def count_week(rep: Rep, scenario: Scenario) -> None:
    """The rep sees what the week brought, and reckons with it."""
    rep.period_weeks += 1
    rep.run_rate = run_rate_after_a_week(
        rep.run_rate, rep.credited_this_week, scenario.worth.run_rate_memory
    )
    rep.credited_this_week = 0.0


def settle_pay(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """Pay for the weeks of the period spent in the seat, against their part of the quota."""
    if rep.period_weeks == 0:
        return
    weeks = float(rep.period_weeks)
    earned = variable_pay(scenario.pay, rep.credited, rep.quota * weeks / 52.0)
    yearly = scenario.pay.base_salary + earned * 52.0 / weeks
    rep.recent_pay = recent_pay_after_a_period(
        rep.recent_pay, yearly, scenario.leaving.pay_memory, weeks
    )
    firm.books[t].variable_pay += earned
    rep.credited = 0.0
    rep.period_weeks = 0
