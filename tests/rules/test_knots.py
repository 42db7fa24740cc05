"""Pay curves as people write them: in knots, in one line, and what neither can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from pydantic import ValidationError

from salesim.messages import Unfit
from salesim.rules.knots import MAX_KNOTS, MAX_LINES, curve_in_one_line, lines_of
from salesim.rules.payout import NO_CAP, Payout

from .curves import payouts

FIRST = {"at": 0.0, "rate": 0.05}


def unfit(**said) -> Unfit:
    """What is wrong with a pay plan."""
    with pytest.raises(ValidationError) as caught:
        Payout(**said)
    (error,) = caught.value.errors()
    assert isinstance(error["ctx"]["error"], Unfit)
    return error["ctx"]["error"]


@given(payouts())
def test_a_curve_in_one_line_is_the_same_curve(payout):
    text = payout.model_dump()["curve"]
    assert Payout(curve=text) == payout
    assert Payout.model_validate(payout.model_dump()) == payout
    assert curve_in_one_line(text) == text


@pytest.mark.parametrize(
    ("knots", "text"),
    [
        ([], "none"),
        ([FIRST], "5%"),
        ([FIRST, {"at_usd": 16_500, "rate": 0.1}], "5% to 16,500 USD, 10% above"),
        (
            [FIRST, {"at": 0.5, "rate": 0.1, "on_all": True}, {"at": 1, "rate": 0.2, "jump": 500}],
            "5% to 50%, 10% on all to 100%, 20% above, 500 at 100%",
        ),
        (
            [{"at": 0, "per_quota": 8_000}, {"at": 1.5, "per_quota": 0, "gate": True}],
            "8,000 a quota to 150%, 0 a quota above, from 150% on only with the year's quota",
        ),
    ],
)
def test_how_a_curve_is_written_in_one_line(knots, text):
    assert Payout(curve=knots).model_dump()["curve"] == text


@pytest.mark.parametrize(
    ("knots", "at", "given"),
    [
        ([{"at": 0.1, "rate": 0.05}], "0.at", 0.1),
        ([FIRST, {"at": 0.5, "rate": 0.1}, {"at": 0.5, "rate": 0.2}], "2.at", 0.5),
        ([FIRST, {"at": 0.0, "rate": 0.1}], "1.at", 0.0),
        ([FIRST, {"at_usd": 5.0, "rate": 0.1}, {"at": 6.0, "rate": 0.2}], "2", None),
        ([FIRST, {"at": 0.5, "per_quota": 100.0}], "", None),
        ([{**FIRST, "gate": True}], "0.gate", True),
        (
            [FIRST, {"at": 1, "rate": 0.1, "gate": True}, {"at": 2, "rate": 0.2, "gate": True}],
            "2.gate",
            True,
        ),
        ([{"at": 0.0}], "rate", None),
        ([{"at": 0.0, "rate": 0.1, "per_quota": 5.0}], "rate", None),
        ([{"rate": 0.1}], "at", None),
        ("5 percent", "", "5 percent"),
        ("5% to 50%", "", "5% to 50%"),
        ("5% above, 6% above", "", "5% above, 6% above"),
        ("5% to 50%, 6% above, 100 at 60%", "", "100 at 60%"),
    ],
)
def test_what_is_no_curve_says_where_and_why(knots, at, given):
    wrong = unfit(curve=knots)
    assert (wrong.at, wrong.given) == (at, given)
    assert wrong.allowed


def test_a_year_has_no_gate():
    assert unfit(year_curve=[FIRST, {"at": 1.0, "rate": 0.1, "gate": True}]).at == "1.gate"


def test_numbers_out_of_range_and_too_many_knots_are_refused():
    too_many = [{"at": float(k), "rate": 0.1} for k in range(MAX_KNOTS + 1)]
    for knots in (too_many, [{"at": 0.0, "rate": -0.1}], [{"at": 0.0, "rate": 0.1, "jump": -1.0}], 3, [3]):
        with pytest.raises(ValidationError):
            Payout(curve=knots)
    assert Payout(curve=too_many[:-1]).by_period.size == 1  # all of one rate


def test_a_curve_leaves_its_short_forms_out():
    plan = Payout(curve=[FIRST], year_bonus=3_000.0)
    assert (plan.threshold, plan.accelerator, plan.bonus, plan.cap) == (0.0, 1.0, 0.0, NO_CAP)
    assert plan.year_bonus == 3_000.0
    assert Payout(year_curve=[FIRST]).accelerator == 1.25


@pytest.mark.parametrize(
    ("curve", "short", "value"),
    [("curve", "accelerator", 1.25), ("curve", "cap", 2.0), ("year_curve", "year_bonus", 5.0)],
)
def test_a_short_form_beside_a_curve_is_refused(curve, short, value):
    wrong = unfit(**{curve: [FIRST], short: value})
    assert (wrong.at, wrong.given) == (short, value)


@given(payouts())
def test_lines_stand_in_arrays_of_one_size(payout):
    for lines in (payout.by_period, payout.by_year):
        assert 1 <= lines.size <= MAX_LINES
        assert {len(each) for each in lines if isinstance(each, tuple)} == {MAX_LINES}
        assert {type(each) for each in lines} == {int, bool, float, tuple}


def test_what_changes_nothing_is_no_line():
    assert lines_of((), 0.0, 1.0, 0.0, NO_CAP).size == 1
    assert Payout().by_period.size == 2
    assert Payout(threshold=0.05, cap=2.0).by_period.size == 5
    assert Payout(threshold=0.5, cap=2.0).by_period.size == 4
