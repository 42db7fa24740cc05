"""The whole model on both engines, and its core against twins in Mesa and AgentPy and a bare C loop."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from core import core_firm, core_run, numbers_of
from counts import DRAW, counts_of
from salesim.model.agents import run_mesa
from salesim.model.columns import record_type
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Customer, Luck
from salesim.outcomes.pair import FULL_EXECUTION
from timing import least, seconds, taking_turns

HERE = Path(__file__).parent
LUCK = Luck(1, 0)
SMALL = {"headcount": 8, "span_of_control": 8, "accounts": 320, "weeks": 52}
CORE = {"reps": 64, "accounts": 2_560, "weeks": 104}
EVERYTHING = {
    "communication": {"communication_mode": "dialogue", "message_interval": 4},
    "reviews": {"account_review_rate": 0.5, "review_format": "paired"},
    "regime": {"price_regime": "guided_bounded"},
    "estimates": {"price_test_share": 0.1},
    "pay": {"plan_kind": "quota", "target_rate": 0.02, "margin_weight": 0.3},
    "payout": {
        "threshold": 0.3,
        "cap": 3.0,
        "year_share": 0.3,
        "year_accelerator": 1.5,
        "year_bonus": 5000.0,
    },
    "accounts": {"targeting_discipline": 0.3},
    "handover": {"account_handover": "similar_rep"},
    "training": {"value_selling_training": 20.0},
}
OURS, BARE, MESA, AGENTPY = "compiled engine", "bare C loop", "Mesa twin", "AgentPy twin"


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, and a ratio with its goal where there is one."""

    what: str
    value: str
    ratio: str = ""
    goal: str = ""


def account_weeks(firm: Scenario) -> int:
    """Accounts times weeks of a run, burn-in included."""
    size = firm.organisation
    return size.accounts * (size.burn_in_weeks + size.weeks)


def core_lines(rounds: int) -> list[Line]:
    """The listed phases in every form that this machine can run, all of them taking turns."""
    firm = core_firm(**CORE)
    run = core_run(firm, 1)
    run_compiled(run)
    measures: dict[str, Callable[[], float]] = {OURS: partial(seconds, lambda: run_compiled(run))}
    skipped = []
    for name, library, twin in ((MESA, "mesa", "mesa_twin"), (AGENTPY, "agentpy", "agentpy_twin")):
        if find_spec(library):
            measures[name] = partial(_twin_alone, twin, json.dumps(numbers_of(firm)))
        else:
            skipped.append(Line(f"  {name}", f"skipped: {library} is not installed"))
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("gcc"):
            measures[BARE] = partial(_bare, _bare_command(Path(folder) / "bare"))
        else:
            skipped.append(Line(f"  {BARE}", "skipped: gcc is not installed"))
        spent = {name: s / account_weeks(firm) * 1e9 for name, s in taking_turns(measures, rounds).items()}
    lines = [Line(f"  {OURS}", _ns(spent[OURS]))]
    for name, goal in ((MESA, "40 x"), (AGENTPY, "")):
        if name in spent:
            lines.append(Line(f"  {name}", _ns(spent[name]), f"{spent[name] / spent[OURS]:.0f} x", goal))
    if BARE in spent:
        lines.append(Line(f"  {BARE}", _ns(spent[BARE]), f"{spent[OURS] / spent[BARE]:.2f} x", "1.3 x"))
    return [*lines, *skipped]


def _twin_alone(twin: str, numbers: str) -> float:
    """Processor time of a run of a twin in a process of its own, as its users would run it (s).

    Beside all that the engine loads it takes longer: 4% with Mesa and up to 40% with AgentPy, when tried.
    """
    command = [sys.executable, HERE / "twins" / "alone.py", twin]
    done = subprocess.run(command, input=numbers, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def _bare_command(program: Path) -> list[str]:
    """The floor, compiled: the same draws and calls of the C library, and nothing else."""
    subprocess.run(["gcc", "-O2", "-o", program, HERE / "bare.c", "-lm"], check=True)
    times = counts_of("core")
    calls = [times[name] for name in (DRAW, "exp", "log", "erfc", "cos", "sqrt")]
    size = [CORE["accounts"], CORE["weeks"], record_type(Customer).itemsize]
    return [str(program), *map(str, [*size, *calls])]


def _bare(command: list[str]) -> float:
    """Processor time of the floor over the whole run (s)."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout.split()[0]) * CORE["accounts"] * CORE["weeks"] / 1e9


def whole_lines(rounds: int) -> list[Line]:
    """The whole model: several firms compiled, and the small one on both engines."""
    typical, small = Scenario(), Scenario.model_validate({"organisation": SMALL})
    everything = Scenario.model_validate(EVERYTHING)
    firms = {
        "  typical firm (2,560 accounts, 208 weeks)": (run_compiled, Run(typical, LUCK)),
        "  its full execution": (run_compiled, Run(typical, LUCK, FULL_EXECUTION)),
        "  every lever in use": (run_compiled, Run(everything, LUCK)),
        "  small firm (320 accounts, 104 weeks)": (run_compiled, Run(small, LUCK)),
        "  small firm, Mesa engine": (run_mesa, Run(small, LUCK)),
    }
    spent = least({name: partial(engine, run) for name, (engine, run) in firms.items()}, rounds)
    each = {name: s / account_weeks(firms[name][1].scenario) * 1e9 for name, s in spent.items()}
    *_, compiled, mesa = each.values()
    goals = {"  every lever in use": "100 ns"}
    lines = [Line(name, _ns(value), goal=goals.get(name, "")) for name, value in each.items()]
    lines[-1] = Line(lines[-1].what, lines[-1].value, f"{mesa / compiled:.0f} x")
    return lines


def _ns(value: float) -> str:
    return f"{value:,.1f} ns"
