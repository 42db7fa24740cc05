"""Short reviews of one won, lost or stalled account: what was meant, what happened, what next."""

from .arithmetic import at_least, half_life_kept
from .declaration import Group, behaviour, lever, mode

ALONE, TEAM, PAIRED = 0, 1, 2


class Reviews(Group):
    """Account reviews and what they teach."""

    account_review_rate: float = lever(
        0.05,
        "share of deals",
        0,
        1,
        sweep=(0, 0.5),
        source="assumed",
        meaning="Share of decided deals that are reviewed.",
    )
    review_format: int = mode(
        "alone",
        ("alone", "team", "paired"),
        source="assumed",
        meaning="The rep alone, with the whole team, or with a colleague.",
    )
    review_hours: float = behaviour(
        1.0,
        "hours",
        0,
        40,
        sweep=(0.5, 2),
        source="assumed",
        meaning="What a review takes of each who takes part.",
    )
    effect: float = behaviour(
        0.015,
        "share per review",
        0,
        1,
        sweep=(0.005, 0.033),
        source="tannenbaum-2013",
        meaning="Share of the distance to the ceiling that the skill gains for good.",
    )
    shared_effect: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="What colleagues gain from a team review, relative to whose account it is.",
    )
    pair_effect: float = behaviour(
        0.04,
        "share per review",
        0,
        1,
        sweep=(0.01, 0.1),
        source="assumed",
        meaning="Share of the lead of a better partner that a paired review closes.",
    )
    working_memory: float = behaviour(
        0.02,
        "skill per review",
        0,
        1,
        sweep=(0.005, 0.05),
        source="assumed",
        meaning="Skill that is present only for some weeks after a review.",
    )
    memory_half_life: float = behaviour(
        4.0,
        "weeks",
        0.1,
        520,
        sweep=(2, 8),
        source="assumed",
        meaning="Weeks in which that part halves.",
    )
    understanding_effect: float = behaviour(
        0.05,
        "share per review",
        0,
        1,
        sweep=(0.02, 0.12),
        source="assumed",
        meaning="Share of what the strategy says beyond what is understood that a review brings.",
    )
    customer_effect: float = behaviour(
        0.3,
        "share per review",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Share of what is not known of the account that its review brings.",
    )


def lesson(reviews: Reviews, skill: float, top: float, weight: float) -> float:
    """What a review teaches for good (skill)."""
    return weight * reviews.effect * at_least(top - skill, 0.0)


def lesson_of_a_pair(reviews: Reviews, skill: float, partners_skill: float) -> float:
    """The weaker learns from the stronger: the gap closes on what is held already (skill)."""
    return reviews.pair_effect * at_least(partners_skill - skill, 0.0)


def clearer(understanding: float, clarity: float, effect: float) -> float:
    """Talking about a case shows what the strategy means (share)."""
    return understanding + effect * at_least(clarity - understanding, 0.0)


def memory_kept(reviews: Reviews) -> float:
    """Share of the working memory that survives a week."""
    return half_life_kept(reviews.memory_half_life)


def skill_at_hand(skill: float, fresh: float) -> float:
    """What is fresh in mind adds to skill, at most to mastery (skill)."""
    total = skill + fresh
    return total if total < 1.0 else 1.0
