"""What every command says to people, on one tiny firm; what programs read of it is tested where the command is."""

import re
from pathlib import Path

import pytest

from salesim.inputs.shipped import shipped_presets
from tests.cli.commands import ANSWER
from tests.golden.marks import marked

FIRM = """
title = "Our firm"
[organisation]
headcount = 5
span_of_control = 3
hierarchy_hops = 3
accounts = 40
burn_in_weeks = 13
weeks = 26
"""
STUDY = """
title = "A small study"
question = "Is it small?"
scenario = "our_firm.toml"
replicates = 3
outcomes = ["realised", "win_rate"]
[policies]
on_margin = "margin_pay"
[levers]
regime.discount_authority = [0.0, 0.2]
"""
PLAN = """
title = "Two numbers of our firm"
scenario = "our_firm.toml"
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
planning.news_carried = "plausible"
"""
CARD = """
extends = "our_firm.toml"
[card]
story = "Nobody knows what the accounts are worth."
explain = "win_rate"
"""
FILES = {
    "our_firm.toml": FIRM,
    "small.toml": STUDY,
    "other.toml": STUDY.replace("[0.0, 0.2]", "[0.05, 0.15]"),
    "answered.toml": STUDY + ANSWER,
    "plan.toml": PLAN,
    "steep.toml": 'title = "steep"\n[payout]\naccelerator = 3.0\n',
    "half_told.toml": CARD,
    "told.toml": shipped_presets()["revolving_door"]
    .read_text(encoding="utf-8")
    .replace("Revolving", "Our"),
    "letter/letter.txt": "Dear",
}
COMMANDS = (
    "run",
    "gap",
    "compare",
    "pay",
    "sweep",
    "runs",
    "screen",
    "evidence",
    "calibrate",
    "params",
    "new",
    "diff",
    "week",
    "presets",
    "report",
    "verify",
    "bundle",
    "convert",
)


ALONE = ("--workers", "1", "--no-figures")
RUN = ("run", "our_firm.toml", "--replicates", "3", *ALONE)
GAP = ("gap", "our_firm.toml", "--replicates", "2", "--orders", "1", *ALONE)
QUICK = ("gap", "our_firm.toml", "--quick", *ALONE)
COMPARE = ("compare", "our_firm.toml", "--policy", "margin_pay", "--policy", "clear_strategy")
SHORT = ("--replicates", "4", "--budget", "8", *ALONE)
SCREEN = (
    "screen",
    "our_firm.toml",
    "--over",
    "needs",
    "--over",
    "organisation.weeks",
    "--trajectories",
    "5",
)
EVIDENCE = ("evidence", "T5", "--scenario", "our_firm.toml", "--replicates", "10", *ALONE)
CALIBRATE = ("calibrate", "plan.toml", *ALONE)


def without_numbers(text: str) -> str:
    """A text without numbers either, which libraries of linear algebra are free to round."""
    return re.sub(r" {2,}", "  ", re.sub(r"\d[\d,.]*(e-\d+)?", "#", marked(text)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where all of it takes place, so that commands find what others have left."""
    there = tmp_path_factory.mktemp("commands")
    for name, text in FILES.items():
        (there / name).parent.mkdir(exist_ok=True)
        (there / name).write_text(text, encoding="utf-8")
    return there


@pytest.fixture
def said(run, folder, monkeypatch):
    """What a command prints that works; one that is given again finds its runs, and says the same."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "150")

    def saying(*arguments: str) -> str:
        code, out, err = run(*arguments)
        assert code == 0, err
        return marked(out)

    return saying


@pytest.fixture
def rejected(run, folder, monkeypatch):
    """The lines in which a command is refused that prints nothing else."""
    monkeypatch.chdir(folder)

    def refusing(*arguments: str) -> str:
        code, out, err = run(*arguments)
        assert (code, out) == (2, ""), err
        assert all(line.startswith("Error: ") for line in err.splitlines()), err
        return marked(err)

    return refusing


@pytest.fixture
def left(said):
    """Results that other commands read, made where they are not there."""

    def leaving(name: str, *arguments: str) -> str:
        if not Path(name).exists():
            said(*arguments, "--out", name)
        return name

    return leaving


@pytest.fixture
def swept(left):
    return left("swept", "sweep", "small.toml", *ALONE)


@pytest.fixture
def ran(left):
    return left("ran", *RUN)


@pytest.fixture
def split(left):
    return left("split", *GAP)


# Help


def test_all_commands_are_here(said, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    text = said("--help")
    golden(text)
    assert set(re.findall(r"^│ ([a-z]+) ", text, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(said, golden, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "110")
    golden(said(command, "--help"))


def test_version(said, golden):
    golden(said("--version"))


# One firm


def test_run(said, golden):
    golden(said(*RUN))
    golden(said(*RUN, "--quiet"))


def test_run_with_a_policy(said, golden):
    golden(said(*RUN, "--policy", "margin_pay", "--quiet"))


def test_run_without_a_promise(said, golden):
    golden(said(*RUN, "--set", "needs.rate=0", "--quiet"))


# The gap


def test_a_first_look_at_the_gap(said, golden):
    golden(said(*QUICK))
    golden(said(*QUICK, "--quiet"))


@pytest.mark.parametrize("cause", ["weak skill", "discount leakage", "not understood"])
def test_what_lies_behind_a_cause(said, golden, cause):
    golden(said("gap", "our_firm.toml", "--explain", cause))


# Comparing


def test_compare(said, golden):
    golden(said(*COMPARE, *SHORT))
    golden(said(*COMPARE, *SHORT, "--quiet"))


def test_compare_along_a_grid(said, golden):
    golden(
        said(
            "compare",
            "our_firm.toml",
            "--grid",
            "regime.discount_authority=0,0.2",
            *SHORT,
            "--out",
            "grid",
        )
    )


# Pay plans

PAY = ("pay", "our_firm.toml", "--replicates", "2")


def test_pay(said, golden):
    golden(said(*PAY, *ALONE))
    golden(said(*PAY, "--quiet", *ALONE))


def test_pay_of_several_plans(said, golden):
    steep = ("--policy", "steep.toml", "--policy", "margin_pay", "--export", "plans.csv")
    golden(said("pay", "our_firm.toml", *steep, "--replicates", "0", "--quota", "1000000"))
    golden(said("pay", "our_firm.toml", *steep[:2], "--replicates", "0", "--all"))


# Sweeps


def test_sweep(said, golden):
    golden(said("sweep", "small.toml", *ALONE))
    golden(said("sweep", "small.toml", *ALONE, "--quiet"))


def test_a_sweep_that_is_answered(said, golden):
    golden(said("sweep", "answered.toml", *ALONE))


def test_a_sweep_before_it_begins(said, golden):
    golden(said("sweep", "other.toml", "--dry-run", "--workers", "1", "--out", "new"))
    said("sweep", "small.toml", *ALONE, "--quiet")
    golden(said("sweep", "answered.toml", "--dry-run", "--workers", "1", "--out", "new"))


def test_runs(said, golden, swept):
    golden(said("runs", swept))
    golden(said("runs", swept, "--by", "setting", "--where", "policy=on_margin"))
    golden(said("runs", swept, "--each", "--limit", "3"))
    golden(said("runs", swept, "--failed"))
    golden(said("runs", swept, "--export", "all.csv"))


def test_runs_of_a_run(said, golden, ran):
    golden(said("runs", ran, "--outcome", "realised"))


def test_verify(said, golden, swept):
    golden(said("verify", swept, "--sample", "2", "--workers", "1"))


def test_bundle(said, golden, swept):
    golden(said("bundle", swept))


# What the model rests on


def test_screen(said, golden):
    golden(said(*SCREEN, *ALONE))
    golden(said(*SCREEN, *ALONE, "--quiet"))


def test_evidence_is_listed(said, golden):
    golden(said("evidence", "--list"))


def test_evidence(said, golden):
    golden(said(*EVIDENCE))
    golden(said(*EVIDENCE, "--quiet"))


def test_calibrate(said, golden):
    golden(without_numbers(said(*CALIBRATE)))
    golden(without_numbers(said(*CALIBRATE, "--quiet")))


# Firms and what is in them


def test_params(said, golden):
    golden(said("params", "pay"))
    golden(said("params", "pay.margin_weight"))
    golden(said("params", "our_firm.toml", "--kind", "setting"))


def test_new(said, golden, folder):
    for name in ("brand_new.toml", "brand_policy.toml"):
        (folder / name).unlink(missing_ok=True)
    golden(said("new", "brand_new", "--extends", "our_firm.toml"))
    golden(said("new", "brand_policy", "--policy"))


def test_diff(said, golden):
    golden(said("diff", "our_firm.toml", "typical_firm"))
    golden(said("diff", "our_firm.toml", "our_firm.toml"))


def test_week(said, golden):
    golden(said("week"))


def test_presets(said, golden):
    golden(said("presets"))
    golden(said("presets", "revolving_door"))
    golden(said("presets", "told.toml"))


# Reports


def test_report(said, golden, ran, folder):
    golden(said("report", ran, "--out", "page.html"))
    golden("\n".join(sorted(path.name for path in (folder / "page_figures").iterdir())))
    golden(said("report", ran, "--out", "page.html", "--quiet"))


def test_report_with_slides_is_made_anew(said, golden, swept):
    golden(said("report", swept, "--out", "slides.html", "--pptx"))
    golden(said("verify", swept, "--report", "slides.html", "--workers", "1"))


# What cannot be used

REFUSED = {
    "no such firm": ("run", "typical_frim"),
    "no such policy": ("run", "our_firm.toml", "--policy", "margin_pya"),
    "no such number": ("run", "our_firm.toml", "--set", "pay.margin_wieght=0.5"),
    "a number out of range": ("run", "our_firm.toml", "--set", "pay.margin_weight=1.5"),
    "no number": ("run", "our_firm.toml", "--set", "pay.margin_weight=much"),
    "no such mode": ("run", "our_firm.toml", "--set", "pay.plan_kind=quote"),
    "an option out of range": ("run", "our_firm.toml", "--replicates", "0"),
    "no such engine": ("run", "our_firm.toml", "--engine", "fast"),
    "no such option": ("run", "our_firm.toml", "--zzz"),
    "no argument": ("run",),
    "no such command": ("nonsense",),
    "a folder of something else": ("run", "our_firm.toml", "--out", "letter"),
    "a gap without a promise": ("gap", "our_firm.toml", "--set", "needs.rate=0"),
    "no such cause": ("gap", "our_firm.toml", "--explain", "week skill"),
    "no quota": ("pay", "our_firm.toml", "--quota", "0"),
    "a folder for no runs": ("pay", "our_firm.toml", "--replicates", "0", "--out", "new"),
    "no kind of table": ("pay", "our_firm.toml", "--export", "plans.xls"),
    "nothing to compare": ("compare", "our_firm.toml"),
    "a setting in a grid": ("compare", "our_firm.toml", "--grid", "market.unit_cost=50"),
    "no such outcome": (
        "compare",
        "our_firm.toml",
        "--policy",
        "margin_pay",
        "--outcome",
        "win_rat",
    ),
    "no such study": ("sweep", "ways_of_teling"),
    "no results": ("runs", "letter"),
    "no such folder": ("verify", "nowhere"),
    "no such finding": ("evidence", "T33"),
    "too few replicates": ("evidence", "T5", "--replicates", "9"),
    "nothing to screen": ("screen", "our_firm.toml", "--over", "organisation.weeks"),
    "no such group": ("params", "pya"),
    "a file that is there": ("new", "our_firm.toml"),
    "half a card": ("presets", "half_told.toml"),
    "no such card": ("presets", "revolving_dor"),
    "no kind of report": ("report", "letter", "--out", "page.pdf"),
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_refused(rejected, golden, arguments):
    golden(rejected(*arguments))


def test_refused_over_other_results(rejected, golden, swept, ran):
    golden(rejected("sweep", "answered.toml", "--out", ran))
    golden(rejected(*RUN, "--seed", "2", "--out", ran))
    golden(rejected("runs", swept, "--where", "policy=on_margn"))
    golden(rejected("bundle", swept, "--out", "small.toml"))
