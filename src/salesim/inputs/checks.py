"""What is wrong with a delta by itself: unknown paths, what policies cannot touch, dates that are none."""

from __future__ import annotations

from typing import Any

from ..errors import ScenarioError
from ..messages import nearest, refusal
from .building import build_scenario
from .cards import is_of_a_card, misplaced_card, wrong_in_card
from .dates import ALLOWED, wrong_in_entry
from .declared import declared_numbers, group_names
from .delta import CARD, DATED, RULES, TEXTS, Delta


def wrong_in(delta: Delta) -> list[str]:
    """What no scenario can say, a line each."""
    return unknown_paths(delta) + bad_dates(delta) + wrong_in_card(delta)


def wrong_in_policy(delta: Delta) -> list[str]:
    """What no policy can say, a line each."""
    return unknown_paths(delta) + not_levers(delta) + bad_dates(delta) + misplaced_card(delta)


def wrong_in_settings(delta: Delta) -> list[str]:
    """What no settings can say, a line each."""
    return unknown_paths(delta) + bad_dates(delta) + misplaced_card(delta)


def unknown_paths(delta: Delta) -> list[str]:
    """Refuse every path that no number was declared for."""
    known = {*TEXTS, DATED, *declared_numbers()}
    return [
        _unknown(path, delta)
        for path in delta.values
        if path not in known and not path.startswith(RULES) and not is_of_a_card(path)
    ]


def _unknown(path: str, delta: Delta) -> str:
    known = list(declared_numbers())
    groups = group_names()
    if path in groups:
        return refusal(delta.place(path), path, "wrong type", given=delta.values[path], allowed="a table")
    group, _, name = path.partition(".")
    if path == RULES.rstrip("."):
        allowed = "a table [rules] of texts such as my_module:my_price"
        return refusal(delta.place(path), path, "wrong type", given=delta.values[path], allowed=allowed)
    if group == DATED:
        return refusal(delta.place(path), path, "wrong type", given=delta.values[path], allowed=ALLOWED)
    near = nearest(path, known)
    if group in groups:
        near = nearest(name, [p.partition(".")[2] for p in known if p.startswith(group + ".")])
        near = f"{group}.{near}" if near else nearest(path, known)
    elif not name:
        near = nearest(path, [*groups, *TEXTS, DATED, CARD]) or near
    allowed = "" if near else "a path of the scenario, such as pay.margin_weight"
    return refusal(delta.place(path), path, "unknown key", allowed=allowed, near=near)


def not_levers(delta: Delta) -> list[str]:
    """Refuse what a policy cannot change: it touches levers only (title and description aside)."""
    known = declared_numbers()
    problems = []
    for path in delta.values:
        if path.startswith(RULES):
            wrong = "is a rule, and a policy changes levers only"
            problems.append(refusal(delta.place(path), path, wrong, allowed="in a scenario"))
        elif path in known and known[path].kind != "lever":
            wrong = f"is a {known[path].kind}, and a policy changes levers only"
            group = path.partition(".")[0]
            levers = [p for p, n in known.items() if n.kind == "lever" and p.startswith(f"{group}.")]
            allowed = ", ".join(levers) or "levers of other groups"
            problems.append(
                refusal(delta.place(path), path, wrong, given=delta.values[path], allowed=allowed)
            )
    return problems


def bad_dates(delta: Delta) -> list[str]:
    """Refuse dated levers that are none, or whose values would not do from the start."""
    if DATED not in delta.values:
        return []
    entries = delta.values[DATED]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return [refusal(delta.place(DATED), DATED, "wrong type", given=entries, allowed=ALLOWED)]
    problems = []
    for number, entry in enumerate(entries):
        place = delta.place(f"{DATED}[{number}]")
        problems += wrong_in_entry(entry, place) or _wrong_value(entry, place)
    return problems


def _wrong_value(entry: dict[str, Any], place: str) -> list[str]:
    lever = entry["lever"]
    try:
        build_scenario([Delta(place, {lever: entry["value"]})])
    except ScenarioError as error:
        return str(error).splitlines()
    return []
