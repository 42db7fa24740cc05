"""Split the gap of a firm over its causes: simulate what that takes, and share it out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import ResultsError
from ...inputs.design import BASELINE, Replicates, Study
from ...inputs.load import Policies, load_scenario
from ...messages import error_text, integer
from ...model.scenario import Scenario
from ...model.state import Luck
from ...model.tables import Size
from ...runs.causes import DIMENSIONS, SWITCHED
from ...runs.coalitions import AT_TARGET, EVERYTHING, GROUPS, NOTHING, kept_as, orders_in
from ...runs.exec import Exec
from ...runs.game import coalitions, interactions, owen_values, values_along
from ...runs.orders import orders_of
from ...runs.promising import check_promise, refuse_nothing
from ...runs.reading import filed_under, folder_name
from ...runs.runs import Runs
from ...runs.simulate import LARGEST_SEED
from ...runs.sweep import sweep
from .ledger import Ledger, Split

REPLICATES, QUICK_REPLICATES = 30, 20
MAX_REPLICATES, MAX_ORDERS = 10_000, 1_000
OF_A_GAP = "_gap"  # after the name of a firm
SAMPLED = 2  # pairs of orders for a firm that is too large for all coalitions
COMPUTED = len(DIMENSIONS) - len(GROUPS)  # the dimensions without switches come first
MAX_ACCOUNT_WEEKS = 6e8  # of a replicate; 30 of them take half an hour or so on one core


def gap(
    scenario: Scenario | Path | str,
    policy: Policies = None,
    *,
    replicates: int = REPLICATES,
    seed: int = 1,
    orders: int | None = None,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> Ledger:
    """Split promised less realised contribution over its causes; the parts add up to the gap.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        policy: what is laid over it: one policy or several, as in `load_scenario`.
        replicates: how many times, 1 to 10,000; each is split by itself.
        seed: random seed, 0 to 2**63 - 1.
        orders: pairs of orders in which causes are fixed, drawn for each replicate; 0 counts all of
            them, which is the rule but for large firms.
        out: the folder for what was simulated; results/SCENARIO_gap/KEY unless given.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Returns:
        The part of each cause with its interval (USD), replicate by replicate too.

    Raises:
        SalesimError: a scenario, policy or option that cannot be used, or a promise that is not
            above zero.
    """
    firm = load_scenario(scenario, policy)
    return gap_of(gap_study(firm, filed_under(scenario), replicates, seed, orders), out, how)


def gap_of(study: Study, out: Path | str | None, how: Exec) -> Ledger:
    """Simulate what a split of the gap takes; `out` and `how` as in `gap`.

    Raises:
        SalesimError: a promise that is not above zero.
    """
    check_promise(study.firms[BASELINE], (study.seed, study.replicates.most), how)
    return ledger_of(sweep(study, out=out, how=how))


def name_of_gap(name: str) -> str:
    """What the study of a gap is called, after a firm or what it is split for."""
    return f"{folder_name(name)}{OF_A_GAP}"


def gap_study(firm: Scenario, name: str, replicates: int, seed: int, orders: int | None) -> Study:
    """The study whose runs a split of the gap is based on.

    Raises:
        SalesimError: a number that is out of range.
    """
    number = integer("replicates", replicates, 1, MAX_REPLICATES)
    if orders is None:
        orders = 0 if _is_affordable(firm) else SAMPLED
    return Study(
        name=name_of_gap(name),
        title=firm.title,
        firms={BASELINE: firm},
        seed=integer("seed", seed, 0, LARGEST_SEED),
        replicates=Replicates(least=number, most=number),
        outcomes=("promised", "realised", "full_execution"),
        tables=(kept_as(integer("orders", orders, 0, MAX_ORDERS)),),
    )


def _is_affordable(firm: Scenario) -> bool:
    """Whether all coalitions can be simulated in a reasonable time; the same on every machine."""
    size = Size.of(firm)
    return len(coalitions(GROUPS)) * size.customers * size.weeks <= MAX_ACCOUNT_WEEKS


def ledger_of(found: Runs, policy: str = BASELINE) -> Ledger:
    """The gap of a firm of a sweep that has kept what its coalitions earn.

    Raises:
        SalesimError: a sweep that has not, one with replicates that failed, or a promise that is not
            above zero.
    """
    kept = next((name for name in found.study.tables if orders_in(name) is not None), kept_as(0))
    rows = found.joined(["promised", "realised", "full_execution"])
    rows = rows[rows["policy"] == policy]
    if rows["point"].nunique() != 1:
        allowed = "a sweep whose policies are each one firm, without levers or uncertain numbers"
        raise ResultsError(error_text(str(found.folder), policy, "no one firm", allowed=allowed))
    found.refuse_failed()
    worths = _worths(found, kept)
    firm, orders = found.study.firms[policy], orders_in(kept) or 0
    splits = [_split(row, worths[row["run_id"]], orders) for row in rows.to_dict("records")]
    split = Split(
        promised=rows["promised"].to_numpy(),
        realised=rows["realised"].to_numpy(),
        parts=np.array([parts for parts, _ in splits]),
        interactions=np.array([list(acting.values()) for _, acting in splits]),
        pairs=tuple((a + COMPUTED, b + COMPUTED) for a, b in splits[0][1]),
    )
    refuse_nothing(firm, float(split.promised.mean()))
    return Ledger(
        title=firm.title,
        folder=str(found.folder),
        scenario=found.study.name.removesuffix(OF_A_GAP),
        seed=found.study.seed,
        orders=orders,
        firm=firm,
        split=split,
    )


def _worths(found: Runs, kept: str) -> dict[str, dict[int, float]]:
    """What each coalition of each run earns, by its digits."""
    table = found.table(kept).select(["run_id", "coalition", AT_TARGET]).to_pandas()
    return {
        str(run): dict(zip(rows["coalition"], rows[AT_TARGET], strict=True))
        for run, rows in table.groupby("run_id")
    }


def _split(
    row: Mapping[str, Any], worth: Mapping[int, float], orders: int
) -> tuple[list[float], dict[tuple[int, int], float]]:
    """The parts of one replicate, cause by cause, and how dimensions act on each other (USD)."""
    if orders == 0:
        shared = owen_values(worth, GROUPS)
    else:
        shared = values_along(worth, orders_of(GROUPS, Luck(row["seed"], row["replicate"]), orders))
    optimism = row["promised"] - worth[EVERYTHING]
    off_target = worth[NOTHING] - row["realised"]
    parts = [optimism, off_target, *(shared[k] for k in range(len(SWITCHED)))]
    return parts, interactions(worth, GROUPS)
