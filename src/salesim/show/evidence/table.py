"""Findings as a table: each with its headline, its parts below, and what is missed in plain sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...rules.sources import SOURCES
from ...study.validating.target import FITTED, Target
from ...study.validating.wording import band_said, exact, is_percent, said, span_said, unit_said
from ...tables import STRONG, Head, Row, Table, grouped

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
    return [name, row["role"], published, band_said(row["band"], unit), ours_said(row)]


def measured(measure: Mapping[str, Any]) -> str:
    """What is measured, with its unit where that does not go without saying."""
    unit = measure["unit"]
    plain = is_percent(unit) or " " not in unit
    return measure["says"] if plain else f"{measure['says']} ({unit_said(unit)})"


def ours_said(row: Mapping[str, Any]) -> str:
    """The value of the model with its interval, in the digits that both deserve."""
    if row["interval"] is None:
        return said(row["value"], row["unit"])
    value = said(row["value"], row["unit"], row["interval"])
    return f"{value} ({span_said(row['interval'], row['unit'])})"


def _style(measure: Mapping[str, Any]) -> str:
    if not measure["judged"] or (measure["role"] == "fitted" and measure["reproduced"]):
        return ASIDE
    return GOOD if measure["reproduced"] else BAD


def listed_table(targets: Sequence[Target]) -> Table:
    """The findings by which a firm is judged: what was published, where, and how many measures count."""
    heads = map(Head, ("", "finding", "what was published", "measures", "role", "works"))
    rows = (
        (
            target.name,
            target.title,
            target.published,
            _counts(target),
            f"headline {target.headline.role}",
            ", ".join(target.sources),
        )
        for target in targets
    )
    return grouped(heads, ([Row(cells)] for cells in rows))


def _counts(target: Target) -> str:
    """How many measures are held out, fitted, and shown without being judged."""
    judged = [measure for measure in target.measures if measure.judged]
    fitted = sum(measure.role == FITTED for measure in judged)
    aside = len(target.measures) - len(judged)
    return f"{len(judged) - fitted} held out, {fitted} fitted{f', {aside} not judged' if aside else ''}"


def listed_object(target: Target) -> dict[str, Any]:
    """A finding as the list for programs has it."""
    return {
        "target": target.name,
        "title": target.title,
        "finding": target.published,
        "note": target.note,
        "citation": [SOURCES[source].citation for source in target.sources],
        "role": target.headline.role,
        "measures": [
            {
                "name": m.name,
                "says": m.says,
                "role": m.role,
                "judged": m.judged,
                "band": list(m.band),
                "published": m.published,
                "unit": m.unit,
            }
            for m in target.measures
        ],
    }
