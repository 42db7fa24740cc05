"""The price that a customer has in mind."""

from .arithmetic import approach, at_least
from .declaration import Group, behaviour


class Reference(Group):
    """What makes a reference price, and what exceeding it does."""

    loss_aversion: float = behaviour(
        1.0,
        "factor",
        0,
        5,
        sweep=(0.5, 1.5),
        source="bruno-2012",
        meaning="How much more than price itself a price above the reference weighs.",
    )
    entitlement: float = behaviour(
        0.05,
        "share",
        0,
        1,
        sweep=(0, 0.15),
        source="bruno-2012",
        standing="size assumed",
        meaning="How far below the reference a fully trusting customer expects to be.",
    )
    weight_of_paid: float = behaviour(
        0.6,
        "share",
        0,
        1,
        sweep=(0.3, 0.9),
        source="bruno-2012",
        standing="size assumed",
        meaning="How far a price that was paid replaces the reference.",
    )
    weight_of_quoted: float = behaviour(
        0.15,
        "share",
        0,
        1,
        sweep=(0.05, 0.3),
        source="assumed",
        meaning="How far a price that was only quoted replaces the reference.",
    )


def expected_price(reference: float, trust: float, entitlement: float) -> float:
    """Customers who trust ask for less than what they are used to (USD per unit)."""
    return reference * (1.0 - entitlement * trust)


def sense_of_loss(reference: Reference, sensitivity: float, price: float, expected: float) -> float:
    """A price above what was expected hurts beyond what it costs (utility)."""
    return reference.loss_aversion * sensitivity * at_least(price - expected, 0.0)


def weight_left(weight_of_paid: float, weight_of_quoted: float) -> float:
    """What paying adds to having been quoted the same price, so that both make the weight of paid."""
    if weight_of_quoted >= weight_of_paid:
        return 0.0
    return (weight_of_paid - weight_of_quoted) / (1.0 - weight_of_quoted)


def reference_after(reference_price: float, price: float, weight: float) -> float:
    """What customers see and pay becomes what they expect (USD per unit)."""
    return approach(reference_price, price, weight)
