"""The fast engine: the same functions over record arrays, compiled by Numba."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
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
from .columns import names, record_type
from .compile_cache import SUFFIX, CompileCache
from .fingerprint import fingerprint_of, model_fingerprint
from .ideal import Ideal
from .run import Run
from .scenario import Scenario, record_of, records_of
from .state import Luck
from .stretches import DATES, Stretch, stretches_of
from .tables import Records, Tables, empty_tables, make_room
from .week import live

# Intel's vector library gives other last bits than the C library that CPython uses.
os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

# Of the firm; of each of its pay plans; of those that come next.
Numbers = tuple[np.void, Records, Records]


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
    burn_in = [each for each in stretches if each[0].first < start]
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


def _stretches(run: Run) -> list[tuple[Stretch, Numbers]]:
    """Each with its numbers, and those of the rules of pay after it."""
    return [(stretch, _numbers_of(stretch)) for stretch in stretches_of(run.scenario)]


def _numbers_of(stretch: Stretch) -> Numbers:
    plans = records_of(stretch.pay_plans)
    later = plans if stretch.later is stretch.pay_plans else records_of(stretch.later)
    return record_of(stretch.scenario), plans, later


def _live_through(tables: Tables, run: Run, stretches: Iterable[tuple[Stretch, Numbers]]) -> None:
    for stretch, numbers in stretches:
        _note_dates(tables, stretch)
        _live_on(tables, numbers, run, _ideal_in(run, stretch), stretch.first, stretch.last)


def _note_dates(tables: Tables, stretch: Stretch) -> None:
    for name in DATES:
        tables.keeping[name] = getattr(stretch, name)


def _ideal_in(run: Run, stretch: Stretch) -> Ideal:
    return run.ideal if stretch.first >= run.scenario.organisation.burn_in_weeks else Ideal()


def weeks_compiled(run: Run) -> Iterator[Tables]:
    """The firm on its first day, and then at the end of every week; the same tables live on.

    Of their deals the first `keeping["deal_rows"]` rows are in use.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    founded = empty_tables(run.scenario, run.quotas, run.every_deal)
    tables = founded.copy()
    for stretch, numbers in _stretches(run):
        ideal = _ideal_in(run, stretch)
        _note_dates(tables, stretch)
        if stretch.first == 0:  # its week 0 founds the firm, so the first day has its own tables
            _note_dates(founded, stretch)
            _engine(run.rivals)(
                numbers[0], founded.firm(run.luck, _ideal_record(ideal), *numbers[1:]), 0, 0
            )
            yield founded
        for t in range(stretch.first, stretch.last):
            _live_on(tables, numbers, run, ideal, t, t + 1)
            yield tables


def compile_model(rivals: Rivals) -> None:
    """Compile the model, or find it on disk, without simulating a week.

    Raises:
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    smallest = Scenario.model_validate({"organisation": {"headcount": 1, "accounts": 0, "weeks": 1}})
    tables = empty_tables(smallest, None, every_deal=False)
    numbers = _numbers_of(stretches_of(smallest)[0])
    firm = tables.firm(Luck(0, 0), _ideal_record(Ideal()), *numbers[1:])
    _engine(rivals)(numbers[0], firm, 1, 1)


def _live_on(tables: Tables, numbers: Numbers, run: Run, ideal: Ideal, first: int, last: int) -> None:
    engine = _engine(run.rivals)
    switches = _ideal_record(ideal)
    t = first
    while t < last:
        t = engine(numbers[0], tables.firm(run.luck, switches, *numbers[1:]), t, last)
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
def _bound_engine(rivals: Rivals, fingerprint: str) -> Any:
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
        if rivals:  # code from two processes may meet in one, where the linker tells functions by name
            function.__qualname__ = f"{fingerprint}.{function.__qualname__}"
        if function.__name__ == live.__name__:
            return numba.njit(function, error_model="numpy", _nrt=False, nogil=True)
        inner = numba.njit(  # a call copies the whole of `firm`, so a function with one caller joins it
            function,
            error_model="numpy",
            _nrt=False,
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            forceinline=callers[function.__code__] == 1,
        )
        inner.get_call_template = _without_literals(inner.get_call_template, numba)
        return inner

    engine = bind(live, compiled, {}, dict(rivals))
    engine._cache = CompileCache(cache_folder(rivals))
    return _said_plainly(engine, rivals, numba) if rivals else engine


def _without_literals(call: Any, numba: Any) -> Any:
    """Compile for types only: Numba would compile `draws` again for every purpose, a literal number."""

    def typed(arguments: Any, named: Any) -> Any:
        plain = numba.types.unliteral
        return call([plain(each) for each in arguments], {name: plain(named[name]) for name in named})

    return typed


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
    """Where compiled code is kept, named by a fingerprint of everything that it comes from."""
    root = Path(os.environ.get("SALESIM_CACHE_DIR") or user_cache_dir("salesim"))
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    libraries = f"numba{version('numba')}-numpy{np.__version__}"
    sources = model_fingerprint() + fingerprint_of(rivals)
    return root / f"{sources}-{python}-{libraries}"


def is_compiled(rivals: Rivals = ()) -> bool:
    """Whether the compiled model waits on disk."""
    try:
        return any(cache_folder(rivals).glob(f"*{SUFFIX}"))
    except PackageNotFoundError:
        return False
