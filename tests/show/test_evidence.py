"""What is said of findings: numbers in units that read well, misses in plain sight, a page from the object alone."""

import json
import re
from io import StringIO

import pytest
from rich.console import Console

from salesim.evidence.target import targets
from salesim.evidence.wording import band_text, exact, span_text, unit_text, value_text, verdict_text
from salesim.show.evidence.listed_targets import BAD, evidence_table
from salesim.show.evidence.machine import evidence_of
from salesim.show.evidence.overview_page import page_of
from tests.evidence.readings import finding, measure, verdict
from tests.show.figures.reading import numbers_in, percents


@pytest.fixture(scope="module")
def found():
    shares = {"T3": {"revenue_lost": -1.0}, "T7": {"price": 4.0}, "T1": {"firms_below_60": 3.0}}
    findings = [finding(name, **shares.get(name, {})) for name in targets()]
    made = evidence_of("typical_firm", "The typical firm", 1, findings, "results/evidence/0")
    return made.model_dump(mode="json")


SHARE, DOLLARS = "share of firms", "USD per unit of authority"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.4664, "share of deals", "46.6%"),
        (0.008, "share of profit", "0.8%"),
        (-0.0561, "share of profit", "-5.6%"),
        (11.12, "percent of profit", "11.1%"),
        (1.2345, "ratio", "123%"),
        (150_900.0, "USD per unit of authority", "0.2"),
        (-0.0, "share of revenue", "0.0%"),
        (0.31, "percent per percent", "0.310"),
    ],
)
def test_a_number_has_the_digits_and_the_unit_that_read_well(value, unit, written):
    assert value_text(value, unit) == written


def test_a_number_that_nobody_knows_is_written_without_digits(golden):
    assert numbers_in(value_text(float("nan"), "ratio")) == []
    golden(value_text(float("nan"), "ratio"))


def test_an_interval_has_the_digits_of_what_stands_beside_it():
    assert percents(span_text((0.0978, 0.1012), SHARE)) == [9.8, 10.1]
    assert exact(0.37, SHARE) == "37%"
    assert unit_text(SHARE) == SHARE.replace("share ", "% ")
    assert unit_text(DOLLARS).startswith("USD million ")
    assert unit_text(DOLLARS).endswith(DOLLARS.removeprefix("USD "))


@pytest.mark.parametrize(
    ("band", "unit", "ends"),
    [
        ((0.5, 0.68), "ratio", ["50%", "68%"]),
        ((0.0, 1e12), "USD per unit", ["0"]),
        ((-1000.0, 0.0), "factor", ["0"]),
        ((0.02, 1000.0), "share of profit", ["2%"]),
        ((-0.35, -0.10), "share of profit", ["-35%", "-10%"]),
        ((0.45, 1.0), "share of bookings", ["45%", "100%"]),
    ],
)
def test_an_end_of_a_band_that_is_no_limit_is_left_out(golden, band, unit, ends):
    assert re.findall(r"-?\d[\d.]*%?", band_text(band, unit)) == ends
    golden(band_text(band, unit))


def test_the_same_number_is_not_said_alike_as_the_least_and_as_the_most():
    assert band_text((0.0, 1e12), DOLLARS) != band_text((-1000.0, 0.0), DOLLARS)


WAYS = [
    (0.2, {}),
    (0.2, {"role": "fitted"}),
    (0.0, {}),
    (0.5, {"role": "fitted"}),
    (0.5, {"judged": False}),
]


@pytest.mark.parametrize(
    ("value", "more"), WAYS, ids=["reproduced", "fitted", "missed", "fitted and missed", "not judged"]
)
def test_a_verdict_says_how_it_was_missed_and_what_was_fitted(golden, value, more):
    told = verdict_text(verdict(measure("level", band=(0.1, 0.3), **more), value))
    assert ("fitted" in told) == (more.get("role") == "fitted")
    golden(told)


def test_each_way_in_which_a_measure_comes_out_is_said_in_words_of_its_own():
    ways = [*WAYS, (0.5, {}), (0.0, {"role": "fitted"}), (0.0, {"judged": False})]
    told = [verdict_text(verdict(measure("level", band=(0.1, 0.3), **more), value)) for value, more in ways]
    assert len({*told}) == len(ways)


def test_a_sign_that_does_not_hold_is_said(golden):
    told = verdict_text(verdict(measure("level", band=(0.0, 0.3)), 0.2, sign=0.7))
    assert percents(told) == [70.0]
    golden(told)


def test_counts_keep_the_fitted_apart(found, golden):
    assert (found["reproduced"], found["findings"]) == (9, 11)
    assert found["missed"] == ["T3", "T7"]
    roles = [m["role"] for t in found["targets"] for m in t["measures"] if m["judged"]]
    assert (found["held_out"], found["fitted"]) == (roles.count("held out"), roles.count("fitted"))
    assert found["held_out_reproduced"] == found["held_out"] - 1
    assert found["fitted_in_band"] == found["fitted"] - 1
    first, *more = found["sentences"]
    assert first.startswith(found["title"])
    assert numbers_in(first) == [
        found["reproduced"],
        found["findings"],
        found["held_out_reproduced"],
        found["held_out"],
        found["fitted_in_band"],
        found["fitted"],
    ]
    (missed,) = [sentence for sentence in more if "T3" in sentence]
    assert sum("T7" in sentence for sentence in more) == 1
    (lost,) = [
        m for t in found["targets"] if t["target"] == "T3" for m in t["measures"] if not m["reproduced"]
    ]
    assert (lost["name"], lost["says"] in missed) == ("revenue_lost", True)
    golden(first)
    golden(missed)


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
    targets_missed = {each["verdict"] for each in found["targets"] if not each["reproduced"]}
    parts_missed = {
        m["verdict"] for t in found["targets"] for m in t["measures"] if m["judged"] and not m["reproduced"]
    }
    assert {*re.findall(r"\*\*([^*]+)\*\*(?= \|)", page)} == targets_missed | parts_missed
    assert [1, 2] in [numbers_in(each) for each in targets_missed]  # one of two parts
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.count(" | ") for line in rows} == {5}
    assert set(re.findall(r"\]\((?:figures/)?(\w+)\.svg\)", page)) == {*targets(), "overview"}


@pytest.mark.parametrize("width", [80, 150])
def test_the_table_has_a_row_for_each_finding_and_each_measure(found, width):
    table = evidence_table(found)
    assert len(table.rows) == sum(1 + len(target["measures"]) for target in found["targets"])
    assert (len(table.heads), len(table.narrow().heads)) == (6, 4)
    console = Console(width=width, file=StringIO())
    console.print(table)
    said = console.file.getvalue()
    assert all(len(line) <= width for line in said.splitlines())
    verdicts = [*table._drawn().columns[-1].cells]
    rows = [row for target in found["targets"] for row in (target, *target["measures"])]
    assert [str(cell).lower() for cell in verdicts] == [row["verdict"].lower() for row in rows]
    loud = [str(cell) for cell in verdicts if str(cell).isupper()]
    assert loud == [target["verdict"].upper() for target in found["targets"]]
    for row, cell in zip(rows, verdicts, strict=True):
        assert str(cell).split()[0] in said
        wrong = not row["reproduced"] and row.get("judged", True)
        assert (cell.style == BAD) == wrong, row["verdict"]
    assert sum(cell.style == BAD and str(cell).isupper() for cell in verdicts) == 2
    assert "fitted," in said
