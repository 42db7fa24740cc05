"""Carry out a study: every run that is not there already, stored as soon as it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..inputs.design import BASELINE, Study
from ..messages import reason_of, unusable
from .collecting import Collector
from .copying import Sources, sweeps_in
from .exec import Exec, Stage
from .executor import Workers, workers_for
from .exporting import keep_table
from .folder import note_latest
from .keys import model_key, run_id
from .manifest import MANIFEST, rivals_text
from .reading import load_study
from .runs import Runs
from .stages import stages
from .starting import begin, note_copied
from .tasks import Address, RunTask, Simulated
from .verifying import differences

RESULTS = Path("results")


def sweep(
    study: Study | Path | str | Mapping[str, Any],
    *,
    out: Path | str | None = None,
    reuse: Path | str | Sequence[Path | str] = (),
    how: Exec = Exec(),
) -> Runs:
    """Carry out a study and keep its runs in a folder; what is there already is not run again.

    Args:
        study: a TOML file, the name of a shipped one, or a mapping of the same form.
        out: the folder; results/STUDY/KEY unless given.
        reuse: a folder of sweeps or several, from which runs are copied; results unless given.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Returns:
        The runs, as `open_results` gives them; those that failed are among them.

    Raises:
        SalesimError: a study, folder or option that cannot be used. Runs that fail are recorded.
    """
    study = load_study(study)
    rivals, engine = how.bound(study.firms[BASELINE])
    model = model_key(rivals)
    folder = Path(out) if out is not None else default_folder(study, model)
    pool = workers_for(RunTask(engine, rivals, study.tables, study.promise), how.workers, engine, rivals)
    about = {"command": list(how.command), "engine": engine, "rivals": rivals_text(rivals)}
    others = list(sweeps_in(folders_of(reuse), folder))
    store = begin(folder, study, model, about)
    there = len(store.ids)
    _carry_out(Runs(folder, study, store), pool, others, how)
    found = Runs(folder, study, store)
    keep_table(found, anew=len(store.ids) > there)
    if out is None:
        note_latest(folder)
    return found


def _carry_out(found: Runs, pool: Workers[Address, Simulated], others: Sequence[Path], how: Exec) -> None:
    """Stage by stage, copy what others have and simulate the rest.

    Raises:
        ResultsError: a place that can no longer be written.
    """
    try:
        _fill(found, pool, others, how)
    except OSError as error:
        wrong = f"cannot be written: {reason_of(error)}"
        allowed = f"the same command when that is fixed; {len(found.store.ids):,} runs are stored"
        if not (found.folder / MANIFEST).is_file():
            wrong = "was removed while runs were stored in it"
            allowed = "the same command, which begins anew"
        raise unusable(found.folder, wrong, allowed=allowed) from None
    found.store.look()


def _fill(found: Runs, pool: Workers[Address, Simulated], others: Sequence[Path], how: Exec) -> None:
    study, store, name = found.study, found.store, found.study.name.replace("_", " ")
    collector = Collector(store)
    places = dict(zip(found.points["firm"], found.points["point"], strict=True))
    missing: dict[str, tuple[str, int]] = {}

    def address_of(run: str) -> Address:
        key, replicate = missing[run]
        return Address(study.firm(study.point(int(places[key]))), key, study.seed, replicate)

    def check(run: str, stored: pa.Table, beside: dict[str, pa.Table]) -> list[str]:
        with closing(pool.carry_out([address_of(run)])) as lived:
            return [each for address, came in lived for each in differences(address, came, stored, beside)]

    sources = Sources(others, study.tables, check)
    for replicates, firms in stages(study, found.points, store):
        asked = {run_id(key, study.seed, r): (key, r) for r in range(replicates) for key in firms}
        missing = {run: place for run, place in asked.items() if run not in store.ids}
        if copied := sources.fill(store, missing):
            note_copied(store, sources.copied)
            how.say(f"{copied:,} runs are copied from other sweeps.")
        stage = Stage(name, len(asked), len(asked) - len(missing), lambda: len(store.ids))
        addresses = (address_of(run) for run in missing if run not in store.ids)
        with closing(pool.carry_out(addresses)) as simulated:
            try:
                for address, came in how.watch(stage, simulated):
                    collector.take(address, came)
            finally:
                collector.put()


def folders_of(reuse: Path | str | Sequence[Path | str]) -> list[Path]:
    """Folders from which runs are copied: those given, or `results` where there is one.

    Raises:
        ResultsError: a folder that there is not.
    """
    given = [reuse] if isinstance(reuse, Path | str) else reuse
    for folder in map(Path, given):
        if not folder.is_dir():
            raise unusable(folder, "no such folder", allowed="a folder with sweeps")
    return [Path(folder) for folder in given] or [RESULTS]


def default_folder(study: Study, model: str) -> Path:
    """Where the results of a study go unless somebody says otherwise."""
    return RESULTS / study.name / study.key(model)
