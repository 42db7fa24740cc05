"""Input files that were shipped and then spoilt, read as what they were: a result or the house's own error.

.venv/bin/python -m tests.fuzz.mutated 5000
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
import tomllib
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from salesim.calibrate.calibration_plan import CALIBRATION, load_plan
from salesim.errors import ImplausibleWarning, SalesimError
from salesim.evidence.target import read_target
from salesim.inputs.cards import card_of
from salesim.inputs.load import load_scenario
from salesim.inputs.shipped import (
    experiments,
    shipped_findings,
    shipped_policies,
    shipped_presets,
    shipped_scenarios,
    shipped_studies,
)
from salesim.messages import MAX_PROBLEMS
from salesim.runs.reading import load_study
from tests.fuzz.hostile import HungError, stop_if_hung

SEED = 20_261_130
SECONDS = 10.0
KINDS: dict[str, tuple[Callable[[Path], object], list[Path]]] = {
    "scenario": (load_scenario, [*shipped_scenarios().values()]),
    "policy": (lambda path: load_scenario("typical_firm", path), [*shipped_policies().values()]),
    "card": (card_of, [*shipped_presets().values()]),
    "study": (load_study, [*shipped_studies().values()]),
    "target": (read_target, [*shipped_findings().values()]),
    "plan": (load_plan, [*(experiments() / CALIBRATION).glob("*.toml")]),
}
# Values as Python has them, and as somebody may write them.
LEAVES: tuple[Any, ...] = (
    *(
        True,
        "",
        "x",
        "typical_firm",
        "plausible",
        "baseline",
        "baseline",
        "../x",
        "a:b",
        "18%",
        "\u202e",
        "a" * 100_000,
    ),
    *(-1, 0, 1, 2**63, 10**30, -(10**400), 0.5, 1e308, float("inf"), float("nan"), -0.0),
    *(
        [],
        {},
        [[]],
        [{}],
        [1, "a", None][:2],
        {"a": {"b": {}}},
        {"": 1},
        {"from": 0, "to": 1, "steps": 10**9},
    ),
    *([0.5] * 10_001, {"from": float("nan"), "to": 1.0}, {"samples": 10**6}, [["a"]], [True]),
)
WORDS = (
    *(
        "",
        "=",
        "= =",
        "[",
        "]]",
        "[[a]]",
        "[a.b.c]",
        "nan",
        "1e999",
        "0x",
        "1979-05-27",
        "07:32:00",
        "'''",
        '"""',
        "\\",
    ),
    *(
        '"\\ud800"',
        "{",
        "{a=1,}",
        "0x" + "f" * 5_000,
        "[1,\n2",
        "18 %",
        "1_",
        "+inf",
        "true false",
        "#",
        "\x00",
        "\u2028",
        "\ufeff",
        "a.a." * 40,
    ),
)


@dataclass
class Read:
    """What was made of the files: how often each kind was taken or refused, what must not be, and the longest time (s)."""

    ended: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def spoilt(content: bytes, luck: random.Random) -> tuple[bytes, str]:
    """The file with one to three things changed; and which in words."""
    ways = [_bytes, _line, _line, _word, _word, _leaf, _leaf, _leaf, _coded]
    how = [luck.choice(ways) for _ in range(luck.choice([1, 1, 2, 3]))]
    for way in how:
        content = way(content, luck)
    return content, " ".join(way.__name__ for way in how)


def _bytes(content: bytes, luck: random.Random) -> bytes:
    """Some bytes are flipped, lost, or everything from one on."""
    some = bytearray(content or b"a")
    for _ in range(luck.choice([1, 3, 30])):
        some[luck.randrange(len(some))] ^= 1 << luck.randrange(8)
    start = luck.randrange(len(some))
    return bytes(some[:start] + some[start + luck.choice([0, 0, 1, 100, len(some)]) :])


def _line(content: bytes, luck: random.Random) -> bytes:
    """A line is lost, doubled, moved, or one of a file of another kind comes in."""
    lines, others = (
        content.split(b"\n"),
        luck.choice(luck.choice([*KINDS.values()])[1]).read_bytes().split(b"\n"),
    )
    at, to = luck.randrange(len(lines)), luck.randrange(len(lines))
    new = luck.choice([b"", lines[at], luck.choice(others), lines[at] + b"\n" + lines[at]])
    lines[to] = new
    return b"\n".join(lines)


def _word(content: bytes, luck: random.Random) -> bytes:
    """A key or the value of a line is something else."""
    lines = content.split(b"\n")
    at = luck.choice([k for k, line in enumerate(lines) if b"=" in line] or [0])
    key, equals, value = lines[at].partition(b"=")
    word = luck.choice(WORDS).encode("utf-8", "surrogatepass")
    cut = luck.randrange(len(key) + 1)
    lines[at] = luck.choice(
        [word + equals + value, key + equals + word, key[:cut] + word + key[cut:] + equals + value]
    )
    return b"\n".join(lines)


def _leaf(content: bytes, luck: random.Random) -> bytes:
    """A value at any depth is one of another type, goes deeper, or gets another key."""
    try:
        said = tomllib.loads(content.decode())
        spots = [*_spots(said)]
        within, key = luck.choice(spots)
        value: Any = luck.choice(LEAVES)
        for _ in range(luck.choice([0, 0, 0, 1, 5, 40])):
            value = luck.choice([[value], {"a": value}])
        if isinstance(within, dict) and luck.random() < 0.3:
            value, key = (
                within.pop(key),
                luck.choice([f"{key}x", f"{key}.a", "pay", "dated", "levers", "é", str(luck.random())]),
            )
        within[key] = value
        return tomli_w.dumps(said).encode("utf-8", "surrogatepass")
    except (ValueError, IndexError, TypeError, RecursionError):
        return content


def _spots(said: Any) -> Any:
    for key in list(said) if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ():
        yield said, key
        yield from _spots(said[key])


def _coded(content: bytes, luck: random.Random) -> bytes:
    """The file has other line ends, or another encoding."""
    text = content.decode("utf-8", "replace")
    ends = luck.choice(["\n", "\r\n", "\r", "\x85"])
    return text.replace("\n", ends).encode(
        luck.choice(["utf-8", "utf-8-sig", "utf-16", "latin-1", "utf-7"]), "replace"
    )


def meet(read: Callable[[Path], object], path: Path, what: str, found: Read) -> None:
    """Read a file as its kind, and take note of what must not be."""
    start = time.process_time()
    try:
        with stop_if_hung(SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore", ImplausibleWarning)
            read(path)
        found.ended["taken"] += 1
    except SalesimError as error:
        found.ended["refused"] += 1
        lines = str(error).split("\n")
        if len(lines) > MAX_PROBLEMS + 1 or not all(line and line.isprintable() for line in lines):
            found.bad.append(f"{what}: {str(error)[:500]!r}")
    except (Exception, HungError):
        found.bad.append(f"{what}: {traceback.format_exc()[-1500:]}")
    found.slowest = max(found.slowest, (time.process_time() - start, what))


def draw(number: int, place: Path, seed: int = SEED) -> Read:
    """Read so many files, each spoilt in its own way, in an empty place, in which nothing else may appear."""
    found, luck, before = Read(), random.Random(seed), Path.cwd()
    os.chdir(place)
    for case in range(number):
        kind = [*KINDS][case % len(KINDS)]
        read, files = KINDS[kind]
        shipped = luck.choice(files)
        content, how = spoilt(shipped.read_bytes(), luck)
        path = place / f"{shipped.stem}.toml"
        path.write_bytes(content)
        meet(read, path, f"{case} {kind} {shipped.stem} ({how})", found)
        path.unlink()
    os.chdir(before)
    found.bad += [f"{path} was written" for path in place.rglob("*")]
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        found = draw(int(sys.argv[1]), Path(temporary))
    print("\n".join(found.bad))
    print(
        f"{sum(found.ended.values())} spoilt files: {json.dumps(found.ended)}; {len(found.bad)} tracebacks, hangs or files."
    )
    print(f"Slowest {found.slowest[0]:.1f} s ({found.slowest[1]}).")
    sys.exit(bool(found.bad))
