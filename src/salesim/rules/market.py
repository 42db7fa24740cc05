"""What customers are like, and how the market moves."""

from .arithmetic import clamp
from .declaration import Group, setting


class Market(Group):
    """The product and the customers."""

    list_price: float = setting(
        100.0,
        "USD per unit",
        1,
        1e6,
        sweep=(85, 120),
        source="marn-rosiello-1992",
        standing="size assumed",
        meaning="List price, an index.",
    )
    unit_cost: float = setting(
        57.4,
        "USD per unit",
        0,
        1e6,
        sweep=(50, 66),
        source="marn-rosiello-1992",
        standing="fitted",
        meaning="Cost of a unit; with cost to serve 70% of the planned price.",
    )
    cost_to_serve: float = setting(
        1.466,
        "USD per unit",
        0,
        1e6,
        sweep=(0, 4),
        source="assumed",
        standing="fitted",
        meaning="Cost to serve at full fit.",
    )
    misfit_cost: float = setting(
        3.947,
        "USD per unit",
        0,
        1e6,
        sweep=(1, 8),
        source="assumed",
        standing="fitted",
        meaning="What serving an account costs more when it does not fit at all.",
    )
    target_share: float = setting(
        0.3,
        "share",
        0,
        1,
        sweep=(0.15, 0.5),
        source="assumed",
        meaning="Accounts the strategy is for.",
    )
    target_fit: float = setting(
        0.8,
        "share",
        0,
        1,
        sweep=(0.6, 0.95),
        source="assumed",
        meaning="Average fit of target accounts.",
    )
    other_fit: float = setting(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.45),
        source="assumed",
        meaning="Average fit of other accounts.",
    )
    fit_spread: float = setting(
        0.12,
        "sd",
        0,
        1,
        sweep=(0.05, 0.2),
        source="assumed",
        meaning="Spread of fit within either kind.",
    )
    fit_drift: float = setting(
        0.04,
        "sd per quarter",
        0,
        1,
        sweep=(0, 0.1),
        source="assumed",
        meaning="Quarterly drift of fit.",
    )
    value: float = setting(
        90.0,
        "USD per unit",
        0,
        1e6,
        sweep=(75, 105),
        source="assumed",
        meaning="Value over the next best alternative to an account that does not fit.",
    )
    value_of_fit: float = setting(
        30.0,
        "USD per unit",
        0,
        1e6,
        sweep=(15, 50),
        source="assumed",
        meaning="What full fit adds.",
    )
    value_spread: float = setting(
        14.0,
        "USD per unit",
        0,
        1e6,
        sweep=(7, 28),
        source="assumed",
        meaning="Spread between accounts.",
    )
    deal_value_spread: float = setting(
        14.0,
        "USD per unit",
        0,
        1e6,
        sweep=(7, 28),
        source="assumed",
        meaning="Spread of value by deal.",
    )
    price_buyers: float = setting(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.5),
        source="assumed",
        meaning="Accounts that go by price.",
    )
    value_buyers: float = setting(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.5),
        source="assumed",
        meaning="Accounts that go by value.",
    )
    sensitivity_of_price_buyers: float = setting(
        1.5,
        "factor",
        0.1,
        10,
        sweep=(1.1, 2.2),
        source="assumed",
        meaning="Relative price coefficient.",
    )
    sensitivity_of_value_buyers: float = setting(
        0.7,
        "factor",
        0.1,
        10,
        sweep=(0.4, 0.9),
        source="assumed",
        meaning="Relative price coefficient.",
    )
    trust_of_others: float = setting(
        0.6,
        "share",
        0,
        1,
        sweep=(0.4, 0.8),
        source="assumed",
        meaning="Old accounts' trust at the start.",
    )
    trust_of_targets: float = setting(
        0.2,
        "share",
        0,
        1,
        sweep=(0.05, 0.4),
        source="assumed",
        meaning="Targets' trust at the start.",
    )


def sensitivity_factor(market: Market, uniform: float) -> float:
    """Price buyers, value buyers and the rest (factor on the price coefficient)."""
    if uniform < market.price_buyers:
        return market.sensitivity_of_price_buyers
    if uniform < market.price_buyers + market.value_buyers:
        return market.sensitivity_of_value_buyers
    return 1.0


def is_target(market: Market, fit: float) -> bool:
    """An account nearer to the fit of targets than to that of the others counts as a target."""
    return fit >= 0.5 * (market.target_fit + market.other_fit)


def fit_after_drift(fit: float, shock: float) -> float:
    """What suits a customer moves with its market (share)."""
    return clamp(fit + shock, 0.0, 1.0)


def account_value(market: Market, fit: float, deviation: float) -> float:
    """The offer is worth more to customers whom it fits (USD per unit)."""
    return clamp(market.value + market.value_of_fit * fit + deviation, 0.0, 1e9)


def serving_cost(market: Market, fit: float) -> float:
    """Misfit accounts cost more to serve (USD per unit)."""
    return market.cost_to_serve + market.misfit_cost * (1.0 - fit)
