"""The command line as a person and as a program meet it."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from salesim import load_scenario, open_results
from salesim.inputs.declared import declared_numbers
from salesim.model.books import Deal, Week
from salesim.model.columns import names
from salesim.runs.folder import folder_at
from salesim.runs.one_firm import KEPT
from salesim.runs.results import Results
from salesim.runs.schema import SCHEMA_VERSION
from tests.cli.commands import as_typed, numbers_in
from tests.golden.marks import marked
from tests.messages import message_of
from tests.show.figures.studies import figures_for

REGIMES = ", ".join(declared_numbers()["regime.price_regime"].modes)
CONFIGS = Path(__file__).parent.parent.parent / "configs"
TYPICAL = str(CONFIGS / "typical_firm.toml")
DRAWN = [
    "--set",
    "organisation.headcount=6",
    "--set",
    "organisation.span_of_control=3",
    "--set",
    "organisation.accounts=48",
    "--set",
    "organisation.weeks=26",
    "--replicates",
    "3",
]
SMALL = [*DRAWN, "--no-figures"]
FILES = {"manifest.json", "points.parquet", "runs", "runs.csv", *KEPT}


def names_in(folder):
    """What lies in a folder, but for what hides there."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_a_run_says_one_sentence_shows_a_table_and_leaves_a_folder(run, tmp_path, golden):
    code, out, _ = run("run", TYPICAL, *DRAWN)
    assert code == 0
    golden(marked(out.replace(str(CONFIGS), "configs")))
    folder = folder_at(tmp_path / "results" / "typical_firm" / "latest")
    ratio = json.loads(run("run", TYPICAL, *DRAWN, "--json")[1])["measures"]["realisation_ratio"]
    low, high = ratio["interval"]
    assert out.startswith(load_scenario(TYPICAL).title)
    assert f" {ratio['mean']:.0%} " in out.splitlines()[0]
    assert f"{low:.0%} to {high:.0%}" in out
    assert "price_realisation" not in out
    assert "price_realisation" in run("run", TYPICAL, *DRAWN, "--all")[1]
    assert str(folder.relative_to(tmp_path)) in out
    assert names_in(folder) == {*FILES, "figures"}
    drawn = {p.name for p in (folder / "figures").iterdir()} - {"digest.txt"}
    assert drawn == {f"{name}.{kind}" for name in figures_for(Results) for kind in ("png", "svg")}


def test_the_folder_holds_the_run(run, tmp_path):
    run("run", TYPICAL, *SMALL, "--out", "here", "--seed", "7")
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text())
    assert manifest["schema_version"] == SCHEMA_VERSION
    study = manifest["study"]
    assert (study["seed"], study["replicates"]["most"]) == (7, 3)
    assert study["firms"]["baseline"]["organisation"]["weeks"] == 26
    assert manifest["command"][:2] == ["run", TYPICAL]
    weeks = pq.read_table(tmp_path / "here" / "weeks")
    assert weeks.column_names == ["run_id", "replicate", "run", "plan_week", *names(Week)]
    assert weeks.num_rows == 3 * 2 * 26
    assert set(weeks["run"].to_pylist()) == {"realised", "full_execution"}
    deals = pq.read_table(tmp_path / "here" / "deals")
    assert set(names(Deal)) < set(deals.column_names)
    frame = weeks.to_pandas()
    revenue = frame[frame["run"] == "realised"].groupby("replicate")["revenue"].sum().mean()
    table = pd.read_csv(tmp_path / "here" / "runs.csv")
    assert table["revenue"].mean() == pytest.approx(revenue)
    assert table["replicate"].tolist() == [0, 1, 2]
    won = deals.to_pandas().query("outcome == 'won'")
    assert (won["size"] * won["price"]).sum() / 3 == pytest.approx(revenue)


def test_the_same_run_is_found_again_and_nothing_is_rewritten(run, tmp_path):
    run("run", TYPICAL, *SMALL)
    manifest = next(tmp_path.glob("results/*/*/manifest.json"))
    before = {path: path.stat().st_mtime_ns for path in manifest.parent.rglob("*") if path.is_file()}
    code, out, _ = run("run", TYPICAL, *SMALL, "--engine", "mesa")
    assert code == 0
    assert f"In {manifest.parent.relative_to(tmp_path)}" in out.splitlines()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(list(tmp_path.glob("results/*/*/manifest.json"))) == 1
    run("run", TYPICAL, *SMALL, "--seed", "2")
    assert len(list(tmp_path.glob("results/*/*/manifest.json"))) == 2


def test_a_run_goes_on_where_it_was_left(run, tmp_path):
    """What another command has simulated through with all its tables is not simulated through again."""
    run("run", TYPICAL, *SMALL, "--out", "results/there/first")
    parts = {path.name for path in tmp_path.glob("results/there/first/*/part-*")}
    code, _, err = run("run", TYPICAL, *SMALL[:-2], "5", "--no-figures", "--out", "results/there/second")
    assert code == 0
    assert numbers_in(err)[:1] == [3], "copied"
    assert len(open_results(tmp_path / "results" / "there" / "second").frame) == 5
    assert parts


def test_figures_can_be_left_out_and_added_later(run, tmp_path):
    code, _, _ = run("run", TYPICAL, *SMALL, "--out", "here")
    assert code == 0
    assert names_in(tmp_path / "here") == FILES
    before = (tmp_path / "here" / "manifest.json").stat().st_mtime_ns
    code, out, _ = run("run", TYPICAL, *DRAWN, "--out", "here")
    assert code == 0
    assert "In here" in out.splitlines()
    drawn = {p.name for p in (tmp_path / "here" / "figures").iterdir()} - {"digest.txt"}
    assert drawn == {f"{name}.{kind}" for name in figures_for(Results) for kind in ("png", "svg")}
    assert (tmp_path / "here" / "manifest.json").stat().st_mtime_ns == before
    assert names_in(tmp_path / "here") == {*FILES, "figures"}


def test_a_folder_may_be_a_link(run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").symlink_to("elsewhere")
    assert run("run", TYPICAL, *SMALL, "--out", "here")[0] == 0
    assert (tmp_path / "elsewhere" / "manifest.json").is_file()
    assert (tmp_path / "here").is_symlink()


def test_an_empty_folder_can_be_filled(run, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, _ = run("run", TYPICAL, *SMALL, "--out", "empty")
    assert code == 0
    assert (tmp_path / "empty" / "manifest.json").is_file()
    assert len(list(tmp_path.iterdir())) == 1


def test_json_is_one_object_with_stable_keys(run):
    code, out, _ = run("run", TYPICAL, *SMALL, "--json")
    assert code == 0
    described = json.loads(out)
    keys = {"schema_version", "scenario", "seed", "replicates", "engine", "plan_weeks", "folder", "reason"}
    assert keys | {"title", "sentences", "measures", "series"} == set(described)
    measures = described["measures"]
    assert {"realisation_ratio_without_optimism", "revenue"} < set(measures)
    for key in ("realisation_ratio", "promised", "realised", "revenue"):
        assert set(measures[key]) == {"mean", "interval", "unit"}
        low, high = measures[key]["interval"]
        assert low <= high
    assert measures["realisation_ratio"]["mean"] == pytest.approx(
        measures["realised"]["mean"] / measures["promised"]["mean"]
    )
    assert described["reason"] is None


def test_engines_print_the_same_object(run):
    texts = []
    for engine in ("compiled", "mesa"):
        _, out, _ = run("run", TYPICAL, *SMALL, "--json", "--engine", engine, "--out", f"by_{engine}")
        texts.append(json.loads(out) | {"engine": "", "folder": ""})
    assert texts[0] == texts[1]


def test_titles_are_text_and_nothing_else(run, tmp_path):
    """Neither the terminal's markup nor the figure's mathematics is read into a title."""
    (tmp_path / "odd.toml").write_text("title = 'cost $x_$ y [/b] [red]c'")
    code, out, _ = run("run", "odd.toml", *DRAWN, "--out", "w[b]")
    assert code == 0
    assert out.startswith("cost $x_$ y [/b] [red]c + 4 ")
    assert "w[b]" in out


def test_quiet_prints_the_sentence_only(run):
    _, whole, _ = run("run", TYPICAL, *SMALL)
    _, out, _ = run("run", TYPICAL, *SMALL, "--quiet")
    assert out.count(load_scenario(TYPICAL).title) == out.count("\n") == 1
    assert "price_realisation" not in out
    assert " ".join(whole.split()).startswith(out.strip())


def test_a_policy_moves_the_result_and_leaves_its_name(run, tmp_path):
    (tmp_path / "margin.toml").write_text("[pay]\nmargin_weight = 1.0\n")
    _, plain, _ = run("run", TYPICAL, *SMALL, "--json")
    _, moved, _ = run("run", TYPICAL, *SMALL, "--json", "--policy", "margin.toml")
    plain, moved = json.loads(plain), json.loads(moved)
    price, before = (found["measures"]["price_realisation"]["mean"] for found in (moved, plain))
    assert price > before
    assert moved["folder"] != plain["folder"]


def test_a_mode_is_set_by_its_bare_name_and_kept_by_name(run, tmp_path):
    code, _, err = run("run", TYPICAL, *SMALL, "--set", "regime.price_regime=list_only", "--out", "here")
    assert code == 0, err
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text())
    assert manifest["study"]["firms"]["baseline"]["regime"]["price_regime"] == "list_only"
    frame = pq.read_table(tmp_path / "here" / "deals").to_pandas()
    assert set(frame["price"].dropna()) == {100.0}


def test_a_policy_with_dates_is_laid_over_and_noted(run, tmp_path):
    """The shipped one raises list prices for a year of the plan."""
    policy = str(CONFIGS / "policies" / "spring_price_rise.toml")
    small = [text.replace("weeks=26", "weeks=156") for text in SMALL] + [
        "--set",
        "organisation.burn_in_weeks=4",
    ]
    code, _, err = run("run", TYPICAL, *small, "--policy", policy, "--out", "here")
    assert code == 0, err
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text())
    dated = manifest["study"]["firms"]["baseline"]["dated"][0]
    assert dated["lever"] == "regime.list_price_change"
    deals = pq.read_table(tmp_path / "here" / "deals").to_pandas()
    first, last = 4 + dated["start"], 4 + (dated["stop"] or 156)
    meanwhile = (deals["week"] >= first) & (deals["week"] < last)
    assert set(deals.loc[meanwhile, "listed"]) == {100.0 + dated["value"]}
    assert set(deals.loc[~meanwhile, "listed"]) == {100.0}


def test_dates_and_modes_change_the_folder(run, tmp_path):
    (tmp_path / "later.toml").write_text('[[dated]]\nlever = "pay.margin_weight"\nvalue = 1.0\nstart = 5\n')
    for extra in ([], ["--policy", "later.toml"], ["--set", "regime.price_regime=guided"]):
        assert run("run", TYPICAL, *SMALL, *extra)[0] == 0
    assert len(list(tmp_path.glob("results/*/*/manifest.json"))) == 3


def test_a_promise_of_nothing_is_said_plainly(run, golden):
    code, out, _ = run("run", TYPICAL, *SMALL, "--set", "needs.rate=0.0", "--json")
    assert code == 0
    described = json.loads(out)
    assert described["measures"]["realisation_ratio"] is None
    assert described["reason"]
    golden(described["reason"])
    _, out, _ = run("run", TYPICAL, *SMALL, "--set", "needs.rate=0.0")
    golden(out.splitlines()[0])


RULE = "rules.discounting.quoted_price"


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["missing.toml"], {"place": ("missing.toml",)}),
        (["--set", "payout.bonuss=1"], {"place": ("--set", "payout.bonuss"), "near": "payout.bonus"}),
        (["--set", "payout.bonus=-1"], {"place": ("--set", "payout.bonus"), "given": "-1"}),
        (
            ["--set", "regime.price_regime=guidedd"],
            {"place": ("--set", "regime.price_regime"), "given": "'guidedd'", "allowed": REGIMES},
        ),
        (
            ["--set", "regime.price_regime=9"],
            {"place": ("--set", "regime.price_regime"), "given": "9", "allowed": REGIMES},
        ),
        (["--set", "organisation.managers=2"], {"place": ("--set", "organisation.managers")}),
        (["--set", f"{RULE}='a:b'"], {"place": ("scenario", RULE), "given": "'a:b'"}),
        (["--set", f"{RULE}='a:b'", "--allow-code"], {"given": "'a:b'"}),
        (
            ["--policy", "bad_dates.toml"],
            {"place": ("bad_dates.toml:2", "dated.0.lever"), "given": "'pay.x'"},
        ),
        (["--policy", "missing.toml"], {"place": ("missing.toml",)}),
        (["--replicates", "0"], {"place": ("replicates",), "given": "0"}),
        (["--replicates", "many"], {"place": ("--replicates",), "given": "'many'"}),
        (["--seed", "-1"], {"place": ("seed",), "given": "-1"}),
        (
            ["--engine", "messa"],
            {"place": ("--engine",), "given": "'messa'", "allowed": "compiled, mesa", "near": "mesa"},
        ),
        (["--out", "taken"], {"place": ("taken",)}),
        (["--out", "file"], {"place": ("file",)}),
        (["--out", "dangling"], {"place": ("dangling",)}),
        (["--out", "file/below"], {"wrong": os.strerror(errno.ENOTDIR)}),
        (["--out", "a" * 300], {"wrong": os.strerror(errno.ENAMETOOLONG)}),
        (["--out", "/proc/nowhere/at/all"], {"wrong": os.strerror(errno.ENOENT)}),
        (["--replicates", "1e3"], {"place": ("--replicates",), "given": "'1e3'"}),
    ],
    ids=as_typed,
)
def test_bad_input_gives_one_message_exit_code_2_and_writes_nothing(run, among, golden, arguments, parts):
    firm = [] if arguments == ["missing.toml"] else ["typical_firm"]
    code, out, err = run("run", *firm, *arguments)
    assert (code, out) == (2, "")
    golden(err)
    assert parts.items() <= message_of(err)._asdict().items()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["run", TYPICAL, "--nonsense"], "nonsense"), (["run"], "SCENARIO"), (["fly"], "fly")],
    ids=["no option", "no scenario", "no command"],
)
def test_a_command_that_is_none_gives_one_message_and_writes_nothing(run, among, arguments, named):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert named in err
    assert "Traceback" not in err


@pytest.fixture
def among(tmp_path):
    """Files and folders that are there before and, as they were, afterwards."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "bad_dates.toml").write_text('[[dated]]\nlever = "pay.x"\nvalue = 3\n')
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    yield
    assert sorted(tmp_path.rglob("*")) == before


def test_a_failure_while_drawing_leaves_the_runs_and_no_half_of_the_figures(run, tmp_path, monkeypatch):
    from salesim.show import figures

    full = os.strerror(errno.ENOSPC)

    def full_disk(results, path):
        raise OSError(errno.ENOSPC, full)

    monkeypatch.setattr(figures, "write_figures", full_disk)
    code, _, err = run("run", TYPICAL, *DRAWN, "--out", "here")
    assert code == 2
    assert full in err
    assert names_in(tmp_path / "here") == FILES
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert run("run", TYPICAL, *DRAWN, "--out", "here")[0] == 0
    assert names_in(tmp_path / "here") == {*FILES, "figures"}


def test_the_week_is_printed_in_the_order_of_the_code(run):
    code, out, _ = run("week")
    assert code == 0
    phases = ["communicate", "plan", "work", "quote", "decide", "pay", "learn", "staff", "close_books"]
    positions = [out.index(f" {phase} ") for phase in phases]
    assert positions == sorted(positions)


def test_version_and_help(run):
    assert run("--version")[1].startswith("salesim ")
    code, out, _ = run("run", "--help")
    assert code == 0
    assert all(
        option in out for option in ("--policy", "--set", "--replicates", "--seed", "--engine", "--json")
    )


def test_it_is_installed_as_a_command():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "salesim"), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("salesim ")


def test_a_backend_of_the_user_does_not_matter_to_figures(tmp_path):
    """In a process of its own, as matplotlib reads it when it is imported."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "salesim",
            "run",
            "typical_firm",
            *DRAWN,
            "--replicates",
            "1",
            "--out",
            tmp_path / "here",
        ],
        env={**os.environ, "MPLBACKEND": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "here" / "figures").glob("*.svg"))
