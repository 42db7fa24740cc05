"""Phase 5: customers answer, and think about the relationship."""

import math

from ...rules.arithmetic import exponential
from ...rules.buying import gumbel
from ...rules.calls import response
from ...rules.market import is_target
from ...rules.relationship import leaving_probability, satisfaction_after_a_quarter
from ..accounts import arrive
from ..calendar import QUARTER
from ..luck import CHURN, DECISION, draws, uniform
from ..scenario import Scenario
from ..state import Customer, Deal, Firm, Rep

WON, LOST, NO_DECISION = 1, 2, 3


def decide(scenario: Scenario, firm: Firm, t: int) -> None:
    """Customers buy, buy elsewhere or let it rest; once a quarter they may leave."""
    book = firm.books[t]
    for k in range(book.deals - book.quoted, book.deals):
        deal = firm.deals[k]
        answer(firm.customers[deal.account], deal, scenario, firm, t)
    for k in range(t % QUARTER, len(firm.customers), QUARTER):
        reconsider(firm.customers[k], scenario, firm, t)


def answer(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """The customer answers a quote, and the opportunity is over."""
    book = firm.books[t]
    rep = firm.reps[deal.rep]
    deal.outcome = choose(customer, deal, scenario, firm)
    rep.decided += 1
    if deal.outcome == WON:
        book.won += 1
        book_sale(rep, customer, deal, scenario, firm, t)
    elif deal.outcome == LOST:
        book.lost += 1
    else:
        book.no_decision += 1
    customer.is_open = False


def choose(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm) -> int:
    """The best of our offer, the rival's and doing nothing, tastes included (outcome code)."""
    inertia = scenario.buying.inertia
    a, b, c, _ = draws(firm.luck, customer.need, customer.id, DECISION)
    against_both = deal.score - deal.sensitivity * deal.price
    ours = against_both + math.log(1.0 + exponential(inertia)) + gumbel(a)
    rivals = gumbel(b)
    nothing = inertia + gumbel(c)
    if ours >= rivals and ours >= nothing:
        return WON
    if rivals >= nothing:
        return LOST
    return NO_DECISION


def book_sale(
    rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> None:
    """A sale goes into the ledger, and its credit to the rep."""
    book = firm.books[t]
    revenue = deal.size * deal.price
    rep.credited += deal.credit
    rep.credited_this_week += deal.credit
    book.units += deal.size
    book.list_value += deal.size * scenario.market.list_price
    book.revenue += revenue
    book.unit_cost += deal.size * deal.unit_cost
    book.serving_cost += deal.size * deal.serving_cost
    book.credited += deal.credit
    if is_target(scenario.market, customer.fit):
        book.target_revenue += revenue


def reconsider(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """Satisfaction follows fit and contact; the unhappy leave, unless a deal is being talked over."""
    responding = response(customer.attention, scenario.calls.half_response)
    customer.satisfaction = satisfaction_after_a_quarter(
        scenario.relationship, customer.satisfaction, customer.fit, responding
    )
    chance = leaving_probability(scenario.relationship, customer.satisfaction, float(QUARTER))
    if not customer.is_open and uniform(firm.luck, t, customer.id, CHURN) < chance:
        firm.books[t].churned += 1
        customer.generation += 1
        arrive(customer, scenario, firm)
