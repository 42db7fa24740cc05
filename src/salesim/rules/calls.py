"""What calls do to an account: attention, which is quick to fade, and trust, which is slow."""

from .arithmetic import approach
from .declaration import Group, behaviour


class Calls(Group):
    """How attention and trust are made and lost."""

    attention_kept: float = behaviour(
        0.85,
        "share per week",
        0,
        1,
        sweep=(0.7, 0.95),
        source="assumed",
        meaning="Share of the attention stock that survives a week without calls.",
    )
    half_response: float = behaviour(
        0.1245,
        "hours per week",
        0.001,
        40,
        sweep=(0.07, 0.24),
        source="albers-2010",
        standing="fitted",
        meaning="Steady calling that wins half of the response that calling can win.",
    )
    trust_kept: float = behaviour(
        0.75,
        "share per year",
        0.001,
        1,
        sweep=(0.5, 0.9),
        source="sinha-zoltners-2001",
        meaning="Share of trust that survives a year without calls.",
    )
    trust_gain: float = behaviour(
        0.006,
        "share per week",
        0,
        1,
        sweep=(0.002, 0.015),
        source="assumed",
        meaning="Share of the missing trust that a week of full response builds.",
    )
    loyalty: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="sinha-zoltners-2001",
        standing="size assumed",
        meaning="Chance that a fully trusting account calls in a rep who has not called.",
    )


def attention_after_a_week(attention: float, hours: float, kept: float) -> float:
    """Attention is a memory of recent calls (hours per week)."""
    return approach(hours, attention, kept)


def response(attention: float, half_response: float) -> float:
    """More calling helps, each hour less than the one before (share)."""
    return attention / (attention + half_response)


def trust_after_a_week(trust: float, gain: float, responding: float, kept: float) -> float:
    """Trust grows slowly with contact and is lost over years (share).

    `kept` is the share of trust that survives a week.
    """
    return trust * kept + gain * responding * (1.0 - trust)


def invitation_probability(responding: float, trust: float, loyalty: float) -> float:
    """A customer with a need calls in a rep who is present, or one it trusts (probability)."""
    return 1.0 - (1.0 - responding) * (1.0 - loyalty * trust)
