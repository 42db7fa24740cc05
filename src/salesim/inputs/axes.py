"""Read what a study moves: levers value by value, and uncertain numbers by value or by range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
from pydantic import Field, ValidationError

from .. import statistics
from ..messages import nearest
from ..rules.declaration import Range
from .building import number_text
from .declared import A_LEVER, Declared, declared_numbers, declared_values
from .design import MAX_RUNS, Values
from .explain import Said, explain
from .plausible import warn_of_values
from .toml import Written

LEVERS, UNCERTAINTIES = "levers", "uncertainties"
SAMPLES = "samples"
PLAUSIBLE = "plausible"
MAX_VALUES = 10_000
A_NUMBER = "the path of a setting or behaviour, such as market.list_price"
A_LIST = "a list of values, or { from = ..., to = ..., steps = ... }"
A_RANGE = f'a list of values, {{ from = ..., to = ... }}, or "{PLAUSIBLE}"'


class Drawn(Said):
    """A range from which values are drawn."""

    low: Any = Field(alias="from")
    high: Any = Field(alias="to")


class Stepped(Drawn):
    """Values at even steps, both ends among them."""

    steps: Annotated[int, Field(strict=True, ge=2, le=MAX_VALUES, description="How many values.")]


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


@dataclass
class _Axis:
    """What is said of one number: where, and how it was declared."""

    written: Written
    table: str
    number: Declared
    said: Any

    @property
    def path(self) -> str:
        return f"{self.table}.{self.number.path}"

    def typed(self, value: Any) -> Any:
        """A value in the type of the number, or nothing where it cannot be."""
        return number_text(self.number.path, value, self.written, self.table)

    def listed(self, allowed: str) -> Values:
        """The values of a list; none where it cannot be used."""
        said, reject = self.said, self.written.reject
        if not isinstance(said, list) or not said:
            reject(self.path, "wrong type", given=said, allowed=allowed)
            return ()
        if len(said) > MAX_VALUES:
            reject(self.path, f"has {len(said):,} values", allowed=f"at most {MAX_VALUES:,}")
            return ()
        values = tuple(value for value in map(self.typed, said) if value is not None)
        for value, times in Counter(values).items():
            if times > 1:
                reject(self.path, "says a value twice", given=value)
        return values

    def range(self, kind: type[Drawn]) -> tuple[Range, int] | None:
        """The ends of a range and its steps, 0 where it has none; nothing where it cannot be used."""
        modes, reject = self.number.modes, self.written.reject
        if not self.number.is_number:
            wrong = f"has {'names' if modes else 'curves'} and no range"
            reject(self.path, wrong, allowed=f"a list of {', '.join(modes) or 'curves'}")
            return None
        try:
            said = kind.model_validate(self.said)
        except ValidationError as error:
            explain(error, self.written, kind, self.path)
            return None
        low, high = self.typed(said.low), self.typed(said.high)
        if low is None or high is None:
            return None
        if low >= high:
            reject(self.path, "a range that is reversed or empty", given=self.said, allowed="from below to")
            return None
        return (low, high), said.steps if isinstance(said, Stepped) else 0

    def stepped(self) -> Values:
        """Values at even steps from one end of a range to the other; none where it cannot be used."""
        found = self.range(Stepped)
        if found is None:
            return ()
        (low, high), steps = found
        if self.number.type is float:
            between = (low + (high - low) * k / (steps - 1) for k in range(1, steps - 1))
            return (low, *(float(f"{value:.12g}") for value in between), high)
        if int(high - low) % (steps - 1):
            wrong = "its steps are no whole numbers"
            self.written.reject(self.path, wrong, given=steps, allowed="other steps, or a list")
        return tuple(int(low) + int(high - low) * k // (steps - 1) for k in range(steps))


def read_levers(written: Written) -> dict[str, Values]:
    """The values of each lever that is moved."""
    found = {
        axis.number.path: axis.stepped() if isinstance(axis.said, dict) else axis.listed(A_LIST)
        for axis in _axes(written, LEVERS, _said(written, LEVERS))
    }
    warn_of_values(found)
    return found


def read_uncertainties(written: Written) -> Uncertain:
    """Uncertain numbers, given or to be drawn."""
    found = Uncertain()
    said = _said(written, UNCERTAINTIES)
    samples = said.pop(SAMPLES, None)
    for axis in _axes(written, UNCERTAINTIES, said):
        number = axis.number
        if axis.said == PLAUSIBLE and not number.modes:
            found.drawn[number.path] = number.sweep
        elif isinstance(axis.said, dict) or axis.said == PLAUSIBLE:
            ends = axis.range(Drawn)
            found.drawn[number.path] = ends[0] if ends else number.sweep
        else:
            found.crossed[number.path] = axis.listed(A_RANGE)
    some_range = any(isinstance(value, dict | str) for value in said.values())
    if samples is not None or found.drawn:
        found.samples = _samples(written, samples, some_range=some_range)
    warn_of_values({**found.crossed, **found.drawn})
    return found


def _samples(written: Written, samples: Any, *, some_range: bool) -> int:
    path = f"{UNCERTAINTIES}.{SAMPLES}"
    if not some_range:
        written.reject(path, "there is no range to draw from", given=samples)
    elif type(samples) is int and 1 <= samples <= MAX_RUNS:
        return samples
    else:
        wrong = "is missing" if samples is None else "no number of samples"
        allowed = f"a whole number from 1 to {MAX_RUNS:,}, which are drawn from the ranges"
        written.reject(path, wrong, given=samples, allowed=allowed)
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


def _axes(written: Written, table: str, said: Mapping[str, Any]) -> Iterator[_Axis]:
    """What is said of each number, if it may stand in its table."""
    every = declared_values()
    known = [path for path, number in every.items() if (number.kind == "lever") == (table == LEVERS)]
    other, such_as = (UNCERTAINTIES, A_LEVER) if table == LEVERS else (LEVERS, A_NUMBER)
    for path, value in said.items():
        if path in known:
            yield _Axis(written, table, every[path], value)
        elif path in every:
            written.reject(f"{table}.{path}", f"is a {every[path].kind}", allowed=f"in [{other}]")
        else:
            near = "" if written.problems.full else nearest(path, known)
            allowed = "" if near else such_as
            written.reject(f"{table}.{path}", "no such number", allowed=allowed, near=near)


def latin_hypercube(ranges: Mapping[str, Range], samples: int, seed: int) -> dict[str, Values]:
    """So many values of each number, one from each of as many equal parts of its range.

    Args:
        ranges: where each number may lie, by path; those that are whole numbers are drawn with both
            ends alike.
        samples: how many values of each, 1 or more.
        seed: of the draws.
    """
    if not ranges:
        return {}  # most studies draw nothing, and what draws takes half of the start of a command
    places = statistics.latin_hypercube(len(ranges), samples, seed)
    drawn: dict[str, Values] = {}
    for (path, (low, high)), shares in zip(ranges.items(), places, strict=True):
        if declared_numbers()[path].type is int:
            whole = np.floor(shares * (high - low + 1)).astype(np.int64) + int(low)
            drawn[path] = tuple(np.minimum(whole, int(high)).tolist())
        else:  # rounding may lead past the end
            drawn[path] = tuple(np.minimum(low + shares * (high - low), high).tolist())
    return drawn
