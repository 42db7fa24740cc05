"""How hard a rep works in the hours given."""

import math

from .arithmetic import clamp, exponential
from .declaration import Group, behaviour


class Effort(Group):
    """What effort does and what it costs the rep."""

    effect: float = behaviour(
        0.4815,
        "utility per log intensity",
        0,
        2,
        sweep=(0.2, 1.0),
        source="lazear-2000",
        standing="fitted",
        meaning="How much the intensity of work adds to the customer's wish to buy.",
    )
    cost_curvature: float = behaviour(
        3.054,
        "power",
        1.5,
        20,
        sweep=(1.5, 6),
        source="assumed",
        standing="fitted",
        meaning="How fast the cost of effort rises with intensity.",
    )
    usual_worth: float = behaviour(
        0.04,
        "USD per USD",
        0.0001,
        1,
        sweep=(0.02, 0.08),
        source="zoltners-2012",
        standing="derived",
        meaning="Pay for one more dollar of credit at which a rep works at intensity 1.",
    )
    lowest: float = behaviour(
        0.5,
        "factor",
        0.01,
        1,
        sweep=(0.3, 0.8),
        source="assumed",
        meaning="Intensity that is given for the salary alone.",
    )
    highest: float = behaviour(
        2.0,
        "factor",
        1,
        10,
        sweep=(1.3, 3),
        source="assumed",
        meaning="Intensity that nobody exceeds.",
    )


def chosen_intensity(effort: Effort, reward: float) -> float:
    """Reps work harder when a week's work is worth more to them (factor; 1 on target).

    `reward` is the marginal worth of a usual week relative to one on target. Benefit
    effect * reward * ln(e) less cost effect * e**curvature / curvature is greatest at
    reward**(1/curvature).
    """
    if reward <= 0.0:
        return effort.lowest
    best = exponential(math.log(reward) / effort.cost_curvature)
    return clamp(best, effort.lowest, effort.highest)


def best_intensity(effort: Effort, planned_margin: float) -> float:
    """The intensity that is best for firm and rep together, the rep's effort counted as a cost.

    The same choice as the rep's in a usual week, with the whole planned margin of a dollar of
    sales in place of the pay for it (factor).
    """
    return chosen_intensity(effort, planned_margin / effort.usual_worth)


def utility_of_intensity(effort: Effort, intensity: float) -> float:
    """What intensity adds to the customer's utility of buying."""
    return effort.effect * math.log(intensity)


def reward_of_a_week(effort: Effort, worth: float, run_rate: float, planned_week: float) -> float:
    """Marginal worth of a usual week to the rep, relative to a week on plan at usual pay (factor).

    `worth` is pay for one more dollar of credit; `planned_week` is the plan for a week of this
    territory (USD). Without a plan a rep goes by the pay alone.
    """
    if planned_week <= 0.0:
        return worth / effort.usual_worth
    return worth * run_rate / (effort.usual_worth * planned_week)
