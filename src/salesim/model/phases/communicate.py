"""Phase 1: the strategy travels from head office down to the reps."""

from ...rules.acceptance import buy_in_after_a_week, buy_in_level
from ...rules.communication import (
    message_arriving,
    message_is_due,
    understanding_after_message,
    understanding_kept,
)
from ..scenario import Scenario
from ..state import Firm, Manager, Rep


def communicate(scenario: Scenario, firm: Firm, t: int) -> None:
    """Head office tells the managers and they tell their reps; what is not repeated fades."""
    week_of_plan = t - scenario.organisation.burn_in_weeks
    due = message_is_due(scenario.communication.message_interval, week_of_plan)
    hops = float(scenario.organisation.hierarchy_hops)
    kept = understanding_kept(scenario.communication.half_life)
    believable = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
    for manager in firm.managers:
        reflect(manager, kept, believable, scenario, firm)
        if due:
            hear_strategy(manager, hops - float(manager.level), scenario)
    for rep in firm.reps:
        if rep.staffed:
            reflect(rep, kept, believable, scenario, firm)
            if due:
                hear_strategy(rep, hops, scenario)


def hear_strategy(person: Manager | Rep, hops: float, scenario: Scenario) -> None:
    """A message that has come down so many hops is partly taken in."""
    communication = scenario.communication
    arriving = message_arriving(communication.strategy_clarity, communication.fidelity, hops)
    person.understanding = understanding_after_message(
        person.understanding, arriving, communication.absorption
    )


def reflect(
    person: Manager | Rep, kept: float, believable: float, scenario: Scenario, firm: Firm
) -> None:
    """A week passes: understanding fades, and belief moves to what the firm's acts deserve."""
    person.understanding = person.understanding * kept
    person.buy_in = buy_in_after_a_week(person.buy_in, believable, scenario.acceptance.adjustment)
    if firm.ideal.understood:
        person.understanding = 1.0
    if firm.ideal.accepted:
        person.buy_in = 1.0
