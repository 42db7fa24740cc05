"""Which numbers of a firm are evidence and which are assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ...english import TODAY
from ...inputs.declared import Declared, declared_numbers, declared_values, value_of
from ...inputs.differences import differences
from ...model.scenario import Scenario
from ...table import Table, table
from ..parameters import facts_of, written
from .page import Folded, Section

MEANINGS: dict[str, str] = {
    "verified": "read in the work itself, at least in its abstract",
    "reported": "read in another work that reports it",
    "derived": "computed from published numbers, or taken from within a published range",
    "fitted": "fitted to published findings, within a range",
    "recalled": "cited from memory",
    "size assumed": "the mechanism or its sign is published, the number is not",
    "assumed": "no source",
}
HEAD = ("evidence grade", "meaning", "numbers")
PUBLISHED = ("verified", "reported", "derived")
OWN = "said by the scenario"
MEANING_OF_OWN = "another value than the default; only whoever wrote the scenario knows where it is from"


def standing_of(number: Declared, firm: Scenario) -> str:
    """How far a number of a firm can be relied on; a value of the firm's own has no source here."""
    return number.standing if value_of(firm, number.path) == number.said(number.default) else OWN


def standings(firm: Scenario) -> Section:
    """The section on what a result is based on: counts by evidence grade, and every number."""
    counts = Counter(standing_of(number, firm) for number in declared_numbers().values())
    own = [number for number in declared_values().values() if standing_of(number, firm) == OWN]
    meanings = {**MEANINGS, OWN: MEANING_OF_OWN}
    counted = [(name, said, str(counts[name])) for name, said in meanings.items() if counts.get(name)]
    return Section(
        name="standing",
        heading="Which numbers are evidence, and which are assumed",
        sentences=(in_words(counts),),
        tables=(table("standings", "How far numbers can be relied on", HEAD, counted, [2]),),
        folded=(*([_own(own, firm)] if own else []), _all(firm)),
    )


def in_words(counts: Mapping[str, int]) -> str:
    """How many numbers are based on what, in a sentence."""
    published = sum(counts.get(each, 0) for each in PUBLISHED)
    parts = [
        (published, "are based on published numbers"),
        (counts.get("fitted", 0), "are fitted to published findings"),
        (counts.get("recalled", 0), "are cited from memory"),
        (counts.get("size assumed", 0), "have a published mechanism and an assumed size"),
        (counts.get("assumed", 0), "are assumed"),
        (counts.get(OWN, 0), "have a value of this firm's own"),
    ]
    said = [f"{number} {words}" for number, words in parts if number]
    return (
        f"Of the {sum(counts.values())} numbers of this firm {', '.join(said[:-1])}, and {said[-1]}. "
        "What is assumed can be otherwise in any real firm, and the result with it."
    )


def _own(numbers: Iterable[Declared], firm: Scenario) -> Folded:
    rows = [
        (n.path, written(value_of(firm, n.path)), written(n.said(n.default)), n.unit, n.standing)
        for n in numbers
    ]
    head = ("number", "here", "default", "unit", "evidence grade of the default")
    summary = f"Numbers of this firm that differ from the default: {len(rows)}"
    return Folded(summary, tables=(table("own", "Numbers of the firm's own", head, rows, [1, 2]),))


def _all(firm: Scenario) -> Folded:
    numbers = declared_values()
    rows = [
        (path, n.meaning, written(value_of(firm, path)), n.unit, n.kind, standing_of(n, firm), n.source)
        for path, n in numbers.items()
    ]
    head = ("number", "meaning", "value", "unit", "kind", "evidence grade", "source")
    said = table("numbers", "Every number in use", head, rows, [2])
    return Folded(f"Every number in use: {len(rows)}", tables=(said,))


def moved(firms: Mapping[str, Scenario], baseline: Scenario) -> Table | None:
    """What each arm changes; None where no arm does.

    Args:
        firms: each arm by what it is called.
        baseline: today's firm.
    """
    rows = [row for called, firm in firms.items() for row in _moved(called, firm, baseline)]
    head = ("arm", "number", "today", "in the arm", "unit", "kind", "evidence grade of the default")
    caption = f"What each arm changes from {TODAY}"
    return table("arms", caption, head, rows, [2, 3]) if rows else None


def _moved(called: str, firm: Scenario, baseline: Scenario) -> Iterator[tuple[str, ...]]:
    for each in differences(baseline, firm):
        values: tuple[object, object] = each.first, each.second
        if each.path in declared_values():  # whose value holds also where a scenario leaves it out
            values = value_of(baseline, each.path), value_of(firm, each.path)
        said = ("nothing" if value is None else written(value) for value in values)
        yield called, each.path, *said, *facts_of(each.path)
