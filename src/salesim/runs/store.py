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
import re
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

from ..errors import ResultsError
from .checked import NAMED, content_of, damaged, table_in
from .coalitions import orders_in
from .recording import ADDRESS, FAILED, RUNS
from .rows import SHEETS
from .tabling import form_of

PART = "part-*.parquet"
A_PART = re.compile(r"([a-z]\w*)/part-[0-9a-f]{16}\.parquet", re.ASCII)
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
            table = _sound(path, [column.name for column in ADDRESS])
            needed = [_name(path)] if table is None else beside_of(path, table)
            bad = [name for name in needed if table is None or not is_intact(self.folder / name)]
            self.damaged += bad
            if table is not None and not bad:
                self.ids.update(table["run_id"].to_pylist())
            else:
                self.useless.add(path.name)
        self.damaged += [_name(path) for path in self._new(FAILED) if _sound(path) is None]

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
            named = {*self._named()}
            for path in self.folder.glob(f"*/{PART}"):
                if _is_beside(_name(path)) and _name(path) not in named:
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
        """All stored runs, each once; only some columns where that is asked for.

        Raises:
            ResultsError: a part that was damaged since they were looked at.
        """
        names = form_of(RUNS).names if columns is None else dict.fromkeys(["run_id", *columns])
        return _each_once([part_at(path, [*names]) for path in self._used()], RUNS, [*names])

    def read_failed(self) -> pa.Table:
        """Runs that failed and are not stored, each once, as they failed last."""
        paths = sorted(parts_of(self.folder, FAILED), key=lambda path: path.stat().st_mtime, reverse=True)
        tables = [table for path in paths if (table := _sound(path)) is not None]
        failed = _each_once(tables, FAILED, form_of(FAILED).names)
        return failed.filter(pc.invert(pc.is_in(failed["run_id"], pa.array(self.ids, pa.string()))))

    def read_beside(self, kind: str) -> pa.Table | None:
        """What another table says of all stored runs; None when it was not kept.

        Raises:
            ResultsError: a part that does not hold the columns of the table.
        """
        names = [name for name in self._named() if name.startswith(f"{kind}/")]
        tables = [part_at(self.folder / name) for name in names]
        return pa.concat_tables(tables) if tables else None

    def _named(self) -> Iterator[str]:
        """Names of the parts that say more of stored runs."""
        for path in self._used():
            yield from beside_of(path, part_at(path, ["run_id"]))

    def _used(self) -> list[Path]:
        return [path for path in parts_of(self.folder, RUNS) if path.name not in self.useless]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As the only writer of this folder."""
        next(self.folder.iterdir(), None)  # which fails where somebody has removed it
        with FileLock(self.folder / LOCK):
            yield


def parts_of(folder: Path, kind: str) -> list[Path]:
    """The parts of one table, in the order of their names."""
    return sorted(path for path in (folder / kind).glob(PART) if A_PART.fullmatch(_name(path)))


def put_part(folder: Path, table: pa.Table) -> str:
    """Write a part under a temporary name and then give it its own, which is returned.

    Raises:
        OSError: a place that cannot be written.
    """
    written = as_parquet(table)
    name = f"part-{hashlib.sha256(written).hexdigest()[:16]}.parquet"
    folder.mkdir(exist_ok=True)
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


def part_at(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The content of a part; only some of its columns where that is asked for.

    Raises:
        ResultsError: a part that does not hold what was written, or not the columns of its table.
    """
    kind = path.parent.name
    table = table_in(path, form_of(kind), columns, _content(path))
    if kind == RUNS and pc.count_distinct(table["run_id"]).as_py() != len(table):
        raise damaged(path, "it holds a run twice")
    return table


def ids_in(path: Path) -> list[str]:
    """The runs that a part says it holds, unchecked; none where it cannot be read."""
    try:
        return [*dict.fromkeys(table_in(path, form_of(RUNS), ["run_id"])["run_id"].to_pylist())]
    except (ResultsError, OSError):
        return []


def is_intact(path: Path) -> bool:
    """Whether a part holds what was written."""
    try:
        return bool(_content(path))
    except ResultsError:
        return False


def _sound(path: Path, columns: Sequence[str] | None = None) -> pa.Table | None:
    """A part that holds what it should, and None for another."""
    try:
        table = part_at(path, columns)
        beside_of(path, table)
        return table
    except ResultsError:
        return None


def _content(path: Path) -> bytes:
    content = content_of(path)
    if f"part-{hashlib.sha256(content).hexdigest()[:16]}.parquet" != path.name:
        raise damaged(path, "not what was written")
    return content


def beside_of(path: Path, table: pa.Table) -> list[str]:
    """Names of the parts, in the same results folder, that say more of the same runs.

    Raises:
        ResultsError: a part that names something else.
    """
    try:
        names = json.loads((table.schema.metadata or {}).get(NAMED, b"[]"))
        if isinstance(names, list) and all(map(_is_beside, names)):
            return names
    except (ValueError, RecursionError):
        pass
    raise damaged(path, "it names no parts beside it")


def _is_beside(name: object) -> bool:
    """Whether a name is that of a part which says more of runs."""
    found = A_PART.fullmatch(name) if isinstance(name, str) else None
    return found is not None and is_table(found[1])


def is_table(name: str) -> bool:
    """Whether a store keeps a table of that name beside its runs."""
    return name in SHEETS or orders_in(name) is not None


def _each_once(tables: Iterable[pa.Table], kind: str, columns: Sequence[str]) -> pa.Table:
    """Rows of several parts, those of the first where a run stands in two."""
    form = form_of(kind)
    empty = pa.schema([(name, form.field(name).type) for name in columns]).empty_table()
    plain = [table.replace_schema_metadata(None) for table in tables]
    rows = pa.concat_tables([empty, *plain]).combine_chunks()
    first = pa.array(_first_places(rows["run_id"].to_pylist()), pa.int64())
    return rows.take(first) if len(first) < len(rows) else rows


def _first_places(ids: list[str]) -> list[int]:
    places: dict[str, int] = {}
    for place, name in enumerate(ids):
        places.setdefault(name, place)
    return list(places.values())


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
