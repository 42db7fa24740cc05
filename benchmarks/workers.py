"""Two worker processes against one: wall time, and the same bits."""

from __future__ import annotations

import hashlib
import os
import time
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from engines import Line
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck

RUNS = 48


def digest_of(replicate: int) -> str:
    """Every column that a run leaves, in a few digits; the gaps between columns hold anything."""
    tables = run_compiled(Run(Scenario(), Luck(1, replicate)))
    digest = hashlib.sha256()
    for table in (tables.books, tables.deals, tables.years, tables.levels, tables.customers, tables.reps):
        for name in table.dtype.names or ():
            digest.update(table[name].tobytes())
    return digest.hexdigest()


def warm_up(all_are_here: Barrier) -> None:
    """Load the engine, and wait until every worker has."""
    digest_of(RUNS)
    all_are_here.wait()


def wall(workers: int) -> tuple[float, list[str]]:
    """Wall time of all runs on so many warm workers (s), and what they left."""
    context = get_context("spawn")
    all_are_here = context.Barrier(workers + 1)
    with context.Pool(workers, warm_up, (all_are_here,)) as pool:
        all_are_here.wait()
        start = time.perf_counter()
        digests = pool.map(digest_of, range(RUNS), chunksize=4)
        return time.perf_counter() - start, digests


def worker_lines(rounds: int) -> list[Line]:
    """One and two workers take turns; the least wall time of each is quoted."""
    if (os.cpu_count() or 1) < 2:
        return [Line("  two workers", "skipped: this machine has one core")]
    found: dict[int, list[float]] = {1: [], 2: []}
    digests = set()
    for _ in range(rounds):
        for workers, times in found.items():
            spent, left = wall(workers)
            times.append(spent)
            digests.add(tuple(left))
    one, two = min(found[1]), min(found[2])
    bits = "the same bits" if len(digests) == 1 else "OTHER BITS"
    return [
        Line(f"  one worker, {RUNS} runs of the typical firm", f"{one:.2f} s"),
        Line(f"  two workers, {bits}", f"{two:.2f} s", f"{one / two:.2f} x", "1.9 x"),
    ]
