"""A results folder: written whole under a temporary name, then moved; never changed afterwards."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ..errors import ResultsError
from ..model.fingerprint import model_fingerprint
from ..scenario.refusal import reason_of, refusal
from ..scenario.rivals import path_of
from .rows import SHEETS
from .schema import SCHEMA_VERSION
from .simulate import Results

MANIFEST = "manifest.json"
FIGURES = "figures"
FILES = (MANIFEST, *(f"{name}.parquet" for name in SHEETS))
LIBRARIES = ("mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic")
MANIFEST_KEYS = {
    "schema_version": "The form of all files of the folder; higher when a reader must look again.",
    "key": "Twelve digits that name the run: scenario, seed, replicates, model and rival rules.",
    "salesim": "Version of this package.",
    "model": "Digits that change when any source of the model changes.",
    "created": "When the folder was written (UTC).",
    "python": "Version of Python.",
    "platform": "Operating system and machine.",
    "libraries": "Versions of the libraries that were used.",
    "engine": "compiled or mesa; both give the same bits.",
    "seed": "Where all luck starts.",
    "replicates": "How often the plan was lived through.",
    "scenario": "Every number of the firm, by group, with its title, dated levers and named rules.",
    "rivals": "Functions in the place of rules, by the path of the rule.",
    "command": "What was asked on the command line.",
    "outcomes": "What `salesim run --json` prints.",
}


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
    draw: Callable[[Path], None] | None = None,
) -> bool:
    """Write manifest and tables, and let a function draw the figures; whether tables were written.

    A folder that already holds these results is left as it is, but for figures that it lacks.
    """
    try:
        if key_of(folder) == key:
            _add_figures(folder, draw)
            return False
        with _temporary_in(folder.absolute().parent) as temporary:
            for name in SHEETS:
                pq.write_table(results.arrow(name), temporary / f"{name}.parquet", compression="zstd")
            _add_figures(temporary, draw)
            text = json.dumps(manifest_of(results, key) | about, indent=2) + "\n"
            (temporary / MANIFEST).write_text(text, encoding="utf-8")
            temporary.rename(folder.resolve())  # which may stand there empty, and no more
    except OSError as error:
        if key_of(folder) == key and (draw is None or (folder / FIGURES).is_dir()):
            return False  # somebody else was faster with the same results
        raise _refused(folder, f"cannot be written: {reason_of(error)}") from None
    return True


def _add_figures(folder: Path, draw: Callable[[Path], None] | None) -> None:
    """Draw the figures where there are none: under a temporary name first."""
    if draw is None or (folder / FIGURES).is_dir():
        return
    with _temporary_in(folder) as temporary:
        draw(temporary)
        temporary.rename(folder / FIGURES)


@contextmanager
def _temporary_in(parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, unless it was given another name."""
    parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".salesim-", dir=parent))
    try:
        temporary.chmod(0o755)
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


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
