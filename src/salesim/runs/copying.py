"""Take over runs that other sweeps have stored, so that no run is carried out twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .manifest import MANIFEST
from .recording import RUNS
from .store import Store, beside_of, ids_in, intact, parts_of


def fill_from(others: Iterable[Path], store: Store, missing: set[str], tables: Sequence[str]) -> int:
    """Copy runs that other sweeps hold already; how many.

    Args:
        others: folders of sweeps.
        store: where the runs go.
        missing: the runs that are wanted; those found are taken out.
        tables: what must be kept beside them.
    """
    before = len(missing)
    for folder in others:
        for path in parts_of(folder, RUNS):
            wanted = [name for name in ids_in(path) if name in missing] if missing else []
            table = intact(path) if wanted else None
            if table is not None:
                _copy(folder, table, wanted, store, missing, tables)
    return before - len(missing)


def _copy(
    folder: Path, table: pa.Table, wanted: list[str], store: Store, missing: set[str], tables: Sequence[str]
) -> None:
    found = table.filter(pc.is_in(table["run_id"], pa.array(wanted, pa.string())))
    names = {name.partition("/")[0]: name for name in beside_of(table)}
    if not {*tables} <= {*names}:
        return
    beside = {}
    for kind in tables:
        rows = intact(folder / names[kind])
        if rows is None:
            return
        beside[kind] = rows
    store.add(found, beside)
    missing.difference_update(wanted)


def sweeps_in(roots: Iterable[Path], but: Path) -> Iterator[Path]:
    """Folders of sweeps: each root itself, and those one and two levels below; never `but`."""
    for root in roots:
        for pattern in (MANIFEST, f"*/{MANIFEST}", f"*/*/{MANIFEST}"):
            for path in sorted(root.glob(pattern)):
                if path.parent.resolve() != but.resolve() and (path.parent / RUNS).is_dir():
                    yield path.parent
