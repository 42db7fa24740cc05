"""Luck by address: a draw depends on who draws, when and what for, and on nothing else.

Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") turns the
address (occasion, who, purpose, replicate) under the key (seed) into four 32-bit words. No stream
is consumed, so no draw can shift another.
"""

from __future__ import annotations

import math

from .state import Luck

MASK = 0xFFFFFFFF
MULTIPLIER_0, MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85
ONE_IN_2_TO_32 = 1.0 / 4294967296.0
TWO_PI = 2.0 * math.pi

# What a draw is for. A number is never used again for another purpose.
ABILITY = 1
COACHING_SKILL = 2
ACCOUNT_TRAITS = 3
ACCOUNT_KIND = 4
HABIT = 5
NEED = 6
OPPORTUNITY = 7
APPROVAL = 8
DECISION = 9
CHURN = 10
DRIFT = 11
LEAVING = 12
TALENT = 13
LISTENING = 14
TERRITORY = 15
DISTRICT = 16
ESTIMATE = 17
PRICE_TEST = 18
COMEBACK = 19
LAPSE = 20
REVIEW = 21
PARTNER = 22
VIEW_OF_SKILL = 23
PLAN_ERROR = 24
GUIDE = 25
QUOTA_ERROR = 26
INDUSTRIES = 27
SIGNATURE = 28
MANAGERS_LISTENING = 29
WATCH = 30
RETURNS = 31
PURPOSES = {
    name: code
    for name, code in list(globals().items())
    if name.isupper() and isinstance(code, int) and 0 < code < 100
}


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four 32-bit words from a 128-bit counter and a 64-bit key, in ten rounds.

    Words are non-negative and below 2**32. The products overflow 64 signed bits in compiled code;
    the shift and the mask give the same words as Python's unbounded integers.
    """
    for _ in range(10):
        p = MULTIPLIER_0 * c0
        q = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            ((q >> 32) & MASK) ^ c1 ^ k0,
            q & MASK,
            ((p >> 32) & MASK) ^ c3 ^ k1,
            p & MASK,
        )
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


def draws(luck: Luck, occasion: int, who: int, purpose: int) -> tuple[float, float, float, float]:
    """Four independent uniform draws in (0, 1) that belong to this address alone."""
    a, b, c, d = philox(
        occasion & MASK, who, purpose, luck.replicate, luck.seed & MASK, (luck.seed >> 32) & MASK
    )
    return (
        (a + 0.5) * ONE_IN_2_TO_32,
        (b + 0.5) * ONE_IN_2_TO_32,
        (c + 0.5) * ONE_IN_2_TO_32,
        (d + 0.5) * ONE_IN_2_TO_32,
    )


def uniform(luck: Luck, occasion: int, who: int, purpose: int) -> float:
    """One uniform draw in (0, 1)."""
    return draws(luck, occasion, who, purpose)[0]


def normal(u: float, v: float) -> float:
    """A standard normal from two independent uniforms (Box and Muller 1958)."""
    return math.sqrt(-2.0 * math.log(u)) * math.cos(TWO_PI * v)
