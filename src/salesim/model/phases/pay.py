"""Phase 6: what people are paid."""

from ...rules.arithmetic import at_least
from ...rules.leaving import recent_pay_after_a_period
from ...rules.pay import GUARANTEED, RECOVERABLE, base_salary
from ...rules.payout import after_advance, topped_up
from ...rules.worth import run_rate_after_a_week
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Firm, Rep
from .due import (
    draw_of_a_week,
    due_by_period,
    due_by_year,
    earned_this_week,
    gate_of_year,
    note_accrued,
    on_target_rate,
    pay_by_year,
    weeks_left,
    weeks_left_of_year,
)
from .periods import period_length
from .plans import take_plan
from .teams import count_team, note_accrued_by_team, pay_bonus, settle_manager


def pay(scenario: Scenario, firm: Firm, t: int) -> None:
    """Salaries are paid every week, commission and bonuses when the period ends.

    Burn-in and plan each end with a payday, so that neither pays for the other's sales.
    """
    book = firm.books[t]
    start = scenario.organisation.burn_in_weeks
    closes = t + 1 == start or t + 1 == start + scenario.organisation.weeks
    period_ends = closes or weeks_left(scenario, t) == 1.0
    year_ends = closes or (t + 1) % YEAR == 0
    book.salaries += float(len(firm.managers)) * scenario.pay.manager_salary / 52.0
    count_teams(0.0 if period_ends else weeks_left(scenario, t) - 1.0, scenario, firm, t)
    for rep in firm.reps:
        if rep.staffed:
            own = firm.pay_plans[rep.pay_plan]
            if period_ends:
                settle_period(rep, own, firm, t)
            if year_ends:
                settle_year(rep, own, firm, t)
            if t + 1 == firm.keeping[0].rules_end or rep.tenure + 1 == rep.plan_until:
                note_accrued(rep, own, t)
            if rep.tenure + 1 == rep.plan_until:
                take_plan(rep, firm, rep.tenure + 1)
    for manager in firm.managers:
        if manager.level == 1 and period_ends:
            settle_manager(manager, scenario, firm, t)
        if manager.level == 1 and t + 1 == firm.keeping[0].rules_end:
            note_accrued_by_team(manager, scenario, firm, t)


def count_teams(ahead: float, scenario: Scenario, firm: Firm, t: int) -> None:
    """What the week brought to teams and their reps, and bonuses of teams on quota, with weeks ahead."""
    book = firm.books[t]
    for manager in firm.managers:
        if manager.level == 1:
            count_team(manager, scenario, firm, t)
            for k in range(manager.first_rep, manager.last_rep):
                rep = firm.reps[k]
                if rep.staffed:
                    own = firm.pay_plans[rep.pay_plan]
                    book.salaries += base_salary(own.pay) / 52.0
                    rep.year_salary += base_salary(own.pay) / 52.0
                    count_week(rep, own, firm, t)
            pay_bonus(manager, ahead, scenario, firm, t)


def count_week(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep sees what the week brought; the promise would pay for it at the on-target rate.

    What is paid by the deal grows with deals and units alone, so the promise pays it as it is.
    """
    rep.period_weeks += 1
    rep.year_weeks += 1
    rep.period_quota += rep.quota / 52.0
    rep.year_quota += rep.quota / 52.0
    rep.run_rate = run_rate_after_a_week(
        rep.run_rate, rep.credited_this_week, scenario.worth.run_rate_memory
    )
    extra = scenario.pay.target_rate * rep.target_this_week
    credit = rep.credited_this_week + rep.band_credit_this_week
    due = on_target_rate(rep.quota, scenario) * credit + extra
    firm.books[t].on_target_pay += due + rep.deal_pay_this_week
    rep.credited_this_year += rep.credited_this_week
    rep.deal_pay += extra + (rep.deal_pay_this_week + rep.band_pay_this_week)
    count_draw(rep, scenario, t)
    rep.credited_this_week = 0.0
    rep.target_this_week = 0.0
    rep.deal_pay_this_week = 0.0
    rep.band_pay_this_week = 0.0
    rep.band_credit_this_week = 0.0


def count_draw(rep: Rep, scenario: Scenario, t: int) -> None:
    """A guarantee is held against what its own weeks earn, whenever that is paid."""
    sure = draw_of_a_week(rep, scenario)
    if sure > 0.0:
        rep.sure += sure
        if scenario.pay.draw_kind == GUARANTEED:
            rep.covered_pay += earned_this_week(rep, scenario, t)


def settle_period(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """Pay for the weeks of the period spent in the seat, by their quota and part of the bonus."""
    if rep.period_weeks == 0:
        return
    weeks, length = float(rep.period_weeks), float(period_length(scenario, t))
    gate = gate_of_year(rep, weeks_left_of_year(t) - 1.0)
    by_curve = at_least(due_by_period(rep, rep.period_quota, weeks, length, gate, scenario), 0.0)
    earned = by_curve + rep.deal_pay - rep.taken_back
    sure = rep.sure if scenario.pay.draw_kind == RECOVERABLE else 0.0
    paid = take_back(rep, earned, sure, firm, t)
    if scenario.pay.draw_kind == GUARANTEED:
        added = topped_up(rep.covered_pay, rep.sure)
        firm.books[t].guarantees += added
        paid += added
    hand_out(rep, paid, firm, t)
    yearly = base_salary(scenario.pay) + paid * 52.0 / weeks + rep.by_year
    rep.recent_pay = recent_pay_after_a_period(rep.recent_pay, yearly, scenario.leaving.pay_memory, weeks)
    begin_period(rep)


def begin_period(rep: Rep) -> None:
    """Nothing of the new period has been earned yet."""
    rep.period_weeks = 0
    rep.period_quota = 0.0
    rep.credited = 0.0
    rep.accrued = 0.0
    rep.accrued_at = 0.0
    rep.deal_pay = 0.0
    rep.taken_back = 0.0
    rep.sure = 0.0
    rep.covered_pay = 0.0


def take_back(rep: Rep, earned: float, sure: float, firm: Firm, t: int) -> float:
    """What is paid of it: advances are set against what was earned, and new ones given (USD)."""
    paid = after_advance(earned, rep.owed, sure)
    firm.books[t].advances += paid - earned
    rep.owed = at_least(rep.owed + paid - earned, 0.0)
    return paid


def write_off(rep: Rep, firm: Firm, t: int) -> None:
    """Who leaves pays nothing back."""
    firm.books[t].written_off += rep.owed
    rep.owed = 0.0


def hand_out(rep: Rep, earned: float, firm: Firm, t: int) -> None:
    """Money changes hands."""
    rep.year_pay += earned
    firm.books[t].variable_pay += earned


def settle_year(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """What is reckoned by the year is paid, the year is noted down, and a new one begins."""
    if rep.year_weeks == 0:
        return
    weeks = float(rep.year_weeks)
    earned = at_least(due_by_year(rep, rep.year_quota, weeks, scenario), 0.0)
    paid = take_back(rep, earned, 0.0, firm, t)
    hand_out(rep, paid, firm, t)
    rep.by_year = paid * 52.0 / weeks
    rep.result = rep.credited_this_year * 52.0 / weeks
    note_year(rep, firm, t)
    begin_year(rep)


def begin_year(rep: Rep) -> None:
    """Nothing of the new year has been earned yet."""
    rep.year_weeks = 0
    rep.year_quota = 0.0
    rep.credited_this_year = 0.0
    rep.year_accrued = 0.0
    rep.year_accrued_at = 0.0
    rep.year_pay = 0.0
    rep.year_salary = 0.0


def expect_as_planned(rep: Rep, scenario: Scenario) -> None:
    """Who has no experience with a territory reckons with its quota, and with pay at quota."""
    rep.run_rate = rep.quota / 52.0
    rep.by_year = pay_by_year(rep.quota, rep.quota, float(YEAR), scenario)


def note_year(rep: Rep, firm: Firm, t: int) -> None:
    """One row for each holder of a seat and year."""
    row = firm.years[firm.keeping[0].year_rows]
    firm.keeping[0].year_rows += 1
    row.week = t
    row.rep = rep.id
    row.hire = rep.hires
    row.weeks = rep.year_weeks
    row.credited = rep.credited_this_year
    row.quota = rep.year_quota
    row.variable_pay = rep.year_pay
    row.salary = rep.year_salary
    row.skill = rep.skill
    row.accounts = rep.accounts
    row.potential = rep.potential
