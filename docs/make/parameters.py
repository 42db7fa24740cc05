"""The page that lists every number, and tables of numbers for others."""

from __future__ import annotations

from collections.abc import Iterable

from salesim.inputs.declared import Declared, declared_values, group_meaning, group_names, spelt
from salesim.rules.sources import SOURCES
from salesim.show.parameters import range_of, summary, written

from .rendering import rendered, table

HEAD = ("number", "meaning", "default", "unit", "range", "sweep", "kind", "source", "evidence grade")


def parameter_page() -> str:
    """Every number by its group, and the works that numbers come from."""
    numbers = list(declared_values().values())
    groups = {
        name: (group_meaning(name), number_table(n for n in numbers if n.group == name))
        for name in group_names()
    }
    said = {"summary": summary(numbers), "groups": groups, "sources": dict(sorted(SOURCES.items()))}
    return rendered("docs/parameters.md", said)


def number_table(numbers: Iterable[Declared]) -> str:
    """What is known of each number, as a Markdown table."""
    return table(HEAD, map(_row, numbers))


def _row(number: Declared) -> tuple[str, ...]:
    return (
        f"`{number.name}`",
        number.meaning,
        written(number.said(number.default)),
        number.unit,
        range_of(number),
        "" if not number.is_number else " to ".join(spelt(end) for end in number.sweep),
        number.kind,
        number.source,
        number.standing,
    )
