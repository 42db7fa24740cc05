"""The causes of the gap, which a run may switch to their ideal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def cause(dimension: str, name: str, ideal: str) -> Any:
    """One cause of the gap: its dimension, its name, and what holds where it is at its ideal."""
    return field(default=False, metadata={"dimension": dimension, "name": name, "ideal": ideal})


VISION, PRICE = "shared vision", "price and value"
PRODUCTIVITY, PEOPLE = "productivity", "people"


@dataclass(frozen=True)
class Ideal:
    """Causes of the gap that are switched to their ideal; all of them make full execution."""

    understood: bool = cause(VISION, "not understood", "Everybody understands the whole strategy.")
    accepted: bool = cause(VISION, "not accepted", "Everybody believes in it.")
    plan_is_fresh: bool = cause(VISION, "stale plan", "The plan sees every account as it is.")
    value_argued: bool = cause(PRICE, "value not communicated", "Customers are shown all of the value.")
    best_prices: bool = cause(
        PRICE, "discount leakage", "Each deal gets the firm's best price, at its true cost and chances."
    )
    calendar_ignored: bool = cause(PRICE, "timing games", "Quotes and signatures ignore the calendar.")
    best_accounts: bool = cause(
        PRODUCTIVITY, "effort on the wrong accounts", "Hours go where they earn the firm most."
    )
    best_effort: bool = cause(
        PRODUCTIVITY, "lower effort than pays off", "Intensity is best for firm and rep, its cost counted."
    )
    best_skill: bool = cause(
        PRODUCTIVITY, "weak skill", "Skill is where best-practice coaching would settle it."
    )
    seats_filled: bool = cause(
        PEOPLE, "vacancy and ramp", "A leaver is followed at once by the same successor, fully able."
    )
