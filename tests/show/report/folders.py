"""A small results folder of each kind, made by the commands that people give."""

import os
import pickle
from pathlib import Path

import pytest
from filelock import FileLock

from salesim.show.report.opening import report_of
from salesim.show.report.page import Report
from tests.cli.commands import ANSWER, command

HOSTILE = """Our <script>alert("firm")</script> & 'sons' </style>"""
FIRM = f"""
title = '''{HOSTILE}'''
[organisation]
headcount = 6
span_of_control = 3
hierarchy_hops = 3
accounts = 48
burn_in_weeks = 13
weeks = 52
[needs]
rate = 0.25
"""
STUDY = """
# salesim study
title = "Authority <b>and</b> pay"
question = "Who may <i>discount</i>, and does it pay?"
scenario = "our_firm.toml"
replicates = 3
outcomes = ["realised", "price_realisation"]
[levers]
regime.discount_authority = [0.0, 0.1, 0.2]
"""
ANSWERED = (
    STUDY
    + ANSWER
    + """
[[answer.claims]]
kind = "effect"
what = "it"
outcome = "price_realisation"
arm = { regime.discount_authority = 0.2 }
base = { regime.discount_authority = 0.0 }
"""
)
UNCERTAIN = """
# salesim study
title = "A policy among customers that nobody knows"
scenario = "our_firm.toml"
replicates = 2
outcomes = ["realised"]
[policies]
on_margin = "margin_pay"
[uncertainties]
samples = 4
market.unit_cost = "plausible"
"""
ASKED = {
    "run": ("run", "our_firm.toml", "--replicates", "3"),
    "gap": ("gap", "our_firm.toml", "--replicates", "3"),
    "first_look": ("gap", "our_firm.toml", "--quick", "--replicates", "2"),
    "compare": (
        "compare",
        "our_firm.toml",
        "--policy",
        "margin_pay",
        "--policy",
        "clear_strategy",
        "--outcome",
        "contribution",
        "--outcome",
        "win_rate",
        "--replicates",
        "4",
        "--budget",
        "8",
    ),
    "sweep": ("sweep", "authority.toml"),
    "answered": ("sweep", "answered.toml"),
    "uncertain": ("sweep", "uncertain.toml"),
    "screen": (
        "screen",
        "our_firm.toml",
        "--trajectories",
        "5",
        "--over",
        "market.unit_cost",
        "--over",
        "buying.threshold",
    ),
    "evidence": ("evidence", "T5", "T9", "--scenario", "our_firm.toml", "--replicates", "10"),
}
KINDS = tuple(ASKED)


def make(where: Path, kind: str) -> Path:
    """The folder of a kind of results, called as the kind is."""
    for name, text in {
        "our_firm": FIRM,
        "authority": STUDY,
        "answered": ANSWERED,
        "uncertain": UNCERTAIN,
    }.items():
        (where / f"{name}.toml").write_text(text, encoding="utf-8")
    command(where, *ASKED[kind], "--no-figures", "--quiet", "--out", kind)
    return where / kind


def shared(factory: pytest.TempPathFactory, kind: str) -> Path:
    """The same, made by the first of the workers that needs it."""
    base = factory.getbasetemp()
    where = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"reported_{kind}"
    with FileLock(f"{where}.lock"):
        if not (where / kind / "manifest.json").is_file():
            where.mkdir(exist_ok=True)
            make(where, kind)
    return where / kind


def shared_report(factory: pytest.TempPathFactory, kind: str) -> Report:
    """The report of it, drawn by the first of the workers that needs it."""
    folder = shared(factory, kind)
    drawn = folder.with_suffix(".report")
    with FileLock(f"{drawn}.lock"):
        if not drawn.is_file():
            drawn.write_bytes(pickle.dumps(report_of(folder)))
    return pickle.loads(drawn.read_bytes())
