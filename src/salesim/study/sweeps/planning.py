"""What a study will take, before it is begun: points, runs, time and room, from a few runs of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from math import ceil
from pathlib import Path

import pyarrow as pa

from ...errors import SalesimError
from ...model.binding import Rivals
from ...model.compiled import compile_model
from ...model.engine import EngineName
from ...scenario.refusal import refusal
from ..collecting import ROWS_OF_A_PART, SECONDS_OF_A_PART
from ..executor import Failure, Workers, workers_for
from ..keys import firm_key, model_key, run_id
from ..living import Address, Lived, Living
from ..recording import RUNS, table_of_rows
from ..store import Store, as_parquet, ids_in, parts_of
from .copying import sweeps_in
from .design import Study
from .points import check_points, points_table

SECONDS = 1.0
FEWEST_TRIED, MOST_TRIED = 4, 200
MOST_POINTS = 20_000  # of more, points are checked when the study begins


@dataclass(frozen=True)
class Plan:
    """What a study will take.

    Args:
        points: firms.
        runs: runs at most, each of a firm as it is and of full execution.
        stored: how many of them are in the folder already.
        copied: how many of them other sweeps have; 0 where there are too many points to look.
        seconds: for the rest, on so many workers.
        bytes: that all of them take on disk, without figures.
        workers: how many runs at a time.
    """

    points: int
    runs: int
    stored: int
    copied: int
    seconds: float
    bytes: int
    workers: int


def plan_of(
    study: Study,
    folder: Path,
    workers: int | None,
    engine: EngineName,
    rivals: Rivals = (),
    reuse: Sequence[Path] = (),
) -> Plan:
    """Live through a few runs of a study, at its first and its last points, and reckon from them.

    Raises:
        SalesimError: crossed numbers that do not fit each other, or runs that all fail.
    """
    model = model_key(rivals)
    store = Store(folder)
    store.look()
    stored, copied = len(store.ids), 0
    if study.points <= MOST_POINTS:
        points = points_table(study, model)
        check_points(study, points)
        stored, copied = _there(study, points, store, reuse)
    if engine == "compiled":
        compile_model(rivals)
    pool = workers_for(Living(engine, rivals, study.tables), workers, engine, rivals)
    tried, seconds = _try(study, pool, model)
    left = max(0, study.most_runs - stored - copied)
    return Plan(
        study.points,
        study.most_runs,
        stored,
        copied,
        left * seconds,
        _room(tried, study.most_runs, seconds),
        pool.number,
    )


def _there(study: Study, points: pa.Table, store: Store, reuse: Sequence[Path]) -> tuple[int, int]:
    """How many runs of a study are in its folder, and how many more in those of others."""
    firms = {firm for firm in points["firm"].to_pylist() if firm}
    asked = {run_id(firm, study.seed, r) for firm in firms for r in range(study.replicates.most)}
    stored = asked & store.ids
    others = (part for other in sweeps_in(reuse, store.folder) for part in parts_of(other, RUNS))
    copied = {name for part in others for name in ids_in(part)} & asked - stored
    return len(stored), len(copied)


def _try(study: Study, pool: Workers[Address, Lived], model: str) -> tuple[list[Lived], float]:
    """A few runs, and how long one takes where all workers are at it (s)."""
    tried: list[Lived] = []
    failures: list[Failure] = []
    start = time.perf_counter()
    with closing(pool.carry_out(_addresses(study, model))) as lived:
        for _, came in lived:
            if isinstance(came, Failure):
                failures.append(came)
            else:
                tried.append(came)
            if len(tried) <= 1:
                start = time.perf_counter()  # what starting takes is taken once
            late = time.perf_counter() - start >= SECONDS
            if len(tried) + len(failures) >= MOST_TRIED or (late and len(tried) >= FEWEST_TRIED):
                break
    if len(tried) < FEWEST_TRIED:
        wrong = f"the first runs fail: {failures[0].error}" if failures else "there is no firm to run"
        raise SalesimError(refusal(study.name, "", wrong))
    return tried, (time.perf_counter() - start) / (len(tried) - 1)


def _addresses(study: Study, model: str) -> Iterator[Address]:
    """Replicates of the first and the last points that have a firm."""
    ends = [*range(min(5, study.points)), *range(max(5, study.points - 5), study.points)]
    firms = []
    for point in map(study.point, ends):
        try:
            firms.append(study.firm(point))
        except ValueError:
            continue
    keys = [firm_key(firm, model) for firm in firms]
    for replicate in count() if firms else ():
        for firm, key in zip(firms, keys, strict=True):
            yield Address(firm, key, study.seed, replicate)


def _room(tried: list[Lived], runs: int, seconds: float) -> int:
    """What so many runs take on disk (bytes): each by itself, and each part that they lie in."""
    half = len(tried) // 2
    small, large = _size(tried[:half]), _size(tried)
    each = (large - small) / (len(tried) - half)
    parts = ceil(runs / min(ROWS_OF_A_PART, max(1.0, SECONDS_OF_A_PART / seconds)))
    return int(runs * each + parts * max(0.0, small - half * each))


def _size(lived: list[Lived]) -> int:
    tables = [table_of_rows(RUNS, [each.row for each in lived])]
    tables += [pa.concat_tables([each.beside[name] for each in lived]) for name in lived[0].beside]
    return sum(len(as_parquet(table)) for table in tables)
