"""Dated levers as they are written: one table each, with lever, value, start and stop."""

from __future__ import annotations

from typing import Any

from ..messages import nearest, refusal
from ..model.calendar import YEAR
from ..model.dated import LONGEST_PLAN, Dated
from ..model.scenario import Scenario, datable_levers
from .declared import declared_numbers
from .delta import DATED

ALLOWED = "tables [[dated]] with lever, value, start and stop"


def wrong_in_entry(entry: dict[str, Any], place: str) -> list[str]:
    """What is wrong with one entry, its value aside, a line each."""
    keys = list(Dated.model_fields)
    problems = [
        refusal(place, f"{DATED}.{key}", "unknown key", allowed=", ".join(keys), near=nearest(key, keys))
        for key in entry
        if key not in keys
    ]
    problems += [
        refusal(place, f"{DATED}.{key}", "is missing") for key in ("lever", "value") if key not in entry
    ]
    if "lever" in entry:
        problems += _wrong_lever(entry["lever"], place)
    weeks = []
    for key, low in (("start", 0), ("stop", 1)):
        weeks += _wrong_week(key, entry.get(key, low), low, place)
    if not weeks and "stop" in entry and entry["stop"] <= entry.get("start", 0):
        allowed = f"after its start, {entry.get('start', 0)}"
        weeks.append(refusal(place, f"{DATED}.stop", "too early", given=entry["stop"], allowed=allowed))
    return problems + weeks


def _wrong_lever(lever: Any, place: str) -> list[str]:
    where = f"{DATED}.lever"
    known = declared_numbers()
    if isinstance(lever, str) and lever in datable_levers():
        return []
    if not isinstance(lever, str) or lever not in known:
        near = nearest(str(lever), sorted(datable_levers()))
        allowed = "the path of a lever, such as regime.discount_authority"
        return [refusal(place, where, "no such lever", given=lever, allowed=allowed, near=near)]
    wrong = f"is a {known[lever].kind}" if known[lever].kind != "lever" else "sets the size of the firm"
    allowed = "levers other than those of organisation"
    return [refusal(place, where, f"{wrong}, and cannot be dated", given=lever, allowed=allowed)]


def _wrong_week(key: str, week: Any, low: int, place: str) -> list[str]:
    if isinstance(week, int) and not isinstance(week, bool) and low <= week <= LONGEST_PLAN:
        return []
    allowed = f"a whole week of the plan from {low} to {LONGEST_PLAN}"
    return [refusal(place, f"{DATED}.{key}", "not a week", given=week, allowed=allowed)]


def span_of(firm: Scenario) -> str:
    """How long a plan is, in words: 3 years, or 26 weeks."""
    weeks = firm.organisation.weeks
    if weeks >= 2 * YEAR and weeks % YEAR == 0:
        return f"{weeks // YEAR} years"
    return f"{weeks} week{'s' if weeks > 1 else ''}"


def plan_of(firm: Scenario) -> str:
    """How long the plan is, in words."""
    return f"a plan of {span_of(firm)}"
