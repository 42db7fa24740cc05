"""`salesim gap` as people and programs use it."""

import json
import zipfile
from functools import partial

import pytest

from docs.make.dictionary import fields_of
from salesim.analysis.gap import next_best
from salesim.analysis.gap.ledger import Ledger
from salesim.runs.causes import CAUSES, DIMENSIONS
from tests.cli.commands import as_typed, done, refused
from tests.messages import message_of

FIRM = """
title = "Our firm"
[organisation]
headcount = 6
span_of_control = 3
accounts = 48
burn_in_weeks = 13
weeks = 52
"""


@pytest.fixture
def firm(tmp_path, monkeypatch):
    """A small firm, whose levers are tried in two replicates."""
    monkeypatch.setattr(next_best, "next_levers", partial(next_best.next_levers, replicates=2))
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_people_and_programs_read_the_same_of_the_causes_and_the_levers(run, firm, golden):
    """One split, told in both ways; its folders are listed, verified and bundled."""
    asked = ("gap", "our_firm.toml", "--replicates", "3", "--out", "out")
    said = done(run, *asked)
    golden(said)
    found = json.loads(done(run, *asked, "--json"))
    check_numbers(found)
    check_words(said, found)
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()}
    assert {"waterfall.png", "waterfall.svg", "next_levers.png"} <= drawn
    check_folders(run, firm)
    assert done(run, *asked) == said


def check_numbers(found):
    assert set(found) == {*fields_of(Ledger)}
    assert [cause["name"] for cause in found["causes"]] == [cause.name for cause in CAUSES]
    assert [each["name"] for each in found["dimensions"]] == list(DIMENSIONS)
    assert sum(cause["amount"] for cause in found["causes"]) == pytest.approx(
        found["promised"] - found["realised"]
    )
    for cause in found["causes"]:
        assert cause["interval"][0] <= cause["amount"] <= cause["interval"][1]
    assert found["levers"]


def check_words(said, found):
    assert said.startswith(found["title"])
    rows = {line.split("  ")[1].strip(): line for line in said.splitlines() if line.startswith("   ")}
    for cause in found["causes"]:
        shown, low, high = rows[cause["name"]], *cause["interval"]
        assert f" {round(cause['amount'] / 1e3):d} " in shown
        noted = shown.rpartition("%")[2].strip().removesuffix(cause["ideal"])
        assert bool(noted) == (low <= 0.0 <= high) == (not cause["significant"])
    assert said.index("realised") < said.index("hierarchy_hops"), "levers come last"
    for lever in found["levers"]["best"][:3]:
        assert lever["lever"] in said
    assert said.rstrip().endswith("out")


def check_folders(run, firm):
    for folder in ("out", "out/levers"):
        found = json.loads(done(run, "runs", folder, "--json"))
        assert (found["missing"], found["failed"]) == (0, 0)
        assert found["runs"] > 0
        done(run, "verify", folder, "--sample", "2")
    done(run, "bundle", "out")
    names = zipfile.ZipFile(firm / "out.zip").namelist()
    for kept in ("out/coalitions/part-", "out/levers/runs/part-", "out/levers/manifest.json"):
        assert any(name.startswith(kept) for name in names), kept


def test_a_first_look_is_quick_and_leaves_the_levers(run, firm):
    found = json.loads(done(run, "gap", "our_firm.toml", "--quick", "--json", "--no-figures"))
    assert (found["orders"], found["replicates"], found["levers"]) == (1, 20, None)
    assert found["folder"].startswith("results/our_firm_gap/")
    assert done(run, "gap", "our_firm.toml", "--quick", "--quiet").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["--set", "needs.rate=0"], {"place": ("Our firm + needs.rate 0", "promised")}),
        (["--replicates", "0"], {"place": ("replicates",), "given": "0"}),
        (["--orders", "-1"], {"place": ("orders",), "given": "-1"}),
        (["--orders", "some"], {"place": ("--orders",), "given": "'some'"}),
        (
            ["--engine", "fast"],
            {"place": ("--engine",), "given": "'fast'", "allowed": "compiled, mesa"},
        ),
        (["--policy", "margin_pey"], {"place": ("margin_pey",), "near": "margin_pay"}),
        (["--explain", "discounts"], {"place": ("cause",), "given": "'discounts'"}),
        (["--explain", "discounting", "--orders", "0"], {"place": ("--orders",)}),
    ],
    ids=as_typed,
)
def test_what_cannot_be_split_is_refused_in_one_line(run, firm, golden, arguments, parts):
    said = refused(run, "gap", "our_firm.toml", *arguments)
    golden(said)
    assert parts.items() <= message_of(said)._asdict().items()
