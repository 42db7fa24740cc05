"""Whether a rep asks for a price below authority, and whether the manager grants it."""

from .declaration import Group, behaviour, lever


class Approval(Group):
    """What an exception takes."""

    approval_hours: float = lever(
        2.0,
        "hours",
        0,
        40,
        sweep=(0, 20),
        source="simester-zhang-2014",
        meaning="Hours that a request costs the rep, and again the manager.",
    )
    approval_leniency: float = lever(
        0.3,
        "probability",
        0,
        1,
        source="assumed",
        meaning="Chance that a manager who does not know the strategy grants a request.",
    )
    days_per_hour: float = behaviour(
        0.5,
        "days per hour",
        0,
        30,
        sweep=(0.1, 1.5),
        source="assumed",
        meaning="Days that a customer waits for each hour of asking.",
    )


def grant_probability(approval_leniency: float, managers_understanding: float) -> float:
    """Managers who understand the strategy grant less (probability)."""
    return approval_leniency * (1.0 - managers_understanding)


def cost_of_asking(approval_hours: float, variable_pay: float, hours_per_week: float) -> float:
    """Hours spent asking are not spent selling (USD; `variable_pay` is a year's, on target)."""
    if hours_per_week <= 0.0:
        return 0.0
    return approval_hours * variable_pay / (52.0 * hours_per_week)


def is_worth_asking(gain: float, chance: float, cost: float) -> bool:
    """A rep asks when the expected gain in pay exceeds the worth of the hours it takes (USD)."""
    return gain * chance > cost


def weeks_of_waiting(approval: Approval, uniform: float) -> int:
    """Days of waiting for an answer, in whole weeks by chance (weeks)."""
    return int(approval.approval_hours * approval.days_per_hour / 7.0 + uniform)
