"""Judge the typical firm by all findings, publish what comes of it, say what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from salesim.evidence.evidence import evidence, evidence_key
from salesim.evidence.judging import Finding
from salesim.evidence.provenance import OBJECT, digits_of_findings
from salesim.inputs.load import load_scenario
from salesim.show.evidence.machine import evidence_of
from salesim.show.evidence.overview_page import OVERVIEW, page_of
from salesim.show.figures.evidence_overview import draw as draw_overview
from salesim.show.figures.finding import draw
from salesim.show.figures.saving import drawn

from .published import PLACE, PUBLISHED, Asked, publish, read, written
from .rendering import MANIFEST, link

EVIDENCE, PAGE = "evidence", "docs/evidence/index.md"
FIRM, SEED = "typical_firm", 1


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the files of the findings that it is made of as they stand."""
    return {EVIDENCE: {"seed": SEED, "findings": digits_of_findings()}}


def make(asked: Asked) -> None:
    """Judge, publish, and say which verdicts are others than before."""
    before = verdicts(asked.to)
    keep(judged(asked), asked.to)
    for name, verdict in verdicts(asked.to).items():
        if before.get(name, verdict) != verdict:
            print(f"{name}: was {before[name]}, is {verdict}")


def judged(asked: Asked) -> list[Finding]:
    """Every finding, from runs in a folder for this model and these findings."""
    key = evidence_key(load_scenario(FIRM), SEED, asked.replicates, None)
    found = evidence(
        scenario=FIRM,
        replicates=asked.replicates,
        seed=SEED,
        out=asked.results / EVIDENCE / key,
        how=replace(asked.how, command=["evidence"]),
    )
    return list(found)


def keep(findings: Sequence[Finding], root: Path = PUBLISHED) -> None:
    """Publish the object, and figures where they show more than the overview and tables do."""
    title = load_scenario(FIRM).title
    judged_so = evidence_of(FIRM, title, SEED, findings, "")
    found = judged_so.model_dump(mode="json", exclude={"folder"})  # which is of no interest to others
    figures = {finding.target.name: draw(finding) for finding in findings if finding.curves}
    figures[OVERVIEW] = draw_overview(judged_so)
    files = {f"{EVIDENCE}/{name}.svg": drawn(figure, "svg") for name, figure in figures.items()}
    files[f"{EVIDENCE}/{OBJECT}"] = written(found)
    runs = {study: digits for finding in findings for study, digits in finding.digests.items()}
    about = {"command": "make evidence", **parts(())[EVIDENCE], "runs": runs}
    publish(root, EVIDENCE, files, about)


def verdicts(root: Path) -> dict[str, str]:
    """What was said of each finding, if anything was."""
    path = root / EVIDENCE / OBJECT
    return {t["target"]: t["verdict"] for t in read(path)["targets"]} if path.is_file() else {}


def evidence_page(root: Path = PUBLISHED) -> str:
    """The page, made of what is published."""
    found = read(root / EVIDENCE / OBJECT)
    files = {name: link(PAGE, where) for name, where in files_shown(found).items()}
    return page_of(found, files)


def files_shown(found: Mapping[str, Any]) -> dict[str, str]:
    """The files that the page points to, by what it calls them."""
    with_curves = [target["target"] for target in found["targets"] if target["curves"]]
    figures = {name: f"{PLACE}/{EVIDENCE}/{name}.svg" for name in (OVERVIEW, *with_curves)}
    return {**figures, OBJECT: f"{PLACE}/{EVIDENCE}/{OBJECT}", "manifest.json": MANIFEST}
