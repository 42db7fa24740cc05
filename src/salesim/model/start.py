"""The day on which the plan starts: what full execution has in place from the first week."""

from ..rules.handover import NEW_HIRE
from .accounts import look_again, set_quotas
from .phases.learn import master_skill
from .phases.staff import share_out, succeed_at_once
from .scenario import Scenario
from .state import Firm, Manager


def start_plan(scenario: Scenario, firm: Firm, t: int) -> None:
    """Where seats are never empty the plan starts with all filled, fresh, and with the best skill."""
    if firm.ideal.seats_filled:
        fill_all_seats(scenario, firm, t)
    if firm.ideal.plan_is_fresh:
        for customer in firm.customers:
            look_again(customer, scenario, firm)
    if firm.ideal.best_skill:
        for rep in firm.reps:
            if rep.staffed:
                master_skill(rep, scenario)


def fill_all_seats(scenario: Scenario, firm: Firm, t: int) -> None:
    """Nobody's seat is empty any more, and who came has a fair share of the accounts."""
    filled = False
    for manager in firm.managers:
        if fill_team(manager, scenario, firm, t):
            filled = True
            if scenario.handover.account_handover != NEW_HIRE:
                share_out(manager, scenario, firm)
    if filled:
        set_quotas(scenario, firm, t)


def fill_team(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Fill the team's empty seats; whether there were any."""
    filled = False
    for k in range(manager.first_rep, manager.last_rep):
        if not firm.reps[k].staffed:
            succeed_at_once(firm.reps[k], scenario, firm, t)
            filled = True
    return filled
