"""Sweeps: two workers against one, against Mesa's batch_run, and the memory of a hundred thousand runs.

Ten minutes; `python benchmarks/sweeps.py batch` and the like take one section only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import core_firm, numbers_of
from run import machine

HERE = Path(__file__).parent
CORES = min(2, os.cpu_count() or 1)
RUNS_OF_BATCH = 200
PROGRAM = """
import json, resource, sys, time
from salesim.model.compiled import compile_model
from salesim.runs.exec import Exec
from salesim.runs.sweep import sweep
compile_model(())
study, out, workers = sys.argv[1:]
start, cpu = time.perf_counter(), time.process_time()
found = sweep(study, out=out, how=Exec(workers=int(workers)))
spent = time.perf_counter() - start
print(json.dumps({
    "seconds": spent, "cpu": time.process_time() - cpu, "runs": len(found.store.ids),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "digest": found.digest,
}))
"""


def swept(study: str, workers: int) -> dict[str, Any]:
    """Carry out a sweep in a process of its own: wall time, peak memory, and its digest."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = HERE / "studies" / f"{study}.toml", f"{folder}/out"
        command = [sys.executable, "-c", PROGRAM, str(file), out, str(workers)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
        size = sum(path.stat().st_size for path in Path(out).rglob("*"))
        return {**json.loads(done.stdout), "kilobytes": size / 1024}


def said(what: str, found: dict[str, Any], ratio: str = "") -> None:
    """One line of the table."""
    rate = 60.0 * found["runs"] / found["seconds"]
    facts = f"{found['seconds']:8.1f} s {rate:10,.0f} runs a minute {found['megabytes']:6.0f} MB"
    print(f"{what:52}{facts}  {ratio}", flush=True)


def workers() -> None:
    """The same ten thousand runs on one core and on two."""
    one, two = (swept("ten_thousand", number) for number in (1, CORES))
    bits = "the same bits" if one["digest"] == two["digest"] else "OTHER BITS"
    said("10,000 runs of 20 reps, one year, one worker", one)
    said(f"the same on {CORES} workers, {bits}", two, f"{one['seconds'] / two['seconds']:.2f} x (goal 1.8)")
    print(f"{'':52}{one['kilobytes'] / one['runs']:8.2f} kB a run on disk")


def batch() -> None:
    """Runs a minute: a sweep of ours, and Mesa's batch_run on the Mesa twin, each on all cores.

    A run of ours is the whole model, simulated through twice, measured and stored; one of the twin is its
    core phases, once, with its weekly totals kept in memory.
    """
    import mesa

    from twins.mesa_twin import Firm

    numbers = numbers_of(core_firm(20, 1_000, 104))
    parameters = {"numbers": [numbers], "seed": list(range(RUNS_OF_BATCH))}
    start = time.perf_counter()
    rows = mesa.batch_run(
        Firm,
        parameters,
        number_processes=CORES,
        iterations=1,
        max_steps=104,
        display_progress=False,
    )
    seconds = time.perf_counter() - start
    assert len(rows) == RUNS_OF_BATCH
    theirs = 60.0 * RUNS_OF_BATCH / seconds
    ours = swept("ten_thousand", CORES)
    rate = 60.0 * ours["runs"] / ours["seconds"]
    print(f"{'Mesa batch_run on the Mesa twin (core phases)':52}{theirs:10,.0f} runs a minute")
    whole, each = "salesim sweep, as it is and as promised", "each of the two counted"
    print(f"{whole:52}{rate:10,.0f} runs a minute, {rate / theirs:.1f} x")
    print(f"{each:52}{2 * rate:10,.0f} runs a minute, {2 * rate / theirs:.1f} x")


def memory() -> None:
    """Peak memory of a hundred thousand runs."""
    found = swept("hundred_thousand", CORES)
    said("100,000 runs of 2 reps, a quarter", found, "(goal: under 1,000 MB)")
    print(f"{'':52}{found['kilobytes'] / found['runs']:8.2f} kB a run on disk")


SECTIONS: dict[str, Callable[[], None]] = {"workers": workers, "batch": batch, "memory": memory}

if __name__ == "__main__":
    print(machine())
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
