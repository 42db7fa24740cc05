"""Compare policies with today's firm: all arms use the same random draws, until differences are known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import statistics
from ...errors import ResultsError, SalesimError
from ...inputs.design import BASELINE, Number, Study
from ...inputs.load import Policy
from ...inputs.replicating import MIN_FOR_AN_INTERVAL
from ...messages import error_text, unusable
from ...model.scenario import Scenario
from ...model.state import Luck
from ...runs.exec import Exec
from ...runs.paired import MONEY, Paired, baseline_of, paired_outcomes
from ...runs.promising import check_promise, refuse_nothing
from ...runs.runs import Runs
from ...runs.sweep import sweep
from .compared_study import BUDGET, FIRST, ComparisonRequest, Grid, comparison_study
from .comparison import BETTER, DIFFERS, SAME, UNCLEAR, WORSE, Comparison, Difference, Rank
from .difference_parts import splits_of
from .divergence import Divergence, divergence_of

if TYPE_CHECKING:
    import pandas as pd
MAX_FOLLOWED = 6  # arms; of more only the best is followed to where it first differs


def compare(
    scenario: Scenario | Path | str,
    policies: Sequence[Policy] | Mapping[str, Policy] = (),
    *,
    outcomes: Sequence[str] = ("contribution",),
    precision: float = 1.0,
    replicates: tuple[int, int] = (FIRST, BUDGET),
    seed: int = 1,
    grid: Grid | None = None,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> Comparison:
    """Compare policies with today's firm, on the same random draws, until differences are precise enough.

    Args:
        scenario: the baseline: a scenario, a TOML file, or the name of a shipped one.
        policies: each of them an arm: TOML files, names of shipped ones or mappings, or these by name.
        outcomes: what is compared: numbers of the company; one without a direction gets no verdict.
        precision: half the 95% interval of a difference: points of the promise for money, percent of
            the baseline's mean for others.
        replicates: the first ones, whose scatter says how many it takes, and the most there may be.
        seed: random seed, 0 to 2**63 - 1.
        grid: values of levers, each crossed with all others and with the policies.
        out: the folder for the runs; results/SCENARIO_compared/KEY unless given.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Returns:
        Differences with intervals that hold together, rankings, and the runs that they are based on.

    Raises:
        SalesimError: anything of this that cannot be used, or a baseline that promises nothing.
    """
    first, budget = _two(replicates)
    names = (outcomes,) if isinstance(outcomes, str) else outcomes
    if not isinstance(names, Sequence):
        allowed = "the name of an outcome, or several"
        raise SalesimError(error_text("outcomes", "", "wrong type", given=names, allowed=allowed))
    asked = ComparisonRequest(tuple(dict.fromkeys(names)), precision, first, budget, seed)
    study = comparison_study(scenario, policies, asked, grid)
    return compared(study, out, how)


def _two(replicates: Any) -> tuple[Any, Any]:
    """The first replicates and the most.

    Raises:
        SalesimError: something else than two numbers.
    """
    if not isinstance(replicates, list | tuple) or len(replicates) != 2:
        allowed = f"two numbers, the first ones and the most, such as ({FIRST}, {BUDGET})"
        raise SalesimError(error_text("replicates", "", "wrong type", given=replicates, allowed=allowed))
    return replicates[0], replicates[1]


def compared(study: Study, out: Path | str | None, how: Exec) -> Comparison:
    """Simulate what a comparison takes; `out` and `how` as in `compare`.

    Raises:
        SalesimError: a baseline that promises nothing, where money is in points of the promise.
    """
    if any(outcome.unit == MONEY for outcome in study.numbers):
        check_promise(study.firms[BASELINE], (study.seed, study.replicates.least), how)
    return comparison_of(sweep(study, out=out, how=how))


def comparison_of(found: Runs) -> Comparison:
    """What the runs of a comparison say.

    Args:
        found: a sweep of today's firm and others, without uncertain numbers.

    Raises:
        ResultsError: a sweep without today's firm, or one whose runs failed.
    """
    study, points = found.study, found.points
    baseline = baseline_of(study, points) if study.points == study.settings else None
    if baseline is None:
        allowed = "a sweep with today's firm among its points, and no uncertain numbers"
        raise unusable(found.folder, "no comparison", allowed=allowed)
    found.refuse_failed()
    places, equal, titles = _arms(study, points, baseline)
    firms = {arm: points["firm"].iloc[place] for arm, place in places.items()}
    outcomes = paired_outcomes(study, found.store, list(firms.values()))
    for paired in outcomes:
        _refuse_unknown(paired, list(places))
    if any(paired.outcome.unit == MONEY for paired in outcomes):
        refuse_nothing(study.firms[BASELINE], _promise(outcomes))
    names, first = list(places), study.replicates.least if study.replicates.precision else 10**9
    return Comparison(
        title=study.title,
        folder=str(found.folder),
        sweep=found,
        seed=study.seed,
        arms=titles,
        precision=study.replicates.precision,
        differences=tuple(d for paired in outcomes for d in _differences(paired, names, equal, first)),
        rankings={paired.outcome.name: _ranking(paired, names, first) for paired in outcomes},
        splits=tuple(splits_of(found, outcomes, firms, first)),
        equal=equal,
        places=places,
    )


def _refuse_unknown(paired: Paired, names: Sequence[str]) -> None:
    """Refuse an outcome that too few replicates know under all arms to say anything of it.

    Raises:
        ResultsError: such an outcome, with the arm that knows it least.
    """
    known = np.isfinite(paired.values)
    together = int(known.all(axis=1).sum())
    if together < max(1, min(MIN_FOR_AN_INTERVAL, len(known))):
        outcome, arm = paired.outcome, names[int(known.sum(axis=0).argmin())]
        wrong = f"has no value in most replicates of {arm} ({outcome.undefined})"
        given = f"{together} of {len(known):,} replicates that all arms know"
        allowed = "more replicates, a larger firm, or another outcome"
        raise ResultsError(error_text("outcome", outcome.name, wrong, given=given, allowed=allowed))


def _promise(outcomes: Sequence[Paired]) -> float:
    """The promise that points are of (USD); 0 where there is none."""
    scale = next(paired.scale for paired in outcomes if paired.outcome.unit == MONEY)
    return 100.0 / scale if np.isfinite(scale) else 0.0


def _arms(
    study: Study, points: pd.DataFrame, baseline: int
) -> tuple[dict[str, int], dict[str, str], dict[str, str]]:
    """Points by the names of their arms, the baseline first; arms that are another firm again; titles."""
    places, equal, titles = {BASELINE: baseline}, {}, {BASELINE: study.firms[BASELINE].title}
    names = {points["firm"].iloc[baseline]: BASELINE}
    for point in study.each_point():
        if point.index == baseline:
            continue
        key = points["firm"].iloc[point.index]
        moved = ", ".join(f"{path}={value}" for path, value in point.numbers.items())
        policy = point.policy if point.policy != BASELINE else ""
        name = ", ".join(filter(None, (policy, moved)))
        called = [_title(study, policy)] if policy else []
        titles[name] = ", ".join([*called, *map(_said, point.numbers.items())])
        if key in names:
            equal[name] = names[key]
        else:
            places[name], names[key] = point.index, name
    return places, equal, _distinct(titles)


def _distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles, with the name of the arm beside those that several arms have."""
    often = Counter(titles.values())
    return {name: f"{title} ({name})" if often[title] > 1 else title for name, title in titles.items()}


def _said(moved: tuple[str, Number]) -> str:
    """A lever and its value, as people say it."""
    path, value = moved
    said = value if isinstance(value, str) else f"{value:g}"
    return f"{path.partition('.')[2].replace('_', ' ')} {said}"


def _title(study: Study, policy: str) -> str:
    """What a policy is called, without the firm that it is laid over."""
    return study.firms[policy].title.removeprefix(f"{study.firms[BASELINE].title} + ")


def _differences(
    paired: Paired, names: Sequence[str], equal: Mapping[str, str], first: int
) -> list[Difference]:
    found = [_difference(paired, names, arm, first) for arm in range(1, len(names))]
    return found + [_of_equals(paired, arm, twin, found) for arm, twin in equal.items()]


def _difference(paired: Paired, names: Sequence[str], arm: int, first: int) -> Difference:
    values = paired.values[:, [0, arm]]
    there = np.isfinite(values.sum(axis=1))
    values, first = values[there], int(there[:first].sum())
    each = values[:, 1] - values[:, 0]
    known = statistics.two_stage_interval(each, first, len(names) - 1)
    return Difference(
        arm=names[arm],
        estimate=known,
        outcome=paired.outcome,
        baseline=float(values[:, 0].mean()),
        scale=paired.scale,
        scaled_unit=paired.said_in,
        chance_positive=statistics.chance_positive(each, first),
        replicates=len(each),
        correlation=statistics.correlation(values),
        variance_ratio=statistics.variance_ratio(values),
        verdict=_verdict(paired, known),
        paired=each,
    )


def _of_equals(paired: Paired, arm: str, twin: str, found: Sequence[Difference]) -> Difference:
    """An arm that is a firm which stands there already: the same difference, and no verdict of its own."""
    for difference in found:
        if difference.arm == twin:
            return difference.model_copy(update={"arm": arm})
    zero = _difference(paired, [arm], 0, 1)
    none = statistics.Interval(0.0, 0.0, 0.0)
    unknown = {"correlation": math.nan, "variance_ratio": math.nan}
    return zero.model_copy(update={"estimate": none, "verdict": SAME, **unknown})


def _verdict(paired: Paired, difference: statistics.Interval) -> str:
    if not difference.significant:
        return UNCLEAR
    if paired.outcome.better == "neither":
        return DIFFERS
    return BETTER if (difference.sign > 0) == (paired.outcome.better == "higher") else WORSE


def _ranking(paired: Paired, names: Sequence[str], first: int) -> tuple[Rank, ...]:
    """All arms, the best first, or the highest, and which of them have no clear difference."""
    sign = 1.0 if paired.outcome.better == "lower" else -1.0
    known = paired.values[np.isfinite(paired.values).all(axis=1)]
    means = known.mean(axis=0)
    order = sorted(range(len(names)), key=lambda arm: (sign * means[arm], arm))
    pairs = list(combinations(order, 2))
    apart = {
        (a, b)
        for a, b in pairs
        if statistics.two_stage_interval(known[:, a] - known[:, b], first, len(pairs)).significant
    }
    beaten_by = [1 + sum((ahead, arm) in apart for ahead in order) for arm in order]
    return tuple(
        Rank(
            arm=names[arm],
            mean=float(means[arm]),
            place=place,
            tied_with=tuple(
                names[other]
                for other in order
                if other != arm and (arm, other) not in apart and (other, arm) not in apart
            ),
        )
        for arm, place in zip(order, accumulate(beaten_by, max), strict=True)
    )


def divergences_of(found: Comparison, how: Exec = Exec()) -> dict[str, Divergence | None]:
    """Where each arm, or the best of many, first differs from the baseline in the first replicate.

    Raises:
        SalesimError: the compiled engine without Numba, or a rule that cannot be used.
    """
    study = found.sweep.study
    rivals, engine = how.bound(study.firms[BASELINE])
    arms = [arm for arm in found.places if arm != BASELINE]
    if len(arms) > MAX_FOLLOWED:
        ranked = next(iter(found.rankings.values()))
        arms = [rank.arm for rank in ranked if rank.arm != BASELINE][:1]
    baseline, luck = study.firms[BASELINE], Luck(study.seed, 0)
    return {arm: divergence_of(baseline, found.firm(arm), luck, engine, rivals) for arm in arms}
