"""One run as it is carried out for a store: its address, the work, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa

from ..model.binding import Rivals
from ..model.engine import EngineName, run_branches
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import Pair, pair_of, run_pair
from .coalitions import asked_for, orders_in, simulate_coalitions
from .keys import run_id
from .recording import Row, labelled, measured_row
from .tabling import table_of


@dataclass(frozen=True)
class Address:
    """One run to carry out: a firm and its random draws."""

    firm: Scenario
    key: str
    seed: int
    replicate: int

    @property
    def id(self) -> str:
        """Twenty digits that name the run."""
        return run_id(self.key, self.seed, self.replicate)

    @property
    def row(self) -> Row:
        """The columns that say which run it is."""
        return {"run_id": self.id, "firm": self.key, "seed": self.seed, "replicate": self.replicate}


@dataclass(frozen=True)
class Simulated:
    """What is kept of one run: its row, and what other tables say of it."""

    row: Row
    beside: dict[str, pa.Table]


@dataclass(frozen=True)
class RunTask:
    """The work of a sweep: simulate a firm, with its promise unless left out, and measure both."""

    engine: EngineName
    rivals: Rivals
    tables: tuple[str, ...]
    promise: bool = True

    def __call__(self, address: Address) -> Simulated:
        """Carry out one run."""
        luck = Luck(address.seed, address.replicate)
        pair, split = self._pair(Run(address.firm, luck, rivals=self.rivals))
        told = [(address.replicate, pair.history)]
        tables = {n: split[n] if n in split else table_of(n, told) for n in self.tables}
        beside = {name: labelled(table, address.id) for name, table in tables.items()}
        return Simulated({**address.row, **measured_row(pair.history, self.promise)}, beside)

    def _pair(self, run: Run) -> tuple[Pair, dict[str, pa.Table]]:
        """Outcomes of the firm and its promise, and what coalitions of causes earn if requested."""
        asked = {name: orders for name in self.tables if (orders := orders_in(name)) is not None}
        if not asked:
            return run_pair(run, self.engine) if self.promise else _realised(run, self.engine), {}
        split = {}
        for name, orders in asked.items():
            pair, split[name] = simulate_coalitions(run, asked_for(run, orders), self.engine)
        return pair, split


def _realised(run: Run, engine: EngineName) -> Pair:
    """One replicate of which nobody asks for the promise: no week of full execution."""
    (tables,) = run_branches(run, [], engine)
    return pair_of(run, tables, replace(tables, books=tables.books[:0]))
