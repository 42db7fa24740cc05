"""The page on data: every file, frame, column, outcome and key, as the code declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

import salesim.show.figures
from salesim import outcomes
from salesim.analysis.gap import explanation
from salesim.analysis.means import listing
from salesim.outcomes.declaring import Outcome
from salesim.result import Described
from salesim.runs import coalitions, exporting, manifest, points, recording, rows, schema
from salesim.runs import study_plan as planning
from salesim.runs.schema import Column
from salesim.show.presets import card

from .presets import machine as presets
from .rendering import rendered, table

HEAD = ("column", "type", "unit", "meaning", "empty when")
OF_STUDIES = (coalitions, exporting, outcomes, points, recording, rows, schema)
HOMES = {module.__name__.rpartition(".")[2]: module for module in OF_STUDIES}


MODELS = (salesim.show.figures, card, explanation, listing, planning)  # of results


def data_page() -> str:
    """What stands in every file and frame, as the modules that write them declare it."""
    homes = {**HOMES, "manifests": manifest, "presets": presets}
    fields = {name: _keys(fields_of(part)) for name, part in results().items()}
    tables = {"columns": _columns, "measures": _measures, "keys": _keys, "own": _own, "fields": fields}
    return rendered("docs/data.md", {**homes, **tables})


def _columns(columns: Iterable[Column]) -> str:
    return table(HEAD, map(_column, columns))


def _column(column: Column) -> tuple[str, ...]:
    words = f" One of: {', '.join(f'`{word}`' for word in column.words)}." if column.words else ""
    return f"`{column.name}`", column.type, column.unit, column.meaning + words, column.undefined


def _measures(declared: Iterable[Outcome], series: bool = False) -> str:
    head = ("outcome", "unit", "better", "meaning", *(["series by"] * series), "not defined when")
    return table(head, (_outcome(outcome, series) for outcome in declared))


def _outcome(outcome: Outcome, series: bool) -> tuple[str, ...]:
    by = (outcome.index.name if outcome.index else "",) if series else ()
    return f"`{outcome.name}`", outcome.unit, outcome.better, outcome.meaning, *by, outcome.undefined


def _keys(*groups: Mapping[str, str]) -> str:
    rows = ((f"`{key}`", meaning) for keys in groups for key, meaning in keys.items())
    return table(("key", "meaning"), rows)


def results(kind: type[Described] = Described) -> dict[str, type[Described]]:
    """Every result, and every part of one, by its name."""
    found = {part.__name__: part for part in kind.__subclasses__()}
    return found | {name: each for part in found.values() for name, each in results(part).items()}


def fields_of(part: type[BaseModel]) -> dict[str, str]:
    """The keys of a result, or of a part of one, with their meanings; as `--json` prints them."""
    declared = {name: field for name, field in part.model_fields.items() if not field.exclude}
    return {
        name: field.description or "" for name, field in (declared | part.model_computed_fields).items()
    }


def _own(part: type[BaseModel]) -> dict[str, str]:
    """The keys that a model adds to those of the model that it extends."""
    return {name: meaning for name, meaning in fields_of(part).items() if name in part.__annotations__}
