"""Read what a study moves: levers value by value, and uncertain numbers by value or by range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import statistics
from ..errors import ScenarioError
from ..messages import nearest
from ..rules.declaration import Range
from .building import number_said
from .declared import Declared, declared_numbers
from .design import MOST_RUNS, Number, Values
from .written import Written

SAMPLES = "samples"
PLAUSIBLE = "plausible"
FROM, TO, STEPS = "from", "to", "steps"
MOST_VALUES = 10_000
A_LIST = "a list of values, or { from = ..., to = ..., steps = ... }"
A_RANGE = f'a list of values, {{ from = ..., to = ... }}, or "{PLAUSIBLE}"'


@dataclass
class Uncertain:
    """Uncertain numbers: those given value by value, and those to be drawn from a range.

    Args:
        crossed: values by path.
        drawn: ranges by path.
        samples: how many values are drawn of each; 1 where nothing is drawn.
    """

    crossed: dict[str, Values] = field(default_factory=dict)
    drawn: dict[str, Range] = field(default_factory=dict)
    samples: int = 1


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


def read_uncertainties(written: Written) -> Uncertain:
    """Uncertain numbers, given or to be drawn."""
    found = Uncertain()
    said = _said(written, "uncertainties")
    samples = said.pop(SAMPLES, None)
    for path, value in said.items():
        place = f"uncertainties.{path}"
        number = _number(written, place, path, levers=False)
        if number is None:
            continue
        if _is_range(value):
            found.drawn[path] = _range(written, place, number, value, (FROM, TO), A_RANGE) or number.sweep
        else:
            found.crossed[path] = _listed(written, place, number, value, A_RANGE)
    if samples is not None or found.drawn:
        some = any(isinstance(value, dict | str) for value in said.values())
        found.samples = _samples(written, samples, some_range=some)
    return found


def _is_range(said: Any) -> bool:
    return isinstance(said, dict) or (isinstance(said, str) and said == PLAUSIBLE)


def _samples(written: Written, samples: Any, *, some_range: bool) -> int:
    place = f"uncertainties.{SAMPLES}"
    if not some_range:
        written.refuse(place, "there is no range to draw from", given=samples)
    elif type(samples) is int and 1 <= samples <= MOST_RUNS:
        return samples
    else:
        wrong = "is missing" if samples is None else "no number of samples"
        allowed = f"a whole number from 1 to {MOST_RUNS:,}, which are drawn from the ranges"
        written.refuse(place, wrong, given=samples, allowed=allowed)
    return 1


def _said(written: Written, table: str) -> dict[str, Any]:
    """What is said of each number; what is said of its parts, such as `from`, belongs together."""
    found: dict[str, Any] = {}
    for path, value in written.under(table).items():
        keys = path.split(".")
        depth = 1 if keys[0] == SAMPLES else 2  # else a group and a name
        number, part = ".".join(keys[:depth]), ".".join(keys[depth:])
        if part:
            found.setdefault(number, {})[part] = value
        else:
            found[number] = value
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
    """The values of a list; none where it cannot be used."""
    if not isinstance(said, list) or not said:
        written.refuse(place, "wrong type", given=said, allowed=allowed)
        return ()
    if len(said) > MOST_VALUES:
        written.refuse(place, f"has {len(said):,} values", allowed=f"at most {MOST_VALUES:,}")
        return ()
    typed = [_typed(written, place, number, value) for value in said]
    values = tuple(value for value in typed if value is not None)
    for value, times in Counter(values).items():
        if times > 1:
            written.refuse(place, "says a value twice", given=value)
    return values


def _stepped(written: Written, place: str, number: Declared, said: dict[str, Any]) -> Values:
    """Values at even steps from one end of a range to the other; none where it cannot be used."""
    ends = _range(written, place, number, said, (FROM, TO, STEPS), A_LIST)
    steps = said.get(STEPS)
    if ends is None:
        return ()
    if type(steps) is not int or not 2 <= steps <= MOST_VALUES:
        allowed = f"how many values, both ends among them: a whole number from 2 to {MOST_VALUES:,}"
        wrong = "is missing" if steps is None else "no number of steps"
        written.refuse(f"{place}.{STEPS}", wrong, given=steps, allowed=allowed)
        return ()
    low, high = ends
    if number.type is int:
        if int(high - low) % (steps - 1):
            wrong = "its steps are no whole numbers"
            written.refuse(place, wrong, given=steps, allowed="other steps, or a list")
        return tuple(int(low) + int(high - low) * k // (steps - 1) for k in range(steps))
    between = (low + (high - low) * k / (steps - 1) for k in range(1, steps - 1))
    return (low, *(float(f"{value:.12g}") for value in between), high)


def _range(
    written: Written, place: str, number: Declared, said: Any, parts: Collection[str], allowed: str
) -> Range | None:
    """The ends of a range, written or plausible; none where it cannot be used."""
    before = len(written.problems)
    if number.modes:
        written.refuse(place, "has names and no range", allowed=f"a list of {', '.join(number.modes)}")
        return None
    if said == PLAUSIBLE:
        return number.sweep
    for part in said:
        if part not in parts:
            written.refuse_key(f"{place}.{part}", list(parts))
    if len(written.problems) > before:
        return None
    missing = [end for end in (FROM, TO) if end not in said]
    if missing:
        written.refuse(place, f"{missing[0]} is missing", given=said, allowed=allowed)
        return None
    low, high = (_typed(written, place, number, said[end]) for end in (FROM, TO))
    if low is None or high is None:
        return None
    if low >= high:
        written.refuse(place, "a range that is reversed or empty", given=said, allowed="from below to")
        return None
    return low, high


def _typed(written: Written, place: str, number: Declared, value: Any) -> Any:
    """The value in the type of its number, or nothing where it cannot be."""
    try:
        said: Number = number_said(number.path, value, written.place(place))
    except ScenarioError as error:
        written.problems.append(str(error))
        return None
    return said


def latin_hypercube(ranges: Mapping[str, Range], samples: int, seed: int) -> dict[str, Values]:
    """So many values of each number, one from each of as many equal parts of its range.

    Args:
        ranges: where each number may lie, by path; those that are whole numbers are drawn with both
            ends alike.
        samples: how many values of each, 1 or more.
        seed: of the draws.
    """
    places = statistics.latin_hypercube(len(ranges), samples, seed)
    drawn: dict[str, Values] = {}
    for (path, (low, high)), shares in zip(ranges.items(), places, strict=True):
        if declared_numbers()[path].type is int:
            whole = np.floor(shares * (high - low + 1)).astype(np.int64) + int(low)
            drawn[path] = tuple(np.minimum(whole, int(high)).tolist())
        else:  # rounding may lead past the end
            drawn[path] = tuple(np.minimum(low + shares * (high - low), high).tolist())
    return drawn
