"""People: who joins, what they are like, and what a team is on average."""

from ..rules.acceptance import buy_in_level
from ..rules.hiring import ability, talent, task_fit
from ..rules.learning import ceiling
from .columns import SEATS_AT_MOST
from .luck import INDUSTRIES, LISTENING, TALENT, draws, normal, uniform
from .phases.plans import take_plan
from .scenario import Scenario
from .state import Firm, Manager, Rep


def join(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Somebody new takes the seat: able or not by chance, and new to the strategy."""
    rep.staffed = True
    rep.hires += 1
    become_someone(rep, scenario, firm)
    rep.understanding = 0.0
    take_plan(rep, firm, 0)
    rep.buy_in = believable_to(rep, scenario, firm)
    rep.adoption = scenario.information.first_adoption
    rep.tenure = 0
    rep.fresh = 0.0
    rep.articulation = 0.0
    rep.credited_this_week = 0.0
    rep.target_this_week = 0.0
    rep.deal_pay_this_week = 0.0
    rep.band_pay_this_week = 0.0
    rep.band_credit_this_week = 0.0
    rep.decided = 0
    rep.lost_hours = 0.0
    rep.result = -1.0
    rep.recent_pay = scenario.pay.market_pay


def believable_to(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """The belief in the strategy that the rep's own pay deserves (share)."""
    return buy_in_level(scenario.acceptance, firm.pay_plans[rep.pay_plan].pay.margin_weight)


def become_someone(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """A person is drawn for the seat and the number of its hire, whenever the hire is made."""
    a, b, c, d = draws(firm.luck, rep.hires, rep.id, TALENT)
    shown, hidden = normal(a, b), normal(c, d)
    rep.ability = ability(talent(scenario.hiring, shown, hidden), scenario.learning.ability_spread)
    e, f, g, _ = draws(firm.luck, rep.hires, rep.id, LISTENING)
    rep.task_fit = task_fit(scenario.hiring, normal(e, f))
    rep.listens = g < scenario.communication.broadcast_share
    rep.ceiling = ceiling(scenario.learning, rep.ability, rep.task_fit)
    rep.industries = 0
    person = rep.hires * SEATS_AT_MOST + rep.id
    for k in range(scenario.needs.industries):
        if uniform(firm.luck, person, k, INDUSTRIES) < scenario.hiring.industries_known:
            rep.industries = rep.industries | (1 << k)


def is_onboarding(rep: Rep, scenario: Scenario, firm: Firm) -> bool:
    """Whether a newcomer still learns and does not meet customers; not where there is no ramp."""
    new = rep.hires > 0 and rep.tenure < scenario.training.onboarding
    return new and not firm.ideal.seats_filled


def knows_industry(rep: Rep, industry: int) -> bool:
    """Whether a rep has sold, or came having sold, to this industry."""
    return (rep.industries >> industry) & 1 == 1


def know_team(manager: Manager, firm: Firm) -> None:
    """How many there are in a team, and what they know, believe and can do on average."""
    people = 0
    understanding, buy_in, skill, ability, articulation, adoption = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            people += 1
            understanding += rep.understanding
            buy_in += rep.buy_in
            skill += rep.skill
            ability += rep.ability
            articulation += rep.articulation
            adoption += rep.adoption
    each = 1.0 / float(people) if people > 0 else 0.0
    manager.team_size = people
    manager.team_understanding = understanding * each
    manager.team_buy_in = buy_in * each
    manager.team_skill = skill * each
    manager.team_ability = ability * each if people > 0 else 1.0
    manager.team_articulation = articulation * each
    manager.team_adoption = adoption * each
