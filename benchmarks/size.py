"""How time and memory grow with the number of accounts, deals forgotten when their week is over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engines import Line, account_weeks
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from timing import least

SIZES = (2_560, 25_600, 100_000, 400_000)
PER_REP = 40


def run_of(accounts: int) -> Run:
    size = {"accounts": accounts, "headcount": max(1, accounts // PER_REP)}
    return Run(Scenario.model_validate({"organisation": size}), Luck(1, 0), every_deal=False)


def size_lines(rounds: int) -> list[Line]:
    """Time by account and week as firms grow, sizes taking turns; and memory by account."""
    runs = {accounts: run_of(accounts) for accounts in SIZES}
    spent = least({str(n): lambda run=run: run_compiled(run) for n, run in runs.items()}, rounds)
    each = [spent[str(n)] / account_weeks(run.scenario) * 1e9 for n, run in runs.items()]
    goals = {SIZES[-1]: "1.3 x"}
    lines = [
        Line(f"  {n:,} accounts", f"{ns:,.1f} ns", f"{ns / each[0]:.2f} x", goals.get(n, ""))
        for n, ns in zip(SIZES, each, strict=True)
    ]
    return [*lines, Line("  memory by account, at 400,000", f"{memory_by_account():,.0f} bytes", "", "400")]


def memory_by_account(accounts: int = SIZES[-1]) -> float:
    """Bytes by which a process outgrows a warm run of one rep, measured in a process of its own."""
    command = [sys.executable, __file__, str(accounts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def most_memory() -> int:
    """The most that this process has held (bytes); what the one that started it held does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    run_compiled(run_of(PER_REP))
    one_rep, many = most_memory(), int(sys.argv[1])
    run_compiled(run_of(many))
    print((most_memory() - one_rep) / many)
