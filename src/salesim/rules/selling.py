"""How an opportunity is moved to the point where the customer is ready to hear a price."""

from .arithmetic import approach, clamp
from .declaration import Group, behaviour


class Selling(Group):
    """How fast work moves an opportunity, and how well value is argued."""

    pace: float = behaviour(
        0.2391,
        "share per week",
        0.001,
        1,
        sweep=(0.12, 0.5),
        source="bridge-group-2017",
        standing="fitted",
        meaning="Progress in a week of full response by a rep of average skill.",
    )
    patience: int = behaviour(
        26,
        "weeks",
        1,
        520,
        sweep=(13, 52),
        source="assumed",
        meaning="Weeks after which a customer who has heard no price gives up.",
    )
    self_evident: float = behaviour(
        0.9367,
        "share",
        0,
        1,
        sweep=(0.85, 0.98),
        source="assumed",
        standing="fitted",
        meaning="Share of the value that a customer sees without being shown.",
    )
    task_share: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="terho-2015",
        meaning="Share of value selling that needs an understanding of the strategy.",
    )


def progress_in_a_week(selling: Selling, skill: float, responding: float) -> float:
    """Skilled reps who are present move an opportunity faster (share of the way)."""
    return selling.pace * (0.5 + skill) * responding


def value_selling(selling: Selling, skill: float, understanding: float, articulation: float) -> float:
    """Showing value takes skill and knowing what the strategy offers to whom, or training (share)."""
    known = 1.0 - selling.task_share * (1.0 - understanding)
    return approach(clamp(skill * known, 0.0, 1.0), 1.0, articulation)


def perceived_value(selling: Selling, value: float, argued: float) -> float:
    """Customers see part of the value by themselves and the rest as it is argued (USD per unit)."""
    return value * (selling.self_evident + (1.0 - selling.self_evident) * argued)
