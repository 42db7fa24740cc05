"""Where two runs on the same random draws first differ: the week, the table, and who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from pydantic import Field, computed_field

from ...model.binding import Rivals
from ...model.books import Deal, Office
from ...model.columns import names
from ...model.engine import EngineName, run_by_weeks
from ...model.run import Run
from ...model.scenario import Scenario
from ...model.state import Customer, Luck, Manager, Rep
from ...model.tables import Records, Tables
from ...result import Described

# What people recognise first: what was quoted, then who did otherwise, then what head office believes.
WATCHED: dict[str, type[Any]] = {
    "deals": Deal,
    "reps": Rep,
    "managers": Manager,
    "customers": Customer,
    "office": Office,
}
OUTCOMES = ("undecided", "won", "lost to a rival", "no decision", "at rest", "no price yet")
FIRST = ("price", "outcome")  # of the columns of a deal
WHOSE = ["rep", "account", "need"]


class Divergence(Described):
    """The first thing that differs between two runs on the same random draws, at the end of a week."""

    week: int = Field(description="Week counted from the start of the burn-in, from 0.")
    plan_week: int = Field(description="Week of the plan, from 1; 0 or less in the burn-in.")
    table: str = Field(description="The table in which they differ; the deals come first.")
    who: str = Field(description="Who or what differs, counted from 1; in tables ids begin at 0.")
    column: str = Field(description="The variable, as the table calls it.")
    meaning: str = Field(description="What that is.")
    unit: str = Field(description="Its unit.")
    baseline: float = Field(description="Its value in the baseline.")
    other: float = Field(description="Its value in the arm.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sentence(self) -> str:
        """The same in words."""
        when = f"week {self.plan_week} of the plan" if self.plan_week > 0 else "the burn-in"
        meaning = f"{self.meaning[:1].lower()}{self.meaning[1:].partition(';')[0].rstrip('.')}"
        if self.column == "outcome":
            meaning = "what became of the quote"
        values = f"{self._said(self.other)} instead of {self._said(self.baseline)}"
        unit = f" {self.unit}" if self.unit.startswith("USD") else ""
        return f"The two runs first differ in {when}: {self.who}, {meaning}: {values}{unit}."

    def _said(self, value: float) -> str:
        """A value in words, or with as few digits as show the difference, and at least three."""
        if self.column == "outcome":
            return OUTCOMES[int(value)]
        if self.unit == "yes or no":
            return "yes" if value else "no"
        both = (self.baseline, self.other)
        digits = next((n for n in range(3, 17) if f"{both[0]:.{n}g}" != f"{both[1]:.{n}g}"), 17)
        return f"{value:,.{digits}g}"


def divergence_of(
    baseline: Scenario, other: Scenario, luck: Luck, engine: EngineName = "compiled", rivals: Rivals = ()
) -> Divergence | None:
    """Where two firms on the same random draws first differ; None if they never do.

    Only what agents are and do, deals, and what head office knows count; that the numbers of the two
    scenarios differ is no divergence. Of plans of different length the shorter is looked at.

    Raises:
        MissingEngineError: the compiled engine is asked for, and Numba is not installed.
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    runs = (Run(firm, luck, every_deal=False, rivals=rivals) for firm in (baseline, other))
    start = baseline.organisation.burn_in_weeks
    for day, (a, b) in enumerate(zip(*(run_by_weeks(run, engine) for run in runs), strict=False)):
        found = next(_differences(a, b), None)
        if found:
            return Divergence(week=max(day - 1, 0), plan_week=day - start, **found)
    return None


def _differences(a: Tables, b: Tables) -> Iterator[dict[str, Any]]:
    """What differs between two firms, table by table: of each the first row and its first column."""
    for table, kind in WATCHED.items():
        mine, theirs = (_rows(tables, table) for tables in (a, b))
        if len(mine) != len(theirs) and table != "deals":
            many = {"baseline": len(mine), "other": len(theirs)}
            yield {"table": table, "who": "the firm", "column": "rows", "unit": "", **many} | {
                "meaning": f"How many {table} there are."
            }
        rows = min(len(mine), len(theirs))
        if table == "deals":  # one that only one firm has moves all after it
            same = mine[:rows][WHOSE] == theirs[:rows][WHOSE]
            rows = rows if same.all() else int(same.argmin())
        spot = _first(mine[:rows], theirs[:rows], FIRST if table == "deals" else names(kind))
        spot = spot or _first(mine[:rows], theirs[:rows], names(kind))
        if spot:
            row, column = spot
            facts = kind.__dataclass_fields__[column].metadata
            values = {"baseline": mine[column][row].item(), "other": theirs[column][row].item()}
            said = {"meaning": facts["meaning"], "unit": facts["unit"]}
            yield {"table": table, "who": _who(table, row, mine), "column": column, **said, **values}


def _first(mine: Records, theirs: Records, columns: Sequence[str]) -> tuple[int, str] | None:
    """The first row in which columns differ, and the first of them."""
    apart = {column: np.flatnonzero(mine[column] != theirs[column]) for column in columns}
    found = [(int(rows[0]), column) for column, rows in apart.items() if len(rows)]
    return min(found, key=lambda spot: spot[0], default=None)


def _rows(tables: Tables, table: str) -> Records:
    records: Records = getattr(tables, table)
    return records[: tables.keeping["deal_rows"][0]] if table == "deals" else records


def _who(table: str, row: int, records: Records) -> str:
    """Who or what a row is about, people counted from 1."""
    if table == "deals":
        return f"rep {records['rep'][row] + 1} for account {records['account'][row] + 1}"
    names = {"reps": "rep", "managers": "manager", "customers": "account"}
    return f"{names[table]} {row + 1}" if table in names else "head office"
