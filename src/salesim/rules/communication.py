"""How the strategy reaches people, and how fast it fades."""

from .arithmetic import at_least, half_life_kept
from .declaration import Group, behaviour, lever


class Communication(Group):
    """How the strategy travels from head office to the reps."""

    strategy_clarity: float = lever(
        0.4, "share", 0, 1, source="assumed",
        meaning="How clearly the strategy says what to do, for whom, and what to refuse.",
    )
    message_interval: int = lever(
        13, "weeks", 1, 520, source="assumed", meaning="Weeks between two messages down the line.",
    )
    fidelity: float = behaviour(
        0.725, "share", 0, 1, source="nichols-1962",
        meaning="Share of a message that survives one hop from superior to subordinate.",
    )
    absorption: float = behaviour(
        0.6, "share", 0, 1, source="assumed",
        meaning="Share of the distance to an arriving message that one hearing closes.",
    )
    half_life: float = behaviour(
        13.0, "weeks", 1, 520, source="saks-belcourt-2006",
        meaning="Weeks in which understanding halves when nothing is repeated.",
    )


def message_is_due(message_interval: int, week_of_plan: int) -> bool:
    """A message goes out when the plan starts and then at every interval."""
    return week_of_plan >= 0 and week_of_plan % message_interval == 0


def message_arriving(strategy_clarity: float, fidelity: float, hops: float) -> float:
    """A message is as clear as the strategy, less what each hop on the way loses (share)."""
    return strategy_clarity * float(fidelity**hops)


def understanding_after_message(
    understanding: float, arriving: float, absorption: float
) -> float:
    """People learn from a message only what it says beyond what they know (share)."""
    return understanding + absorption * at_least(arriving - understanding, 0.0)


def understanding_kept(half_life: float) -> float:
    """Share of understanding that survives a week without a message."""
    return half_life_kept(half_life)
