"""What price a rep quotes."""

from .arithmetic import at_least, at_most, lambert_w_of_exp
from .declaration import Group, behaviour, lever


class Discounting(Group):
    """How much freedom reps have in price, and what makes them use it."""

    discount_authority: float = lever(
        0.10, "share of list", 0, 1, source="assumed",
        meaning="Largest discount from list that a rep may give without asking.",
    )
    professional_norm: float = behaviour(
        0.8, "share", 0, 1, source="assumed",
        meaning="Share of cost that an aligned rep feels although pay ignores it.",
    )


def felt_cost(
    discounting: Discounting, unit_cost: float, share_in_credit: float, alignment: float
) -> float:
    """A rep paid on volume feels cost only out of conviction (USD per unit; Weinberg 1975).

    `share_in_credit` is the share of cost that credit counts: 0 under pay on revenue.
    """
    norm = alignment * discounting.professional_norm
    return unit_cost * (share_in_credit + (1.0 - share_in_credit) * norm)


def quoted_price(score: float, sensitivity: float, cost: float) -> float:
    """The price that maximises win chance times what the seller feels is left (USD per unit).

    The win chance is sigmoid(score - sensitivity * price); the optimum of
    chance * (price - cost) is cost + (1 + W(exp(score - sensitivity * cost - 1))) / sensitivity.
    """
    w = lambert_w_of_exp(score - sensitivity * cost - 1.0)
    return cost + (1.0 + w) / sensitivity


def best_gain(score: float, sensitivity: float, cost: float) -> float:
    """Expected gain per unit at the best price: W / sensitivity (USD)."""
    return lambert_w_of_exp(score - sensitivity * cost - 1.0) / sensitivity


def floor_price(list_price: float, discount_authority: float) -> float:
    """The lowest price within a rep's authority (USD per unit)."""
    return list_price * (1.0 - discount_authority)


def price_within(wanted: float, floor: float, list_price: float) -> float:
    """Nobody quotes above list, nor below the floor that applies (USD per unit)."""
    return at_least(at_most(wanted, list_price), floor)
