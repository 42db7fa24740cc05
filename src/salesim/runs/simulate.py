"""Simulate a firm and its promise on the same random draws, once for each replicate."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from ..errors import SalesimError, UncompiledRuleError
from ..inputs.load import Policies, load_scenario
from ..inputs.rivals import named_rules, rival_rules
from ..messages import chosen, counted
from ..model.binding import Function, Rivals
from ..model.compiled import compile_model
from ..model.engine import ENGINES, EngineName
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import Pair, run_pair
from .estimating import Estimate
from .executor import Failure, workers_for
from .results import Results

LARGEST_SEED = 2**63 - 1
MOST_REPLICATES = 1_000  # all deals are held in memory


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
    """Run a scenario and its promise on the same random draws.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        policy: what is laid over it: one policy or several, as in `load_scenario`.
        replicates: how many times, 1 to 1,000.
        seed: random seed, 0 to 2**63 - 1.
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
    return Results(title=firm.title, seed=seed, engine=engine, firm=firm, pairs=pairs, rivals=rivals)


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
