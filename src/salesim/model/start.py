"""The day on which the plan starts: what full execution has in place from the first week."""

from .accounts import set_quotas
from .phases.learn import master_skill
from .phases.staff import set_expectations, share_out, succeed_at_once
from .scenario import Scenario
from .state import Firm


def start_plan(scenario: Scenario, firm: Firm, t: int) -> None:
    """Where seats are never empty the plan starts with all filled, and where skill is best with it."""
    if firm.ideal.seats_filled:
        for rep in firm.reps:
            if not rep.staffed:
                succeed_at_once(rep, scenario, firm, t)
        for manager in firm.managers:
            share_out(manager, scenario, firm)
        set_quotas(scenario, firm, t)
        set_expectations(firm)
    if firm.ideal.best_skill:
        for rep in firm.reps:
            if rep.staffed:
                master_skill(rep, scenario)
