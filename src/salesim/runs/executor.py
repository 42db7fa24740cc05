"""Carry out many runs: on several workers, in any order, and whatever happens to one of them.

Threads do for the compiled engine, which lets others go on while it works; they cost nothing to start
and need nothing to be copied. Processes do for Python, and for so many workers that what is left of
Python in a run would become a queue.
"""

from __future__ import annotations

import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from joblib import Parallel, cpu_count, delayed
from joblib.externals.loky.process_executor import TerminatedWorkerError

from ..messages import integer
from ..model.binding import Rivals
from ..model.engine import EngineName

Item = TypeVar("Item")
Value = TypeVar("Value")

MAX_WORKERS = 1_000
MAX_THREADS = 8  # a run of a small firm holds Python's lock for a twelfth of its time
DIED = "the worker that ran it died, twice"


@dataclass(frozen=True)
class Failure:
    """What became of a run that failed: one line, and where in the code."""

    error: str
    trace: str = ""


Came = Generator[tuple[Item, Value | Failure], None, None]


@dataclass(frozen=True)
class Workers(Generic[Item, Value]):
    """So many workers that do one kind of work, as threads or as processes."""

    work: Callable[[Item], Value]
    number: int
    processes: bool

    def carry_out(self, items: Iterable[Item]) -> Came[Item, Value]:
        """Each item with its result, as they are done.

        Items are taken when a worker is about to be free, so there may be any number of them. Work
        that raises an error gives a failure. When a worker is killed, what it and the others had
        in hand is done again, one after the other; what kills its worker again is a failure. Close
        the generator to stop early.
        """
        numbered = enumerate(items)
        while True:
            in_hand: dict[int, Item] = {}
            try:
                yield from self._done(numbered, in_hand)
                return
            except TerminatedWorkerError:
                yield from self._each_alone(in_hand)

    def _done(self, numbered: Iterable[tuple[int, Item]], in_hand: dict[int, Item]) -> Came[Item, Value]:
        def taken() -> Iterator[Any]:
            for number, item in numbered:
                in_hand[number] = item
                yield delayed(_attempt)(SearchPath(), self.work, number, item, self.processes)

        backend = "loky" if self.processes else "threading"
        pool = Parallel(
            self.number, backend=backend, return_as="generator_unordered", pre_dispatch="3*n_jobs"
        )
        came = pool(taken())
        try:
            for number, value in came:
                yield in_hand.pop(number), value
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # joblib's, of work that was begun when somebody stopped
                came.close()

    def _each_alone(self, in_hand: dict[int, Item]) -> Came[Item, Value]:
        for number, item in sorted(in_hand.items()):
            try:
                yield from self._done([(number, item)], {})
            except TerminatedWorkerError:
                yield item, Failure(DIED)


class SearchPath:
    """Where modules are sought here, for a process that was started when it was another place.

    It is unpickled before the work that stands behind it, and so before modules are sought for that.
    """

    def __reduce__(self) -> tuple[Callable[[list[str]], SearchPath], tuple[list[str]]]:
        return _search_in, (list(sys.path),)


def _search_in(places: list[str]) -> SearchPath:
    sys.path[:] = places
    return SearchPath()


def _attempt(
    _: SearchPath, work: Callable[[Item], Value], number: int, item: Item, process: bool
) -> tuple[int, Value | Failure]:
    """Do the work; in a process of its own, whoever started it decides what Ctrl-C means."""
    if process:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return number, work(item)
    except Exception as error:  # whatever a rival rule or a full memory does to one run
        said = str(error).strip().splitlines() or ["no reason given"]
        return number, Failure(f"{type(error).__name__}: {said[0]}", traceback.format_exc())


def cores() -> int:
    """How many cores this process may use."""
    return int(cpu_count())


def workers_for(
    work: Callable[[Item], Value], number: int | None, engine: EngineName, rivals: Rivals = ()
) -> Workers[Item, Value]:
    """As many workers as asked for, or one for each core that this process may use.

    Raises:
        SalesimError: a number out of range.
    """
    number = cores() if number is None else integer("workers", number, 1, MAX_WORKERS)
    processes = number > 1 and (engine == "mesa" or number > MAX_THREADS)
    if processes and rivals and str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))  # workers take it over, and look there for rules by name
    return Workers(work, number, processes)
