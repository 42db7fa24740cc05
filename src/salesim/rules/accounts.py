"""Which accounts a rep spends hours on."""

import math

from .arithmetic import at_least, exponential
from .declaration import Group, behaviour, lever

MIN_RATE = 0.0001  # USD per USD


class Accounts(Group):
    """What draws a rep's hours to an account."""

    selling_time_share: float = lever(
        0.33,
        "share",
        0,
        1,
        sweep=(0.11, 0.5),
        source="proudfoot-2005",
        standing="derived",
        meaning="Share of working hours for customers, selling and service.",
    )
    targeting_discipline: float = lever(
        0.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Share of hours that must go to planned target accounts.",
    )
    pull_of_comfort: float = behaviour(
        0.5825,
        "power",
        0,
        5,
        sweep=(0.3, 2),
        source="assumed",
        standing="fitted",
        meaning="Power of trust in the choice of accounts when a rep is not aligned.",
    )
    pull_of_strategy: float = behaviour(
        1.0,
        "power",
        0,
        5,
        sweep=(0.3, 2),
        source="assumed",
        meaning="Power of the plan's value in the choice of accounts when a rep is aligned.",
    )
    pull_of_pay: float = behaviour(
        0.3,
        "power",
        0,
        5,
        sweep=(0, 1),
        source="assumed",
        meaning="Power of what an account can pay the rep in the choice of accounts.",
    )
    open_boost: float = behaviour(
        3.0,
        "factor",
        1,
        50,
        sweep=(1.5, 6),
        source="assumed",
        meaning="How much more an account weighs while it has an open opportunity.",
    )
    habit_spread: float = behaviour(
        0.3691,
        "log sd",
        0,
        3,
        sweep=(0.2, 1),
        source="assumed",
        standing="fitted",
        meaning="Spread of the lasting habits towards which hours relax.",
    )


def hours_weight(
    accounts: Accounts,
    habit: float,
    trust: float,
    log_plan_value: float,
    log_pay_value: float,
    error: float,
    alignment: float,
) -> float:
    """An unaligned rep goes where trust is, an aligned one where the plan sees value (weight).

    What pays the rep draws either. `habit`, the values and their common `error` are logarithms.
    """
    comfort = accounts.pull_of_comfort * (1.0 - alignment) * math.log(at_least(trust, 0.01))
    strategy = accounts.pull_of_strategy * alignment * (log_plan_value + error)
    pay = accounts.pull_of_pay * (log_pay_value + error)
    return exponential(habit + comfort + strategy + pay)


def log_rate(rate: float) -> float:
    """Pay for a dollar of sales on a logarithmic scale; next to nothing is as good as nothing."""
    return math.log(at_least(rate, MIN_RATE))


def water_level(total_roots: float, active: int, hours: float, half_response: float) -> float:
    """The level that makes the best division of hours use them all: 1/sqrt(lambda) (Lodish 1971).

    With hours_i = root_i * level - half_response over the active accounts, where root_i is
    sqrt(worth_i * half_response), the hours add up at this level.
    """
    if total_roots <= 0.0:
        return 0.0
    return (hours + float(active) * half_response) / total_roots


def best_hours(root: float, level: float, half_response: float) -> float:
    """Hours where the last one is worth the same as everywhere else, or none (hours per week)."""
    return at_least(root * level - half_response, 0.0)
