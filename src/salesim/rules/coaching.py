"""How managers' time becomes coaching, and for whom."""

from .arithmetic import at_least
from .declaration import Group, behaviour, lever, mode, setting

WEAKEST, EQUAL, MIDDLE, STRONGEST = 0, 1, 2, 3


class Coaching(Group):
    """How managers coach."""

    coaching_share: float = lever(
        0.16,
        "share",
        0,
        1,
        sweep=(0.05, 0.35),
        source="alexander-2012",
        meaning="Share of a manager's hours for coaching, exceptions and reviews.",
    )
    coaching_focus: int = mode(
        "equal",
        ("weakest", "equal", "middle", "strongest"),
        source="assumed",
        meaning="Who gets most of the coaching; its hours stay the same.",
    )
    best_practice: float = setting(
        0.28,
        "share",
        0,
        1,
        sweep=(0.2, 0.4),
        source="alexander-2012",
        meaning="Share of hours for coaching where it is done best.",
    )
    skill_spread: float = setting(
        0.25,
        "log sd",
        0,
        2,
        sweep=(0.1, 0.5),
        source="lazear-2015-bosses",
        standing="size assumed",
        meaning="Spread between managers in what an hour of their coaching teaches.",
    )
    most_learned: float = behaviour(
        0.06118,
        "share per week",
        0,
        1,
        sweep=(0.02, 0.12),
        source="lazear-2015-bosses",
        standing="fitted",
        meaning="Share of the distance to the ceiling that any amount of coaching closes in a week.",
    )
    half_hours: float = behaviour(
        1.0,
        "hours per week",
        0.01,
        40,
        sweep=(0.5, 2),
        source="assumed",
        meaning="Weekly coaching that has half of this effect; little coaching has hardly any.",
    )
    noise_of_view: float = behaviour(
        0.1,
        "skill sd",
        0,
        2,
        sweep=(0.03, 0.25),
        source="assumed",
        meaning="How far a manager misjudges the skill of a rep.",
    )


def coaching_effect(coaching: Coaching, hours: float) -> float:
    """The response to coaching is S-shaped (share of the distance to the ceiling in a week)."""
    squared = hours * hours
    return coaching.most_learned * squared / (squared + coaching.half_hours * coaching.half_hours)


def focus_weight(focus: int, better_colleagues: float, team: int) -> float:
    """Weight of a rep in the division of coaching by the manager's ranking (weight, mean 1 or so).

    `better_colleagues` is how many of the others the manager thinks more skilled; one who seems as
    skilled counts half. In a team of two nobody is in the middle, and both count alike.
    """
    if team < 2 or focus == EQUAL or (focus == MIDDLE and team == 2):
        return 1.0
    standing = 1.0 - 2.0 * better_colleagues / float(team - 1)
    if focus == WEAKEST:
        return 1.0 - standing
    if focus == STRONGEST:
        return 1.0 + standing
    away = standing if standing > 0.0 else -standing
    return 2.0 * (1.0 - away)


def hours_for_coaching(hours: float, share: float, lost_hours: float) -> float:
    """Exceptions and reviews eat into coaching (hours per week of one manager)."""
    return at_least(hours * share - lost_hours, 0.0)
