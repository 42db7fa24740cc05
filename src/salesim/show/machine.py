"""What a program reads: one JSON object with stable keys."""

from __future__ import annotations

from typing import Any

from ..study.estimating import Estimate, SeriesEstimate
from ..study.simulate import Results
from .words import NO_PROMISE

JSON_SCHEMA_VERSION = 1


def as_object(name: str, results: Results, folder: str) -> dict[str, Any]:
    """The object that `salesim run --json` prints.

    Keys: schema_version, scenario, seed, replicates, engine, weeks, folder, reason (why there is
    no realisation ratio, else null), and every measure by its name with `mean`, `interval` (the
    10th and 90th percentile over replicates) and `unit`, or null where it is not defined. A series
    has lists in their place, with `index` (what they run over) and `places`; null stands for a
    place that is not defined. Meanings are in `salesim.study.outcomes`.
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
