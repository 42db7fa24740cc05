"""What head office plans: quotas every year, and what it believes of the market."""

from .declaration import Group, behaviour, lever, setting


class Planning(Group):
    """The yearly operating plan, the strategy's promise and its renewal."""

    optimism: float = setting(
        0.05, "share", 0, 0.2, source="assumed",
        meaning="What the promise adds to full execution of the strategy.",
    )
    growth: float = setting(
        0.03, "share per year", -0.5, 1, source="assumed",
        meaning="Growth that the operating plan adds to last year's revenue.",
    )
    over_assignment: float = lever(
        0.08, "share", -0.5, 1, source="cso-insights-2018",
        meaning="How much the quotas add up to beyond the operating plan.",
    )
    strategy_refresh_months: int = lever(
        12, "months", 1, 120, source="assumed",
        meaning="Months until head office looks again at which accounts fit.",
    )
    planned_discount: float = setting(
        0.10, "share of list", 0, 0.9, source="assumed", meaning="Discount that plans reckon with.",
    )
    planned_conversion: float = behaviour(
        0.29, "share", 0, 1, source="assumed",
        meaning="Share of needs that the first operating plan expects to win.",
    )


def planned_price(list_price: float, planned_discount: float) -> float:
    """The price that plans reckon with (USD per unit)."""
    return list_price * (1.0 - planned_discount)


def planned_margin(price: float, unit_cost: float) -> float:
    """Margin at the planned price (share of the price)."""
    return (price - unit_cost) / price


def operating_plan(last_years_revenue: float, growth: float) -> float:
    """Next year is last year plus growth, whatever the strategy promised (USD per year)."""
    return last_years_revenue * (1.0 + growth)


def quota(plan: float, over_assignment: float, potential: float, total_potential: float) -> float:
    """A territory's part of the plan by its potential, with something on top (USD per year)."""
    if total_potential <= 0.0:
        return 0.0
    return plan * (1.0 + over_assignment) * potential / total_potential


def weeks_between_refreshes(months: int) -> int:
    """Months turned into whole weeks, 52 to twelve months."""
    return months * 52 // 12
