"""The firm on the day before its first week."""

import math

from ..rules.acceptance import buy_in_level
from ..rules.market import is_target
from ..rules.needs import wait_for_need
from ..rules.organisation import managers_needed
from ..rules.territories import last_account, territory_weight
from .accounts import (
    arrive,
    keep_quotas,
    planned_price_of,
    set_quotas,
    sort_all_accounts,
    take_habit,
    total_potential,
)
from .luck import COACHING_SKILL, GUIDE, MANAGERS_LISTENING, NEED, TERRITORY, draws, normal, uniform
from .people import become_someone, believable_to
from .phases.learn import skill_at_rest
from .phases.pay import expect_as_planned
from .phases.plans import take_plan
from .scenario import Scenario
from .state import Customer, Firm, Manager

WEEKS_AT_FIRST = 52  # the first reps have been there for a year


def initialise(scenario: Scenario, firm: Firm) -> None:
    """Fill every seat, cut the market into territories, and plan the first year."""
    staff_teams(scenario, firm)
    cut_territories(scenario, firm)
    appoint_managers(scenario, firm)
    for k in range(len(firm.customers)):
        know_old_customer(firm.customers[k], k, scenario, firm)
    sort_all_accounts(firm)
    firm.books[0].operating_plan = first_operating_plan(scenario, firm)
    open_head_office(scenario, firm)
    set_quotas(scenario, firm, 0)
    keep_quotas(firm, 0)
    for rep in firm.reps:
        expect_as_planned(rep, firm.pay_plans[rep.pay_plan])


def open_head_office(scenario: Scenario, firm: Firm) -> None:
    """Head office starts with fixed costs and with a wrong idea of how readily customers buy."""
    office = firm.office[0]
    office.overhead = scenario.organisation.overhead * firm.books[0].operating_plan / 52.0
    a, b, _, _ = draws(firm.luck, 0, 0, GUIDE)
    office.guide_intercept = scenario.estimates.guide_error * normal(a, b)


def cut_territories(scenario: Scenario, firm: Firm) -> None:
    """Territories are blocks of accounts, some larger than others."""
    spread = scenario.territories.size_spread
    total = 0.0
    for rep in firm.reps:
        a, b, _, _ = draws(firm.luck, 0, rep.id, TERRITORY)
        rep.quota_weight = territory_weight(spread, normal(a, b))
        total += rep.quota_weight
    so_far = 0.0
    start = 0
    for rep in firm.reps:
        so_far += rep.quota_weight
        rep.first = start
        rep.last = last_account(len(firm.customers), so_far, total)
        if rep.id + 1 == len(firm.reps):
            rep.last = len(firm.customers)
        start = rep.last
        for k in range(rep.first, rep.last):
            firm.customers[k].rep = rep.id


def appoint_managers(scenario: Scenario, firm: Firm) -> None:
    """First-line managers with a team each, and above them one level after the other."""
    organisation = scenario.organisation
    level = 1
    here = managers_needed(organisation.headcount, organisation.span_of_control)
    first_of_next = here
    for k in range(len(firm.managers)):
        if k == first_of_next:
            level += 1
            here = managers_needed(here, organisation.upper_span)
            first_of_next += here
        manager = firm.managers[k]
        manager.id = k
        manager.level = level
        if level == 1:
            give_team(manager, scenario, firm)
        manager.buy_in = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
        a, b, _, _ = draws(firm.luck, 0, k, COACHING_SKILL)
        manager.coaching_skill = math.exp(scenario.coaching.skill_spread * normal(a, b))
        listening = uniform(firm.luck, 0, k, MANAGERS_LISTENING)
        manager.listens = listening < scenario.communication.broadcast_share


def give_team(manager: Manager, scenario: Scenario, firm: Firm) -> None:
    """A first-line manager leads the next reps and all their accounts."""
    span = scenario.organisation.span_of_control
    manager.first_rep = manager.id * span
    manager.last_rep = manager.first_rep + span
    if manager.last_rep > len(firm.reps):
        manager.last_rep = len(firm.reps)
    manager.first_account = firm.reps[manager.first_rep].first
    manager.last_account = firm.reps[manager.last_rep - 1].last


def staff_teams(scenario: Scenario, firm: Firm) -> None:
    """The reps who are there on the first day have settled in their jobs."""
    for k in range(len(firm.reps)):
        rep = firm.reps[k]
        rep.id = k
        rep.manager = k // scenario.organisation.span_of_control
        rep.staffed = True
        become_someone(rep, scenario, firm)
        take_plan(rep, firm, WEEKS_AT_FIRST)
        rep.skill = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
        rep.buy_in = believable_to(rep, scenario, firm)
        rep.adoption = scenario.information.first_adoption
        rep.recent_pay = scenario.pay.market_pay
        rep.tenure = WEEKS_AT_FIRST


def know_old_customer(customer: Customer, k: int, scenario: Scenario, firm: Firm) -> None:
    """The firm is trusted where it has always sold, and less where the strategy wants to go."""
    market = scenario.market
    customer.id = k
    arrive(customer, scenario, firm)
    strategic = is_target(market, customer.fit)
    customer.trust = market.trust_of_targets if strategic else market.trust_of_others
    customer.attention = (
        scenario.organisation.hours_per_week
        * scenario.accounts.selling_time_share
        * float(len(firm.reps))
        / float(len(firm.customers))
    )
    customer.reference = planned_price_of(scenario)
    take_habit(customer, firm.reps[customer.rep], scenario, firm)
    wait = uniform(firm.luck, 0, k, NEED)
    customer.next_need = wait_for_need(customer.need_rate, wait)


def first_operating_plan(scenario: Scenario, firm: Firm) -> float:
    """What a usual year of needs brings at planned prices and conversion (USD per year)."""
    price = planned_price_of(scenario)
    mean_size = math.exp(0.5 * scenario.needs.deal_spread * scenario.needs.deal_spread)
    return total_potential(firm) * mean_size * 52.0 * scenario.planning.planned_conversion * price
