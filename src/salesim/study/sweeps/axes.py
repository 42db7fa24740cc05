"""Read what a study moves: levers value by value, and uncertain numbers by value or by range."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...errors import ScenarioError
from ...rules.declaration import Range
from ...scenario.building import number_said
from ...scenario.declared import Declared, declared_numbers
from ...scenario.refusal import nearest
from .design import MOST_RUNS, Values
from .sampling import latin_hypercube
from .written import Written

SAMPLES = "samples"
PLAUSIBLE = "plausible"
FROM, TO, STEPS = "from", "to", "steps"
A_LIST = "a list of values, or { from = ..., to = ..., steps = ... }"
A_RANGE = f'a list of values, {{ from = ..., to = ... }}, or "{PLAUSIBLE}"'


@dataclass
class Axes:
    """Uncertain numbers: those given value by value, and those drawn from a range."""

    crossed: dict[str, Values] = field(default_factory=dict)
    drawn: dict[str, Values] = field(default_factory=dict)


def read_levers(written: Written) -> dict[str, Values]:
    """The values of each lever that is moved."""
    found = {}
    for path, said in _said(written, "levers").items():
        place = f"levers.{path}"
        number = _number(written, place, path, levers=True)
        if number is None:
            continue
        if isinstance(said, dict):
            found[path] = _stepped(written, place, number, said)
        else:
            found[path] = _listed(written, place, number, said, A_LIST)
    return found


def read_uncertainties(written: Written, seed: int) -> Axes:
    """Uncertain numbers, given or drawn."""
    said = _said(written, "uncertainties")
    samples = said.pop(SAMPLES, None)
    axes, numbers, ranges = Axes(), [], []
    for path, value in said.items():
        place = f"uncertainties.{path}"
        number = _number(written, place, path, levers=False)
        if number is None:
            continue
        if isinstance(value, dict) or value == PLAUSIBLE:
            numbers.append(number)
            ranges.append(_range(written, place, number, value))
        else:
            axes.crossed[path] = _listed(written, place, number, value, A_RANGE)
    if _can_draw(written, numbers, samples):
        axes.drawn = latin_hypercube(numbers, ranges, samples, seed)
    return axes


def _can_draw(written: Written, numbers: list[Declared], samples: Any) -> bool:
    place = f"uncertainties.{SAMPLES}"
    if not numbers:
        if samples is not None:
            written.refuse(place, "there is no range to draw from", given=samples)
        return False
    if type(samples) is not int or not 1 <= samples <= MOST_RUNS:
        wrong = "is missing" if samples is None else "no number of samples"
        allowed = f"a whole number from 1 to {MOST_RUNS:,}, which are drawn from the ranges"
        written.refuse(place, wrong, given=samples, allowed=allowed)
    return not written.problems


def _said(written: Written, table: str) -> dict[str, Any]:
    """What is said of each number; `from`, `to` and `steps` of one number belong together."""
    found: dict[str, Any] = {}
    for path, value in written.under(table).items():
        number, _, part = path.rpartition(".")
        if part in (FROM, TO, STEPS) and number:
            found.setdefault(number, {})[part] = value
        else:
            found[path] = value
    return found


def _number(written: Written, place: str, path: str, *, levers: bool) -> Declared | None:
    """The declared number that a path means, if it may stand in its table."""
    known = {p: n for p, n in declared_numbers().items() if (n.kind == "lever") == levers}
    if path in known:
        return known[path]
    if path in declared_numbers():
        kind = declared_numbers()[path].kind
        table = "[uncertainties]" if levers else "[levers]"
        written.refuse(place, f"is a {kind}", allowed=f"in {table}")
    else:
        near = nearest(path, list(known))
        such = "pay.margin_weight" if levers else "market.unit_cost"
        wrong = "no such lever" if levers else "no such number"
        written.refuse(place, wrong, allowed="" if near else f"a path such as {such}", near=near)
    return None


def _listed(written: Written, place: str, number: Declared, said: Any, allowed: str) -> Values:
    if not isinstance(said, list | tuple) or not said:
        written.refuse(place, "wrong type", given=said, allowed=allowed)
        return (number.default,)
    values = tuple(_typed(written, place, number, value) for value in said)
    if len(set(values)) < len(values):
        written.refuse(place, "says a value twice", given=list(values))
    return values


def _stepped(written: Written, place: str, number: Declared, said: dict[str, Any]) -> Values:
    low, high = _range(written, place, number, said)
    steps = said.get(STEPS)
    if type(steps) is not int or not 2 <= steps <= MOST_RUNS:
        allowed = "how many values, both ends among them: a whole number of 2 or more"
        written.refuse(f"{place}.{STEPS}", "is missing" if steps is None else "no number of steps",
                       given=steps, allowed=allowed)
        return (number.default,)
    values = [low + (high - low) * k / (steps - 1) for k in range(steps)]
    if number.type is int:
        if any(value != int(value) for value in values):
            wrong = "its steps are no whole numbers"
            written.refuse(place, wrong, given=steps, allowed="other steps, or a list")
        return tuple(int(value) for value in values)
    return tuple(float(f"{value:.12g}") for value in values)


def _range(written: Written, place: str, number: Declared, said: Any) -> Range:
    """The ends of a range: those written, or those that are plausible."""
    if number.modes:
        written.refuse(place, "has names and no range", allowed=f"a list of {', '.join(number.modes)}")
        return number.sweep
    if said == PLAUSIBLE:
        return number.sweep
    missing = [end for end in (FROM, TO) if end not in said]
    if missing:
        written.refuse(place, f"{missing[0]} is missing", given=said, allowed=A_RANGE)
        return number.sweep
    low, high = (_typed(written, f"{place}.{end}", number, said[end]) for end in (FROM, TO))
    if low >= high:
        written.refuse(place, "a range that is reversed or empty", given=said, allowed="from below to")
    return low, high


def _typed(written: Written, place: str, number: Declared, value: Any) -> Any:
    """The value in the type of its number, or the default where it cannot be."""
    try:
        return number_said(number.path, value, written.place(place))
    except ScenarioError as error:
        written.problems.append(str(error))
        return number.said(number.default)
