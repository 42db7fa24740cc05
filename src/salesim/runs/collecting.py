"""Collect runs as they are done, and store them part by part."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pyarrow as pa

from .executor import Failure
from .recording import FAILED, RUNS, Row, table_of_rows
from .store import Store
from .tasks import Address, Simulated

SECONDS_OF_A_PART = 3.0
BYTES_OF_A_PART = 64_000_000
ROWS_OF_A_PART = 5_000


@dataclass
class Collector:
    """Runs that are done and not yet stored; what is lost when the process is killed.

    Args:
        store: where they go.
    """

    store: Store
    _simulated: list[Simulated] = field(default_factory=list)
    _failed: list[Row] = field(default_factory=list)
    _bytes: int = 0
    _since: float = field(default_factory=time.monotonic)

    def take(self, address: Address, came: Simulated | Failure) -> None:
        """Take the result of a run, and store a part when it is time for one.

        Raises:
            OSError: a place that cannot be written; what was taken is kept for another try.
        """
        if isinstance(came, Failure):
            self._failed.append({**address.row, "error": came.error, "trace": came.trace})
        else:
            self._simulated.append(came)
            self._bytes += sum(table.nbytes for table in came.beside.values())
        late = time.monotonic() - self._since >= SECONDS_OF_A_PART
        if late or self._bytes >= BYTES_OF_A_PART or len(self._simulated) >= ROWS_OF_A_PART:
            self.put()

    def put(self) -> None:
        """Store what was taken.

        Raises:
            OSError: a place that cannot be written.
        """
        if self._simulated:
            names = list(self._simulated[0].beside)
            beside = {
                n: pa.concat_tables([simulated.beside[n] for simulated in self._simulated]) for n in names
            }
            self.store.add(table_of_rows(RUNS, [simulated.row for simulated in self._simulated]), beside)
            self._simulated, self._bytes = [], 0
        if self._failed:
            self.store.add_failed(table_of_rows(FAILED, self._failed))
            self._failed = []
        self._since = time.monotonic()
