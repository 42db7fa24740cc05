"""`salesim evidence` as people and programs use it."""

import json
import os
import signal
from pathlib import Path

import pytest

from docs.make.dictionary import fields_of
from salesim import Scenario
from salesim.evidence.target import targets
from salesim.runs.collecting import Collector
from salesim.runs.manifest import ManifestOfEvidence
from salesim.show.evidence.machine import Evidence, FindingCheck, MeasureCheck
from salesim.show.evidence.overview_page import page_of
from tests.cli.commands import as_typed, done, numbers_in, refused, refused_with
from tests.golden.marks import marked
from tests.messages import message_of

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
TYPICAL = Scenario().title
T5 = ("evidence", "T5", "--scenario", "our_firm.toml", "--replicates", "10", "--out", "out")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(done(run, *T5, "--json"))
    assert set(found) == {*fields_of(Evidence)}
    (target,) = found["targets"]
    assert list(target) == [*fields_of(FindingCheck)]
    assert (target["target"], target["role"], target["band"]) == ("T5", "held out", [0.20, 0.36])
    assert (found["replicates"], found["first_look"], found["firms"]) == (10, True, 0)
    headline = next(measure for measure in target["measures"] if measure["headline"])
    assert (target["value"], target["interval"]) == (headline["value"], headline["interval"])
    for measure in target["measures"]:
        assert list(measure) == [*fields_of(MeasureCheck)]
        assert measure["interval"][0] <= measure["value"] <= measure["interval"][1]
    judged = [measure["reproduced"] for measure in target["measures"] if measure["judged"]]
    assert target["reproduced"] == all(judged)
    assert (found["held_out"], found["fitted"]) == (5, 1)
    assert found["missed"] == ([] if target["reproduced"] else ["T5"])
    assert target["citation"][0].startswith("Sull, Sull & Yoder 2018")


def test_the_folder_holds_object_page_figures_and_a_manifest(run, firm, golden):
    printed = json.loads(done(run, *T5, "--json"))
    kept = json.loads((firm / "out" / "evidence.json").read_text())
    assert kept == printed
    assert (firm / "out" / "evidence.md").read_text() == page_of(kept)
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()} - {"digest.txt"}
    assert drawn == {"T5.png", "T5.svg", "overview.png", "overview.svg"}
    manifest = json.loads((firm / "out" / "manifest.json").read_text())
    assert set(manifest) == {*ManifestOfEvidence.model_fields}
    assert list(manifest["findings"]) == ["T5"]
    assert list(manifest["runs"]) == ["T5_main"]
    whole = json.loads(done(run, "runs", "out/T5_main", "--json"))
    assert (whole["runs"], whole["missing"], whole["failed"]) == (10, 0, 0)
    checked = done(run, "verify", "out/T5_main", "--sample", "3")
    assert numbers_in(checked.replace("out/T5_main", "")) == [3, 10]
    assert refused_with(run, "runs", "out").place == ("out",)
    golden(refused(run, "runs", "out"))


def test_people_read_the_table_and_what_is_missed(run, firm, golden):
    said = done(run, *T5, "--no-figures")
    golden(said)
    found = json.loads(done(run, *T5, "--no-figures", "--json"))
    (target,) = found["targets"]
    for value in ("T5", target["title"], *(measure["role"] for measure in target["measures"])):
        assert value in said, value
    counts = ("reproduced", "findings", "held_out_reproduced", "held_out", "fitted_in_band", "fitted")
    assert numbers_in(found["sentences"][0]) == [found[count] for count in counts]
    assert len(found["sentences"]) == 1 + len(found["missed"]) + found["first_look"]
    assert not (firm / "out" / "figures").exists()
    assert done(run, *T5, "--quiet").count("\n") == 1


def test_the_same_command_runs_nothing_again_and_says_the_same(run, firm, monkeypatch):
    first = done(run, *T5, "--no-figures", "--json")
    monkeypatch.setattr(Collector, "take", None)  # which every new run goes through
    assert done(run, *T5, "--no-figures", "--json") == first


def test_a_command_that_is_stopped_goes_on_where_it_was(run, firm, monkeypatch, golden):
    real, taken = Collector.take, []

    def stopped(self, address, came):
        taken.append(address)
        if len(taken) == 4:
            os.kill(os.getpid(), signal.SIGINT)
        return real(self, address, came)

    monkeypatch.setattr(Collector, "take", stopped)
    code, out, err = run(*T5, "--no-figures", "--workers", "1")
    assert (code, out) == (130, "")
    assert numbers_in(err.splitlines()[-1]) == [3, 10]
    golden(err.splitlines()[-1])
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
    every = json.loads(done(run, "evidence", "--list", "--json"))["targets"]
    listed = json.loads(done(run, "evidence", "T7", "--list", "--json"))["targets"]
    assert [each["target"] for each in listed] == ["T7"]
    assert listed[0] in every
    for each in every:
        assert f" {each['target']} " in said
        assert each["title"] in said
    assert "mankins-steele-2005" in said
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["T4"], {"place": ("target",), "given": "'T4'", "allowed": ", ".join(targets())}),
        (["T33"], {"given": "'T33'", "near": "T3"}),
        (["T33", "--list"], {"given": "'T33'", "near": "T3"}),
        (["--replicates", "9"], {"place": ("replicates",), "given": "9"}),
        (["--replicates", "many"], {"place": ("--replicates",), "given": "'many'"}),
        (["--quick", "--replicates", "20"], {"place": ("--replicates",), "given": "20"}),
        (["--seed", "-1"], {"place": ("seed",), "given": "-1"}),
        (["--engine", "fast"], {"place": ("--engine",), "given": "'fast'"}),
        (["--scenario", "typical_frim"], {"place": ("typical_frim",), "near": "typical_firm"}),
        (
            ["T5", "--set", "organisation.hierarchy_hops=2"],
            {
                "place": (f"{TYPICAL} + organisation.hierarchy_hops 2", "organisation.hierarchy_hops"),
                "given": "2",
            },
        ),
        (
            ["T13", "--set", "organisation.weeks=26"],
            {"place": (f"{TYPICAL} + organisation.weeks 26", "organisation.weeks"), "given": "26"},
        ),
    ],
    ids=as_typed,
)
def test_what_cannot_be_judged_is_refused_in_one_line_and_nothing_is_written(
    run, tmp_path, golden, arguments, parts
):
    said = refused(run, "evidence", *arguments)
    golden(said)
    assert parts.items() <= message_of(said)._asdict().items()
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_small_for_a_finding_names_it(run):
    for target, smaller in (("T5", "organisation.hierarchy_hops=2"), ("T13", "organisation.weeks=26")):
        assert target in refused_with(run, "evidence", target, "--set", smaller).wrong


def test_a_firm_in_which_nothing_can_be_measured_is_refused(run, firm, golden):
    lost = ("evidence", "S9", "--scenario", "our_firm.toml", "--replicates", "10", "--set", "needs.rate=0")
    said = refused(run, *lost, "--out", "out")
    golden(said)
    assert "S9" in message_of(said).place[0]


def test_a_folder_of_another_question_is_left_alone(run, firm, golden):
    done(run, *T5, "--no-figures")
    before = (firm / "out" / "evidence.json").read_bytes()
    said = refused(run, *T5, "--seed", "2")
    golden(marked(said))
    assert message_of(said).place[0] == "out"
    assert (firm / "out" / "evidence.json").read_bytes() == before
    (firm / "else").mkdir()
    (firm / "else" / "letter.txt").write_text("Dear")
    said = refused(run, *T5[:-1], "else")
    golden(said)
    assert message_of(said).place == ("else",)
