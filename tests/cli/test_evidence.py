"""`salesim evidence` as people and programs use it."""

import json
import os
import signal
from pathlib import Path

import pytest

from salesim.show.evidence.machine import (
    KEYS_OF_A_CURVE,
    KEYS_OF_A_MEASURE,
    KEYS_OF_A_TARGET,
    KEYS_OF_EVIDENCE,
)
from salesim.show.evidence.page import page_of
from salesim.study.collecting import Collector
from salesim.study.manifest import KEYS_OF_JUDGED, MANIFEST_KEYS
from tests.cli.commands import done, refused

FIRM = """
title = "Our firm"
[organisation]
headcount = 6
span_of_control = 3
hierarchy_hops = 3
accounts = 48
burn_in_weeks = 13
weeks = 26
[needs]
rate = 0.25
"""
T5 = ("evidence", "T5", "--scenario", "our_firm.toml", "--replicates", "10", "--out", "out")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(done(run, *T5, "--json"))
    assert list(found) == list(KEYS_OF_EVIDENCE)
    (target,) = found["targets"]
    assert list(target) == list(KEYS_OF_A_TARGET)
    assert (target["target"], target["role"], target["band"]) == ("T5", "held out", [0.20, 0.36])
    assert (found["replicates"], found["first_look"], found["firms"]) == (10, True, 0)
    headline = next(measure for measure in target["measures"] if measure["headline"])
    assert (target["value"], target["interval"]) == (headline["value"], headline["interval"])
    for measure in target["measures"]:
        assert list(measure) == list(KEYS_OF_A_MEASURE)
        assert measure["interval"][0] <= measure["value"] <= measure["interval"][1]
    judged = [measure["reproduced"] for measure in target["measures"] if measure["judged"]]
    assert target["reproduced"] == all(judged)
    assert (found["held_out"], found["fitted"]) == (5, 1)
    assert found["missed"] == ([] if target["reproduced"] else ["T5"])
    assert target["citation"][0].startswith("Sull, Sull & Yoder 2018")
    assert set(KEYS_OF_A_CURVE) == {"study", "outcome", "axis", "policy", "values", "points"}


def test_the_folder_holds_object_page_figures_and_a_manifest(run, firm):
    printed = json.loads(done(run, *T5, "--json"))
    kept = json.loads((firm / "out" / "evidence.json").read_text())
    assert kept == printed
    assert (firm / "out" / "evidence.md").read_text() == page_of(kept)
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()}
    assert drawn == {"T5.png", "T5.svg", "overview.png", "overview.svg"}
    manifest = json.loads((firm / "out" / "manifest.json").read_text())
    assert set(manifest) == {*MANIFEST_KEYS, *KEYS_OF_JUDGED}
    assert list(manifest["findings"]) == ["T5"]
    assert list(manifest["runs"]) == ["T5_main"]
    assert "all there" in done(run, "runs", "out/T5_main")
    assert "Verified: 3 of 10 runs" in done(run, "verify", "out/T5_main", "--sample", "3")
    assert "holds evidence, whose sweeps are in folders of their own" in refused(run, "runs", "out")


def test_people_read_the_table_and_what_is_missed(run, firm):
    said = done(run, *T5, "--no-figures")
    assert "T5  Who knows the strategy" in said
    assert "held out" in said
    assert "fitted" in said
    assert " of 1 finding is reproduced; in their bands are " in said
    assert "A first look, with as few as 10 replicates" in said
    assert not (firm / "out" / "figures").exists()
    assert done(run, *T5, "--quiet").count("\n") == 1


def test_the_same_command_runs_nothing_again_and_says_the_same(run, firm, monkeypatch):
    first = done(run, *T5, "--no-figures", "--json")
    monkeypatch.setattr(Collector, "take", None)  # which every new run goes through
    assert done(run, *T5, "--no-figures", "--json") == first


def test_a_command_that_is_stopped_goes_on_where_it_was(run, firm, monkeypatch):
    real, taken = Collector.take, []

    def stopped(self, address, came):
        taken.append(address)
        if len(taken) == 4:
            os.kill(os.getpid(), signal.SIGINT)
        return real(self, address, came)

    monkeypatch.setattr(Collector, "take", stopped)
    code, out, err = run(*T5, "--no-figures", "--workers", "1")
    assert (code, out) == (130, "")
    assert err.splitlines()[-1].endswith(" of 10 runs are stored; the same command goes on.")
    assert not (firm / "out" / "evidence.json").exists()
    monkeypatch.setattr(Collector, "take", real)
    gone_on = json.loads(done(run, *T5, "--no-figures", "--json"))
    whole = json.loads(done(run, *T5[:-1], "other", "--no-figures", "--json"))
    assert gone_on["targets"] == whole["targets"]


def test_workers_and_engines_change_nothing(run, firm):
    first = json.loads(done(run, *T5, "--no-figures", "--json", "--workers", "1"))
    again = json.loads(done(run, *T5[:-1], "other", "--no-figures", "--json", "--engine", "mesa"))
    assert again["targets"] == first["targets"]


def test_findings_are_listed_without_a_run(run, firm):
    said = done(run, "evidence", "--list")
    for words in ("T20", "What accelerators cost in price", "mankins-steele-2005", "1 held out, 2 fitted"):
        assert words in said
    listed = json.loads(done(run, "evidence", "T7", "--list", "--json"))
    assert [each["target"] for each in listed] == ["T7"]
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["T4"], "target: no such finding; got 'T4'; allowed: T1, T2, T3"),
        (["T33"], "did you mean 'T3'?"),
        (["T33", "--list"], "did you mean 'T3'?"),
        (["--replicates", "9"], "--replicates: too few to judge a finding by; got 9; allowed: 10 or more"),
        (["--replicates", "many"], "--replicates: not a whole number; got 'many'"),
        (["--quick", "--replicates", "20"], "--replicates: says another number than --quick, which is 10"),
        (["--seed", "-1"], "--seed: out of range; got -1"),
        (["--engine", "fast"], "--engine: unknown name; got 'fast'"),
        (["--scenario", "typical_frim"], "did you mean 'typical_firm'?"),
        (
            ["T5", "--set", "organisation.hierarchy_hops=2"],
            "organisation.hierarchy_hops: is too small for T5",
        ),
        (
            ["T13", "--set", "organisation.weeks=26"],
            "is too small for T13 (who reaches quota); got 26; allowed: 52 or more",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused_in_one_line_and_nothing_is_written(
    run, tmp_path, arguments, words
):
    assert words in refused(run, "evidence", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_firm_in_which_nothing_can_be_measured_is_refused(run, firm):
    lost = ("evidence", "S9", "--scenario", "our_firm.toml", "--replicates", "10", "--set", "needs.rate=0")
    assert "has no value" in refused(run, *lost, "--out", "out")


def test_a_folder_of_another_question_is_left_alone(run, firm):
    done(run, *T5, "--no-figures")
    before = (firm / "out" / "evidence.json").read_bytes()
    assert "holds what another firm, seed, model" in refused(run, *T5, "--seed", "2")
    assert (firm / "out" / "evidence.json").read_bytes() == before
    (firm / "else").mkdir()
    (firm / "else" / "letter.txt").write_text("Dear")
    assert "else: holds something else" in refused(run, *T5[:-1], "else")
