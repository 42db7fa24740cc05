"""What is read out of a results folder: somebody else may have made it, so nothing in it is taken on trust.

Parquet is read here and nowhere else, and without threads: one that holds a Python buffer as the
interpreter ends kills the process.
"""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import ResultsError
from ..messages import reason_of, unusable

MAX_BYTES = 1_000_000_000  # of a file
MAX_BYTES_OF_JSON = 100_000_000
MAX_VALUES = 200_000_000  # of a table
TO_READ = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # those of them that the system has
NAMED = b"salesim_beside"  # under which the part of runs names the others


def damaged(path: Path, why: str, allowed: str = "") -> ResultsError:
    """The error that a file or folder is not what salesim has written."""
    return unusable(path, f"is damaged: {why}", allowed=allowed)


def check_own(folder: Path) -> None:
    """Make sure that a results folder and its folders hold nothing that leads elsewhere.

    Raises:
        ResultsError: a link, a device or a pipe, or a folder that cannot be read.
    """
    try:
        for entry in _entries(folder):
            if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
                wrong = "is no file of its own, but a link or a device"
                allowed = "a results folder of files and folders"
                raise unusable(entry.path, wrong, allowed=allowed)
    except OSError as error:
        raise unusable(folder, f"cannot be read: {reason_of(error)}") from None


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from os.scandir(entry.path)


def opened(path: Path, most: int = MAX_BYTES) -> BinaryIO:
    """A file to read.

    Raises:
        ResultsError: no file, a device, or a file of more bytes than `most`.
        OSError: a link, or a file that may not be read.
    """
    try:
        number = os.open(path, sum(getattr(os, name, 0) for name in TO_READ))
    except (FileNotFoundError, ValueError) as error:
        raise damaged(path, reason_of(error)) from None
    about = os.fstat(number)
    if stat.S_ISREG(about.st_mode) and about.st_size <= most:
        return os.fdopen(number, "rb")
    os.close(number)
    raise damaged(path, "not a file" if about.st_size <= most else f"larger than {most / 1e6:,.0f} MB")


def content_of(path: Path, most: int = MAX_BYTES) -> bytes:
    """All bytes of a file.

    Raises:
        ResultsError, OSError: as `opened`.
    """
    with opened(path, most) as file:
        return file.read(most)


def json_in(path: Path) -> dict[str, Any]:
    """The JSON object in a file; numbers are finite.

    Raises:
        ResultsError: anything else.
        OSError: as `opened`.
    """
    try:
        said = json.loads(content_of(path, MAX_BYTES_OF_JSON).decode("utf-8"), parse_constant=_finite)
        if not isinstance(said, dict):
            raise ValueError
        json.dumps(said, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise damaged(path, "not a JSON object") from None
    return said


def _finite(written: str) -> float:
    raise ValueError(written)


def table_in(
    path: Path, form: pa.Schema, columns: Sequence[str] | None = None, content: bytes | None = None
) -> pa.Table:
    """A table of a Parquet file, those of its columns that are declared.

    Args:
        path: the file.
        form: the declared columns; those that are nullable may hold nulls, or be missing and are null then.
        columns: which of them; all unless given.
        content: the bytes of the file, where they are known.

    Raises:
        ResultsError: no such file, or one with other columns or types, or too many values.
    """
    with opened(path) if content is None else io.BytesIO(content) as source:
        try:
            file = pq.ParquetFile(source, pre_buffer=False)
            _check_columns(file, form)
            return _read(file, form if columns is None else pa.schema([form.field(n) for n in columns]))
        except (pa.ArrowException, OSError, ValueError, KeyError, RecursionError) as error:
            raise damaged(path, (str(error).splitlines() or ["not a table"])[0]) from None


def _check_columns(file: pq.ParquetFile, form: pa.Schema) -> None:
    """Raise ValueError for a table that is too large, or whose columns are not the declared ones."""
    there, about = file.schema_arrow, file.metadata
    groups = [about.row_group(k) for k in range(about.num_row_groups)]
    values = sum(group.column(k).num_values for group in groups for k in range(group.num_columns))
    if max(values, about.num_rows * len(form)) > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES:,} values")
    for field in form:
        often = there.names.count(field.name)
        if often > 1 or (often == 0 and not field.nullable):
            raise ValueError(f"column {field.name} is there {often} times")
        if often and _value_type(there.field(field.name).type) != _value_type(field.type):
            raise ValueError(f"column {field.name} is not of type {field.type}")


def _value_type(kind: pa.DataType) -> pa.DataType:
    """The type of values; how they are coded differs with the version of Arrow."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _read(file: pq.ParquetFile, wanted: pa.Schema) -> pa.Table:
    """The columns that are wanted; those that are not there are null."""
    table = file.read([name for name in wanted.names if name in file.schema_arrow.names], use_threads=False)
    table.validate(full=True)
    for name in table.column_names:
        if not wanted.field(name).nullable and table[name].null_count:
            raise ValueError(f"column {name} lacks a value")
    there = {*table.column_names}
    arrays = [table[f.name] if f.name in there else pa.nulls(len(table), f.type) for f in wanted]
    named = (table.schema.metadata or {}).get(NAMED)
    return pa.Table.from_arrays(arrays, wanted.names, metadata={NAMED: named} if named else None)
