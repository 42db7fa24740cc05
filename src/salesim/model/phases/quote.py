"""Phase 4: ready deals get a price."""

from ...rules.buying import (
    ability_utility,
    care_utility,
    relationship_utility,
    utility_without_price,
    win_score,
)
from ...rules.calls import response
from ...rules.discounting import price_at_reference
from ...rules.estimates import head_office_error, prior_spread, rep_error, shrunken_estimate
from ...rules.intensity import utility_of_intensity
from ...rules.market import account_value, serving_cost
from ...rules.reference import expected_price, reference_after
from ...rules.regime import (
    BOUNDED,
    DELEGATED,
    GUIDED,
    LIST_ONLY,
    floor_price,
    floor_with_contract,
    list_price,
    price_within,
)
from ...rules.reviews import skill_at_hand
from ...rules.selling import perceived_value, value_selling
from ...rules.timing import cost_of_date, gap_after_a_price, usual_cut_after
from ..books import Deal
from ..deals import AWAITING, UNDECIDED
from ..luck import ESTIMATE, PRICE_TEST, draws, normal
from ..scenario import Scenario
from ..state import Customer, Firm, Rep
from .due import weeks_left
from .price_approval import ask
from .pricing import best_so_far, credit_at, want_price


def quote(scenario: Scenario, firm: Firm, t: int) -> None:
    """A ready deal gets a price: by list, guide or authority, or after asking the manager."""
    keeping = firm.keeping[0]
    for k in range(keeping.first_row, keeping.deal_rows):
        deal = firm.deals[k]
        rep = firm.reps[deal.rep]
        customer = firm.customers[deal.account]
        describe(deal, rep, customer, scenario, firm, t)
        own = firm.pay_plans[rep.pay_plan]
        settle_price(rep, customer, deal, own, firm, t)
        if deal.outcome == AWAITING:
            firm.books[t].awaiting += 1
        else:
            name_price(rep, customer, deal, own, firm, t)


def name_price(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """The customer hears the price."""
    firm.books[t].quoted += 1
    vary_to_learn(customer, deal, scenario, firm, t)
    deal.credit = deal.size * credit_at(deal.price, scenario) if rep.staffed else 0.0
    remember_price(rep, customer, deal, scenario, t)


def describe(deal: Deal, rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """What is true of the deal, and what rep and head office believe of it."""
    deal.outcome = UNDECIDED
    deal.unit_cost = scenario.market.unit_cost
    deal.serving_cost = serving_cost(scenario.market, customer.fit)
    deal.listed = list_price(scenario.market.list_price, scenario.regime.list_price_change)
    deal.reference = expected_price(customer.reference, customer.trust, scenario.reference.entitlement)
    deal.argued = show_value(rep, scenario, firm)
    deal.score = judge_chances(rep, customer, deal.argued, scenario)
    moved = cost_of_date(scenario.timing.waiting_cost, t, deal.natural_week)
    deal.score -= deal.sensitivity * moved
    deal.price = 0.0
    deal.credit = 0.0
    deal.worth = 0.0
    deal.felt_cost = 0.0
    deal.asked = False
    deal.granted = False
    deal.tested = False
    deal.at_floor = False
    guess_value(deal, customer, scenario, firm)


def show_value(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """How well the rep shows what the offer is worth (share)."""
    if firm.ideal.value_argued:
        return 1.0
    skill = skill_at_hand(rep.skill, rep.fresh)
    return value_selling(scenario.selling, skill, rep.understanding, rep.articulation)


def judge_chances(rep: Rep, customer: Customer, argued: float, scenario: Scenario) -> float:
    """Everything but price that speaks for the deal: A in the win chance sigmoid(A - B * price)."""
    buying = scenario.buying
    skill = skill_at_hand(rep.skill, rep.fresh)
    person = (
        utility_of_intensity(scenario.effort, rep.intensity)
        + ability_utility(buying, rep.ability)
        + care_utility(buying, rep.service, customer.satisfaction)
    )
    responding = response(customer.attention, scenario.calls.half_response)
    relationship = relationship_utility(buying, responding, customer.trust, skill, person)
    perceived = perceived_value(scenario.selling, customer.value, argued)
    utility = utility_without_price(buying, customer.sensitivity, perceived, relationship)
    return win_score(buying, utility)


def guess_value(deal: Deal, customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """Rep and head office each see what the offer is worth with an error, and make the best of it."""
    market, estimates = scenario.market, scenario.estimates
    a, b, c, d = draws(firm.luck, customer.need, customer.id, ESTIMATE)
    truth = customer.value - account_value(market, customer.fit, 0.0)
    spread = prior_spread(market.value_spread, market.deal_value_spread)
    reps = shrunken_estimate(truth, normal(a, b), spread, rep_error(estimates, customer.known))
    error_sd = head_office_error(estimates, firm.office[0].tests)
    offices = shrunken_estimate(truth, normal(c, d), spread, error_sd)
    error = account_value(market, customer.fit, reps) - customer.value
    deal.believed = deal.score + deal.sensitivity * perceived_value(scenario.selling, error, deal.argued)
    guide_deal(deal, account_value(market, customer.planned_fit, offices), customer, scenario, firm)


def guide_deal(deal: Deal, value: float, customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """Head office's own optimum, from what it knows of the account and has learned from deals."""
    market = scenario.market
    sensitivity = scenario.buying.price_coefficient
    deal.guide_score = sensitivity * perceived_value(scenario.selling, value, 0.5)
    cost = market.unit_cost + serving_cost(market, customer.planned_fit)
    score = deal.guide_score + firm.office[0].guide_intercept
    wanted = price_at_reference(score, sensitivity, cost, deal.listed, 0.0)
    deal.guide = price_within(wanted, 0.0, deal.listed)


def settle_price(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """The regime says who decides; below the floor the manager is asked, if that pays."""
    regime = scenario.regime.price_regime
    deal.own_floor = own_floor(deal, scenario)
    if firm.ideal.best_prices:
        deal.felt_cost = deal.unit_cost + deal.serving_cost
        deal.wanted = best_so_far(customer, deal, deal.score, scenario)
        deal.price = price_within(deal.wanted, 0.0, deal.listed)
        return
    floor = floor_of(customer, deal, scenario, t)
    deal.wanted = want_price(rep, customer, deal, floor, scenario, firm, t)
    if regime in (LIST_ONLY, GUIDED):
        deal.price = floor
        return
    if deal.wanted < floor:
        ask(rep, customer, deal, floor, scenario, firm, t)
    customer.asked = deal.outcome == AWAITING
    if customer.asked:
        return
    lowest = 0.0 if deal.granted else floor
    deal.price = price_within(deal.wanted, lowest, ceiling_of(deal, scenario))
    deal.at_floor = deal.price <= floor and not deal.granted


def own_floor(deal: Deal, scenario: Scenario) -> float:
    """The lowest price within authority; list or guide themselves where they bind (USD per unit)."""
    regime = scenario.regime
    if regime.price_regime == LIST_ONLY:
        return deal.listed
    if regime.price_regime == GUIDED:
        return deal.guide
    start = deal.listed if regime.price_regime == DELEGATED else deal.guide
    return floor_price(start, regime.discount_authority)


def floor_of(customer: Customer, deal: Deal, scenario: Scenario, t: int) -> float:
    """The lowest price that needs no asking, what the customer paid last counted (USD per unit)."""
    regime = scenario.regime
    if regime.price_regime in (LIST_ONLY, GUIDED):
        return deal.own_floor
    return floor_with_contract(regime, deal.own_floor, customer.contract_price, t - customer.contract_week)


def ceiling_of(deal: Deal, scenario: Scenario) -> float:
    """The highest price that may be quoted: list, or so much above the guide (USD per unit)."""
    if scenario.regime.price_regime != BOUNDED:
        return deal.listed
    above = deal.guide * (1.0 + scenario.regime.discount_authority)
    return price_within(above, 0.0, deal.listed)


def vary_to_learn(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """Some first prices are varied at random, because only that tells what another would do.

    Head office tests below the floor as well, and never above list.
    """
    estimates = scenario.estimates
    if estimates.price_test_share <= 0.0 or firm.ideal.best_prices or customer.quotes > 1:
        return
    chosen, side, _, _ = draws(firm.luck, customer.need, customer.id, PRICE_TEST)
    if chosen < estimates.price_test_share:
        change = estimates.price_test_size if side < 0.5 else -estimates.price_test_size
        varied = price_within(deal.price * (1.0 + change), 0.0, deal.listed)
        if varied != deal.price:
            deal.price = varied
            deal.tested = True
            deal.at_floor = False
            firm.office[0].tests += 1.0
            firm.books[t].tested += 1


def remember_price(rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, t: int) -> None:
    """Prices that customers see become what they expect, and near a period's end teach them to wait."""
    cut = customer.reference - deal.price
    if weeks_left(scenario, t) <= float(scenario.timing.end_weeks):
        customer.gap = gap_after_a_price(customer.gap, cut, rep.usual_cut, scenario.timing.learning)
    else:
        rep.usual_cut = usual_cut_after(rep.usual_cut, cut)
    customer.reference = reference_after(
        customer.reference, deal.price, scenario.reference.weight_of_quoted
    )
