"""How the market is cut into territories, and how their good and bad years differ."""

from .arithmetic import exponential
from .declaration import Group, setting


class Territories(Group):
    """Territories and districts."""

    size_spread: float = setting(
        0.5293,
        "log sd",
        0,
        2,
        sweep=(0.2, 0.8),
        source="sinha-zoltners-2001",
        standing="fitted",
        meaning="Spread of the number of accounts between territories.",
    )
    district_accounts: int = setting(
        25,
        "accounts",
        1,
        100_000,
        sweep=(12, 50),
        source="assumed",
        meaning="Accounts that share the good and bad luck of a year.",
    )
    yearly_shock: float = setting(
        0.4014,
        "log sd",
        0,
        2,
        sweep=(0.2, 0.8),
        source="cespedes-2014",
        standing="fitted",
        meaning="Spread between districts, from year to year, in the size of deals.",
    )


def territory_weight(size_spread: float, normal: float) -> float:
    """Some territories are cut larger than others (weight)."""
    return exponential(size_spread * normal)


def last_account(accounts: int, weight_so_far: float, total_weight: float) -> int:
    """Where a territory ends when the market is cut by weight (index, one past the last)."""
    if total_weight <= 0.0:
        return accounts
    return int(float(accounts) * weight_so_far / total_weight + 0.5)


def shock_of_the_year(yearly_shock: float, normal: float) -> float:
    """A good or a bad year for a district (factor on the size of deals, mean 1)."""
    return exponential(yearly_shock * normal - 0.5 * yearly_shock * yearly_shock)
