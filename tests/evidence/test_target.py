"""Files of findings: all that are shipped can be read, and what is wrong in one is said in one line."""

import re

import pytest

from salesim.errors import ScenarioError
from salesim.evidence.target import drawn_at_most, experiments, load_target, read_target, targets
from tests.messages import message_of

GOOD = """
title = "It"
published = "It was found."
sources = ["larkin-2014"]
role = "held out"
[studies.main]
replicates = 30
outcomes = ["revenue", "operating_profit"]
levers = { regime.discount_authority = [0.0, 0.1, 0.2] }
[studies.main.policies]
margin = { pay.margin_weight = 1.0 }
[gap.split]
replicates = 30
[[measures]]
name = "peak"
says = "Where it is highest"
study = "main"
statistic = "peak"
outcome = "operating_profit"
axis = "regime.discount_authority"
arm = { policy = "margin" }
unit = "share of list"
band = [0.1, 0.2]
headline = true
[[measures]]
name = "points"
says = "What is lost"
study = "split"
statistic = "points_of_gap"
causes = ["weak skill"]
unit = "points of the promise"
band = [0.0, 10.0]
"""


def read(tmp_path, text):
    path = tmp_path / "T99.toml"
    path.write_text(text, encoding="utf-8")
    return read_target(path)


def test_the_eleven_findings_are_there_and_the_fitted_mix_counts_for_nothing():
    found = {name: load_target(name) for name in targets()}
    assert [name for name, target in found.items() if target.counts] == [
        "T1",
        "T2",
        "T3",
        "T5",
        "T6",
        "T7",
        "T9",
        "T11",
        "T13",
        "T14",
        "T20",
    ]
    assert not found["S9"].counts
    assert load_target("t2") == found["T2"]


def test_a_good_file_is_read_under_its_own_name(tmp_path):
    assert read(tmp_path, GOOD).name == "T99"
    assert read(tmp_path, GOOD).replicates_of("split") == 30


@pytest.mark.parametrize(
    ("old", "new", "place", "got", "near"),
    [
        ('statistic = "peak"', 'statistic = "peek"', "measures.peak.statistic", "'peek'", "peak"),
        ('study = "main"', 'study = "mian"', "measures.peak.study", "'mian'", "main"),
        ('study = "split"', 'study = "main"', "measures.points.study", "'main'", None),
        ('policy = "margin"', 'policy = "margins"', "measures.peak.arm.policy", "'margins'", "margin"),
        (
            'axis = "regime.',
            'axis = "reign.',
            "measures.peak.axis",
            "'reign.discount_authority'",
            "regime.discount_authority",
        ),
        (
            'outcome = "operating_profit"',
            'outcome = "win_rate"',
            "measures.peak.outcome",
            "'win_rate'",
            None,
        ),
        (
            'causes = ["weak skill"]',
            'causes = ["weak skills"]',
            "measures.points.causes",
            "'weak skills'",
            "weak skill",
        ),
        ('"larkin-2014"', '"larkin-2041"', "sources", "'larkin-2041'", "larkin-2014"),
        ("band = [0.1, 0.2]", "band = [0.2, 0.1]", "measures.0.band", "[0.2, 0.1]", None),
        ("headline = true", "headline = false", "", None, None),
        ('name = "points"', 'name = "peak"', "", None, None),
        ('says = "What is lost"', 'say = "What is lost"', "measures.1.says", None, None),
        ("headline = true", "headlines = true", "measures.0.headlines", None, "headline"),
        ('role = "held out"', 'role = "held"', "role", "'held'", "held out"),
        ("replicates = 30\noutcomes", "outcomes", "studies.main.replicates", None, None),
        (
            "replicates = 30\noutcomes =",
            "replicates = 30\ntables = 3\noutcomes =",
            "studies.main.tables",
            "3",
            None,
        ),
        (
            "levers = { regime.discount_authority = [0.0, 0.1, 0.2] }",
            "levers = 3",
            "studies.main.levers",
            "3",
            None,
        ),
        (
            "replicates = 30\noutcomes = [",
            "replicates = 30\noutcomes = [[], ",
            "studies.main.outcomes",
            "[[], 'revenue', 'operating_profit']",
            None,
        ),
        ("[gap.split]\nreplicates = 30", "[gap.split]", "gap.split.replicates", None, None),
        ("band = [0.1, 0.2]", "band = 0.1 to 0.2", "", None, None),
    ],
    ids=lambda value: value.partition("\n")[0] if value else "",
)
def test_what_is_wrong_in_a_file_is_said_in_one_line(tmp_path, golden, old, new, place, got, near):
    assert old in GOOD
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    said = str(refused.value)
    assert said.startswith(str(tmp_path / "T99.toml"))
    message = message_of(said.splitlines()[0])
    assert (message.given, message.near) == (got, near)
    assert message.place[1] == place if place else True
    if not place:
        golden(re.sub(r": [A-Z].*", ": ...", said.removeprefix(str(tmp_path / "T99.toml"))))


def test_replicates_and_firms_can_be_fewer_and_drawn_firms_keep_their_own_replicates():
    target = load_target("T1")
    assert drawn_at_most(target) == 200
    full = {e.name: e.study for e in experiments(target, "typical_firm", 1, None)}
    quick = {e.name: e.study for e in experiments(target, "typical_firm", 1, 12, 20)}
    assert [(s.replicates.most, s.samples_each) for s in full.values()] == [(30, 1), (5, 200)]
    assert [(s.replicates.most, s.samples_each) for s in quick.values()] == [(12, 1), (5, 20)]
    assert quick["main"].name == "T1_main"
