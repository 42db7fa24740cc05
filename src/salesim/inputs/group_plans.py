"""Pay plans of groups of reps as they are written: one table each, with whom it is for and its levers."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ..english import phrase
from ..model.pay_plans import OF_ALL_REPS, PLAN_GROUPS, GroupPlan
from ..model.scenario import Scenario, datable_levers
from .declared import declared_values
from .delta import PLANS
from .explain import explain
from .toml import Written

WHOM = [name for name in GroupPlan.model_fields if name not in PLAN_GROUPS]
A_PLAN = f"tables [[{PLANS}]] with {', '.join(WHOM)} and levers of {phrase(PLAN_GROUPS)}"


def check_plan(said: dict[str, Any], path: str, written: Written) -> None:
    """Take note of what is wrong with one plan by itself: whom it is for, and each of its levers."""
    try:
        GroupPlan.model_validate({name: value for name, value in said.items() if name not in PLAN_GROUPS})
    except ValidationError as error:
        explain(error, written, GroupPlan, path)
    name = said.get("name", "")
    if isinstance(name, str) and ("\n" in name or name.isspace()):
        written.reject(f"{path}.name", "is no name", given=name, allowed="some words in one line")
    for group in PLAN_GROUPS:
        levers = said.get(group, {})
        if isinstance(levers, dict):
            _check_levers(group, levers, path, written)
        else:
            allowed = f"a table of levers of {group}"
            written.reject(f"{path}.{group}", "wrong type", given=levers, allowed=allowed)


def levers_of(group: str) -> list[str]:
    """The levers of a group that may differ between reps, by name."""
    paths = (path for path in declared_values() if path in datable_levers() and path not in OF_ALL_REPS)
    return [path.partition(".")[2] for path in paths if path.startswith(f"{group}.")]


def _check_levers(group: str, levers: dict[str, Any], path: str, written: Written) -> None:
    """Each is one that may differ between reps, and has a value that it could have for all."""
    known = levers_of(group)
    for name, value in levers.items():
        lever = f"{group}.{name}"
        number = declared_values().get(lever)
        if number is None:
            written.reject(f"{path}.{lever}", "no such lever", names=known)
        elif name not in known:
            wrong = "is the same for all reps" if lever in OF_ALL_REPS else f"is a {number.kind}"
            written.reject(f"{path}.{lever}", wrong, given=value, allowed=", ".join(known))
    kind: Any = Scenario.model_fields[group].annotation
    try:
        kind.model_validate({name: value for name, value in levers.items() if name in known})
    except ValidationError as error:
        explain(error, written, kind, f"{path}.{group}")
