"""Simulate stored runs again, and compare what comes out bit for bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ResultsError
from ..inputs.design import BASELINE
from ..inputs.rivals import named_rules, rival_rules
from ..messages import error_text, integer, unusable
from ..model.binding import Rivals
from ..model.scenario import Scenario
from .bits import differing_columns
from .exec import Exec, Stage
from .executor import Failure, workers_for
from .keys import model_key
from .manifest import of_another_model, read_manifest
from .points import points_table
from .recording import RUNS, table_of_rows
from .runs import Runs, open_results
from .tasks import Address, RunTask, Simulated

SAMPLE, MAX_SAMPLE = 20, 1_000_000


@dataclass
class Verified:
    """The result.

    Args:
        checked: runs that were simulated again.
        runs: runs that are stored.
        differences: what is not as it was stored, a line each.
        traces: of runs that fail again, where in the code.
        model: the model that the runs are of, where it is not this one and nothing was simulated.
    """

    checked: int = 0
    runs: int = 0
    differences: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    model: str = ""


def verify(folder: Path | str, which: int | str | None = SAMPLE, how: Exec = Exec()) -> Verified:
    """Simulate runs of a results folder again, and compare them with what is stored.

    Args:
        folder: what `run`, `sweep` and other commands have left.
        which: how many runs, spread over all of them; None for all; or one run by its digits.
        how: workers and engine, and the rules of one's own that were in force.

    Returns:
        What differs, line by line, and how many runs were compared.

    Raises:
        SalesimError: no results folder, or a run that it does not hold.
    """
    if isinstance(which, int):
        integer("sample", which, 1, MAX_SAMPLE)
    runs = open_results(folder)
    manifest = read_manifest(runs.folder)
    found = Verified(runs=len(runs.store.ids))
    found.differences += [f"{name} is damaged; salesim sweep sets it aside" for name in runs.store.damaged]
    missing = runs.missing()
    if missing:
        said = f"{len(missing):,} runs that the study asks for are not stored"
        found.differences.append(f"{said}; the first is {missing[0]}")
    if of_another_model(manifest):
        found.model = f"model {manifest['model']} of salesim {manifest.get('salesim', 'unknown')}"
    else:
        _repeat(runs, manifest, which, how, found)
    return found


def _repeat(
    runs: Runs, manifest: dict[str, Any], which: int | str | None, how: Exec, found: Verified
) -> None:
    rivals = _rivals(runs.study.firms[BASELINE], manifest, how)
    found.differences += _other_points(runs, rivals)
    stored = runs.store.read()
    addresses = _addresses(runs, stored, which)
    tables = {name: runs.table(name) for name in runs.study.tables} if len(stored) else {}
    engine = how.engine_for(rivals)
    pool = workers_for(
        RunTask(engine, rivals, runs.study.tables, runs.study.promise), how.workers, engine, rivals
    )
    with closing(pool.carry_out(addresses)) as simulated:
        for address, came in how.watch(Stage("Running them again", len(addresses)), simulated):
            found.checked += 1
            found.differences += differences(address, came, stored, tables)
            if isinstance(came, Failure):
                found.traces.append(came.trace)


def _other_points(sweep: Runs, rivals: Rivals) -> Iterator[str]:
    """Columns of the points that are not what the study says."""
    now = points_table(sweep.study, model_key(rivals))
    for column in differing_columns(pa.Table.from_pandas(sweep.points, now.schema), now):
        yield f"points.{column} is not what the study says"


def differences(
    address: Address, simulated: Simulated | Failure, stored: pa.Table, tables: Mapping[str, pa.Table]
) -> Iterator[str]:
    """How a run that was run again differs from what is stored of it, a line each.

    Args:
        address: which run.
        simulated: what came out now.
        stored: rows of stored runs.
        tables: what is stored beside them, by name.
    """
    if isinstance(simulated, Failure):
        yield f"run {address.id}: fails: {simulated.error}"
        return
    mine = stored.filter(pc.equal(stored["run_id"], address.id))
    if not len(mine):
        yield f"run {address.id}: failed when it was stored, and does not now"
        return
    for column in differing_columns(mine, table_of_rows(RUNS, [simulated.row])):
        yield f"run {address.id}: {column}: stored {mine[column][0]}, now {simulated.row.get(column)}"
    for name, table in tables.items():
        kept = table.filter(pc.equal(table["run_id"], address.id))
        for column in differing_columns(kept, simulated.beside[name]):
            yield f"run {address.id}: {name}.{column} has other bits"


def _addresses(sweep: Runs, stored: pa.Table, which: int | str | None) -> list[Address]:
    """The runs that are to be simulated again."""
    points = dict(zip(sweep.points["firm"], sweep.points["point"], strict=True))
    columns = ["run_id", "firm", "seed", "replicate"]
    known = {row["run_id"]: row for row in stored.select(columns).to_pylist() if row["firm"] in points}
    if isinstance(which, str):
        failed = sweep.failed[columns].dropna().to_dict("records")
        known |= {str(row["run_id"]): row for row in failed}
        if which not in known:
            allowed = "the digits of a run, as salesim runs --each or --failed shows them"
            raise unusable(sweep.folder, "no such run", given=which, allowed=allowed)
        names = [which]
    else:
        names = _sample(sorted(known), which)
    return [_address(sweep, known[name], points) for name in names]


def _address(sweep: Runs, row: dict[str, Any], points: dict[str, Any]) -> Address:
    point = sweep.study.point(int(points[row["firm"]]))
    return Address(sweep.study.firm(point), row["firm"], int(row["seed"]), int(row["replicate"]))


def _rivals(firm: Scenario, manifest: dict[str, Any], how: Exec) -> Rivals:
    """The rival rules that were in force, by the scenario or as given.

    Raises:
        SalesimError: rules that were handed over in Python, and now are not.
    """
    named = {**named_rules(firm, allow_code=how.allow_code), **how.rules}
    if {*manifest.get("rivals", {})} != {*named}:
        lost = ", ".join(sorted({*manifest.get("rivals", {})} ^ {*named}))
        allowed = "rules that the scenario names; from Python, Exec(rules=...) with those of then"
        raise ResultsError(error_text("rules", lost, "were functions of a Python session", allowed=allowed))
    return rival_rules(named)


def _sample(things: list[Any], number: int | None) -> list[Any]:
    """So many of them, evenly spread; all of them where no number is given."""
    if number is None or number >= len(things):
        return things
    return [things[k * len(things) // number] for k in range(number)]
