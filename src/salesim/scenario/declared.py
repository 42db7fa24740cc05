"""Look up what was declared of a number: unit, ranges, kind, source and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model.scenario import Scenario, is_group
from ..rules.declaration import Range, modes_of
from ..rules.sources import Standing


@dataclass(frozen=True)
class Declared:
    """One number as its rule file declares it.

    What is allowed runs from `low` to `high`; `sweep` is the part of it that is plausible, for studies
    that move the number. `standing` says how far the default can be relied on.
    """

    path: str
    type: type
    default: float | int
    unit: str
    low: float
    high: float
    sweep: Range
    kind: str
    source: str
    standing: Standing
    meaning: str
    modes: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """The range in words, or the names of a mode."""
        if self.modes:
            return ", ".join(self.modes)
        number = "a whole number" if self.type is int else "a number"
        return f"{number} from {self.low:g} to {self.high:g} ({self.unit})"


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
                sweep=facts["sweep"],
                kind=facts["kind"],
                source=facts["source"],
                standing=facts["standing"],
                meaning=number.description,
                modes=modes_of(kind, name),
            )
