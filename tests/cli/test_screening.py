"""`salesim screen` as people and programs use it."""

import json

import pytest

from salesim.show.screening import KEYS_OF_A_SCREENING
from tests.cli.commands import done, refused
from tests.cli.test_gap import FIRM

SHORT = ("--over", "needs", "--over", "pay.manager_salary", "--trajectories", "5")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(
        done(run, "screen", "our_firm.toml", *SHORT, "--outcome", "revenue", "--json", "--out", "out")
    )
    assert list(found) == list(KEYS_OF_A_SCREENING)
    assert (found["scenario"], found["outcome"], found["unit"]) == ("our_firm", "revenue", "USD")
    for number in found["numbers"]:
        assert number["interval"][0] <= number["mu_star"] <= number["interval"][1]
        for key in number:
            assert f"`{key}`" in KEYS_OF_A_SCREENING["numbers"], key
    salary = next(number for number in found["numbers"] if number["path"] == "pay.manager_salary")
    assert (salary["mu_star"], salary["direction"]) == (0.0, "nothing")
    drawn = {path.name for path in (firm / "out" / "figures").iterdir()}
    assert {"screening.png", "screening.svg"} <= drawn


def test_people_read_what_matters_what_is_noise_and_what_was_left_out(run, firm):
    said = done(run, "screen", "our_firm.toml", *SHORT, "--over", "organisation.weeks", "--out", "out")
    for words in (
        "of Our firm",
        " of 6 numbers can be told from luck (5 trajectories, 2 replicates)",
        "1 move nothing at all",
        "mean size (percentage points)",
        "needs.rate",
        "Left out: organisation.weeks, because they set the size of the firm",
        "In out",
    ):
        assert words in said, words
    assert (
        done(run, "screen", "our_firm.toml", *SHORT, "--over", "organisation.weeks", "--out", "out") == said
    )
    quiet = done(
        run, "screen", "our_firm.toml", *SHORT, "--over", "organisation.weeks", "--out", "out", "--quiet"
    )
    assert len(quiet.splitlines()) == 1
    done(run, "verify", "out", "--sample", "3")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--outcome", "profit"], "outcome: unknown name; got 'profit'"),
        (["--trajectories", "2"], "--trajectories: out of range; got 2; allowed: a whole number from 3 to"),
        (["--trajectories", "4"], "trajectories: too few to tell anything from luck"),
        (["--replicates", "1"], "--replicates: out of range; got 1"),
        (["--levels", "3"], "levels: is odd; got 3"),
        (["--over", "organisation"], "over: nothing to screen"),
        (["--over", "pay.margin_weight"], "is a lever"),
        (
            ["--set", "needs.rate=0", "--over", "market.value", "--trajectories", "5"],
            "is undefined somewhere on most",
        ),
        (["nowhere.toml"], "unexpected extra argument"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_screened_is_refused_in_one_line(run, firm, arguments, words):
    assert words in refused(run, "screen", "our_firm.toml", *arguments)
