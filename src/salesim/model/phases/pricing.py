"""The price that a rep thinks best, by what he knows, feels and is paid."""

from ...rules.acceptance import alignment
from ...rules.arithmetic import at_least, sigmoid
from ...rules.discounting import (
    felt_cost,
    gain_at,
    norm,
    price_after_a_no,
    price_at_reference,
    worth_of_a_second_chance,
)
from ...rules.pay import credit_per_unit, leverage, price_for_credit
from ...rules.reference import sense_of_loss
from ...rules.regime import price_within
from ...rules.worth import kept_until
from ..accounts import planned_margin_of, planned_price_of
from ..scenario import Scenario
from ..state import Customer, Deal, Firm, Rep
from .foresight import (
    has_jumps,
    missing_for_the_period,
    missing_for_the_year,
    worth_in_a_fresh_period,
    worth_in_this_period,
)


def want_price(
    rep: Rep, customer: Customer, deal: Deal, floor: float, scenario: Scenario, firm: Firm, t: int
) -> float:
    """The price that is best for the rep, by what he knows and is paid (USD per unit)."""
    credit = deal.size * credit_at(planned_price_of(scenario), scenario)
    later = worth_in_a_fresh_period(rep, credit, scenario) - rep.shadow
    now = later
    if not firm.ideal.calendar_ignored:
        now = worth_in_this_period(rep, credit, scenario, t) - rep.shadow
    per_dollar = pay_per_dollar(now, customer, scenario)
    deal.felt_cost = 0.0
    if per_dollar <= 0.0:
        return deal.listed
    per_dollar_later = at_least(pay_per_dollar(later, customer, scenario), 0.0)
    deal.felt_cost = feel_cost(rep, deal, now * margin_part(scenario) / per_dollar, scenario)
    deal.felt_cost += worth_of_waiting(customer, deal, floor, per_dollar_later / per_dollar, scenario)
    if customer.refused > deal.felt_cost:
        return price_after_a_no(deal.believed, deal.sensitivity, deal.felt_cost, customer.refused)
    best = best_at_reference(deal, deal.believed, scenario)
    if firm.ideal.calendar_ignored or not has_jumps(scenario):
        return best
    return compare_jumps(rep, customer, deal, best, floor, scenario, t)


def pay_per_dollar(worth: float, customer: Customer, scenario: Scenario) -> float:
    """What a dollar on the price pays the rep, margin and target accounts counted (USD per USD)."""
    pay = scenario.pay
    extra = pay.target_rate * leverage(pay) if customer.planned_target else 0.0
    return worth * (1.0 - pay.margin_weight + margin_part(scenario)) + extra


def margin_part(scenario: Scenario) -> float:
    """Credit that a dollar on the price, or off the cost, earns as margin (USD per USD)."""
    return scenario.pay.margin_weight / planned_margin_of(scenario)


def feel_cost(rep: Rep, deal: Deal, share_in_pay: float, scenario: Scenario) -> float:
    """Cost as the rep feels it, through pay and by conviction (USD per unit).

    `share_in_pay` is what pay takes off for a dollar of cost, as a share of what it gives for a
    dollar on the price.
    """
    acting = alignment(rep.understanding, rep.buy_in)
    felt = norm(scenario.discounting, acting, scenario.estimates.pricing_participation)
    return felt_cost(deal.unit_cost, share_in_pay, felt)


def worth_of_waiting(
    customer: Customer, deal: Deal, floor: float, ratio: float, scenario: Scenario
) -> float:
    """What the deal is still worth if it is not won now, at the best price allowed (USD per unit).

    `ratio` is a dollar's worth then over its worth now.
    """
    chance = chance_of_a_second(customer, scenario)
    if chance <= 0.0:
        return 0.0
    best = price_within(best_at_reference(deal, deal.believed, scenario), floor, deal.listed)
    gain = gain_at(deal.believed, deal.sensitivity, deal.felt_cost, best)
    kept = kept_until(scenario.worth.later_discount, float(scenario.discounting.reconsider_weeks))
    return worth_of_a_second_chance(chance * kept, gain, ratio)


def chance_of_a_second(customer: Customer, scenario: Scenario) -> float:
    """Chance that a deal not won now comes back, once at most (probability)."""
    if customer.quotes > 1:
        return 0.0
    return sigmoid(scenario.buying.inertia) * scenario.discounting.comeback


def best_at_reference(deal: Deal, score: float, scenario: Scenario) -> float:
    """The best price for the cost felt and the customer's reference (USD per unit)."""
    aversion = scenario.reference.loss_aversion
    return price_at_reference(score, deal.sensitivity, deal.felt_cost, deal.reference, aversion)


def compare_jumps(
    rep: Rep, customer: Customer, deal: Deal, best: float, floor: float, scenario: Scenario, t: int
) -> float:
    """Where a bonus waits at quota, the price that just earns it may beat the smooth optimum.

    The candidates are the smooth optimum and the prices that just reach the quota of the period
    and of the year (USD per unit).
    """
    usual = deal.size * credit_at(planned_price_of(scenario), scenario)
    most = worth_of_quoting(price_within(best, floor, deal.listed), rep, customer, deal, scenario, t)
    chosen = best
    for by_year in range(2):
        missing = missing_for_the_period(rep, usual, scenario, t)
        if by_year == 1:
            missing = missing_for_the_year(rep, usual, scenario, t)
        price = price_for_credit(
            missing / deal.size, deal.unit_cost, planned_margin_of(scenario),
            scenario.pay.margin_weight,
        )
        if floor <= price <= deal.listed:
            worth = worth_of_quoting(price, rep, customer, deal, scenario, t)
            if worth > most:
                most = worth
                chosen = price
    return chosen


def worth_of_quoting(
    price: float, rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, t: int
) -> float:
    """Expected pay for quoting a price, with the slope of pay over just this credit (USD per unit)."""
    credit = deal.size * credit_at(price, scenario)
    worth = worth_in_this_period(rep, credit, scenario, t) - rep.shadow
    loss = sense_of_loss(scenario.reference, deal.sensitivity, price, deal.reference)
    gain = gain_at(deal.believed - loss, deal.sensitivity, deal.felt_cost, price)
    return gain * pay_per_dollar(worth, customer, scenario)


def credit_at(price: float, scenario: Scenario) -> float:
    """What a unit at this price counts for in pay (USD)."""
    return credit_per_unit(
        price, scenario.market.unit_cost, planned_margin_of(scenario), scenario.pay.margin_weight
    )
