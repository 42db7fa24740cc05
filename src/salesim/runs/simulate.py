"""Simulate a firm and its promise on the same random draws, once for each replicate."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ..errors import SalesimError
from ..inputs.load import Policies, load_scenario
from ..messages import integer
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import Pair, run_pair
from .exec import Exec, Stage
from .executor import Failure, workers_for
from .results import Results

LARGEST_SEED = 2**63 - 1
MAX_REPLICATES = 1_000  # all deals are held in memory


def simulate(
    scenario: Scenario | Path | str,
    policy: Policies = None,
    *,
    replicates: int = 20,
    seed: int = 1,
    how: Exec = Exec(),
) -> Results:
    """Simulate a scenario and its promise on the same random draws; nothing is stored.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        policy: what is laid over it: one policy or several, as in `load_scenario`.
        replicates: how many times, 1 to 1,000.
        seed: random seed, 0 to 2**63 - 1.
        how: workers, engine and rules of one's own, such as `Exec(engine="mesa")`; one replicate
            at a time unless it says how many.

    Returns:
        Measures with intervals, weekly series and all deals of every replicate.

    Raises:
        SalesimError: a scenario or policy that cannot be used, a seed or a number of replicates
            that is out of range, a rule that does not fit, or one that fails.
    """
    replicates = integer("replicates", replicates, 1, MAX_REPLICATES)
    seed = integer("seed", seed, 0, LARGEST_SEED)
    firm = load_scenario(scenario, policy)
    rivals, engine = how.bound(firm)

    def live(replicate: int) -> Pair:
        return run_pair(Run(firm, Luck(seed, replicate), rivals=rivals), engine)

    pool = workers_for(live, how.workers or 1, engine, rivals)
    with closing(pool.carry_out(range(replicates))) as simulated:
        pairs = tuple(how.watch(Stage(firm.title, replicates), map(_pair_of, simulated)))
    return Results(title=firm.title, seed=seed, engine=engine, firm=firm, pairs=pairs, rivals=rivals)


def _pair_of(came: tuple[int, Pair | Failure]) -> Pair:
    """The replicate, or an error that says which one failed and where in the code."""
    replicate, pair = came
    if isinstance(pair, Failure):
        error = SalesimError(f"replicate {replicate}: {pair.error}")
        error.add_note(pair.trace)
        raise error
    return pair
