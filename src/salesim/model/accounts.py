"""Accounts: who they are, what the plan sees in them, who owns them and what quota they carry."""

import math

from ..rules.arithmetic import at_least, clamp
from ..rules.buying import relationship_utility, utility_without_price, win_score
from ..rules.discounting import best_gain
from ..rules.market import account_value, sensitivity_factor, serving_cost
from ..rules.planning import planned_margin, planned_price, quota
from .luck import ACCOUNT_KIND, ACCOUNT_TRAITS, HABIT, draws, normal
from .scenario import Scenario
from .state import SEATS_AT_MOST, Customer, Firm, Manager, Rep


def arrive(customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """A customer without history with the firm takes the place of an account."""
    market = scenario.market
    a, b, c, d = draws(firm.luck, customer.generation, customer.id, ACCOUNT_TRAITS)
    kind, taste, e, f = draws(firm.luck, customer.generation, customer.id, ACCOUNT_KIND)
    customer.units = scenario.needs.deal_units * math.exp(scenario.needs.account_spread * normal(a, b))
    customer.deviation = market.value_spread * normal(c, d)
    customer.need_rate = scenario.needs.rate
    customer.sensitivity = scenario.buying.price_coefficient * sensitivity_factor(market, taste)
    usual = market.target_fit if kind < market.target_share else market.other_fit
    customer.fit = clamp(usual + market.fit_spread * normal(e, f), 0.0, 1.0)
    customer.trust = 0.0
    customer.attention = 0.0
    customer.satisfaction = 0.5
    look_again(customer, scenario)
    customer.best_root = root_of_worth(customer, scenario)


def look_again(customer: Customer, scenario: Scenario) -> None:
    """Head office looks at an account: the plan now believes what is true today."""
    customer.planned_fit = customer.fit
    margin = account_value(scenario.market, customer.planned_fit, 0.0) - (
        scenario.market.unit_cost + serving_cost(scenario.market, customer.planned_fit)
    )
    yearly = customer.need_rate * 52.0 * customer.units * at_least(margin, 1.0)
    customer.log_plan_value = math.log(at_least(yearly, 1.0))


def root_of_worth(customer: Customer, scenario: Scenario) -> float:
    """Square root of what calling can gain in an account, for the best division of hours.

    Worth is need rate times the expected contribution of a need at the best price, with full
    response and value fully argued; loyal customers call in a rep without being called on.
    """
    buying = scenario.buying
    relationship = relationship_utility(buying, 1.0, customer.trust, 0.5, 0.0)
    value = account_value(scenario.market, customer.fit, customer.deviation)
    utility = utility_without_price(buying, customer.sensitivity, value, relationship)
    cost = scenario.market.unit_cost + serving_cost(scenario.market, customer.fit)
    gain = best_gain(win_score(buying, utility), customer.sensitivity, cost)
    reachable = 1.0 - scenario.calls.loyalty * customer.trust
    worth = customer.need_rate * customer.units * gain * reachable
    return math.sqrt(worth * scenario.calls.half_response)


def take_habit(customer: Customer, rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Each person has habits of his own about whom to call on, drawn for person and account."""
    person = rep.hires * SEATS_AT_MOST + rep.id
    a, b, _, _ = draws(firm.luck, person, customer.id, HABIT)
    customer.habit = scenario.accounts.habit_spread * normal(a, b)


def sort_accounts(manager: Manager, firm: Firm) -> None:
    """List each seat's accounts together in the order of their ids, and add up what they need."""
    for k in range(manager.first_rep, manager.last_rep):
        firm.reps[k].accounts = 0
        firm.reps[k].potential = 0.0
    for k in range(manager.first_account, manager.last_account):
        customer = firm.customers[k]
        owner = firm.reps[customer.rep]
        owner.accounts += 1
        owner.potential += customer.need_rate * customer.units
    start = manager.first_account
    for k in range(manager.first_rep, manager.last_rep):
        firm.reps[k].first = start
        firm.reps[k].last = start
        start += firm.reps[k].accounts
    for k in range(manager.first_account, manager.last_account):
        owner = firm.reps[firm.customers[k].rep]
        firm.order[owner.last] = k
        owner.last += 1


def sort_all_accounts(firm: Firm) -> None:
    """The same for every team."""
    for manager in firm.managers:
        sort_accounts(manager, firm)


def total_potential(firm: Firm) -> float:
    """What all accounts usually need (units per week)."""
    total = 0.0
    for rep in firm.reps:
        total += rep.potential
    return total


def set_quotas(scenario: Scenario, firm: Firm, t: int) -> None:
    """Quotas follow the accounts: each territory carries its part of the operating plan."""
    plan = firm.books[t].operating_plan
    total = total_potential(firm)
    for rep in firm.reps:
        rep.quota = quota(plan, scenario.planning.over_assignment, rep.potential, total)


def planned_margin_of(scenario: Scenario) -> float:
    """Margin at the price that plans reckon with (share of the price)."""
    price = planned_price(scenario.market.list_price, scenario.planning.planned_discount)
    return planned_margin(price, scenario.market.unit_cost)
