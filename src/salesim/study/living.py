"""One run as it is carried out for a store: its address, the work, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from ..model.binding import Rivals
from ..model.engine import EngineName
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from .keys import run_id
from .outcomes.pair import run_pair
from .recording import Row, labelled, measured_row
from .tabling import table_of


@dataclass(frozen=True)
class Address:
    """One run that is to be carried out: a firm and the luck that it meets."""

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
class Lived:
    """What is kept of one run: its row, and what other tables say of it."""

    row: Row
    beside: dict[str, pa.Table]


@dataclass(frozen=True)
class Living:
    """The work of a sweep: live through a firm as it is and as promised, and measure it."""

    engine: EngineName
    rivals: Rivals
    tables: tuple[str, ...]

    def __call__(self, address: Address) -> Lived:
        """Carry out one run."""
        luck = Luck(address.seed, address.replicate)
        history = run_pair(Run(address.firm, luck, rivals=self.rivals), self.engine).history
        tables = {name: table_of(name, [(address.replicate, history)]) for name in self.tables}
        beside = {name: labelled(table, address.id) for name, table in tables.items()}
        return Lived({**address.row, **measured_row(history)}, beside)
