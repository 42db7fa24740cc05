"""The numbers of a scenario and what two scenarios say differently, as tables, text and objects."""

from __future__ import annotations

from collections import Counter
from typing import Any

import rich.table
from rich.text import Text

from ..model.scenario import Scenario
from ..rules.sources import ASSUMED, SOURCES
from ..scenario.declared import Declared, declared_numbers, spelt, value_of
from ..scenario.differences import Difference
from ..tables import Head, Table, listed

KINDS = {"lever": "levers", "setting": "settings", "behaviour": "behaviours"}
SCHEMA_VERSION = 1


def range_of(number: Declared) -> str:
    """What is allowed: the names of a mode, or the ends."""
    return ", ".join(number.modes) if number.modes else f"{spelt(number.low)} to {spelt(number.high)}"


def written(value: Any) -> str:
    """A value as people read it: whole numbers with separators, others as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def parameter_table(numbers: list[Declared], firm: Scenario) -> Table:
    """One row a number: value, unit, range, kind, source, standing."""
    rows = (
        (
            number.path,
            written(value_of(firm, number.path)),
            number.unit,
            range_of(number),
            number.kind,
            number.source,
            number.standing,
        )
        for number in numbers
    )
    heads = [Head("number", whole=True), Head("value", right=True, whole=True)]
    return listed([*heads, *map(Head, ("unit", "range", "kind", "source", "standing"))], rows)


def number_table(number: Declared, firm: Scenario) -> rich.table.Table:
    """Everything that is known of one number."""
    low, high = number.sweep
    source = SOURCES[number.source].citation if number.source in SOURCES else "no published source"
    lines = {
        "number": number.path,
        "meaning": number.meaning,
        "value": written(value_of(firm, number.path)),
        "default": written(number.said(number.default)),
        "unit": number.unit,
        "range": range_of(number),
        "sweep": "all of them" if number.modes else f"{spelt(low)} to {spelt(high)}",
        "kind": number.kind,
        "source": f"{number.source}: {source}",
        "standing": number.standing,
    }
    table = rich.table.Table.grid(padding=(0, 2))
    for name, text in lines.items():
        table.add_row(name, Text(text))
    return table


def summary(numbers: list[Declared]) -> str:
    """How many numbers there are of each kind, and how many of them nobody has published."""
    kinds = Counter(number.kind for number in numbers)
    counted = ", ".join(f"{kinds[kind]} {name}" for kind, name in KINDS.items() if kinds[kind])
    assumed = sum(number.source == ASSUMED for number in numbers)
    size = sum(number.source != ASSUMED and "assumed" in number.standing for number in numbers)
    more = f", and of {size} more only the mechanism is published, not the size" if size else ""
    return f"{len(numbers)} numbers ({counted}); {assumed} of them are assumed{more}."


def described(numbers: list[Declared], firm: Scenario) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "parameters": [
            {
                "path": number.path,
                "value": value_of(firm, number.path),
                "default": number.said(number.default),
                "unit": number.unit,
                **(
                    {"modes": list(number.modes)}
                    if number.modes
                    else {
                        "range": [number.low, number.high],
                        "sweep": list(number.sweep),
                    }
                ),
                "kind": number.kind,
                "source": number.source,
                "standing": number.standing,
                "meaning": number.meaning,
            }
            for number in numbers
        ],
    }


def difference_table(first: str, second: str, found: list[Difference]) -> Table:
    """One row a difference; of a number its unit and kind too."""
    return listed(map(Head, ("number", first, second, "unit", "kind")), map(_difference, found))


def _difference(each: Difference) -> tuple[str, ...]:
    number = declared_numbers().get(each.path)
    facts = (number.unit, number.kind) if number else ("", "")
    said = ("nothing" if value is None else written(value) for value in (each.first, each.second))
    return each.path, *said, *facts


def described_differences(first: str, second: str, found: list[Difference]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "first": first,
        "second": second,
        "differences": [{"path": d.path, "first": d.first, "second": d.second} for d in found],
    }
