"""The firm on the day before its first week."""

import math

from ..rules.acceptance import buy_in_level
from ..rules.market import is_target
from ..rules.needs import wait_for_need
from ..rules.organisation import upper_levels
from ..rules.planning import planned_price
from .accounts import arrive, set_quotas, sort_all_accounts, take_habit, total_potential
from .luck import COACHING_SKILL, NEED, draws, normal, uniform
from .people import become_someone
from .phases.learn import skill_at_rest
from .scenario import Scenario
from .state import Customer, Firm


def found(scenario: Scenario, firm: Firm) -> None:
    """Fill every seat, give every rep an equal number of accounts, and plan the first year."""
    appoint_managers(scenario, firm)
    staff_teams(scenario, firm)
    for k in range(len(firm.customers)):
        know_old_customer(firm.customers[k], k, scenario, firm)
    sort_all_accounts(firm)
    firm.books[0].operating_plan = first_operating_plan(scenario, firm)
    set_quotas(scenario, firm, 0)
    for rep in firm.reps:
        rep.run_rate = rep.quota / 52.0


def appoint_managers(scenario: Scenario, firm: Firm) -> None:
    """First-line managers with a team each, and one manager for each level above them."""
    organisation = scenario.organisation
    teams = organisation.managers
    for k in range(len(firm.managers)):
        manager = firm.managers[k]
        manager.id = k
        manager.level = 1 if k < teams else k - teams + 2
        manager.superior = -1
        if k < teams and upper_levels(organisation.hierarchy_hops) > 0:
            manager.superior = teams
        elif k >= teams and k + 1 < len(firm.managers):
            manager.superior = k + 1
        if k < teams:
            manager.first_rep = k * organisation.span_of_control
            manager.last_rep = manager.first_rep + organisation.span_of_control
            manager.first_account = manager.first_rep * organisation.accounts_per_rep
            manager.last_account = manager.last_rep * organisation.accounts_per_rep
        manager.buy_in = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
        a, b, _, _ = draws(firm.luck, 0, k, COACHING_SKILL)
        manager.coaching_skill = math.exp(scenario.coaching.skill_spread * normal(a, b))


def staff_teams(scenario: Scenario, firm: Firm) -> None:
    """The reps who are there on the first day have settled in their jobs."""
    for k in range(len(firm.reps)):
        rep = firm.reps[k]
        rep.id = k
        rep.manager = k // scenario.organisation.span_of_control
        rep.staffed = True
        become_someone(rep, scenario, firm)
        rep.skill = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
        rep.buy_in = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
        rep.recent_pay = scenario.pay.market_pay
        rep.tenure = 52


def know_old_customer(customer: Customer, k: int, scenario: Scenario, firm: Firm) -> None:
    """The firm is trusted where it has always sold, and less where the strategy wants to go."""
    market = scenario.market
    customer.id = k
    customer.rep = k // scenario.organisation.accounts_per_rep
    arrive(customer, scenario, firm)
    strategic = is_target(market, customer.fit)
    customer.trust = market.trust_of_targets if strategic else market.trust_of_others
    customer.attention = (
        scenario.organisation.hours_per_week
        * scenario.accounts.selling_time_share
        / float(scenario.organisation.accounts_per_rep)
    )
    take_habit(customer, firm.reps[customer.rep], scenario, firm)
    wait = uniform(firm.luck, 0, k, NEED)
    customer.next_need = wait_for_need(customer.need_rate, wait)


def first_operating_plan(scenario: Scenario, firm: Firm) -> float:
    """What a usual year of needs brings at planned prices and conversion (USD per year)."""
    price = planned_price(scenario.market.list_price, scenario.planning.planned_discount)
    mean_size = math.exp(0.5 * scenario.needs.deal_spread * scenario.needs.deal_spread)
    return total_potential(firm) * mean_size * 52.0 * scenario.planning.planned_conversion * price
