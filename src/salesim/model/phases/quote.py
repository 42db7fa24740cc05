"""Phase 4: ready deals get a price."""

from ...rules.acceptance import alignment
from ...rules.approval import cost_of_asking, grant_probability, is_worth_asking
from ...rules.arithmetic import at_least, sigmoid
from ...rules.buying import (
    ability_utility,
    care_utility,
    relationship_utility,
    utility_without_price,
    win_score,
)
from ...rules.calls import response
from ...rules.discounting import (
    felt_cost,
    gain_at,
    norm,
    price_after_a_no,
    price_at_reference,
    worth_of_a_second_chance,
)
from ...rules.estimates import head_office_error, rep_error, shrunken_estimate
from ...rules.intensity import utility_of_intensity
from ...rules.market import account_value, serving_cost
from ...rules.pay import credit_per_unit, leverage, target_incentive
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
from ...rules.timing import gap_after_a_price
from ...rules.worth import kept_until
from ..accounts import planned_margin_of, planned_price_of
from ..luck import APPROVAL, ESTIMATE, PRICE_TEST, draws, normal
from ..scenario import Scenario
from ..state import Customer, Deal, Firm, Manager, Rep
from .foresight import weeks_left, worth_in_a_fresh_period, worth_in_this_period


def quote(scenario: Scenario, firm: Firm, t: int) -> None:
    """A ready deal gets a price: by list, guide or authority, or after asking the manager."""
    book = firm.books[t]
    for k in range(book.deals - book.quoted, book.deals):
        deal = firm.deals[k]
        rep = firm.reps[deal.rep]
        customer = firm.customers[deal.account]
        describe(deal, rep, customer, scenario, firm)
        settle_price(rep, customer, deal, scenario, firm, t)
        vary_to_learn(customer, deal, scenario, firm, t)
        deal.credit = deal.size * credit_at(deal.price, scenario) if rep.staffed else 0.0
        remember_price(customer, deal, scenario, t)


def describe(deal: Deal, rep: Rep, customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """What is true of the deal, and what head office believes of it."""
    deal.unit_cost = scenario.market.unit_cost
    deal.serving_cost = serving_cost(scenario.market, customer.fit)
    deal.listed = list_price(scenario.market.list_price, scenario.regime.list_price_change)
    deal.reference = expected_price(
        customer.reference, customer.trust, scenario.reference.entitlement
    )
    deal.score = judge_chances(rep, customer, scenario, firm)
    deal.asked = False
    deal.granted = False
    deal.tested = False
    deal.at_floor = False
    guide_deal(deal, customer, scenario, firm)


def judge_chances(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm) -> float:
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
    perceived = perceived_value(scenario.selling, customer.value, argued(rep, scenario, firm))
    utility = utility_without_price(buying, customer.sensitivity, perceived, relationship)
    return win_score(buying, utility)


def argued(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """How well the rep shows what the offer is worth (share)."""
    if firm.ideal.value_argued:
        return 1.0
    skill = skill_at_hand(rep.skill, rep.fresh)
    return value_selling(scenario.selling, skill, rep.understanding, rep.articulation)


def guide_deal(deal: Deal, customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """Head office's own optimum, from what it knows of the account and has learned from deals."""
    market = scenario.market
    sensitivity = scenario.buying.price_coefficient
    value = account_value(market, customer.planned_fit, guess(customer, False, scenario, firm))
    deal.guide_score = sensitivity * perceived_value(scenario.selling, value, 0.5)
    cost = market.unit_cost + serving_cost(market, customer.planned_fit)
    score = deal.guide_score + firm.office[0].guide_intercept
    wanted = price_at_reference(score, sensitivity, cost, deal.listed, 0.0)
    deal.guide = price_within(wanted, 0.0, deal.listed)


def guess(customer: Customer, by_rep: bool, scenario: Scenario, firm: Firm) -> float:
    """What rep or head office thinks the offer is worth beyond what fit explains (USD per unit)."""
    market = scenario.market
    a, b, c, d = draws(firm.luck, customer.need, customer.id, ESTIMATE)
    truth = customer.value - account_value(market, customer.fit, 0.0)
    spread = market.value_spread + market.deal_value_spread
    if by_rep:
        error_sd = rep_error(scenario.estimates, customer.known)
        return shrunken_estimate(truth, normal(a, b), spread, error_sd)
    error_sd = head_office_error(scenario.estimates, firm.office[0].tests)
    return shrunken_estimate(truth, normal(c, d), spread, error_sd)


def settle_price(
    rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> None:
    """The regime says who decides; below the floor the manager is asked, if that pays."""
    regime = scenario.regime.price_regime
    if firm.ideal.best_prices:
        cost = deal.unit_cost + deal.serving_cost
        deal.wanted = expected_best(deal.score, cost, deal, scenario)
        deal.price = price_within(deal.wanted, 0.0, deal.listed)
        return
    floor = floor_of(customer, deal, scenario, t)
    deal.wanted = want_price(rep, customer, deal, floor, scenario, firm, t)
    if regime == LIST_ONLY or regime == GUIDED:
        deal.price = floor
        return
    if deal.wanted < floor:
        ask(rep, customer, deal, floor, scenario, firm, t)
    highest = deal.listed
    if regime == BOUNDED:
        highest = price_within(deal.guide * (1.0 + scenario.regime.discount_authority), 0.0, highest)
    lowest = 0.0 if deal.granted else floor
    deal.price = price_within(deal.wanted, lowest, highest)
    deal.at_floor = deal.price <= floor


def floor_of(customer: Customer, deal: Deal, scenario: Scenario, t: int) -> float:
    """The lowest price that needs no asking; list or guide themselves where they bind (USD per unit)."""
    regime = scenario.regime
    if regime.price_regime == LIST_ONLY:
        return deal.listed
    if regime.price_regime == GUIDED:
        return deal.guide
    start = deal.listed if regime.price_regime == DELEGATED else deal.guide
    floor = floor_price(start, regime.discount_authority)
    return floor_with_contract(regime, floor, customer.contract_price, t - customer.contract_week)


def want_price(
    rep: Rep, customer: Customer, deal: Deal, floor: float, scenario: Scenario, firm: Firm, t: int
) -> float:
    """The price that is best for the rep, by what he knows and is paid (USD per unit)."""
    margin = planned_margin_of(scenario)
    w = scenario.pay.margin_weight
    credit = deal.size * credit_at(planned_price_of(scenario), scenario)
    later = worth_in_a_fresh_period(rep, credit, scenario) - rep.shadow
    now = worth_in_this_period(rep, credit, scenario, t) - rep.shadow
    if firm.ideal.calendar_ignored:
        now = later
    extra = scenario.pay.target_rate * leverage(scenario.pay) if customer.planned_target else 0.0
    per_dollar = now * (1.0 - w + w / margin) + extra
    if per_dollar <= 0.0:
        return deal.listed
    per_dollar_later = at_least(later * (1.0 - w + w / margin) + extra, 0.0)
    acting = alignment(rep.understanding, rep.buy_in)
    felt = norm(scenario.discounting, acting, scenario.estimates.pricing_participation)
    cost = felt_cost(deal.unit_cost, now * w / margin / per_dollar, felt)
    score = deal.score + believed_too_much(rep, customer, deal, scenario, firm)
    chance = chance_of_a_second(scenario, customer)
    best = price_within(expected_best(score, cost, deal, scenario), floor, deal.listed)
    gain = gain_at(score, deal.sensitivity, cost, best)
    kept = kept_until(scenario.worth.later_discount, float(scenario.discounting.reconsider_weeks))
    cost += worth_of_a_second_chance(chance * kept, gain, per_dollar_later / per_dollar)
    if customer.refused > cost:
        return price_after_a_no(score, deal.sensitivity, cost, customer.refused)
    return expected_best(score, cost, deal, scenario)


def expected_best(score: float, cost: float, deal: Deal, scenario: Scenario) -> float:
    """The best price for this cost and the customer's reference (USD per unit)."""
    aversion = scenario.reference.loss_aversion
    return price_at_reference(score, deal.sensitivity, cost, deal.reference, aversion)


def believed_too_much(
    rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm
) -> float:
    """How far the rep's idea of the customer's value is from the truth (utility)."""
    believed = account_value(scenario.market, customer.fit, guess(customer, True, scenario, firm))
    error = believed - customer.value
    return deal.sensitivity * perceived_value(scenario.selling, error, argued(rep, scenario, firm))


def chance_of_a_second(scenario: Scenario, customer: Customer) -> float:
    """Chance that a deal not won now comes back, once at most (probability)."""
    if customer.quotes > 1:
        return 0.0
    nothing = sigmoid(scenario.buying.inertia)
    return nothing * scenario.discounting.comeback


def ask(
    rep: Rep, customer: Customer, deal: Deal, floor: float, scenario: Scenario, firm: Firm, t: int
) -> None:
    """The rep asks the manager for a lower price, where that is worth the hours."""
    manager = firm.managers[rep.manager]
    chance = grant_probability(scenario.approval.approval_leniency, manager.understanding)
    deal.asked = customer.asked or decide_to_ask(rep, deal, floor, chance, scenario, firm, t)
    if deal.asked:
        deal.granted = rule_on_request(manager, customer, chance, firm)
        if not customer.asked:
            account_for_request(rep, manager, deal, scenario, firm, t)
    customer.asked = False


def decide_to_ask(
    rep: Rep, deal: Deal, floor: float, chance: float, scenario: Scenario, firm: Firm, t: int
) -> bool:
    """Whether the lower price would earn the rep more than the hours of asking."""
    at_wanted = sigmoid(deal.score - deal.sensitivity * deal.wanted) * credit_at(deal.wanted, scenario)
    at_floor = sigmoid(deal.score - deal.sensitivity * floor) * credit_at(floor, scenario)
    cost = cost_of_asking(
        scenario.approval.approval_hours,
        target_incentive(scenario.pay),
        scenario.organisation.hours_per_week * scenario.accounts.selling_time_share,
    )
    gain = rep.worth_now * deal.size * (at_wanted - at_floor)
    return is_worth_asking(gain, chance, cost)


def rule_on_request(manager: Manager, customer: Customer, chance: float, firm: Firm) -> bool:
    """The manager grants a lower price or not; the same request gets the same answer."""
    a, _, _, _ = draws(firm.luck, customer.need, customer.id, APPROVAL)
    return a < chance


def account_for_request(
    rep: Rep, manager: Manager, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> None:
    """Asking takes hours from next week's selling, and from the manager's coaching."""
    book = firm.books[t]
    manager.approvals += 1
    rep.lost_hours += scenario.approval.approval_hours
    book.asking_hours += scenario.approval.approval_hours
    book.approvals_asked += 1
    if deal.granted:
        book.approvals_granted += 1


def vary_to_learn(
    customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> None:
    """Some prices are varied at random, because only that tells what another price would do."""
    estimates = scenario.estimates
    if estimates.price_test_share <= 0.0 or firm.ideal.best_prices:
        return
    chosen, side, _, _ = draws(firm.luck, customer.need, customer.id, PRICE_TEST)
    if chosen < estimates.price_test_share:
        change = estimates.price_test_size if side < 0.5 else -estimates.price_test_size
        deal.price = price_within(deal.price * (1.0 + change), 0.0, deal.listed)
        deal.tested = True
        deal.at_floor = False
        firm.office[0].tests += 1.0
        firm.books[t].tested += 1


def remember_price(customer: Customer, deal: Deal, scenario: Scenario, t: int) -> None:
    """Prices that customers see become what they expect, and near a period's end teach them to wait."""
    if weeks_left(scenario, t) <= float(scenario.timing.end_weeks):
        customer.gap = gap_after_a_price(
            customer.gap, customer.reference, deal.price, scenario.timing.learning
        )
    customer.reference = reference_after(
        customer.reference, deal.price, scenario.reference.weight_of_quoted
    )


def credit_at(price: float, scenario: Scenario) -> float:
    """What a unit at this price counts for in pay (USD)."""
    return credit_per_unit(
        price, scenario.market.unit_cost, planned_margin_of(scenario), scenario.pay.margin_weight
    )
