"""Whether a rep leaves."""

from .arithmetic import approach, exponential, weekly_hazard
from .declaration import Group, behaviour


class Leaving(Group):
    """What makes reps leave."""

    turnover: float = behaviour(
        0.26,
        "probability per year",
        0,
        0.99,
        sweep=(0.1, 0.4),
        source="depaul-turnover",
        meaning="Chance that a rep who earns the market's pay leaves within a year.",
    )
    pay_response: float = behaviour(
        2.0,
        "log rate per unit",
        0,
        20,
        sweep=(0.5, 4),
        source="assumed",
        meaning="How much faster reps leave when pay falls short of the market's.",
    )
    pay_memory: float = behaviour(
        0.5,
        "share per quarter",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="Share of the remembered pay that a quarter's pay does not replace.",
    )


def leaving_probability(leaving: Leaving, recent_pay: float, market_pay: float) -> float:
    """Reps leave sooner when they earn less than they could elsewhere (probability per week)."""
    shortfall = 1.0 - recent_pay / market_pay
    pressure = exponential(leaving.pay_response * shortfall)
    return 1.0 - exponential(-weekly_hazard(leaving.turnover) * pressure)


def recent_pay_after_a_period(recent_pay: float, yearly_pay: float, memory: float, weeks: float) -> float:
    """Reps judge their pay by the last few quarters, however long a period is (USD per year)."""
    kept = float(memory ** (weeks / 13.0))
    return approach(yearly_pay, recent_pay, kept)
