"""The commands whose numbers are kept while the house is rebuilt, on one small firm, and what they leave."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from salesim import open_results
from salesim.runs.one_firm import results_of

FILES = {
    "firm.toml": """
title = "A small firm"
extends = "typical_firm"
[organisation]
headcount = 6
span_of_control = 3
hierarchy_hops = 3
accounts = 48
burn_in_weeks = 13
weeks = 26
[needs]
rate = 0.25
""",
    "policy.toml": """
title = "Margin and dialogue"
[regime]
price_regime = "guided"
discount_authority = 0.2
[pay]
margin_weight = 0.7
[communication]
communication_mode = "dialogue"
""",
    "study.toml": """
# salesim study
title = "Authority and pay of a small firm"
question = "How much authority?"
scenario = "firm.toml"
replicates = 4
outcomes = ["operating_profit", "realisation_ratio", "discount_by_week"]
[levers]
regime.discount_authority = [0.0, 0.1, 0.3]
pay.margin_weight = [0.0, 1.0]
[answer]
outcome = "operating_profit"
[[answer.claims]]
kind = "best"
along = "regime.discount_authority"
where = [{ said = "on revenue", at = { pay.margin_weight = 0.0 } }]
[[answer.claims]]
kind = "effect"
what = "pay on margin"
arm = { pay.margin_weight = 1.0 }
base = { pay.margin_weight = 0.0 }
where = [{ said = "at 10%", at = { regime.discount_authority = 0.1 } }]
""",
    "plan.toml": """
title = "Three numbers of a small firm"
scenario = "firm.toml"
[search]
replicates = 2
population = 4
generations = 1
polish_replicates = 2
polish_steps = 1
exact_replicates = 2
[check]
draws = 20
replicates = 2
[free]
buying.threshold = [-2.0, 0.0]
buying.inertia = "plausible"
planning.news_carried = "plausible"
""",
}


class Command(NamedTuple):
    """What is typed, without `--json`, and the tables that its folder then holds, by pattern."""

    typed: str
    tables: Mapping[str, str] = MappingProxyType({})


OUTCOMES = "outcomes"  # of each replicate, which stand in the runs themselves
RUN_TABLES = {OUTCOMES: "", **{name: f"{name}/part-*" for name in ("weeks", "levels", "reps", "deals")}}
ALL_RUNS = {"runs": "exported.csv"}
COMMANDS = {
    "run": Command("run firm.toml --replicates 3 --no-figures", RUN_TABLES),
    "run_with_a_policy": Command(
        "run firm.toml --policy policy.toml --replicates 3 --no-figures --seed 2", RUN_TABLES
    ),
    "gap": Command("gap firm.toml --quick --levers --no-figures", {"coalitions": "coalitions*/*.parquet"}),
    "compare": Command(
        "compare firm.toml --policy policy.toml --policy margin_pay --outcome realised --outcome turnover "
        "--outcome realisation_ratio --replicates 12 --budget 40 --no-figures",
        ALL_RUNS,
    ),
    "sweep": Command("sweep study.toml --no-figures", ALL_RUNS),
    "screen": Command(
        "screen firm.toml --trajectories 6 --over pay --over communication --outcome realised --no-figures",
        ALL_RUNS,
    ),
    "evidence": Command("evidence T5 --scenario firm.toml --replicates 10 --no-figures"),
    "calibrate": Command("calibrate plan.toml --no-figures"),
    "params": Command("params --scenario firm.toml"),
    "diff": Command("diff firm.toml policy.toml"),
}


def carried_out(name: str, folder: Path) -> tuple[Any, dict[str, pd.DataFrame]]:
    """What a command says to programs, and the tables that it leaves."""
    typed, tables = COMMANDS[name]
    program, *arguments = typed.split()
    has_folder = program not in ("params", "diff")
    said = _salesim(folder, program, *arguments, "--json", *(("--out", name) if has_folder else ()))
    if tables == ALL_RUNS:
        _salesim(folder, "runs", name, "--export", "exported.csv")
    found = {key: _frame(folder, name, pattern) for key, pattern in tables.items()}
    return json.loads(said), found


def _salesim(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-c", "from salesim.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def _frame(folder: Path, name: str, pattern: str) -> pd.DataFrame:
    """A table; its parts, whose order hangs on names of runs, by replicate or in the order of all numbers."""
    if pattern.endswith(".csv"):
        return pd.read_csv(folder / pattern)
    if not pattern:
        return results_of(open_results(folder / name)).outcomes
    parts = sorted((folder / name).glob(pattern))
    frame = pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)
    of_a_run = pattern in RUN_TABLES.values()
    return frame.sort_values(
        "replicate" if of_a_run else list(frame.select_dtypes("number")), kind="stable"
    )
