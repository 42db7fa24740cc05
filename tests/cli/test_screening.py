"""`salesim screen` as people and programs use it."""

import json

import pytest

from salesim.analysis.screening.screening import Screening
from tests.cli.commands import as_typed, done, refused
from tests.cli.test_gap import FIRM
from tests.messages import message_of

SHORT = ("--over", "needs", "--over", "pay.manager_salary", "--trajectories", "5")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(
        done(run, "screen", "our_firm.toml", *SHORT, "--outcome", "revenue", "--json", "--out", "out")
    )
    assert set(found) == {*Screening.model_fields, *Screening.model_computed_fields}
    assert (found["scenario"], found["outcome"], found["unit"]) == ("our_firm", "revenue", "USD")
    for number in found["parameters"]:
        assert number["interval"][0] <= number["mu_star"] <= number["interval"][1]
    salary = next(number for number in found["parameters"] if number["path"] == "pay.manager_salary")
    assert (salary["mu_star"], salary["direction"]) == (0.0, "no effect")
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()}
    assert {"screening.png", "screening.svg"} <= drawn


def test_people_read_what_matters_what_is_noise_and_what_was_left_out(run, firm, golden):
    asked = ("screen", "our_firm.toml", *SHORT, "--over", "organisation.weeks", "--out", "out")
    said = done(run, *asked)
    golden(said)
    found = json.loads(done(run, *asked, "--json"))
    assert len(found["parameters"]) == 6
    assert [each["path"] for each in found["parameters"] if each["mu_star"] == 0.0] == [
        "pay.manager_salary"
    ]
    for value in ("Our firm", "organisation.weeks", *(each["path"] for each in found["parameters"])):
        assert value in said, value
    assert said.rstrip().endswith("out")
    assert done(run, *asked) == said
    assert len(done(run, *asked, "--quiet").splitlines()) == 1
    done(run, "verify", "out", "--sample", "3")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["--outcome", "profit"], {"place": ("outcome",), "given": "'profit'"}),
        (["--trajectories", "2"], {"place": ("trajectories",), "given": "2"}),
        (["--trajectories", "4"], {"place": ("trajectories",)}),
        (["--replicates", "1"], {"place": ("replicates",), "given": "1"}),
        (["--levels", "3"], {"place": ("levels",), "given": "3"}),
        (["--over", "organisation"], {"given": "'organisation'"}),
        (["--over", "pay.margin_weight"], {"place": ("over", "pay.margin_weight")}),
        (
            ["--set", "needs.rate=0", "--over", "market.value", "--trajectories", "5"],
            {"place": ("outcome", "realisation_ratio")},
        ),
    ],
    ids=as_typed,
)
def test_what_cannot_be_screened_is_refused_in_one_line(run, firm, golden, arguments, parts):
    said = refused(run, "screen", "our_firm.toml", *arguments)
    golden(said)
    assert parts.items() <= message_of(said)._asdict().items()


def test_one_firm_is_screened_at_a_time(run, firm):
    assert "nowhere.toml" in refused(run, "screen", "our_firm.toml", "nowhere.toml")
