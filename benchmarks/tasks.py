"""What people wait for, by processor time: a firm and its promise, a gap, a comparison, a first compile."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import chdir
from functools import partial

from engines import LUCK, SMALL, Line
from salesim import Exec, compare, gap
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.outcomes.pair import run_pair
from timing import least

SHORT = {"headcount": 5, "accounts": 100, "burn_in_weeks": 13, "weeks": 26}
ALONE = Exec(workers=1)
POLICY = {"pay.margin_weight": 0.5}
COMPILE = "from salesim.model.compiled import compile_model; compile_model(())"


def task_lines(rounds: int) -> list[Line]:
    """Each task's least processor time, taking turns; the compile once, in a folder of its own."""
    small = Scenario.model_validate({"organisation": SMALL})
    short = Scenario.model_validate({"organisation": SHORT})
    tasks = {
        "  typical firm and its promise": partial(run_pair, Run(Scenario(), LUCK), "compiled"),
        "  5 reps, 26 weeks, and their promise": partial(run_pair, Run(short, LUCK), "compiled"),
        "  gap of 8 reps, 4 replicates": _anew(partial(gap, small, replicates=4, orders=1, how=ALONE)),
        "  compare, 8 reps, 20 replicates": _anew(
            partial(compare, small, [POLICY], replicates=(20, 20), how=ALONE)
        ),
    }
    lines = [Line(name, f"{1e3 * spent:,.1f} ms") for name, spent in least(tasks, rounds).items()]
    return [*lines, Line("  first compile of the model", f"{_compile():.0f} s")]


def _anew(task: Callable[[], object]) -> Callable[[], None]:
    """The task in an empty folder, where there are no runs that could be taken over."""

    def done() -> None:
        with tempfile.TemporaryDirectory() as folder, chdir(folder):
            task()

    return done


def _compile() -> float:
    """Processor time of a process that compiles the model (s)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        there = os.environ | {"SALESIM_CACHE_DIR": folder}
        subprocess.run([sys.executable, "-c", COMPILE], env=there, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
