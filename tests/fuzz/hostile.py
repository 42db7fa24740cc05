"""Results folders that nobody should have made, met by every command that reads one.

.venv/bin/python -m tests.fuzz.hostile 200
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from salesim.cli import main
from salesim.runs.bits import digest_of
from salesim.runs.store import NAMED, as_parquet

SEED = 20_261_130
SECONDS = 10.0  # of processor time, so that a busy machine does not look like a command that hangs
PATIENCE = 6  # times as long it may take by the clock
STUDY = """
title = "A small study"
replicates = 2
outcomes = ["realised"]
tables = ["weeks", "deals"]
[settings]
organisation.weeks = 13
organisation.burn_in_weeks = 13
organisation.headcount = 4
organisation.accounts = 24
[policies]
on_margin = "margin_pay"
[levers]
regime.discount_authority = [0.0, 0.2]
"""
SMALL = [f"organisation.{said}" for said in ("weeks=13", "burn_in_weeks=13", "headcount=4", "accounts=24")]
FIRM = [word for said in SMALL for word in ("--set", said)]
# A leaf of JSON becomes one of these.
NASTY: tuple[Any, ...] = (
    *(
        None,
        True,
        "",
        "x",
        [],
        {},
        [[]],
        {"a": 1},
        -1,
        0,
        0.5,
        3,
        10**6,
        10**30,
        1e308,
        float("inf"),
        float("nan"),
    ),
    *(
        "../victim.txt",
        "/etc/hostname",
        "\ud800",
        "a" * 100_000,
        "\x1b[31m",
        "baseline",
        "sweep",
        "run",
        "evidence",
    ),
)
RAW = (
    b"",
    b"{",
    b"[]",
    b"\xff\xfe\0",
    b"null",
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b'{"schema_version": Infinity}',
)


@dataclass
class Met:
    """What commands made of the folders.

    Args:
        folders, commands: how many there were.
        codes: how often commands ended with each exit code.
        bad: tracebacks, hangs, and files that were moved or changed outside of the folder, each in words.
        slowest: the longest time that a command took (s), and which command it was.
    """

    folders: int = 0
    commands: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


class HungError(BaseException):
    """A command took too long."""


def sound_folders(place: Path, *, with_evidence: bool) -> list[Path]:
    """The folders of a sweep, of a firm and, where that is wanted, of evidence, as commands leave them."""
    (place / "study.toml").write_text(STUDY)
    asked = {
        "sweep": ["sweep", "study.toml"],
        "firm": ["run", "typical_firm", *FIRM, "--replicates", "2"],
        "evidence": ["evidence", "T5", *FIRM, "--replicates", "10"],
    }
    folders = []
    for name, words in asked.items():
        if name != "evidence" or with_evidence:
            ended = call(place, [*words, "--out", name], 60.0 * SECONDS)
            assert ended.code == 0, ended.said
            folders.append(place / name)
    return folders


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, -1 for an error that it let through, what it said, and its processor time."""

    code: int
    said: str
    seconds: float


def call(folder: Path, words: list[str], seconds: float = SECONDS) -> Ended:
    """Give a command in this process, and let it take no longer than is allowed."""
    said, before, start = io.StringIO(), (sys.argv, Path.cwd()), time.process_time()
    sys.argv = ["salesim", *words]
    os.chdir(folder)
    try:
        with (
            stop_if_hung(seconds),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            warnings.catch_warnings(),
        ):
            main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except (Exception, HungError):
        code = -1
        said.write(traceback.format_exc())
    finally:
        sys.argv, there = before
        os.chdir(there)
    return Ended(code, said.getvalue(), time.process_time() - start)


@contextlib.contextmanager
def stop_if_hung(seconds: float) -> Iterator[None]:
    """Raise an error in what takes longer: of processor time, or by the clock so many times as much."""
    signal.signal(signal.SIGPROF, _hung)
    signal.signal(signal.SIGALRM, _hung)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _hung(*_: object) -> None:
    raise HungError


def commands(folder: str, kind: str) -> Iterator[list[str]]:
    """Every command that reads such a folder; those that simulate do little."""
    yield ["runs", folder]
    yield ["runs", folder, "--each", "--json"]
    yield ["verify", folder, "--sample", "1"]
    yield ["report", folder, "--out", "page.html"]
    yield ["bundle", folder, "--out", "all.zip"]
    yield ["bundle", "--open", "all.zip", "--out", "taken"]
    yield ["convert", folder, "--out", "new"]
    yield ["sweep", folder, "--dry-run"]
    yield ["sweep", "../study.toml", "--no-figures", "--out", "other", "--reuse", folder]
    if kind == "sweep":
        yield ["sweep", "../study.toml", "--out", folder]
    if kind == "firm":
        yield ["run", "typical_firm", *FIRM, "--replicates", "2", "--out", folder]


def meet(folder: Path, kind: str, met: Met, what: str) -> None:
    """Give every command on a folder, and take note of what must not be."""
    place = folder.parent
    before = _content(place, folder)
    met.folders += 1
    for words in commands(folder.name, kind):
        ended = call(place, words)
        met.commands += 1
        met.codes[ended.code] += 1
        met.slowest = max(met.slowest, (ended.seconds, f"{what}: {' '.join(words)}"))
        raw = any(
            f"Error: {kind}" in ended.said
            for kind in ("MemoryError", "IsADirectoryError", "FileExistsError")
        )
        if ended.code == -1 or "Traceback" in ended.said or ended.code not in (-1, 0, 1, 2) or raw:
            met.bad.append(f"{what}: {' '.join(words)}: {ended.said[-1500:]}")
    after = _content(place, folder)
    met.bad += [
        f"{what}: {name} was moved or changed" for name, was in before.items() if after.get(name) != was
    ]


def _content(place: Path, but: Path) -> dict[str, str]:
    """What lies beside a folder: names, and digits of the content."""
    files = (path for path in place.rglob("*") if not path.is_relative_to(but) and path.is_file())
    return {str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def hostile(folder: Path, luck: random.Random) -> str:
    """Make a sound folder a hostile one, in one way or in two; in words."""
    ways = [_json, _json, _json, _raw, _table, _table, _table, _named, _place, _bytes]
    return ", ".join(luck.choice(ways)(folder, luck) for _ in range(luck.choice([1, 1, 2])))


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file() and not path.is_symlink())


def _json(folder: Path, luck: random.Random) -> str:
    """Change or take away one value, at any depth, of a file of JSON."""
    for path in luck.sample(files := _files(folder, "*.json"), len(files)):
        with contextlib.suppress(ValueError, RecursionError):
            said = json.loads(path.read_text(encoding="utf-8", errors="replace"))
            spots = list(_spots(said))
            if not spots:
                continue
            within, key = luck.choice(spots[:40] if luck.random() < 0.5 else spots)
            value = luck.choice(NASTY)
            if luck.random() < 0.2:
                del within[key]
            else:
                within[key] = value
            path.write_text(json.dumps(said))
            return f"{path.name}: {key} {str(value)[:20]!r}"
    return "nothing"


def _spots(said: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(said) if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ():
        yield said, key
        yield from _spots(said[key])


def _raw(folder: Path, luck: random.Random) -> str:
    path = luck.choice(_files(folder, "*.json") or [folder / "manifest.json"])
    path.write_bytes(luck.choice(RAW))
    return f"{path.name}: raw"


def _table(folder: Path, luck: random.Random) -> str:
    """Change one column of a table; its author gives the part the digits of what is in it now."""
    path = luck.choice(_files(folder, "*.parquet") or [folder / "none"])
    try:
        table = pq.read_table(path, use_threads=False)
    except (OSError, pa.ArrowException):
        return "nothing"
    name = luck.choice(table.column_names)
    how = luck.choice([*CHANGES])
    with contextlib.suppress(pa.ArrowException, ValueError, OverflowError, TypeError):
        _put(folder, path, CHANGES[how](table, name))
    return f"{path.parent.name}/{name}: {how}"


def _set(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _filled(value: Any) -> Callable[[pa.Table, str], pa.Table]:
    return lambda table, name: _set(
        table, name, pa.array([value] * len(table), table.schema.field(name).type)
    )


CHANGES: dict[str, Callable[[pa.Table, str], pa.Table]] = {
    "text": lambda table, name: _set(table, name, pa.array(map(str, table[name].to_pylist()), pa.string())),
    "float32": lambda table, name: _set(table, name, pa.array(np.zeros(len(table), "float32"))),
    "structs": lambda table, name: _set(table, name, pa.array([{"a": [1]}] * len(table))),
    "null": _filled(None),
    "minus one": _filled(-1),
    "large": _filled(2**62),
    "infinite": _filled(float("inf")),
    "nan": _filled(float("nan")),
    "another word": _filled("nonsense"),
    "a long word": _filled("x" * 100_000),
    "gone": lambda table, name: table.drop_columns([name]),
    "twice": lambda table, name: table.append_column(name, table[name]),
    "more": lambda table, name: table.append_column("../victim.txt", table[name]),
    "no rows": lambda table, _: table.slice(0, 0),
    "fewer rows": lambda table, _: table.slice(1),
    "rows twice": lambda table, _: pa.concat_tables([table, table]),
    "pandas": lambda table, _: table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"pandas": b"[["}
    ),
}


def _put(folder: Path, path: Path, table: pa.Table) -> None:
    """Write a table, and say everywhere what it now is, as its author can."""
    content = as_parquet(table)
    if path.name == "points.parquet":
        path.write_bytes(content)
        with contextlib.suppress(Exception):
            said = json.loads((path.parent / "manifest.json").read_text())
            said["points"] = digest_of(table, "point")
            (path.parent / "manifest.json").write_text(json.dumps(said))
        return
    path.unlink()
    new = path.with_name(f"part-{hashlib.sha256(content).hexdigest()[:16]}.parquet")
    new.write_bytes(content)
    for runs in _files(path.parent.parent / "runs", "*.parquet") if path.parent.name != "runs" else ():
        with contextlib.suppress(OSError, pa.ArrowException, AttributeError):
            _renamed(folder, runs, f"{path.parent.name}/{path.name}", f"{path.parent.name}/{new.name}")


def _renamed(folder: Path, runs: Path, old: str, new: str) -> None:
    table = pq.read_table(runs, use_threads=False)
    named = table.schema.metadata.get(NAMED, b"[]").replace(old.encode(), new.encode())
    _put(folder, runs, table.replace_schema_metadata({**table.schema.metadata, NAMED: named}))


def _named(folder: Path, luck: random.Random) -> str:
    """Let a part of runs name something else."""
    parts = _files(folder, "runs/*.parquet")
    names = luck.choice(
        [["../victim.txt"], ["../outside/mine.txt"], ["/dev/zero"], ["runs/../../victim.txt"], [1], {}]
    )
    with contextlib.suppress(OSError, pa.ArrowException, IndexError):
        table = pq.read_table(luck.choice(parts), use_threads=False)
        said = {**(table.schema.metadata or {}), NAMED: json.dumps(names).encode()}
        _put(folder, parts[0], table.replace_schema_metadata(said))
    return f"names {names}"


def _place(folder: Path, luck: random.Random) -> str:
    """Put something else where a file or a folder was, or something new."""
    there = sorted(folder.rglob("*")) or [folder / "x"]
    new = [
        folder / name
        for name in (".lock", "damaged", "figures", ".salesim-x", "levers", "x", "latest", "runs.csv")
    ]
    path = luck.choice([*there, *new, folder / "manifest.json", folder / "runs", folder / "points.parquet"])
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    how = luck.choice(["gone", "folder", "file", "pipe", "zeros", "victim", "outside", "itself", "large"])
    if how == "folder":
        path.mkdir()
    elif how == "file":
        path.write_bytes(b"nonsense")
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "large":
        with path.open("wb") as file:
            file.truncate(3_000_000_000)  # takes no room on the disk
    elif how != "gone":
        leads = {"zeros": "/dev/zero", "victim": "victim.txt", "outside": "outside", "itself": folder.name}[
            how
        ]
        path.symlink_to(leads if how == "zeros" else folder.parent / leads)
    return f"{path.name}: {how}"


def _bytes(folder: Path, luck: random.Random) -> str:
    """Change bytes of a table, and give the part the digits of what is in it now."""
    path = luck.choice(_files(folder, "*.parquet") or [folder / "none"])
    if not path.is_file() or path.stat().st_size > 10_000_000:
        return "nothing"
    content = bytearray(path.read_bytes())
    for _ in range(luck.choice([1, 10, 100]) if content else 0):
        content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    name = f"part-{hashlib.sha256(content).hexdigest()[:16]}.parquet"
    path.unlink()
    (path if path.name == "points.parquet" else path.with_name(name)).write_bytes(content)
    return f"{path.parent.name}: bytes"


def draw(number: int, place: Path, *, with_evidence: bool = True, seed: int = SEED) -> Met:
    """Meet so many hostile folders in an empty place."""
    met, luck = Met(), random.Random(seed)
    sound = sound_folders(place, with_evidence=with_evidence)
    for case in range(number):
        kind = sound[case % len(sound)]
        here = place / f"case_{case}"
        (here / "outside" / "runs").mkdir(parents=True)
        for name in ("victim.txt", "outside/mine.txt", "outside/runs/part-0123456789abcdef.parquet"):
            (here / name).write_text("mine")
        shutil.copytree(kind, here / kind.name)
        what = f"{case} {kind.name} ({hostile(here / kind.name, luck)})"
        meet(here / kind.name, kind.name, met, what)
        shutil.rmtree(here)
    return met


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        found = draw(int(sys.argv[1]), Path(temporary))
    print("\n".join(found.bad))
    print(f"{found.folders} hostile folders, {found.commands} commands, exit codes {dict(found.codes)}.")
    print(
        f"{len(found.bad)} tracebacks, hangs and files moved; slowest {found.slowest[0]:.1f} s ({found.slowest[1]})."
    )
    sys.exit(bool(found.bad))
