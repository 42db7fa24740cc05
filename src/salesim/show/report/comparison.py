"""The report of a comparison: whether an arm beats the firm as it is, by how much, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...english import capital
from ...model.binding import Rivals
from ...study.comparing.comparing import comparison_of
from ...study.comparing.comparison import BETTER, SAME, WITHIN_NOISE, WORSE, Comparison
from ...study.comparing.partings import partings_of
from ...study.sweeps.design import AS_IS
from ...study.sweeps.runs import Runs
from ..comparisons import BASELINE, amount, audit, comparison_table, interval, sentence, sentences
from .again import again, arms_alone, folder_of
from .limits import limits
from .living import Living
from .page import Folded, Report, Section
from .pictures import pictures_of
from .standing import moved, standings

MOST_ROWS = 100
MOST_NAMED = 3
LIMITS = (
    "All intervals of an outcome hold together in 95% of cases. An arm is called better or worse only "
    "where its interval leaves out zero; within noise means that no difference is shown, and not that "
    "there is none.",
    "Where histories part is the first thing that differs, in one replicate; it need not be what the "
    "difference is made of.",
)
SAME_TO_THE_END = "Both histories are the same to the end."


def report_of_comparison(found: Runs, manifest: Mapping[str, Any], living: Living) -> Report:
    """What the folder of a comparison says.

    Raises:
        SalesimError: runs that failed, or an outcome of which nothing is known.
    """
    compared, study = comparison_of(found), found.study
    where = folder_of(manifest, f"results/{study.name}/{manifest['key']}")
    return Report(
        kind="a comparison",
        title=study.title,
        question=study.question or _question(compared),
        answer=answer(compared),
        sections=(
            *differences(compared),
            *_arms(compared),
            living.why("Why: where histories part", lambda rivals: _partings(compared, living, rivals)),
            standings(study.firms[AS_IS]),
            limits(manifest, LIMITS),
            again(manifest, study, found.digest, where, list(arms_alone(compared, manifest))),
        ),
        manifest=manifest,
    )


def _question(found: Comparison) -> str:
    called = [title for arm, title in found.titles.items() if arm != AS_IS]
    outcomes = " and ".join(outcome.name.replace("_", " ") for outcome in found.outcomes)
    named = " or ".join([*filter(None, [", ".join(called[:-1])]), called[-1]])
    which = f"Which of {len(called)} arms is" if len(called) > MOST_NAMED else f"Is {named}"
    return f"{which} better than {BASELINE} in {outcomes}, by how much, and how surely?"


def answer(found: Comparison) -> str:
    """The verdict in the first outcome, in one sentence: on the arm, or on the best of several."""
    outcome = found.outcomes[0]
    each = found.of(outcome)
    if len(each) == 1:
        return capital(sentence(found, each[0]))
    verdicts = [difference.verdict for difference in each]
    kinds = ((WORSE, "worse"), (WITHIN_NOISE, "within noise"), (SAME, "the same firm"))
    rest = ", ".join(f"{verdicts.count(kind)} {said}" for kind, said in kinds if kind in verdicts)
    beats = {difference.arm: difference for difference in each if difference.verdict == BETTER}
    noun = outcome.name.replace("_", " ")
    if not beats:
        return f"None of {len(each)} arms beats {BASELINE} in {noun}: {rest}."
    first = next(rank for rank in found.rankings[outcome.name] if rank.arm in beats)
    best = beats[first.arm]
    twins = [arm for arm in first.not_apart if arm != AS_IS]
    unsure = f" (not to be told apart from {len(twins)} other{'s' * (len(twins) > 1)})" if twins else ""
    much, within = amount(best, absolute=True), interval(best, absolute=True)
    return (
        f"{len(beats)} of {len(each)} arms beat{'s' * (len(beats) == 1)} {BASELINE} in {noun}"
        f"{f' ({rest})' if rest else ''}; the best, {found.titles[best.arm]}{unsure}, does so by {much}, "
        f"95% interval {within}, {best.replicates:,} paired replicates."
    )


def differences(found: Comparison) -> Iterator[Section]:
    """Sections on all differences, and on each outcome."""
    drawn = pictures_of(found)
    caption = "Each arm less the firm as it is, on the same luck"
    table = comparison_table(found, MOST_ROWS).called("differences", caption)
    yield Section(
        "differences",
        "Each arm against the firm as it is",
        pictures=tuple(each for (_, of), each in drawn.items() if not of),
        tables=(table,),
        points=(*sentences(found), *audit(found)),
    )
    for outcome in found.outcomes:
        own = tuple(each for (_, of), each in drawn.items() if of == outcome.name)
        if own:
            heading = f"In {outcome.name.replace('_', ' ')}"
            yield Section(f"of_{outcome.name}", heading, (outcome.meaning,), own)


def _arms(found: Comparison) -> Iterator[Section]:
    """What each arm changes."""
    firms = {found.titles[arm]: found.firm(arm) for arm in found.places if arm != AS_IS}
    table = moved(dict(list(firms.items())[:MOST_ROWS]), found.sweep.study.firms[AS_IS])
    if table:
        yield Section("arms", "What was compared", tables=(table,))


def _partings(found: Comparison, living: Living, rivals: Rivals) -> Iterator[Folded]:
    for arm, parting in partings_of(found, living.engine, rivals).items():
        said = parting.sentence() if parting else SAME_TO_THE_END
        yield Folded(capital(found.titles[arm]), points=(said,), unfolded=True)
