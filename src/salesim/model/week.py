"""The week: who acts when. This order is the model's; everything else hangs on it."""

from collections.abc import Sequence

from .founding import found
from .phases.close import close_books
from .phases.communicate import communicate
from .phases.decide import decide
from .phases.learn import learn
from .phases.pay import pay
from .phases.plan import plan
from .phases.quote import quote
from .phases.staff import staff
from .phases.work import work
from .scenario import Scenario
from .start import start_plan
from .state import Customer, Deal, Firm, Ideal, Level, Luck, Manager, Office, Rep, RepYear, Week


def week(scenario: Scenario, firm: Firm, t: int) -> None:
    """One week in the life of the firm."""
    if t == scenario.organisation.burn_in_weeks:
        start_plan(scenario, firm, t)
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


def live(
    scenario: Scenario,
    seed: int,
    replicate: int,
    ideal: Ideal,
    managers: Sequence[Manager],
    reps: Sequence[Rep],
    customers: Sequence[Customer],
    order: list[int],
    deals: Sequence[Deal],
    books: Sequence[Week],
    levels: Sequence[Level],
    years: Sequence[RepYear],
    office: Sequence[Office],
    quotas: list[float],
    first: int,
    last: int,
) -> int:
    """Live through the weeks from first to last, and return the week that was reached.

    It stops early when the deal table could overflow in the next week: the caller makes room and
    calls again.
    """
    firm = Firm(
        Luck(seed, replicate), ideal, managers, reps, customers, order, deals, books, levels, years,
        office, quotas,
    )
    if first == 0:
        found(scenario, firm)
    for t in range(first, last):
        if books[t].deals + len(customers) > len(deals):
            return t
        week(scenario, firm, t)
    return last
