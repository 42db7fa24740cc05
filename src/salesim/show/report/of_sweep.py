"""The report of a study: what came out at each setting, and how settings differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from ...analysis.answer_text import answer_sentences, note
from ...analysis.answering import answer_so_far
from ...analysis.comparing.comparing import comparison_of
from ...analysis.comparing.comparison import Comparison
from ...analysis.means.listing import failure_sentences, findings, means_table, state_of
from ...english import TODAY
from ...errors import SalesimError
from ...inputs.design import BASELINE, Study
from ...runs.promising import losses
from ...runs.runs import OVER_POINTS, Runs
from ...table import table
from .limits import limits
from .page import Report, Section
from .pictures import pictures_of, sections_of
from .reproduce import how_to_reproduce
from .standing import moved, standings

MAX_ROWS = 100
MAX_ARMS = 60  # all pairs of more take longer than they tell


def report_of_sweep(found: Runs, manifest: Mapping[str, Any]) -> Report:
    """What the folder of a study says.

    Raises:
        SalesimError: a folder that cannot be read.
    """
    study, compared = found.study, _compared(found)
    drawn = pictures_of(found)
    asked = answer_so_far(found)
    points = tuple(answer_sentences(asked)) if asked else ()
    shown = tuple(each for (_, of), each in drawn.items() if not of)
    return Report(
        kind="a study",
        title=study.title,
        question=" ".join(study.question.split()) or _question(study),
        answer=next(
            chain(
                losses(found),
                points,
                compared.sentences if compared else findings(found),
                [state_of(found)],
            )
        ),
        sections=(
            *([Section("answer", "What was found", (note(asked),), shown, points=points)] if asked else []),
            *sections_of(study.numbers, drawn),
            _means(found),
            *([_differences(compared)] if compared else []),
            _moved(study),
            standings(study.firms[BASELINE]),
            limits(manifest, list(_limits(found, compared))),
            how_to_reproduce(manifest, study, found.digest),
        ),
        manifest=manifest,
    )


def _compared(found: Runs) -> Comparison | None:
    """The settings as arms against today's firm, in outcomes in which one can be better."""
    study = found.study
    directed = tuple(outcome.name for outcome in study.numbers if outcome.better != "neither")
    if not directed or not 1 < study.points <= MAX_ARMS:
        return None
    try:
        return comparison_of(replace(found, study=study.model_copy(update={"outcomes": directed})))
    except SalesimError:  # no baseline among the settings, uncertain numbers, or runs that failed
        return None


def _question(study: Study) -> str:
    outcomes = " and ".join(outcome.name.replace("_", " ") for outcome in study.numbers)
    axes = ", ".join([*(["policy"] if len(study.firms) > 1 else []), *study.axes])
    return f"How does {outcomes} depend on {axes}?" if axes else f"What is {outcomes}?"


def _means(found: Runs) -> Section:
    means = found.summary(by="setting")
    if not len(means):
        return Section("means", "At each setting", ("The study asks for no outcome that is a number.",))
    shown = means_table(means).first(MAX_ROWS)
    return Section("means", "At each setting", (state_of(found),), tables=(shown,))


def _differences(compared: Comparison) -> Section:
    return Section(
        "differences",
        f"Each setting against {TODAY}",
        tables=tuple(table.first(MAX_ROWS) for table in compared.tables()),
        points=tuple(compared.sentences),
    )


def _moved(study: Study) -> Section:
    """What was moved, and what policies say otherwise than today's firm."""
    rows = [
        *((path, "lever", ", ".join(map(str, values))) for path, values in study.levers.items()),
        *((path, "uncertain", ", ".join(map(str, values))) for path, values in study.uncertainties.items()),
        *(
            (path, "uncertain", f"{len(values)} draws from {min(values):,.4g} to {max(values):,.4g}")
            for path, values in study.samples.items()
        ),
    ]
    tables = [table("moved", "What was moved", ("number", "as", "values"), rows)] if rows else []
    today = study.firms[BASELINE]
    others = (firm for name, firm in study.firms.items() if name != BASELINE)
    policies = moved({firm.title.removeprefix(f"{today.title} + "): firm for firm in others}, today)
    return Section("moved", "What was moved", tables=(*tables, *([policies] if policies else [])))


def _limits(found: Runs, compared: Comparison | None) -> Iterator[str]:
    if found.study.points > found.study.settings:
        yield f"Ranges are the {OVER_POINTS}: how far uncertain numbers move the mean, not chance alone."
    else:
        yield "Intervals of means are 95%, each by itself."
    if compared:
        yield "Intervals of differences hold together in 95% of cases, outcome by outcome."
    else:
        yield f"Settings are not compared with {TODAY} here; figures and table show means."
    yield from failure_sentences(found)
