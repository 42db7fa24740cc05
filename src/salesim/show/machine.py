"""What a program reads: one JSON object with stable keys."""

from __future__ import annotations

from typing import Any

from ..study.simulate import Results
from .words import NO_PROMISE

JSON_SCHEMA_VERSION = 1


def as_object(name: str, results: Results, folder: str) -> dict[str, Any]:
    """The object that `salesim run --json` prints.

    Keys: schema_version, scenario, seed, replicates, engine, weeks, folder, reason (why there is
    no realisation ratio, else null), and every measure by its name with `mean`, `interval` (the
    10th and 90th percentile over replicates) and `unit`, or null where it is not defined.
    """
    measures = results.measures
    described: dict[str, Any] = {
        name: None if m is None
        else {"mean": m.mean, "interval": list(m.interval), "unit": m.unit}
        for name, m in measures.items()
    }
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
