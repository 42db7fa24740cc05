"""The numbers of a scenario with what is declared of each, and what two scenarios say differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..english import counted
from ..inputs.declared import Declared, declared_values, spelt, value_of
from ..inputs.differences import Difference
from ..model.scenario import Scenario
from ..result import Described, Result
from ..rules.sources import ASSUMED, SOURCES
from ..table import Head, Table, listed

if TYPE_CHECKING:
    import pandas as pd

AS_DECLARED = ("path", "unit", "kind", "source", "standing", "meaning")
KINDS = {"lever": "levers", "setting": "settings", "behaviour": "behaviours"}


class Parameter(Described):
    """One number of a scenario, as it is declared and as a firm has it."""

    path: str = Field(description="Group and name.")
    value: float | int | str = Field(description="In the firm; of a mode its name.")
    default: float | int | str = Field(description="In the typical firm.")
    unit: str = Field(description="What it is counted in.")
    modes: tuple[str, ...] | None = Field(None, description="Of a mode the names that are allowed.")
    range: tuple[float, float] | None = Field(None, description="What is allowed, of a number.")
    sweep: tuple[float, float] | None = Field(None, description="What is plausible, of a number.")
    kind: str = Field(description="lever, setting or behaviour.")
    source: str = Field(description="Where the default comes from.")
    standing: str = Field(description="Evidence grade: how far the source supports the number.")
    meaning: str = Field(description="What it is.")


class Parameters(Result):
    """Numbers of a firm, with what is declared of each."""

    parameters: tuple[Parameter, ...] = Field(description="A list, in the order of the groups.")
    numbers: tuple[Declared, ...] = Field(exclude=True)

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each number."""
        return (each.model_dump() for each in self.parameters)

    def in_words(self) -> Iterator[str]:
        """What one number is; of several, how many there are of each kind and how many are assumed."""
        yield self.parameters[0].meaning if len(self.parameters) == 1 else summary(self.numbers)

    def tables(self) -> tuple[Table, ...]:
        """One row a number: value, unit, range, kind, source, evidence; of a single number everything."""
        if len(self.parameters) == 1:
            return (listed([Head("", whole=True), Head("")], self._facts()),)
        pairs = zip(self.parameters, self.numbers, strict=True)
        rows = (
            (p.path, written(p.value), p.unit, range_of(number), p.kind, p.source, p.standing)
            for p, number in pairs
        )
        heads = [Head("number", whole=True), Head("value", right=True, whole=True)]
        return (listed([*heads, *map(Head, ("unit", "range", "kind", "source", "evidence"))], rows),)

    def _facts(self) -> list[tuple[str, str]]:
        (one,), (number,) = self.parameters, self.numbers
        source = SOURCES[one.source].citation if one.source in SOURCES else "no published source"
        return [
            ("number", one.path),
            ("value", written(one.value)),
            ("default", written(one.default)),
            ("unit", one.unit),
            ("range", range_of(number)),
            ("sweep", " to ".join(map(spelt, one.sweep)) if one.sweep else "all of them"),
            ("kind", one.kind),
            ("source", f"{one.source}: {source}"),
            ("evidence", one.standing),
        ]


class ScenarioDifferences(Result):
    """What two scenarios say differently."""

    first: str = Field(description="Name of the one.")
    second: str = Field(description="Name of the other.")
    differences: tuple[Difference, ...] = Field(
        description="`path`, what the `first` says, and what the `second` says; null where it says nothing."
    )

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each difference."""
        import pandas as pd

        return pd.DataFrame(self.model_dump()["differences"], columns=["path", "first", "second"])

    def in_words(self) -> Iterator[str]:
        """How much differs."""
        if not self.differences:
            yield f"{self.first} and {self.second} say the same."
        else:
            yield f"{self.first} and {self.second} differ in {counted(len(self.differences), 'number')}."

    def tables(self) -> tuple[Table, ...]:
        """A row for each difference."""
        if not self.differences:
            return ()
        return (difference_table(self.first, self.second, self.differences),)


def parameters_of(numbers: Sequence[Declared], firm: Scenario) -> Parameters:
    """Numbers as a firm has them."""
    return Parameters(
        title=firm.title, numbers=tuple(numbers), parameters=tuple(_parameter(n, firm) for n in numbers)
    )


def _parameter(number: Declared, firm: Scenario) -> Parameter:
    ends: dict[str, Any] = {"range": (number.low, number.high), "sweep": number.sweep}
    ends = {"modes": number.modes or None} if not number.is_number else ends
    return Parameter(
        value=value_of(firm, number.path),
        default=number.said(number.default),
        **ends,
        **{name: getattr(number, name) for name in AS_DECLARED},
    )


def range_of(number: Declared) -> str:
    """What is allowed: the ends, the names of a mode, or how a curve is written."""
    return f"{spelt(number.low)} to {spelt(number.high)}" if number.is_number else number.allowed


def written(value: Any) -> str:
    """A value as people read it: whole numbers with separators, others as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def summary(numbers: Sequence[Declared]) -> str:
    """How many numbers there are of each kind, and how many of them nobody has published."""
    numbers = [number for number in numbers if number.type is not str]  # a curve is none
    kinds = Counter(number.kind for number in numbers)
    each = ", ".join(f"{kinds[kind]} {name}" for kind, name in KINDS.items() if kinds[kind])
    assumed = sum(number.source == ASSUMED for number in numbers)
    size = sum(number.source != ASSUMED and "assumed" in number.standing for number in numbers)
    more = f", and of {size} more only the mechanism is published, not the size" if size else ""
    return f"{len(numbers)} numbers ({each}); {assumed} of them are assumed{more}."


def difference_table(first: str, second: str, found: Sequence[Difference], caption: str = "") -> Table:
    """One row a difference; of a number its unit and kind too."""
    return listed(map(Head, ("number", first, second, "unit", "kind")), map(_difference, found), caption)


def _difference(each: Difference) -> tuple[str, ...]:
    said = ("nothing" if value is None else written(value) for value in (each.first, each.second))
    return each.path, *said, *facts_of(each.path)[:2]


def facts_of(path: str) -> tuple[str, str, str]:
    """Unit, kind and standing of a number; nothing of what is no number."""
    number = declared_values().get(path)
    return (number.unit, number.kind, number.standing) if number else ("", "", "")
