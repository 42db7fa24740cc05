"""The report of a gap: where the promise is lost, deals behind it, and what to change next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...analysis.gap.explaining import explain
from ...analysis.gap.ledger import Ledger
from ...analysis.gap.next_best import steps_of
from ...analysis.gap.splitting import ledger_of
from ...analysis.gap.steps import NextLevers
from ...inputs.dates import span_of
from ...inputs.design import BASELINE
from ...runs.causes import named
from ...runs.coalitions import orders_in
from ...runs.exec import Exec
from ...runs.folder import LEVERS
from ...runs.runs import Runs, open_results
from .complete import check_complete
from .limits import limits
from .page import Folded, Report
from .pictures import section_of
from .replaying import Rerun
from .reproduce import how_to_reproduce
from .standing import standings

MAX_CAUSES = 3
WHY = "Why: what stands behind the largest causes"


def report_of_gap(found: Runs, manifest: Mapping[str, Any], replay: Rerun) -> Report:
    """What the folder of a split of the gap says.

    Raises:
        SalesimError: runs that failed or are still to come.
    """
    ledger, levers = ledger_of(found), _levers_in(found.folder)
    firm, study = ledger.firm, found.study
    return Report(
        kind="a gap",
        title=f"{firm.title}: why the plan of {span_of(firm)} falls short",
        question="How much of what the strategy promises is missing, where is it lost, and what would "
        "change it?",
        answer=ledger.sentences[0],
        sections=(
            section_of(ledger, "causes", "Where the promise is lost"),
            *([section_of(levers, "levers", "What to change next", 0)] if levers else []),
            replay.why(WHY, lambda how: _behind(ledger, how)),
            standings(firm),
            limits(manifest, list(_limits(ledger))),
            how_to_reproduce(manifest, study, found.digest),
        ),
        manifest=manifest,
    )


def _levers_in(folder: Path) -> NextLevers | None:
    """The next best levers, where they were looked for."""
    if not (folder / LEVERS).is_dir():
        return None
    found = open_results(folder / LEVERS)
    check_complete(found)
    return steps_of(found)


def _behind(ledger: Ledger, how: Exec) -> Iterator[Folded]:
    """Deals, seats or accounts behind the causes that take most."""
    taking = sorted((each for each in ledger.causes if each.mean > 0.0), key=lambda each: -each.mean)
    shown = [each for each in taking if named(each.name).switch and not each.unclear][:MAX_CAUSES]
    for amount in shown:
        told = explain(ledger.firm, amount.name, seed=ledger.seed, how=how)
        yield Folded(amount.name.capitalize(), points=tuple(told.sentences), unfolded=True)


def _limits(ledger: Ledger) -> Iterator[str]:
    if ledger.replicates > 1:
        yield (
            f"Intervals are 90%, each by itself, over {ledger.replicates:,} replicates. What has no clear "
            f"effect may have none at all."
        )
    else:
        yield "One replicate: how far another would differ is unknown."
    yield (
        "Causes overlap: the share of each is a mean over all orders in which they could be fixed, so "
        "fixing one alone brings more or less than its share."
    )


def is_gap(found: Runs) -> bool:
    """Whether a sweep holds the split of the gap of one firm."""
    kept = any(orders_in(name) is not None for name in found.study.tables)
    return kept and found.study.points == 1 and BASELINE in found.study.firms
