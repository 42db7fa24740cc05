"""What a study will take, before it is begun: points, runs, time and room, from a few runs of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from math import ceil
from pathlib import Path

import pyarrow as pa
from pydantic import Field

from ..english import counted
from ..errors import SalesimError
from ..inputs.design import BASELINE, Study
from ..messages import error_text
from ..model.compiled import compile_model
from ..result import Result
from ..table import Head, Table, listed
from .collecting import ROWS_OF_A_PART, SECONDS_OF_A_PART
from .copying import sweeps_in
from .exec import Exec
from .executor import Failure, Workers, workers_for
from .keys import firm_key, model_key, run_id
from .points import check_points, points_table
from .recording import RUNS, table_of_rows
from .starting import is_new
from .store import Store, as_parquet, ids_in, parts_of
from .sweep import default_folder, folders_of
from .tasks import Address, RunTask, Simulated

SECONDS = 1.0
MIN_TRIED, MAX_TRIED = 4, 200
MAX_POINTS = 20_000  # of more, points are checked when the study begins


class StudyPlan(Result):
    """What a study will take."""

    study: str = Field(description="Name of the study.")
    points: int = Field(description="Firms.")
    runs: int = Field(description="Runs at most, each of a firm and of its full execution.")
    stored: int = Field(description="How many of them are in the folder already.")
    copied: int = Field(description="How many more other sweeps have, from which they are copied.")
    minutes: float = Field(description="Time for the rest, reckoned from a few runs.")
    bytes: int = Field(
        description="Room on disk for all of them, reckoned from a few runs; figures come on top."
    )
    workers: int = Field(description="Runs at a time.")
    design: Study = Field(exclude=True)

    def in_words(self) -> Iterator[str]:
        """How long it takes, and what there is already."""
        at_most = " at most" if self.design.replicates.least < self.design.replicates.most else ""
        workers = counted(self.workers, "worker")
        yield (
            f"{self.title}: {counted(self.runs, 'run')}{at_most} take {duration(60.0 * self.minutes)} on "
            f"{workers} and {size(self.bytes)} on disk."
        )
        copied = f", {self.copied:,} more in other sweeps" if self.copied else ""
        yield f"{self.stored:,} of them are stored{copied}."

    def tables(self) -> tuple[Table, ...]:
        """What is moved, and how often each point is run."""
        study, rule = self.design, self.design.replicates
        rows = [("policies", f"{len(study.firms):,}")] if len(study.firms) > 1 else []
        moved = {**study.levers, **study.uncertainties}
        rows += [(path, counted(len(values), "value")) for path, values in moved.items()]
        if study.samples:
            draws = len(next(iter(study.samples.values())))
            rows += [(", ".join(study.samples), counted(draws, "sample"))]
        often = f"{rule.most:,}" if rule.least == rule.most else f"{rule.least:,} to {rule.most:,}"
        rows += [("points", f"{self.points:,}"), ("replicates of each", often)]
        return (listed([Head("what"), Head("how many", right=True, whole=True)], rows),)


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 90.0:
        return f"about {max(1, round(seconds))} s"
    minutes = seconds / 60.0
    return f"about {minutes:,.0f} minutes" if minutes < 120.0 else f"about {minutes / 60.0:,.1f} hours"


def size(number: float) -> str:
    """A number of bytes in the unit that suits it."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if number >= factor:
            return f"about {number / factor:,.1f} {unit}"
    return f"about {max(1.0, number / 1e3):,.0f} kB"


def plan_of(
    study: Study, out: Path | None = None, reuse: Sequence[Path] = (), how: Exec = Exec()
) -> StudyPlan:
    """Simulate a few runs of a study, at its first and its last points, and reckon from them.

    Args:
        study, out, reuse, how: as `sweep` takes them.

    Raises:
        SalesimError: crossed numbers that do not fit each other, runs that all fail, or a folder of
            something else.
    """
    rivals, engine = how.bound(study.firms[BASELINE])
    model = model_key(rivals)
    folder = out or default_folder(study, model)
    is_new(folder, study, model)
    store = Store(folder)
    store.look()
    stored, copied = len(store.ids), 0
    if study.points <= MAX_POINTS:
        points = points_table(study, model)
        check_points(study, points)
        stored, copied = _there(study, points, store, folders_of(reuse))
    if engine == "compiled":
        compile_model(rivals)
    pool = workers_for(RunTask(engine, rivals, study.tables, study.promise), how.workers, engine, rivals)
    tried, seconds = _try(study, pool, model)
    left = max(0, study.most_runs - stored - copied)
    return StudyPlan(
        title=study.title,
        folder=str(folder),
        study=study.name,
        points=study.points,
        runs=study.most_runs,
        stored=stored,
        copied=copied,
        minutes=left * seconds / 60.0,
        bytes=_room(tried, study.most_runs, seconds),
        workers=pool.number,
        design=study,
    )


def _there(study: Study, points: pa.Table, store: Store, reuse: Sequence[Path]) -> tuple[int, int]:
    """How many runs of a study are in its folder, and how many more in those of others."""
    firms = {firm for firm in points["firm"].to_pylist() if firm}
    asked = {run_id(firm, study.seed, r) for firm in firms for r in range(study.replicates.most)}
    stored = asked & store.ids
    others = (part for other in sweeps_in(reuse, store.folder) for part in parts_of(other, RUNS))
    copied = {name for part in others for name in ids_in(part)} & asked - stored
    return len(stored), len(copied)


def _try(study: Study, pool: Workers[Address, Simulated], model: str) -> tuple[list[Simulated], float]:
    """A few runs, and how long one takes where all workers are at it (s)."""
    tried: list[Simulated] = []
    failures: list[Failure] = []
    start = time.perf_counter()
    with closing(pool.carry_out(_addresses(study, model))) as simulated:
        for _, came in simulated:
            if isinstance(came, Failure):
                failures.append(came)
            else:
                tried.append(came)
            if len(tried) <= 1:
                start = time.perf_counter()  # what starting takes is taken once
            late = time.perf_counter() - start >= SECONDS
            if len(tried) + len(failures) >= MAX_TRIED or (late and len(tried) >= MIN_TRIED):
                break
    if len(tried) < MIN_TRIED:
        wrong = f"the first runs fail: {failures[0].error}" if failures else "there is no firm to run"
        raise SalesimError(error_text(study.name, "", wrong))
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
    keys = [firm_key(firm, study.key_of_runs(model)) for firm in firms]
    for replicate in count() if firms else ():
        for firm, key in zip(firms, keys, strict=True):
            yield Address(firm, key, study.seed, replicate)


def _room(tried: list[Simulated], runs: int, seconds: float) -> int:
    """What so many runs take on disk (bytes): each by itself, and each part that they lie in."""
    half = len(tried) // 2
    small, large = _size(tried[:half]), _size(tried)
    each = (large - small) / (len(tried) - half)
    parts = ceil(runs / min(ROWS_OF_A_PART, max(1.0, SECONDS_OF_A_PART / seconds)))
    return int(runs * each + parts * max(0.0, small - half * each))


def _size(simulated: list[Simulated]) -> int:
    tables = [table_of_rows(RUNS, [each.row for each in simulated])]
    tables += [pa.concat_tables([each.beside[name] for each in simulated]) for name in simulated[0].beside]
    return sum(len(as_parquet(table)) for table in tables)
