"""Words and tables say what the numbers say."""

import io
import json
import re

import pytest
from rich.console import Console

from salesim import simulate
from salesim.outcomes import COMPANY, THEMES
from salesim.show.machine import as_object
from salesim.show.outcomes import outcome_table
from salesim.show.week import first_sentence, phases
from salesim.show.words import dollars_of, headline, share_of
from tests.firms import small_firm
from tests.show.figures.reading import percents

NAMED = {outcome.name: outcome for outcome in COMPANY}


def first_words(text):
    """What of a text surely stands on one line of a cell."""
    return " ".join(text.split()[:2])


@pytest.fixture(scope="module")
def results():
    return simulate(small_firm(), replicates=3)


def printed(results, width):
    """The lines of the table on a terminal of that width."""
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(outcome_table(results))
    return console.export_text().splitlines()


def test_the_headline_holds_ratio_range_and_amounts(results):
    said = headline(results)
    ratio, realised, promised = (
        results.measures[name] for name in ("realisation_ratio", "realised", "promised")
    )
    dollars = dollars_of(promised, realised)
    assert share_of(ratio) in said
    assert "52 weeks" in said
    for amount in (realised, promised):
        assert dollars.text(amount.mean) in said
    low, high = (100.0 * end for end in ratio.interval)
    assert percents(said)[2:] == pytest.approx([low, high], abs=0.51)


def test_one_replicate_claims_no_range(results, golden):
    alone = headline(simulate(small_firm(), replicates=1))
    assert (
        len(percents(headline(results))) == len(percents(alone)) + 3
    )  # the ends, and how much lies between
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
    described = as_object("firm", results, "somewhere")
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    assert {outcome.name for outcome in COMPANY} <= set(described)


def test_a_series_has_lists_for_numbers_and_says_what_they_run_over(results):
    weeks = as_object("firm", results, "somewhere")["bookings_by_week"]
    assert weeks["index"] == NAMED["bookings_by_week"].index.name
    assert weeks["places"] == list(range(1, 14))
    assert weeks["unit"] == "share"
    low, high = weeks["interval"]
    assert len(weeks["mean"]) == len(low) == len(high) == 13
    assert all(a <= b for a, b in zip(low, high, strict=True))
    assert sum(weeks["mean"]) == pytest.approx(1.0)


def test_undefined_measures_are_null_and_say_why_in_the_table():
    dead = simulate(small_firm(needs={"rate": 0.0}), replicates=2)
    described = as_object("dead", dead, "somewhere")
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    for name in ("realisation_ratio", "win_rate", "discount_by_week", "ccos"):
        assert described[name] is None
    lines = printed(dead, 80)
    whys = {name: first_words(NAMED[name].undefined) for name in ("win_rate", "realisation_ratio")}
    assert len(set(whys.values())) == 2
    for name, why in whys.items():
        assert any(f" {name} " in line and why in line for line in lines), name


def test_places_without_a_value_are_null():
    """A plan of twelve weeks ends before the last week of a quarter."""
    short = simulate(small_firm(organisation={"weeks": 12}, needs={"rate": 0.5}), replicates=2)
    weeks = as_object("short", short, "somewhere")["discount_by_week"]
    assert weeks["mean"][12] is None
    assert any(value is not None for value in weeks["mean"])


def test_the_week_has_nine_phases_with_a_sentence_each():
    listed = list(phases())
    assert len(listed) == 9
    assert all(first_sentence(phase).endswith(".") for phase in listed)
