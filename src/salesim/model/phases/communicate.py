"""Phase 1: the strategy travels from head office to managers and reps."""

from ...rules.acceptance import buy_in_after_a_week, buy_in_level
from ...rules.communication import (
    DIALOGUE,
    message_arriving,
    message_is_due,
    understanding_after_message,
    understanding_among_colleagues,
    understanding_kept,
)
from ...rules.planning import belief_after_news
from ...rules.survey import self_rated
from ..accounts import judge_fit
from ..people import believable_to, know_team
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep


def communicate(scenario: Scenario, firm: Firm, t: int) -> None:
    """Head office speaks, teams talk, and what is not repeated fades."""
    communication = scenario.communication
    week_of_plan = t - scenario.organisation.burn_in_weeks
    due = message_is_due(communication.message_interval, week_of_plan)
    hops = float(scenario.organisation.hierarchy_hops)
    kept = understanding_kept(communication.half_life)
    believable = buy_in_level(scenario.acceptance, scenario.pay.margin_weight)
    for manager in firm.managers:
        reflect(manager, kept, believable, scenario, firm)
        if due:
            hear_strategy(manager, hops - float(manager.level), scenario)
        if manager.level == 1:
            know_team(manager, firm)
    for rep in firm.reps:
        if rep.staffed:
            talk_it_over(rep, firm.managers[rep.manager], scenario)
            reflect(rep, kept, believable_to(rep, scenario, firm), scenario, firm)
            if due:
                hear_strategy(rep, hops, scenario)
    if due and communication.communication_mode == DIALOGUE:
        for customer in firm.customers:
            hear_news(customer, scenario, firm)


def hear_strategy(person: Manager | Rep, hops: float, scenario: Scenario) -> None:
    """What arrives of a message is partly taken in."""
    communication = scenario.communication
    way = communication.communication_mode
    arriving = message_arriving(communication, way, hops, person.listens)
    rated = self_rated(person.understanding, scenario.survey.self_rating)
    person.understanding = understanding_after_message(communication, person.understanding, arriving, rated)


def talk_it_over(rep: Rep, manager: Manager, scenario: Scenario) -> None:
    """Colleagues come to the same view."""
    rep.understanding = understanding_among_colleagues(
        rep.understanding, manager.team_understanding, scenario.communication.team_pull
    )


def hear_news(customer: Customer, scenario: Scenario, firm: Firm) -> None:
    """In a dialogue head office hears what has changed at an account, and where it was always wrong."""
    carried = scenario.planning.news_carried
    customer.seen_fit = belief_after_news(customer.seen_fit, customer.fit, carried)
    customer.misfit_of_plan = belief_after_news(customer.misfit_of_plan, 0.0, carried)
    judge_fit(customer, scenario, firm)


def reflect(person: Manager | Rep, kept: float, believable: float, scenario: Scenario, firm: Firm) -> None:
    """A week passes: understanding fades, and belief moves to what the firm's acts deserve."""
    person.understanding = person.understanding * kept
    person.buy_in = buy_in_after_a_week(person.buy_in, believable, scenario.acceptance.adjustment)
    if firm.ideal.understood:
        person.understanding = 1.0
    if firm.ideal.accepted:
        person.buy_in = 1.0
