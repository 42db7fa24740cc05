"""What customers are like, and how the market moves."""

from .arithmetic import clamp
from .declaration import Group, setting


class Market(Group):
    """The product and the customers."""

    list_price: float = setting(
        100.0, "USD per unit", 1, 1e6, source="marn-rosiello-1992", meaning="List price, an index.",
    )
    unit_cost: float = setting(
        54.0, "USD per unit", 0, 1e6, source="marn-rosiello-1992",
        meaning="Cost of a unit; with cost to serve 70% of the planned price.",
    )
    cost_to_serve: float = setting(
        4.0, "USD per unit", 0, 1e6, source="assumed", meaning="Cost to serve an account that fits.",
    )
    misfit_cost: float = setting(
        10.0, "USD per unit", 0, 1e6, source="assumed",
        meaning="What serving an account costs more when it does not fit at all.",
    )
    target_share: float = setting(
        0.3, "share", 0, 1, source="assumed", meaning="Accounts that the strategy is meant for.",
    )
    target_fit: float = setting(
        0.8, "share", 0, 1, source="assumed", meaning="Average fit of target accounts.",
    )
    other_fit: float = setting(
        0.3, "share", 0, 1, source="assumed", meaning="Average fit of the other accounts.",
    )
    fit_spread: float = setting(
        0.12, "sd", 0, 1, source="assumed", meaning="Spread of fit within either kind.",
    )
    fit_drift: float = setting(
        0.04, "sd per quarter", 0, 1, source="assumed", meaning="How much fit moves in a quarter.",
    )
    value: float = setting(
        90.0, "USD per unit", 0, 1e6, source="assumed",
        meaning="Value over the next best alternative to an account that does not fit.",
    )
    value_of_fit: float = setting(
        30.0, "USD per unit", 0, 1e6, source="assumed", meaning="What full fit adds to value.",
    )
    value_spread: float = setting(
        8.0, "USD per unit", 0, 1e6, source="assumed", meaning="Spread of value between accounts.",
    )
    deal_value_spread: float = setting(
        6.0, "USD per unit", 0, 1e6, source="assumed", meaning="Spread of value between deals.",
    )
    price_buyers: float = setting(
        0.3, "share", 0, 1, source="assumed", meaning="Accounts that look at price above all.",
    )
    value_buyers: float = setting(
        0.3, "share", 0, 1, source="assumed", meaning="Accounts that look at value above all.",
    )
    sensitivity_of_price_buyers: float = setting(
        1.5, "factor", 0.1, 10, source="assumed", meaning="Their price coefficient to the average.",
    )
    sensitivity_of_value_buyers: float = setting(
        0.7, "factor", 0.1, 10, source="assumed", meaning="Their price coefficient to the average.",
    )
    trust_of_others: float = setting(
        0.6, "share", 0, 1, source="assumed", meaning="Trust of the old accounts at the start.",
    )
    trust_of_targets: float = setting(
        0.2, "share", 0, 1, source="assumed", meaning="Trust of target accounts at the start.",
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
