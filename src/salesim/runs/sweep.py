"""Carry out a study: every run that is not there already, stored as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ResultsError
from ..inputs.design import AS_IS, Study
from ..inputs.rivals import named_rules, rival_rules
from ..messages import chosen, reason_of, refusal
from ..model.binding import Function, Rivals
from ..model.engine import ENGINES, EngineName
from .collecting import Collector
from .copying import fill_from, sweeps_in
from .executor import Workers, workers_for
from .exporting import keep_table
from .folder import note_latest
from .keys import model_key, run_id
from .manifest import rivals_said
from .reading import load_study
from .runs import Runs
from .simulate import engine_that_can
from .stages import stages
from .starting import begin
from .store import Store
from .tasks import Address, RunTask, Simulated


@dataclass(frozen=True)
class Stage:
    """A part of a sweep that is known beforehand.

    Args:
        runs: how many there will be when it is done.
        there: how many there are already.
        copied: how many of these were copied from other sweeps just now.
        store: where they are; it knows how many there are now.
    """

    runs: int
    there: int
    copied: int
    store: Store


RESULTS = Path("results")
Watch = Callable[[Stage, Iterator[Any]], Iterator[Any]]


def unwatched(_: Stage, runs: Iterator[Any]) -> Iterator[Any]:
    """Let the runs go by."""
    return runs


def sweep(
    study: Study | Path | str | Mapping[str, Any],
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    engine: EngineName = "compiled",
    rules: Mapping[str, Function] | None = None,
    allow_code: bool = False,
    reuse: Path | str | Sequence[Path | str] = (),
    watch: Watch = unwatched,
    command: Sequence[str] = (),
) -> Runs:
    """Carry out a study and keep its runs in a folder; what is there already is not run again.

    Args:
        study: a TOML file, the name of a shipped one, or a mapping of the same form.
        out: the folder; results/STUDY/KEY unless given.
        workers: how many runs at a time; as many as there are cores unless given.
        engine: "compiled" or "mesa"; both give the same bits.
        rules: functions in the place of rules, as in `simulate`.
        allow_code: whether functions that the scenario names may be imported, which runs their file.
        reuse: a folder of sweeps or several, from which runs are copied; results unless given.
        watch: sees the runs of a stage go by, for a progress bar.
        command: what was asked on the command line, for the manifest.

    Raises:
        SalesimError: a study, folder or option that cannot be used. Runs that fail are recorded.
    """
    study = load_study(study)
    chosen("engine", engine, ENGINES)
    rivals = rivals_of(study, rules or {}, allow_code=allow_code)
    engine = engine_that_can(rivals, engine)
    model = model_key(rivals)
    folder = Path(out) if out is not None else default_folder(study, model)
    pool = workers_for(RunTask(engine, rivals, study.tables), workers, engine, rivals)
    about = {"command": list(command), "engine": engine, "rivals": rivals_said(rivals)}
    others = list(sweeps_in(folders_of(reuse), folder))
    store = begin(folder, study, model, about)
    there = len(store.ids)
    _carry_out(Runs(folder, study, store), pool, others, watch)
    found = Runs(folder, study, store)
    keep_table(found, anew=len(store.ids) > there)
    if out is None:
        note_latest(folder)
    return found


def _carry_out(
    found: Runs, pool: Workers[Address, Simulated], others: Sequence[Path], watch: Watch
) -> None:
    """Stage by stage, copy what others have and simulate the rest.

    Raises:
        ResultsError: a place that can no longer be written.
    """
    try:
        _fill(found, pool, others, watch)
    except OSError as error:
        wrong = f"cannot be written: {reason_of(error)}"
        allowed = f"the same command when that is fixed; {len(found.store.ids):,} runs are stored"
        raise ResultsError(refusal(str(found.folder), "", wrong, allowed=allowed)) from None
    found.store.look()


def _fill(found: Runs, pool: Workers[Address, Simulated], others: Sequence[Path], watch: Watch) -> None:
    study, store = found.study, found.store
    collector = Collector(store)
    for replicates, firms in stages(study, found.points, store):
        missing = {run_id(f, study.seed, r) for f in firms for r in range(replicates)} - store.ids
        copied = fill_from(others, store, missing, study.tables)
        total = len(firms) * replicates
        stage = Stage(total, total - len(missing), copied, store)
        addresses = _addresses(found, firms, replicates, missing)
        with closing(pool.carry_out(addresses)) as lived:
            try:
                for address, came in watch(stage, lived):
                    collector.take(address, came)
            finally:
                collector.put()


def rivals_of(study: Study, rules: Mapping[str, Function], *, allow_code: bool) -> Rivals:
    """Rival rules: those that the scenario names, and those given."""
    named = named_rules(study.firms[AS_IS], allow_code=allow_code)
    return rival_rules({**named, **rules})


def folders_of(reuse: Path | str | Sequence[Path | str]) -> list[Path]:
    """Folders from which runs are copied: those given, or `results` where there is one.

    Raises:
        ResultsError: a folder that there is not.
    """
    given = [reuse] if isinstance(reuse, Path | str) else reuse
    for folder in map(Path, given):
        if not folder.is_dir():
            raise ResultsError(refusal(str(folder), "", "no such folder", allowed="a folder with sweeps"))
    return [Path(folder) for folder in given] or [RESULTS]


def default_folder(study: Study, model: str) -> Path:
    """Where the results of a study go unless somebody says otherwise."""
    return RESULTS / study.name / study.key(model)


def _addresses(found: Runs, firms: list[str], replicates: int, missing: set[str]) -> Iterator[Address]:
    """The runs that are missing, one replicate of all firms after the other."""
    places = dict(zip(found.points["firm"], found.points["point"], strict=True))
    study = found.study
    for replicate in range(replicates):
        for key in firms:
            name = run_id(key, study.seed, replicate)
            if name in missing and name not in found.store.ids:
                firm = study.firm(study.point(int(places[key])))
                yield Address(firm, key, study.seed, replicate)
