"""What price a rep wants to quote."""

from .arithmetic import approach, at_least, at_most, lambert_w_of_exp, sigmoid
from .declaration import Group, behaviour

STEPS = 40


class Discounting(Group):
    """What makes reps give discounts."""

    professional_norm: float = behaviour(
        0.8, "share", 0, 1, source="assumed",
        meaning="Share of cost that an aligned rep feels although pay ignores it.",
    )
    norm_of_participation: float = behaviour(
        0.5, "share", 0, 1, source="homburg-2012",
        meaning="Share of the missing norm that full participation in pricing brings.",
    )
    comeback: float = behaviour(
        0.35, "probability", 0, 1, source="assumed",
        meaning="Chance that a customer who let the matter rest takes it up again.",
    )
    reconsider_weeks: int = behaviour(
        6, "weeks", 1, 104, source="assumed", meaning="Weeks until a customer takes it up again.",
    )


def norm(discounting: Discounting, alignment: float, participation: float) -> float:
    """Conviction makes reps feel cost, and more so when they had a part in pricing (share)."""
    brought = discounting.norm_of_participation * participation
    return alignment * approach(discounting.professional_norm, 1.0, brought)


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


def gain_at(score: float, sensitivity: float, cost: float, price: float) -> float:
    """Expected gain per unit at a price (USD)."""
    return sigmoid(score - sensitivity * price) * (price - cost)


def worth_of_a_second_chance(chance: float, gain_later: float, worth_ratio: float) -> float:
    """What a deal that survives a no is still worth, a cost of winning it now (USD per unit).

    `gain_later` is at the best price allowed; `worth_ratio` a dollar's worth then over now.
    """
    return chance * at_least(gain_later, 0.0) * worth_ratio


def price_after_a_no(score: float, sensitivity: float, cost: float, refused: float) -> float:
    """The best price for a customer known to have declined a higher one (USD per unit).

    Maximises (chance here - chance at the refused price) * (price - cost): the noise of an
    opportunity persists, so asking the same again would be in vain.
    """
    low, high = cost, refused
    known = sigmoid(score - sensitivity * refused)
    for _ in range(STEPS):
        third = (high - low) / 3.0
        a, b = low + third, high - third
        at_a = (sigmoid(score - sensitivity * a) - known) * (a - cost)
        at_b = (sigmoid(score - sensitivity * b) - known) * (b - cost)
        if at_a < at_b:
            low = a
        else:
            high = b
    return at_most(0.5 * (low + high), refused)
