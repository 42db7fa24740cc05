"""Phase 2: reps settle how hard to work and where."""

from ...rules.acceptance import alignment
from ...rules.accounts import best_hours, hours_weight, water_level
from ...rules.arithmetic import at_least
from ...rules.intensity import best_intensity, chosen_intensity, reward_of_a_week
from ...rules.worth import spread_of_rest, worth_of_a_dollar
from ..accounts import planned_margin_of, root_of_worth
from ..calendar import QUARTER
from ..scenario import Scenario
from ..state import Customer, Firm, Rep


def plan(scenario: Scenario, firm: Firm, t: int) -> None:
    """Each rep chooses how hard to work and divides the selling hours over the accounts."""
    selling_hours = scenario.organisation.hours_per_week * scenario.accounts.selling_time_share
    if firm.ideal.best_accounts and (t % QUARTER == 0 or t == scenario.organisation.burn_in_weeks):
        for customer in firm.customers:
            customer.best_root = root_of_worth(customer, scenario)
    for rep in firm.reps:
        rep.hours = 0.0
        rep.hours_per_pull = 0.0
        if rep.staffed and rep.accounts > 0:
            rep.hours = at_least(selling_hours - rep.asking_hours, 0.0)
            rep.intensity = choose_intensity(rep, scenario, firm, t)
            if firm.ideal.best_accounts:
                divide_hours_best(rep, scenario, firm)
            else:
                divide_hours(rep, scenario, firm)
            firm.books[t].selling_hours += rep.hours
        rep.asking_hours = at_least(rep.asking_hours - selling_hours, 0.0)


def choose_intensity(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> float:
    """Work as hard as the pay that can still be earned this period makes worth while (factor)."""
    pay = scenario.pay
    if firm.ideal.best_effort:
        return best_intensity(scenario.effort, planned_margin_of(scenario))
    weeks_left = float(pay.period_weeks - t % pay.period_weeks)
    weekly_quota = rep.quota / 52.0
    worth = worth_of_a_dollar(
        pay,
        rep.credited,
        weekly_quota * (float(rep.period_weeks) + weeks_left),
        rep.run_rate * weeks_left,
        spread_of_rest(scenario.worth.rest_spread, weekly_quota, weeks_left),
    )
    planned = weekly_quota / (1.0 + scenario.planning.over_assignment)
    reward = reward_of_a_week(scenario.effort, worth, rep.run_rate, planned)
    return chosen_intensity(scenario.effort, reward)


def divide_hours(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Hours go where habit, comfort and conviction draw them, in proportion to the pull."""
    total = 0.0
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        customer.pull = weigh_account(rep, customer, scenario)
        total += customer.pull
    rep.hours_per_pull = rep.hours / total


def weigh_account(rep: Rep, customer: Customer, scenario: Scenario) -> float:
    """How much an account draws a rep's hours (weight)."""
    boost = scenario.accounts.open_boost if customer.is_open else 1.0
    return boost * hours_weight(
        scenario.accounts,
        customer.habit,
        customer.trust,
        customer.log_plan_value,
        alignment(rep.understanding, rep.buy_in),
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
