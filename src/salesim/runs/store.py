"""A store of runs: parts that are written once and never changed.

A part is a Parquet file whose name holds digits of its own content, so that damage shows. What several
tables say of the same runs goes into a part of each; the part of runs is put last and names the
others, so a run is stored as a whole or not at all. Readers need no lock; writers take turns.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock

from .recording import FAILED, RUNS, SCHEMAS

PART = "part-*.parquet"
NAMED = b"salesim_beside"  # under which the part of runs names the others
DAMAGED = "damaged"
LOCK = ".lock"


@dataclass
class Store:
    """The runs in a folder, as far as they are known.

    Args:
        folder: where parts are; `runs/` and one folder for each other table.
        ids: runs that are stored.
        seen: names of the parts, of runs and of failures, that were looked at.
        damaged: parts that hold something else than was written, or are gone, as paths in the folder.
        useless: parts of runs that cannot be used because of them.
    """

    folder: Path
    ids: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    damaged: list[str] = field(default_factory=list)
    useless: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Learn of the parts that are new since the last look.

        Raises:
            OSError: a part that is there and cannot be read.
        """
        for path in self._new(RUNS):
            table = intact(path, ["run_id"])
            needed = [path] if table is None else [self.folder / name for name in beside_of(table)]
            bad = [_name(part) for part in needed if not is_intact(part)]
            self.damaged += bad
            if table is not None and not bad:
                self.ids.update(table["run_id"].to_pylist())
            else:
                self.useless.add(path.name)
        self.damaged += [_name(path) for path in self._new(FAILED) if not is_intact(path)]

    def _new(self, kind: str) -> list[Path]:
        """Parts that were not looked at yet."""
        new = [path for path in parts_of(self.folder, kind) if path.name not in self.seen]
        self.seen.update(path.name for path in new)
        return new

    def add(self, runs: pa.Table, beside: Mapping[str, pa.Table]) -> int:
        """Store runs, and what other tables say of them; how many of them were new.

        Raises:
            OSError: a place that cannot be written. Nothing of these runs is stored then.
        """
        with self.alone():
            self.look()
            new = pc.invert(pc.is_in(runs["run_id"], pa.array(self.ids, pa.string())))
            fresh = runs.filter(new)
            if len(fresh):
                self._put(fresh, beside)
            return len(fresh)

    def _put(self, runs: pa.Table, beside: Mapping[str, pa.Table]) -> None:
        """Write parts, that of the runs last."""
        ids, names = runs["run_id"], []
        for kind, table in beside.items():
            rows = table.filter(pc.is_in(table["run_id"], ids.combine_chunks()))
            names.append(f"{kind}/{put_part(self.folder / kind, rows)}")
        said = {**(runs.schema.metadata or {}), NAMED: json.dumps(names).encode()}
        self.seen.add(put_part(self.folder / RUNS, runs.replace_schema_metadata(said)))
        self.ids.update(ids.to_pylist())

    def add_failed(self, failed: pa.Table) -> None:
        """Store what is known of runs that failed."""
        with self.alone():
            put_part(self.folder / FAILED, failed)

    def mend(self) -> list[str]:
        """Look at all parts, set damaged ones aside, and take away what a killed writer has left.

        Returns:
            The damaged parts.

        Raises:
            OSError: a place that cannot be written.
        """
        with self.alone():
            self.ids, self.seen, self.damaged, self.useless = set(), set(), [], set()
            self.look()
            damaged, useless = self.damaged, self.useless
            for name in {*damaged, *(f"{RUNS}/{name}" for name in useless)}:
                self._set_aside(name)
            self.damaged, self.useless = [], set()
            self.seen -= useless  # the same runs, run again, get the same name
            named = {name for path in parts_of(self.folder, RUNS) for name in named_in(path)}
            for path in self.folder.glob(f"*/{PART}"):
                if path.parent.name not in (RUNS, FAILED, DAMAGED) and _name(path) not in named:
                    path.unlink()
            for path in [*self.folder.glob(".salesim-*"), *self.folder.glob("*/.salesim-*")]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            return damaged

    def _set_aside(self, name: str) -> None:
        """Move a part to where no reader looks."""
        aside = self.folder / DAMAGED
        aside.mkdir(exist_ok=True)
        if (self.folder / name).exists():
            (self.folder / name).replace(aside / name.replace("/", "-"))

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All stored runs, each once; only some columns where that is asked for."""
        wanted = None if columns is None else ["run_id", *(c for c in columns if c != "run_id")]
        return _each_once(self._runs(wanted), SCHEMAS[RUNS](), wanted)

    def read_failed(self) -> pa.Table:
        """Runs that failed and are not stored, each once, as they failed last."""
        paths = sorted(parts_of(self.folder, FAILED), key=lambda path: path.stat().st_mtime, reverse=True)
        tables = (table for path in paths if (table := intact(path)) is not None)
        failed = _each_once(tables, SCHEMAS[FAILED](), None)
        return failed.filter(pc.invert(pc.is_in(failed["run_id"], pa.array(self.ids, pa.string()))))

    def read_beside(self, kind: str) -> pa.Table | None:
        """What another table says of all stored runs; None when it was not kept."""
        beside = [name for table in self._runs(["run_id"]) for name in beside_of(table)]
        names = [name for name in beside if name.startswith(f"{kind}/")]
        tables = [table for n in names if (table := intact(self.folder / n)) is not None]
        return pa.concat_tables(tables) if tables else None

    def _runs(self, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        for path in parts_of(self.folder, RUNS):
            table = None if path.name in self.useless else intact(path, columns)
            if table is not None:
                yield table

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As the only writer of this folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / LOCK):
            yield


def parts_of(folder: Path, kind: str) -> list[Path]:
    """The parts of one table, in the order of their names."""
    return sorted((folder / kind).glob(PART))


def put_part(folder: Path, table: pa.Table) -> str:
    """Write a part under a temporary name and then give it its own, which is returned.

    Raises:
        OSError: a place that cannot be written.
    """
    written = as_parquet(table)
    name = f"part-{hashlib.sha256(written).hexdigest()[:16]}.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".salesim-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(folder / name)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return name


def as_parquet(table: pa.Table) -> bytes:
    """A table as the content of a file; names that repeat are kept once."""
    content = io.BytesIO()
    repeated = [name for name in ("firm", "run_id", "policy") if name in table.column_names]
    pq.write_table(table, content, compression="zstd", use_dictionary=repeated)
    return content.getvalue()


def intact(path: Path, columns: Sequence[str] | None = None) -> pa.Table | None:
    """The content of a part, those of the columns that it has; None where it is not what was written."""
    content = _content(path)
    if content is None:
        return None
    try:  # without threads: one that holds a Python buffer as the interpreter ends kills the process
        file = pq.ParquetFile(pa.BufferReader(content), pre_buffer=False)
        known = None if columns is None else [c for c in columns if c in file.schema_arrow.names]
        return file.read(known, use_threads=False)
    except (pa.ArrowException, OSError, KeyError):
        return None


def ids_in(path: Path) -> list[str]:
    """The runs that a part says it holds, unchecked; none where it cannot be read."""
    try:
        ids: list[str] = pq.read_table(path, columns=["run_id"])["run_id"].to_pylist()
        return ids
    except (pa.ArrowException, OSError, KeyError):
        return []


def is_intact(path: Path) -> bool:
    """Whether a part holds what was written."""
    return _content(path) is not None


def _content(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    digits = path.name.removeprefix("part-").removesuffix(".parquet")
    return content if hashlib.sha256(content).hexdigest()[:16] == digits else None


def beside_of(table: pa.Table) -> list[str]:
    """Names of the parts that say more of the same runs."""
    return _names_in(table.schema)


def named_in(path: Path) -> list[str]:
    """The same of a part that is known to be intact, without reading its rows."""
    return _names_in(pq.read_schema(path))


def _names_in(schema: pa.Schema) -> list[str]:
    names: list[str] = json.loads((schema.metadata or {}).get(NAMED, b"[]"))
    return names


def _each_once(tables: Iterable[pa.Table], schema: pa.Schema, columns: Sequence[str] | None) -> pa.Table:
    """Rows of several parts, those of the first where a run stands in two."""
    whole = (schema if columns is None else pa.schema([schema.field(n) for n in columns])).remove_metadata()
    plain = [_shaped(table, whole) for table in tables]
    rows = pa.concat_tables([whole.empty_table(), *plain]).combine_chunks()
    first = pa.array(_first_places(rows["run_id"].to_pylist()), pa.int64())
    return rows.take(first) if len(first) < len(rows) else rows


def _shaped(table: pa.Table, whole: pa.Schema) -> pa.Table:
    """A part with the columns asked for; what another version did not measure is not defined."""
    for column in whole:
        if column.name not in table.column_names:
            table = table.append_column(column, pa.nulls(len(table), column.type))
    return table.select(whole.names).replace_schema_metadata(None).cast(whole)


def _first_places(ids: list[str]) -> list[int]:
    places: dict[str, int] = {}
    for place, name in enumerate(ids):
        places.setdefault(name, place)
    return list(places.values())


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
