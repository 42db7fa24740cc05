"""Words and tables of a run say what the numbers say."""

import io
import json
import re

import pytest
from rich.console import Console

from salesim import simulate
from salesim.outcomes import COMPANY, THEMES
from salesim.quantity import Unit
from tests.firms import small_firm
from tests.show.figures.reading import numbers_in, percents

NAMED = {outcome.name: outcome for outcome in COMPANY}


def first_words(text):
    """What of a text surely stands on one line of a cell."""
    return " ".join(text.split()[:2])


@pytest.fixture(scope="module")
def results():
    return simulate(small_firm(), replicates=3)


def printed_for_programs(results):
    """The object that `salesim run --json` prints, without numbers that JSON lacks."""
    text = results.model_dump_json()
    assert "NaN" not in text
    return json.loads(text)


def printed(results, width):
    """The lines of the table on a terminal of that width."""
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(results.all_numbers())
    return console.export_text().splitlines()


def test_the_answer_holds_ratio_range_and_amounts_a_year(results):
    said = results.answer()
    ratio, realised, promised = (results.known(n) for n in ("realisation_ratio", "realised", "promised"))
    assert Unit.RATIO.scale([ratio.mean], [ratio.interval]).text(ratio.mean) in said
    assert results.years == 1.0
    for amount in (realised, promised):
        assert results.dollars.number(amount.mean) in said
    low, high = (100.0 * end for end in ratio.interval)
    assert percents(said)[1:] == pytest.approx([80.0, low, high], abs=0.51)
    assert [*results.in_words()] == results.sentences
    assert results.sentences[0] == said
    assert len(results.sentences) == 5


@pytest.mark.parametrize("weeks", [13, 52, 104])
def test_money_is_said_a_year(weeks):
    firm = small_firm(organisation={"weeks": weeks}, needs={"rate": 0.25})
    made = simulate(firm, replicates=2)
    revenue = made.known("revenue").mean * 52 / weeks
    (row,) = [row for row in made.main_numbers().rows if row.cells[0] == "revenue"]
    assert numbers_in(row.cells[1])[0] * 1e6 == pytest.approx(revenue, rel=0.05)
    won = sum(pair.realised_books["won"].sum() for pair in made.pairs) / 2 * 52 / weeks
    (row,) = [row for row in made.main_numbers().rows if row.cells[0] == "deals won"]
    assert numbers_in(row.cells[1])[0] == pytest.approx(won, abs=0.51)
    assert numbers_in(row.cells[1])[-1] * 1e3 == pytest.approx(revenue / won, rel=0.01)


def test_the_main_numbers_are_those_of_the_outcomes(results):
    rows = {row.cells[0]: row.cells[1] for row in results.main_numbers().rows}
    assert len(rows) == 7
    for name, outcome in (
        ("price realised", "price_realisation"),
        ("reps at quota", "reps_at_quota"),
        ("turnover of reps", "turnover"),
    ):
        assert numbers_in(rows[name])[0] == pytest.approx(100 * results.known(outcome).mean, abs=0.51)
    assert numbers_in(rows["price realised"])[-1] == pytest.approx(
        100 * results.known("discount").mean, abs=0.51
    )
    margins = [
        c / r for c, r in zip(results.values["contribution"], results.values["revenue"], strict=True)
    ]
    assert numbers_in(rows["contribution margin"])[0] == pytest.approx(100 * sum(margins) / 3, abs=0.51)


def test_one_replicate_claims_no_range(results, golden):
    single = simulate(small_firm(), replicates=1)
    alone = single.answer()
    assert len(percents(results.answer())) == len(percents(alone)) + 3  # the ends, and what lies between
    assert "(" not in "".join(row.cells[1] for row in single.main_numbers().rows)
    golden(re.sub(r"-?\d[\d,.]*\d|\d", "0", alone))


@pytest.mark.parametrize("width", [80, 160])
def test_every_measure_stands_in_the_table_uncut(results, width):
    lines = printed(results, width)
    assert max(len(line.rstrip()) for line in lines) <= width
    assert "\u2026" not in "".join(lines)
    for name in results.measures:
        assert any(f" {name} " in line for line in lines), name
    for theme in THEMES:
        assert f" {theme.upper()}" in [line.rstrip() for line in lines], theme
    assert (first_words(NAMED["revenue"].meaning) in "".join(lines)) == (width > 130)


def test_the_object_for_programs_is_plain_json(results):
    described = printed_for_programs(results)
    assert {outcome.name for outcome in COMPANY} == {*described["measures"], *described["series"]}


def test_a_series_has_lists_for_numbers_and_says_what_they_run_over(results):
    weeks = printed_for_programs(results)["series"]["bookings_by_week"]
    assert weeks["index"] == NAMED["bookings_by_week"].index.name
    assert weeks["places"] == list(range(1, 14))
    assert weeks["unit"] == "share"
    low, high = weeks["interval"]
    assert len(weeks["mean"]) == len(low) == len(high) == 13
    assert all(a <= b for a, b in zip(low, high, strict=True))
    assert sum(weeks["mean"]) == pytest.approx(1.0)


def test_undefined_measures_are_null_and_say_why_in_the_table():
    dead = simulate(small_firm(needs={"rate": 0.0}), replicates=2)
    described = printed_for_programs(dead)
    for name in ("realisation_ratio", "win_rate", "ccos"):
        assert described["measures"][name] is None
    assert described["series"]["discount_by_week"] is None
    assert described["reason"]
    assert described["sentences"][0].endswith(f"{described['reason']}.")
    lines = printed(dead, 80)
    whys = {name: first_words(NAMED[name].undefined) for name in ("win_rate", "realisation_ratio")}
    assert len(set(whys.values())) == 2
    for name, why in whys.items():
        assert any(f" {name} " in line and why in line for line in lines), name


def test_places_without_a_value_are_null():
    """A plan of twelve weeks ends before the last week of a quarter."""
    short = simulate(small_firm(organisation={"weeks": 12}, needs={"rate": 0.5}), replicates=2)
    weeks = printed_for_programs(short)["series"]["discount_by_week"]
    assert weeks["mean"][12] is None
    assert any(value is not None for value in weeks["mean"])
