"""What is said of findings: numbers in units that read well, misses in plain sight, a page from the object alone."""

import json
import re
from io import StringIO

import pytest
from rich.console import Console

from salesim.show.evidence.machine import evidence_object
from salesim.show.evidence.page import page_of
from salesim.show.evidence.saying import band_said, exact, said, span_said, unit_said, verdict_said
from salesim.show.evidence.table import evidence_table
from salesim.study.validating.target import targets
from tests.study.validating.readings import finding, measure, verdict


@pytest.fixture(scope="module")
def found():
    shares = {"T3": {"revenue_lost": -1.0}, "T7": {"price": 4.0}, "T1": {"firms_below_60": 3.0}}
    findings = [finding(name, **shares.get(name, {})) for name in targets()]
    return evidence_object("typical_firm", "The typical firm", 1, findings, "results/evidence/0")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.4664, "share of deals", "46.6%"),
        (0.008, "share of profit", "0.80%"),
        (-0.0561, "share of profit", "-5.61%"),
        (11.12, "percent of profit", "11.1"),
        (1234.5, "ratio", "1,234"),
        (150_900.0, "USD per unit of authority", "0.151"),
        (-0.0, "share of revenue", "0%"),
        (0.31, "percent per percent", "0.310"),
        (float("nan"), "ratio", "unknown"),
    ],
)
def test_a_number_has_the_digits_and_the_unit_that_read_well(value, unit, words):
    assert said(value, unit) == words


def test_an_interval_has_the_digits_of_what_stands_beside_it():
    assert span_said(0.0978, 0.1012, "share of revenue") == "9.8% to 10.1%"
    assert exact(0.37, "share of firms") == "37%"
    assert unit_said("share of firms") == "% of firms"
    assert unit_said("USD per unit of authority") == "USD million per unit of authority"


@pytest.mark.parametrize(
    ("band", "unit", "words"),
    [
        ((0.5, 0.68), "ratio", "0.5 to 0.68"),
        ((0.0, 1e12), "USD per unit", "0 or more"),
        ((-1000.0, 0.0), "per unit", "0 or less"),
        ((0.02, 1000.0), "share of profit", "2% or more"),
        ((-0.35, -0.10), "share of profit", "-35% to -10%"),
        ((0.45, 1.0), "share of bookings", "45% to 100%"),
    ],
)
def test_an_end_of_a_band_that_is_no_limit_is_left_out(band, unit, words):
    assert band_said(band, unit) == words


@pytest.mark.parametrize(
    ("value", "more", "words"),
    [
        (0.2, {}, "reproduced"),
        (0.2, {"role": "fitted"}, "fitted, in band"),
        (0.0, {}, "missed, below band"),
        (0.5, {"role": "fitted"}, "fitted, missed, above band"),
        (0.5, {"judged": False}, "not judged, above band"),
    ],
)
def test_a_verdict_says_how_it_was_missed_and_what_was_fitted(value, more, words):
    assert verdict_said(verdict(measure("level", band=(0.1, 0.3), **more), value)) == words


def test_a_sign_that_does_not_hold_is_said():
    assert (
        verdict_said(verdict(measure("level", band=(0.0, 0.3)), 0.2, sign=0.7))
        == "missed, sign in 70% of replicates"
    )


def test_counts_keep_the_fitted_apart(found):
    assert (found["reproduced"], found["findings"]) == (9, 11)
    assert found["missed"] == ["T3", "T7"]
    roles = [m["role"] for t in found["targets"] for m in t["measures"] if m["judged"]]
    assert (found["held_out"], found["fitted"]) == (roles.count("held out"), roles.count("fitted"))
    assert found["held_out_reproduced"] == found["held_out"] - 1
    assert found["fitted_in_band"] == found["fitted"] - 1
    assert found["sentences"][0].startswith(
        "The typical firm: 9 of 11 findings are reproduced; in their bands are "
    )
    assert [s for s in found["sentences"] if s.startswith("Missed: T3, ")] == [
        "Missed: T3, what accelerators cost in price: Price on won deals lost by the accelerator, relative to linear "
        "pay (below band)."
    ]


def test_a_headline_that_was_fitted_is_marked_so(found):
    roles = {target["target"]: target["role"] for target in found["targets"]}
    assert (roles["T1"], roles["T7"], roles["T2"]) == ("fitted", "fitted", "held out")
    for target in found["targets"]:
        (headline,) = [m for m in target["measures"] if m["headline"]]
        assert (target["role"], target["value"]) == (headline["role"], headline["value"])


def test_the_page_comes_from_the_object_alone_and_hides_nothing(found):
    read = json.loads(json.dumps(found))
    page = page_of(read)
    assert page == page_of(found)
    for target in found["targets"]:
        assert f"## {target['target']} {target['title']}" in page
        assert target["finding"] in page
        assert all(citation in page for citation in target["citation"])
        for each in target["measures"]:
            row = next(line for line in page.splitlines() if line.startswith(f"| {each['says']}"))
            assert each["verdict"] in row
    assert "**missed: 1 of 2 parts**" in page
    assert "**missed, below band**" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.count(" | ") for line in rows} == {5}
    assert set(re.findall(r"\]\((?:figures/)?(\w+)\.svg\)", page)) == {*targets(), "overview"}


@pytest.mark.parametrize("width", [80, 150])
def test_the_table_has_a_row_for_each_finding_and_each_measure(found, width):
    table = evidence_table(found, width)
    assert table.row_count == sum(1 + len(target["measures"]) for target in found["targets"])
    assert len(table.columns) == (6 if width == 150 else 4)
    console = Console(width=width, file=StringIO())
    console.print(table)
    said = console.file.getvalue()
    assert all(len(line) <= width for line in said.splitlines())
    assert said.count("MISSED") == 2
    assert said.count("missed, below") == 1
    assert "fitted," in said
    assert "PARTS" in said
