"""What head office plans: next year's result, and what it believes of the market."""

from .arithmetic import approach, clamp
from .declaration import Group, behaviour, lever, setting


class Planning(Group):
    """The yearly operating plan, the strategy's promise and its renewal."""

    strategy_refresh_months: int = lever(
        12,
        "months",
        1,
        120,
        sweep=(3, 36),
        source="assumed",
        meaning="Months until head office looks again at which accounts fit.",
    )
    optimism: float = setting(
        0.03374,
        "share",
        0,
        0.2,
        sweep=(0, 0.15),
        source="assumed",
        standing="fitted",
        meaning="What the promise adds to full execution when sales has no voice.",
    )
    growth: float = setting(
        0.03,
        "share per year",
        -0.5,
        1,
        sweep=(0, 0.1),
        source="assumed",
        meaning="Growth that the operating plan adds to last year's revenue.",
    )
    plan_error: float = setting(
        0.10,
        "sd of fit",
        0,
        1,
        sweep=(0.03, 0.2),
        source="assumed",
        meaning="How far the plan misjudges which accounts fit when sales has no voice.",
    )
    voice_effect: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="Share of optimism and of plan error that full voice of sales removes.",
    )
    news_carried: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Share of the distance between plan and market that one dialogue closes.",
    )
    confusion: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="Understanding lost when a refresh changes which accounts are targets, per change.",
    )
    planned_discount: float = setting(
        0.10,
        "share of list",
        0,
        0.9,
        sweep=(0.05, 0.2),
        source="assumed",
        meaning="Discount that plans reckon with.",
    )
    planned_conversion: float = behaviour(
        0.27,
        "share",
        0,
        1,
        sweep=(0.2, 0.35),
        source="assumed",
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


def tempered_optimism(planning: Planning, sales_voice: float) -> float:
    """Those who must deliver promise less (share)."""
    return planning.optimism * (1.0 - planning.voice_effect * sales_voice)


def believed_fit(planning: Planning, fit: float, error: float, sales_voice: float) -> float:
    """What the plan believes of an account, nearer to the truth where sales is heard (share).

    `error` is a lasting standard normal of the account: looking again finds what has changed, not
    what was always misjudged.
    """
    spread = planning.plan_error * (1.0 - planning.voice_effect * sales_voice)
    return clamp(fit + spread * error, 0.0, 1.0)


def belief_after_news(believed: float, level: float, news_carried: float) -> float:
    """What reps tell in a dialogue brings the plan up to date (share)."""
    return approach(believed, level, news_carried)


def understanding_after_refresh(understanding: float, confusion: float, changed: float) -> float:
    """A strategy that changes its mind must be learned anew (share; `changed` of the accounts)."""
    return understanding * (1.0 - confusion * changed)


def weeks_between_refreshes(months: int) -> int:
    """Months turned into whole weeks, 52 to twelve months."""
    return months * 52 // 12
