"""The words in which a parting is told: phases, weeks, agents and values."""

from __future__ import annotations

from typing import Any

from ...model.tables import Tables
from .slow_motion import FOUNDING, Spot

# Each completes "they part in ...".
DECISIONS = {
    FOUNDING: "the founding of the firm",
    "open_week": "the opening of the week",
    "communicate": "what is understood and believed",
    "plan": "effort and the division of selling hours",
    "work": "calls and the progress of opportunities",
    "quote": "a price",
    "decide": "a customer's answer",
    "pay": "what people are paid",
    "learn": "coaching and what is learned",
    "staff": "who leaves and who comes",
    "close_books": "the closing of the books",
    "": "",
}
OUTCOMES = {0: "undecided", 1: "won", 2: "lost to a rival", 3: "no decision", 4: "rests", 5: "no price yet"}
# Where the meaning of a column does not stand well alone in a sentence.
CLEARER = {
    "buy_in": "belief in the strategy",
    "outcome": "what became of the quote",
    "skill": "selling skill between 0 and 1",
}
SILENT_UNITS = {
    "yes or no",
    "code",
    "index",
    "bits",
    "share",
    "factor",
    "weight",
    "level",
    "skill",
    "USD per USD",
    "",
}


def decision_of(phase: str) -> str:
    """A phase of the week in words of the field."""
    return DECISIONS[phase]


def said_week_of(day: int, start: int) -> str:
    """The week that ends on a day, counted from 1 in burn-in or plan; day 0 is the first day."""
    if day == 0:
        return "the first day"
    return f"week {day} of the burn-in" if day <= start else f"week {day - start} of the plan"


def agent_of(spot: Spot, a: Tables, b: Tables) -> str:
    """Who or what differs, named as in the tables of the baseline, a, or of the other where it has more."""
    if spot.table == "office":
        return "head office"
    if spot.table == "reps":
        return f"rep {spot.row}"
    if spot.table == "managers":
        level = int(a.managers["level"][spot.row])
        return f"manager {spot.row} ({'first line' if level == 1 else f'level {level}'})"
    if spot.table == "customers":
        return f"account {spot.row} of rep {a.customers['rep'][spot.row]}"
    deals = a.deals if spot.row < a.keeping["deal_rows"][0] else b.deals
    return f"account {deals['account'][spot.row]} of rep {deals['rep'][spot.row]}"


def said_meaning(column: str, meaning: str) -> str:
    """What a column means, to stand within a sentence before its two values."""
    clear = CLEARER.get(column, meaning[0].lower() + meaning[1:].rstrip("."))
    return f"{clear}," if " " in clear else clear


def said_prices(prices: tuple[float, float] | None) -> str:
    """Whether other terms have led to another price already."""
    if prices is None:
        return ""
    if prices[0] == prices[1]:
        return f"; the price quoted is {_rounded(prices[0], 3)} in both"
    base, other = said_values("price", prices)
    return f"; the price quoted is {base} against {other}"


def said_unit(unit: str) -> str:
    """The unit, to follow two numbers; shares and the like need none."""
    return "" if unit in SILENT_UNITS else f" {unit}"


def said_values(column: str, values: tuple[Any, Any]) -> tuple[str, str]:
    """Two values, with as few digits as tell them apart and at least three."""
    if column == "outcome":
        return OUTCOMES[values[0]], OUTCOMES[values[1]]
    if any(isinstance(value, bool) for value in values):
        return "yes" if values[0] else "no", "yes" if values[1] else "no"
    if all(isinstance(value, int) for value in values):
        return f"{values[0]:,}", f"{values[1]:,}"
    pairs = ((_rounded(values[0], n), _rounded(values[1], n)) for n in range(3, 18))
    return next(pair for pair in pairs if pair[0] != pair[1])


def _rounded(value: float, digits: int) -> str:
    """A number to so many digits that count, never as a power of ten where it can be helped."""
    if value == 0.0:
        return "0"
    text = f"{value:#,.{digits}g}"
    return f"{value:,.0f}" if "e+" in text else text.rstrip(".")
