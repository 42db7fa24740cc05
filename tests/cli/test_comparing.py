"""`salesim compare` as people and programs use it."""

import json

import pytest

from salesim.show.comparisons import KEYS_OF_A_COMPARISON
from tests.cli.commands import done, refused
from tests.cli.test_gap import FIRM

SHORT = ("--replicates", "4", "--budget", "8")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "our_firm.toml").write_text(FIRM, encoding="utf-8")
    return tmp_path


def test_the_object_for_programs_says_everything(run, firm):
    found = json.loads(
        done(
            run,
            "compare",
            "our_firm.toml",
            "--policy",
            "margin_pay",
            "--policy",
            "clear_strategy",
            "--outcome",
            "contribution",
            "--outcome",
            "win_rate",
            *SHORT,
            "--json",
            "--out",
            "out",
        )
    )
    assert list(found) == list(KEYS_OF_A_COMPARISON)
    assert [(each["policy"], each["outcome"]) for each in found["comparisons"]] == [
        ("margin_pay", "contribution"),
        ("clear_strategy", "contribution"),
        ("margin_pay", "win_rate"),
        ("clear_strategy", "win_rate"),
    ]
    for each in found["comparisons"]:
        assert each["interval"][0] <= each["difference"] <= each["interval"][1]
        assert each["verdict"] in ("better", "worse", "within noise")
        assert each["variance_ratio"] > 0.0
        assert 4 <= each["replicates"] <= 8
    assert {rank["policy"] for rank in found["ranking"]["contribution"]} == {
        "as_is",
        "margin_pay",
        "clear_strategy",
    }
    assert set(found["parting"]) == {"margin_pay", "clear_strategy"}
    drawn = {path.stem for path in (firm / "out" / "figures").iterdir()}
    assert {"forest", "arms_by_quarter", "paired_differences_contribution"} <= drawn


def test_people_read_verdict_ranking_and_audit(run, firm):
    said = done(run, "compare", "our_firm.toml", "--policy", "margin_pay", *SHORT, "--out", "out")
    assert said.startswith("Pay on margin ")
    for words in ("95% interval", "paired replicates", "Pairing: ", "differ from the first day", "In out"):
        assert words in said, words
    assert done(run, "compare", "our_firm.toml", "--policy", "margin_pay", *SHORT, "--out", "out") == said
    done(run, "verify", "out")


def test_a_grid_of_levers_has_a_figure_with_curves(run, firm):
    grid = ("--grid", "regime.discount_authority=0,0.1,0.2", "--grid", "pay.plan_kind=commission,quota")
    found = json.loads(done(run, "compare", "our_firm.toml", *grid, *SHORT, "--json", "--out", "out"))
    assert len(found["comparisons"]) == 5
    assert (firm / "out" / "figures" / "grid_contribution.png").is_file()


def test_equal_policies_are_said_to_be_equal(run, firm):
    (firm / "same.toml").write_text("pay.margin_weight = 0.0\n", encoding="utf-8")
    said = done(run, "compare", "our_firm.toml", "--policy", "same.toml", *SHORT, "--quiet")
    assert (
        said
        == "Same is the same firm as the firm as it is: no number differs, so there is nothing to compare.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            [],
            "compare: nothing to compare with the firm as it is; allowed: a policy, or a lever with values",
        ),
        (["--policy", "margin_pay", "--precision", "0"], "precision: no half-width; got 0.0"),
        (["--policy", "margin_pay", "--precision", "high"], "--precision: not a number; got 'high'"),
        (["--policy", "margin_pay", "--outcome", "profit"], "outcome: unknown name; got 'profit'"),
        (
            ["--policy", "margin_pay", "--outcome", "late_bookings"],
            "outcome: has no direction that is better",
        ),
        (["--policy", "margin_pay", "--budget", "1"], "--budget: out of range; got 1"),
        (["--policy", "margin_pay", "--set", "needs.rate=0"], "promised: promises nothing"),
        (["--grid", "pay.margin_weight"], "--grid: no values; got 'pay.margin_weight'"),
        (["--grid", "pay.margin_weight=2"], "grid: pay.margin_weight: out of range; got 2"),
        (["--grid", "market.unit_cost=50"], "grid: market.unit_cost: is a setting; allowed: a lever"),
        (["--grid", "pay.plan_kind=quote"], "grid: pay.plan_kind: unknown name; got 'quote'"),
        (
            ["--policy", "margin_pay", "--grid", "pay.margin_weight=0.5"],
            "changes pay.margin_weight, which the grid",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(run, firm, arguments, words):
    assert words in refused(run, "compare", "our_firm.toml", *arguments)
