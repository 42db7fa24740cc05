"""Take in an archive that somebody else has made: all of it as a results folder, or nothing."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from pathlib import Path

from ..errors import ResultsError
from ..messages import reason_of, unusable
from .checked import MAX_BYTES, opened
from .folder import check_place, temporary_in
from .runs import open_results

MAX_FILES = 100_000
MAX_BYTES_OF_ALL = 20 * MAX_BYTES
STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
A_NAME = re.compile(r"[\w-][\w.-]*")  # of a file, and of each folder that it is in


def open_bundle(archive: Path, out: Path | None = None) -> Path:
    """Write what an archive of `salesim bundle` holds as a new results folder; where that is.

    Args:
        archive: a .zip file.
        out: a folder that is not there yet; here, called like the archive, unless given.

    Raises:
        ResultsError: no such archive, one that holds anything but a results folder, or a place that
            holds something or cannot be written. Nothing is left then.
    """
    target = out or Path(archive.stem)
    check_place(target)
    if target.exists():
        raise unusable(target, "is there already", allowed="a new folder, with --out")
    if not archive.is_file():
        raise _refused(archive, "no such archive")
    try:
        with opened(archive, MAX_BYTES_OF_ALL) as file, zipfile.ZipFile(file) as bundle:
            files = _files(archive, bundle)
            with temporary_in(target.absolute().parent) as temporary:
                for entry, parts in files:
                    _put(bundle, entry, temporary.joinpath(*parts))
                _check(archive, temporary)
                temporary.rename(target)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError) as error:
        raise _refused(archive, f"cannot be opened: {reason_of(error)}") from None
    return target


def _files(archive: Path, bundle: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, list[str]]]:
    """The files of an archive with their places in the results folder, checked before any is written."""
    files = [(entry, entry.filename.split("/")) for entry in bundle.infolist()]
    tops = {parts[0] for _, parts in files}
    places = {entry.filename.casefold() for entry, _ in files}
    if len(files) > MAX_FILES or sum(entry.file_size for entry, _ in files) > MAX_BYTES_OF_ALL:
        raise _refused(archive, f"holds more than {MAX_FILES:,} files or {MAX_BYTES_OF_ALL / 1e9:,.0f} GB")
    if len(tops) != 1 or len(places) != len(files):
        raise _refused(archive, "holds more than one folder, or two files of one name")
    for entry, parts in files:
        named = len(parts) > 1 and all(map(A_NAME.fullmatch, parts[1:]))
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not named or kind not in (0, stat.S_IFREG) or entry.compress_type not in STORED:
            raise _refused(archive, f"holds {entry.filename!r}, which is no file in a folder of results")
    return [(entry, parts[1:]) for entry, parts in files]


def _check(archive: Path, folder: Path) -> None:
    """Make sure that a folder holds results, and say of another in which archive it is."""
    try:
        open_results(folder)
    except ResultsError as error:
        raise ResultsError(str(error).replace(str(folder), str(archive))) from None


def _put(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with bundle.open(entry) as source, path.open("xb") as copy:
        shutil.copyfileobj(source, copy)  # which ends with the size that was checked


def _refused(archive: Path, wrong: str) -> ResultsError:
    return unusable(archive, wrong, allowed="what salesim bundle has written")
