"""How reps learn from deals, coaching and training, and how they forget."""

from .arithmetic import at_least, clamp, exponential
from .declaration import Group, behaviour, setting


class Learning(Group):
    """What makes skill grow and fade."""

    ability_spread: float = setting(
        0.4037,
        "log sd",
        0,
        2,
        sweep=(0.3, 0.5),
        source="cespedes-2014",
        standing="fitted",
        meaning="Spread of ability between people.",
    )
    half_ability: float = behaviour(
        0.5455,
        "ability",
        0.01,
        10,
        sweep=(0.25, 1),
        source="assumed",
        standing="fitted",
        meaning="Ability at which the ceiling of skill is one half, for a perfect fit to the task.",
    )
    aptitude: float = behaviour(
        0.8054,
        "log rate per ability",
        0,
        5,
        sweep=(0.3, 1.6),
        source="assumed",
        standing="fitted",
        meaning="How much faster the able learn.",
    )
    task_weight: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Share of the ceiling that is out of reach for those who do not suit the task.",
    )
    practice: float = behaviour(
        0.010,
        "share per deal",
        0,
        1,
        sweep=(0.004, 0.02),
        source="assumed",
        meaning="Share of the distance to the ceiling that a decided deal closes.",
    )
    training_effect: float = behaviour(
        0.008,
        "share per hour",
        0,
        1,
        sweep=(0.003, 0.016),
        source="assumed",
        meaning="Share of the distance to the ceiling that an hour of training closes.",
    )
    half_life: float = behaviour(
        52.0,
        "weeks",
        1,
        1000,
        sweep=(26, 104),
        source="saks-belcourt-2006",
        standing="derived",
        meaning="Weeks in which skill halves without practice and coaching.",
    )
    usual_deals: float = setting(
        1.4,
        "deals per week",
        0,
        100,
        sweep=(0.7, 2.8),
        source="assumed",
        meaning="Deals decided in a usual week, for the level at which skill settles.",
    )


def ceiling(learning: Learning, ability: float, task_fit: float) -> float:
    """The able can reach more, and those who suit the task more of it (skill)."""
    reach = ability / (ability + learning.half_ability)
    return reach * (1.0 - learning.task_weight * (1.0 - task_fit))


def learned_in_a_week(
    learning: Learning, ability: float, deals: float, coaching: float, training_hours: float
) -> float:
    """Deals, coaching and training teach the able faster (share of the distance to the ceiling).

    `coaching` is the share that a week's coaching would close for average ability.
    """
    taught = learning.practice * deals + coaching + learning.training_effect * training_hours
    return clamp(exponential(learning.aptitude * (ability - 1.0)) * taught, 0.0, 1.0)


def skill_after_a_week(skill: float, top: float, learned: float, kept: float) -> float:
    """Skill grows towards its ceiling and fades when it is not used (skill)."""
    return skill * kept + learned * at_least(top - skill, 0.0)


def settled_skill(top: float, learned: float, kept: float) -> float:
    """The skill at which learning and forgetting balance (skill)."""
    lost = 1.0 - kept
    if learned + lost <= 0.0:
        return 0.0
    return top * learned / (learned + lost)
