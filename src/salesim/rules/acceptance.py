"""Whether people believe that the strategy has merit."""

from .arithmetic import approach
from .declaration import Group, behaviour, lever, setting


class Acceptance(Group):
    """What makes people accept a strategy."""

    sales_voice: float = lever(
        0.4,
        "share",
        0,
        1,
        source="assumed",
        meaning="How much sales is heard when the strategy is made: 0 never, 1 decides jointly.",
    )
    trust_in_head_office: float = setting(
        0.8,
        "share",
        0,
        1,
        sweep=(0.4, 1),
        source="homburg-2011-stereotypes",
        meaning="How far the field believes that head office knows what it is doing.",
    )
    unheard_share: float = behaviour(
        0.5079,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        standing="fitted",
        meaning="Buy-in that remains when sales has no voice, as a share of full buy-in.",
    )
    contradiction: float = behaviour(
        0.4,
        "share",
        0,
        1,
        sweep=(0.1, 0.7),
        source="assumed",
        meaning="Buy-in lost when pay rewards volume alone while the strategy asks for value.",
    )
    adjustment: float = behaviour(
        0.1,
        "share per week",
        0,
        1,
        sweep=(0.03, 0.3),
        source="assumed",
        meaning="Share of the distance to its level that buy-in moves in a week.",
    )


def buy_in_level(acceptance: Acceptance, margin_weight: float) -> float:
    """Voice, trust and pay that agrees with the message set where buy-in settles (share)."""
    heard = approach(acceptance.unheard_share, 1.0, acceptance.sales_voice)
    agreeing = 1.0 - acceptance.contradiction * (1.0 - margin_weight)
    return acceptance.trust_in_head_office * heard * agreeing


def buy_in_after_a_week(buy_in: float, level: float, adjustment: float) -> float:
    """Buy-in moves a part of the way towards its level (share)."""
    return approach(buy_in, level, adjustment)


def alignment(understanding: float, buy_in: float) -> float:
    """People act on a strategy that they both understand and accept (share)."""
    return understanding * buy_in
