"""The numbers of ten commands, as they were before the house was rebuilt, and whether they still are.

    python -m tests.frozen.record           record them (make freeze)
    python -m tests.frozen.record --check   compare with what was recorded (make frozen)

Every number of `--json` and of the tables that a command leaves is compared by its key, to 1e-12; words, paths, hashes
and times are not. A key may have another name where `renamed.csv` says so, and another value, or none, only where
`changed.csv` names the statistic and the decision that explains it. A * in a name stands for anything.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from tests.frozen.commands import COMMANDS, FILES, carried_out

HERE = Path(__file__).parent
NUMBERS, RENAMED, CHANGED = HERE / "numbers", HERE / "renamed.csv", HERE / "changed.csv"
TOLERANCE = 1e-12
MAX_SHOWN = 20  # differences of a command
NOT_COMPARED = {"schema_version", "minutes", "bytes", "seconds"}
NAMES = ("name", "path", "target", "policy", "outcome", "lever", "step", "cause")
Numbers = dict[str, list[float | None]]


def numbers_of(said: Any, key: str = "") -> Iterator[tuple[str, float]]:
    """Every number of an object, by the keys that lead to it; entries of lists by name where they have one."""
    if isinstance(said, bool | int | float):
        yield key, float(said)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name not in NOT_COMPARED:
                yield from numbers_of(value, f"{key}/{name}")
    elif isinstance(said, list):
        for place, value in zip(_places(said), said, strict=True):
            yield from numbers_of(value, f"{key}/{place}")


def _places(entries: list[Any]) -> list[str]:
    """What entries of a list are called: by their names, if these tell them apart, else by where they stand."""
    called = [_name(entry) if isinstance(entry, dict) else "" for entry in entries]
    apart = all(called) and len(set(called)) == len(called)
    return called if apart else [str(place) for place in range(len(entries))]


def _name(entry: dict[str, Any]) -> str:
    """What tells an entry from others; of a difference the arm and the outcome, as it was with `policy`."""
    names = NAMES if "name" in entry else ("arm", *NAMES)
    return " ".join(str(entry[name]) for name in names if name in entry)


def columns_of(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, list[float | None]]]:
    """Every column of numbers, from the first row to the last; what is not defined is None."""
    for column in frame.select_dtypes(["number", "bool"]).columns:
        values = frame[column].astype(float)
        yield f"/table {name}/{column}", [None if math.isnan(value) else value for value in values]


def numbers_now(name: str, folder: Path) -> Numbers:
    """All numbers of a command by key, each as a list."""
    said, frames = carried_out(name, folder)
    found: Numbers = {key: [value] for key, value in numbers_of(said)}
    for table, frame in frames.items():
        found |= dict(columns_of(table, frame))
    return {f"{name}{key}": values for key, values in found.items()}


def renamed(key: str, names: list[list[str]]) -> str:
    """What a key is called now."""
    for old, new in names:
        same = re.fullmatch(re.escape(old).replace(r"\*", "(.*)"), key)
        if same:
            pieces = zip_longest(new.split("*"), same.groups(), fillvalue="")
            return "".join(piece for both in pieces for piece in both)
    return key


def stands_in(key: str, rows: list[list[str]]) -> bool:
    """Whether one of the rows speaks of a key."""
    return any(re.fullmatch(re.escape(name).replace(r"\*", ".*"), key) for name, *_ in rows)


def differences(
    old: Numbers, new: Numbers, names: list[list[str]], changed: list[list[str]]
) -> Iterator[str]:
    """What is missing or another number, and stands in no list."""
    for key, values in old.items():
        if stands_in(key, changed):
            continue
        now = new.get(renamed(key, names))
        if now is None:
            yield f"{key}: is missing"
        elif not same(values, now):
            yield f"{key}: was {values[:4]}, is {now[:4]}"


def same(old: list[float | None], new: list[float | None]) -> bool:
    """Whether lists agree in every place, to 1e-12 of the number."""
    return len(old) == len(new) and all(
        a is b
        or (a is not None and b is not None and math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE))
        for a, b in zip(old, new, strict=True)
    )


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a list, without its head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def as_text(numbers: Numbers) -> str:
    """One line for each key, so that a change can be read."""
    lines = (f"{json.dumps(key)}: {json.dumps(numbers[key])}" for key in sorted(numbers))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def compared(name: str, new: Numbers) -> int:
    """Say what differs from what was recorded of a command; how much."""
    old: Numbers = json.loads((NUMBERS / f"{name}.json").read_text(encoding="utf-8"))
    found = list(differences(old, new, rows_of(RENAMED), rows_of(CHANGED)))
    print(f"{name}: {len(old):,} keys, {len(found)} differ", *found[:MAX_SHOWN], sep="\n  ", flush=True)
    return len(found)


def main(arguments: list[str]) -> int:
    """Record, or compare and say what differs; 1 where something does."""
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        for file, content in FILES.items():
            (Path(temporary) / file).write_text(content, encoding="utf-8")
        for name in COMMANDS:
            new = numbers_now(name, Path(temporary))
            if "--check" in arguments:
                wrong += compared(name, new)
            else:
                (NUMBERS / f"{name}.json").write_text(as_text(new), encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
