"""Goods that come back: how often, how much of a sale, and after how long."""

from .declaration import Group, setting


class Returns(Group):
    """What customers send back; none in the typical firm."""

    chance: float = setting(
        0.0,
        "probability",
        0,
        1,
        sweep=(0, 0.2),
        source="assumed",
        meaning="Chance that part of a sale comes back from a customer whom the offer does not fit at all.",
    )
    part: float = setting(
        0.2,
        "share",
        0,
        1,
        sweep=(0.05, 1),
        source="assumed",
        meaning="How much of such a sale comes back; its cost is lost.",
    )
    weeks: int = setting(
        4,
        "weeks",
        1,
        52,
        sweep=(1, 13),
        source="assumed",
        meaning="How long after the sale.",
    )


def chance_of_return(returns: Returns, fit: float) -> float:
    """The better the offer suits a customer, the less comes back (probability)."""
    return returns.chance * (1.0 - fit)


def credit_left(returns: Returns, fit: float, credit_lost: float) -> float:
    """What is left of a sale's credit on average, where returns take so much of theirs (share)."""
    return 1.0 - credit_lost * returns.part * chance_of_return(returns, fit)
