"""The study behind a comparison: today's firm, each policy, and each place of a grid of levers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SalesimError, ScenarioError
from ...inputs.declared import declared_values, value_of
from ...inputs.design import AN_ARM, BASELINE, MAX_RUNS, Replicates, Study
from ...inputs.load import Policy, load_scenario
from ...inputs.replicating import MAX_OF_A_POINT, MIN_FOR_AN_INTERVAL, WIDEST
from ...messages import chosen, error_text, integer, nearest
from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...runs.reading import filed_under, load_study
from ...runs.simulate import LARGEST_SEED
from .difference_parts import TOTALS

FIRST, BUDGET = 20, 400
Grid = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class ComparisonRequest:
    """How well differences are to be known.

    Args:
        outcomes: what is compared: numbers of the company; those without a direction get no verdict.
        precision: half the 95% interval (points of the promise, or percent of the baseline mean).
        first: replicates from which it is reckoned how many it takes.
        budget: replicates at most.
        seed: random seed.
    """

    outcomes: tuple[str, ...] = ("contribution",)
    precision: float = 1.0
    first: int = FIRST
    budget: int = BUDGET
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be asked.

        Raises:
            SalesimError: an outcome that is none, or a number out of range.
        """
        if not self.outcomes:
            raise SalesimError(error_text("outcome", "", "is missing", allowed=", ".join(NUMBERS)))
        for name in self.outcomes:
            chosen("outcome", str(name), tuple(NUMBERS))
        number = isinstance(self.precision, int | float) and not isinstance(self.precision, bool)
        if not (number and math.isfinite(self.precision) and 0.0 < self.precision < WIDEST):
            allowed = "a number above 0: points of the promise, or percent of the baseline"
            wrong = "no half-width"
            raise SalesimError(error_text("precision", "", wrong, given=self.precision, allowed=allowed))
        integer("replicates", self.first, MIN_FOR_AN_INTERVAL, MAX_OF_A_POINT)
        integer("budget", self.budget, MIN_FOR_AN_INTERVAL, MAX_OF_A_POINT)
        integer("seed", self.seed, 0, LARGEST_SEED)

    @property
    def replicates(self) -> Replicates:
        """The rule by which replicates are counted; a small budget cuts the first ones short."""
        first = min(self.first, self.budget)
        return Replicates(least=first, most=self.budget, precision=self.precision)


def comparison_study(
    scenario: Scenario | Path | str,
    policies: Sequence[Policy] | Mapping[str, Policy],
    asked: ComparisonRequest,
    grid: Grid | None = None,
    settings: Any = None,
) -> Study:
    """The study whose runs a comparison is based on.

    Args:
        scenario: the baseline: a scenario, a TOML file, or the name of a shipped one.
        policies: what is compared with it: TOML files, names of shipped ones or mappings, each an arm;
            or these by the names of the arms.
        asked: how well differences are to be known.
        grid: values of levers, each crossed with all others and with the policies.
        settings: numbers of the baseline that differ from its scenario, as in `load_scenario`.

    Raises:
        SalesimError: anything of this that cannot be used.
    """
    firm = load_scenario(scenario, None, settings)
    firms = firms_by_arm(firm, policies)
    grid = _checked_grid(grid or {})
    if len(firms) == 1 and not grid:
        wrong, allowed = "nothing to compare with today's firm", "a policy, or a lever with values"
        raise SalesimError(error_text("compare", "", wrong, allowed=allowed))
    levers = {path: _with_own_value(firm, path, values) for path, values in grid.items()}
    designed = _designed(firm, levers, asked)
    whole = designed.model_copy(
        update={
            "name": f"{filed_under(scenario)}_compared",
            "title": f"{firm.title}: policies compared",
            "firms": firms,
        }
    )
    _check_moved(whole)
    if whole.most_runs > MAX_RUNS:
        allowed = f"at most {MAX_RUNS:,} runs: fewer arms, or a smaller budget"
        given = f"{whole.most_runs:,} runs"
        raise SalesimError(error_text("compare", "", "too large", given=given, allowed=allowed))
    return whole


def _designed(firm: Scenario, levers: Mapping[str, Any], asked: ComparisonRequest) -> Study:
    """The study of today's firm and a grid of levers.

    Raises:
        SalesimError: a lever that is none, or values that it cannot have.
    """
    try:
        return load_study(
            {
                "scenario": firm,
                "levers": levers,
                "seed": asked.seed,
                "outcomes": list(asked.outcomes),
                "replicates": asked.replicates.model_dump(exclude_defaults=True),
                "tables": [TOTALS],
            }
        )
    except ScenarioError as error:
        lines = (line.removeprefix("study: ").removeprefix("levers.") for line in str(error).splitlines())
        raise ScenarioError("\n".join(f"grid: {line}" for line in lines)) from None


def firms_by_arm(firm: Scenario, policies: Sequence[Policy] | Mapping[str, Policy]) -> dict[str, Scenario]:
    """A firm, the baseline, and the same with each of some policies, by the names of their arms."""
    named = _named(policies).items()
    return {BASELINE: firm} | {name: load_scenario(firm, policy) for name, policy in named}


def _named(policies: Sequence[Policy] | Mapping[str, Policy]) -> dict[str, Policy]:
    """Each policy by the name of its arm; two of one name are numbered."""
    if isinstance(policies, str | Path):
        policies = [policies]
    if isinstance(policies, Mapping):
        return {_checked(name): policy for name, policy in policies.items()}
    if not isinstance(policies, Sequence):
        allowed = "policies in a list, or by the names of their arms"
        raise SalesimError(error_text("policies", "", "wrong type", given=policies, allowed=allowed))
    found: dict[str, Policy] = {}
    for place, policy in enumerate(policies, 1):
        if not isinstance(policy, str | Path | Mapping):
            allowed = "a name, a path or a mapping"
            raise SalesimError(
                error_text(f"policy {place}", "", "wrong type", given=policy, allowed=allowed)
            )
        stem = f"policy_{place}" if isinstance(policy, Mapping) else Path(policy).stem
        name = re.sub(r"[^\w-]+", "_", stem).strip("_") or f"policy_{place}"
        numbered = (name, *(f"{name}_{number}" for number in range(2, len(policies) + 3)))
        found[next(free for free in numbered if free not in (*found, BASELINE))] = policy
    return found


def _checked(name: Any) -> str:
    if not isinstance(name, str) or not AN_ARM.fullmatch(name) or name == BASELINE:
        allowed = f"a name of up to 200 signs without slashes, other than {BASELINE}, which is today's firm"
        raise SalesimError(error_text("policies", "", "no name for an arm", given=name, allowed=allowed))
    return name


def _checked_grid(grid: Any) -> Grid:
    """A grid that has values of each of its levers."""
    allowed = 'values by lever, such as {"regime.discount_authority": [0.0, 0.2]}'
    if not isinstance(grid, Mapping):
        raise SalesimError(error_text("grid", "", "wrong type", given=grid, allowed=allowed))
    for path, values in grid.items():
        if not isinstance(path, str):
            raise SalesimError(error_text("grid", "", "no name of a lever", given=path, allowed=allowed))
        if isinstance(values, list | tuple) and not values:
            raise SalesimError(error_text("grid", path, "no values", allowed=allowed))
    return grid


def _with_own_value(firm: Scenario, path: str, values: Sequence[Any]) -> Any:
    """Values of a lever with that of today's firm among them, in their order."""
    levers = {path: number for path, number in declared_values().items() if number.kind == "lever"}
    if path not in levers:
        wrong = f"is a {declared_values()[path].kind}" if path in declared_values() else "no such lever"
        allowed = "a lever, as salesim params lists them"
        near = nearest(path, [*levers])
        raise SalesimError(error_text("grid", path, wrong, allowed=allowed, near=near))
    number = levers[path]
    if not isinstance(values, list | tuple):
        return values  # which reading the study refuses, with the reason
    own = value_of(firm, path)
    if own in values:
        return list(values)
    if not number.is_number or not all(isinstance(value, int | float) for value in values):
        return [own, *values]
    return sorted([own, *values])


def _check_moved(study: Study) -> None:
    """Refuse a policy that changes what the grid moves."""
    firm = study.firms[BASELINE]
    for name, changed in study.firms.items():
        dated = {entry.lever for entry in changed.dated}
        for path in study.levers:
            if path in dated or value_of(changed, path) != value_of(firm, path):
                who = "today's firm" if name == BASELINE else name
                wrong = f"changes {path}, which the grid moves too"
                raise SalesimError(error_text("grid", who, wrong, allowed="one or the other"))
