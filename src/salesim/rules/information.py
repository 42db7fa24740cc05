"""What reps know of their accounts' potential, and whether they use the tools that tell them."""

from .arithmetic import approach, half_life_kept
from .declaration import Group, behaviour, lever


class Information(Group):
    """Account information and its adoption."""

    account_information: float = lever(
        0.2,
        "share",
        0,
        1,
        source="assumed",
        meaning="How much of an account's potential the firm's tools show to a rep who uses them.",
    )
    potential_error: float = behaviour(
        0.6,
        "log sd",
        0,
        3,
        sweep=(0.3, 1),
        source="assumed",
        meaning="How far a rep misjudges what an account is worth without information.",
    )
    habit_reset: float = behaviour(
        0.7,
        "share",
        0,
        1,
        sweep=(0.3, 1),
        source="assumed",
        meaning="Share of habit that full and used information overcomes.",
    )
    first_adoption: float = behaviour(
        0.9,
        "share",
        0,
        1,
        sweep=(0.6, 1),
        source="speier-venkatesh-2002",
        meaning="Use of the tools right after they are introduced.",
    )
    adoption_half_life: float = behaviour(
        13.0,
        "weeks",
        1,
        520,
        sweep=(6, 26),
        source="speier-venkatesh-2002",
        meaning="Weeks in which the distance to the lasting use halves.",
    )
    own_benefit: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Lasting use by a rep who does not act on the strategy.",
    )


def used_information(account_information: float, adoption: float) -> float:
    """Information helps as far as it is there and used (share)."""
    return account_information * adoption


def adoption_after_a_week(information: Information, adoption: float, alignment: float) -> float:
    """Tools are used where reps see a benefit: where the strategy is acted on (share)."""
    level = approach(information.own_benefit, 1.0, alignment)
    return approach(level, adoption, half_life_kept(information.adoption_half_life))


def error_of_potential(information: Information, used: float) -> float:
    """How far a rep misjudges potential (log sd)."""
    return information.potential_error * (1.0 - used)


def habit_left(information: Information, used: float) -> float:
    """How far habit still guides (share)."""
    return 1.0 - information.habit_reset * used
