"""Where results go: a folder that can be written, and the name of the newest of several."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import ResultsError
from ..inputs.whole_files import put_file
from ..messages import reason_of, unusable
from .checked import check_own, content_of

FIGURES = "figures"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of files in archives, so that the same content is the same file
LEVERS = "levers"  # the folder, within that of a gap, of the runs in which one lever is moved
TEMPORARY = ".salesim-"  # begins the names of what is half-written, also by a command that was killed
A_TEMPORARY = re.compile(r"\.salesim-[a-z0-9_]{8}")
SECONDS_IN_USE = 86_400.0
MAX_BYTES_OF_A_NAME = 1_000
LATEST = "latest"  # a file that says which of the folders beside it was written last


def check_place(folder: Path) -> None:
    """Make sure that a folder is one or can be made, and that something can be written into it.

    Raises:
        ResultsError: a file, a link to nothing, or a place that is not writable.
    """
    try:
        if folder.is_symlink() and not folder.exists():
            raise unusable(folder, "is a link to nothing", allowed="a new folder")
        if folder.exists() and not folder.is_dir():
            raise unusable(folder, "is a file", allowed="a new folder")
        parent = _nearest_existing(folder.absolute())
        with tempfile.TemporaryFile(dir=parent):
            clear_old(parent)
        if folder.is_dir():
            check_own(folder)
    except (OSError, ValueError) as error:
        raise unusable(folder, f"cannot be written: {reason_of(error)}") from None


def _nearest_existing(folder: Path) -> Path:
    return folder if folder.exists() else _nearest_existing(folder.parent)


def clear_old(folder: Path) -> None:
    """Take away what commands that were killed have left in a folder; nothing that may still be in use."""
    long_ago = time.time() - SECONDS_IN_USE
    mine = getattr(os, "getuid", int)()  # 0 where the system knows no owners
    for entry in filter(lambda entry: A_TEMPORARY.fullmatch(entry.name), os.scandir(folder)):
        with suppress(FileNotFoundError):
            about = entry.stat(follow_symlinks=False)
            if about.st_uid != mine or about.st_mtime > long_ago:
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink()


@contextmanager
def temporary_in(parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, unless it was given another name."""
    parent.mkdir(parents=True, exist_ok=True)
    clear_old(parent)
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=parent))
    try:
        temporary.chmod(0o755)
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def note_latest(folder: Path) -> None:
    """Say beside a folder of results that it is the one that was written last."""
    put_file(folder.parent / LATEST, f"{folder.name}\n".encode())


def folder_at(path: Path | str) -> Path:
    """The folder that somebody names, which may be results/NAME/latest.

    Raises:
        ResultsError: a file `latest` that names no folder beside it.
    """
    path = Path(path)
    if path.name != LATEST or not path.is_file():
        return path
    try:
        name = content_of(path, MAX_BYTES_OF_A_NAME).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError, ResultsError):
        name = ""
    folder = path.parent / Path(name).name
    if name in ("", "..") or not folder.is_dir():
        raise unusable(path, "names no folder beside it", allowed="a results folder")
    return folder
