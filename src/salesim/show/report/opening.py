"""From a folder of results to its report, whatever kind of results it holds."""

from __future__ import annotations

from pathlib import Path

from ...inputs.design import BASELINE
from ...runs.exec import Exec
from ...runs.folder import folder_at
from ...runs.manifest import EVIDENCE, read_manifest
from ...runs.one_firm import is_of_one_firm
from ...runs.runs import open_results
from .complete import check_complete
from .of_comparison import report_of_comparison
from .of_evidence import report_of_evidence
from .of_gap import is_gap, report_of_gap
from .of_run import report_of_run
from .of_screening import is_screening, report_of_screening
from .of_sweep import report_of_sweep
from .page import Report
from .replaying import Rerun


def report_of(folder: Path | str, how: Exec = Exec()) -> Report:
    """All that is said of a folder of results: the same folder gives the same report.

    Args:
        folder: what `run`, `gap`, `compare`, `sweep`, `screen` or `evidence` has left.
        how: the engine that simulates a replicate again to see what stands behind a number, and
            whether functions that the scenario names may be imported for that.

    Raises:
        SalesimError: no results folder, one that is half-written or of a newer salesim, or one whose
            results say nothing.
    """
    folder = folder_at(folder)
    manifest = read_manifest(folder)
    if manifest["kind"] == EVIDENCE:
        return report_of_evidence(folder, manifest)
    found = open_results(folder)
    check_complete(found)
    if is_of_one_firm(found.study):
        return report_of_run(found, manifest)
    if is_screening(found):
        return report_of_screening(found, manifest)
    replay = Rerun(manifest, found.study.firms[BASELINE], how)
    if is_gap(found):
        return report_of_gap(found, manifest, replay)
    if found.study.replicates.precision:
        return report_of_comparison(found, manifest, replay)
    return report_of_sweep(found, manifest)
