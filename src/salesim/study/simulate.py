"""Run a firm as it is and as its strategy promised, on the same luck, as often as asked."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import SalesimError, UncompiledRuleError
from ..model.binding import Function, Rivals
from ..model.compiled import compile_model
from ..model.engine import ENGINES, EngineName
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes import COMPANY, LEVELS
from ..outcomes.declaring import Value
from ..outcomes.pair import Pair, run_pair
from ..outcomes.promise import contribution_of_full_execution
from ..result import Framed
from ..scenario.load import Policies, load_scenario
from ..scenario.refusal import chosen, counted
from ..scenario.rivals import named_rules, rival_rules
from .estimating import Estimate, SeriesEstimate, estimate_of, series_of
from .executor import Failure, workers_for

if TYPE_CHECKING:
    import pandas as pd

LARGEST_SEED = 2**63 - 1
MOST_REPLICATES = 1_000  # all deals are held in memory


@dataclass(frozen=True, repr=False, eq=False)
class Results(Framed):
    """All replicates of one scenario, in their order.

    The frames `weeks`, `levels`, `deals`, `reps`, `managers`, `accounts` and `outcomes` are tidy
    tables over the weeks of the plan: a column says which replicate a row is of. They are what the
    files of a results folder hold; `docs/data.md` describes every column.
    """

    scenario: Scenario
    seed: int
    engine: EngineName
    pairs: tuple[Pair, ...]
    rivals: Rivals = ()

    def __post_init__(self) -> None:
        in_order = sorted(self.pairs, key=lambda pair: pair.replicate)
        object.__setattr__(self, "pairs", tuple(in_order))

    def __repr__(self) -> str:
        return (
            f"Results({self.scenario.title!r}, replicates={len(self.pairs)}, seed={self.seed}, "
            f"engine={self.engine!r})"
        )

    def realised(self) -> NDArray[np.float64]:
        """Contribution by replicate and week of the plan (USD)."""
        return np.array([pair.realised_books["contribution"] for pair in self.pairs])

    def promised(self) -> NDArray[np.float64]:
        """Contribution promised, by replicate and week of the plan (USD)."""
        optimism = np.array([pair.realised_books["optimism"] for pair in self.pairs])
        return (1.0 + optimism) * self.full_execution()

    def full_execution(self) -> NDArray[np.float64]:
        """Contribution of full execution with pay at the on-target rate (USD)."""
        return np.array([contribution_of_full_execution(pair.ideal_books) for pair in self.pairs])

    @cached_property
    def values(self) -> dict[str, list[Value]]:
        """Every outcome of the company by its name, one value for each replicate."""
        histories = [pair.history for pair in self.pairs]
        return {o.name: [o.of(history) for history in histories] for o in COMPANY}

    @cached_property
    def measures(self) -> dict[str, Estimate | None]:
        """Every number that is an outcome of the company; None where it is not defined."""
        return {o.name: estimate_of(o, self.values) for o in COMPANY if o.index is None}

    @property
    def frame(self) -> pd.DataFrame:
        """Every number that is an outcome: mean and middle 80% of replicates, where defined, and unit."""
        import pandas as pd

        columns = ("outcome", "mean", "low", "high", "unit")
        known = ((o, self.measures[o.name]) for o in COMPANY if o.index is None)
        rows = [(o.name, *((m.mean, *m.interval) if m else (None,) * 3), str(o.unit)) for o, m in known]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def series(self) -> dict[str, SeriesEstimate | None]:
        """Every series that is an outcome of the company; None where it is not defined."""
        first = self.pairs[0].history
        return {o.name: series_of(o, self.values, first) for o in COMPANY if o.index is not None}

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """The ledger: a row for each replicate, run (realised or full execution) and week."""
        return self.arrow("weeks").to_pandas()

    @cached_property
    def levels(self) -> pd.DataFrame:
        """What people know and believe: a row for each replicate, week and level of the firm."""
        return self.arrow("levels").to_pandas()

    @cached_property
    def deals(self) -> pd.DataFrame:
        """Every quote of the plan and what became of it."""
        return self.arrow("deals").to_pandas()

    @cached_property
    def reps(self) -> pd.DataFrame:
        """Pay, credit and attainment: a row for each replicate, year and holder of a seat."""
        return self.arrow("reps").to_pandas()

    @cached_property
    def managers(self) -> pd.DataFrame:
        """What teams reach: a row for each replicate, year and first-line manager."""
        return self.arrow("managers").to_pandas()

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """What accounts bring over the plan: a row for each replicate and account."""
        return self.arrow("accounts").to_pandas()

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Every outcome of the company, replicate by replicate; a series has a row for each place."""
        return self.arrow("outcomes").to_pandas()

    def arrow(self, name: str) -> Any:
        """The frame of that name as an Arrow table, whose columns carry unit and meaning.

        Raises:
            SalesimError: another name.
        """
        from .rows import SHEETS
        from .tabling import table_of

        chosen("table", name, tuple(SHEETS))
        return table_of(name, [(pair.replicate, pair.history) for pair in self.pairs])

    def table(self, level: str) -> Any:
        """Outcomes of one level as an Arrow table, a row for each replicate and each of them.

        Args:
            level: "company", "manager" (a team and year), "rep" (a seat and year), "account"
                or "deal".

        Raises:
            SalesimError: another level.
        """
        from .rows import SHEET_OF_LEVEL

        return self.arrow(SHEET_OF_LEVEL[chosen("level", level, LEVELS)])


def simulate(
    scenario: Scenario | Path | str,
    policy: Policies = None,
    *,
    replicates: int = 20,
    seed: int = 1,
    engine: EngineName = "compiled",
    rules: Mapping[str, Function] | None = None,
    allow_code: bool = False,
    workers: int = 1,
    watch: Callable[[Iterator[Pair]], Iterator[Pair]] = iter,
) -> Results:
    """Run a scenario and its promise on the same luck.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        policy: what is laid over it: one policy or several, as in `load_scenario`.
        replicates: how many times, 1 to 1,000.
        seed: start of all luck, 0 to 2**63 - 1.
        engine: "compiled" or "mesa"; both give the same bits.
        rules: functions in the place of rules, such as `{"discounting.quoted_price": mine}`. They
            run on both engines; what Numba cannot compile runs on Mesa, with a warning.
        allow_code: whether functions that the scenario names may be imported, which runs their file.
        workers: how many replicates at a time; they share memory where the engine is compiled.
        watch: sees the replicates go by, for a progress bar.

    Raises:
        SalesimError: a scenario or policy that cannot be used, a seed or a number of replicates
            that is out of range, another engine, a rule that does not fit, or one that fails.
    """
    replicates = counted("replicates", replicates, 1, MOST_REPLICATES)
    seed = counted("seed", seed, 0, LARGEST_SEED)
    chosen("engine", engine, ENGINES)
    firm = load_scenario(scenario, policy) if policy or not isinstance(scenario, Scenario) else scenario
    rivals = rival_rules({**named_rules(firm, allow_code=allow_code), **(rules or {})})
    engine = engine_that_can(rivals, engine)

    def live(replicate: int) -> Pair:
        return run_pair(Run(firm, Luck(seed, replicate), rivals=rivals), engine)

    pool = workers_for(live, workers, engine, rivals)
    with closing(pool.carry_out(range(replicates))) as lived:
        pairs = tuple(watch(_pair_of(came) for came in lived))
    return Results(firm, seed, engine, pairs, rivals)


def _pair_of(came: tuple[int, Pair | Failure]) -> Pair:
    """The replicate, or an error that says which one failed and where in the code."""
    replicate, pair = came
    if isinstance(pair, Failure):
        error = SalesimError(f"replicate {replicate}: {pair.error}")
        error.add_note(pair.trace)
        raise error
    return pair


def engine_that_can(rivals: Rivals, engine: EngineName) -> EngineName:
    """The engine asked for, or Mesa where a rival cannot be compiled, with a warning that says so.

    Raises:
        MissingEngineError: the compiled engine without Numba.
    """
    if engine == "mesa" or (not rivals and _numba_is_here()):
        return engine  # the model itself is compiled when there is something to run, and not before
    try:
        compile_model(rivals)
    except UncompiledRuleError as error:
        warnings.warn(f"{error}; running on the Mesa engine, which is slower", stacklevel=3)
        return "mesa"
    return engine


def _numba_is_here() -> bool:
    try:
        return find_spec("numba") is not None
    except ValueError:
        return False


def realisation_ratio(results: Results, *, with_optimism: bool = True) -> Estimate | None:
    """Summed realised over summed promised contribution; None when nothing was promised.

    The interval is that of the ratios of the single replicates that promised something.
    """
    name = "realisation_ratio" if with_optimism else "realisation_ratio_without_optimism"
    return results.measures[name]
