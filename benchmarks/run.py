"""Print one table: how fast salesim is, against what, on this machine.

Ratios are of cases that took turns in this run; what cannot run here is skipped and says so.
`--quick` takes one round of everything.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engines import Line, core_lines, whole_lines
from size import size_lines
from starts import start_lines
from tasks import task_lines
from workers import worker_lines

ROUNDS = 5
SECTIONS: dict[str, Callable[[int], list[Line]]] = {
    "core phases, by account and week (processor time)": core_lines,
    "whole model, by account and week (processor time)": whole_lines,
    "tasks (processor time)": task_lines,
    "size, by account and week (processor time)": size_lines,
    "workers (wall time)": worker_lines,
    "starts (wall time)": start_lines,
}


def machine() -> str:
    """What it ran on."""
    facts = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in facts.splitlines() if line.startswith("model name")]
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("numba", "numpy", "mesa", "agentpy"))
    cpu = names[0] if names else platform.processor()
    return f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}; {libraries}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    rounds = 1 if "--quick" in sys.argv[1:] else ROUNDS
    print(machine())
    print(f"\n{'':50}{'':>22}{'ratio':>10}{'goal':>10}")
    for title, lines_of in SECTIONS.items():
        print(title)
        for line in lines_of(rounds):
            print(f"{line.what:50}{line.value:>22}{line.ratio:>10}{line.goal:>10}", flush=True)


if __name__ == "__main__":
    main()
