"""Phase 5: customers answer, and think about the relationship."""

import math

from ...rules.arithmetic import exponential, sigmoid
from ...rules.buying import gumbel
from ...rules.by_deal import factor_of_band, sums_of_a_deal
from ...rules.calls import response
from ...rules.market import is_target
from ...rules.reference import reference_after, sense_of_loss, weight_left
from ...rules.relationship import leaving_probability, satisfaction_after_a_quarter
from ..accounts import arrive
from ..books import Deal
from ..calendar import QUARTER
from ..deals import AWAITING, LOST, NO_DECISION, RESTED, WON
from ..luck import CHURN, COMEBACK, DECISION, draws, uniform
from ..scenario import Scenario
from ..state import Customer, Firm, Rep
from .credit import bring_back, give_credit, may_come_back, put_at_risk, sold_by, take_back_pay
from .due import extra_rate, money_of_a_deal, rate_of_new
from .periods import period_begins


def decide(scenario: Scenario, firm: Firm, t: int) -> None:
    """Customers buy, buy elsewhere, let it rest or drop it; once a quarter they may leave."""
    if scenario.returns.chance > 0.0:
        for customer in firm.customers:
            if customer.return_week == t:
                bring_back(customer, scenario, firm, t)
    keeping = firm.keeping[0]
    for k in range(keeping.first_row, keeping.deal_rows):
        deal = firm.deals[k]
        if deal.outcome != AWAITING:
            answer(firm.customers[deal.account], deal, scenario, firm, t)
    for k in range(t % QUARTER, len(firm.customers), QUARTER):
        reconsider(firm.customers[k], scenario, firm, t)


def answer(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """The customer answers a quote; the opportunity is over unless it rests."""
    book = firm.books[t]
    rep = firm.reps[deal.rep]
    deal.outcome = choose(customer, deal, scenario, firm)
    if deal.outcome == NO_DECISION and comes_back(customer, scenario, firm):
        deal.outcome = RESTED
    learn_from_answer(deal, scenario, firm)
    rep.decided += 1
    customer.is_open = deal.outcome == RESTED
    if deal.at_floor:
        book.at_floor += 1
    if deal.outcome == WON:
        book.won += 1
        book_sale(rep, customer, deal, firm.pay_plans[rep.pay_plan], firm, t)
    elif deal.outcome == LOST:
        book.lost += 1
    elif deal.outcome == NO_DECISION:
        book.no_decision += 1
    else:
        book.rested += 1
        rest(customer, deal, scenario, t)


def choose(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm) -> int:
    """The best of our offer, the rival's and doing nothing, tastes included (outcome code).

    Tastes belong to the opportunity: another quote for it meets the same.
    """
    inertia = scenario.buying.inertia
    a, b, c, _ = draws(firm.luck, customer.need, customer.id, DECISION)
    loss = sense_of_loss(scenario.reference, deal.sensitivity, deal.price, deal.reference)
    against_both = deal.score - deal.sensitivity * deal.price - loss
    ours = against_both + math.log(1.0 + exponential(inertia)) + gumbel(a)
    rivals = gumbel(b)
    nothing = inertia + gumbel(c)
    if ours >= rivals and ours >= nothing:
        return WON
    if rivals >= nothing:
        return LOST
    return NO_DECISION


def comes_back(customer: Customer, scenario: Scenario, firm: Firm) -> bool:
    """Whether a customer who does nothing now takes the matter up again, once at most."""
    if customer.quotes > 1:
        return False
    return uniform(firm.luck, customer.need, customer.id, COMEBACK) < scenario.second_chance.comeback


def rest(customer: Customer, deal: Deal, scenario: Scenario, t: int) -> None:
    """The matter rests some weeks; the price that was declined is known to both."""
    customer.refused = deal.price
    customer.not_before = t + scenario.second_chance.reconsider_weeks
    customer.natural_week = customer.not_before
    customer.ready_week = customer.not_before


def learn_from_answer(deal: Deal, scenario: Scenario, firm: Firm) -> None:
    """Head office compares the answer with what it would have expected."""
    office = firm.office[0]
    sensitivity = scenario.buying.price_coefficient
    chance = sigmoid(deal.guide_score + office.guide_intercept - sensitivity * deal.price)
    won = 1.0 if deal.outcome == WON else 0.0
    office.surprise += won - chance
    office.evidence += chance * (1.0 - chance)


def book_sale(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """A sale goes into the ledger, its credit to the rep, and its price into memory."""
    book = firm.books[t]
    revenue = deal.size * deal.price
    if rep.staffed:
        note_pay_by_deal(rep, customer, deal, scenario, t)
        give_credit(rep, deal.credit, scenario, firm)
        sold_by(rep, customer)
        rep.industries = rep.industries | (1 << customer.industry)
        if customer.planned_target:
            rep.target_this_week += revenue
    book.units += deal.size
    book.list_value += deal.size * deal.listed
    book.revenue += revenue
    book.unit_cost += deal.size * deal.unit_cost
    book.serving_cost += deal.size * deal.serving_cost
    book.credited += deal.credit
    overlay = scenario.team_pay.overlay_rate * revenue
    book.overlay_pay += overlay
    book.variable_pay += overlay
    book.on_target_pay += overlay
    if is_target(scenario.market, customer.fit):
        book.target_revenue += revenue
    natural, here = period_begins(scenario, deal.natural_week), period_begins(scenario, t)
    if natural > here:
        book.pulled_forward += revenue
    elif natural < here:
        book.held_back += revenue
    further = weight_left(scenario.reference.weight_of_paid, scenario.reference.weight_of_quoted)
    customer.reference = reference_after(customer.reference, deal.price, further)
    customer.contract_price = deal.price
    customer.contract_week = t
    may_come_back(customer, deal, scenario, firm, t)


def note_pay_by_deal(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, t: int) -> None:
    """What the deal pays beside its credit, and what its margin makes of all its pay."""
    revenue, sums = deal.size * deal.price, sums_of_a_deal(scenario.by_deal, deal.size)
    rep.deal_pay_this_week += sums + rate_of_new(customer, scenario) * revenue
    more = factor_of_band(scenario.by_deal, deal.price, deal.unit_cost) - 1.0
    at_risk = scenario.clawback.clawback_weeks > 0 or customer.at_risk > 0.0
    if more == 0.0 and not at_risk:
        return
    credit = deal.credit * rep.own_part
    by_curve = money_of_a_deal(rep, credit, scenario, t)
    beside = sums + extra_rate(customer, scenario) * revenue
    if more != 0.0:
        rep.deal_pay_this_week += more * beside
        rep.band_pay_this_week += more * by_curve
        rep.band_credit_this_week += more * credit
    if at_risk:
        put_at_risk(rep, customer, (1.0 + more) * (by_curve + beside), scenario, t)


def reconsider(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """Satisfaction follows fit, service and contact; the unhappy leave, if nothing is talked over."""
    responding = response(customer.attention, scenario.calls.half_response)
    customer.satisfaction = satisfaction_after_a_quarter(
        scenario.relationship,
        customer.satisfaction,
        customer.fit,
        responding,
        firm.reps[customer.rep].service,
    )
    chance = leaving_probability(scenario.relationship, customer.satisfaction, float(QUARTER))
    if not customer.is_open and uniform(firm.luck, t, customer.id, CHURN) < chance:
        firm.books[t].churned += 1
        take_back_pay(customer, firm, t)
        customer.generation += 1
        arrive(customer, scenario, firm)
