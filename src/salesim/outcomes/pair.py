"""One replicate: what a firm realised, and full execution of its strategy on the same random draws."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.columns import names
from ..model.engine import EngineName, run_branches
from ..model.ideal import Ideal
from ..model.run import Run
from ..model.tables import Records, Tables
from .history import History, Numbers, rows_of_plan

FULL_EXECUTION = Ideal(**dict.fromkeys(names(Ideal), True))


@dataclass(frozen=True, eq=False)
class Pair:
    """One replicate: what the firm realised, and full execution of its strategy on the same random draws.

    All tables hold the weeks of the plan only; levels, years and deals are those realised.
    """

    replicate: int
    realised_books: Records
    ideal_books: Records
    levels: Records
    years: Records
    deals: Records
    teams: Numbers
    accounts: int
    start: int

    @property
    def history(self) -> History:
        """The plan as outcomes see it."""
        return History(
            books=self.realised_books,
            full_execution=self.ideal_books,
            levels=self.levels,
            years=self.years,
            deals=self.deals,
            teams=self.teams,
            accounts=self.accounts,
            start=self.start,
        )


def run_pair(run: Run, engine: EngineName) -> Pair:
    """One replicate, realised and ideal."""
    realised, ideal = run_branches(run, [FULL_EXECUTION], engine)
    return pair_of(run, realised, ideal)


def pair_of(run: Run, realised: Tables, ideal: Tables) -> Pair:
    """What is kept of the two runs of a replicate."""
    start = run.scenario.organisation.burn_in_weeks
    levels, years, deals = rows_of_plan(realised, run.scenario)
    return Pair(
        replicate=run.luck.replicate,
        realised_books=realised.books[start:],
        ideal_books=ideal.books[start:],
        levels=levels,
        years=years,
        deals=deals,
        teams=realised.reps["manager"].copy(),
        accounts=len(realised.customers),
        start=start,
    )
