"""A firm whose promise loses money says so first, whatever is asked of it."""

import pytest

from tests.cli.commands import done, refused

LOSS = "promise itself loses USD "
SMALL = """
title = "A firm at a loss"
[organisation]
headcount = 6
span_of_control = 3
accounts = 48
burn_in_weeks = 13
weeks = 52
[market]
cost_to_serve = 12.0
misfit_cost = 24.0
unit_cost = 85.0
"""
STUDY = """
title = "At a loss"
scenario = "loss.toml"
replicates = 2
outcomes = ["price_realisation"]
[levers]
regime.discount_authority = [0.0, 0.1]
"""
ARMS = ("--policy", "margin_pay", "--replicates", "2", "--budget", "2")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loss.toml").write_text(SMALL)
    (tmp_path / "study.toml").write_text(STUDY)


@pytest.mark.parametrize(
    "command",
    [
        ("run", "loss.toml", "--replicates", "2"),
        ("compare", "loss.toml", *ARMS, "--outcome", "price_realisation"),
        ("sweep", "study.toml"),
    ],
    ids=lambda command: command[0],
)
def test_the_first_sentence_says_that_the_promise_loses_money(run, golden, command):
    out = done(run, *command, "--out", "here", "--no-figures", "--quiet")
    assert LOSS in out.partition(":")[0]
    assert " a year" in out.partition(":")[0]
    golden(out)


@pytest.mark.parametrize(
    "command",
    [("gap", "loss.toml", "--quick", "--replicates", "2"), ("compare", "loss.toml", *ARMS)],
    ids=lambda command: command[0],
)
def test_what_measures_against_the_promise_is_refused_with_the_loss(run, golden, command):
    err = refused(run, *command, "--no-figures")
    assert LOSS in err
    golden(err)


def test_the_report_of_a_study_says_it_first(run, tmp_path):
    done(run, "sweep", "study.toml", "--out", "here", "--no-figures")
    done(run, "report", "here", "--out", "report.html")
    assert (
        LOSS
        in (tmp_path / "report.html").read_text().partition('class="sentence">')[2].partition("</p>")[0]
    )
