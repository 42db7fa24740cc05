"""Take over runs that other sweeps have stored, so that no run is carried out twice."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os.path import isdir
from pathlib import Path
from random import SystemRandom

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ResultsError
from ..messages import reason_of, unusable
from .manifest import MANIFEST, read_manifest
from .recording import RUNS
from .store import Store, beside_of, ids_in, part_at, parts_of

Tables = dict[str, pa.Table]
Check = Callable[[str, pa.Table, Tables], Sequence[str]]
CHANCE = SystemRandom()  # which run is checked changes no number, and nobody can know it beforehand


@dataclass
class Sources:
    """Sweeps of others, from which runs are taken once one of them was run again and is the same.

    Args:
        folders: where they are.
        tables: what must be kept beside the runs.
        check: runs a run again by its digits, and says how it differs from what is stored of it.
        copied: how many runs were taken, by folder; those that did not stand the check are not in it.
    """

    folders: Sequence[Path]
    tables: Sequence[str]
    check: Check
    copied: dict[Path, int] = field(default_factory=dict)

    def fill(self, store: Store, missing: dict[str, tuple[str, int]]) -> int:
        """Copy runs into a store, and take them out of those that are missing; how many."""
        before = len(missing)
        for folder in list(self.folders):
            try:
                self._copy(folder, store, missing)
            except ResultsError as error:
                warnings.warn(f"{error}; nothing is copied from {folder}", stacklevel=2)
                self.folders = [other for other in self.folders if other != folder]
        return before - len(missing)

    def _copy(self, folder: Path, store: Store, missing: dict[str, tuple[str, int]]) -> None:
        for path in _shuffled(parts_of(folder, RUNS)) if missing else ():
            wanted = [name for name in ids_in(path) if name in missing]
            rows = _rows(path, wanted, self.tables) if wanted else None
            if rows is None:
                continue
            if folder not in self.copied:
                self._check(folder, CHANCE.choice(wanted), *rows)
            store.add(*rows)
            self.copied[folder] = self.copied.get(folder, 0) + len(wanted)
            for name in wanted:
                del missing[name]

    def _check(self, folder: Path, name: str, runs: pa.Table, beside: Tables) -> None:
        """Make sure that a folder is sound, and that one of its runs comes out as it is stored."""
        read_manifest(folder)
        for difference in self.check(name, runs, beside):
            raise unusable(folder, f"is not what this model gives: {difference}")


def _rows(path: Path, wanted: Sequence[str], tables: Sequence[str]) -> tuple[pa.Table, Tables] | None:
    """Runs of a part with what must be kept beside them; None where that was not kept.

    Raises:
        ResultsError: a part that is damaged.
    """
    try:
        part, folder = part_at(path), path.parent.parent
        names = {name.partition("/")[0]: name for name in beside_of(path, part)}
        if not {*tables} <= {*names}:
            return None
        beside = {kind: part_at(folder / names[kind]) for kind in tables}
    except OSError as error:
        raise unusable(path, f"cannot be read: {reason_of(error)}") from None
    return part.filter(pc.is_in(part["run_id"], pa.array(wanted, pa.string()))), beside


def _shuffled(paths: list[Path]) -> list[Path]:
    return CHANCE.sample(paths, len(paths))


def sweeps_in(roots: Iterable[Path], but: Path) -> Iterator[Path]:
    """Folders of sweeps: each root itself, and those one and two levels below; never `but`."""
    for root in roots:
        for pattern in (MANIFEST, f"*/{MANIFEST}", f"*/*/{MANIFEST}"):
            for path in sorted(root.glob(pattern)):
                if path.parent.resolve() != but.resolve() and isdir(path.parent / RUNS):
                    yield path.parent
