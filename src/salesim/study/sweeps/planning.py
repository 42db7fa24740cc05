"""What a study will take, before it is begun: points, runs, time and room, from a few runs of it."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...model.binding import Rivals
from ...model.compiled import compile_model
from ...model.engine import EngineName
from ..keys import firm_key, model_key
from ..living import Address, Lived, Living
from ..recording import RUNS, table_of_rows
from ..store import Store
from .design import Point, Study

SECONDS = 1.0
MOST_TRIED = 20


@dataclass(frozen=True)
class Plan:
    """What a study will take.

    Args:
        points: firms.
        runs: runs at most, each of a firm as it is and of full execution.
        stored: how many of them are there already.
        seconds: for the rest, on so many workers.
        bytes: that all of them take on disk.
        workers: how many runs at a time.
    """

    points: int
    runs: int
    stored: int
    seconds: float
    bytes: int
    workers: int


def plan_of(
    study: Study, folder: Path, workers: int, engine: EngineName, rivals: Rivals = ()
) -> Plan:
    """Live through a few runs of a study, at its first and its last point, and reckon from them."""
    if engine == "compiled":
        compile_model(rivals)
    model = model_key(rivals)
    ends = [study.point(0), study.point(study.points - 1)]
    work = Living(engine, rivals, study.tables)
    tried: list[Lived] = []
    start = time.perf_counter()
    while len(tried) < 2 or (time.perf_counter() - start < SECONDS and len(tried) < MOST_TRIED):
        tried.append(work(_address(study, ends[len(tried) % 2], len(tried) // 2, model)))
    seconds = (time.perf_counter() - start) / len(tried)
    store = Store(folder)
    store.look()
    left = max(0, study.most_runs - len(store.ids))
    return Plan(
        study.points, study.most_runs, len(store.ids), left * seconds / workers,
        int(study.most_runs * _bytes_of(tried)), workers,
    )


def _address(study: Study, point: Point, replicate: int, model: str) -> Address:
    firm = study.firm(point)
    return Address(firm, firm_key(firm, model), study.seed, replicate)


def _bytes_of(tried: list[Lived]) -> float:
    """What a run takes on disk: by how much a part grows with more of them."""
    half = len(tried) // 2
    return (_size(tried) - _size(tried[:half])) / (len(tried) - half)


def _size(lived: list[Lived]) -> int:
    tables = [table_of_rows(RUNS, [each.row for each in lived])]
    tables += [pa.concat_tables([each.beside[name] for each in lived]) for name in lived[0].beside]
    return sum(map(_written, tables))


def _written(table: pa.Table) -> int:
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd", use_dictionary=["run_id"])
    return content.tell()
