"""The week: who acts when. This order is the model's; everything else hangs on it."""

from .accounts import keep_quotas, set_quotas
from .asking import foresee_quotas
from .initialise import initialise
from .phases.close import close_books
from .phases.communicate import communicate
from .phases.decide import decide
from .phases.learn import learn
from .phases.pay import expect_as_planned, pay
from .phases.plan import plan
from .phases.quote import quote
from .phases.staff import staff
from .phases.work import work
from .scenario import Scenario
from .start import start_plan
from .state import Firm


def week(scenario: Scenario, firm: Firm, t: int) -> None:
    """One week in the life of the firm."""
    open_week(scenario, firm, t)
    communicate(scenario, firm, t)
    for manager in firm.managers:
        if manager.level == 1:
            plan(manager, scenario, firm, t)
            work(manager, scenario, firm, t)
    quote(scenario, firm, t)
    decide(scenario, firm, t)
    pay(scenario, firm, t)
    learn(scenario, firm, t)
    staff(scenario, firm, t)
    close_books(scenario, firm, t)


def open_week(scenario: Scenario, firm: Firm, t: int) -> None:
    """Rows for deals are found, the plan starts on its day, quotas are noted, newcomers read theirs."""
    keeping = firm.keeping[0]
    if not keeping.every_deal:
        keeping.deal_rows = 0
    keeping.first_row = keeping.deal_rows
    if t == scenario.organisation.burn_in_weeks:
        start_plan(scenario, firm, t)
    if t == keeping.quotas_begin:
        set_quotas(scenario, firm, t)
    keep_quotas(firm, t)
    foresee_quotas(scenario, firm, t)
    for rep in firm.reps:
        if rep.staffed and rep.tenure == 0:
            expect_as_planned(rep, firm.pay_plans[rep.pay_plan])


def missing_deals(firm: Firm, t: int) -> int:
    """Rows that the deal table may lack for week t: every open opportunity may get a price."""
    keeping = firm.keeping[0]
    used = keeping.deal_rows if keeping.every_deal else 0
    return used + firm.books[t].open_at_end - len(firm.deals)


def missing_years(firm: Firm) -> int:
    """Rows that the table of years may lack for a week: everybody's year may end."""
    return firm.keeping[0].year_rows + len(firm.reps) - len(firm.years)


def live(scenario: Scenario, firm: Firm, first: int, last: int) -> int:
    """Simulate the weeks from first to last, and return the week that was reached.

    It stops early when a table could overflow in the next week: the caller makes room and calls
    again.
    """
    if first == 0:
        initialise(scenario, firm)
    for t in range(first, last):
        if missing_deals(firm, t) > 0 or missing_years(firm) > 0:
            return t
        week(scenario, firm, t)
    return last
