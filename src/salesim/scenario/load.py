"""From deltas to a scenario: laid over each other, checked, and only then built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import ScenarioError
from ..model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, Scenario
from .dates import ALLOWED, DATED, wrong_in_entry
from .declared import declared_numbers, group_names
from .delta import TEXTS, Delta, read_delta, read_settings
from .refusal import nearest, refusal

RULES = "rules."
RANGE_ERRORS = ("greater_than_equal", "less_than_equal", "finite_number")


def load_scenario(
    path: Path | str,
    policies: list[Path] | None = None,
    settings: list[str] | None = None,
) -> Scenario:
    """Read a scenario, lay policies and settings over it, and check the whole.

    Args:
        path: a TOML file; what it does not say is as in the typical firm.
        policies: TOML files that change levers only; later ones win.
        settings: `path=value` pairs that win over files.

    Raises:
        ScenarioError: everything that is wrong, a line each; nothing is built.
    """
    deltas = [read_delta(Path(path))]
    problems = unknown_paths(deltas[0]) + bad_dates(deltas[0])
    for policy in policies or []:
        delta = read_delta(Path(policy))
        problems += unknown_paths(delta) + not_levers(delta) + bad_dates(delta)
        add_title(delta, deltas)
        deltas.append(delta)
    deltas.append(read_settings(settings or []))
    problems += unknown_paths(deltas[-1]) + bad_dates(deltas[-1])
    if problems:
        raise ScenarioError("\n".join(problems))
    return build_scenario(deltas)


def add_title(policy: Delta, before: list[Delta]) -> None:
    """A policy adds its title to that of what it is laid over."""
    title = policy.values.get("title")
    under = [delta.values["title"] for delta in before if "title" in delta.values]
    if isinstance(title, str):
        policy.values["title"] = f"{under[-1] if under else Scenario().title} + {title}"


def unknown_paths(delta: Delta) -> list[str]:
    """Refuse every path that no number was declared for."""
    known = {*TEXTS, DATED, *declared_numbers()}
    return [
        _unknown(path, delta) for path in delta.values
        if path not in known and not path.startswith(RULES)
    ]


def _unknown(path: str, delta: Delta) -> str:
    known = list(declared_numbers())
    groups = group_names()
    if path in groups:
        return refusal(
            delta.place(path), path, "wrong type", given=delta.values[path], allowed="a table"
        )
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
        near = nearest(path, [*groups, *TEXTS, DATED]) or near
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
            levers = [p for p, n in known.items() if n.kind == "lever" and p.startswith(group)]
            allowed = ", ".join(levers) or "levers of other groups"
            problems.append(refusal(
                delta.place(path), path, wrong, given=delta.values[path], allowed=allowed
            ))
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


def build_scenario(deltas: list[Delta]) -> Scenario:
    """Lay deltas over the typical firm, later ones over earlier ones, and check types and ranges."""
    nested: dict[str, Any] = {}
    origin: dict[str, Delta] = {}
    for delta in deltas:
        for path, value in delta.values.items():
            group, _, name = path.partition(".")
            origin[path] = delta
            if path == DATED:
                nested[DATED] = [*nested.get(DATED, []), *value]
            elif name:
                nested.setdefault(group, {})[name] = value
            else:
                nested[path] = value
    try:
        return Scenario.model_validate(nested)
    except ValidationError as error:
        raise ScenarioError("\n".join(_explain(e, origin) for e in error.errors())) from None


def _explain(error: Any, origin: dict[str, Delta]) -> str:
    path = ".".join(str(part) for part in error["loc"])
    if path in declared_numbers() and path in origin:
        number = declared_numbers()[path]
        wrong = "out of range" if error["type"] in RANGE_ERRORS else "wrong type"
        near = ""
        if number.modes and isinstance(error["input"], str):
            wrong, near = "unknown name", nearest(error["input"], number.modes)
        return refusal(
            origin[path].place(path), path, wrong, given=error["input"], allowed=number.allowed, near=near
        )
    if path in TEXTS:
        place = origin[path].place(path)
        longest = {"title": LONGEST_TITLE, "description": LONGEST_DESCRIPTION}[path]
        allowed = f"a text of at most {longest} characters, with what policies add"
        return refusal(place, path, "not a text that fits", given=error["input"], allowed=allowed)
    if path.startswith(RULES):
        allowed = "a text such as my_module:my_price"
        place = origin[path].place(path) if path in origin else "scenario"
        return refusal(place, path, "wrong type", given=error["input"], allowed=allowed)
    message: str = str(error["ctx"]["error"])
    blamed = message.partition(":")[0]
    place = origin[blamed].place(blamed) if blamed in origin else "scenario"
    return f"{place}: {message}"
