"""Look up what was declared of a number: unit, range, kind, source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model.scenario import Scenario, is_group
from ..rules.declaration import modes_of


@dataclass(frozen=True)
class Declared:
    """One number as its rule file declares it."""

    path: str
    type: type
    default: float | int
    unit: str
    low: float
    high: float
    kind: str
    source: str
    meaning: str
    modes: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """The range in words, or the names of a mode."""
        if self.modes:
            return ", ".join(self.modes)
        number = "a whole number" if self.type is int else "a number"
        return f"{number} from {spelt(self.low)} to {spelt(self.high)} ({self.unit})"


def spelt(number: float) -> str:
    """A number as people write it: 20,000,000 and 0.0001."""
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


@cache
def declared_numbers() -> dict[str, Declared]:
    """Every number of a scenario by its path, in the order of the groups."""
    return {number.path: number for number in _walk()}


def group_names() -> list[str]:
    """The groups of a scenario: the tables of a TOML file."""
    return [name for name, field in Scenario.model_fields.items() if is_group(field.annotation)]


def _walk() -> Iterator[Declared]:
    for group in group_names():
        kind: Any = Scenario.model_fields[group].annotation
        for name, number in kind.model_fields.items():
            facts = number.json_schema_extra
            bounds = {type(b).__name__: b for b in number.metadata}
            yield Declared(
                path=f"{group}.{name}",
                type=number.annotation,
                default=number.default,
                unit=facts["unit"],
                low=bounds["Ge"].ge,
                high=bounds["Le"].le,
                kind=facts["kind"],
                source=facts["source"],
                meaning=number.description,
                modes=modes_of(kind, name),
            )
