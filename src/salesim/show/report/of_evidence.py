"""The report of evidence: the firm judged by published findings, misses in plain sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...english import capital
from ...evidence.judging import Finding
from ...evidence.reopening import findings_in
from ...inputs.content_hash import digits_of
from ...inputs.design import BASELINE, Replicates, Study
from ...model.scenario import Scenario
from ...runs.manifest import read_part
from ..evidence.machine import Evidence, FindingCheck, evidence_of
from .limits import limits
from .page import Picture, Report, Section
from .pictures import pictures_of
from .reproduce import how_to_reproduce
from .standing import standings

RULES = (
    "A measure is reproduced when its value lies in the band that was fixed before the model was "
    "calibrated, its interval overlaps the band, and its sign holds in at least 80% of the replicates.",
    "A finding is reproduced when all its judged measures are. Fitted measures are what the model was "
    "calibrated on: to hit them proves nothing. All others are held out.",
)


def report_of_evidence(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """What the folder of evidence says.

    Raises:
        SalesimError: a folder that is not finished or cannot be read.
    """
    firm = read_part(folder, dict(manifest), "scenario", Scenario)
    findings, seed = findings_in(folder), int(manifest["seed"])
    found = evidence_of("", firm.title, seed, findings, "")
    drawn = {of: each for (_, of), each in pictures_of(found).items()}
    first, *others = found.sentences
    return Report(
        kind="evidence",
        title=f"{firm.title}: judged by published findings",
        question="Does the model show what was measured in real sales forces, within bands that were fixed "
        "beforehand?",
        answer=first,
        sections=(
            Section(
                "overview",
                "What is reproduced, and what is missed",
                pictures=(drawn[""],),
                points=tuple(others),
            ),
            Section("measures", "Every measure", RULES, tables=found.tables()),
            *(
                _section(finding, said, drawn[finding.target.name])
                for finding, said in zip(findings, found.targets, strict=True)
            ),
            standings(firm),
            limits(manifest, list(_limits(findings))),
            how_to_reproduce(
                manifest,
                _study(firm, seed, found),
                digits_of(manifest["runs"], 16),
                others=[(f"hash of {name}", digits) for name, digits in manifest["runs"].items()],
            ),
        ),
        manifest=manifest,
    )


def _section(finding: Finding, said: FindingCheck, drawn: Picture) -> Section:
    name = finding.target.name
    verdict = str(said.verdict)
    told = [f"{capital(verdict)}. {said.finding}", *filter(None, [said.note])]
    return Section(
        name,
        f"{name} {finding.target.title}",
        tuple(told),
        (drawn,),
        points=tuple(said.citation),
    )


def _limits(findings: Sequence[Finding]) -> Iterator[str]:
    yield (
        "That a published pattern is reproduced says that the model can be right, and not that it is; "
        "other models may show the same."
    )
    tried = ", ".join(finding.target.name for finding in findings)
    yield f"Only these findings were tried: {tried}."


def _study(firm: Scenario, seed: int, found: Evidence) -> Study:
    """Seed and replicates, in the form of a study."""
    often = int(found.replicates) or 1
    return Study(
        name="evidence",
        title=firm.title,
        firms={BASELINE: firm},
        seed=seed,
        replicates=Replicates(least=often, most=often),
        outcomes=(),
    )
