"""Findings again, from the runs in a folder of evidence: nothing is simulated anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..analysis.gap.splitting import ledger_of, name_of_gap
from ..errors import ResultsError
from ..messages import error_text, unusable
from ..runs.checked import json_in
from ..runs.manifest import EVIDENCE, read_manifest
from ..runs.runs import Runs, open_results
from .judging import Finding, judge
from .provenance import OBJECT, digits_of_findings
from .readings import Readings
from .target import Target, load_target

MENDING = "what salesim evidence has finished; the same command resumes it"


def findings_in(folder: Path | str) -> list[Finding]:
    """What the runs of a folder of evidence say of each finding that was tried.

    Raises:
        ResultsError: no folder of evidence, one that is not finished, or one whose findings have been
            changed since.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest["kind"] != EVIDENCE:
        wrong = "holds a sweep"
        raise unusable(folder, wrong, allowed="the folder of evidence")
    _check_finished(folder, manifest)
    return [_finding(load_target(name), folder, manifest) for name in manifest["findings"]]


def sweeps_in(folder: Path | str) -> list[Path]:
    """The folders of the studies whose runs a folder of evidence is based on, each once.

    Raises:
        ResultsError: no folder of evidence, or one that cannot be read.
    """
    return [Path(folder) / name for name in read_manifest(Path(folder)).get("runs", {})]


def _check_finished(folder: Path, manifest: Mapping[str, Any]) -> None:
    try:
        said = json_in(folder / OBJECT)
        whole = {target["target"] for target in said["targets"]} == {*manifest["findings"]} != set()
    except (OSError, ResultsError, KeyError, TypeError):
        whole = False
    if not whole:
        raise unusable(folder, "is half-written", allowed=MENDING)
    now = digits_of_findings()
    for name, digits in manifest["findings"].items():
        if now.get(name) != digits:
            wrong = "was judged by another version of the finding's file"
            raise ResultsError(error_text(str(folder), name, wrong, allowed="salesim evidence, once more"))


def _finding(target: Target, folder: Path, manifest: Mapping[str, Any]) -> Finding:
    found = {name: _complete_runs(folder / f"{target.name}_{name}") for name in target.studies}
    found |= {name: _complete_runs(folder / name_of_gap(f"{target.name}_{name}")) for name in target.gap}
    readings = Readings(
        sweeps={name: found[name] for name in target.studies},
        ledgers={name: ledger_of(found[name]) for name in target.gap},
    )
    digests = {sweep.study.name: sweep.digest for sweep in found.values()}
    for study, digits in digests.items():
        if manifest["runs"].get(study) != digits:
            wrong = "holds other runs than the evidence was judged by"
            raise unusable(folder / study, wrong, allowed=MENDING)
    return replace(judge(target, readings, int(manifest["seed"])), digests=digests)


def _complete_runs(folder: Path) -> Runs:
    found = open_results(folder)
    found.refuse_failed()
    return found
