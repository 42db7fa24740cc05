"""Who decides on price, and how far below list one may go without asking."""

from .arithmetic import approach, at_least, at_most
from .declaration import Group, behaviour, lever, mode

LIST_ONLY, DELEGATED, GUIDED, BOUNDED = 0, 1, 2, 3


class Regime(Group):
    """The rules of pricing."""

    price_regime: int = mode(
        "delegated",
        ("list_only", "delegated", "guided", "guided_bounded"),
        source="assumed",
        meaning="List for all; within authority; as head office guides; near the guide.",
    )
    discount_authority: float = lever(
        0.10,
        "share of list",
        0,
        1,
        sweep=(0, 0.4),
        source="assumed",
        meaning="Largest discount, from list or guide, that a rep may give without asking.",
    )
    list_price_change: float = lever(
        0.0,
        "USD per unit",
        -1e6,
        1e6,
        sweep=(-10, 10),
        source="assumed",
        meaning="What is added to the list price; usually dated.",
    )
    contract_share: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="How far an account's last contract price binds where it is below the floor.",
    )
    contract_weeks: int = behaviour(
        52,
        "weeks",
        0,
        520,
        sweep=(26, 104),
        source="assumed",
        meaning="Weeks for which a contract price binds.",
    )


def list_price(usual: float, change: float) -> float:
    """The list price in force (USD per unit)."""
    return at_least(usual + change, 0.01)


def floor_price(price: float, discount_authority: float) -> float:
    """The lowest price within a rep's authority (USD per unit)."""
    return price * (1.0 - discount_authority)


def floor_with_contract(regime: Regime, floor: float, contract_price: float, weeks_since: int) -> float:
    """What a customer paid last still binds in part and for a time (USD per unit).

    A price of zero means that there was no contract.
    """
    if contract_price <= 0.0 or contract_price >= floor or weeks_since > regime.contract_weeks:
        return floor
    return approach(floor, contract_price, regime.contract_share)


def price_within(wanted: float, floor: float, listed: float) -> float:
    """Nobody quotes above list, nor below the floor that applies (USD per unit)."""
    return at_most(at_least(wanted, floor), listed)
