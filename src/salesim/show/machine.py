"""What a program reads: one JSON object with stable keys."""

from __future__ import annotations

from typing import Any

from ..study.estimating import Estimate, SeriesEstimate
from ..study.simulate import Results
from .words import NO_PROMISE

JSON_SCHEMA_VERSION = 1
KEYS = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "scenario": "Name of the scenario.",
    "seed": "Where all luck starts.",
    "replicates": "How often the plan was lived through.",
    "engine": "compiled or mesa; both give the same bits.",
    "weeks": "Weeks of the plan.",
    "folder": "Where the results are.",
    "reason": "Why there is no realisation ratio, or null.",
}
KEYS_OF_A_NUMBER = {
    "mean": "Mean over replicates; of a realisation ratio, the ratio of the sums.",
    "interval": "The 10th and the 90th percentile over replicates.",
    "unit": "What it is counted in.",
}
KEYS_OF_A_SERIES = {
    "index": "What the places stand for.",
    "places": "The number of each place.",
    "mean": "Means over the replicates that know the place, or null.",
    "interval": "Two lists: the 10th percentile at each place, and the 90th.",
    "unit": "What it is counted in.",
}


def as_object(name: str, results: Results, folder: str) -> dict[str, Any]:
    """The object that `salesim run --json` prints.

    It holds `KEYS` and every outcome of the company by its name, as a number or a series; null
    stands for what is not defined. Meanings are in `docs/data.md`.
    """
    measures = results.measures
    described = {name: described_number(measure) for name, measure in measures.items()}
    described |= {name: described_series(series) for name, series in results.series.items()}
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "scenario": name,
        "seed": results.seed,
        "replicates": len(results.pairs),
        "engine": results.engine,
        "weeks": results.scenario.organisation.weeks,
        "folder": folder,
        "reason": NO_PROMISE if measures["realisation_ratio"] is None else None,
        **described,
    }


def described_number(measure: Estimate | None) -> dict[str, Any] | None:
    """Mean, range and unit; nothing where it is not defined."""
    if measure is None:
        return None
    return {"mean": measure.mean, "interval": list(measure.interval), "unit": measure.unit}


def described_series(series: SeriesEstimate | None) -> dict[str, Any] | None:
    """The same for each place of a series, with what the places are."""
    if series is None:
        return None
    return {
        "index": series.index,
        "places": list(series.places),
        "mean": list(series.mean),
        "interval": [list(end) for end in series.interval],
        "unit": series.unit,
    }
