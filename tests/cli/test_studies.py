"""Sweep, runs, verify and bundle as a person and as a program meet them."""

import csv
import errno
import json
import os
import shutil
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from salesim.inputs.shipped import shipped_studies
from salesim.runs.folder import folder_at
from salesim.runs.runs import open_results
from salesim.runs.store import Store, put_part
from tests.cli.commands import ANSWER, as_typed, command, numbers_in, refused
from tests.firms import small_firm
from tests.golden.marks import marked
from tests.messages import message_of
from tests.runs.earlier import earlier_folder
from tests.runs.failing import FAILURE, breaks

WHAT = "wide authority"  # as the answer is asked for

STUDY = """
title = "A small study"
question = "Is it small?"
replicates = 3
outcomes = ["realised", "win_rate"]
tables = ["weeks"]
[settings]
organisation.weeks = 13
organisation.burn_in_weeks = 13
organisation.headcount = 4
organisation.accounts = 40
[policies]
on_margin = "margin_pay"
[levers]
regime.discount_authority = [0.0, 0.1, 0.2]
"""
FIRM = [
    "--set",
    "organisation.headcount=4",
    "--set",
    "organisation.accounts=40",
    "--set",
    "organisation.weeks=13",
    "--replicates",
    "3",
]


@pytest.fixture
def study(tmp_path):
    (tmp_path / "small.toml").write_text(STUDY)
    return "small.toml"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    where = tmp_path_factory.mktemp("swept")
    (where / "small.toml").write_text(STUDY)
    command(where, "sweep", "small.toml", "--out", "here", "--no-figures", "--quiet")
    return where / "here"


@pytest.fixture
def swept(made_once, study, tmp_path):
    """The folder of the study, a copy that may be changed."""
    shutil.copytree(made_once, tmp_path / "here")
    return "here"


def test_a_sweep_says_what_there_is_and_leaves_a_folder(run, study, tmp_path, golden):
    code, out, err = run("sweep", study)
    assert (code, err) == (0, "")
    golden(marked(out))
    state = next(line for line in out.splitlines() if "A small study" in line)
    assert numbers_in(state) == [18, 6]
    folder = folder_at(tmp_path / "results" / "small" / "latest")
    assert f"results/small/{folder.name}" in out.splitlines()[-1]
    assert open_results(folder).digest in out.splitlines()[-2]
    drawn = {path.name for path in (folder / "figures").iterdir()} - {"digest.txt"}
    assert drawn == {
        f"{kind}_{name}.{end}"
        for kind in ("response",)
        for name in ("realised", "win_rate")
        for end in ("png", "svg")
    }


def test_a_dry_run_says_what_it_takes_and_begins_nothing(run, study, tmp_path, golden):
    code, out, err = run("sweep", study, "--dry-run", "--workers", "2")
    assert (code, err) == (0, "")
    golden(marked(out))
    first, *others = out.splitlines()
    assert numbers_in(first)[0] == 18
    assert " on 2 workers " in first, "workers"
    told = {"regime.discount_authority": 3, "policies": 2, "points": 6, "replicates of each": 3}
    rows = {name: numbers_in(line)[-1] for line in others for name in told if line.strip().startswith(name)}
    assert rows == told
    assert others[-1].startswith("In results/small/")
    assert not (tmp_path / "results").exists()
    told = json.loads(run("sweep", study, "--dry-run", "--workers", "2", "--json")[1])
    assert (told["points"], told["runs"], told["stored"], told["workers"]) == (6, 18, 0, 2)
    assert told["minutes"] > 0.0
    run("sweep", study, "--no-figures", "--quiet")
    assert json.loads(run("sweep", study, "--dry-run", "--json")[1])["stored"] == 18


def test_room_and_time_are_reckoned_within_reason(run, study, tmp_path):
    told = json.loads(run("sweep", study, "--dry-run", "--json")[1])
    run("sweep", study, "--out", "here", "--no-figures", "--quiet")
    taken = sum(
        path.stat().st_size for kind in ("runs", "weeks") for path in (tmp_path / "here" / kind).iterdir()
    )
    assert 0.2 * taken < told["bytes"] < 2.0 * taken


def test_the_same_sweep_again_runs_nothing_and_says_the_same(run, swept, study, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / swept).rglob("part-*")}
    first = json.loads(run("sweep", study, "--out", swept, "--no-figures", "--json")[1])
    assert first["runs"] == 18
    assert (first["missing"], first["failed"]) == (0, 0)
    assert first["digest"] == open_results(tmp_path / swept).digest
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / swept).rglob("part-*")} == before
    assert len(first["rows"]) == 12
    assert {
        "policy",
        "regime.discount_authority",
        "mean",
        "low",
        "high",
        "replicates",
        "outcome",
        "unit",
    } < set(first["rows"][0])


def test_a_folder_stands_for_its_study(run, swept, tmp_path):
    (tmp_path / "empty").mkdir()
    code, out, _ = run("sweep", swept, "--out", "again", "--reuse", "empty", "--no-figures", "--json")
    assert (code, json.loads(out)["runs"]) == (0, 18)
    assert not open_results(tmp_path / "again").missing()
    assert open_results(tmp_path / "again").digest == open_results(tmp_path / swept).digest


def test_runs_are_listed_by_point_by_setting_and_one_by_one(run, swept, golden):
    by_point = json.loads(run("runs", swept, "--json")[1])["rows"]
    assert len(by_point) == 12
    each = json.loads(
        run(
            "runs",
            swept,
            "--each",
            "--where",
            "policy=on_margin",
            "--where",
            "regime.discount_authority>=0.1",
            "--json",
        )[1]
    )["rows"]
    assert len(each) == 6
    assert {row["policy"] for row in each} == {"on_margin"}
    assert {row["regime.discount_authority"] for row in each} == {0.1, 0.2}
    wide = ("--where", "policy=on_margin", "--where", "regime.discount_authority>=0.1")
    others = ("--by", "setting", "--where", "policy!=baseline", "--outcome", "churn")
    for asked in (("--each", *wide), ("--each", "--limit", "1"), others, ("--failed",)):
        code, out, err = run("runs", swept, *asked)
        assert (code, err) == (0, "")
        golden(marked(out))
    assert "the first 1 of 18 rows" in run("runs", swept, "--each", "--limit", "1")[1]
    none = ("runs", swept, "--where", "realised>1e15")
    assert json.loads(run(*none, "--json")[1])["rows"] == []
    golden(run(*none)[1])


def test_runs_are_exported_with_what_was_moved(run, swept, tmp_path):
    code, out, _ = run("runs", swept, "--export", "all.csv")
    assert (code, numbers_in(out), "all.csv" in out) == (0, [18], True)
    with (tmp_path / "all.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    stored = open_results(tmp_path / swept).frame
    assert [float(row["realised"]) for row in rows] == stored["realised"].tolist(), "every digit survives"
    assert [row["policy"] for row in rows] == stored["policy"].tolist()
    run(
        "runs",
        swept,
        "--export",
        "some.parquet",
        "--where",
        "replicate=0",
        "--outcome",
        "realised",
        "--outcome",
        "discount_by_week",
    )
    some = pd.read_parquet(tmp_path / "some.parquet")
    assert len(some) == 6
    assert [name for name in some if name.startswith("discount_by_week")] == [
        f"discount_by_week.{k}" for k in range(1, 14)
    ]


def test_the_folder_of_a_run_has_runs_too(run, tmp_path):
    run("run", "typical_firm", *FIRM, "--out", "one", "--no-figures")
    rows = json.loads(run("runs", "one", "--each", "--json")[1])["rows"]
    assert [row["replicate"] for row in rows] == [0, 1, 2]
    table = pd.read_csv(tmp_path / "one" / "runs.csv")
    assert [row["realised"] for row in rows] == table["realised"].tolist()
    code, out, _ = run(
        "runs", "one", "--export", "one.csv", "--outcome", "bookings_by_week", "--outcome", "revenue"
    )
    assert (code, numbers_in(out), "one.csv" in out) == (0, [3], True)
    assert "bookings_by_week.13" in pd.read_csv(tmp_path / "one.csv").columns


@pytest.mark.parametrize("engine", ["compiled", pytest.param("mesa", marks=pytest.mark.nightly)])
def test_what_was_stored_is_verified(run, swept, engine, golden):
    run("run", "typical_firm", *FIRM, "--out", "one", "--no-figures")
    said = {folder: run("verify", folder, "--all", "--engine", engine) for folder in (swept, "one")}
    for folder, runs in ((swept, 18), ("one", 3)):
        code, out, err = said[folder]
        assert (code, numbers_in(out), folder in out, err) == (0, [runs, runs], True, "")
        golden(out)
    assert numbers_in(run("verify", swept, "--sample", "4")[1]) == [4, 18]


def tampered(table, column, more):
    values = table[column].to_pylist()
    values[0] += more
    field = table.schema.field(column)
    return table.set_column(table.schema.get_field_index(column), field, pa.array(values, field.type))


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("weeks", "revenue"),
        ("deals", "asked"),
        ("reps", "credit"),
        ("managers", "revenue"),
        ("accounts", "revenue"),
        ("levels", "buy_in"),
    ],
)
def test_a_run_whose_tables_say_something_else_is_not_verified(run, tmp_path, name, column):
    run("run", "typical_firm", *FIRM, "--out", "one", "--no-figures")
    made = open_results(tmp_path / "one")
    tables = {each: made.table(each) for each in made.study.tables}
    numbers = [field.name for field in tables[name].schema if field.type == pa.float64()]
    chosen = column if column in numbers else numbers[-1]
    tables[name] = tampered(tables[name], chosen, 1.0)
    whose = tables[name]["run_id"][0].as_py()
    shutil.copytree(made.folder, tmp_path / "two", ignore=shutil.ignore_patterns("part-*"))
    Store(tmp_path / "two").add(made.store.read(), tables)
    code, out, err = run("verify", "two", "--all")
    assert code == 1
    assert numbers_in(out) == [3, 3, 1]
    assert f"run {whose}: {name}.{chosen} " in err


def test_a_sweep_in_which_one_number_was_changed_is_not_verified(run, swept, tmp_path):
    """Also where the part got a new name, as if nothing had happened."""
    part = next((tmp_path / swept / "runs").glob("part-*"))
    table = pq.read_table(part)
    values = table["win_rate"].to_pylist()
    values[4] = values[4] * (1.0 + 2.0**-52)
    changed = table.set_column(
        table.schema.get_field_index("win_rate"), table.schema.field("win_rate"), pa.array(values)
    )
    part.unlink()
    put_part(part.parent, changed)
    code, out, err = run("verify", swept, "--all")
    assert code == 1
    assert numbers_in(out)[:2] == [18, 18]
    run_id = table["run_id"][4].as_py()
    assert f"{run_id}: win_rate: " in err
    assert run("verify", swept, "--run", run_id)[0] == 1
    other = table.filter(pc.not_equal(table["run_id"], run_id))["run_id"][0].as_py()
    assert run("verify", swept, "--run", other)[0] == 0


def test_results_of_another_model_can_be_read_and_not_verified(run, swept, tmp_path, golden):
    path = tmp_path / swept / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "model": "0123456789abcdef"}))
    code, out, err = run("verify", swept)
    assert (code, err) == (1, "")
    assert out.index(swept) < out.index("0123456789abcdef") < out.index(manifest["salesim"])
    golden(out.replace(manifest["salesim"], "VERSION"))
    assert run("runs", swept)[0] == 0


def test_a_bundle_is_a_results_folder_with_all_that_is_needed(run, swept, tmp_path, golden):
    code, out, _ = run("bundle", swept)
    assert code == 0
    assert "here.zip" in out
    with zipfile.ZipFile(tmp_path / "here.zip") as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    assert {
        "here/manifest.json",
        "here/points.parquet",
        "here/README.md",
        "here/environment.txt",
        "here/firms/baseline.toml",
        "here/firms/on_margin.toml",
    } < names
    assert not [name for name in names if "/." in name]
    readme = (tmp_path / "unpacked" / "here" / "README.md").read_text()
    assert open_results(tmp_path / swept).study.question in readme
    assert "numpy==" in (tmp_path / "unpacked" / "here" / "environment.txt").read_text()
    assert run("verify", "unpacked/here", "--all")[0] == 0
    firm = ["run", "unpacked/here/firms/on_margin.toml", "--replicates", "1", "--json", "--no-figures"]
    told = json.loads(run(*firm)[1])
    rows = open_results(tmp_path / swept).frame.query(
        "policy == 'on_margin' and replicate == 0 and `regime.discount_authority` == 0.1"
    )
    assert told["measures"]["win_rate"]["mean"] == rows["win_rate"].iloc[0]
    code, _, err = run("bundle", swept)
    assert (code, message_of(err).place) == (2, ("here.zip",))
    golden(err)
    first = (tmp_path / "here.zip").read_bytes()
    (tmp_path / "here.zip").unlink()
    run("bundle", swept)
    assert (tmp_path / "here.zip").read_bytes() == first, "the same archive from the same results"


def test_a_bundle_is_taken_in_and_verified(run, swept, tmp_path, golden):
    run("bundle", swept)
    code, out, err = run("bundle", "--open", "here.zip", "--out", "taken")
    assert (code, err) == (0, "")
    golden(out)
    assert open_results(tmp_path / "taken").digest == open_results(tmp_path / swept).digest
    golden(refused(run, "bundle", "--open", "here.zip", "--out", "taken"))
    golden(refused(run, "bundle", swept, "--open", "here.zip"))
    golden(refused(run, "bundle"))
    (tmp_path / "cut.zip").write_bytes((tmp_path / "here.zip").read_bytes()[:-100])
    before = sorted(tmp_path.rglob("*"))
    golden(refused(run, "bundle", "--open", "cut.zip"))
    golden(refused(run, "bundle", "--open", "nowhere.zip"))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bundle_of_a_run_gets_it_again(run, tmp_path, monkeypatch):
    run("run", "typical_firm", *FIRM, "--out", "one", "--no-figures", "--seed", "5")
    run("bundle", "one", "--out", "two.zip")
    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        archive.extractall(tmp_path)
    readme = (tmp_path / "two" / "README.md").read_text().splitlines()
    again = next(line for line in readme if line.startswith("salesim sweep "))
    assert again.split() == ["salesim", "sweep", ".", "--out", "../again"]
    monkeypatch.chdir(tmp_path / "two")
    code, _, err = run(*again.split()[1:], "--no-figures", "--reuse", ".")
    assert code == 0, err
    assert open_results(tmp_path / "again").digest == open_results(tmp_path / "one").digest


def test_a_folder_of_an_earlier_form_is_converted(run, tmp_path, golden):
    earlier_folder(small_firm(), tmp_path / "results" / "mine" / "old")
    code, out, err = run("runs", "results/mine/old")
    assert (code, out) == (2, "")
    assert "results/mine/old," in message_of(err).allowed.split()
    for verb in ("verify", "bundle", "report"):
        assert run(verb, "results/mine/old") == (2, "", err), verb
    code, out, err = run("convert", "results/mine/old", "--out", "new")
    assert (code, err) == (0, "")
    golden(out)
    assert run("verify", "new", "--all")[0] == 0
    assert run("report", "new", "--out", "page.html")[0] == 0


def test_failed_runs_are_shown_with_the_command_that_replays_them(run, study, monkeypatch, golden):
    with monkeypatch.context() as patch:
        breaks(patch, lambda address: address.replicate == 1)
        code, out, err = run("sweep", study, "--out", "here", "--no-figures", "--workers", "1")
        assert code == 1
        golden(marked(out))
        golden(err)
        assert numbers_in(out.splitlines()[0])[:3] == [12, 6, 6]
        assert numbers_in(err.splitlines()[0]) == [6]
        assert f"ArithmeticError: {FAILURE}" in err
        rows = json.loads(run("runs", "here", "--failed", "--json")[1])["rows"]
        assert len(rows) == 6
        code, out, err = run("verify", "here", "--run", rows[0]["run_id"])
        assert code == 1
        assert f"{rows[0]['run_id']}: " in err
        assert f"ArithmeticError: {FAILURE}" in err
        assert "Traceback" in err
        assert f"verify here --run {rows[0]['run_id']}" in run("runs", "here", "--failed")[1]
    code, out, _ = run("sweep", study, "--out", "here", "--no-figures", "--json")
    assert (code, json.loads(out)["runs"]) == (0, 18)


SHIPPED = ", ".join(shipped_studies())


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["sweep", "nonsense"], {"place": ("nonsense",), "allowed": f"a TOML file, or {SHIPPED}"}),
        (["sweep", "ways_of_teling"], {"place": ("ways_of_teling",), "near": "ways_of_telling"}),
        (["sweep", "small.toml", "--workers", "0"], {"place": ("workers",), "given": "0"}),
        (["sweep", "small.toml", "--workers", "many"], {"place": ("--workers",), "given": "'many'"}),
        (
            ["sweep", "small.toml", "--engine", "fast"],
            {"place": ("--engine",), "given": "'fast'", "allowed": "compiled, mesa"},
        ),
        (["sweep", "small.toml", "--out", "small.toml"], {"place": ("small.toml",)}),
        (["runs", "nowhere"], {"place": ("nowhere",)}),
        (["runs", "empty"], {}),
        (["runs", "torn"], {}),
        (["runs", "newer"], {"place": ("newer",), "given": "'schema version 99, sweep'"}),
        (["runs", "here", "--export", "here/points.parquet"], {"place": ("here/points.parquet",)}),
        (
            ["runs", "here", "--where", "policy=on_margn"],
            {"place": ("where", "policy"), "given": "'on_margn'", "near": "on_margin"},
        ),
        (["runs", "here", "--failed", "--where", "policy=baseline"], {"place": ("--failed",)}),
        (["runs", "here", "--export", "a.csv", "--json"], {"place": ("--export",)}),
        (["runs", "here", "--each", "--by", "setting"], {"place": ("--each",)}),
        (["sweep", "small.toml", "--reuse", "nowhere"], {"place": ("nowhere",)}),
        (
            ["bundle", "here", "--out", "here.tar"],
            {"place": ("here.tar",), "given": "'.tar'", "allowed": ".zip"},
        ),
        (
            ["runs", "here", "--outcome", "win_rat"],
            {"place": ("outcome",), "given": "'win_rat'", "near": "win_rate"},
        ),
        (["runs", "here", "--where", "colour=red"], {"place": ("where",), "given": "'colour'"}),
        (["runs", "here", "--where", "policy>a"], {"place": ("where", "policy"), "given": "'policy>a'"}),
        (
            ["runs", "here", "--where", "realised>much"],
            {"place": ("where", "realised"), "given": "'realised>much'"},
        ),
        (["runs", "here", "--where", "nonsense"], {"place": ("where",), "given": "'nonsense'"}),
        (
            ["runs", "here", "--by", "week"],
            {"place": ("by",), "given": "'week'", "allowed": "point, setting"},
        ),
        (["runs", "here", "--export", "all.xls"], {"place": ("all.xls",), "given": "'.xls'"}),
        (["runs", "here", "--export", "nowhere/all.csv"], {"wrong": os.strerror(errno.ENOENT)}),
        (["runs", "here", "--limit", "0"], {"place": ("--limit",), "given": "0"}),
        (["verify", "nowhere"], {"place": ("nowhere",)}),
        (["verify", "here", "--run", "abc"], {"place": ("here",), "given": "'abc'"}),
        (["verify", "here", "--sample", "0"], {"place": ("sample",), "given": "0"}),
        (["verify", "here", "--all", "--run", "abc"], {"place": ("--run",)}),
        (["verify", "here", "--all", "--sample", "3"], {"place": ("--all",)}),
        (["bundle", "empty"], {}),
        (["bundle", "here", "--out", "nowhere/all.zip"], {"wrong": os.strerror(errno.ENOENT)}),
    ],
    ids=as_typed,
)
def test_bad_input_ends_with_one_clear_line(run, swept, tmp_path, golden, arguments, parts):
    (tmp_path / "empty").mkdir()
    for name, text in (
        ("torn", '{"schema_version": 2, "ki'),
        ("newer", '{"schema_version": 99, "kind": "sweep", "key": "a", "model": "b", "salesim": "9.9"}'),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text)
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    golden(err)
    assert parts.items() <= message_of(err)._asdict().items()
    assert err.startswith(f"Error: {arguments[1]}") or parts, "where it is, if nothing else"
    assert len(err.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_dry_run_refuses_what_the_sweep_refuses(run, tmp_path, golden):
    (tmp_path / "bad.toml").write_text("[uncertainties]\nmarket.unit_cost = [50.0, 120.0]\n")
    said = [run("sweep", "bad.toml", *more) for more in ([], ["--dry-run"])]
    assert said[0] == said[1]
    assert said[0][0] == 2
    golden(said[0][2])
    message = message_of(said[0][2])
    assert message.place == ("bad", "point 1 (baseline, market.unit_cost 120.0)", "market.unit_cost")
    (tmp_path / "drawn.toml").write_text(
        "[uncertainties]\nsamples = 6\nmarket.unit_cost = { from = 60.0, to = 130.0 }\n"
    )
    assert run("sweep", "drawn.toml", "--dry-run")[0] == 0


def test_a_dry_run_of_what_fails_says_so(run, study, monkeypatch, golden):
    breaks(monkeypatch, lambda address: True)
    code, _, err = run("sweep", study, "--dry-run")
    message = message_of(err)
    assert (code, message.place[0], message.place[-1]) == (2, "small", "ArithmeticError")
    assert message.wrong == FAILURE
    golden(err)


def test_a_dry_run_counts_what_is_copied_and_the_sweep_says_so(run, study, tmp_path, golden):
    run("sweep", study, "--no-figures", "--quiet")
    (tmp_path / "more.toml").write_text(STUDY.replace("[0.0, 0.1, 0.2]", "[0.0, 0.1, 0.2, 0.3]"))
    told = json.loads(run("sweep", "more.toml", "--dry-run", "--json")[1])
    assert (told["runs"], told["stored"], told["copied"]) == (24, 0, 18)
    plan = run("sweep", "more.toml", "--dry-run")[1].splitlines()
    assert numbers_in(plan[0])[0] == 24
    assert [0, 18] in [numbers_in(line) for line in plan]
    code, _, err = run("sweep", "more.toml", "--no-figures")
    assert (code, numbers_in(err)) == (0, [18])
    golden(err)


def test_what_is_gone_is_not_verified(run, swept, tmp_path, golden):
    shutil.rmtree(tmp_path / swept / "runs")
    code, out, err = run("verify", swept)
    assert (code, numbers_in(out)) == (1, [0, 0, 1])
    assert numbers_in(err)[0] == 18
    golden(out)
    golden(marked(err))


def test_figures_show_the_runs_that_there_are(run, study, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        breaks(patch, lambda address: address.replicate == 1)
        assert run("sweep", study, "--out", "here")[0] == 1
    figure = tmp_path / "here" / "figures" / "response_realised.svg"
    before = figure.read_text()
    assert run("sweep", study, "--out", "here", "--quiet")[0] == 0
    assert figure.read_text() != before
    drawn = figure.stat().st_mtime_ns
    run("sweep", study, "--out", "here", "--quiet")
    assert figure.stat().st_mtime_ns == drawn


def test_series_are_listed_too(run, swept):
    code, out, err = run("runs", swept, "--each", "--outcome", "bookings_by_week", "--limit", "1")
    assert (code, err) == (0, "")
    assert numbers_in(out.splitlines()[1]) == [1, 18]


def test_points_without_a_firm_are_said_to_be_points(run, tmp_path, golden):
    (tmp_path / "drawn.toml").write_text(
        STUDY.partition("[policies]")[0]
        + "[uncertainties]\nsamples = 6\nmarket.unit_cost = { from = 60.0, to = 120.0 }\n"
    )
    code, _, err = run("sweep", "drawn.toml", "--out", "here", "--no-figures")
    assert code == 1
    golden(err)
    assert "market.unit_cost: got " in err.splitlines()[0]
    assert len(err.splitlines()) == 2, "points, how to see them, and no runs"
    failed = json.loads(run("runs", "here", "--failed", "--json")[1])["rows"]
    assert numbers_in(err.splitlines()[0])[0] == len(failed)
    assert {row["run_id"] for row in failed} == {None}
    golden(run("runs", "here", "--failed")[1])


def test_means_that_are_not_known_well_enough_are_counted(run, tmp_path, golden):
    rule = 'replicates = { outcome = "realised", half_width = 1.0, least = 2, most = 4 }'
    (tmp_path / "wide.toml").write_text(STUDY.replace("replicates = 3", rule))
    code, out, _ = run("sweep", "wide.toml", "--out", "here", "--no-figures", "--json")
    state = next(said for said in json.loads(out)["sentences"] if "A small study" in said)
    assert (code, numbers_in(state)) == (0, [24, 6, 6])
    golden(state)


def test_a_bundle_holds_the_code_of_rules(run, tmp_path, monkeypatch, golden):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "rule_of_a_bundle.py").write_text(
        "def leaving(leaving, recent_pay, market_pay):\n    return 0.001\n"
    )
    (tmp_path / "firm.toml").write_text(
        'extends = "typical_firm"\n[rules]\n"leaving.leaving_probability" = "rule_of_a_bundle:leaving"\n'
    )
    (tmp_path / "ruled.toml").write_text('scenario = "firm.toml"\n' + STUDY.partition("[policies]")[0])
    assert (
        run(
            "sweep",
            "ruled.toml",
            "--out",
            "here",
            "--no-figures",
            "--quiet",
            "--engine",
            "mesa",
            "--allow-code",
        )[0]
        == 0
    )
    run("bundle", "here")
    with zipfile.ZipFile(tmp_path / "here.zip") as archive:
        assert b"def leaving" in archive.read("here/rule_of_a_bundle.py")
        readme = archive.read("here/README.md").decode()
        archive.extractall(tmp_path / "unpacked")
    assert "salesim verify . --allow-code" in readme
    assert "salesim sweep . --out ../again --allow-code" in readme
    monkeypatch.chdir(tmp_path / "unpacked" / "here")
    assert run("verify", ".", "--engine", "mesa", "--allow-code")[0] == 0
    monkeypatch.chdir(tmp_path / "unpacked")
    code, _, err = run("bundle", "here", "--out", "other.zip")
    assert (code, message_of(err).place) == (2, ("rule_of_a_bundle.py",))
    golden(err)


def test_a_study_that_says_how_it_is_answered_is_answered(run, tmp_path, golden):
    (tmp_path / "asked.toml").write_text(STUDY + ANSWER)
    code, out, err = run("sweep", "asked.toml", "--out", "there")
    assert (code, err) == (0, "")
    told = json.loads(run("sweep", "asked.toml", "--out", "there", "--no-figures", "--json")[1])
    golden(told["answer"][0])
    assert WHAT in told["answer"][0].lower()
    assert " ".join(out.split()).startswith(told["answer"][0])
    drawn = {path.name for path in (tmp_path / "there" / "figures").iterdir()}
    assert {"effects.png", "effects.svg"} <= drawn
    one = STUDY.replace("replicates = 3", "replicates = 1") + ANSWER
    (tmp_path / "once.toml").write_text(one)
    code, out, err = run("sweep", "once.toml", "--out", "once")  # nothing can be told from luck
    assert (code, err, WHAT in out) == (0, "", False)
    assert (
        json.loads(run("sweep", "once.toml", "--out", "once", "--no-figures", "--json")[1])["answer"] == []
    )
