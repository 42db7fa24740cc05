"""When customers need something, and how much."""

import math

from .arithmetic import at_most
from .declaration import Group, setting


class Needs(Group):
    """Needs come to every account by chance."""

    rate: float = setting(
        0.08,
        "needs per week",
        0,
        10,
        sweep=(0.04, 0.16),
        source="assumed",
        meaning="Average needs of an account.",
    )
    industries: int = setting(
        6,
        "industries",
        1,
        60,
        sweep=(3, 12),
        source="assumed",
        meaning="Industries that customers belong to.",
    )
    deal_units: float = setting(
        645.0,
        "units",
        0.01,
        1e9,
        sweep=(300, 1_100),
        source="zoltners-2008",
        standing="fitted",
        meaning="Median size of a deal.",
    )
    account_spread: float = setting(
        0.769,
        "log sd",
        0,
        3,
        sweep=(0.3, 1.2),
        source="assumed",
        standing="fitted",
        meaning="Spread of deal size between accounts.",
    )
    deal_spread: float = setting(
        0.4846,
        "log sd",
        0,
        3,
        sweep=(0.25, 0.8),
        source="assumed",
        standing="fitted",
        meaning="Spread of deal size within an account.",
    )


LONGEST_WAIT = 1e9


def industry_of(industries: int, uniform: float) -> int:
    """The industry that a customer belongs to (index)."""
    return int(uniform * float(industries))


def mean_units(needs: Needs) -> float:
    """Mean size of a deal over accounts and deals (units)."""
    return needs.deal_units * math.exp(
        0.5 * (needs.account_spread * needs.account_spread + needs.deal_spread * needs.deal_spread)
    )


def wait_for_need(rate: float, uniform: float) -> float:
    """Needs come by chance, at a rate that nothing the firm does can change (weeks, exponential)."""
    if rate <= 0.0:
        return LONGEST_WAIT
    return at_most(-math.log(uniform) / rate, LONGEST_WAIT)
