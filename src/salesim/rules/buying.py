"""Whether a customer buys, buys elsewhere or lets the matter rest."""

import math

from .arithmetic import exponential
from .declaration import Group, behaviour


class Buying(Group):
    """What weighs in the customer's choice."""

    price_coefficient: float = behaviour(
        0.055,
        "utility per USD",
        0.001,
        1,
        sweep=(0.032, 0.084),
        source="bijmolt-2005",
        standing="derived",
        meaning="Utility lost per USD of price: elasticity -2.6 at the planned price and 47% won.",
    )
    attention_weight: float = behaviour(
        0.5353,
        "utility",
        0,
        5,
        sweep=(0.3, 1.2),
        source="assumed",
        standing="fitted",
        meaning="What full response to calls adds.",
    )
    trust_weight: float = behaviour(
        0.7223,
        "utility",
        0,
        5,
        sweep=(0.4, 1.6),
        source="assumed",
        standing="fitted",
        meaning="What full trust adds.",
    )
    skill_weight: float = behaviour(
        0.7535,
        "utility",
        0,
        5,
        sweep=(0.4, 1.2),
        source="verbeke-2011",
        standing="fitted",
        meaning="What a full unit of skill adds.",
    )
    ability_weight: float = behaviour(
        0.1,
        "utility per log ability",
        0,
        5,
        sweep=(0, 0.3),
        source="assumed",
        meaning="What ability adds by itself, beside what it does for learning.",
    )
    service_weight: float = behaviour(
        0.2,
        "utility",
        0,
        5,
        sweep=(0.05, 0.5),
        source="assumed",
        meaning="What full service adds.",
    )
    satisfaction_weight: float = behaviour(
        0.4,
        "utility",
        0,
        5,
        sweep=(0.1, 0.8),
        source="dixon-adamson-2011",
        meaning="What full satisfaction adds to middling satisfaction, twice over.",
    )
    threshold: float = behaviour(
        -1.147,
        "utility",
        -5,
        5,
        sweep=(-1.5, -0.5),
        source="cso-insights-2016",
        standing="fitted",
        meaning="Head start of the rival: what must be beaten when price equals value.",
    )
    inertia: float = behaviour(
        -0.2121,
        "utility",
        -5,
        5,
        sweep=(-0.57, -0.07),
        source="cso-insights-2016",
        standing="fitted",
        meaning="Utility of no decision over that of the rival's offer.",
    )


def relationship_utility(
    buying: Buying, responding: float, trust: float, skill: float, person_utility: float
) -> float:
    """Presence, trust, skill and the person speak for the offer beside value and price (utility)."""
    return (
        buying.attention_weight * responding
        + buying.trust_weight * trust
        + buying.skill_weight * skill
        + person_utility
    )


def care_utility(buying: Buying, service: float, satisfaction: float) -> float:
    """Good service and past satisfaction speak for staying (utility)."""
    return buying.service_weight * service + buying.satisfaction_weight * (satisfaction - 0.5)


def ability_utility(buying: Buying, ability: float) -> float:
    """Ability shows a little in the sale itself (utility)."""
    return buying.ability_weight * math.log(ability)


def utility_without_price(
    buying: Buying, sensitivity: float, perceived: float, relationship: float
) -> float:
    """Utility of the offer over the rival's, before the price is subtracted (utility)."""
    return sensitivity * perceived + relationship + buying.threshold


def win_score(buying: Buying, utility: float) -> float:
    """The A in sigmoid(A - B * price): utility against the best of rival and no decision."""
    return utility - math.log(1.0 + exponential(buying.inertia))


def gumbel(uniform: float) -> float:
    """Taste that nobody can see, standard Gumbel, from a uniform draw in (0, 1)."""
    return -math.log(-math.log(uniform))
