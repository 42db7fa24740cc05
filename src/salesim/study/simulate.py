"""Run a firm as it is and as its strategy promised, on the same luck, as often as asked."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..errors import SalesimError, UncompiledRuleError
from ..model.binding import Function, Rivals
from ..model.compiled import compile_model
from ..model.engine import ENGINES, EngineName, run_once
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Ideal, Luck, names
from ..model.tables import Records
from ..scenario.refusal import chosen, refusal
from ..scenario.rivals import named_rules, rival_rules
from .outcomes import OUTCOMES

FULL_EXECUTION = Ideal(**dict.fromkeys(names(Ideal), True))
LARGEST_SEED = 2**63 - 1
MOST_REPLICATES = 1_000  # all deals are held in memory until they are written
INTERVAL = (10.0, 90.0)


@dataclass(frozen=True)
class Pair:
    """One replicate: what the firm realised, and full execution of its strategy on the same luck.

    Both ledgers hold the weeks of the plan only; the deals are those realised, burn-in included.
    """

    replicate: int
    deals: Records
    realised_books: Records
    ideal_books: Records


@dataclass(frozen=True)
class Estimate:
    """A mean over replicates and the range that holds the middle 80% of them."""

    mean: float
    interval: tuple[float, float]
    unit: str


@dataclass(frozen=True)
class Results:
    """All replicates of one scenario."""

    scenario: Scenario
    seed: int
    engine: EngineName
    pairs: tuple[Pair, ...]
    rivals: Rivals = ()

    def realised(self) -> NDArray[np.float64]:
        """Contribution by replicate and week of the plan (USD)."""
        return np.array([pair.realised_books["contribution"] for pair in self.pairs])

    def promised(self) -> NDArray[np.float64]:
        """Contribution promised, by replicate and week of the plan (USD)."""
        optimism = np.array([pair.realised_books["optimism"] for pair in self.pairs])
        return (1.0 + optimism) * self.full_execution()

    @cached_property
    def measures(self) -> dict[str, Estimate | None]:
        """Every measure of the run by its name; None where it is not defined."""
        return _measures(self)

    def full_execution(self) -> NDArray[np.float64]:
        """Contribution of full execution with pay at the on-target rate (USD)."""
        books = [pair.ideal_books for pair in self.pairs]
        return np.array([
            b["revenue"] - b["unit_cost"] - b["serving_cost"] - b["on_target_pay"] for b in books
        ])


def simulate(
    scenario: Scenario,
    *,
    replicates: int = 20,
    seed: int = 1,
    engine: EngineName = "compiled",
    rules: Mapping[str, Function] | None = None,
    allow_code: bool = False,
    watch: Callable[[Iterator[Pair]], Iterator[Pair]] = iter,
) -> Results:
    """Run a scenario and its promise on the same luck.

    Args:
        scenario: the firm.
        replicates: how many times, 1 to 1,000.
        seed: start of all luck, 0 to 2**63 - 1.
        engine: "compiled" or "mesa"; both give the same bits.
        rules: functions in the place of rules, such as `{"discounting.quoted_price": mine}`. They
            run on both engines; what Numba cannot compile runs on Mesa, with a warning.
        allow_code: whether functions that the scenario names may be imported, which runs their file.
        watch: sees the replicates go by, for a progress bar.

    Raises:
        SalesimError: a seed or a number of replicates that is out of range, another engine, or
            a rule that does not fit.
    """
    _check_count("replicates", replicates, 1, MOST_REPLICATES)
    _check_count("seed", seed, 0, LARGEST_SEED)
    chosen("engine", engine, ENGINES)
    rivals = rival_rules({**named_rules(scenario, allow_code=allow_code), **(rules or {})})
    engine = engine_that_can(rivals, engine)
    runs = (Run(scenario, Luck(seed, replicate), rivals=rivals) for replicate in range(replicates))
    return Results(scenario, seed, engine, tuple(watch(run_pair(run, engine) for run in runs)), rivals)


def engine_that_can(rivals: Rivals, engine: EngineName) -> EngineName:
    """The engine asked for, or Mesa where a rival cannot be compiled, with a warning that says so."""
    if not rivals or engine == "mesa":
        return engine
    try:
        compile_model(rivals)
    except UncompiledRuleError as error:
        warnings.warn(f"{error}; running on the Mesa engine, which is slower", stacklevel=3)
        return "mesa"
    return engine


def _check_count(name: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SalesimError(
            refusal(name, "", "out of range", given=value, allowed=f"{low} to {high}")
        )


def run_pair(run: Run, engine: EngineName) -> Pair:
    """One replicate, realised and ideal."""
    start = run.scenario.organisation.burn_in_weeks
    realised = run_once(run, engine)
    ideal = run_once(
        replace(run, ideal=FULL_EXECUTION, quotas=realised.quotas, every_deal=False), engine
    )
    return Pair(run.luck.replicate, realised.deals, realised.books[start:], ideal.books[start:])


def realisation_ratio(results: Results, *, with_optimism: bool = True) -> Estimate | None:
    """Summed realised over summed promised contribution; None when nothing was promised.

    The interval is that of the ratios of the single replicates that promised something.
    """
    promised = results.promised() if with_optimism else results.full_execution()
    each_promised = promised.sum(axis=1)
    each_realised = results.realised().sum(axis=1)
    if each_promised.sum() <= 0.0:
        return None
    some = each_promised > 0.0
    low, high = np.percentile(each_realised[some] / each_promised[some], INTERVAL)
    mean = float(each_realised.sum() / each_promised.sum())
    return Estimate(mean, (float(low), float(high)), "share")


def estimate(values: list[float], unit: str) -> Estimate:
    """Mean and middle 80% of one value per replicate."""
    low, high = np.percentile(values, INTERVAL)
    return Estimate(float(np.mean(values)), (float(low), float(high)), unit)


def _measures(results: Results) -> dict[str, Estimate | None]:
    measures: dict[str, Estimate | None] = {
        "realisation_ratio": realisation_ratio(results),
        "realisation_ratio_without_optimism": realisation_ratio(results, with_optimism=False),
        "promised": estimate(list(results.promised().sum(axis=1)), "USD"),
        "realised": estimate(list(results.realised().sum(axis=1)), "USD"),
        "promised_revenue": estimate(
            [float(pair.ideal_books["revenue"].sum()) for pair in results.pairs], "USD"
        ),
    }
    for outcome in OUTCOMES:
        values = [outcome.of(pair.realised_books) for pair in results.pairs]
        known = [value for value in values if value is not None]
        measures[outcome.name] = estimate(known, outcome.unit) if known else None
    return measures
