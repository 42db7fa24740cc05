"""How satisfied a customer is, and whether it leaves."""

from .arithmetic import approach, clamp, exponential, weekly_hazard
from .declaration import Group, behaviour


class Relationship(Group):
    """What keeps a customer and what drives it away."""

    adjustment: float = behaviour(
        0.25,
        "share per quarter",
        0,
        1,
        sweep=(0.1, 0.5),
        source="assumed",
        meaning="Share of the distance to its level that satisfaction moves in a quarter.",
    )
    contact_share: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.5),
        source="assumed",
        meaning="Share of satisfaction that comes from contact.",
    )
    service_share: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.5),
        source="assumed",
        meaning="Share of the rest that comes from service; what remains comes from fit.",
    )
    churn: float = behaviour(
        0.13,
        "probability per year",
        0,
        0.99,
        sweep=(0.08, 0.2),
        source="reichheld-sasser-1990",
        meaning="Chance that an account of middling satisfaction, with nothing open, is lost in a year.",
    )
    churn_response: float = behaviour(
        2.0,
        "log rate per unit",
        0,
        20,
        sweep=(0.5, 4),
        source="assumed",
        meaning="How much faster the dissatisfied leave.",
    )


def satisfaction_after_a_quarter(
    relationship: Relationship,
    satisfaction: float,
    fit: float,
    responding: float,
    service: float,
) -> float:
    """Fit, service and contact make customers content, slowly (share)."""
    cared_for = approach(fit, service, relationship.service_share)
    level = approach(cared_for, responding, relationship.contact_share)
    return clamp(approach(satisfaction, level, relationship.adjustment), 0.0, 1.0)


def leaving_probability(relationship: Relationship, satisfaction: float, weeks: float) -> float:
    """Unhappy customers leave (probability over the weeks given)."""
    return 1.0 - exponential(-leaving_rate(relationship, satisfaction) * weeks)


def leaving_rate(relationship: Relationship, satisfaction: float) -> float:
    """How fast they leave (rate per week)."""
    pressure = exponential(relationship.churn_response * (0.5 - satisfaction))
    return weekly_hazard(relationship.churn) * pressure
