"""Live through stored runs again, and compare what comes out bit for bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ResultsError
from ..model.binding import Rivals
from ..model.engine import EngineName
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import Pair, run_pair
from ..scenario.refusal import refusal
from ..scenario.rivals import named_rules, rival_rules
from .bits import differing_columns
from .executor import Failure, Item, Value, Workers, workers_for
from .keys import model_key, run_id
from .living import Address, Lived, Living
from .manifest import RUN, environment, read_manifest, read_part
from .opening import open_results, read_table
from .recording import RUNS, table_of_rows
from .rows import SHEETS
from .simulate import engine_that_can
from .sweeps.design import AS_IS
from .sweeps.points import points_table
from .sweeps.swept import Sweep
from .tabling import table_of

SAMPLE = 20
Watch = Callable[[int, Iterator[Any]], Iterator[Any]]


@dataclass
class Verified:
    """What came of it.

    Args:
        checked: runs that were lived through again.
        runs: runs that are stored.
        differences: what is not as it was stored, a line each.
        traces: of runs that fail again, where in the code.
    """

    checked: int = 0
    runs: int = 0
    differences: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """How a folder is to be verified: how many of its runs, or which, and how they are carried out."""

    sample: int | None = SAMPLE
    run: str = ""
    workers: int | None = None
    engine: EngineName = "compiled"
    allow_code: bool = False


def unwatched(_: int, runs: Iterator[Any]) -> Iterator[Any]:
    """Let the runs go by."""
    return runs


def verify(folder: Path | str, asked: Asked = Asked(), watch: Watch = unwatched) -> Verified:
    """Live through runs of a results folder again, and compare them with what is stored.

    Args:
        folder: what `salesim run` or `salesim sweep` left.
        asked: a sample spread over all runs, all of them (None), or one by its digits.
        watch: sees the runs go by, for a progress bar.

    Raises:
        SalesimError: no results folder, or a run that it does not hold.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    found = Verified(differences=_of_another_model(manifest))
    if manifest["kind"] == RUN:
        _verify_run(folder, manifest, asked, watch, found)
    else:
        _verify_sweep(open_results(folder), manifest, asked, watch, found)
    return found


def _of_another_model(manifest: dict[str, Any]) -> list[str]:
    now = environment()
    return [
        f"{name}: stored {manifest.get(name)}, now {now[name]}: the sources of salesim have changed since"
        for name in ("model", "measures")
        if manifest.get(name) != now[name]
    ]


def _verify_run(
    folder: Path, manifest: dict[str, Any], asked: Asked, watch: Watch, found: Verified
) -> None:
    firm = read_part(folder, manifest, "scenario", Scenario)
    rivals = _rivals(firm, manifest, asked)
    stored = {name: read_table(folder, name) for name in SHEETS}
    replicates = list(range(int(manifest["replicates"])))
    if asked.run:
        names = [run_id(str(manifest["key"]), manifest["seed"], r) for r in replicates]
        if asked.run not in names:
            raise _no_such_run(folder, asked.run)
        chosen = [names.index(asked.run)]
    else:
        chosen = _sample(replicates, asked.sample)
    found.runs = len(replicates)
    for name, table in stored.items():
        if not {*table["replicate"].to_pylist()} <= {*replicates}:
            found.differences.append(f"{name} has rows of replicates that there are not")

    engine = engine_that_can(rivals, asked.engine)

    def live(replicate: int) -> Pair:
        return run_pair(Run(firm, Luck(manifest["seed"], replicate), rivals=rivals), engine)

    pool = workers_for(live, asked.workers, engine, rivals)
    _compare(
        found,
        pool,
        chosen,
        watch,
        lambda replicate: f"replicate {replicate}",
        lambda replicate, pair: _other_bits(replicate, pair, stored),
    )


def _other_bits(replicate: int, pair: Pair, stored: dict[str, pa.Table]) -> Iterator[str]:
    for name, table in stored.items():
        mine = table.filter(pc.equal(table["replicate"], replicate))
        for column in differing_columns(mine, table_of(name, [(replicate, pair.history)])):
            yield f"replicate {replicate}: {name}.{column} has other bits"


def _verify_sweep(
    sweep: Sweep, manifest: dict[str, Any], asked: Asked, watch: Watch, found: Verified
) -> None:
    rivals = _rivals(sweep.study.firms[AS_IS], manifest, asked)
    store, of_another_model = sweep.store, bool(found.differences)
    found.runs = len(store.ids)
    found.differences += [f"{name} is damaged; salesim sweep sets it aside" for name in store.damaged]
    missing = sweep.missing()
    if missing:
        said = f"{len(missing):,} runs that the study asks for are not stored"
        found.differences.append(f"{said}; the first is {missing[0]}")
    found.differences += _other_points(sweep, rivals, moved=of_another_model)
    stored = store.read()
    addresses = _addresses(sweep, stored, asked)
    tables = {name: sweep.table(name) for name in sweep.study.tables} if len(stored) else {}
    engine = engine_that_can(rivals, asked.engine)
    work = Living(engine, rivals, sweep.study.tables)
    pool = workers_for(work, asked.workers, engine, rivals)
    _compare(
        found,
        pool,
        addresses,
        watch,
        lambda address: f"run {address.id}",
        lambda address, lived: _differences(address, lived, stored, tables),
    )


def _compare(
    found: Verified,
    pool: Workers[Item, Value],
    items: list[Item],
    watch: Watch,
    name_of: Callable[[Item], str],
    differences_of: Callable[[Item, Value], Iterator[str]],
) -> None:
    """Carry everything out again, and take note of what differs."""
    with closing(pool.carry_out(items)) as lived:
        for item, came in watch(len(items), lived):
            found.checked += 1
            if isinstance(came, Failure):
                found.differences.append(f"{name_of(item)}: fails: {came.error}")
                found.traces.append(came.trace)
            else:
                found.differences += differences_of(item, came)


def _other_points(sweep: Sweep, rivals: Rivals, *, moved: bool) -> Iterator[str]:
    """Columns of the points that are not what the study says; another model calls all firms otherwise."""
    now = points_table(sweep.study, model_key(rivals))
    for column in differing_columns(pa.Table.from_pandas(sweep.points, now.schema), now):
        if column != "firm" or not moved:
            yield f"points.{column} is not what the study says"


def _differences(
    address: Address, lived: Lived, stored: pa.Table, tables: dict[str, pa.Table]
) -> Iterator[str]:
    mine = stored.filter(pc.equal(stored["run_id"], address.id))
    if not len(mine):
        yield f"run {address.id}: failed when it was stored, and does not now"
        return
    for column in differing_columns(mine, table_of_rows(RUNS, [lived.row])):
        yield f"run {address.id}: {column}: stored {mine[column][0]}, now {lived.row.get(column)}"
    for name, table in tables.items():
        kept = table.filter(pc.equal(table["run_id"], address.id))
        for column in differing_columns(kept, lived.beside[name]):
            yield f"run {address.id}: {name}.{column} has other bits"


def _addresses(sweep: Sweep, stored: pa.Table, asked: Asked) -> list[Address]:
    """The runs that are to be lived through again."""
    points = dict(zip(sweep.points["firm"], sweep.points["point"], strict=True))
    columns = ["run_id", "firm", "seed", "replicate"]
    known = {row["run_id"]: row for row in stored.select(columns).to_pylist() if row["firm"] in points}
    if asked.run:
        failed = sweep.failed[columns].dropna().to_dict("records")
        known |= {str(row["run_id"]): row for row in failed}
        if asked.run not in known:
            raise _no_such_run(sweep.folder, asked.run)
        names = [asked.run]
    else:
        names = _sample(sorted(known), asked.sample)
    return [_address(sweep, known[name], points) for name in names]


def _address(sweep: Sweep, row: dict[str, Any], points: dict[str, Any]) -> Address:
    point = sweep.study.point(int(points[row["firm"]]))
    return Address(sweep.study.firm(point), row["firm"], int(row["seed"]), int(row["replicate"]))


def _rivals(firm: Scenario, manifest: dict[str, Any], asked: Asked) -> Rivals:
    """The rival rules that were in force, where the scenario names them.

    Raises:
        SalesimError: rules that were handed over in Python, and so cannot be found again.
    """
    named = named_rules(firm, allow_code=asked.allow_code)
    if {*manifest.get("rivals", {})} != {*named}:
        lost = ", ".join(sorted({*manifest.get("rivals", {})} ^ {*named}))
        allowed = "rules that the scenario names; verify such results from Python"
        raise ResultsError(refusal("rules", lost, "were functions of a Python session", allowed=allowed))
    return rival_rules(named)


def _sample(things: list[Any], number: int | None) -> list[Any]:
    """So many of them, evenly spread; all of them where no number is given."""
    if number is None or number >= len(things):
        return things
    return [things[k * len(things) // number] for k in range(number)]


def _no_such_run(folder: Path, run: str) -> ResultsError:
    allowed = "the digits of a run, as salesim runs --each or --failed shows them"
    return ResultsError(refusal(str(folder), "", "no such run", given=run, allowed=allowed))
