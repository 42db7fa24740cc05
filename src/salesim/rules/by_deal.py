"""What is paid by the deal: fixed sums, a rate on first purchases, and factors by its margin."""

from .declaration import Group, lever


class ByDeal(Group):
    """Pay that depends on the deal and not on attainment."""

    new_rate: float = lever(
        0.0,
        "share of revenue",
        0,
        1,
        sweep=(0, 0.03),
        source="assumed",
        meaning="Extra commission on revenue from an account's first purchase.",
    )
    per_deal: float = lever(
        0.0,
        "USD per deal",
        0,
        1e6,
        sweep=(0, 2_000),
        source="assumed",
        meaning="Fixed sum for each deal that is won.",
    )
    per_unit: float = lever(
        0.0,
        "USD per unit",
        0,
        1e5,
        sweep=(0, 3),
        source="assumed",
        meaning="Fixed sum for each unit that is sold.",
    )
    low_margin: float = lever(
        0.3,
        "share of price",
        0,
        0.95,
        sweep=(0, 0.4),
        source="assumed",
        meaning="Margin below which a deal's pay is multiplied by the low margin factor.",
    )
    low_margin_factor: float = lever(
        1.0,
        "factor",
        0,
        10,
        sweep=(0, 1),
        source="assumed",
        meaning="What the pay of a deal with a low margin is multiplied by.",
    )
    high_margin: float = lever(
        0.4,
        "share of price",
        0,
        0.95,
        sweep=(0.3, 0.5),
        source="assumed",
        meaning="Margin from which on a deal's pay is multiplied by the high margin factor.",
    )
    high_margin_factor: float = lever(
        1.0,
        "factor",
        0,
        10,
        sweep=(1, 2),
        source="assumed",
        meaning="What the pay of a deal with a high margin is multiplied by.",
    )


def sums_of_a_deal(pay: ByDeal, units: float) -> float:
    """What a won deal of so many units pays beside its credit, whatever its price (USD)."""
    return pay.per_deal + pay.per_unit * units


def pays_by_deal(pay: ByDeal) -> bool:
    """Whether accounts pay otherwise for a dollar, targets aside."""
    return pay.per_deal > 0.0 or pay.per_unit > 0.0 or pay.new_rate > 0.0


def has_bands(pay: ByDeal) -> bool:
    """Whether the margin of a deal matters to its pay."""
    return pay.low_margin_factor != 1.0 or pay.high_margin_factor != 1.0


def price_at_margin(margin: float, unit_cost: float) -> float:
    """The price of which this share is left when the unit is paid for (USD per unit)."""
    return unit_cost / (1.0 - margin)


def factor_of_band(pay: ByDeal, price: float, unit_cost: float) -> float:
    """What all pay for a deal at this price is multiplied by; exactly at an edge counts as reached."""
    if not has_bands(pay):
        return 1.0
    if price < price_at_margin(pay.low_margin, unit_cost):
        return pay.low_margin_factor
    if price >= price_at_margin(pay.high_margin, unit_cost):
        return pay.high_margin_factor
    return 1.0
