"""Carry out the experiments of published findings, and judge the model by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..analysis.gap.splitting import MAX_REPLICATES, gap_study, ledger_of
from ..errors import ResultsError, SalesimError
from ..inputs.content_hash import digits_of
from ..inputs.declared import value_of
from ..inputs.design import Study
from ..inputs.load import load_scenario
from ..messages import error_text, integer
from ..model.binding import Rivals
from ..model.scenario import Scenario
from ..runs.exec import Exec
from ..runs.folder import note_latest
from ..runs.keys import model_key
from ..runs.runs import Runs
from ..runs.simulate import LARGEST_SEED
from ..runs.sweep import RESULTS, sweep
from .judging import MIN_REPLICATES, Finding, check_enough, judge
from .provenance import about_evidence, check_folder, digits_of_findings, note_findings
from .readings import Readings
from .target import TYPICAL, Target, experiments, load_target, targets

QUICK_REPLICATES, QUICK_FIRMS = MIN_REPLICATES, 60


def evidence_key(
    firm: Scenario, seed: int, replicates: int | None, firms: int | None, rivals: Rivals = ()
) -> str:
    """A hash of twelve digits: firm, model, random draws, and the files of all findings."""
    asked = [firm.model_dump(), seed, replicates, firms, model_key(rivals), digits_of_findings()]
    return digits_of(asked, 12)


def default_folder(key: str) -> Path:
    """Where what a firm showed is kept unless somebody says otherwise."""
    return RESULTS / "evidence" / key


def evidence(
    names: Sequence[str] = (),
    scenario: Scenario | Path | str = TYPICAL,
    *,
    replicates: int | None = None,
    firms: int | None = None,
    seed: int = 1,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> Iterator[Finding]:
    """Judge a firm by published findings, one after the other as they are done.

    Args:
        names: findings such as T2; all of them unless given.
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        replicates: how often each arm is simulated, 10 or more; as each file says unless given.
        firms: how many firms are drawn at most where there are many; as each file says unless given.
        seed: random seed.
        out: the folder for the runs; results/evidence/KEY unless given. Runs in it are used again.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Raises:
        SalesimError: an unknown finding, a firm that lacks what one needs, or too few replicates.
    """
    integer("seed", seed, 0, LARGEST_SEED)
    for option, number in (("replicates", replicates), ("firms", firms)):
        if number is not None:
            check_enough(option, integer(option, number, 1, MAX_REPLICATES))
    firm = load_scenario(scenario)
    asked = _chosen_findings(names, firm)
    rivals, engine = how.bound(firm)
    key = evidence_key(firm, seed, replicates, firms, rivals)
    folder = Path(out) if out is not None else default_folder(key)
    check_folder(folder, key)
    about = about_evidence(firm, seed, key, engine, how.command)
    planned = [(target, _plan(target, firm, seed, replicates, firms)) for target in asked]
    return _stored(_findings(planned, folder, how, seed), folder, about, latest=out is None)


def _chosen_findings(names: Sequence[str], firm: Scenario) -> list[Target]:
    """The findings of these names, each once; all of them where there is no name."""
    asked = [load_target(name) for name in dict.fromkeys(name.upper() for name in names or targets())]
    for target in asked:
        _check_needs(target, firm)
    return asked


def _stored(
    findings: Iterator[Finding], folder: Path, about: Mapping[str, Any], *, latest: bool
) -> Iterator[Finding]:
    """Let findings go by, and say in the folder what it was begun with and what is done."""
    note_findings(folder, about, ())
    if latest:
        note_latest(folder)
    done = []
    for finding in findings:
        done.append(finding)
        note_findings(folder, about, done)
        yield finding


Plan = tuple[dict[str, Study], dict[str, Study]]


def _findings(
    planned: Sequence[tuple[Target, Plan]], folder: Path, how: Exec, seed: int
) -> Iterator[Finding]:
    for target, (studies, splits) in planned:
        found: dict[str, Runs] = {}
        for name, study in {**studies, **splits}.items():
            reuse = [folder] if folder.is_dir() else ()  # findings share firms with each other
            found[name] = sweep(study, out=folder / study.name, reuse=reuse, how=how)
            found[name].refuse_failed()
        readings = Readings(
            sweeps={name: found[name] for name in studies},
            ledgers={name: ledger_of(found[name]) for name in splits},
        )
        finding = judge(target, readings, seed)
        _refuse_undefined(finding)
        yield replace(finding, digests={found[name].study.name: found[name].digest for name in found})


def _plan(target: Target, firm: Scenario, seed: int, replicates: int | None, firms: int | None) -> Plan:
    """The studies of a finding, and the splits of the gap, by name."""
    try:
        studies = {e.name: e.study for e in experiments(target, firm, seed, replicates, firms)}
        splits = {
            name: gap_study(
                firm, f"{target.name}_{name}", replicates or target.replicates_of(name), seed, None
            )
            for name in target.gap
        }
    except SalesimError as error:
        first = str(error).splitlines()[0]
        raise ResultsError(f"{firm.title} lacks what {target.name} needs: {first}") from None
    return studies, splits


def _check_needs(target: Target, firm: Scenario) -> None:
    """Refuse a firm in which a finding could not be seen."""
    for path, least in target.needs.items():
        value = value_of(firm, path)
        if isinstance(value, int | float) and value < least:
            wrong = f"is too small for {target.name} ({target.title.lower()})"
            raise ResultsError(
                error_text(firm.title, path, wrong, given=value, allowed=f"{least:g} or more")
            )


def _refuse_undefined(finding: Finding) -> None:
    """Refuse to judge by what has no value."""
    for verdict in finding.verdicts:
        if verdict.value != verdict.value:
            wrong = f"has no value: {verdict.measure.says.lower()}"
            allowed = "a firm in which it can be measured"
            raise ResultsError(
                error_text(finding.target.name, verdict.measure.name, wrong, allowed=allowed)
            )
