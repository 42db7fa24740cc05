"""Phase 4: ready deals get a price."""

from ...rules.acceptance import alignment
from ...rules.approval import cost_of_asking, grant_probability, is_worth_asking
from ...rules.arithmetic import sigmoid
from ...rules.buying import relationship_utility, utility_without_price, win_score
from ...rules.calls import response
from ...rules.discounting import felt_cost, floor_price, price_within, quoted_price
from ...rules.intensity import utility_of_intensity
from ...rules.market import serving_cost
from ...rules.pay import cost_share_of_credit, credit_per_unit, on_target_worth
from ...rules.selling import perceived_value, value_selling
from ..accounts import planned_margin_of
from ..luck import APPROVAL, uniform
from ..scenario import Scenario
from ..state import Customer, Deal, Firm, Manager, Rep


def quote(scenario: Scenario, firm: Firm, t: int) -> None:
    """A ready deal gets a price: within the rep's authority, or after asking the manager."""
    book = firm.books[t]
    for k in range(book.deals - book.quoted, book.deals):
        deal = firm.deals[k]
        rep = firm.reps[deal.rep]
        customer = firm.customers[deal.account]
        deal.unit_cost = scenario.market.unit_cost
        deal.serving_cost = serving_cost(scenario.market, customer.fit)
        deal.score = judge_chances(rep, customer, scenario, firm)
        deal.wanted = want_price(rep, customer, deal.score, scenario, firm)
        settle_price(rep, customer, deal, scenario, firm, t)
        deal.credit = deal.size * credit_at(deal.price, scenario)


def judge_chances(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm) -> float:
    """Everything but price that speaks for the deal: A in the win chance sigmoid(A - B * price)."""
    argued = value_selling(scenario.selling, rep.skill, rep.understanding)
    if firm.ideal.value_argued:
        argued = 1.0
    relationship = relationship_utility(
        scenario.buying,
        response(customer.attention, scenario.calls.half_response),
        customer.trust,
        rep.skill,
        utility_of_intensity(scenario.effort, rep.intensity),
    )
    perceived = perceived_value(scenario.selling, customer.value, argued)
    utility = utility_without_price(
        scenario.buying, customer.sensitivity, perceived, relationship
    )
    return win_score(scenario.buying, utility)


def want_price(
    rep: Rep, customer: Customer, score: float, scenario: Scenario, firm: Firm
) -> float:
    """The price that is best for the rep, or for the firm when prices are ideal (USD per unit)."""
    cost = scenario.market.unit_cost
    if firm.ideal.best_prices:
        cost += serving_cost(scenario.market, customer.fit)
    else:
        acting = alignment(rep.understanding, rep.buy_in)
        counted = cost_share_of_credit(scenario.pay.margin_weight, planned_margin_of(scenario))
        cost = felt_cost(scenario.discounting, cost, counted, acting)
    return quoted_price(score, customer.sensitivity, cost)


def settle_price(
    rep: Rep, customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int
) -> None:
    """Within authority the rep decides; below the floor the manager is asked, if that pays."""
    listed = scenario.market.list_price
    floor = floor_price(listed, scenario.discounting.discount_authority)
    deal.asked = False
    deal.granted = False
    if firm.ideal.best_prices:
        floor = 0.0
    elif deal.wanted < floor:
        manager = firm.managers[rep.manager]
        chance = grant_probability(scenario.approval.approval_leniency, manager.understanding)
        deal.asked = decide_to_ask(rep, deal, floor, chance, scenario)
        if deal.asked:
            deal.granted = rule_on_request(manager, customer, chance, firm)
            account_for_request(rep, deal, scenario, firm, t)
    if deal.granted:
        floor = 0.0
    deal.price = price_within(deal.wanted, floor, listed)


def decide_to_ask(rep: Rep, deal: Deal, floor: float, chance: float, scenario: Scenario) -> bool:
    """Whether the lower price would earn the rep more than the hours of asking."""
    at_wanted = sigmoid(deal.score - deal.sensitivity * deal.wanted) * credit_at(deal.wanted, scenario)
    at_floor = sigmoid(deal.score - deal.sensitivity * floor) * credit_at(floor, scenario)
    worth = on_target_worth(scenario.pay, rep.quota)
    cost = cost_of_asking(
        scenario.approval.approval_hours,
        worth * rep.quota,
        scenario.organisation.hours_per_week * scenario.accounts.selling_time_share,
    )
    return is_worth_asking(worth * deal.size * (at_wanted - at_floor), chance, cost)


def rule_on_request(manager: Manager, customer: Customer, chance: float, firm: Firm) -> bool:
    """The manager grants a lower price or not."""
    manager.approvals += 1
    return uniform(firm.luck, customer.need, customer.id, APPROVAL) < chance


def account_for_request(rep: Rep, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """Asking takes hours from next week's selling."""
    book = firm.books[t]
    rep.asking_hours += scenario.approval.approval_hours
    book.asking_hours += scenario.approval.approval_hours
    book.approvals_asked += 1
    if deal.granted:
        book.approvals_granted += 1


def credit_at(price: float, scenario: Scenario) -> float:
    """What a unit at this price counts for in pay (USD)."""
    return credit_per_unit(
        price, scenario.market.unit_cost, planned_margin_of(scenario), scenario.pay.margin_weight
    )
