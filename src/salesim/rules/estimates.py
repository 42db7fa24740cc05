"""What rep and head office know of a customer's value, and what head office guides to."""

import math

from .arithmetic import clamp
from .declaration import Group, behaviour, lever, setting

FARTHEST_GUESS = 20.0


class Estimates(Group):
    """How well value is known, and what makes it known better."""

    rep_information_advantage: float = setting(
        0.5,
        "share",
        0,
        1,
        sweep=(0, 0.75),
        source="frenzen-2010",
        meaning="How much smaller the rep's error about value is than head office's.",
    )
    head_office_error: float = setting(
        12.0,
        "USD per unit",
        0,
        1e6,
        sweep=(6, 24),
        source="assumed",
        meaning="Head office's error about the value of a deal to a customer (sd).",
    )
    pricing_participation: float = lever(
        0.2,
        "share",
        0,
        1,
        source="assumed",
        meaning="How far sales shapes list prices and guides together with finance.",
    )
    price_test_share: float = lever(
        0.0,
        "share of deals",
        0,
        1,
        sweep=(0, 0.2),
        source="assumed",
        meaning="Deals whose price is varied at random to learn from.",
    )
    price_test_size: float = setting(
        0.05,
        "share of price",
        0,
        0.5,
        sweep=(0.02, 0.1),
        source="assumed",
        meaning="How far test prices are varied.",
    )
    participation_effect: float = behaviour(
        0.4,
        "share",
        0,
        1,
        sweep=(0.1, 0.7),
        source="homburg-2012",
        meaning="Share of head office's error that full participation removes.",
    )
    tests_to_halve: float = behaviour(
        100.0,
        "deals",
        1,
        1e6,
        sweep=(30, 300),
        source="assumed",
        meaning="Test deals that halve the variance of head office's error.",
    )
    guide_error: float = setting(
        0.6,
        "utility",
        0,
        10,
        sweep=(0.3, 1.2),
        source="assumed",
        meaning="Head office's error about how readily customers buy, at the start (sd).",
    )
    guide_caution: float = behaviour(
        50.0,
        "deals",
        0.1,
        1e6,
        sweep=(15, 150),
        source="assumed",
        meaning="Deals that weigh as much as what head office believed at first.",
    )


def head_office_error(estimates: Estimates, tests: float) -> float:
    """Sales in pricing and deliberate tests teach head office what deals are worth (USD sd)."""
    heard = 1.0 - estimates.participation_effect * estimates.pricing_participation
    learned = math.sqrt(1.0 / (1.0 + tests / estimates.tests_to_halve))
    return estimates.head_office_error * heard * learned


def rep_error(estimates: Estimates, known: float) -> float:
    """Reps see more of the customer than head office, most where an account was reviewed (USD sd)."""
    return estimates.head_office_error * (1.0 - estimates.rep_information_advantage) * (1.0 - known)


def prior_spread(value_spread: float, deal_value_spread: float) -> float:
    """How much deals differ in value, between accounts and within one (USD per unit, sd)."""
    return math.sqrt(value_spread * value_spread + deal_value_spread * deal_value_spread)


def shrunken_estimate(deviation: float, error: float, prior_sd: float, error_sd: float) -> float:
    """The best guess from a noisy look: what was seen, drawn towards the average (USD per unit).

    `deviation` is the truth, `error` a standard normal; seller's regret is what shrinking avoids.
    """
    variance = prior_sd * prior_sd
    total = variance + error_sd * error_sd
    if total <= 0.0:
        return deviation
    return (variance / total) * (deviation + error_sd * error)


def learned_intercept(intercept: float, surprise: float, information: float, caution: float) -> float:
    """Head office corrects its guide by how far results differ from what it expected (utility).

    `surprise` is wins less expected wins, `information` the sum of chance * (1 - chance).
    """
    step = surprise / (information + 0.25 * caution)
    return clamp(intercept + clamp(step, -1.0, 1.0), -FARTHEST_GUESS, FARTHEST_GUESS)
