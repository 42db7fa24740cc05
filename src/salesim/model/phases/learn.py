"""Phase 7: coaching, experience and forgetting."""

from ...rules.arithmetic import at_least, half_life_kept
from ...rules.learning import (
    coaching_hours_each,
    learned_in_a_week,
    settled_skill,
    skill_after_a_week,
)
from ..people import staffed_reps
from ..scenario import Scenario
from ..state import Firm, Manager, Rep


def learn(scenario: Scenario, firm: Firm, t: int) -> None:
    """Managers coach with the hours that exceptions leave; reps learn from deals, and forget."""
    kept = half_life_kept(scenario.learning.half_life)
    for manager in firm.managers:
        if manager.level == 1:
            make_time(manager, scenario, firm)
    for rep in firm.reps:
        if rep.staffed:
            manager = firm.managers[rep.manager]
            firm.books[t].coaching_hours += manager.coaching_hours
            improve(rep, manager, kept, scenario, firm)
        rep.decided = 0


def make_time(manager: Manager, scenario: Scenario, firm: Firm) -> None:
    """The manager divides the coaching that this week leaves over the team."""
    team = staffed_reps(manager, firm)
    asked = float(manager.approvals) * scenario.approval.approval_hours
    manager.coaching_hours = coaching_hours_each(
        scenario.organisation.hours_per_week, scenario.coaching.coaching_share, asked, team
    )
    manager.approvals = 0


def improve(
    rep: Rep, manager: Manager, kept: float, scenario: Scenario, firm: Firm
) -> None:
    """Skill after a week of deals and coaching."""
    learning = scenario.learning
    taught = manager.coaching_hours * manager.coaching_skill
    learned = learned_in_a_week(learning, rep.ability, float(rep.decided), taught)
    rep.skill = skill_after_a_week(rep.skill, rep.ceiling, learned, kept)
    if firm.ideal.best_skill:
        master_skill(rep, scenario)


def master_skill(rep: Rep, scenario: Scenario) -> None:
    """The skill that best-practice coaching settles at, unless the rep is better already."""
    rep.skill = at_least(skill_at_rest(rep, scenario.coaching.best_practice, scenario), rep.skill)


def skill_at_rest(rep: Rep, coaching_share: float, scenario: Scenario) -> float:
    """Where the rep's skill settles with usual deals and this much coaching (skill)."""
    learning = scenario.learning
    organisation = scenario.organisation
    taught = coaching_hours_each(
        organisation.hours_per_week, coaching_share, 0.0, organisation.span_of_control
    )
    learned = learned_in_a_week(learning, rep.ability, learning.usual_deals, taught)
    return settled_skill(rep.ceiling, learned, half_life_kept(learning.half_life))
