"""`salesim compare` as people and programs use it."""

import json

import pytest

from docs.make.dictionary import fields_of
from salesim.analysis.comparing.comparison import BETTER, UNCLEAR, WORSE, Comparison
from tests.cli.commands import as_typed, done, refused
from tests.cli.test_gap import FIRM
from tests.messages import message_of

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
    assert set(found) == {*fields_of(Comparison)}
    assert [(each["arm"], each["outcome"]) for each in found["differences"]] == [
        ("margin_pay", "contribution"),
        ("clear_strategy", "contribution"),
        ("margin_pay", "win_rate"),
        ("clear_strategy", "win_rate"),
    ]
    for each in found["differences"]:
        assert each["interval"][0] <= each["difference"] <= each["interval"][1]
        assert each["verdict"] in (BETTER, WORSE, UNCLEAR)
        assert each["variance_ratio"] > 0.0
        assert 4 <= each["replicates"] <= 8
    assert {rank["arm"] for rank in found["rankings"]["contribution"]} == {
        "baseline",
        "margin_pay",
        "clear_strategy",
    }
    assert set(found["divergences"]) == {"margin_pay", "clear_strategy"}
    drawn = {path.stem for path in (firm / "out" / "figures").iterdir()}
    assert {"forest", "arms_by_quarter", "paired_differences_contribution"} <= drawn


def test_people_read_verdict_ranking_and_audit(run, firm, golden):
    asked = ("compare", "our_firm.toml", "--policy", "margin_pay", *SHORT, "--out", "out")
    said = done(run, *asked)
    golden(said)
    found = json.loads(done(run, *asked, "--json"))
    (each,) = found["differences"]
    assert said.startswith(found["sentences"][0])
    for value in (each["outcome"], each["verdict"], f"{each['variance_ratio']:.2f}"):
        assert value in said, value
    low, high = (f"{end:.0f}" for end in each["scaled_interval"])
    assert f"{low} to {high}" in said
    assert said.rstrip().endswith("out")
    assert done(run, *asked) == said
    done(run, "verify", "out")


def test_a_grid_of_levers_has_a_figure_with_curves(run, firm):
    grid = ("--grid", "regime.discount_authority=0,0.1,0.2", "--grid", "pay.plan_kind=commission,quota")
    found = json.loads(done(run, "compare", "our_firm.toml", *grid, *SHORT, "--json", "--out", "out"))
    assert len(found["differences"]) == 5
    assert (firm / "out" / "figures" / "grid_contribution.png").is_file()


def test_equal_policies_are_said_to_be_equal(run, firm, golden):
    (firm / "same.toml").write_text("pay.margin_weight = 0.0\n", encoding="utf-8")
    asked = ("compare", "our_firm.toml", "--policy", "same.toml", *SHORT)
    said = done(run, *asked, "--quiet")
    golden(said)
    found = json.loads(done(run, *asked, "--no-figures", "--json"))
    assert found["equal"] == {"same": "baseline"}
    assert said.splitlines() == found["sentences"][:1]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], {"place": ("compare",)}),
        (["--policy", "margin_pay", "--precision", "0"], {"place": ("precision",), "given": "0.0"}),
        (["--policy", "margin_pay", "--precision", "high"], {"place": ("--precision",), "given": "'high'"}),
        (["--policy", "margin_pay", "--outcome", "profit"], {"place": ("outcome",), "given": "'profit'"}),
        (["--policy", "margin_pay", "--budget", "1"], {"place": ("budget",), "given": "1"}),
        (
            ["--policy", "margin_pay", "--set", "needs.rate=0"],
            {"place": ("Our firm + needs.rate 0", "promised")},
        ),
        (["--grid", "pay.margin_weight"], {"place": ("--grid",), "given": "'pay.margin_weight'"}),
        (["--grid", "pay.margin_weight=2"], {"place": ("grid", "pay.margin_weight"), "given": "2"}),
        (["--grid", "market.unit_cost=50"], {"place": ("grid", "market.unit_cost"), "given": None}),
        (
            ["--grid", "pay.plan_kind=quote"],
            {"place": ("grid", "pay.plan_kind"), "given": "'quote'", "near": "quota"},
        ),
        (["--policy", "margin_pay", "--grid", "pay.margin_weight=0.5"], {"place": ("grid", "margin_pay")}),
    ],
    ids=as_typed,
)
def test_what_cannot_be_compared_is_refused_in_one_line(run, firm, golden, arguments, parts):
    said = refused(run, "compare", "our_firm.toml", *arguments)
    golden(said)
    assert parts.items() <= message_of(said)._asdict().items()
