"""What people say when they are asked about the strategy."""

from .declaration import Group, behaviour


class Survey(Group):
    """How understanding shows in answers."""

    self_rating: float = behaviour(
        3.0,
        "power",
        1,
        10,
        sweep=(2, 4),
        source="mittal-2023",
        standing="size assumed",
        meaning="How many times people overrate what they understand, when it is little.",
    )
    recall_concentration: float = behaviour(
        2.022,
        "pseudo-answers",
        0.05,
        1000,
        sweep=(0.5, 8),
        source="assumed",
        standing="fitted",
        meaning="How alike people of one understanding are in what they can recall.",
    )


def self_rated(understanding: float, self_rating: float) -> float:
    """What people think they understand: more than they do, at most everything (share)."""
    return 1.0 - float((1.0 - understanding) ** self_rating)


def recall_of_three(understanding: float, concentration: float) -> float:
    """Chance of naming at least three of five priorities (beta-binomial; probability)."""
    yes = understanding * concentration
    no = (1.0 - understanding) * concentration
    total = (concentration + 1.0) * (concentration + 2.0) * (concentration + 3.0)
    below = concentration * total * (concentration + 4.0)
    two = yes * (yes + 1.0) * (yes + 2.0)
    three = 10.0 * two * no * (no + 1.0)
    four = 5.0 * two * (yes + 3.0) * no
    five = two * (yes + 3.0) * (yes + 4.0)
    return (three + four + five) / below
