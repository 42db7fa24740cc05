"""The page on data: every file, frame, column, outcome and key, as the code declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from salesim.show.calibration import KEYS_OF_A_CALIBRATION
from salesim.show.comparisons import KEYS_OF_A_COMPARISON
from salesim.show.evidence import machine as evidence
from salesim.show.explanations import KEYS_OF_AN_EXPLANATION
from salesim.show.gaps import KEYS_OF_A_GAP
from salesim.show.machine import JSON_SCHEMA_VERSION, KEYS, KEYS_OF_A_NUMBER, KEYS_OF_A_SERIES
from salesim.show.presets.card import FOUND, KEYS_OF_A_CARD, KEYS_OF_CARDS
from salesim.show.screening import KEYS_OF_A_SCREENING
from salesim.show.studies import KEYS_OF_A_PLAN, KEYS_OF_FOUND
from salesim.study.gap.coalitions import COLUMNS
from salesim.study.manifest import KEYS_OF_A_RUN, KEYS_OF_A_SWEEP, KEYS_OF_JUDGED, MANIFEST, MANIFEST_KEYS
from salesim.study.outcomes import THEMES, outcomes_of
from salesim.study.outcomes.declaring import LEVELS, Outcome
from salesim.study.recording import ADDRESS, OF_A_FAILURE
from salesim.study.rows import REPLICATE, SHEETS
from salesim.study.schema import SCHEMA_VERSION, Column
from salesim.study.sweeps.points import PLACE, WHAT_STANDS_THERE

from .presets import machine as presets
from .rendering import rendered, table

HEAD = ("column", "type", "unit", "meaning", "empty when")
WHAT_THERE_IS: dict[str, Any] = {
    "schema_version": SCHEMA_VERSION,
    "json_schema_version": JSON_SCHEMA_VERSION,
    "sheets": SHEETS,
    "replicate": REPLICATE,
    "themes": THEMES,
    "levels": LEVELS[1:],
    "outcomes_of": outcomes_of,
    "points": (*PLACE, *WHAT_STANDS_THERE),
    "address": ADDRESS,
    "of_a_failure": OF_A_FAILURE,
    "coalitions": COLUMNS,
    "manifest_of_results": MANIFEST,
    "manifest_keys": MANIFEST_KEYS,
    "keys_of_a_run": KEYS_OF_A_RUN,
    "keys_of_a_sweep": KEYS_OF_A_SWEEP,
    "keys_of_judged": KEYS_OF_JUDGED,
    "keys_of_the_object": KEYS,
    "keys_of_a_number": KEYS_OF_A_NUMBER,
    "keys_of_a_series": KEYS_OF_A_SERIES,
    "keys_of_a_plan": KEYS_OF_A_PLAN,
    "keys_of_found": KEYS_OF_FOUND,
    "keys_of_a_gap": KEYS_OF_A_GAP,
    "keys_of_an_explanation": KEYS_OF_AN_EXPLANATION,
    "keys_of_a_comparison": KEYS_OF_A_COMPARISON,
    "keys_of_a_screening": KEYS_OF_A_SCREENING,
    "keys_of_a_calibration": KEYS_OF_A_CALIBRATION,
    "keys_of_evidence": evidence.KEYS_OF_EVIDENCE,
    "of_evidence": {
        "targets": evidence.KEYS_OF_A_TARGET,
        "measures": evidence.KEYS_OF_A_MEASURE,
        "curves": evidence.KEYS_OF_A_CURVE,
    },
    "keys_of_cards": KEYS_OF_CARDS,
    "keys_of_a_card": KEYS_OF_A_CARD | FOUND,
    "keys_of_presets": presets.KEYS_OF_PRESETS,
    "of_presets": {"presets": presets.KEYS_OF_A_PRESET, "statements": presets.KEYS_OF_A_STATEMENT},
}


def data_page() -> str:
    """What stands in every file and frame, as one Markdown page."""
    told: dict[str, Any] = {"columns": _columns, "outcomes": _outcomes, "keys": _keys}
    return rendered("docs/data.md", told | WHAT_THERE_IS)


def _columns(columns: Iterable[Column]) -> str:
    return table(HEAD, map(_column, columns))


def _column(column: Column) -> tuple[str, ...]:
    words = f" One of: {', '.join(f'`{word}`' for word in column.words)}." if column.words else ""
    return f"`{column.name}`", column.type, column.unit, column.meaning + words, column.undefined


def _outcomes(outcomes: Iterable[Outcome], series: bool = False) -> str:
    head = ("outcome", "unit", "better", "meaning", *(["series by"] * series), "not defined when")
    return table(head, (_outcome(outcome, series) for outcome in outcomes))


def _outcome(outcome: Outcome, series: bool) -> tuple[str, ...]:
    by = (outcome.index.name if outcome.index else "",) if series else ()
    return f"`{outcome.name}`", outcome.unit, outcome.better, outcome.meaning, *by, outcome.undefined


def _keys(keys: Mapping[str, str]) -> str:
    return table(("key", "meaning"), ((f"`{key}`", meaning) for key, meaning in keys.items()))
