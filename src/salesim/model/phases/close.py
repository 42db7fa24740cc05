"""Phase 9: the week's books, the quarter's drift and the year's plan."""

from ...rules.calls import response
from ...rules.estimates import learned_intercept
from ...rules.market import fit_after_drift, is_target
from ...rules.organisation import upper_levels
from ...rules.planning import (
    operating_plan,
    tempered_optimism,
    understanding_after_refresh,
    weeks_between_refreshes,
)
from ...rules.survey import recall_of_three, self_rated
from ...rules.training import training_cost
from ..accounts import look_again, set_quotas, sort_all_accounts
from ..books import Level
from ..calendar import QUARTER, YEAR
from ..luck import DRIFT, draws, normal
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep


def close_books(scenario: Scenario, firm: Firm, t: int) -> None:
    """The ledger is closed; markets drift by quarters, plans and quotas are renewed by years."""
    add_up(scenario, firm, t)
    survey(scenario, firm, t)
    firm.books[t].week = t
    if (t + 1) % QUARTER == 0:
        revise_guide(scenario, firm)
        for customer in firm.customers:
            count_coverage(customer, scenario, firm, t)
            drift(customer, scenario, firm, t)
    if refresh_is_due(scenario, firm, t):
        refresh(scenario, firm)
    firm.books[t].guide_intercept = firm.office[0].guide_intercept
    carry_forward(firm, t)
    if (t + 1) % YEAR == 0:
        plan_next_year(scenario, firm, t)


def add_up(scenario: Scenario, firm: Firm, t: int) -> None:
    """Contribution is what is left of revenue after the costs that follow it."""
    book = firm.books[t]
    ended = book.won + book.lost + book.no_decision + book.lapsed
    book.open_at_end += book.opened - ended
    book.contribution = book.revenue - book.unit_cost - book.serving_cost - book.variable_pay
    hired = scenario.training.cost_of_a_hire * float(book.hired)
    book.overhead = firm.office[0].overhead
    book.optimism = tempered_optimism(scenario.planning, scenario.acceptance.sales_voice)
    for rep in firm.reps:
        if rep.staffed:
            book.staffed += 1
            book.people_cost += training_cost(scenario.training)
            if rep.hires > 0 and rep.tenure < scenario.pay.ramp_weeks:
                book.in_ramp += 1
    book.people_cost += hired
    book.operating_profit = book.contribution - book.salaries - book.people_cost - book.overhead


def survey(scenario: Scenario, firm: Firm, t: int) -> None:
    """What people understand, think they understand, believe and can do, level by level."""
    book = firm.books[t]
    levels = upper_levels(scenario.organisation.hierarchy_hops) + 2
    first = t * levels
    for k in range(levels):
        firm.levels[first + k].week = t
        firm.levels[first + k].level = k
    for rep in firm.reps:
        if rep.staffed:
            ask_person(rep, firm.levels[first], scenario)
            book.skill += rep.skill
            book.intensity += rep.intensity
            book.articulation += rep.articulation
            book.adoption += rep.adoption
    for manager in firm.managers:
        ask_person(manager, firm.levels[first + manager.level], scenario)
        book.managers_understanding += manager.understanding / float(len(firm.managers))
    for k in range(levels):
        average(firm.levels[first + k])
    people = float(book.staffed) if book.staffed > 0 else 1.0
    book.skill = book.skill / people
    book.intensity = book.intensity / people
    book.articulation = book.articulation / people
    book.adoption = book.adoption / people
    book.understanding = firm.levels[first].understanding
    book.buy_in = firm.levels[first].buy_in


def ask_person(person: Manager | Rep, level: Level, scenario: Scenario) -> None:
    """One answer more."""
    questions = scenario.survey
    level.people += 1
    level.understanding += person.understanding
    level.buy_in += person.buy_in
    level.self_rated += self_rated(person.understanding, questions.self_rating)
    level.recall += recall_of_three(person.understanding, questions.recall_concentration)


def average(level: Level) -> None:
    """Sums become means."""
    people = float(level.people) if level.people > 0 else 1.0
    level.understanding = level.understanding / people
    level.buy_in = level.buy_in / people
    level.self_rated = level.self_rated / people
    level.recall = level.recall / people


def revise_guide(scenario: Scenario, firm: Firm) -> None:
    """Head office corrects what it believes of customers by the quarter's deals."""
    office = firm.office[0]
    office.guide_intercept = learned_intercept(
        office.guide_intercept, office.surprise, office.evidence, scenario.estimates.guide_caution
    )
    office.surprise = 0.0
    office.evidence = 0.0


def count_coverage(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """Which accounts that fit the strategy see their rep at least half as much as would be useful."""
    if is_target(scenario.market, customer.fit):
        firm.books[t].targets += 1
        if response(customer.attention, scenario.calls.half_response) >= 0.5:
            firm.books[t].covered += 1


def refresh(scenario: Scenario, firm: Firm) -> None:
    """Head office looks at the market again; what it changes must be understood anew."""
    changed = 0
    for customer in firm.customers:
        if look_again(customer, scenario, firm):
            changed += 1
    share = float(changed) / float(len(firm.customers)) if len(firm.customers) > 0 else 0.0
    firm.office[0].plan_changed = share
    if firm.ideal.plan_is_fresh:
        return
    for manager in firm.managers:
        forget_old_plan(manager, share, scenario, firm)
    for rep in firm.reps:
        forget_old_plan(rep, share, scenario, firm)


def forget_old_plan(person: Manager | Rep, changed: float, scenario: Scenario, firm: Firm) -> None:
    """What was understood of the old plan is in part no longer true."""
    if not firm.ideal.understood:
        person.understanding = understanding_after_refresh(
            person.understanding, scenario.planning.confusion, changed
        )


def drift(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """What suits a customer changes, whether or not the plan has noticed."""
    a, b, _, _ = draws(firm.luck, t, customer.id, DRIFT)
    customer.fit = fit_after_drift(customer.fit, scenario.market.fit_drift * normal(a, b))


def refresh_is_due(scenario: Scenario, firm: Firm, t: int) -> bool:
    """The strategy looks at the market when the plan starts, and then as often as it is renewed."""
    week_of_plan = t + 1 - scenario.organisation.burn_in_weeks
    if week_of_plan < 0:
        return False
    if firm.ideal.plan_is_fresh and (t + 1) % QUARTER == 0:
        return True
    months = scenario.planning.strategy_refresh_months
    return week_of_plan % weeks_between_refreshes(months) == 0


def carry_forward(firm: Firm, t: int) -> None:
    """The next week starts where this one ended."""
    if t + 1 < len(firm.books):
        firm.books[t + 1].open_at_end = firm.books[t].open_at_end
        firm.books[t + 1].operating_plan = firm.books[t].operating_plan


def plan_next_year(scenario: Scenario, firm: Firm, t: int) -> None:
    """Next year's operating plan and quotas come from this year's revenue, not from the promise."""
    revenue = 0.0
    for k in range(t + 1 - YEAR, t + 1):
        revenue += firm.books[k].revenue
    if t + 1 < len(firm.books):
        firm.books[t + 1].operating_plan = operating_plan(revenue, scenario.planning.growth)
        sort_all_accounts(firm)
        set_quotas(scenario, firm, t + 1)
