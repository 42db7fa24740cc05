"""Verdicts are as the protocol says: value in the band, interval on it, sign in most replicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.errors import SalesimError
from salesim.evidence.judging import Finding, Verdict, check_enough, judge
from salesim.evidence.target import Target
from tests.evidence.readings import finding, measure, number, told, verdict
from tests.messages import message_of

BAND = (0.1, 0.3)


def judged(values, **said):
    """The verdict on a difference whose every replicate is known."""
    asked = measure("difference", headline=True, arm={"policy": "arm"}, **said)
    target = Target(name="T0", title="It", published="", sources=(), role="held out", measures=(asked,))
    columns = number("arm", values) | number("baseline", [0.0] * len(values))
    return judge(target, told(columns), 1).verdicts[0]


def test_what_has_no_value_is_not_reproduced():
    assert not verdict(measure("level"), float("nan"), float("nan")).reproduced


@given(value=st.floats(-1, 1), half=st.floats(0, 1), sign=st.one_of(st.none(), st.floats(0, 1)))
def test_a_measure_is_reproduced_where_value_and_sign_are_as_asked(value, half, sign):
    found = verdict(measure("level", band=BAND), value, half, sign)
    assert found.reproduced == (BAND[0] <= value <= BAND[1] and (sign is None or sign >= 0.8))


def test_an_interval_off_the_band_is_missed():
    assert not Verdict(measure("level", band=BAND), 0.2, 0.4, 0.5, 30, None).reproduced


@pytest.mark.parametrize(
    ("wrong", "share", "reproduced"), [(0, 1.0, True), (2, 0.8, True), (3, 0.7, False)]
)
def test_a_sign_must_hold_in_most_replicates(wrong, share, reproduced):
    found = judged([-0.01] * wrong + [0.25] * (10 - wrong), band=BAND)
    assert (found.sign_holds, found.reproduced) == (pytest.approx(share), reproduced)


def test_a_band_on_both_sides_of_zero_asks_for_no_sign():
    assert judged([0.1] * 10, band=(-1.0, 1.0)).sign_holds is None


def test_below_zero_the_sign_is_minus():
    assert judged([-0.1] * 8 + [0.1] * 2, band=(-1.0, 0.0)).sign_holds == pytest.approx(0.8)


def test_a_replicate_that_says_nothing_is_left_out_of_the_sign():
    assert judged([0.2] * 8 + [np.nan] * 2, band=BAND).sign_holds == 1.0


def test_a_finding_is_missed_with_any_judged_part_and_not_with_others():
    whole = finding("T1")
    assert whole.reproduced
    parts = {v.measure.name: v for v in whole.verdicts}
    assert not finding("T1", level_slope=-3.0).reproduced
    aside = finding("T1", firms_below_60=-3.0)
    assert aside.reproduced
    assert not parts["firms_below_60"].measure.judged
    assert [v.measure.name for v in aside.judged] == ["ratio", "level_slope"]
    assert [v.measure.name for v in aside.held_out] == ["level_slope"]
    assert isinstance(aside, Finding)
    assert aside.headline.measure.name == "ratio"


def test_too_few_replicates_are_refused_with_how_many_it_takes(golden):
    assert check_enough("--replicates", 10) == 10
    with pytest.raises(SalesimError) as refused:
        check_enough("--replicates", 9)
    golden(refused.value)
    message = message_of(refused.value)
    assert (message.place, message.given) == (("--replicates",), "9")
    assert message.allowed.startswith("10 ")
