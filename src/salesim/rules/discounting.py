"""What price a rep wants to quote."""

from .arithmetic import approach, at_least, lambert_w_of_exp
from .declaration import Group, behaviour


class Discounting(Group):
    """What makes reps give discounts."""

    professional_norm: float = behaviour(
        0.8,
        "share",
        0,
        1,
        sweep=(0.4, 1),
        source="assumed",
        meaning="Share of cost that an aligned rep feels although pay ignores it.",
    )
    norm_of_participation: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="homburg-2012",
        meaning="Share of what is missing of the norm that full participation in pricing brings.",
    )


def norm(discounting: Discounting, alignment: float, participation: float) -> float:
    """Conviction makes reps feel cost, and so does a part in pricing (share)."""
    brought = discounting.norm_of_participation * participation
    return approach(alignment * discounting.professional_norm, 1.0, brought)


def felt_cost(unit_cost: float, share_in_pay: float, norm_felt: float) -> float:
    """A rep paid on volume feels cost only out of conviction (USD per unit; Weinberg 1975).

    `share_in_pay` is the share of cost that pay counts: 0 under pay on revenue, 1 on margin.
    """
    return unit_cost * (share_in_pay + (1.0 - share_in_pay) * norm_felt)


def quoted_price(score: float, sensitivity: float, cost: float) -> float:
    """The price that maximises win chance times what the seller feels is left (USD per unit).

    The win chance is sigmoid(score - sensitivity * price); the optimum of
    chance * (price - cost) is cost + (1 + W(exp(score - sensitivity * cost - 1))) / sensitivity.
    """
    w = lambert_w_of_exp(score - sensitivity * cost - 1.0)
    return cost + (1.0 + w) / sensitivity


def price_at_reference(
    score: float, sensitivity: float, cost: float, reference: float, loss_aversion: float
) -> float:
    """The best price when a price above the reference hurts more: a branch or the kink (USD)."""
    below = quoted_price(score, sensitivity, cost)
    if below <= reference or loss_aversion <= 0.0:
        return below
    lost = loss_aversion * sensitivity
    above = quoted_price(score + lost * reference, sensitivity + lost, cost)
    return at_least(above, reference)


def best_gain(score: float, sensitivity: float, cost: float) -> float:
    """Expected gain per unit at the best price: W / sensitivity (USD)."""
    return lambert_w_of_exp(score - sensitivity * cost - 1.0) / sensitivity
