"""How the strategy reaches people, and how fast it fades."""

from .arithmetic import approach, at_least, half_life_kept
from .declaration import Group, behaviour, lever, mode

SILENCE, BROADCAST, CASCADE, DIRECT, DIALOGUE = 0, 1, 2, 3, 4


class Communication(Group):
    """How the strategy travels from head office to the reps."""

    strategy_clarity: float = lever(
        0.724,
        "share",
        0,
        1,
        source="assumed",
        standing="fitted",
        meaning="How clearly the strategy says what to do, for whom, and what to refuse.",
    )
    communication_mode: int = mode(
        "cascade",
        ("none", "broadcast", "cascade", "direct", "dialogue"),
        source="assumed",
        meaning="Not at all, by mail to all, level by level, in person, or in person and both ways.",
    )
    message_interval: int = lever(
        13,
        "weeks",
        1,
        520,
        sweep=(1, 52),
        source="assumed",
        meaning="Weeks between two messages.",
    )
    first_hop_fidelity: float = behaviour(
        0.9581,
        "share",
        0,
        1,
        sweep=(0.7, 1),
        source="sull-2018",
        standing="fitted",
        meaning="Share of a message that survives the hop from head office itself.",
    )
    fidelity: float = behaviour(
        0.63,
        "share",
        0,
        1,
        sweep=(0.6, 0.85),
        source="sull-2018",
        standing="derived",
        meaning="Share of a message that survives each further hop from superior to subordinate.",
    )
    broadcast_share: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="People who ever take in what is sent to all.",
    )
    absorption: float = behaviour(
        0.7206,
        "share",
        0,
        1,
        sweep=(0.3, 0.9),
        source="assumed",
        standing="fitted",
        meaning="Share of the distance to an arriving message that one hearing closes.",
    )
    complacency: float = behaviour(
        0.2186,
        "share",
        0,
        1,
        sweep=(0, 0.6),
        source="assumed",
        standing="fitted",
        meaning="Attention lost by those who are sure that they know the strategy already.",
    )
    half_life: float = behaviour(
        27.65,
        "weeks",
        1,
        520,
        sweep=(6, 56),
        source="saks-belcourt-2006",
        standing="fitted",
        meaning="Weeks in which understanding halves when nothing is repeated.",
    )
    team_pull: float = behaviour(
        0.02,
        "share per week",
        0,
        1,
        sweep=(0, 0.05),
        source="assumed",
        meaning="Share of the distance to the team's mean that talk among colleagues closes.",
    )


def message_is_due(message_interval: int, week_of_plan: int) -> bool:
    """A message goes out when the plan starts and then at every interval."""
    return week_of_plan >= 0 and week_of_plan % message_interval == 0


def clarity_so_far(communication: Communication, week_of_plan: int) -> float:
    """How clear the strategy is to who asks for it: not at all before it is told (share)."""
    if week_of_plan < 0 or communication.communication_mode == SILENCE:
        return 0.0
    return communication.strategy_clarity


def message_arriving(communication: Communication, way: int, hops: float, listens: bool) -> float:
    """A message is as clear as the strategy, less what each hop on its way loses (share).

    A cascade takes every hop down to the receiver; all other ways take one, and a dialogue halves
    the loss of it (fidelity to the power one half) because people can ask.
    """
    clarity = communication.strategy_clarity
    first = communication.first_hop_fidelity
    if way == SILENCE or (way == BROADCAST and not listens):
        return 0.0
    if way == CASCADE:
        return clarity * first * float(communication.fidelity ** (hops - 1.0))
    if way == DIALOGUE:
        half = 0.5
        return clarity * float(first**half)
    return clarity * first


def understanding_after_message(
    communication: Communication, understanding: float, arriving: float, self_rated: float
) -> float:
    """People learn what a message says beyond what they know, if they do not think they know (share)."""
    absorbed = communication.absorption * (1.0 - communication.complacency * self_rated)
    return understanding + absorbed * at_least(arriving - understanding, 0.0)


def understanding_kept(half_life: float) -> float:
    """Share of understanding that survives a week without a message."""
    return half_life_kept(half_life)


def understanding_among_colleagues(understanding: float, mean: float, team_pull: float) -> float:
    """What one knows in a team the others come to know, and what none knows is lost (share)."""
    return approach(understanding, mean, team_pull)
