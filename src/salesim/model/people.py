"""People: who joins, and how many there are."""

import math

from ..rules.acceptance import buy_in_level
from ..rules.learning import ceiling
from .luck import ABILITY, draws, normal
from .scenario import Scenario
from .state import Firm, Manager, Rep


def join(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Somebody new takes the seat: able or not by chance, and new to the strategy."""
    rep.staffed = True
    rep.hires += 1
    become_someone(rep, scenario, firm)
    rep.understanding = 0.0
    rep.buy_in = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
    rep.tenure = 0
    rep.credited = 0.0
    rep.credited_this_week = 0.0
    rep.decided = 0
    rep.asking_hours = 0.0
    rep.period_weeks = 0
    rep.recent_pay = scenario.pay.market_pay


def become_someone(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Ability is drawn for the seat and the number of its hire, whenever the hire is made."""
    a, b, _, _ = draws(firm.luck, rep.hires, rep.id, ABILITY)
    rep.ability = math.exp(scenario.learning.ability_spread * normal(a, b))
    rep.ceiling = ceiling(scenario.learning, rep.ability)


def staffed_reps(manager: Manager, firm: Firm) -> int:
    """People in the team."""
    people = 0
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed:
            people += 1
    return people
