"""Look up what was declared of a number: unit, ranges, kind, source and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import ScenarioError
from ..messages import error_text
from ..model.scenario import Scenario, is_group
from ..rules.declaration import Range, modes_of
from ..rules.knots import A_CURVE, curve_text
from ..rules.sources import Standing

A_LEVER = "the path of a lever, such as regime.discount_authority"


@dataclass(frozen=True)
class Declared:
    """One number, or one pay curve, as its rule file declares it.

    What is allowed runs from `low` to `high`; `sweep` is the part of it that is plausible, for studies
    that move the number. A curve is a text and has neither. `standing` says how far the default can be
    relied on.
    """

    path: str
    type: type
    default: Any
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
    def group(self) -> str:
        """The table of a TOML file in which the number stands."""
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        """What it is called in that table."""
        return self.path.partition(".")[2]

    @property
    def origin(self) -> str:
        """Where the default comes from and how it stands; or that it is assumed."""
        return self.source if self.source == self.standing else f"{self.source} ({self.standing})"

    @property
    def is_number(self) -> bool:
        """Whether it has a size: it is no mode and no curve."""
        return self.type is not str and not self.modes

    def said(self, value: Any) -> Any:
        """A value as people say it: a mode by its name, a curve in one line."""
        return self.modes[int(value)] if self.modes else value if self.is_number else curve_text(value)

    @property
    def allowed(self) -> str:
        """The range in words, or the names of a mode."""
        if not self.is_number:
            return ", ".join(self.modes) or A_CURVE
        number = "a whole number" if self.type is int else "a number"
        return f"{number} from {spelt(self.low)} to {spelt(self.high)} ({self.unit})"


def spelt(number: float) -> str:
    """A number as people write it: 20,000,000 and 0.0001."""
    return f"{int(number):,}" if number == int(number) else f"{number:g}"


@cache
def declared_numbers() -> dict[str, Declared]:
    """Every number of a scenario by its path, in the order of the groups."""
    return {path: number for path, number in declared_values().items() if number.type is not str}


@cache
def declared_values() -> dict[str, Declared]:
    """Every number and every pay curve of a scenario by its path, in the order of the groups."""
    return {value.path: value for value in _walk()}


def value_said(path: str, value: float | str) -> str:
    """A value of a number, as people say it: a mode by its name, a share as percent."""
    if isinstance(value, str):
        return value
    if declared_values()[path].unit.startswith("share"):
        return f"{100.0 * value:.4g}%"
    return f"{value:,.0f}" if value == int(value) else f"{value:.4g}"


def words_of(path: str) -> str:
    """A lever or uncertain number in a sentence."""
    return declared_values()[path].name.replace("_", " ")


def place_text(path: str, value: float | str) -> str:
    """Where something stands, in a sentence: 20% discount authority, or period weeks 13."""
    said = value_said(path, value)
    return f"{said} {words_of(path)}" if said.endswith("%") else f"{words_of(path)} {said}"


def group_names() -> list[str]:
    """The groups of a scenario: the tables of a TOML file."""
    return [name for name, field in Scenario.model_fields.items() if is_group(field.annotation)]


def numbers_under(path: str) -> list[Declared]:
    """A number by its path, all numbers of a group, or all there are where nothing is named.

    Raises:
        ScenarioError: no such number or group.
    """
    known = declared_values()
    found = [number for number in known.values() if path in ("", number.path, number.group)]
    if not found:
        names, allowed = [*known, *group_names()], "a group or a number, such as pay or pay.margin_weight"
        raise ScenarioError(
            error_text("PATH", "", "no such number", given=path, allowed=allowed, names=names)
        )
    return found


def group_meaning(group: str) -> str:
    """What the numbers of a group are about, in one sentence."""
    return (Scenario.model_fields[group].annotation.__doc__ or "").partition("\n")[0]


def value_of(firm: Scenario, path: str) -> float | str:
    """The value of a number in a firm; of a mode its name, of a curve its line."""
    number = declared_values()[path]
    value: float | str = number.said(getattr(getattr(firm, number.group), number.name))
    return value


def _walk() -> Iterator[Declared]:
    for group in group_names():
        kind: Any = Scenario.model_fields[group].annotation
        for name, number in kind.model_fields.items():
            facts = number.json_schema_extra
            bounds = {type(b).__name__: b for b in number.metadata}
            numeric = "Ge" in bounds
            yield Declared(
                path=f"{group}.{name}",
                type=number.annotation if numeric else str,
                default=number.default,
                unit=facts["unit"],
                low=bounds["Ge"].ge if numeric else 0.0,
                high=bounds["Le"].le if numeric else 0.0,
                sweep=facts.get("sweep", (0.0, 0.0)),
                kind=facts["kind"],
                source=facts["source"],
                standing=facts["standing"],
                meaning=number.description,
                modes=modes_of(kind, name),
            )
