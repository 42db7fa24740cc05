"""What teams earn together: bonuses of their reps, pay of their managers, and what both expect of it."""

import math

from ...rules.arithmetic import at_least
from ...rules.curve import expected_pay, pay_at, terms_of
from ...rules.knots import Terms
from ...rules.pay import GUARANTEED
from ...rules.team_pay import (
    chance_at_quota,
    odds_of_gain,
    odds_of_worth,
    part_of_each,
    part_of_own,
    spread_of_part,
    with_odds,
)
from ...rules.worth import spread_of_rest
from ..scenario import Scenario
from ..state import Firm, Manager, Rep
from .due import draw_of_a_week, weeks_left
from .periods import period_length, usual_period


def share_out_credit(manager: Manager, scenario: Scenario, firm: Firm) -> None:
    """What reps are credited with of their own sales and of those of colleagues."""
    shared, team = scenario.team_pay.shared_credit, manager.team_size
    own, each = part_of_own(shared, team), part_of_each(shared, team)
    pipeline = 0.0
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed:
            pipeline += firm.reps[k].pipeline
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        rep.own_part = own
        rep.own_spread = spread_of_part(shared, team)
        rep.from_colleagues = each * at_least(pipeline - rep.pipeline, 0.0)


def pays_managers(scenario: Scenario) -> bool:
    """Whether managers are paid by what their teams sell."""
    lines = scenario.team_pay.by_team
    return lines.size > 1 or lines.rate[0] > 0.0


def look_ahead_for_team(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """What a team is likely to sell and is asked for, and what a dollar of it is worth to its manager."""
    manager.run_rate = 0.0
    manager.weekly_quota = 0.0
    squares = 0.0
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            manager.run_rate += rep.run_rate
            manager.weekly_quota += rep.quota / 52.0
            squares += rep.quota / 52.0 * (rep.quota / 52.0)
    manager.week_spread = spread_of_rest(scenario.worth.rest_spread, math.sqrt(squares), 1.0)
    left, usual = weeks_left(scenario, t), usual_period(scenario)
    manager.whole_quota = team_quota(manager, firm, left)
    if pays_managers(scenario) and manager.weekly_quota > 0.0:
        terms = manager_terms(manager.whole_quota, float(manager.period_weeks) + left, scenario, t)
        low = manager.credited + manager.run_rate * left
        manager.worth_now = worth_to_manager(manager, terms, low, left, scenario)
        fresh = terms_of(scenario.team_pay.by_team, manager.weekly_quota * usual, 1.0, 1.0, 0.0)
        manager.worth_next = worth_to_manager(manager, fresh, manager.run_rate * usual, usual, scenario)
    else:
        manager.worth_now = 0.0
        manager.worth_next = 0.0


def team_quota(manager: Manager, firm: Firm, ahead: float) -> float:
    """Quota of the team for the period: its weeks so far, and those ahead as far as known (USD)."""
    quota = manager.period_quota
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            quota += rep.quota / 52.0 * ahead + rep.more_this_period
    return quota


def manager_terms(quota: float, weeks: float, scenario: Scenario, t: int) -> Terms:
    """What a manager's curve stands for in so many weeks of this period, and their quota."""
    part = weeks / float(period_length(scenario, t))
    return terms_of(scenario.team_pay.by_team, quota, 1.0, part, 0.0)


def worth_to_manager(manager: Manager, terms: Terms, low: float, weeks: float, scenario: Scenario) -> float:
    """Expected pay of a manager for a dollar of a rep's week more, from this credit on (USD per USD)."""
    lines, step = scenario.team_pay.by_team, manager.weekly_quota / at_least(float(manager.team_size), 1.0)
    spread = manager.week_spread * math.sqrt(weeks)
    more = expected_pay(lines, terms, low + step, spread)
    return (more - expected_pay(lines, terms, low, spread)) / step


def odds_of_a_grant(manager: Manager, gain: float, scenario: Scenario) -> float:
    """How much likelier a manager grants a request that brings the team this much credit (factor)."""
    hourly = scenario.pay.manager_salary / (52.0 * at_least(scenario.organisation.hours_per_week, 1.0))
    return odds_of_gain(scenario.team_pay.own_interest, manager.worth_now * gain, hourly)


def chance_of_watch(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """Chance that a manager sees to it that a deal is not held over a period's end (probability)."""
    manager = firm.managers[rep.manager]
    return with_odds(scenario.timing.watch, odds_of_worth(manager.worth_now, manager.worth_next))


def chance_added(manager: Manager, credit: float, weeks: float) -> float:
    """How much likelier this credit makes it that the team reaches its quota in so many weeks."""
    if manager.reached or manager.whole_quota <= 0.0:
        return 0.0
    mean, spread = manager.credited + manager.run_rate * weeks, manager.week_spread * math.sqrt(weeks)
    before = chance_at_quota(mean, spread, manager.whole_quota)
    return chance_at_quota(mean + credit, spread, manager.whole_quota) - before


def bonus_in_a_fresh_period(rep: Rep, credit: float, scenario: Scenario, firm: Firm) -> float:
    """What this credit adds to the bonus of a team in a period of which nothing has passed (USD)."""
    bonus = scenario.team_pay.team_bonus
    if bonus <= 0.0 or firm.managers[rep.manager].weekly_quota <= 0.0:
        return 0.0
    manager = firm.managers[rep.manager]
    weeks = usual_period(scenario)
    quota, mean = manager.weekly_quota * weeks, manager.run_rate * weeks
    spread = manager.week_spread * math.sqrt(weeks)
    before = chance_at_quota(mean, spread, quota)
    return bonus * (chance_at_quota(mean + credit, spread, quota) - before)


def count_team(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """The week's credit and quota of a team; the promise pays its manager as on target."""
    manager.period_weeks += 1
    asked, credit = 0.0, 0.0
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            asked += rep.quota / 52.0
            credit += rep.credited_this_week
    manager.period_quota += asked
    manager.credited += credit
    on_target = manager_rate(asked * usual_period(scenario), scenario)
    firm.books[t].on_target_pay += on_target * credit


def manager_rate(quota: float, scenario: Scenario) -> float:
    """Pay of a manager for a dollar of credit where the team ends a usual period on quota (USD per USD)."""
    lines = scenario.team_pay.by_team
    if quota <= 0.0:
        return lines.alone
    return pay_at(lines, terms_of(lines, quota, 1.0, 1.0, 0.0), quota) / quota


def pay_bonus(manager: Manager, ahead: float, scenario: Scenario, firm: Firm, t: int) -> None:
    """A team that reaches the quota of its period has earned the bonus, by the rules of that week.

    So many weeks of the period are still ahead. What a guarantee makes sure of counts it too.
    """
    quota = team_quota(manager, firm, ahead) if ahead > 0.0 else manager.period_quota
    if manager.reached or quota <= 0.0 or manager.credited < quota:
        return
    manager.reached = True
    length = float(period_length(scenario, t))
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            bonus = scenario.team_pay.team_bonus * (float(rep.period_weeks) + ahead) / length
            rep.deal_pay += bonus
            own = firm.pay_plans[rep.pay_plan]
            if own.pay.draw_kind == GUARANTEED and draw_of_a_week(rep, own) > 0.0:
                rep.covered_pay += bonus


def settle_manager(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """The manager is paid for the period of the team, and a new one begins."""
    earned = due_to_manager(manager, manager.period_quota, float(manager.period_weeks), scenario, t)
    paid = at_least(earned, 0.0)
    firm.books[t].manager_pay += paid
    firm.books[t].variable_pay += paid
    manager.period_weeks = 0
    manager.period_quota = 0.0
    manager.credited = 0.0
    manager.accrued = 0.0
    manager.accrued_at = 0.0
    manager.reached = False


def note_accrued_by_team(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rules of pay end with this week: what they have earned the manager stands."""
    ahead = weeks_left(scenario, t) - 1.0
    quota, weeks = team_quota(manager, firm, ahead), float(manager.period_weeks) + ahead
    manager.accrued = due_to_manager(manager, quota, weeks, scenario, t)
    manager.accrued_at = manager.credited


def due_to_manager(manager: Manager, quota: float, weeks: float, scenario: Scenario, t: int) -> float:
    """What earlier rules left, and what those in force add since (USD)."""
    lines, terms = scenario.team_pay.by_team, manager_terms(quota, weeks, scenario, t)
    since = pay_at(lines, terms, manager.credited) - pay_at(lines, terms, manager.accrued_at)
    return manager.accrued + since
