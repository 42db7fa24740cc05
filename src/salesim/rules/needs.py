"""When customers need something, and how much."""

import math

from .arithmetic import clamp
from .declaration import Group, setting


class Needs(Group):
    """Needs come to every account by chance."""

    rate: float = setting(
        0.08, "needs per week", 0, 10, source="assumed", meaning="Average needs of an account.",
    )
    deal_units: float = setting(
        370.0, "units", 0.01, 1e9, source="bridge-group-2017", meaning="Median size of a deal.",
    )
    account_spread: float = setting(
        0.6, "log sd", 0, 3, source="assumed", meaning="Spread of deal size between accounts.",
    )
    deal_spread: float = setting(
        0.5, "log sd", 0, 3, source="assumed", meaning="Spread of deal size within an account.",
    )


LATEST_NEED = 1_000_000


def weeks_to_next_need(need_rate: float, uniform: float) -> int:
    """Needs come by chance, at a rate of the customer's own (weeks, at least 1)."""
    if need_rate <= 0.0:
        return LATEST_NEED
    weeks = 1.0 - math.log(uniform) / need_rate
    return int(clamp(weeks, 1.0, float(LATEST_NEED)))
