"""A results folder: written whole under a temporary name, then moved; never changed afterwards."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ..errors import ResultsError
from ..scenario.refusal import reason_of, refusal
from .manifest import MANIFEST, RUN, environment, rivals_said
from .rows import SHEETS
from .schema import SCHEMA_VERSION
from .simulate import Results

FIGURES = "figures"
FILES = (MANIFEST, *(f"{name}.parquet" for name in SHEETS))


def check_target(folder: Path, key: str) -> None:
    """Make sure that results can go there, before anything is run.

    Raises:
        ResultsError: a file, a folder with something else in it, or a place that is not writable.
    """
    check_place(folder, folder.absolute().parent)
    if folder.is_dir() and any(folder.iterdir()) and key_of(folder) != key:
        allowed = "a new or empty folder, or these same results"
        raise _refused(folder, "holds something else", allowed)


def check_place(folder: Path, written: Path) -> None:
    """Make sure that a folder is one or can be made, and that something can be written.

    Args:
        folder: where results go.
        written: what is written into: the folder itself, or the one around it.

    Raises:
        ResultsError: a file, a link to nothing, or a place that is not writable.
    """
    try:
        if folder.is_symlink() and not folder.exists():
            raise _refused(folder, "is a link to nothing", "a new folder")
        if folder.exists() and not folder.is_dir():
            raise _refused(folder, "is a file", "a new folder")
        with tempfile.TemporaryDirectory(prefix=".salesim-", dir=_nearest_existing(written.absolute())):
            pass
        if folder.is_dir():
            next(folder.iterdir(), None)  # which fails where nobody may look
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
        with temporary_in(folder.absolute().parent) as temporary:
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
    """Draw the figures of a folder where there are none: under a temporary name first."""
    if draw is None or (folder / FIGURES).is_dir():
        return
    with temporary_in(folder) as temporary:
        draw(temporary)
        temporary.rename(folder / FIGURES)


@contextmanager
def temporary_in(parent: Path) -> Iterator[Path]:
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
        "kind": RUN,
        "key": key,
        **environment(),
        "engine": results.engine,
        "seed": results.seed,
        "replicates": len(results.pairs),
        "scenario": results.scenario.model_dump(),
        "rivals": rivals_said(results.rivals),
    }
