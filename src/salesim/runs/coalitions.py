"""What a firm earns with some causes of the gap at their ideal, for every coalition that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ..model.engine import EngineName, run_branches
from ..model.ideal import Ideal
from ..model.run import Run
from ..model.tables import Records, Tables
from ..outcomes.pair import Pair, pair_of
from ..outcomes.promise import contribution_of_full_execution
from .causes import SWITCHED, SWITCHES
from .game import Coalition, along, coalitions, unions
from .orders import orders_of
from .recording import field_of
from .schema import Column

COALITIONS = "coalitions"
A_NAME = re.compile(rf"{COALITIONS}(?:_along_(\d+))?")
AT_TARGET = "contribution_at_target"
AMOUNTS = (
    "revenue",
    "unit_cost",
    "serving_cost",
    "on_target_pay",
    "variable_pay",
    "salaries",
    "people_cost",
    "overhead",
)
COLUMNS = (
    Column(
        "replicate", "int64", "index", "Which replicate, counted from 0; each has its own random draws."
    ),
    Column("coalition", "int64", "bits", "Which causes are at their ideal, a bit each in the order below."),
    *(Column(cause.switch, "bool", "yes or no", f"{cause.name}: {cause.ideal}") for cause in SWITCHED),
    Column(AT_TARGET, "float64", "USD", "Contribution over the plan, pay charged at the on-target rate."),
    *(Column(name, "float64", "USD", f"The sum of `{name}` over the plan.") for name in AMOUNTS),
)
SCHEMA = pa.schema([field_of(column) for column in COLUMNS])
GROUPS = tuple(
    tuple(k for k, cause in enumerate(SWITCHED) if cause.dimension == dimension)
    for dimension in dict.fromkeys(cause.dimension for cause in SWITCHED)
)
NOTHING, EVERYTHING = 0, (1 << len(SWITCHES)) - 1


def kept_as(orders: int) -> str:
    """The name of the table: of all coalitions (0), or of those along so many pairs of orders."""
    return COALITIONS if orders == 0 else f"{COALITIONS}_along_{orders}"


def orders_in(name: str) -> int | None:
    """How many pairs of orders a table goes along; 0 for all coalitions, None for another table."""
    found = A_NAME.fullmatch(name)
    return int(found[1] or 0) if found else None


def asked_for(run: Run, orders: int) -> list[Coalition]:
    """The coalitions that a replicate needs: nothing first, everything among them."""
    if orders == 0:
        return coalitions(GROUPS)
    sampled = [c for order in orders_of(GROUPS, run.luck, orders) for c in along(order)]
    return list(dict.fromkeys([*unions(GROUPS), *sampled]))


def ideal_of(coalition: Coalition) -> Ideal:
    """The causes of a coalition at their ideal, all others as they are."""
    return Ideal(**_switches(coalition))


def simulate_coalitions(run: Run, asked: Sequence[Coalition], engine: EngineName) -> tuple[Pair, pa.Table]:
    """A run and full execution of its strategy, and what every coalition earns, quotas held as they were.

    Args:
        run: as it is realised.
        asked: coalitions; that of everything must be among them.
        engine: "compiled" or "mesa"; both give the same bits.
    """
    start = run.scenario.organisation.burn_in_weeks
    ideal: list[Tables] = []
    rows = []
    branches = run_branches(run, map(ideal_of, asked), engine)
    realised = next(branches)
    for coalition, tables in zip(asked, branches, strict=True):
        if coalition == EVERYTHING:
            ideal.append(tables)
        rows.append(_row(run, coalition, tables.books[start:]))
    return pair_of(run, realised, ideal[0]), pa.Table.from_pylist(rows, schema=SCHEMA)


def _row(run: Run, coalition: Coalition, books: Records) -> dict[str, float | bool | int]:
    return {
        "replicate": run.luck.replicate,
        "coalition": coalition,
        **_switches(coalition),
        AT_TARGET: float(contribution_of_full_execution(books).sum()),
        **{name: float(np.sum(books[name])) for name in AMOUNTS},
    }


def _switches(coalition: Coalition) -> dict[str, bool]:
    return {name: bool(coalition >> k & 1) for k, name in enumerate(SWITCHES)}
