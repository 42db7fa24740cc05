"""What a deal is still worth that was not won at once, and its price when it comes back."""

from .arithmetic import at_least, sigmoid
from .declaration import Group, behaviour

STEPS = 15


class SecondChance(Group):
    """Customers who let a matter rest."""

    comeback: float = behaviour(
        0.35,
        "probability",
        0,
        1,
        sweep=(0.15, 0.6),
        source="assumed",
        meaning="Chance that a customer who let the matter rest takes it up again, once.",
    )
    reconsider_weeks: int = behaviour(
        6,
        "weeks",
        1,
        104,
        sweep=(3, 13),
        source="assumed",
        meaning="Weeks until a customer takes it up again.",
    )


def chance_at(
    price: float, score: float, sensitivity: float, reference: float, loss_aversion: float
) -> float:
    """Win chance at a price; above the reference each dollar weighs more (probability)."""
    loss = loss_aversion * at_least(price - reference, 0.0)
    return sigmoid(score - sensitivity * (price + loss))


def price_after_a_no(
    score: float,
    sensitivity: float,
    cost: float,
    refused: float,
    reference: float,
    loss_aversion: float,
) -> float:
    """The best price for a customer known to have declined a higher one (USD per unit).

    Maximises (chance here - chance at the refused price) * (price - cost): the noise of an
    opportunity persists, so asking the same again would be in vain. `refused` exceeds `cost`. The
    slope of that product falls through zero between the two; halving the interval finds where.
    """
    known = chance_at(refused, score, sensitivity, reference, loss_aversion)
    low, high = cost, refused
    for _ in range(STEPS):
        middle = 0.5 * (low + high)
        chance = chance_at(middle, score, sensitivity, reference, loss_aversion)
        weight = sensitivity * (1.0 + loss_aversion) if middle > reference else sensitivity
        if chance - known > weight * chance * (1.0 - chance) * (middle - cost):
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def gain_after_a_no(chance: float, chance_before: float, price: float, cost: float) -> float:
    """Expected gain per unit at a second price, from a customer who declined the first (USD)."""
    if chance_before >= 1.0:
        return 0.0
    left = at_least(chance - chance_before, 0.0) / (1.0 - chance_before)
    return left * at_least(price - cost, 0.0)


def worth_of_a_second_chance(chance: float, gain_later: float, worth_ratio: float) -> float:
    """What a deal that survives a no is still worth, a cost of winning it now (USD per unit).

    `gain_later` is at the best price allowed then; `worth_ratio` a dollar's worth then over now.
    """
    return chance * at_least(gain_later, 0.0) * worth_ratio
