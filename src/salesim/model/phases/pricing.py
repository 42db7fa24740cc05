"""The price that a rep thinks best, given knowledge, conviction and pay."""

from ...rules.acceptance import alignment
from ...rules.arithmetic import at_least, sigmoid
from ...rules.by_deal import factor_of_band, has_bands, price_at_margin, sums_of_a_deal
from ...rules.curve import has_jumps
from ...rules.discounting import felt_cost, norm, price_at_reference
from ...rules.pay import credit_per_unit, price_for_credit
from ...rules.regime import price_within
from ...rules.second_chance import chance_at, gain_after_a_no, price_after_a_no, worth_of_a_second_chance
from ...rules.worth import kept_until
from ..accounts import planned_margin_of, planned_price_of
from ..books import Deal
from ..scenario import Scenario
from ..state import Customer, Firm, Rep
from .credit import credit_kept, pay_kept
from .due import extra_rate
from .foresight import (
    chance_above_draw,
    credit_of_period,
    credit_of_year,
    jumps_of_period,
    jumps_of_year,
    worth_in_a_fresh_period,
    worth_in_this_period,
    worth_when_that_ends,
)

BELOW_EDGE = 1.0 - 1e-6  # of the price at an edge: just below it
NO_WORTH = 1e-9  # a dollar that pays less than this pays nothing (USD per USD)


def want_price(
    rep: Rep, customer: Customer, deal: Deal, floor: float, scenario: Scenario, firm: Firm, t: int
) -> float:
    """The price that is best for the rep, given knowledge and pay (USD per unit)."""
    now, later = worth_to_the_rep(rep, deal, scenario, firm, t)
    deal.worth = pay_per_dollar(now, customer, scenario) if rep.staffed else 0.0
    sums = sums_per_unit(rep, customer, deal, scenario, t)
    kept = now * credit_kept(customer, scenario) * pay_kept(customer, scenario)
    if sums > 0.0 and deal.worth <= NO_WORTH:
        return price_for_sums(rep, deal, kept, sums, floor, scenario)
    if deal.worth < 0.0:
        return deal.listed
    deal.felt_cost = feel_cost(rep, deal, kept, scenario)
    if sums > 0.0:
        deal.felt_cost -= sums / deal.worth
    deal.felt_cost += worth_of_waiting(
        customer, deal, floor, pay_per_dollar(later, customer, scenario), scenario
    )
    best = best_so_far(customer, deal, deal.believed, scenario)
    if has_bands(scenario.by_deal):
        best = compare_bands(customer, deal, best, floor, scenario)
    looks_ahead = rep.staffed and not firm.ideal.calendar_ignored
    if customer.refused > 0.0 or not looks_ahead:
        return best
    return compare_jumps(rep, customer, deal, best, floor, scenario, firm, t)


def worth_to_the_rep(rep: Rep, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> tuple[float, float]:
    """Pay for a dollar of this deal's credit, in this period and in the next (USD per USD).

    Nobody is paid for what is sold from an empty seat.
    """
    if not rep.staffed:
        return 0.0, 0.0
    credit = deal.size * credit_at(planned_price_of(scenario), scenario)
    if firm.ideal.calendar_ignored:
        usual = worth_in_a_fresh_period(rep, credit, scenario, firm) - rep.shadow
        return usual, usual
    now = worth_in_this_period(rep, credit, scenario, firm, t) - rep.shadow
    return now, worth_when_that_ends(rep, credit, scenario, firm, t) - rep.shadow


def pay_per_dollar(worth: float, customer: Customer, scenario: Scenario) -> float:
    """What a dollar on the price pays the rep, margin and target accounts counted (USD per USD).

    As far as goods do not come back and the customer stays.
    """
    of_credit = 1.0 - scenario.pay.margin_weight + margin_part(scenario)
    a_dollar = worth * credit_kept(customer, scenario) * of_credit
    return (a_dollar + extra_rate(customer, scenario)) * pay_kept(customer, scenario)


def sums_per_unit(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, t: int) -> float:
    """Fixed sums for winning the deal, its margin aside (USD per unit)."""
    if not rep.staffed:
        return 0.0
    sums = sums_of_a_deal(scenario.by_deal, deal.size) / deal.size
    if sums <= 0.0:
        return 0.0
    return sums * chance_above_draw(rep, scenario, t) * pay_kept(customer, scenario)


def price_for_sums(
    rep: Rep, deal: Deal, worth: float, sums: float, floor: float, scenario: Scenario
) -> float:
    """Where a dollar on the price pays nothing, fixed sums are earned at the lowest price (USD per unit).

    If a sale costs the rep more than they pay, nobody is to buy: that is list.
    """
    deal.felt_cost = feel_cost(rep, deal, worth, scenario)
    return floor if sums + deal.worth * (floor - deal.felt_cost) > 0.0 else deal.listed


def margin_part(scenario: Scenario) -> float:
    """Credit that a dollar on the price, or off the cost, earns as margin (USD per USD)."""
    return scenario.pay.margin_weight / planned_margin_of(scenario)


def feel_cost(rep: Rep, deal: Deal, worth: float, scenario: Scenario) -> float:
    """Cost as the rep feels it, through pay and by conviction (USD per unit).

    Pay takes off for a dollar of cost what it gives for one of margin. Where a dollar is worth
    nothing to the rep, pay would divide price and cost as it does where it is worth little.
    """
    acting = alignment(rep.understanding, rep.buy_in)
    felt = norm(scenario.discounting, acting, scenario.estimates.pricing_participation)
    margins = margin_part(scenario)
    in_pay = margins / (1.0 - scenario.pay.margin_weight + margins)
    if deal.worth > 0.0:
        in_pay = worth * margins / deal.worth
    return felt_cost(deal.unit_cost, in_pay, felt)


def worth_of_waiting(
    customer: Customer, deal: Deal, floor: float, worth_later: float, scenario: Scenario
) -> float:
    """What the deal is still worth if it is not won now, at the best price allowed (USD per unit).

    The customer will then have declined the first price: only a lower one can win.
    """
    first = price_within(best_at_reference(deal, deal.believed, scenario), floor, deal.listed)
    if customer.quotes > 1 or first <= floor or deal.worth <= 0.0 or first <= deal.felt_cost:
        return 0.0
    second = at_least(price_after(first, deal, deal.believed, scenario), floor)
    gain = gain_after_a_no(
        chance_of(second, deal, deal.believed, scenario),
        chance_of(first, deal, deal.believed, scenario),
        second,
        deal.felt_cost,
    )
    chance = sigmoid(scenario.buying.inertia) * scenario.second_chance.comeback
    weeks = float(scenario.second_chance.reconsider_weeks)
    kept = kept_until(scenario.worth.later_discount, weeks)
    ratio = at_least(worth_later, 0.0) / deal.worth
    return worth_of_a_second_chance(chance * kept, gain, ratio)


def best_so_far(customer: Customer, deal: Deal, score: float, scenario: Scenario) -> float:
    """The best price, given the price that the customer has declined before, if any (USD per unit)."""
    if customer.refused > at_least(deal.felt_cost, 0.0):
        return price_after(customer.refused, deal, score, scenario)
    return best_at_reference(deal, score, scenario)


def best_at_reference(deal: Deal, score: float, scenario: Scenario) -> float:
    """The best price for the cost felt and the customer's reference (USD per unit)."""
    aversion = scenario.reference.loss_aversion
    return price_at_reference(score, deal.sensitivity, deal.felt_cost, deal.reference, aversion)


def price_after(refused: float, deal: Deal, score: float, scenario: Scenario) -> float:
    """The best price for a customer who has declined a higher one (USD per unit)."""
    aversion = scenario.reference.loss_aversion
    return price_after_a_no(score, deal.sensitivity, deal.felt_cost, refused, deal.reference, aversion)


def chance_of(price: float, deal: Deal, score: float, scenario: Scenario) -> float:
    """Win chance at a price, loss aversion counted (probability)."""
    aversion = scenario.reference.loss_aversion
    return chance_at(price, score, deal.sensitivity, deal.reference, aversion)


def compare_bands(customer: Customer, deal: Deal, best: float, floor: float, scenario: Scenario) -> float:
    """Factors by margin move no smooth optimum; an edge, or just below it, may beat it (USD per unit)."""
    chosen = best
    for margin in (scenario.by_deal.low_margin, scenario.by_deal.high_margin):
        edge = price_at_margin(margin, deal.unit_cost)
        for price in (edge, edge * BELOW_EDGE):
            if floor <= price <= deal.listed:
                so_far = price_within(chosen, floor, deal.listed)
                if gain_left(price, customer, deal, scenario) > gain_left(so_far, customer, deal, scenario):
                    chosen = price
    return chosen


def gain_left(price: float, customer: Customer, deal: Deal, scenario: Scenario) -> float:
    """What the rep expects of a price after one that was declined, if any (USD per unit)."""
    known = 0.0
    if customer.refused > at_least(deal.felt_cost, 0.0):
        known = chance_of(customer.refused, deal, deal.believed, scenario)
    gain = (chance_of(price, deal, deal.believed, scenario) - known) * (price - deal.felt_cost)
    return gain * factor_of_band(scenario.by_deal, price, deal.unit_cost)


def compare_jumps(
    rep: Rep,
    customer: Customer,
    deal: Deal,
    best: float,
    floor: float,
    scenario: Scenario,
    firm: Firm,
    t: int,
) -> float:
    """Where pay jumps, as for a bonus at quota, the price that just earns it may beat the smooth optimum.

    The candidates are the smooth optimum and the prices that just reach the next two jumps of the period
    and of the year (USD per unit).
    """
    usual = deal.size * credit_at(planned_price_of(scenario), scenario) * rep.own_part
    chosen = best
    if has_jumps(scenario.payout.by_period):
        low = credit_of_period(rep, usual, scenario, t)
        for jump in jumps_of_period(rep, low, scenario, t):
            chosen = better_of(chosen, jump - low, rep, customer, deal, floor, scenario, firm, t)
    if has_jumps(scenario.payout.by_year):
        low = credit_of_year(rep, usual, scenario, t)
        for jump in jumps_of_year(rep, low, scenario, t):
            chosen = better_of(chosen, jump - low, rep, customer, deal, floor, scenario, firm, t)
    return chosen


def better_of(
    chosen: float,
    missing: float,
    rep: Rep,
    customer: Customer,
    deal: Deal,
    floor: float,
    scenario: Scenario,
    firm: Firm,
    t: int,
) -> float:
    """The price chosen so far, or the one that earns just the missing credit if that is worth more."""
    price = price_for_credit(
        missing / (deal.size * rep.own_part),
        deal.unit_cost,
        planned_margin_of(scenario),
        scenario.pay.margin_weight,
    )
    if price < floor or price > deal.listed:
        return chosen
    so_far = price_within(chosen, floor, deal.listed)
    worth = worth_of_quoting(price, rep, customer, deal, scenario, firm, t)
    if worth > worth_of_quoting(so_far, rep, customer, deal, scenario, firm, t):
        return price
    return chosen


def worth_of_quoting(
    price: float, rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> float:
    """Expected pay for quoting a price, with the slope of pay over just this credit (USD per unit).

    Felt cost reckons with fixed sums by the slope at the planned price; they are as large by any other.
    """
    credit = deal.size * credit_at(price, scenario)
    worth = worth_in_this_period(rep, credit, scenario, firm, t) - rep.shadow
    slope = pay_per_dollar(worth, customer, scenario)
    expected = gain_of(price, deal, scenario) * slope
    sums = sums_per_unit(rep, customer, deal, scenario, t)
    if sums > 0.0:
        chance = chance_of(price, deal, deal.believed, scenario)
        factor = factor_of_band(scenario.by_deal, price, deal.unit_cost)
        expected += chance * factor * sums * (1.0 - slope / deal.worth)
    return expected


def gain_of(price: float, deal: Deal, scenario: Scenario) -> float:
    """What the rep expects of a price, given beliefs and conviction (USD per unit)."""
    gain = chance_of(price, deal, deal.believed, scenario) * (price - deal.felt_cost)
    return gain * factor_of_band(scenario.by_deal, price, deal.unit_cost)


def credit_at(price: float, scenario: Scenario) -> float:
    """What a unit at this price counts for in pay (USD)."""
    return credit_per_unit(
        price, scenario.market.unit_cost, planned_margin_of(scenario), scenario.pay.margin_weight
    )
