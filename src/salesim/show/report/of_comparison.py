"""The report of a comparison: whether an arm beats today's firm, by how much, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...analysis.comparing.comparing import comparison_of, divergences_of
from ...analysis.comparing.comparison import Comparison
from ...english import TODAY, capital, phrase
from ...inputs.design import BASELINE
from ...runs.exec import Exec
from ...runs.runs import Runs
from .limits import limits
from .page import Folded, Report, Section
from .pictures import pictures_of, sections_of
from .replaying import Rerun
from .reproduce import arms_alone, how_to_reproduce
from .standing import moved, standings

MAX_ROWS = 100
MAX_NAMED = 3
LIMITS = (
    "All intervals of an outcome hold together in 95% of cases. An arm is called better or worse only if "
    "its interval excludes zero. No clear difference does not mean that there is none.",
    "Where the runs first differ is the first change in one replicate. It need not explain the difference.",
)
SAME_TO_THE_END = "The two runs are the same to the end."


def report_of_comparison(found: Runs, manifest: Mapping[str, Any], replay: Rerun) -> Report:
    """What the folder of a comparison says.

    Raises:
        SalesimError: runs that failed, or an outcome of which nothing is known.
    """
    compared, study = comparison_of(found), found.study
    return Report(
        kind="a comparison",
        title=study.title,
        question=study.question or _question(compared),
        answer=compared.sentences[0],
        sections=(
            *differences(compared),
            *_arms(compared),
            replay.why("Why: where the runs first differ", lambda how: _divergences(compared, how)),
            standings(study.firms[BASELINE]),
            limits(manifest, LIMITS),
            how_to_reproduce(manifest, study, found.digest, list(arms_alone(compared, manifest))),
        ),
        manifest=manifest,
    )


def _question(found: Comparison) -> str:
    called = [title for arm, title in found.arms.items() if arm != BASELINE]
    outcomes = phrase([outcome.noun for outcome in found.outcomes])
    named = " or ".join([*filter(None, [", ".join(called[:-1])]), called[-1]])
    if all(outcome.better == "neither" for outcome in found.outcomes):
        return f"How do arms differ from {TODAY} in {outcomes}, by how much, and how surely?"
    which = f"Which of {len(called)} arms is" if len(called) > MAX_NAMED else f"Is {named}"
    return f"{which} better than {TODAY} in {outcomes}, by how much, and how surely?"


def differences(found: Comparison) -> Iterator[Section]:
    """Sections on all differences, and on each outcome."""
    drawn = pictures_of(found)
    yield Section(
        "differences",
        f"Each arm against {TODAY}",
        pictures=tuple(each for (_, of), each in drawn.items() if not of),
        tables=tuple(table.first(MAX_ROWS) for table in found.tables()),
        points=tuple(found.sentences[1:]),
    )
    yield from sections_of(found.outcomes, drawn, "In ")


def _arms(found: Comparison) -> Iterator[Section]:
    """What each arm changes."""
    firms = {found.arms[arm]: found.firm(arm) for arm in found.places if arm != BASELINE}
    table = moved(dict(list(firms.items())[:MAX_ROWS]), found.sweep.study.firms[BASELINE])
    if table:
        yield Section("arms", "What was compared", tables=(table,))


def _divergences(found: Comparison, how: Exec) -> Iterator[Folded]:
    for arm, divergence in divergences_of(found, how).items():
        said = divergence.sentence if divergence else SAME_TO_THE_END
        yield Folded(capital(found.arms[arm]), points=(said,), unfolded=True)
