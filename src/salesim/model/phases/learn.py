"""Phase 7: reviews, coaching, experience, training and forgetting."""

from ...rules.acceptance import alignment
from ...rules.arithmetic import at_least, half_life_kept
from ...rules.coaching import coaching_effect, focus_weight, hours_for_coaching
from ...rules.communication import clarity_so_far
from ...rules.information import adoption_after_a_week
from ...rules.learning import learned_in_a_week, settled_skill, skill_after_a_week
from ...rules.reviews import memory_kept
from ...rules.training import (
    after_a_week_of_onboarding,
    articulation_after_a_week,
    articulation_hours,
    training_hours,
)
from ..luck import VIEW_OF_SKILL, draws, normal
from ..people import is_onboarding
from ..scenario import Scenario
from ..state import Firm, Manager, Rep
from .review import review_accounts


def learn(scenario: Scenario, firm: Firm, t: int) -> None:
    """Accounts are reviewed, managers coach with the hours that are left, and reps learn and forget."""
    review_accounts(scenario, firm, t)
    introduce_tools(scenario, firm)
    kept = half_life_kept(scenario.learning.half_life)
    for manager in firm.managers:
        if manager.level == 1:
            coach(manager, scenario, firm, t)
    for rep in firm.reps:
        if rep.staffed:
            improve(rep, firm.managers[rep.manager], kept, scenario, firm, t)
        rep.decided = 0


def introduce_tools(scenario: Scenario, firm: Firm) -> None:
    """Better account information is tried by everybody at first."""
    office = firm.office[0]
    offered = scenario.information.account_information
    if offered > office.information:
        for rep in firm.reps:
            rep.adoption = scenario.information.first_adoption
    office.information = offered


def coach(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """The manager divides the coaching that this week leaves over the team, as its focus says."""
    lost = float(manager.approvals) * scenario.approval.approval_hours + manager.lost_hours
    hours = scenario.organisation.hours_per_week
    manager.coaching_hours = hours_for_coaching(hours, scenario.coaching.coaching_share, lost)
    manager.approvals = 0
    manager.lost_hours = at_least(lost - hours * scenario.coaching.coaching_share, 0.0)
    for k in range(manager.first_rep, manager.last_rep):
        look_at_skill(firm.reps[k], scenario, firm)
    total = 0.0
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        rep.coaching = 0.0
        if rep.staffed:
            rep.coaching = weigh_for_coaching(rep, manager, scenario, firm)
            total += rep.coaching
    if total > 0.0:
        firm.books[t].coaching_hours += manager.coaching_hours
        for k in range(manager.first_rep, manager.last_rep):
            firm.reps[k].coaching = firm.reps[k].coaching * manager.coaching_hours / total


def weigh_for_coaching(rep: Rep, manager: Manager, scenario: Scenario, firm: Firm) -> float:
    """How much of the manager's coaching a rep gets, by the standing that the manager sees (weight)."""
    better = 0.0
    for k in range(manager.first_rep, manager.last_rep):
        other = firm.reps[k]
        if other.staffed and k != rep.id:
            if other.seen_skill > rep.seen_skill:
                better += 1.0
            elif other.seen_skill == rep.seen_skill:
                better += 0.5
    return focus_weight(scenario.coaching.coaching_focus, better, manager.team_size)


def look_at_skill(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """The manager has a lasting view of each rep's skill, right or wrong."""
    a, b, _, _ = draws(firm.luck, rep.hires, rep.id, VIEW_OF_SKILL)
    rep.seen_skill = rep.skill + scenario.coaching.noise_of_view * normal(a, b)


def improve(rep: Rep, manager: Manager, kept: float, scenario: Scenario, firm: Firm, t: int) -> None:
    """Skill, articulation and use of tools after a week of deals, coaching and training."""
    learning = scenario.learning
    trained = training_hours(scenario.training)
    coached = manager.coaching_skill * coaching_effect(scenario.coaching, rep.coaching)
    learned = learned_in_a_week(learning, rep.ability, float(rep.decided), coached, trained)
    rep.skill = skill_after_a_week(rep.skill, rep.ceiling, learned, kept)
    rep.fresh = rep.fresh * memory_kept(scenario.reviews)
    rep.articulation = articulation_after_a_week(scenario.training, rep.articulation)
    acting = alignment(rep.understanding, rep.buy_in)
    rep.adoption = adoption_after_a_week(scenario.information, rep.adoption, acting)
    firm.books[t].training_hours += trained + articulation_hours(scenario.training)
    if is_onboarding(rep, scenario, firm):
        be_shown_the_ropes(rep, scenario, t)
    if firm.ideal.best_skill:
        master_skill(rep, scenario)


def be_shown_the_ropes(rep: Rep, scenario: Scenario, t: int) -> None:
    """A newcomer learns the job and the strategy before meeting customers."""
    effect = scenario.training.onboarding_effect
    settled = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
    rep.skill = after_a_week_of_onboarding(rep.skill, settled, effect)
    said = clarity_so_far(scenario.communication, t - scenario.organisation.burn_in_weeks)
    rep.understanding = after_a_week_of_onboarding(rep.understanding, said, effect)


def master_skill(rep: Rep, scenario: Scenario) -> None:
    """The skill that best-practice coaching settles at, unless the rep is better already."""
    rep.skill = at_least(skill_at_rest(rep, scenario.coaching.best_practice, scenario), rep.skill)


def skill_at_rest(rep: Rep, coaching_share: float, scenario: Scenario) -> float:
    """Where the rep's skill settles with usual deals, training and this much coaching (skill)."""
    learning = scenario.learning
    organisation = scenario.organisation
    each = hours_for_coaching(organisation.hours_per_week, coaching_share, 0.0)
    coached = coaching_effect(scenario.coaching, each / float(organisation.span_of_control))
    learned = learned_in_a_week(
        learning, rep.ability, learning.usual_deals, coached, training_hours(scenario.training)
    )
    return settled_skill(rep.ceiling, learned, half_life_kept(learning.half_life))
