"""Studies drawn by Hypothesis, as somebody could have written them."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from salesim.inputs.declared import Declared, declared_numbers

A_FEW = settings()
# numbers that fit whatever the others are
FREE = [
    path
    for path in declared_numbers()
    if path
    not in ("pay.period_weeks", "market.list_price", "market.unit_cost", "planning.planned_discount")
]
LEVERS = [path for path in FREE if declared_numbers()[path].kind == "lever"]
UNCERTAIN = [path for path in FREE if declared_numbers()[path].kind != "lever"]


def value(number: Declared) -> st.SearchStrategy[Any]:
    if number.modes:
        return st.sampled_from(number.modes)
    if number.type is int:
        return st.integers(int(number.low), int(number.high))
    return st.floats(number.low, number.high, allow_subnormal=False).map(abs if number.low == 0 else float)


def lists(paths: list[str], most: int) -> st.SearchStrategy[dict[str, list[Any]]]:
    """Up to so many numbers, each with one or two values."""
    several = {
        path: st.lists(value(declared_numbers()[path]), min_size=1, max_size=2, unique=True)
        for path in paths
    }
    chosen = st.lists(st.sampled_from(paths), max_size=most, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: several[name] for name in names}))


@st.composite
def written_studies(draw: st.DrawFn) -> dict[str, Any]:
    """What somebody could write: levers, policies, uncertain numbers by value and by range."""
    said: dict[str, Any] = {"levers": draw(lists(LEVERS, 3)), "uncertainties": draw(lists(UNCERTAIN, 2))}
    moved = {*said["levers"]}
    if not moved & {"pay.margin_weight", "payout.cap"}:
        said["policies"] = {
            name: {"pay.margin_weight": 1.0, "payout.cap": float(cap)}
            for cap, name in enumerate(draw(st.lists(st.sampled_from("abc"), unique=True)), 2)
        }
    ranges = draw(st.lists(st.sampled_from(UNCERTAIN), max_size=2, unique=True))
    drawn = {path: "plausible" for path in ranges if path not in said["uncertainties"]}
    if drawn:
        said["uncertainties"] |= {"samples": draw(st.integers(1, 4)), **drawn}
    said["seed"] = draw(st.integers(0, 2**63 - 1))
    return said
