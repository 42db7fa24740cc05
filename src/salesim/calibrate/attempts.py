"""One attempt of a calibration: a firm with free numbers set, and what its fitted measures come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import hypot
from typing import Any

import numpy as np

from ..evidence.measures import STATISTICS
from ..evidence.readings import Readings
from ..evidence.target import FITTED, Measure, experiments, load_target, targets
from ..inputs.content_hash import digits_of
from ..inputs.declared import declared_numbers, value_of
from ..inputs.design import Study
from ..model.binding import Rivals
from ..model.engine import EngineName, run_once
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes import COMPANY, NUMBERS
from ..outcomes.history import Numbers
from ..outcomes.pair import pair_of, run_pair
from ..statistics import jackknife

OUTCOMES = {outcome.name: outcome for outcome in COMPANY}
PROMISED = frozenset({"promised", "realisation_ratio"})  # these need full execution too
Number = float | int | str
Changes = tuple[tuple[str, Number], ...]
Place = tuple[str, str, tuple[str, float] | None]


@dataclass(frozen=True)
class Row:
    """A published number that is fitted.

    Args:
        target: the finding.
        measure: its measure.
        aim: what was published.
        tolerance: a quarter of the width of the band, taken as a standard deviation.
        upside_down: whether it is fitted as its reciprocal, since what it is divided by may vanish.
    """

    target: str
    measure: Measure
    aim: float
    tolerance: float
    upside_down: bool = False

    @property
    def name(self) -> str:
        """Finding and measure."""
        return f"{self.target}.{self.measure.name}"

    def miss(self, value: float, error: float) -> float:
        """How many tolerances a value lies off; its own standard error is allowed for."""
        if not self.upside_down:
            return (value - self.aim) / hypot(self.tolerance, error)
        low, high = self.measure.band
        tolerance = 0.25 * (1.0 / low - 1.0 / high)
        return (1.0 / self.aim - 1.0 / value) / hypot(tolerance, error / value**2)


@dataclass(frozen=True)
class Firm:
    """One firm that fitted measures look at, as it differs from the firm that is calibrated.

    Args:
        places: where it stands: study, policy, and lever with its value where one is moved.
        changes: numbers that differ.
        outcomes: what is measured of it.
    """

    places: tuple[Place, ...]
    changes: Changes
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What an attempt must be looked at for: rows, the firms they need, and the axes of their curves."""

    rows: tuple[Row, ...]
    firms: tuple[Firm, ...]
    axes: Mapping[tuple[str, str], Numbers]


@dataclass(frozen=True, eq=False)
class Tried(Readings):
    """What came out of an attempt, as statistics read it."""

    columns: Mapping[Any, Numbers]
    axes: Mapping[tuple[str, str], Numbers]

    @cached_property
    def _columns(self) -> dict[Any, Numbers]:
        return dict(self.columns)

    def axis(self, study: str, lever: str) -> Numbers:
        """The values of a lever that a study moves."""
        return self.axes[study, lever]

    def places(self, study: str, policy: str, outcome: str) -> int:
        """How many places a series has, of which the last is read as -1."""
        raise NotImplementedError(f"{outcome} as a whole is not fitted")


def looked_at(firm: Scenario) -> Looked:
    """Everything that is fitted, from the findings that mark it."""
    rows, axes = [], {}
    firms: dict[Changes, tuple[tuple[Place, ...], tuple[str, ...]]] = {}
    for name in targets():
        target = load_target(name)
        fitted = [m for m in target.measures if m.role == FITTED]
        studies = {e.name: e.study for e in experiments(target, firm, 1, None)} if fitted else {}
        for measure in fitted:
            study, key = studies[measure.study], f"{name}_{measure.study}"
            rows.append(_row(name, measure.model_copy(update={"study": key})))
            if measure.axis:
                axes[key, measure.axis] = np.array(study.levers[measure.axis], dtype=float)
            for place, changes in _firms(key, study, measure, firm):
                places, seen = firms.get(changes, ((), ()))
                firms[changes] = (_once(*places, place), _once(*seen, *_outcomes(measure)))
    found = tuple(Firm(places, changes, seen) for changes, (places, seen) in firms.items())
    return Looked(tuple(rows), found, axes)


def _once(*items: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


def _row(target: str, measure: Measure) -> Row:
    low, high = measure.band
    aim = 0.5 * (low + high) if measure.published is None else measure.published
    return Row(target, measure, aim, 0.25 * (high - low), measure.statistic == "ratio")


def _outcomes(measure: Measure) -> list[str]:
    named = [name for name in (measure.outcome, measure.below, *measure.plus) if name]
    summed = [part for name in named if name in NUMBERS for part in NUMBERS[name].summed or ()]
    return summed or named


def _firms(key: str, study: Study, measure: Measure, firm: Scenario) -> Iterator[tuple[Any, Changes]]:
    """The firms of a study that a measure looks at."""
    wanted = {measure.arm.policy} | ({measure.base.policy} if measure.statistic != "level" else set())
    for point in study.each_point():
        if point.policy in wanted:
            at = (measure.axis, float(point.numbers[measure.axis])) if measure.axis else None
            yield (key, point.policy, at), _changes(firm, study.firm(point))


def _changes(firm: Scenario, other: Scenario) -> Changes:
    """Numbers in which another firm differs."""
    paths = declared_numbers()
    return tuple((p, value_of(other, p)) for p in paths if value_of(other, p) != value_of(firm, p))


@dataclass(frozen=True)
class Task:
    """One firm of one attempt, and one replicate."""

    attempt: int
    place: int
    firm: Scenario
    seed: int
    replicate: int


@dataclass(frozen=True)
class AttemptTask:
    """The work of a calibration: simulate a firm and measure what is fitted."""

    looked: Looked
    engine: EngineName
    rivals: Rivals = ()

    def __call__(self, task: Task) -> dict[str, Any]:
        """The outcomes asked for, of one replicate."""
        asked = self.looked.firms[task.place].outcomes
        run = Run(task.firm, Luck(task.seed, task.replicate), every_deal=False, rivals=self.rivals)
        if PROMISED & set(asked):
            history = run_pair(run, self.engine).history
        else:
            alone = run_once(run, self.engine)  # nothing that is asked for looks at full execution
            history = pair_of(run, alone, alone).history
        return {name: OUTCOMES[name].of(history) for name in asked}


def measured(
    looked: Looked, came: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[str, tuple[float, float]]:
    """Value and standard error of every row, from the replicates of each firm of an attempt.

    The standard error is that of leaving out one replicate after the other (the jackknife).
    """
    columns: dict[Any, Numbers] = {}
    for place, replicates in came.items():
        for name in replicates[0]:
            for k, values in _each_place([each[name] for each in replicates]):
                for study, policy, at in looked.firms[place].places:
                    columns[study, policy, name, k, at] = values
    tried = Tried({}, {}, columns, looked.axes)
    units = len(next(iter(came.values())))
    rules = {
        row.name: partial(STATISTICS[row.measure.statistic], row.measure, tried) for row in looked.rows
    }
    return {name: jackknife(rule, units) for name, rule in rules.items()}


def _each_place(values: Sequence[Any]) -> Iterator[tuple[int | None, Numbers]]:
    """Replicates of a number, or of each place of a series, counted from either end."""
    if np.ndim(values[0]) == 0:
        yield None, np.array([np.nan if value is None else value for value in values], dtype=float)
        return
    for k in range(-len(values[0]), len(values[0])):
        yield k, np.array([value[k] for value in values], dtype=float)


def key_of(numbers: Mapping[str, float], seed: int, first: int, replicates: int) -> str:
    """A hash of an attempt and its random draws."""
    return digits_of([dict(numbers), seed, first, replicates], 20)


def tasks_of(
    looked: Looked, attempts: Iterable[tuple[int, Scenario]], seed: int, first: int, replicates: int
) -> Iterator[Task]:
    """Every firm and replicate of some attempts."""
    for index, firm in attempts:
        for place, each in enumerate(looked.firms):
            other = firm.with_numbers(dict(each.changes)) if each.changes else firm
            for replicate in range(first, first + replicates):
                yield Task(index, place, other, seed, replicate)
