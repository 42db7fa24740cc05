"""A results folder: written whole under a temporary name, then moved; never changed afterwards."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import ResultsError
from ..model.binding import Rivals
from ..model.fingerprint import fingerprint_of, model_fingerprint
from ..model.scenario import Scenario
from ..model.tables import Records
from ..scenario.refusal import reason_of, refusal
from ..scenario.rivals import path_of
from .simulate import Results

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
WEEKS = "weeks.parquet"
LEVELS = "levels.parquet"
REPS = "reps.parquet"
DEALS = "deals.parquet"
OUTCOMES = "outcomes.parquet"
FIGURES = "figures"
FILES = (MANIFEST, WEEKS, LEVELS, REPS, DEALS, OUTCOMES)
LIBRARIES = ("mesa", "numba", "numpy", "pyarrow", "pydantic")


def run_key(scenario: Scenario, seed: int, replicates: int, rivals: Rivals = ()) -> str:
    """Twelve digits that name a run: its numbers, its luck and the model's sources.

    The engine is left out, because both engines give the same bits.
    """
    content = {
        "schema": SCHEMA_VERSION,
        "model": model_fingerprint() + fingerprint_of(rivals),
        "scenario": scenario.model_dump(),
        "seed": seed,
        "replicates": replicates,
    }
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check_target(folder: Path, key: str) -> None:
    """Make sure that results can go there, before anything is run.

    Raises:
        ResultsError: a file, a folder with something else in it, or a place that is not writable.
    """
    try:
        if folder.is_symlink() and not folder.exists():
            raise _refused(folder, "is a link to nothing", "a new folder")
        if folder.exists() and not folder.is_dir():
            raise _refused(folder, "is a file", "a new folder")
        if folder.is_dir() and any(folder.iterdir()) and key_of(folder) != key:
            allowed = "a new or empty folder, or these same results"
            raise _refused(folder, "holds something else", allowed)
        with tempfile.TemporaryDirectory(dir=_nearest_existing(folder.absolute().parent)):
            pass
    except (OSError, ValueError) as error:
        raise _refused(folder, f"cannot be written: {reason_of(error)}") from None


def _nearest_existing(folder: Path) -> Path:
    return folder if folder.exists() else _nearest_existing(folder.parent)


def _refused(folder: Path, wrong: str, allowed: str = "") -> ResultsError:
    return ResultsError(refusal(str(folder), "", wrong, allowed=allowed))


def key_of(folder: Path) -> str:
    """The key of the run that a folder holds; empty when it holds none, or not all of it."""
    try:
        if not all((folder / name).is_file() for name in FILES):
            return ""
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def write_folder(
    folder: Path,
    results: Results,
    key: str,
    about: dict[str, Any],
    draw: Callable[[Path], None],
) -> bool:
    """Write manifest, tables and figures; whether anything had to be written.

    A folder that already holds these results is left as it is.
    """
    if key_of(folder) == key:
        return False
    temporary = _temporary_beside(folder)
    try:
        for file, table in tables_of(results):
            pq.write_table(table, temporary / file, compression="zstd")
        draw(temporary / FIGURES)
        text = json.dumps(manifest_of(results, key) | about, indent=2) + "\n"
        (temporary / MANIFEST).write_text(text, encoding="utf-8")
        _move(temporary, folder)
    except OSError as error:
        if key_of(folder) == key:  # somebody else was faster with the same results
            return False
        raise _refused(folder, f"cannot be written: {reason_of(error)}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return True


def _temporary_beside(folder: Path) -> Path:
    parent = folder.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".salesim-", dir=parent))
        temporary.chmod(0o755)
    except OSError as error:
        raise _refused(folder, f"cannot be written: {reason_of(error)}") from None
    return temporary


def _move(temporary: Path, folder: Path) -> None:
    """Rename the whole folder; into one that stands empty, file by file and the manifest last."""
    if not folder.is_dir():
        temporary.rename(folder)
        return
    for name in sorted((path.name for path in temporary.iterdir()), key=lambda name: name == MANIFEST):
        (temporary / name).replace(folder / name)


def manifest_of(results: Results, key: str) -> dict[str, Any]:
    """What was run, with what, and when."""
    return {
        "schema_version": SCHEMA_VERSION,
        "key": key,
        "salesim": salesim_version(),
        "model": model_fingerprint(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "engine": results.engine,
        "seed": results.seed,
        "replicates": len(results.pairs),
        "scenario": results.scenario.model_dump(),
        "rivals": {
            path_of(rule): f"{rival.__module__}:{rival.__qualname__}" for rule, rival in results.rivals
        },
    }


def salesim_version() -> str:
    """The version of this package."""
    return _version("salesim")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def tables_of(results: Results) -> Iterator[tuple[str, pa.Table]]:
    """Each table of the folder under its name, made when it is its turn."""
    yield WEEKS, weekly_table(results)
    yield LEVELS, level_table(results)
    yield REPS, _with_version(results.table("rep"))
    yield DEALS, deal_table(results)
    yield OUTCOMES, _with_version(results.table("company"))


def weekly_table(results: Results) -> pa.Table:
    """One row per replicate, run and week of the plan; run is `realised` or `full_execution`."""
    parts = []
    for pair in results.pairs:
        for run, books in (("realised", pair.realised_books), ("full_execution", pair.ideal_books)):
            parts.append(_labelled(books, pair.replicate, run))
    return _with_version(pa.concat_tables(parts))


def level_table(results: Results) -> pa.Table:
    """One row per replicate, week of the plan and level of the realised runs; level 0 are the reps."""
    parts = [_labelled(pair.levels, pair.replicate, "realised") for pair in results.pairs]
    return _with_version(pa.concat_tables(parts))


def deal_table(results: Results) -> pa.Table:
    """One row per quote of the realised runs, burn-in included."""
    parts = [_labelled(pair.deals, pair.replicate, "realised") for pair in results.pairs]
    return _with_version(pa.concat_tables(parts))


def _labelled(records: Records, replicate: int, run: str) -> pa.Table:
    columns = {
        "replicate": np.full(len(records), replicate, dtype=np.int64),
        "run": pa.array([run] * len(records), type=pa.string()),
    }
    for name in records.dtype.names or ():
        columns[name] = np.ascontiguousarray(records[name])
    return pa.table(columns)


def _with_version(table: pa.Table) -> pa.Table:
    return table.replace_schema_metadata({"salesim_schema_version": str(SCHEMA_VERSION)})
