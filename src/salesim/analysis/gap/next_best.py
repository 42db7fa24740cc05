"""The next best levers: what moving each of them gains, net of what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...inputs.declared import Declared, declared_numbers, value_of
from ...inputs.design import BASELINE, Number, Replicates, Study
from ...messages import integer
from ...model.calendar import YEAR
from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...outcomes.history import Numbers
from ...runs.causes import LEVEL
from ...runs.exec import Exec
from ...runs.intervals import by_replicate
from ...runs.reading import folder_name
from ...runs.runs import Runs
from ...runs.simulate import LARGEST_SEED
from ...runs.sweep import sweep
from ...statistics import bonferroni, level_of_each, mean_interval, mean_of
from .steps import NextLevers, Step

REPLICATES = 10
STEPS_ACROSS = 10  # a step is a tenth of what is plausible
CONTRIBUTION, COST = "contribution", "cost_of_people"
COACHING, MANAGERS_PAY = "coaching.coaching_share", "pay.manager_salary"
SPAN, SEATS = "organisation.span_of_control", "organisation.headcount"


def next_levers(
    firm: Scenario,
    name: str = "firm",
    *,
    replicates: int = REPLICATES,
    seed: int = 1,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> NextLevers:
    """Move each lever one step up and down and across what is plausible, and sort by what that gains.

    Raises:
        SalesimError: an option that cannot be used.
    """
    return steps_of(sweep(levers_study(firm, name, replicates, seed), out=out, how=how))


def levers_study(firm: Scenario, name: str, replicates: int, seed: int) -> Study:
    """The study whose runs the next best levers are based on: today's firm, and with each lever moved."""
    number = integer("replicates", replicates, 2, 10_000)
    moved = {f"{path}={after}": changed for path, after, changed in (*_steps(firm), *_plausible(firm))}
    firms = {BASELINE: firm} | moved
    return Study(
        name=f"{folder_name(name)}_levers",
        title=f"{firm.title}: its levers, one at a time",
        firms=firms,
        seed=integer("seed", seed, 0, LARGEST_SEED),
        replicates=Replicates(least=number, most=number),
        outcomes=(CONTRIBUTION, COST),
        promise=False,
    )


def _steps(firm: Scenario) -> Iterator[tuple[str, Number, Scenario]]:
    """Each lever with each value that is one step away, and the firm with that."""
    for number in _movable(firm):
        for ladder in _ladders(number, value_of(firm, number.path)):
            step = next(_possible(firm, number.path, ladder), None)
            if step is not None:
                yield (number.path, *step)


def _plausible(firm: Scenario) -> Iterator[tuple[str, Number, Scenario]]:
    """Each lever with a size at both ends and the middle of what is plausible, and the firm with that."""
    for number in _movable(firm):
        if not number.modes:
            low, high = number.sweep
            values = [number.type(each) for each in (low, 0.5 * (low + high), high)]
            others = [value for value in values if value != value_of(firm, number.path)]
            yield from ((number.path, *step) for step in _possible(firm, number.path, others))


def _movable(firm: Scenario) -> Iterator[Declared]:
    """The levers; one that the firm moves on a day has no one value to move from."""
    dated = {entry.lever for entry in firm.dated}
    for number in declared_numbers().values():
        if number.kind == "lever" and number.path not in dated:
            yield number


def _ladders(number: Declared, now: Number) -> Iterator[Sequence[Number]]:
    """Ways to go from here, nearest first: of a mode each other name, else up and down."""
    if isinstance(now, str):
        yield from ([mode] for mode in number.modes if mode != now)
        return
    for sign in (1.0, -1.0):
        yield list(_ladder(number, now, sign))


def _ladder(number: Declared, now: float, sign: float) -> Iterator[Number]:
    """Values further and further away, as far as what is plausible goes."""
    low, high = number.sweep
    width = (high - low) / STEPS_ACROSS
    if number.type is int:
        width = max(1, round(width))
    end = max(high, now) if sign > 0.0 else min(low, now)
    value = now + sign * width
    while sign * (end - value) > -0.5 * width:
        nearest = min(value, end) if sign > 0.0 else max(value, end)
        if nearest != now:
            yield int(nearest) if number.type is int else float(f"{nearest:.12g}")
        value += sign * (1 if number.type is int else width)


def _possible(firm: Scenario, path: str, ladder: Sequence[Number]) -> Iterator[tuple[Number, Scenario]]:
    """Values that make a firm whose numbers fit each other."""
    for value in ladder:
        try:
            yield value, firm.with_numbers({path: value})
        except ValueError:
            continue


def steps_of(found: Runs) -> NextLevers:
    """What each step gains, from the runs of its study.

    Raises:
        ResultsError: a run that failed.
    """
    found.refuse_failed()
    study, firm = found.study, found.study.firms[BASELINE]
    levers = {policy: policy.partition("=")[0] for policy in study.firms if policy != BASELINE}
    tables = (by_replicate(NUMBERS[name], found.joined([name]), "policy") for name in (CONTRIBUTION, COST))
    contribution, people = (
        {policy: (table[policy] - table[BASELINE]).dropna().to_numpy() for policy in levers}
        for table in tables
    )
    near = {f"{path}={after}" for path, after, _ in _steps(firm)}
    tried = Counter(levers.values())

    def moved(policy: str, several: int) -> Step:
        amounts = contribution[policy], people[policy]
        return _step(firm, study.firms[policy], levers[policy], amounts, several)

    ranked = _ranked(moved(policy, tried[lever]) for policy, lever in levers.items())
    best = {step.lever: step for step in reversed(ranked)}
    return NextLevers(
        title=firm.title,
        folder=str(found.folder),
        seed=study.seed,
        replicates=study.replicates.most,
        firm=firm,
        best=tuple(_ranked(best.values())),
        steps=tuple(_ranked(moved(policy, 1) for policy in levers if policy in near)),
    )


def _ranked(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (-step.gain, step.lever, str(step.after)))


def _step(
    firm: Scenario, changed: Scenario, path: str, amounts: tuple[Numbers, Numbers], tried: int
) -> Step:
    """What a value of a lever gains; of several that are tried, all intervals hold together."""
    contribution, people = amounts
    cost = people + coaching_cost(firm, changed)
    return Step(
        lever=path,
        before=value_of(firm, path),
        after=value_of(changed, path),
        unit=declared_numbers()[path].unit,
        estimate=mean_interval(contribution - cost, level_of_each(tried, LEVEL), bonferroni(tried)),
        contribution=mean_of(contribution),
        cost=mean_of(cost),
    )


def coaching_cost(firm: Scenario, changed: Scenario) -> float:
    """What more of managers' time for coaching costs over the plan, at their pay (USD).

    Salaries already hold the time of managers; what they do less of is worth what they are paid.
    """
    more = float(value_of(changed, COACHING)) - float(value_of(firm, COACHING))
    managers = -(-int(value_of(firm, SEATS)) // int(value_of(firm, SPAN)))
    years = firm.organisation.weeks / YEAR
    return more * managers * float(value_of(firm, MANAGERS_PAY)) * years
