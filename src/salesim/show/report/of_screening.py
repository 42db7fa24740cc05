"""The report of a screening: which parameters that nobody has measured move an outcome most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...analysis.screening.screen import screening_of
from ...analysis.screening.screening_study import SCREENED
from ...inputs.design import BASELINE
from ...runs.runs import Runs
from .limits import limits
from .page import Report
from .pictures import section_of
from .reproduce import how_to_reproduce
from .standing import standings


def is_screening(found: Runs) -> bool:
    """Whether a sweep holds the trajectories of a screening."""
    study = found.study
    return study.name.endswith(SCREENED) and bool(study.samples) and len(study.numbers) == 1


def report_of_screening(found: Runs, manifest: Mapping[str, Any]) -> Report:
    """What the folder of a screening says.

    Raises:
        SalesimError: runs that failed, or an outcome that has no value.
    """
    screened, study = screening_of(found), found.study
    return Report(
        kind="a screening",
        title=f"{study.title}: which uncertain parameters matter",
        question=f"Which of the parameters that nobody has measured move {screened.outcome.noun} most?",
        answer=screened.sentences[0],
        sections=(
            section_of(screened, "parameters", "What moves the outcome"),
            standings(study.firms[BASELINE]),
            limits(manifest, ["An effect holds for the plausible range that is assumed of the parameter."]),
            how_to_reproduce(manifest, study, found.digest),
        ),
        manifest=manifest,
    )
