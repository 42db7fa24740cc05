"""The fast engine: the same functions over record arrays, compiled by Numba."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from platformdirs import user_cache_dir

from ..errors import MissingEngineError
from .binding import bind
from .scenario import Scenario, record_of
from .state import Ideal, names, record_type
from .tables import Tables, empty_tables, room_for_deals
from .week import live

# Intel's vector library gives other last bits than the C library that CPython uses.
os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")


def run_compiled(scenario: Scenario, seed: int, replicate: int, ideal: Ideal) -> Tables:
    """Live through burn-in and plan; ideals hold from the first week of the plan."""
    tables = empty_tables(scenario)
    parameters = record_of(scenario)
    start = scenario.organisation.burn_in_weeks
    _live_on(tables, parameters, seed, replicate, Ideal(), 0, start)
    _live_on(tables, parameters, seed, replicate, ideal, start, len(tables.books))
    tables.deals = tables.deals[: tables.books["deals"][-1]]
    return tables


def _live_on(
    tables: Tables, parameters: np.void, seed: int, replicate: int, ideal: Ideal, t: int, last: int
) -> None:
    engine = _engine()
    switches = _ideal_record(ideal)
    while t < last:
        t = engine(
            parameters, seed, replicate, switches, tables.managers, tables.reps, tables.customers,
            tables.order, tables.deals, tables.books, tables.levels, tables.years, tables.office,
            tables.quotas, t, last,
        )
        if t < last:
            more = room_for_deals(len(tables.deals) // 2 + len(tables.customers))
            tables.deals = np.concatenate([tables.deals, more])


def _ideal_record(ideal: Ideal) -> np.void:
    record: np.void = np.zeros(1, record_type(Ideal))[0]
    for name in names(Ideal):
        record[name] = getattr(ideal, name)
    return record


@cache
def _engine() -> Any:
    """The compiled `live`, from the cache on disk when model and libraries are unchanged."""
    try:
        numba: Any = import_module("numba")
    except ImportError:
        raise MissingEngineError(
            "engine: got 'compiled', which needs Numba, and Numba is not installed; "
            "allowed here: 'mesa' (or `pip install numba`)"
        ) from None

    def compiled(function: FunctionType) -> Any:
        if function.__name__ == live.__name__:
            return numba.njit(function, cache=True, error_model="numpy", _nrt=False)
        return numba.njit(
            function, error_model="numpy", _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True
        )

    with _cache_in(numba, _writable(cache_folder())):
        return bind(live, compiled, {})


def cache_folder() -> Path:
    """Where compiled code is kept, named by a fingerprint of everything that it comes from.

    Numba itself notices changes only in the file of the function that it caches.
    """
    root = Path(os.environ.get("SALESIM_CACHE_DIR") or user_cache_dir("salesim"))
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    libraries = f"numba{version('numba')}-numpy{np.__version__}"
    return root / f"{model_fingerprint()}-{python}-{libraries}"


def is_compiled() -> bool:
    """Whether the compiled model waits on disk."""
    try:
        return any(cache_folder().rglob("*.nbc"))
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


@cache
def model_fingerprint() -> str:
    """Sixteen hexadecimal digits that change when any source of the model changes."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted([*package.glob("rules/**/*.py"), *package.glob("model/**/*.py")]):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
