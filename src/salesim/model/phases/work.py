"""Phase 3: calls, needs and the progress of opportunities."""

from ...rules.arithmetic import exponential, weekly_kept
from ...rules.calls import attention_after_a_week, invitation_probability, response, trust_after_a_week
from ...rules.market import account_value
from ...rules.needs import wait_for_need
from ...rules.reviews import skill_at_hand
from ...rules.selling import progress_in_a_week
from ...rules.territories import shock_of_the_year
from ..accounts import planned_price_of
from ..calendar import YEAR
from ..luck import DISTRICT, NEED, OPPORTUNITY, draws, normal
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep
from .review import consider_review
from .timing import become_ready, comes_to_price, lapses


def work(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """Calls build attention and trust, needs open opportunities, and work makes them ready."""
    trust_kept = weekly_kept(scenario.calls.trust_kept)
    price = planned_price_of(scenario)
    for k in range(manager.first_rep, manager.last_rep):
        firm.reps[k].pipeline = 0.0
    for k in range(manager.first_account, manager.last_account):
        customer = firm.customers[k]
        rep = firm.reps[customer.rep]
        # A factor, because no processor could guess a branch that differs from account to account.
        besides = rep.hours_per_target * (1.0 if customer.planned_target else 0.0)
        customer.hours = rep.hours_per_pull * customer.pull + besides * customer.pull
        receive_calls(customer, trust_kept, scenario)
        if customer.is_open:
            pursue(rep, customer, firm.pay_plans[rep.pay_plan], firm, t)
        if customer.is_open:
            rep.pipeline += customer.size * price
        while customer.next_need < float(t + 1):
            have_need(customer, scenario, firm, t)


def receive_calls(customer: Customer, trust_kept: float, scenario: Scenario) -> None:
    """Hours spent on a customer are remembered for weeks and build trust for years."""
    calls = scenario.calls
    customer.attention = attention_after_a_week(customer.attention, customer.hours, calls.attention_kept)
    responding = response(customer.attention, calls.half_response)
    customer.trust = trust_after_a_week(customer.trust, calls.trust_gain, responding, trust_kept)


def pursue(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """Work moves an opportunity until a price is due; who waits too long gives up."""
    responding = response(customer.attention, scenario.calls.half_response)
    customer.age += 1
    if not customer.is_ready:
        skill = skill_at_hand(rep.skill, rep.fresh)
        customer.progress += progress_in_a_week(scenario.selling, skill, responding)
        if customer.progress >= 1.0:
            become_ready(customer, scenario, firm, t)
    if customer.is_ready:
        if lapses(customer, scenario, firm, t):
            lose_interest(rep, customer, scenario, firm, t)
        elif comes_to_price(rep, customer, scenario, firm, t):
            make_ready(rep, customer, firm, t)
    elif customer.age > scenario.selling.patience:
        lose_interest(rep, customer, scenario, firm, t)


def lose_interest(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """An opportunity ends without a price, and may be looked back on."""
    customer.is_open = False
    customer.is_ready = False
    firm.books[t].lapsed += 1
    consider_review(rep, customer, scenario, firm, t)


def make_ready(rep: Rep, customer: Customer, firm: Firm, t: int) -> None:
    """A price is due this week: the deal gets its row in the deal table."""
    keeping = firm.keeping[0]
    deal = firm.deals[keeping.deal_rows]
    keeping.deal_rows += 1
    deal.week = t
    deal.rep = rep.id
    deal.account = customer.id
    deal.generation = customer.generation
    deal.need = customer.need
    customer.quotes += 1
    deal.quote = customer.quotes
    deal.natural_week = customer.natural_week
    deal.size = customer.size
    deal.sensitivity = customer.sensitivity


def have_need(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """A need arises; the customer calls in a rep it sees or trusts, else it buys unseen."""
    customer.needs += 1
    wait, chosen, _, _ = draws(firm.luck, customer.needs, customer.id, NEED)
    customer.next_need += wait_for_need(customer.need_rate, wait)
    if customer.is_open:
        return
    firm.books[t].needs += 1
    responding = response(customer.attention, scenario.calls.half_response)
    chance = invitation_probability(responding, customer.trust, scenario.calls.loyalty)
    if chosen < chance:
        firm.books[t].opened += 1
        open_opportunity(customer, scenario, firm, t)


def open_opportunity(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """What the customer wants this time: how much, and what it is worth to it."""
    market = scenario.market
    customer.need = customer.needs
    a, b, c, d = draws(firm.luck, customer.need, customer.id, OPPORTUNITY)
    shock = luck_of_the_district(customer, scenario, firm, t)
    customer.size = customer.units * shock * exponential(scenario.needs.deal_spread * normal(a, b))
    customer.value = account_value(
        market, customer.fit, customer.deviation + market.deal_value_spread * normal(c, d)
    )
    customer.is_open = True
    customer.age = 0
    customer.progress = 0.0
    customer.is_ready = False
    customer.asked = False
    customer.quotes = 0
    customer.refused = 0.0


def luck_of_the_district(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> float:
    """Good and bad years come to all accounts of a district alike (factor)."""
    district = customer.id // scenario.territories.district_accounts
    a, b, _, _ = draws(firm.luck, t // YEAR, district, DISTRICT)
    return shock_of_the_year(scenario.territories.yearly_shock, normal(a, b))
