"""Phase 2: reps settle how hard to work and where."""

from ...rules.acceptance import alignment
from ...rules.accounts import best_hours, hours_weight, log_rate, water_level
from ...rules.arithmetic import at_least
from ...rules.by_deal import pays_by_deal
from ...rules.information import error_of_potential, habit_left, used_information
from ...rules.intensity import best_intensity, chosen_intensity, reward_of_a_week
from ...rules.needs import mean_units
from ...rules.service import service_level, service_share
from ...rules.training import articulation_hours, training_hours
from ...rules.worth import chance_to_close_in_time, worth_over_time
from ..accounts import planned_margin_of, root_of_worth
from ..calendar import QUARTER
from ..people import is_onboarding, know_team
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep
from .credit import credit_kept, pay_kept, usually_kept
from .due import extra_rate, usual_factor, usual_rate
from .foresight import (
    cost_through_quota,
    rules_next,
    sums_now,
    sums_per_dollar,
    weeks_alike,
    worth_in_this_period,
    worth_when_that_ends,
)
from .teams import look_ahead_for_team, share_out_credit


def plan(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """The reps of a team choose how hard to work and divide their hours over accounts and service."""
    if firm.ideal.best_accounts and (t % QUARTER == 0 or t == scenario.organisation.burn_in_weeks):
        for k in range(manager.first_account, manager.last_account):
            firm.customers[k].best_root = root_of_worth(firm.customers[k], scenario)
    know_team(manager, firm)
    share_out_credit(manager, scenario, firm)
    look_ahead_for_team(manager, scenario, firm, t)
    manager.free_hands = count_free_hands(manager, scenario, firm)
    cover = hours_of_cover(manager, scenario)
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        own = firm.pay_plans[rep.pay_plan]
        make_time(rep, manager, cover, own, firm, t)
        rep.hours_per_pull = 0.0
        rep.hours_per_target = 0.0
        if rep.accounts > 0 and rep.hours > 0.0:
            rep.service = service_level(
                rep.service_hours / float(rep.accounts), scenario.service.half_service
            )
            if firm.ideal.best_accounts:
                divide_hours_best(rep, scenario, firm)
            else:
                divide_hours(rep, own, firm)
        else:
            rep.service = 0.0
            for j in range(rep.first, rep.last):
                firm.customers[firm.order[j]].pull = 0.0


def hours_for_customers(scenario: Scenario) -> float:
    """What the working week leaves for customers before anything is lost (hours per rep)."""
    trained = training_hours(scenario.training) + articulation_hours(scenario.training)
    usual = scenario.organisation.hours_per_week * scenario.accounts.selling_time_share
    return at_least(usual - trained, 0.0)


def count_free_hands(manager: Manager, scenario: Scenario, firm: Firm) -> int:
    """How many of a team meet customers this week."""
    free = 0
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and not is_onboarding(firm.reps[k], scenario, firm):
            free += 1
    return free


def hours_of_cover(manager: Manager, scenario: Scenario) -> float:
    """What each free rep of a team gives to the accounts of its empty seats (hours per week)."""
    empty = manager.last_rep - manager.first_rep - manager.team_size
    if manager.free_hands == 0:
        return 0.0
    given = scenario.handover.cover_share * hours_for_customers(scenario) * float(empty)
    each = given / float(manager.free_hands)
    half = 0.5 * hours_for_customers(scenario)
    return each if each < half else half


def make_time(rep: Rep, manager: Manager, cover: float, scenario: Scenario, firm: Firm, t: int) -> None:
    """Hours for customers this week, divided into selling and service."""
    usual = hours_for_customers(scenario)
    rep.hours = 0.0
    rep.service_hours = 0.0
    reward = 1.0
    if rep.staffed:
        free = at_least(usual - cover - rep.lost_hours, 0.0)
        rep.lost_hours = at_least(rep.lost_hours - at_least(usual - cover, 0.0), 0.0)
        if is_onboarding(rep, scenario, firm):
            free = 0.0
        reward = look_ahead(rep, scenario, firm, t)
        rep.intensity = choose_intensity(reward, scenario, firm)
    else:
        empty = manager.last_rep - manager.first_rep - manager.team_size
        free = cover * float(manager.free_hands) / float(empty)
        stand_in(rep, manager)
    if rep.accounts == 0:
        return
    rep.service_hours = free * service_share(scenario.service, reward)
    rep.hours = free - rep.service_hours
    firm.books[t].selling_hours += rep.hours
    firm.books[t].service_hours += rep.service_hours


def stand_in(rep: Rep, manager: Manager) -> None:
    """An empty seat is covered by the team, as able and as aligned as the team is on average."""
    rep.ability = manager.team_ability
    rep.skill = manager.team_skill
    rep.fresh = 0.0
    rep.articulation = manager.team_articulation
    rep.adoption = manager.team_adoption
    rep.understanding = manager.team_understanding
    rep.buy_in = manager.team_buy_in
    rep.intensity = 1.0


def look_ahead(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> float:
    """What a dollar is worth now and next, and so a week's work relative to a usual one (factor)."""
    a_week = rep.quota / 52.0
    rep.shadow = cost_through_quota(rep, scenario, t)
    rep.worth_now = worth_in_this_period(rep, a_week, scenario, firm, t)
    rep.worth_next = worth_when_that_ends(rep, a_week, scenario, firm, t)
    in_time = chance_to_close_in_time(weeks_alike(rep, scenario, firm, t), scenario.worth.usual_cycle)
    units = mean_units(scenario.needs)
    now = rep.worth_now * usual_factor(scenario) + sums_now(rep, units, scenario, t)
    rules = rules_next(rep, scenario, firm, t)
    later = rep.worth_next * usual_factor(rules) + sums_per_dollar(units, rules)
    now, later = now * usually_kept(rep, scenario, firm), later * usually_kept(rep, rules, firm)
    worth = worth_over_time(now, later, in_time) - rep.shadow * usual_factor(scenario)
    planned = a_week if rep.given else a_week / (1.0 + scenario.quotas.over_assignment)
    return reward_of_a_week(scenario.effort, worth, rep.run_rate, planned)


def choose_intensity(reward: float, scenario: Scenario, firm: Firm) -> float:
    """Work as hard as the pay that can still be earned makes worth while (factor)."""
    if firm.ideal.best_effort:
        return best_intensity(scenario.effort, planned_margin_of(scenario))
    return chosen_intensity(scenario.effort, reward)


def divide_hours(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Hours go where habit, comfort, pay and conviction draw them; discipline keeps some for targets."""
    acting = alignment(rep.understanding, rep.buy_in)
    used = used_information(scenario.information.account_information, rep.adoption)
    habit = habit_left(scenario.information, used)
    error = error_of_potential(scenario.information, used)
    rate, factor = usual_rate(rep.quota, scenario) * rep.own_part, usual_factor(scenario)
    pays = log_rate(rate * factor)
    pays_on_targets = log_rate((rate + scenario.pay.target_rate) * factor)
    may_go = scenario.clawback.clawback_weeks > 0 or scenario.returns.chance > 0.0
    by_deal = pays_by_deal(scenario.by_deal) or may_go
    total = 0.0
    on_targets = 0.0
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        paid = pays_on_targets if customer.planned_target else pays
        if by_deal:
            by_dollar = rate * credit_kept(customer, scenario) + extra_rate(customer, scenario)
            sums = sums_per_dollar(customer.units, scenario)
            paid = log_rate((by_dollar * factor + sums) * pay_kept(customer, scenario))
        customer.pull = weigh_account(customer, acting, habit, error, paid, scenario)
        total += customer.pull
        if customer.planned_target:
            on_targets += customer.pull
    forced = scenario.accounts.targeting_discipline if on_targets > 0.0 else 0.0
    rep.hours_per_pull = rep.hours * (1.0 - forced) / total
    if forced > 0.0:
        rep.hours_per_target = rep.hours * forced / on_targets


def weigh_account(
    customer: Customer, acting: float, habit: float, error: float, paid: float, scenario: Scenario
) -> float:
    """How much an account draws a rep's hours (weight; `paid` is the log rate on its sales)."""
    boost = scenario.accounts.open_boost  # read at once, so that what follows needs no branch
    return (boost if customer.is_open else 1.0) * hours_weight(
        scenario.accounts,
        customer.habit * habit,
        customer.trust,
        customer.log_plan_value,
        customer.log_sales + paid,
        customer.misjudged * error,
        acting,
    )


def divide_hours_best(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Hours where they earn the firm most: accounts too small for an hour get none."""
    for k in range(rep.first, rep.last):
        firm.customers[firm.order[k]].pull = 1.0
    rep.hours_per_pull = 1.0
    level = 0.0
    active = -1
    left = rep.last - rep.first
    while left != active:
        active = left
        level = level_over_active(rep, scenario, firm)
        left = drop_the_dry(rep, level, scenario, firm)
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        if customer.pull > 0.0:
            customer.pull = best_hours(customer.best_root, level, scenario.calls.half_response)


def level_over_active(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """The water level if only the accounts that still pull are called on."""
    total = 0.0
    active = 0
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        if customer.pull > 0.0:
            total += customer.best_root
            active += 1
    return water_level(total, active, rep.hours, scenario.calls.half_response)


def drop_the_dry(rep: Rep, level: float, scenario: Scenario, firm: Firm) -> int:
    """Accounts that lie above the water no longer pull; how many still do."""
    left = 0
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        if customer.pull > 0.0:
            if best_hours(customer.best_root, level, scenario.calls.half_response) > 0.0:
                left += 1
            else:
                customer.pull = 0.0
    return left
