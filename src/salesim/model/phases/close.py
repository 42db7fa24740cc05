"""Phase 9: the week's books, the quarter's drift and the year's plan."""

from ...rules.market import fit_after_drift
from ...rules.planning import operating_plan, weeks_between_refreshes
from ..accounts import look_again, set_quotas, sort_all_accounts
from ..calendar import QUARTER, YEAR
from ..luck import DRIFT, draws, normal
from ..scenario import Scenario
from ..state import Customer, Firm


def close_books(scenario: Scenario, firm: Firm, t: int) -> None:
    """The ledger is closed; markets drift by quarters, plans and quotas are renewed by years."""
    add_up(firm, t)
    survey(firm, t)
    firm.books[t].week = t
    if (t + 1) % QUARTER == 0:
        for customer in firm.customers:
            drift(customer, scenario, firm, t)
    if refresh_is_due(scenario, firm, t):
        for customer in firm.customers:
            look_again(customer, scenario)
    carry_forward(firm, t)
    if (t + 1) % YEAR == 0:
        plan_next_year(scenario, firm, t)


def add_up(firm: Firm, t: int) -> None:
    """Contribution is what is left of revenue after the costs that follow it."""
    book = firm.books[t]
    book.open_at_end += book.opened - book.quoted - book.lapsed
    costs = book.unit_cost + book.serving_cost + book.variable_pay
    book.contribution = book.revenue - costs


def survey(firm: Firm, t: int) -> None:
    """Averages over the people who are there."""
    book = firm.books[t]
    for rep in firm.reps:
        if rep.staffed:
            book.staffed += 1
            book.understanding += rep.understanding
            book.buy_in += rep.buy_in
            book.skill += rep.skill
            book.intensity += rep.intensity
    if book.staffed > 0:
        people = float(book.staffed)
        book.understanding = book.understanding / people
        book.buy_in = book.buy_in / people
        book.skill = book.skill / people
        book.intensity = book.intensity / people
    total = 0.0
    for manager in firm.managers:
        total += manager.understanding
    book.managers_understanding = total / float(len(firm.managers))


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
        firm.books[t + 1].deals = firm.books[t].deals
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
