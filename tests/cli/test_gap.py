"""`salesim gap` as people and programs use it."""

import json
import zipfile

import pytest

from salesim.show.gaps import KEYS_OF_A_GAP
from salesim.study.gap.causes import CAUSES, DIMENSIONS
from tests.cli.commands import done, refused

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
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(done(run, "gap", "our_firm.toml", "--replicates", "3", "--json", "--out", "out"))
    assert list(found) == list(KEYS_OF_A_GAP)
    assert [cause["name"] for cause in found["causes"]] == [cause.name for cause in CAUSES]
    assert [each["name"] for each in found["dimensions"]] == list(DIMENSIONS)
    assert sum(cause["amount"] for cause in found["causes"]) == pytest.approx(
        found["promised"] - found["realised"]
    )
    for cause in found["causes"]:
        assert cause["interval"][0] <= cause["amount"] <= cause["interval"][1]
    assert found["levers"]
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()}
    assert {"waterfall.png", "waterfall.svg", "next_levers.png"} <= drawn
    assert (firm / "out" / "levers" / "manifest.json").is_file()


def test_people_read_the_sentence_the_table_and_the_levers(run, firm):
    said = done(run, "gap", "our_firm.toml", "--replicates", "3", "--out", "out")
    assert said.startswith("Our firm realised ")
    for words in (
        "SHARED VISION",
        "discount leakage",
        "within noise",
        "The largest part is lost in ",
        "Shared vision works through price and accounts",
        "Next best levers",
        "In out",
    ):
        assert words in said, words
    again = done(run, "gap", "our_firm.toml", "--replicates", "3", "--out", "out")
    assert again == said


def test_a_first_look_is_quick_and_leaves_the_levers(run, firm):
    found = json.loads(done(run, "gap", "our_firm.toml", "--quick", "--json", "--no-figures"))
    assert (found["orders"], found["replicates"], found["levers"]) == (1, 20, None)
    assert found["folder"].startswith("results/our_firm_gap/")
    assert done(run, "gap", "our_firm.toml", "--quick", "--quiet").count("\n") == 1


def test_folders_of_a_gap_are_listed_verified_and_bundled(run, firm):
    done(run, "gap", "our_firm.toml", "--replicates", "2", "--no-figures", "--out", "out")
    for folder in ("out", "out/levers"):
        assert "all there" in done(run, "runs", folder)
        done(run, "verify", folder, "--sample", "2")
    done(run, "bundle", "out")
    names = zipfile.ZipFile(firm / "out.zip").namelist()
    for kept in ("out/coalitions/part-", "out/levers/runs/part-", "out/levers/manifest.json"):
        assert any(name.startswith(kept) for name in names), kept


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "needs.rate=0"], "promised: promises nothing, so there is no gap"),
        (["--replicates", "0"], "--replicates: out of range; got 0"),
        (["--orders", "-1"], "--orders: out of range; got -1"),
        (["--orders", "some"], "--orders: not a whole number; got 'some'"),
        (["--engine", "fast"], "--engine: unknown name; got 'fast'; allowed: compiled, mesa"),
        (["--policy", "margin_pey"], "margin_pay"),
        (["--explain", "discounts"], "cause: unknown name; got 'discounts'"),
    ],
)
def test_what_cannot_be_split_is_refused_in_one_line(run, firm, arguments, words):
    assert words in refused(run, "gap", "our_firm.toml", *arguments)
