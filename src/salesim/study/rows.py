"""Outcomes as tables: the company by replicate, and managers, reps, accounts and deals one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from .declaring import Outcome, Value
from .history import History, Numbers
from .outcomes import COMPANY, outcomes_of
from .single import account_facts, deal_facts, rep_years, team_years

FACTS: dict[str, Callable[[History], dict[str, Numbers]]] = {
    "manager": team_years, "rep": rep_years, "account": account_facts, "deal": deal_facts,
}
COMPANY_COLUMNS = pa.schema([
    ("replicate", pa.int64()), ("outcome", pa.string()), ("unit", pa.string()),
    ("index", pa.string()), ("place", pa.float64()), ("value", pa.float64()),
])


def table_of(level: str, replicates: Sequence[tuple[int, History]]) -> pa.Table:
    """A row for each replicate and each manager, rep, account or deal; undefined values are null.

    Of the company there is a row for each replicate, outcome and place of a series.
    """
    if level == "company":
        rows = [row for number, history in replicates for row in _of_company(number, history)]
        return pa.Table.from_pylist(rows, schema=COMPANY_COLUMNS)
    return pa.concat_tables([_of_singles(level, number, history) for number, history in replicates])


def _of_singles(level: str, replicate: int, history: History) -> pa.Table:
    columns: dict[str, Any] = dict(FACTS[level](history))
    columns |= {outcome.name: outcome.of(history) for outcome in outcomes_of(level)}
    rows = len(next(iter(columns.values())))
    arrays = {name: pa.array(values) for name, values in columns.items()}
    return pa.table({"replicate": pa.array(np.full(rows, replicate)), **arrays})


def _of_company(replicate: int, history: History) -> Iterator[dict[str, Any]]:
    for outcome in COMPANY:
        same = {"replicate": replicate, "outcome": outcome.name, "unit": outcome.unit}
        value = outcome.of(history)
        if outcome.index is None:
            yield same | {"value": value}
        elif value is not None:
            for place, at_place in _places(outcome, value, history):
                yield same | {"index": outcome.index.name, "place": place, "value": at_place}


def _places(
    outcome: Outcome, value: Value, history: History
) -> Iterator[tuple[float, float | None]]:
    places = outcome.index.places(history) if outcome.index else ()
    return zip(places, np.ma.asarray(value).tolist(), strict=True)
