"""Evaluate attempts on many workers, and keep each in a file, so that a search can be resumed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..model.scenario import Scenario
from ..outcomes.history import Numbers
from ..runs.exec import Exec, Stage
from ..runs.executor import Failure, workers_for
from .attempts import AttemptTask, Looked, key_of, measured, tasks_of
from .calibration_plan import Plan

EVALUATIONS = "evaluations.jsonl"
FAILED = 100.0  # tolerances off, of what cannot be measured
Rows = dict[str, tuple[float, float]]


@dataclass
class Evaluations:
    """Attempts that were evaluated, in a folder.

    Args:
        plan: what is free.
        task: what is fitted, and what simulates it.
        folder: where they are kept; nothing else is written there.
        seed: random seed.
        how: how runs are carried out.
        known: the result of each attempt, by its hash.
    """

    plan: Plan
    task: AttemptTask
    folder: Path
    seed: int
    how: Exec
    known: dict[str, Rows] = field(default_factory=dict)

    @property
    def looked(self) -> Looked:
        """What is fitted."""
        return self.task.looked

    def load(self) -> None:
        """Learn what is in the folder; a line that was cut off is left out."""
        path = self.folder / EVALUATIONS
        if not path.is_file():
            return
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                said = json.loads(line)
                self.known[said["key"]] = {name: (v, e) for name, (v, e) in said["rows"].items()}
            except (ValueError, KeyError, TypeError, AttributeError):
                continue

    def numbers(self, shares: Numbers) -> dict[str, float]:
        """The free numbers at places in their ranges."""
        places = zip(self.plan.free, shares, strict=True)
        return {free.path: free.at(float(share)) for free, share in places}

    def firm(self, shares: Numbers) -> Scenario:
        """The firm with free numbers at these places in their ranges."""
        return self.plan.firm.with_numbers(self.numbers(shares))

    def rows(
        self, attempts: Sequence[Numbers], replicates: int, *, first: int = 0, what: str = "Searching"
    ) -> list[Rows]:
        """Value and error of every row of attempts, each evaluated once and then kept.

        Args:
            attempts: places of the free numbers in their ranges.
            replicates: of each attempt; all of them use the same random draws.
            first: the first replicate; others than the search's have new random draws.
            what: the heading under which it is shown.
        """
        keys = [key_of(self.numbers(shares), self.seed, first, replicates) for shares in attempts]
        missing = {key: shares for key, shares in zip(keys, attempts, strict=True) if key not in self.known}
        before = len(self.known)
        stage = Stage(what, len(missing), stored=lambda: len(self.known) - before)
        came = self.how.watch(stage, self._simulated(missing, replicates, first))
        for key, rows in came:
            self.known[key] = rows
            self._keep(key, missing[key], rows)
        return [self.known[key] for key in keys]

    def _simulated(
        self, missing: dict[str, Numbers], replicates: int, first: int
    ) -> Iterator[tuple[str, Rows]]:
        """Each attempt that is not known, with its rows, as soon as all its runs are there."""
        keys, firms = list(missing), []
        for index, shares in enumerate(missing.values()):
            try:
                firms.append((index, self.firm(shares)))
            except ValueError:  # numbers that do not fit each other make no firm
                yield keys[index], _nothing(self.looked)
        work = workers_for(self.task, self.how.workers, self.task.engine, self.task.rivals)
        each = len(self.looked.firms) * replicates
        open_: dict[int, list[Any]] = {}
        tasks = tasks_of(self.looked, firms, self.seed, first, replicates)
        with closing(work.carry_out(tasks)) as done:
            for task, value in done:
                open_.setdefault(task.attempt, []).append((task, value))
                if len(open_[task.attempt]) == each:
                    yield keys[task.attempt], self._together(open_.pop(task.attempt))

    def _together(self, done: list[Any]) -> Rows:
        if any(isinstance(value, Failure) for _, value in done):
            return _nothing(self.looked)
        done = sorted(done, key=lambda item: (item[0].place, item[0].replicate))
        came: dict[int, list[Any]] = {}
        for task, value in done:
            came.setdefault(task.place, []).append(value)
        return measured(self.looked, came)

    def _keep(self, key: str, shares: Numbers, rows: Rows) -> None:
        said = {name: [_plain(value), _plain(error)] for name, (value, error) in rows.items()}
        self.known[key] = {name: (value, error) for name, (value, error) in said.items()}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / EVALUATIONS).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "rows": said, "numbers": self.numbers(shares)}) + "\n")

    def misses(self, rows: Rows) -> Numbers:
        """How many tolerances each row lies off what was published."""
        off = []
        for row in self.looked.rows:
            away = row.miss(*rows[row.name])
            off.append(float(np.clip(away, -FAILED, FAILED)) if math.isfinite(away) else FAILED)
        return np.array(off)


def _nothing(looked: Looked) -> Rows:
    """What is said of numbers that make no firm, or one whose runs failed."""
    return {row.name: (row.aim + FAILED * row.tolerance, 0.0) for row in looked.rows}


def _plain(value: float) -> float:
    """A finite number as it is; another as one that is far off."""
    return float(value) if math.isfinite(value) else 1e9
