"""The fast engine: the same functions over record arrays, compiled by Numba."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from platformdirs import user_cache_dir

from ..errors import MissingEngineError, UncompiledRuleError
from .binding import Rivals, bind, callers_of
from .fingerprint import fingerprint_of, model_fingerprint
from .run import Run
from .scenario import Scenario, record_of
from .state import Ideal, Luck, names, record_type
from .tables import Tables, empty_tables, make_room
from .week import live

# Intel's vector library gives other last bits than the C library that CPython uses.
os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

Stretch = tuple[int, int, np.void]


def run_compiled(run: Run) -> Tables:
    """Simulate burn-in and plan; ideals hold from the first week of the plan.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    tables = empty_tables(run.scenario, run.quotas, run.every_deal)
    _live_through(tables, run, _stretches(run))
    tables.cut()
    return tables


def branch_compiled(run: Run, ideals: Iterable[Ideal]) -> Iterator[Tables]:
    """A run, and its plan with each set of ideals while quotas are held; they share one burn-in.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    start, stretches = run.scenario.organisation.burn_in_weeks, _stretches(run)
    burn_in = [stretch for stretch in stretches if stretch[0] < start]
    plan = stretches[len(burn_in) :]
    tables = empty_tables(run.scenario, run.quotas, run.every_deal)
    _live_through(tables, run, burn_in)
    before = tables.without_deals()
    _live_through(tables, run, plan)
    tables.cut()
    yield tables
    held = run.held(tables.quotas)
    if not before.hold(tables.quotas):
        before = empty_tables(run.scenario, held.quotas, every_deal=False)
        _live_through(before, held, burn_in)
    for ideal in ideals:
        tables = before.copy()
        _live_through(tables, replace(held, ideal=ideal), plan)
        tables.cut()
        yield tables


def _stretches(run: Run) -> list[Stretch]:
    """First week, one past the last, and the numbers in between, made once where none is dated."""
    plain = record_of(run.scenario)
    stretches = run.scenario.stretches()
    return [(a, b, plain if firm is run.scenario else record_of(firm)) for a, b, firm in stretches]


def _live_through(tables: Tables, run: Run, stretches: Iterable[Stretch]) -> None:
    for first, last, parameters in stretches:
        in_plan = first >= run.scenario.organisation.burn_in_weeks
        _live_on(tables, parameters, run, run.ideal if in_plan else Ideal(), first, last)


def weeks_compiled(run: Run) -> Iterator[Tables]:
    """The firm on its first day, and then at the end of every week; the same tables live on.

    Of their deals the first `keeping["deal_rows"]` rows are in use.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    founded = empty_tables(run.scenario, run.quotas, run.every_deal)
    tables = founded.copy()
    for first, last, parameters in _stretches(run):
        in_plan = first >= run.scenario.organisation.burn_in_weeks
        ideal = run.ideal if in_plan else Ideal()
        if first == 0:  # to simulate week 0 is to found the firm, so the first day has its own tables
            _engine(run.rivals)(parameters, founded.firm(run.luck, _ideal_record(ideal)), 0, 0)
            yield founded
        for t in range(first, last):
            _live_on(tables, parameters, run, ideal, t, t + 1)
            yield tables


def compile_model(rivals: Rivals) -> None:
    """Compile the model, or find it on disk, without simulating a week.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    smallest = Scenario.model_validate({"organisation": {"headcount": 1, "accounts": 0, "weeks": 1}})
    tables = empty_tables(smallest, None, every_deal=False)
    _engine(rivals)(record_of(smallest), tables.firm(Luck(0, 0), _ideal_record(Ideal())), 1, 1)


def _live_on(tables: Tables, parameters: np.void, run: Run, ideal: Ideal, first: int, last: int) -> None:
    engine = _engine(run.rivals)
    switches = _ideal_record(ideal)
    t = first
    while t < last:
        t = engine(parameters, tables.firm(run.luck, switches), t, last)
        if t < last:
            make_room(tables, run.every_deal)


def _ideal_record(ideal: Ideal) -> np.void:
    record: np.void = np.zeros(1, record_type(Ideal))[0]
    for name in names(Ideal):
        record[name] = getattr(ideal, name)
    return record


def _engine(rivals: Rivals = ()) -> Any:
    """The compiled `live` with these rivals as they are now, whatever they were before."""
    return _bound_engine(rivals, fingerprint_of(rivals))


@cache
def _bound_engine(rivals: Rivals, _: str) -> Any:
    """The compiled `live`, from the cache on disk when model, rivals and libraries are unchanged."""
    try:
        numba: Any = import_module("numba")
    except ImportError:
        raise MissingEngineError(
            "engine: got 'compiled', which needs Numba, and Numba is not installed; "
            "allowed here: 'mesa' (or `pip install numba`)"
        ) from None

    callers = callers_of(live, dict(rivals))

    def compiled(function: FunctionType) -> Any:
        if function.__name__ == live.__name__:
            return numba.njit(function, cache=True, error_model="numpy", _nrt=False, nogil=True)
        return numba.njit(  # a call copies the whole of `firm`, so a function with one caller joins it
            function,
            error_model="numpy",
            _nrt=False,
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            forceinline=callers[function.__code__] == 1,
        )

    with _cache_in(numba, _writable(cache_folder(rivals))):
        engine = bind(live, compiled, {}, dict(rivals))
    return _said_plainly(engine, rivals, numba) if rivals else engine


def _said_plainly(engine: Any, rivals: Rivals, numba: Any) -> Any:
    """The engine, whose failure to compile names the rivals instead of Numba's types."""

    errors = numba.core.errors
    reasons = (errors.NumbaError, errors.UnsupportedBytecodeError)

    def call(*arguments: Any) -> Any:
        try:
            return engine(*arguments)
        except reasons as error:
            names = ", ".join(rival.__qualname__ for _, rival in rivals)
            raise UncompiledRuleError(
                f"rules: Numba cannot compile {names}; allowed: engine 'mesa', or arithmetic on "
                f"numbers only ({_reason_in(str(error))})"
            ) from None

    return call


def _reason_in(message: str) -> str:
    """The line of Numba's message that says why, and not where, it stopped."""
    lines = [line.strip() for line in message.splitlines()]
    where = ("During", "File", "Failed", "^", "<source")
    told = [line for line in lines if line and not line.startswith(where)]
    return told[0] if told else "no reason given"


def cache_folder(rivals: Rivals = ()) -> Path:
    """Where compiled code is kept, named by a fingerprint of everything that it comes from.

    Numba itself notices changes only in the file of the function that it caches.
    """
    root = Path(os.environ.get("SALESIM_CACHE_DIR") or user_cache_dir("salesim"))
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    libraries = f"numba{version('numba')}-numpy{np.__version__}"
    sources = model_fingerprint() + fingerprint_of(rivals)
    return root / f"{sources}-{python}-{libraries}"


def is_compiled(rivals: Rivals = ()) -> bool:
    """Whether the compiled model waits on disk."""
    try:
        return any(cache_folder(rivals).rglob("*.nbc"))
    except PackageNotFoundError:
        return False


def _writable(folder: Path) -> Path:
    """The folder, or one for this process alone where it cannot be made.

    Numba would otherwise fall back to a folder that knows nothing of edited rules.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        own = Path(tempfile.mkdtemp(prefix="salesim-"))
        atexit.register(shutil.rmtree, own, ignore_errors=True)
        return own


@contextmanager
def _cache_in(numba: Any, folder: Path) -> Iterator[None]:
    """Point Numba at a folder of our own while the engine is bound."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        numba.config.CACHE_DIR = before
