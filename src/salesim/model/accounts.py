"""Accounts: who they are, what the plan sees in them, who owns them and what quota they carry."""

import math

from ..rules.arithmetic import at_least, clamp
from ..rules.buying import relationship_utility, utility_without_price, win_score
from ..rules.discounting import best_gain
from ..rules.market import account_value, is_target, sensitivity_factor, serving_cost
from ..rules.needs import industry_of
from ..rules.planning import believed_fit, planned_margin, planned_price
from ..rules.quotas import estimated_potential, quota, ratcheted
from ..rules.regime import list_price
from .calendar import YEAR
from .columns import SEATS_AT_MOST
from .luck import ACCOUNT_KIND, ACCOUNT_TRAITS, HABIT, PLAN_ERROR, QUOTA_ERROR, draws, normal
from .scenario import Scenario
from .state import Customer, Firm, Manager, Rep


def arrive(customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """A customer without history with the firm takes the place of an account."""
    market = scenario.market
    a, b, c, d = draws(firm.luck, customer.generation, customer.id, ACCOUNT_TRAITS)
    kind, taste, e, f = draws(firm.luck, customer.generation, customer.id, ACCOUNT_KIND)
    g, h, i, _ = draws(firm.luck, customer.generation, customer.id, PLAN_ERROR)
    customer.units = scenario.needs.deal_units * math.exp(scenario.needs.account_spread * normal(a, b))
    customer.deviation = market.value_spread * normal(c, d)
    customer.need_rate = scenario.needs.rate
    customer.sensitivity = scenario.buying.price_coefficient * sensitivity_factor(market, taste)
    usual = market.target_fit if kind < market.target_share else market.other_fit
    customer.fit = clamp(usual + market.fit_spread * normal(e, f), 0.0, 1.0)
    customer.misfit_of_plan = normal(g, h)
    customer.industry = industry_of(scenario.needs.industries, i)
    customer.trust = 0.0
    customer.attention = 0.0
    customer.satisfaction = 0.5
    customer.known = 0.0
    customer.reference = list_price(market.list_price, scenario.regime.list_price_change)
    customer.contract_price = 0.0
    customer.contract_week = -1
    customer.gap = 0.0
    look_again(customer, scenario, firm)
    customer.best_root = root_of_worth(customer, scenario)


def look_again(customer: Customer, scenario: Scenario, firm: Firm) -> bool:
    """Head office looks at an account anew; whether it now counts the other way."""
    customer.seen_fit = customer.fit
    return judge_fit(customer, scenario, firm)


def judge_fit(customer: Customer, scenario: Scenario, firm: Firm) -> bool:
    """Head office judges an account by what it last saw and its lasting error; whether that changed."""
    if firm.ideal.plan_is_fresh:
        return believe(customer, customer.fit, scenario)
    error, voice = customer.misfit_of_plan, scenario.acceptance.sales_voice
    seen = believed_fit(scenario.planning, customer.seen_fit, error, voice)
    return believe(customer, seen, scenario)


def believe(customer: Customer, fit: float, scenario: Scenario) -> bool:
    """The plan takes the account for this fit, and for a target or not; whether that changed."""
    before = customer.planned_target
    customer.planned_fit = fit
    customer.planned_target = is_target(scenario.market, fit)
    margin = account_value(scenario.market, fit, 0.0) - (
        scenario.market.unit_cost + serving_cost(scenario.market, fit)
    )
    yearly = customer.need_rate * 52.0 * customer.units
    customer.log_plan_value = math.log(at_least(yearly * at_least(margin, 1.0), 1.0))
    customer.log_sales = math.log(at_least(yearly * planned_price_of(scenario), 1.0))
    return customer.planned_target != before


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
    """Habits and errors about an account are each person's own, drawn for person and account."""
    person = rep.hires * SEATS_AT_MOST + rep.id
    a, b, c, d = draws(firm.luck, person, customer.id, HABIT)
    customer.habit = scenario.accounts.habit_spread * normal(a, b)
    customer.misjudged = normal(c, d)


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


def weigh_territories(scenario: Scenario, firm: Firm, t: int) -> None:
    """What head office thinks each territory can yield, drawn towards what it did last year."""
    estimates, results = 0.0, 0.0
    for rep in firm.reps:
        a, b, _, _ = draws(firm.luck, t // YEAR, rep.id, QUOTA_ERROR)
        rep.quota_weight = estimated_potential(rep.potential, scenario.quotas.territory_error, normal(a, b))
        if rep.result >= 0.0:
            estimates += rep.quota_weight
            results += rep.result
    if results <= 0.0:
        return
    for rep in firm.reps:
        if rep.result >= 0.0:
            rep.quota_weight = ratcheted(
                rep.quota_weight, scenario.quotas.quota_ratchet, rep.result * estimates / results
            )


def set_quotas(scenario: Scenario, firm: Firm, t: int) -> None:
    """Each territory carries its part of week t's operating plan, unless quotas are given."""
    if firm.keeping[0].quotas_given:
        return
    weigh_territories(scenario, firm, t)
    total = 0.0
    for rep in firm.reps:
        total += rep.quota_weight
    plan = firm.books[t].operating_plan
    for rep in firm.reps:
        rep.planned_quota = quota(plan, scenario.quotas.over_assignment, rep.quota_weight, total)
        if not rep.given:
            rep.quota = rep.planned_quota


def take_given(firm: Firm, t: int) -> None:
    """Who has a given quota this week is asked for it; whose ends is asked for the planned one again."""
    for rep in firm.reps:
        asked = firm.given[t * len(firm.reps) + rep.id]
        if asked > 0.0:
            rep.quota = asked
        elif rep.given:
            rep.quota = rep.planned_quota
        rep.given = asked > 0.0


def keep_quotas(firm: Firm, t: int) -> None:
    """The week's quotas are noted down, or taken from the run whose quotas are held fixed."""
    if len(firm.given) > 0:
        take_given(firm, t)
    if firm.keeping[0].quotas_given:
        take_quotas(firm, t)
        return
    for rep in firm.reps:
        firm.quotas[t * len(firm.reps) + rep.id] = rep.quota
        if rep.quota <= 0.0 and rep.accounts > 0:
            firm.keeping[0].without_quota = True


def take_quotas(firm: Firm, t: int) -> None:
    """Quotas as another run had them.

    A seat that was empty there, and without accounts, had none; who holds it here has the mean.
    """
    total, many = 0.0, 0
    for rep in firm.reps:
        rep.quota = firm.quotas[t * len(firm.reps) + rep.id]
        if rep.quota > 0.0:
            total += rep.quota
            many += 1
    for rep in firm.reps:
        if rep.quota <= 0.0 and rep.accounts > 0 and many > 0:
            rep.quota = total / float(many)


def planned_price_of(scenario: Scenario) -> float:
    """The price that plans reckon with (USD per unit)."""
    return planned_price(scenario.market.list_price, scenario.planning.planned_discount)


def planned_margin_of(scenario: Scenario) -> float:
    """Margin at the price that plans reckon with (share of the price)."""
    return planned_margin(planned_price_of(scenario), scenario.market.unit_cost)
