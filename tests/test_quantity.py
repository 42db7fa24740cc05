"""Numbers are written with the digits that they deserve: never a zero for what is none, never "-0"."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.evidence.target import targets
from salesim.outcomes import OUTCOMES
from salesim.quantity import MINUS, Quantity, Unit, percent

AMOUNTS = st.floats(1e-3, 1e11) | st.floats(-1e11, -1e-3)
UNITS = st.sampled_from(Unit)


def number(text):
    """What a text says, without its unit."""
    return float(text.replace(",", "").replace(MINUS, "-"))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_234_567.0, Unit.USD, "USD 1.2 million"),
        (340_400.0, Unit.USD, "USD 340 thousand"),
        (12_345.0, Unit.USD, "USD 12.3 thousand"),
        (344.4, Unit.USD, "USD 344"),
        (999_600.0, Unit.USD, "USD 1.0 million"),
        (147_812_345.0, Unit.USD, "USD 148 million"),
        (2.5e9, Unit.USD, "USD 2.5 billion"),
        (-2_500_000.0, Unit.USD, "USD -2.5 million"),
        (84_321.0, Unit.USD_PER_YEAR, "USD 84,321 a year"),
        (0.133, Unit.SHARE, "13.3%"),
        (0.0004, Unit.SHARE, "0.04%"),
        (-0.0, Unit.RATIO, "0.0%"),
        (1.02, Unit.RATIO, "102%"),
        (0.133, Unit.PER_YEAR, "13.3% a year"),
        (0.066, Unit.SHARE.difference, "6.6 percentage points"),
        (6.6, Unit.PROMISE, "6.6 points of the promise"),
        (8.8, Unit.BASELINE, "8.8% of the baseline"),
        (1_234.5, Unit.HOURS, "1,234 hours"),
        (0.4567, Unit.SKILL, "0.457"),
        (nan, Unit.SEATS, "unknown seats"),
    ],
)
def test_a_number_is_written_with_its_unit_and_three_digits(value, unit, text):
    assert Quantity(value, unit).text() == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (3.2e6, 4.4e6, Unit.USD, ("3.8", "3.2 to 4.4")),
        (0.32, 0.44, Unit.SHARE, ("38", "32 to 44")),
        (0.378, 0.382, Unit.SHARE, ("38.0", "37.8 to 38.2")),
        (0.001, 0.759, Unit.SHARE, ("38.0", "0.1 to 75.9")),
        (nan, nan, Unit.SHARE, ("38.0", "")),
    ],
)
def test_an_interval_says_how_many_digits_a_mean_deserves(low, high, unit, written):
    mean = 0.38e7 if unit is Unit.USD else 0.38
    scale = Quantity(mean, unit, low, high).scale
    assert (scale.number(mean), scale.interval(low, high)) == written


def test_numbers_that_are_read_together_are_written_alike():
    scale = Unit.USD.scale([147.8e6, 8.4e6, 0.2e6], minus=MINUS)
    assert scale.shown == "USD million"
    assert [scale.number(each, signed=True) for each in (147.8e6, -8.4e6, 0.2e6)] == [
        "+148",
        "\u22128",
        "0",
    ]
    small = Unit.USD.scale([147.8e6], [(0.2e6, 0.2e6)])
    assert small.text(0.2e6) == "USD 0.2 million"
    assert Unit.USD.scale([412_000.0], size=1e6).text(412_000.0) == "USD 0.4 million"


def test_percent_is_whole_where_a_glance_is_enough():
    assert percent(0.534) == "53%"


@given(AMOUNTS, UNITS)
def test_an_amount_is_never_written_as_zero(value, unit):
    assert number(Quantity(value, unit).scale.number(value)) != 0.0


@given(st.floats(1e-3, 1e9), st.floats(0.0, 1e9), st.floats(0.0, 1.0), UNITS, st.sampled_from((1, -1)))
def test_what_is_significant_is_never_written_as_zero(nearest, width, place, unit, sign):
    ends = sorted((sign * nearest, sign * (nearest + width)))
    mean = ends[0] + place * (ends[1] - ends[0])
    scale = Quantity(mean, unit, *ends).scale
    assert all(number(scale.number(each)) != 0.0 for each in (mean, *ends))


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), UNITS)
def test_nothing_has_no_sign_and_ends_have_the_decimals_of_their_mean(value, low, high, unit):
    scale = Quantity(value, unit, min(low, high), max(low, high)).scale
    written = [scale.number(each, signed=True) for each in (value, low, high, -0.0)]
    assert len({len(each.partition(".")[2]) for each in written}) == 1
    assert not [each for each in written if each[0] in "+-" and number(each) == 0.0]


@given(AMOUNTS, st.floats(1e-3, 1e9), UNITS)
def test_rounding_stays_within_the_interval_that_it_follows(value, half, unit):
    scale = Quantity(value, unit, value - half, value + half).scale
    assert (
        abs(number(scale.number(value)) - value * scale.factor)
        <= 0.5 * max(half, 2e-3 * abs(value)) * scale.factor + 1e-6
    )


def test_every_outcome_and_target_has_a_unit():
    assert {Unit(outcome.unit) for outcome in OUTCOMES} <= {*Unit}
    assert targets()
