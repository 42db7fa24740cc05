"""From deltas to a scenario: laid over each other, types and ranges checked, and only then built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from ..errors import ScenarioError
from ..messages import nearest, refusal
from ..model.dated import moved
from ..model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, Scenario, gigabytes_for
from .declared import declared_numbers
from .delta import CARD, RULES, TEXTS, Delta, merged

ACCOUNTS = "organisation.accounts"
RANGE_ERRORS = ("greater_than_equal", "less_than_equal", "finite_number")


def build_scenario(deltas: Iterable[Delta]) -> Scenario:
    """Lay deltas over the typical firm, later ones over earlier ones, and check types and ranges.

    Raises:
        ScenarioError: values of a wrong type or out of range, and numbers that do not fit each other.
    """
    whole = merged(deltas)
    nested: dict[str, Any] = {}
    for path, value in whole.values.items():
        group, _, name = path.partition(".")
        if group == CARD:  # which is about the firm and no part of it
            continue
        if name:
            nested.setdefault(group, {})[name] = value
        else:
            nested[path] = value
    try:
        return Scenario.model_validate(nested)
    except ValidationError as error:
        raise ScenarioError("\n".join(_explain(e, whole) for e in error.errors())) from None


def number_said(path: str, value: Any, place: str) -> Any:
    """A value of a declared number in its own type, as it is written: a mode by its name.

    Raises:
        ScenarioError: a wrong type, a value out of range, or a name that is none.
    """
    group, _, name = path.partition(".")
    try:
        return moved(getattr(Scenario(), group), name, value).model_dump()[name]
    except ValidationError as error:
        raise ScenarioError(_wrong_number(error.errors()[0], path, place)) from None


def _explain(error: Any, whole: Delta) -> str:
    path = ".".join(str(part) for part in error["loc"])
    if path in declared_numbers() and path in whole.values:
        return _wrong_number(error, path, whole.place(path))
    if path in TEXTS:
        longest = {"title": LONGEST_TITLE, "description": LONGEST_DESCRIPTION}[path]
        wrong = "not a text that fits"
        allowed = f"a text of at most {longest} characters, with what policies add"
        return refusal(whole.place(path), path, wrong, given=error["input"], allowed=allowed)
    if path.startswith(RULES):
        allowed = "a text such as my_module:my_price"
        return refusal(whole.place(path), path, "wrong type", given=error["input"], allowed=allowed)
    message: str = str(error["ctx"]["error"])
    return f"{whole.place(message.partition(':')[0])}: {message}"


def _wrong_number(error: Any, path: str, place: str) -> str:
    number, given = declared_numbers()[path], error["input"]
    if number.modes and isinstance(given, str):
        near = nearest(given, number.modes)
        return refusal(place, path, "unknown name", given=given, allowed=number.allowed, near=near)
    wrong = "out of range" if error["type"] in RANGE_ERRORS else "wrong type"
    if path == ACCOUNTS and wrong == "out of range" and given > number.high:
        wrong += f": the accounts alone would need {gigabytes_for(given):,} GB of memory"
    return refusal(place, path, wrong, given=given, allowed=number.allowed)
