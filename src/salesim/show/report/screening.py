"""The report of a screening: which numbers that nobody has measured move an outcome most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model.scenario import Scenario
from ...study.screening.screening import screening_of
from ...study.sweeps.design import AS_IS
from ...study.sweeps.runs import Runs
from ..screening import headline, screening_table, sentences
from .again import again, folder_of
from .limits import limits
from .page import Report, Section
from .pictures import pictures_of
from .standing import standings

MOST_ROWS = 200


def is_screening(found: Runs) -> bool:
    """Whether a sweep holds the trajectories of a screening."""
    study = found.study
    return study.name.endswith("_screened") and bool(study.samples) and len(study.numbers) == 1


def report_of_screening(found: Runs, manifest: Mapping[str, Any]) -> Report:
    """What the folder of a screening says.

    Raises:
        SalesimError: runs that failed, or an outcome that has no value.
    """
    screened, study = screening_of(found), found.study
    firm: Scenario = study.firms[AS_IS]
    caption = "The effect of each number over its plausible range"
    table = screening_table(screened, MOST_ROWS).called("movers", caption)
    where = folder_of(manifest, f"results/{study.name}/{manifest['key']}")
    return Report(
        kind="a screening",
        title=f"{study.title}: which unknown numbers matter",
        question=f"Which of the numbers that nobody has measured move {screened.outcome.noun} most?",
        answer=headline(screened),
        sections=(
            Section(
                "movers",
                "What moves the outcome",
                pictures=tuple(pictures_of(screened).values()),
                tables=(table,),
                points=tuple(sentences(screened)[1:]),
            ),
            standings(firm),
            limits(manifest, ["An effect holds for the plausible range that is assumed of the number."]),
            again(manifest, study, found.digest, where),
        ),
        manifest=manifest,
    )
