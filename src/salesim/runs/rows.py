"""The tables of results: what a row of each is, its columns, and what a replicate puts into it.

All of them hold weeks of the plan only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..model.books import Deal, Level, RepYear, Week
from ..model.tables import Records
from ..outcomes import COMPANY, outcomes_of
from ..outcomes.declaring import Outcome, Value
from ..outcomes.history import History
from ..outcomes.single import account_facts, rep_years, team_years
from .schema import Column, measured, merged, recorded

Cells = Mapping[str, Any]
RUNS = ("realised", "full_execution")
REALISED, FULL_EXECUTION = 0, 1
SHEET_OF_LEVEL = {
    "company": "outcomes",
    "manager": "managers",
    "rep": "reps",
    "account": "accounts",
    "deal": "deals",
}

REPLICATE = Column(
    "replicate", "int64", "index", "Which replicate, counted from 0; each has its own random draws."
)
RUN = Column("run", "int8", "word", "Today's firm, or full execution on the same random draws.", RUNS)
PLAN_WEEK = Column("plan_week", "int64", "week", "Week of the plan, counted from 0.")
YEAR_OF_PLAN = Column("year", "int64", "year", "Year of pay, 1 for the one in which the plan starts.")
MANAGER = Column("manager", "int64", "index", "The first-line manager of the team.")
MOST_OF_THE_YEAR = Column(
    "most_of_the_year",
    "bool",
    "yes or no",
    "Whether the rep was in the seat for half the year at least, and so counts in attainment.",
)
PEOPLE = Column("people", "int64", "people", "Who held a seat of the team in the year, each holder once.")
ACCOUNT = Column("account", "int64", "index", "Position in the list of accounts.")
SUMMED = (
    *("won", "units", "list_value", "revenue", "unit_cost", "serving_cost", "variable_pay", "contribution"),
    *("salaries", "people_cost", "overhead", "operating_profit", "staffed"),
)
OF_THE_COMPANY = (
    Column("outcome", "string", "name", "Which outcome."),
    Column("unit", "string", "name", "What it is counted in."),
    Column("index", "string", "name", "What the places of a series stand for.", undefined="no series"),
    Column("place", "float64", "number", "Which place of the series.", undefined="no series"),
    Column("value", "float64", "as `unit` says", "The value.", undefined="as declared of the outcome"),
)


@dataclass(frozen=True)
class Sheet:
    """One table of results.

    Args:
        rows: what a row is.
        columns: those beside the replicate, in their order.
        parts: what a replicate puts into them; a word is given as its place among the words.
    """

    rows: str
    columns: tuple[Column, ...]
    parts: Callable[[History], Iterable[Cells]]


def _recorded(records: Records, start: int, run: int = REALISED) -> dict[str, Any]:
    labels = {"run": np.full(len(records), run), "plan_week": records["week"] - start}
    return {**labels, **{name: records[name] for name in records.dtype.names or ()}}


def _outcomes_of(level: str, history: History) -> dict[str, Value]:
    return {outcome.name: outcome.of(history) for outcome in outcomes_of(level)}


def _weeks(history: History) -> Iterator[Cells]:
    yield _recorded(history.books, history.start)
    yield _recorded(history.full_execution, history.start, FULL_EXECUTION)


def _totals(history: History) -> Iterator[Cells]:
    yield {name: [history.books[name].sum()] for name in SUMMED}


def _summed() -> Iterator[Column]:
    """The columns of the ledger that are added up; seats become rep-weeks."""
    columns = {column.name: column for column in recorded(Week)}
    yield from (columns[name] for name in SUMMED[:-1])
    yield replace(columns[SUMMED[-1]], unit="rep-weeks", meaning="Seats filled, each week counted.")


def _levels(history: History) -> Iterator[Cells]:
    yield _recorded(history.levels, history.start)


def _deals(history: History) -> Iterator[Cells]:
    yield {**_recorded(history.deals, history.start), **_outcomes_of("deal", history)}


def _reps(history: History) -> Iterator[Cells]:
    yield {**rep_years(history), **_outcomes_of("rep", history)}


def _managers(history: History) -> Iterator[Cells]:
    yield {**team_years(history), **_outcomes_of("manager", history)}


def _accounts(history: History) -> Iterator[Cells]:
    yield {**account_facts(history), **_outcomes_of("account", history)}


def _outcomes(history: History) -> Iterator[Cells]:
    """A row for each number of the company and for each place of each series that is defined."""
    rows = [(o, *row) for o in COMPANY for row in _places(o, o.of(history), history)]
    yield {
        "outcome": [o.name for o, _, _ in rows],
        "unit": [o.unit for o, _, _ in rows],
        "index": [o.index.name if o.index else None for o, _, _ in rows],
        "place": [place for _, place, _ in rows],
        "value": [value for _, _, value in rows],
    }


def _places(outcome: Outcome, value: Value, history: History) -> Iterable[tuple[float | None, Value]]:
    if outcome.index is None:
        return [(None, value)]
    if value is None:
        return []
    return zip(outcome.index.places(history), np.ma.asarray(value).tolist(), strict=True)


SHEETS = {
    "weeks": Sheet(
        "A row for each replicate, run and week of the plan.", (RUN, PLAN_WEEK, *recorded(Week)), _weeks
    ),
    "levels": Sheet(
        "A row for each replicate, week of the plan and level of the firm, as realised.",
        (RUN, PLAN_WEEK, *recorded(Level)),
        _levels,
    ),
    "deals": Sheet(
        "A row for each replicate and quote, as realised, and for each week in which a deal had no price "
        "because an answer was awaited.",
        merged((RUN, PLAN_WEEK, *recorded(Deal)), tuple(measured(outcomes_of("deal")))),
        _deals,
    ),
    "reps": Sheet(
        "A row for each replicate, year of pay and holder of a seat, as realised.",
        merged(
            (YEAR_OF_PLAN, MANAGER, MOST_OF_THE_YEAR, PLAN_WEEK, *recorded(RepYear)),
            tuple(measured(outcomes_of("rep"))),
        ),
        _reps,
    ),
    "managers": Sheet(
        "A row for each replicate, year of pay and first-line manager's team, as realised.",
        (YEAR_OF_PLAN, MANAGER, PEOPLE, *measured(outcomes_of("manager"))),
        _managers,
    ),
    "accounts": Sheet(
        "A row for each replicate and account, over the whole plan, as realised; a lost customer and "
        "the one that followed share an account.",
        (ACCOUNT, *measured(outcomes_of("account"))),
        _accounts,
    ),
    "totals": Sheet(
        "A row for each replicate: sums of the ledger over the plan, as realised.",
        tuple(_summed()),
        _totals,
    ),
    "outcomes": Sheet(
        "A row for each replicate and outcome of the company, and of a series for each of its places.",
        OF_THE_COMPANY,
        _outcomes,
    ),
}
