"""The report of a run: one firm, and how much of its promise it realised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...inputs.dates import span_of
from ...runs.one_firm import results_of
from ...runs.results import Results
from ...runs.runs import Runs
from .limits import limits
from .page import Command, Report, Section
from .pictures import pictures_of
from .reproduce import asked_in, how_to_reproduce, line_of
from .standing import standings

FIRST = "promised_and_realised"


def report_of_run(found: Runs, manifest: Mapping[str, Any]) -> Report:
    """What the folder of a run says.

    Raises:
        SalesimError: runs that failed, or tables that are damaged.
    """
    results, study = results_of(found), found.study
    firm, measures = results.firm, results.measures
    drawn = {name: each for (name, _), each in pictures_of(results).items()}
    main, every = results.tables()
    often = results.replicates
    others = tuple(each for name, each in drawn.items() if name != FIRST)
    ranges = (
        "One replicate: how far another would differ is not known."
        if often == 1
        else f"Ranges hold the middle 80% of {often:,} replicates: how far one plan may come out from "
        "another."
    )
    promise = [] if measures["realisation_ratio"] else ["There is no promise to compare with."]
    return Report(
        kind="a run",
        title=f"{firm.title}: what a plan of {span_of(firm)} realises",
        question="How much of what its strategy promises does this firm realise?",
        answer=results.answer(),
        sections=(
            Section(
                "promise",
                "What was promised and what was realised",
                pictures=(drawn[FIRST],),
                tables=(main.called("main", "The main outcomes, money a year"),),
            ),
            Section("people", "What people did", pictures=others),
            Section("numbers", "All outcomes", tables=(every,)),
            _why(results, manifest),
            standings(firm),
            limits(manifest, [*promise, ranges]),
            how_to_reproduce(manifest, study, found.digest),
        ),
        manifest=manifest,
    )


def _why(results: Results, manifest: Mapping[str, Any]) -> Section:
    """A run shows how much is missing, and not where; the command that does."""
    asked = asked_in(manifest)
    said = [word for name in ("--policy", "--set") for value in asked.of(name) for word in (name, value)]
    code = [flag for flag in asked.flags if flag == "--allow-code"]
    line = line_of(["gap", *asked.words, *said, "--seed", str(results.seed), *code])
    return Section(
        "why",
        "Why",
        sentences=("This folder says how much of the promise is missing, and not where it is lost.",),
        commands=(Command("Split what is missing over its causes, with deals behind them", line),)
        if asked.words
        else (),
    )
