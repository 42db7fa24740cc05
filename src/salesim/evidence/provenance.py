"""The folder of evidence: whether it may go there, and the manifest that says what it was made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..messages import unusable
from ..model.engine import EngineName
from ..model.scenario import Scenario
from ..runs.folder import TEMPORARY, check_place
from ..runs.keys import firm_key, model_key
from ..runs.manifest import EVIDENCE, MANIFEST, environment, put_manifest, read_manifest
from ..runs.schema import SCHEMA_VERSION
from .judging import Finding
from .target import targets

OBJECT, PAGE = "evidence.json", "evidence.md"


def digits_of_findings() -> dict[str, str]:
    """Digits that change when the file of a finding does, by its name."""
    return {name: sha256(path.read_bytes()).hexdigest()[:16] for name, path in targets().items()}


def check_folder(folder: Path, key: str) -> None:
    """Make sure that evidence can go there, before anything is run.

    Args:
        folder: where it goes: new, empty, or begun with the same question.
        key: digits of the question.

    Raises:
        ResultsError: a place that cannot be written, or one that holds something else.
    """
    check_place(folder)
    if not folder.is_dir():
        return
    if (folder / MANIFEST).is_file():
        manifest = read_manifest(folder)
        if manifest["kind"] != EVIDENCE or manifest["key"] != key:
            wrong = "holds what another firm, seed, model or number of replicates has shown"
            raise unusable(folder, wrong, allowed="a new or empty folder")
    elif not all(path.name.startswith(TEMPORARY) for path in folder.iterdir()):
        wrong = "holds something else"
        raise unusable(folder, wrong, allowed="a new or empty folder")


def note_findings(folder: Path, about: Mapping[str, Any], findings: Sequence[Finding]) -> None:
    """Say in the folder what was judged so far, with what, and when.

    Args:
        folder: of the evidence.
        about: what was asked, as `about_evidence` says it.
        findings: what is done of it.

    Raises:
        ResultsError: a place that cannot be written.
    """
    files = digits_of_findings()
    manifest = {
        **about,
        **environment(),
        "findings": {finding.target.name: files[finding.target.name] for finding in findings},
        "runs": {study: digits for finding in findings for study, digits in finding.digests.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    put_manifest(folder, manifest)


def about_evidence(
    firm: Scenario, seed: int, key: str, engine: EngineName, command: Sequence[str]
) -> dict[str, Any]:
    """What was asked.

    Args:
        firm: who is judged.
        seed: random seed.
        key: digits of the question.
        engine: what carries the runs out.
        command: what was asked on the command line.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": EVIDENCE,
        "key": key,
        "command": list(command),
        "engine": engine,
        "rivals": dict(firm.rules),
        "seed": seed,
        "scenario": firm.model_dump(),
        "firm": firm_key(firm, model_key()),
    }
