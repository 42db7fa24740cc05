"""How reps learn from deals and coaching, and how they forget."""

from .arithmetic import at_least, clamp
from .declaration import Group, behaviour, lever, setting


class Learning(Group):
    """What makes skill grow and fade."""

    ability_spread: float = setting(
        0.40, "log sd", 0, 2, source="cespedes-2014", meaning="Spread of ability between people.",
    )
    half_ability: float = behaviour(
        0.5, "ability", 0.01, 10, source="assumed",
        meaning="Ability at which the ceiling of skill is one half.",
    )
    practice: float = behaviour(
        0.010, "share per deal", 0, 1, source="assumed",
        meaning="Share of the distance to the ceiling that a decided deal closes.",
    )
    coaching_effect: float = behaviour(
        0.025, "share per hour", 0, 1, source="lazear-2015-bosses",
        meaning="Share of the distance to the ceiling that an hour of coaching closes.",
    )
    half_life: float = behaviour(
        52.0, "weeks", 1, 1000, source="saks-belcourt-2006",
        meaning="Weeks in which skill halves without practice and coaching.",
    )
    newcomer_share: float = behaviour(
        0.4, "share", 0, 1, source="cespedes-2021",
        meaning="A newcomer's skill as a share of the level that he will settle at.",
    )
    usual_deals: float = setting(
        1.7, "deals per week", 0, 100, source="assumed",
        meaning="Deals decided in a usual week, for the level at which skill settles.",
    )


class Coaching(Group):
    """How managers' time becomes coaching."""

    coaching_share: float = lever(
        0.16, "share", 0, 1, source="alexander-2012", meaning="Share of a manager's hours for coaching.",
    )
    best_practice: float = setting(
        0.28, "share", 0, 1, source="alexander-2012",
        meaning="Share of hours for coaching where it is done best.",
    )
    skill_spread: float = setting(
        0.25, "log sd", 0, 2, source="lazear-2015-bosses",
        meaning="Spread between managers in what an hour of their coaching teaches.",
    )


def ceiling(learning: Learning, ability: float) -> float:
    """The able can reach more (skill)."""
    return ability / (ability + learning.half_ability)


def learned_in_a_week(
    learning: Learning, ability: float, deals: float, coaching_hours: float
) -> float:
    """Deals and coaching teach, and teach the able faster (share of the distance to the ceiling)."""
    taught = learning.practice * deals + learning.coaching_effect * coaching_hours
    return clamp(ability * taught, 0.0, 1.0)


def skill_after_a_week(skill: float, top: float, learned: float, kept: float) -> float:
    """Skill grows towards its ceiling and fades when it is not used (skill)."""
    return skill * kept + learned * at_least(top - skill, 0.0)


def settled_skill(top: float, learned: float, kept: float) -> float:
    """The skill at which learning and forgetting balance (skill)."""
    lost = 1.0 - kept
    if learned + lost <= 0.0:
        return 0.0
    return top * learned / (learned + lost)


def coaching_hours_each(hours: float, share: float, approval_hours: float, reps: int) -> float:
    """Exceptions eat into coaching; what is left is divided among the team (hours per rep)."""
    if reps == 0:
        return 0.0
    return at_least(hours * share - approval_hours, 0.0) / float(reps)
