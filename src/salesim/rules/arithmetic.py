"""Arithmetic that gives the same bits in CPython and in compiled code, and never overflows.

Only operations on which both agree are used: no integer powers, no `min` and `max`, no `sum`.
"""

import math

LARGEST_EXPONENT = 300.0
ROOT_TWO = math.sqrt(2.0)
ROOT_TWO_PI = math.sqrt(2.0 * math.pi)


def clamp(value: float, low: float, high: float) -> float:
    """Keep a value between two bounds."""
    if value < low:
        return low
    if value > high:
        return high
    return value


def at_least(value: float, low: float) -> float:
    """Return the value, or the bound when the value is below it."""
    return value if value > low else low


def at_most(value: float, high: float) -> float:
    """Return the value, or the bound when the value is above it."""
    return value if value < high else high


def exponential(x: float) -> float:
    """e to the power x, with x kept within +-300 so that it cannot overflow."""
    return math.exp(clamp(x, -LARGEST_EXPONENT, LARGEST_EXPONENT))


def sigmoid(x: float) -> float:
    """Logistic function: a score in, a probability out."""
    return 1.0 / (1.0 + exponential(-x))


def half_life_kept(half_life: float) -> float:
    """Share kept over one unit of time by something that halves every `half_life` units."""
    return math.exp(-math.log(2.0) / half_life)


def weekly_kept(kept_per_year: float) -> float:
    """Weekly share kept by something that keeps `kept_per_year` over 52 weeks."""
    return math.exp(math.log(kept_per_year) / 52.0)


def weekly_hazard(probability_per_year: float) -> float:
    """Weekly rate of an event that happens within a year with this probability."""
    return -math.log(1.0 - probability_per_year) / 52.0


def approach(value: float, level: float, share: float) -> float:
    """Move a value a share of the way towards a level."""
    return value + share * (level - value)


def normal_share_above(x: float) -> float:
    """Probability that a standard normal exceeds x."""
    return 0.5 * math.erfc(x / ROOT_TWO)


def normal_density(x: float) -> float:
    """Density of the standard normal at x."""
    return exponential(-0.5 * x * x) / ROOT_TWO_PI


def lambert_w_of_exp(x: float) -> float:
    """Solve w + ln(w) = x, that is Lambert's W(exp(x)), without ever forming exp(x).

    Newton's method from a start on the right side; four steps reach 1e-14 relative for every x.
    """
    bounded = clamp(x, -700.0, 1e15)
    if bounded > 1.0:
        w = bounded - math.log(bounded)
    else:
        w = math.exp(bounded) / (1.0 + math.exp(bounded))
    for _ in range(4):
        w = w * (1.0 + bounded - math.log(w)) / (1.0 + w)
    return w
