"""Carry out the experiments of published findings, and judge the model by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import ResultsError, SalesimError
from ...model.engine import EngineName
from ...model.scenario import Scenario
from ...scenario.declared import value_of
from ...scenario.load import load_scenario
from ...scenario.refusal import counted, refusal
from ..gap.splitting import MOST_REPLICATES, gap_study, ledger_of
from ..keys import digits_of
from ..simulate import LARGEST_SEED
from ..sweeps.design import Study
from ..sweeps.sweep import RESULTS, Watch, sweep, unwatched
from .judging import LEAST_REPLICATES, Finding, judge
from .readings import Readings
from .target import TYPICAL, Target, experiments, load_target, targets

Watching = Callable[[str], Watch]


def default_folder(firm: Scenario, seed: int, replicates: int | None) -> Path:
    """Where what a firm showed is kept unless somebody says otherwise."""
    return RESULTS / "evidence" / digits_of([firm.model_dump(), seed, replicates], 12)


def evidence(
    names: Sequence[str] = (),
    scenario: Scenario | Path | str = TYPICAL,
    *,
    replicates: int | None = None,
    seed: int = 1,
    out: Path | str | None = None,
    workers: int | None = None,
    engine: EngineName = "compiled",
    watching: Watching = lambda _: unwatched,
    command: Sequence[str] = (),
) -> Iterator[Finding]:
    """Judge a firm by published findings, one after the other as they are done.

    Args:
        names: findings such as T2; all of them unless given.
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        replicates: how often each arm is lived through; as each finding's file says unless given.
        seed: where all luck starts.
        out: the folder for the runs; results/evidence/KEY unless given. Runs in it are used again.
        workers: how many runs at a time; as many as there are cores unless given.
        engine: "compiled" or "mesa"; both give the same bits.
        watching: for a heading, what sees runs go by.
        command: what was asked on the command line, for the manifests.

    Raises:
        SalesimError: an unknown finding, a firm that lacks what one needs, or too few replicates.
    """
    if replicates is not None:
        counted("replicates", replicates, LEAST_REPLICATES, MOST_REPLICATES)
    counted("seed", seed, 0, LARGEST_SEED)
    asked = [load_target(name) for name in dict.fromkeys(names or targets())]
    firm = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    for target in asked:
        _check_needs(target, firm)
    folder = Path(out) if out is not None else default_folder(firm, seed, replicates)
    how: dict[str, Any] = {"workers": workers, "engine": engine, "command": command, "reuse": ()}
    planned = [(target, _plan(target, firm, seed, replicates)) for target in asked]
    return _findings(planned, folder, how, watching, seed)


def _findings(
    planned: Sequence[tuple[Target, tuple[dict[str, Study], dict[str, Study]]]], folder: Path,
    how: Mapping[str, Any], watching: Watching, seed: int,
) -> Iterator[Finding]:
    for target, (studies, splits) in planned:
        how = {**how, "reuse": [folder] if folder.is_dir() else ()}
        found = {
            name: sweep(study, out=folder / study.name, watch=watching(f"{target.name} {name}"), **how)
            for name, study in {**studies, **splits}.items()
        }
        for each in found.values():
            each.refuse_failed()
        readings = Readings(
            sweeps={name: found[name] for name in studies},
            ledgers={name: ledger_of(found[name]) for name in splits},
        )
        finding = judge(target, readings, seed)
        _refuse_undefined(finding)
        yield finding


def _plan(
    target: Target, firm: Scenario, seed: int, replicates: int | None
) -> tuple[dict[str, Study], dict[str, Study]]:
    """The studies of a finding, and the splits of the gap, by name."""
    try:
        studies = {e.name: e.study for e in experiments(target, firm, seed, replicates)}
        splits = {
            name: gap_study(firm, f"{target.name}_{name}", replicates or said["replicates"], seed, None)
            for name, said in target.gap.items()
        }
    except SalesimError as error:
        raise ResultsError("\n".join(f"{target.name}: {line}" for line in str(error).splitlines())) from None
    return studies, splits


def _check_needs(target: Target, firm: Scenario) -> None:
    """Refuse a firm in which a finding could not be seen."""
    for path, least in target.needs.items():
        value = value_of(firm, path)
        if isinstance(value, int | float) and value < least:
            wrong = f"is too small for {target.name} ({target.title.lower()})"
            raise ResultsError(refusal(firm.title, path, wrong, given=value, allowed=f"{least:g} or more"))


def _refuse_undefined(finding: Finding) -> None:
    """Refuse to judge by what has no value."""
    for verdict in finding.verdicts:
        if verdict.value != verdict.value:
            wrong = f"has no value: {verdict.measure.says.lower()}"
            allowed = "a firm in which it can be measured"
            raise ResultsError(refusal(finding.target.name, verdict.measure.name, wrong, allowed=allowed))


