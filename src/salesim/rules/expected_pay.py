"""Expected pay of a period or year of which the end is not certain."""

from .arithmetic import at_least, normal_density, normal_share_above
from .knots import FULL_THRESHOLD, NO_CAP
from .payout import is_linear

SMALLEST_SPREAD = 0.01  # one cent: even a certain end of the period is not sharper


def expected_above(knot: float, mean: float, spread: float) -> float:
    """Expected excess of a normal over a knot: the normal partial expectation (USD)."""
    distance = (knot - mean) / spread
    return expected_excess(distance, normal_share_above(distance), spread)


def expected_excess(distance: float, share_above: float, spread: float) -> float:
    """The same for a knot so many spreads above the mean, with the chance to exceed it (USD)."""
    return spread * (normal_density(distance) - distance * share_above)


def expected_curve_pay(
    mean: float,
    spread: float,
    quota: float,
    rate: float,
    threshold: float,
    accelerator: float,
    bonus: float,
    cap: float,
) -> float:
    """Expected pay when credit at the end is Normal(mean, spread), by partial expectations (USD).

    Credit below zero does not happen; the normal's part of it counts as linear pay does, so that
    pay without a threshold is linear there, and fades out as a threshold grows.
    """
    if quota <= 0.0 or is_linear(threshold, accelerator, bonus, cap):
        return rate * mean
    sd = at_least(spread, SMALLEST_SPREAD)
    missing = (quota - mean) / sd
    reached = normal_share_above(missing)
    expected = rate * mean
    if threshold > 0.0:
        below_nothing = mean - expected_above(0.0, mean, sd)
        counted = at_least(1.0 - threshold / FULL_THRESHOLD, 0.0)
        expected = rate * (expected_above(threshold * quota, mean, sd) + counted * below_nothing)
    if accelerator != 1.0:
        expected += rate * (accelerator - 1.0) * expected_excess(missing, reached, sd)
    if cap < NO_CAP:
        expected -= rate * accelerator * expected_above(cap * quota, mean, sd)
    if bonus > 0.0:
        expected += bonus * reached
    return expected


def expected_better(
    later: float,
    by_year: float,
    mean: float,
    spread: float,
    credit: float,
    quota: float,
    rate: float,
    threshold: float,
    accelerator: float,
    bonus: float,
    cap: float,
) -> float:
    """What a dollar is worth to a rep who may still choose the period when this one ends (USD per USD).

    The other credit of the period is then known: Normal(mean, spread) now. The dollar pays what the
    curve gives where that credit lies, and `by_year` beside it; or `later` in the next period, if that
    is more. A deal of this credit earns the bonus where it lifts the rep over quota.
    """
    sd = at_least(spread, SMALLEST_SPREAD)
    over_threshold = normal_share_above((threshold * quota - mean) / sd)
    over_lift = normal_share_above((at_least(quota - credit, threshold * quota) - mean) / sd)
    over_quota = normal_share_above((quota - mean) / sd)
    over_cap = normal_share_above((cap * quota - mean) / sd) if cap < NO_CAP else 0.0
    worth = (1.0 - over_threshold + over_cap) * at_least(by_year, later)
    worth += (over_threshold - over_lift) * at_least(rate + by_year, later)
    worth += (over_lift - over_quota) * at_least(rate + bonus / credit + by_year, later)
    return worth + (over_quota - over_cap) * at_least(rate * accelerator + by_year, later)
