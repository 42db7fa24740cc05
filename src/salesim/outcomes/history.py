"""One replicate as outcomes see it: the weeks of the plan, with the burn-in cut off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model.calendar import QUARTER
from ..model.scenario import Scenario
from ..model.tables import Records, Tables

Numbers = NDArray[Any]


@dataclass(frozen=True)
class History:
    """What was recorded over the plan; weeks are counted from the start of the burn-in.

    Args:
        books: the ledger of today's firm, a row a week.
        full_execution: the ledger of full execution on the same random draws.
        levels: what each level of the firm knows and believes, a row a week and level.
        years: a row for each holder of a seat in a year of pay.
        deals: a row for each quote, and for each week without a price while an answer was awaited.
        teams: the first-line manager of each seat.
        accounts: accounts in the market.
        start: the first week of the plan.
    """

    books: Records
    full_execution: Records
    levels: Records
    years: Records
    deals: Records
    teams: Numbers
    accounts: int
    start: int

    @property
    def weeks(self) -> int:
        """Weeks of the plan."""
        return len(self.books)

    @property
    def seats(self) -> int:
        """Seats of the sales force, filled or not."""
        return len(self.teams)

    @property
    def end_books(self) -> Records:
        """The ledger of the last quarter, or of the whole plan where that is shorter."""
        return self.books[-QUARTER:]

    @property
    def end_levels(self) -> Records:
        """What was known and believed in the last quarter."""
        rows: Records = self.levels[self.levels["week"] > self.books["week"][-1] - QUARTER]
        return rows


def rows_of_plan(realised: Tables, scenario: Scenario) -> tuple[Records, Records, Records]:
    """Levels, years of pay and deals that belong to the plan, as copies."""
    start = scenario.organisation.burn_in_weeks
    levels, years, deals = (
        rows[np.searchsorted(rows["week"], start) :].copy()  # rows are in the order of their weeks
        for rows in (realised.levels, realised.years, realised.deals)
    )
    return levels, years, deals
