"""The curve that turns credit into pay: threshold, quota, accelerator, bonus and cap."""

from .arithmetic import at_least, at_most
from .declaration import Group, lever

NO_CAP = 1000.0


class Payout(Group):
    """Shapes of the pay curve, by the period and by the year."""

    threshold: float = lever(
        0.0,
        "share of quota",
        0,
        1,
        sweep=(0, 0.8),
        source="assumed",
        meaning="Credit of a period that earns nothing.",
    )
    accelerator: float = lever(
        1.25,
        "factor",
        0,
        20,
        sweep=(1, 5),
        source="assumed",
        meaning="Rate above quota as a multiple of the rate below it.",
    )
    bonus: float = lever(
        2_500.0,
        "USD per period",
        0,
        1e6,
        sweep=(0, 10_000),
        source="joseph-kalwani-1998",
        meaning="Lump sum for reaching the quota of a period.",
    )
    cap: float = lever(
        NO_CAP,
        "multiple of quota",
        1,
        NO_CAP,
        sweep=(1.2, NO_CAP),
        source="assumed",
        meaning="Credit of a period beyond which nothing is earned; 1,000 is no cap.",
    )
    year_share: float = lever(
        0.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Part of commission that is reckoned by the year; the rest by the period.",
    )
    year_threshold: float = lever(
        0.0,
        "share of quota",
        0,
        1,
        sweep=(0, 0.8),
        source="assumed",
        meaning="Credit of a year that earns nothing.",
    )
    year_accelerator: float = lever(
        1.0,
        "factor",
        0,
        20,
        sweep=(1, 5),
        source="assumed",
        meaning="Rate above the year's quota as a multiple of the rate below it.",
    )
    year_bonus: float = lever(
        0.0,
        "USD per year",
        0,
        1e6,
        sweep=(0, 20_000),
        source="assumed",
        meaning="Lump sum for reaching the quota of the year.",
    )
    year_cap: float = lever(
        NO_CAP,
        "multiple of quota",
        1,
        NO_CAP,
        sweep=(1.2, NO_CAP),
        source="assumed",
        meaning="Credit of a year beyond which nothing is earned; 1,000 is no cap.",
    )


def curve_pay(
    credited: float,
    quota: float,
    rate: float,
    threshold: float,
    accelerator: float,
    bonus: float,
    cap: float,
) -> float:
    """Pay for the credit of a period or of a year (USD, never below zero).

    Nothing up to the threshold, the rate up to quota, the accelerated rate up to the cap, and the
    bonus at quota. A quota of zero is no quota: the rate alone applies.
    """
    if quota <= 0.0 or is_linear(threshold, accelerator, bonus, cap):
        return at_least(rate * credited, 0.0)
    counted = at_most(credited, cap * quota) if cap < NO_CAP else credited
    earned = rate * (at_most(counted, quota) - threshold * quota)
    earned = at_least(earned, 0.0)
    if counted >= quota:
        earned += rate * accelerator * (counted - quota) + bonus
    return earned


def is_linear(threshold: float, accelerator: float, bonus: float, cap: float) -> bool:
    """Without threshold, accelerator, bonus and cap, pay is exactly rate times credit."""
    return threshold == 0.0 and accelerator == 1.0 and bonus == 0.0 and cap >= NO_CAP


def topped_up(earned_meanwhile: float, sure: float) -> float:
    """What a guarantee adds to what its weeks have earned (USD)."""
    return at_least(sure - earned_meanwhile, 0.0)


def after_advance(earned: float, owed: float, sure: float) -> float:
    """What is paid where a draw is an advance: what is owed is taken back, down to what is sure (USD)."""
    return at_least(earned - owed, sure)
