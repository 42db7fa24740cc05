"""Findings as a table: each with its headline, its parts below, and what is missed in plain sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from ...english import counted
from ...evidence.target import FITTED, Target
from ...evidence.wording import band_text, exact, is_percent, span_text, unit_text, value_text
from ...result import Described, Result
from ...rules.sources import SOURCES
from ...table import STRONG, Head, Row, Table, grouped

GOOD, BAD, ASIDE = "green", "bold red", "dim"


def evidence_table(found: Mapping[str, Any]) -> Table:
    """Every finding and its measures: published, band, ours with interval, and the verdict.

    Args:
        found: what `Evidence` prints.
    """
    heads = [
        Head("finding"),
        Head("role", whole=True, roomy=True),  # which the verdict says too
        Head("published", right=True, whole=True, roomy=True),
        *(Head(name, right=True) for name in ("band", "ours (95% interval)")),
        Head("verdict"),
    ]
    return grouped(heads, map(_rows, found["targets"]), loud=-1)


def _rows(target: Mapping[str, Any]) -> Iterator[Row]:
    """A finding with its headline, and its measures below."""
    name, colour = f"{target['target']}  {target['title']}", GOOD if target["reproduced"] else BAD
    yield Row((*_cells(target, name), target["verdict"].capitalize()), STRONG, colour)
    for measure in target["measures"]:
        yield Row((*_cells(measure, measured(measure)), measure["verdict"]), "", _style(measure))


def _cells(row: Mapping[str, Any], name: str) -> list[str]:
    unit = row["unit"]
    published = "" if row["published"] is None else exact(row["published"], unit)
    return [name, row["role"], published, band_text(row["band"], unit), ours_text(row)]


def measured(measure: Mapping[str, Any]) -> str:
    """What is measured, with its unit where that does not go without saying."""
    unit = measure["unit"]
    plain = is_percent(unit) or " " not in unit
    return measure["says"] if plain else f"{measure['says']} ({unit_text(unit)})"


def ours_text(row: Mapping[str, Any]) -> str:
    """The value of the model with its interval, in the digits that both deserve."""
    if row["interval"] is None:
        return value_text(row["value"], row["unit"])
    value = value_text(row["value"], row["unit"], row["interval"])
    return f"{value} ({span_text(row['interval'], row['unit'])})"


def _style(measure: Mapping[str, Any]) -> str:
    if not measure["judged"] or (measure["role"] == "fitted" and measure["reproduced"]):
        return ASIDE
    return GOOD if measure["reproduced"] else BAD


class TargetMeasure(Described):
    """A measure of a finding."""

    name: str = Field(description="Short, for programs.")
    says: str = Field(description="What is measured.")
    role: str = Field(description="held out or fitted.")
    judged: bool = Field(description="Whether it counts.")
    band: tuple[float, float] = Field(description="What counts as reproduced.")
    published: float | None = Field(description="What was published, or null.")
    unit: str = Field(description="Of these numbers.")


class TargetListed(Described):
    """A published finding, as it stands in its file."""

    target: str = Field(description="Its name, such as T2.")
    title: str = Field(description="The finding in a few words.")
    finding: str = Field(description="What was published.")
    note: str = Field(description="What else must be known of it.")
    citation: tuple[str, ...] = Field(description="The works.")
    role: str = Field(description="Of its headline: held out or fitted.")
    measures: tuple[TargetMeasure, ...] = Field(description="A list with an object for each measure.")


class Targets(Result):
    """The findings by which a firm is judged."""

    targets: tuple[TargetListed, ...] = Field(description="A list with an object for each finding.")
    works: tuple[str, ...] = Field(exclude=True)  # of each finding, short

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each measure of each finding."""
        return ({"target": t.target, **m.model_dump()} for t in self.targets for m in t.measures)

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield f"{counted(len(self.targets), 'published finding')} by which a firm is judged."

    def tables(self) -> tuple[Table, ...]:
        """What was published, where, and how many measures count."""
        heads = map(Head, ("", "finding", "what was published", "measures", "role", "works"))
        rows = (
            (each.target, each.title, each.finding, _counts(each), f"headline {each.role}", works)
            for each, works in zip(self.targets, self.works, strict=True)
        )
        return (grouped(heads, ([Row(cells)] for cells in rows)),)


def targets_listed(targets: Sequence[Target]) -> Targets:
    """Findings as a result."""
    return Targets(
        title="Published findings",
        targets=tuple(TargetListed(**listed_as(each), measures=_measures(each)) for each in targets),
        works=tuple(", ".join(target.sources) for target in targets),
    )


def listed_as(target: Target) -> dict[str, Any]:
    """What stands in the file of a finding, its measures aside."""
    return {
        "target": target.name,
        "title": target.title,
        "finding": target.published,
        "note": target.note,
        "citation": tuple(SOURCES[source].citation for source in target.sources),
        "role": target.headline.role,
    }


def _measures(target: Target) -> tuple[TargetMeasure, ...]:
    names = TargetMeasure.model_fields
    return tuple(TargetMeasure(**{n: getattr(measure, n) for n in names}) for measure in target.measures)


def _counts(target: TargetListed) -> str:
    """How many measures are held out, fitted, and shown without being judged."""
    judged = [measure for measure in target.measures if measure.judged]
    fitted = sum(measure.role == FITTED for measure in judged)
    aside = len(target.measures) - len(judged)
    return f"{len(judged) - fitted} held out, {fitted} fitted{f', {aside} not judged' if aside else ''}"
