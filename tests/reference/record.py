"""The numbers of the typical firm as they were recorded, and how to record them again.

`python -m tests.reference.record` from the root of the repository says what has moved, records it and prints the
line that the changelog must say.

The bits of a run hang on the mathematical functions of the machine's C library, which round a last bit otherwise from
one version to another and where the CPU has no fused multiply-add. They did not change with Python 3.11 to 3.13, NumPy
1.26 to 2.5 or Numba 0.61 to 0.68. So the reference holds digits of what those functions give: where machine and
digits are the same, every bit of the run must be; everywhere else the series must agree to 1e-9.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import re
import struct
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from salesim import load_scenario, simulate
from salesim.outcomes.pair import Pair
from salesim.runs.results import Results

HERE = Path(__file__).parent
REFERENCE = HERE / "typical_firm.json"
SCENARIO = HERE.parent.parent / "configs" / "typical_firm.toml"
SEED, REPLICATES, TOLERANCE = 1, 3, 1e-9
SERIES = ("contribution", "revenue", "units", "understanding")
BOOKS: dict[str, Callable[[Pair], Any]] = {
    "realised": lambda pair: pair.realised_books,
    "full_execution": lambda pair: pair.ideal_books,
}
TABLES = BOOKS | {
    "levels": lambda pair: pair.levels,
    "years": lambda pair: pair.years,
    "deals": lambda pair: pair.deals,
}
FUNCTIONS: tuple[Callable[[float], float], ...] = (
    math.exp,
    math.log,
    math.log1p,
    math.expm1,
    math.erf,
    math.erfc,
    math.cos,
    math.tanh,
    math.sqrt,
)


def the_run() -> Results:
    return simulate(load_scenario(SCENARIO), replicates=REPLICATES, seed=SEED)


def columns_of(results: Results) -> dict[str, str]:
    """Digits of each column of the tables of a run, over all replicates in their order."""
    found = {}
    for name, table in TABLES.items():
        tables = [table(pair) for pair in results.pairs]
        for column in tables[0].dtype.names:
            content = b"".join(np.ascontiguousarray(t[column]).tobytes() for t in tables)
            found[f"{name}.{column}"] = hashlib.sha256(content).hexdigest()[:16]
    return found


def series_of(results: Results) -> dict[str, dict[str, list[list[float]]]]:
    """Some weekly series in full precision, replicate by replicate."""
    return {
        run: {column: [book(pair)[column].tolist() for pair in results.pairs] for column in SERIES}
        for run, book in BOOKS.items()
    }


def mathematics() -> str:
    """Digits of what the functions give at some thousand points: other libraries give other last bits."""
    points = [k / 1000.0 * 1.0371 for k in range(1, 4001)]
    values = [f(x) for f in FUNCTIONS for x in points]
    values += [y for x in points for y in (x**0.7371, 0.83**x)]
    return hashlib.sha256(struct.pack(f"<{len(values)}d", *values)).hexdigest()[:16]


def platform_here() -> dict[str, Any]:
    """What the bits of a run hang on; all but the first two is there to be read by people."""
    cpu = Path("/proc/cpuinfo")
    return {
        "machine": platform.machine(),
        "mathematics": mathematics(),
        "libc": " ".join(platform.libc_ver()) or platform.system(),
        "fma": "fma" in cpu.read_text(encoding="utf-8").split() if cpu.is_file() else None,
        "numpy": version("numpy"),
        "numba": version("numba"),
    }


def reference_of(results: Results) -> dict[str, Any]:
    columns = columns_of(results)
    return {
        "scenario": SCENARIO.name,
        "seed": SEED,
        "replicates": REPLICATES,
        "sha256": hashlib.sha256(json.dumps(columns).encode()).hexdigest(),
        "platform": platform_here(),
        "series": series_of(results),
        "columns": columns,
    }


def recorded() -> dict[str, Any]:
    reference: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return reference


def on_one_platform(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two references must agree in every bit."""
    return all(a["platform"][fact] == b["platform"][fact] for fact in ("machine", "mathematics"))


def far_apart(a: dict[str, Any], b: dict[str, Any]) -> list[str]:
    """The series in which two references differ by more than rounding."""
    return [
        f"{run}.{column}"
        for run in BOOKS
        for column in SERIES
        if not np.allclose(a["series"][run][column], b["series"][run][column], rtol=TOLERANCE, atol=0.0)
    ]


def moved(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The columns of both references that differ; on two platforms, the series that are far apart."""
    if not on_one_platform(old, new):
        return far_apart(old, new)
    before, now = old["columns"], new["columns"]
    return [name for name in before if name in now and before[name] != now[name]]


def line_of(reference: dict[str, Any], move: bool) -> str:
    """What the changelog must say of a reference."""
    return f"Numbers move: {'yes' if move else 'no'} (reference {reference['sha256'][:12]})."


def write(reference: dict[str, Any]) -> None:
    """One line for each list of numbers, so that a change can be read."""
    text = json.dumps(reference, indent=1)
    text = re.sub(r"\[([^\[\]{}]*)\]", lambda found: f"[{' '.join(found[1].split())}]", text)
    REFERENCE.write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Record the numbers where they moved, and say what the changelog must say."""
    old, new = recorded(), reference_of(the_run())
    changed = moved(old, new)
    if not changed and list(old["columns"]) == list(new["columns"]):
        print("No number moved: the reference stays as it is.")
        return 0
    write(new)
    print(f"Moved: {', '.join(changed) or 'nothing, but there are other columns'}.")
    print("Put an entry at the top of CHANGELOG.md that says what and why, and ends in:")
    print(line_of(new, bool(changed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
