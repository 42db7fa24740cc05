"""Expected pay of a period whose end is uncertain: the closed form against numerical integration."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import integrate, stats

from salesim.rules.expected_pay import (
    SMALLEST_SPREAD,
    expected_above,
)
from salesim.rules.knots import FULL_THRESHOLD, NO_CAP

from .curves import curve_pay, expected_curve_pay

QUOTA, RATE = 100_000.0, 0.04
LINEAR = (0.0, 1.0, 0.0, NO_CAP)
caps = st.floats(1, 3) | st.just(NO_CAP)
accelerators = st.floats(0, 5)
bonuses = st.floats(0, 20_000)
shapes = st.tuples(st.floats(0, 1), accelerators, bonuses, caps)
means = st.floats(10_000, 300_000)
spreads = st.floats(100, 100_000)


def integrated(mean, spread, quota, rate, shape):
    """The pay curve weighed with the normal density, piece by piece."""
    threshold, _, _, cap = shape
    low, high = mean - 12.0 * spread, mean + 12.0 * spread
    knots = {0.0, threshold * quota, quota, cap * quota, mean, mean - 3.0 * spread, mean + 3.0 * spread}
    points = [low, *sorted(knot for knot in knots if low < knot < high), high]
    density = stats.norm(mean, spread).pdf
    return sum(
        integrate.quad(
            lambda x: float(density(x)) * curve_pay(x, quota, rate, *shape), a, b, epsabs=1e-6, limit=100
        )[0]
        for a, b in itertools.pairwise(points)
    )


@given(means, st.floats(0.002, 1 / 7), shapes)
def test_expected_pay_is_the_integral_of_the_curve(mean, relative_spread, shape):
    spread = mean * relative_spread
    expected = expected_curve_pay(mean, spread, QUOTA, RATE, *shape)
    assert expected == pytest.approx(integrated(mean, spread, QUOTA, RATE, shape), rel=1e-6, abs=0.01)


@given(st.floats(-50_000, 300_000), spreads, st.floats(FULL_THRESHOLD, 1), accelerators, bonuses, caps)
def test_with_a_threshold_it_is_the_integral_however_uncertain_the_end(
    mean, spread, threshold, accelerator, bonus, cap
):
    shape = (threshold, accelerator, bonus, cap)
    expected = expected_curve_pay(mean, spread, QUOTA, RATE, *shape)
    assert expected == pytest.approx(integrated(mean, spread, QUOTA, RATE, shape), rel=1e-6, abs=0.01)


@example(mean=25_000.0, spread=33_000.0, accelerator=1.25, bonus=2_500.0)
@given(st.floats(0, 100_000), spreads, accelerators, bonuses)
def test_a_threshold_of_next_to_nothing_changes_next_to_nothing(mean, spread, accelerator, bonus):
    """A lever moved by a hair must not move what reps expect by a jump.

    The example is a newcomer who brings a quarter of quota, at the start of a quarter.
    """
    assume(accelerator != 1.0 or bonus > 0.0)
    none, hair = (
        expected_curve_pay(mean, spread, QUOTA, RATE, threshold, accelerator, bonus, NO_CAP)
        for threshold in (0.0, 1e-6)
    )
    assert hair == pytest.approx(none, abs=1.0)


@given(means, shapes)
def test_with_a_certain_end_expected_pay_is_pay(mean, shape):
    threshold, _, _, cap = shape
    assume(
        all(abs(mean - knot) > 10.0 * SMALLEST_SPREAD for knot in (threshold * QUOTA, QUOTA, cap * QUOTA))
    )
    expected = expected_curve_pay(mean, 0.0, QUOTA, RATE, *shape)
    assert expected == pytest.approx(curve_pay(mean, QUOTA, RATE, *shape), abs=0.001)


@given(st.floats(0, 1), accelerators, bonuses, st.floats(1.1, 3))
def test_certain_to_end_exactly_on_quota_half_the_bonus_is_expected(threshold, accelerator, bonus, cap):
    expected = expected_curve_pay(QUOTA, 0.0, QUOTA, RATE, threshold, accelerator, bonus, cap)
    below = RATE * (1.0 - threshold) * QUOTA
    assert expected == pytest.approx(below + 0.5 * bonus, abs=0.01 * (1.0 + accelerator))


@given(st.floats(-1e6, 1e7), st.floats(0, 1e6), st.floats(1, 1e7), st.floats(0, 0.5))
def test_a_plain_curve_is_exactly_rate_times_what_is_expected(mean, spread, quota, rate):
    assert expected_curve_pay(mean, spread, quota, rate, *LINEAR) == rate * mean


@given(st.floats(-1e6, 1e7), st.floats(0, 1e6), st.floats(-10, 0), st.floats(0, 0.5), shapes)
def test_without_quota_it_is_exactly_rate_times_what_is_expected(mean, spread, quota, rate, shape):
    assert expected_curve_pay(mean, spread, quota, rate, *shape) == rate * mean


@given(means, st.floats(0, 50_000), spreads, shapes)
def test_better_prospects_never_lower_expected_pay(mean, more, spread, shape):
    here = expected_curve_pay(mean, spread, QUOTA, RATE, *shape)
    assert expected_curve_pay(mean + more, spread, QUOTA, RATE, *shape) >= here - 1e-6


@given(means, spreads, shapes)
def test_expected_pay_lies_between_nothing_and_what_a_capped_plan_can_pay(mean, spread, shape):
    """From 7 standard deviations above zero on, so that credit is never negative."""
    assume(mean > 7.0 * spread)
    threshold, accelerator, bonus, cap = shape
    expected = expected_curve_pay(mean, spread, QUOTA, RATE, threshold, accelerator, bonus, cap)
    assert expected >= -1e-6
    if cap < NO_CAP:
        assert expected <= curve_pay(cap * QUOTA, QUOTA, RATE, threshold, accelerator, bonus, cap) + 1e-6


@given(means, spreads, spreads, st.floats(1.01, 5), st.floats(0, 1))
def test_luck_is_welcome_where_pay_accelerates(mean, a, b, accelerator, threshold):
    low, high = sorted((a, b))
    calm, wild = (
        expected_curve_pay(mean, spread, QUOTA, RATE, threshold, accelerator, 0.0, NO_CAP)
        for spread in (low, high)
    )
    assert wild >= calm - 1e-6


@given(means, spreads, spreads, st.floats(1, 3))
def test_luck_is_unwelcome_where_pay_is_capped(mean, a, b, cap):
    low, high = sorted((a, b))
    calm, wild = (expected_curve_pay(mean, sd, QUOTA, RATE, 0.0, 1.0, 0.0, cap) for sd in (low, high))
    assert wild <= calm + 1e-6


@given(means, spreads, st.floats(50_000, 200_000), st.floats(0, 50_000), st.floats(1, 5), bonuses)
def test_a_higher_quota_never_raises_expected_pay_of_a_rising_curve(
    mean, spread, quota, more, accelerator, bonus
):
    shape = (0.2, accelerator, bonus, NO_CAP)
    easy, hard = (expected_curve_pay(mean, spread, asked, RATE, *shape) for asked in (quota, quota + more))
    assert hard <= easy + 1e-6


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(1e3, 1e5))
def test_the_expected_excess_is_the_integral_of_the_excess(knot, mean, spread):
    start = max(knot, mean - 12.0 * spread)
    end = mean + 12.0 * spread
    density = stats.norm(mean, spread).pdf
    excess = 0.0
    if end > start:
        middle = min(max(mean, start), end)
        for a, b in ((start, middle), (middle, end)):
            excess += integrate.quad(lambda x: float(density(x)) * (x - knot), a, b, epsabs=1e-7)[0]
    assert expected_above(knot, mean, spread) == pytest.approx(excess, rel=1e-6, abs=1e-4)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1, 1e6))
def test_excess_and_shortfall_differ_by_the_distance(knot, mean, spread):
    excess = expected_above(knot, mean, spread)
    shortfall = expected_above(-knot, -mean, spread)
    assert excess - shortfall == pytest.approx(mean - knot, rel=1e-9, abs=1e-6)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.01, 1e6))
def test_the_expected_excess_is_finite_and_never_below_the_sure_excess(knot, mean, spread):
    excess = expected_above(knot, mean, spread)
    assert math.isfinite(excess)
    assert excess >= max(mean - knot, 0.0) - 1e-6
