"""Arithmetic that never overflows: against the standard library and scipy, and at the extremes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import expit, lambertw

from salesim.rules.arithmetic import (
    approach,
    at_least,
    at_most,
    clamp,
    exponential,
    half_life_kept,
    lambert_w_of_exp,
    normal_density,
    normal_share_above,
    sigmoid,
    weekly_hazard,
    weekly_kept,
)

any_number = st.floats(-1e300, 1e300)
shares = st.floats(0, 1)


@given(any_number, any_number, any_number)
def test_bounds_hold(value, a, b):
    low, high = sorted((a, b))
    assert clamp(value, low, high) == min(max(value, low), high)
    assert at_least(value, low) == max(value, low)
    assert at_most(value, high) == min(value, high)


@given(st.floats(-300, 300))
def test_within_its_bounds_the_exponential_is_exact(x):
    assert exponential(x) == math.exp(x)


@given(any_number, any_number)
def test_nothing_overflows_or_turns_round(a, b):
    low, high = sorted((a, b))
    assert 0.0 < exponential(low) <= exponential(high) < math.inf
    assert 0.0 <= sigmoid(low) <= sigmoid(high) <= 1.0
    assert 0.0 <= normal_share_above(high) <= normal_share_above(low) <= 1.0
    assert 0.0 <= normal_density(low) <= 0.4


@given(st.floats(-290, 290))
def test_sigmoid_is_the_logistic_function(x):
    assert sigmoid(x) == pytest.approx(float(expit(x)), rel=1e-12)
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1.0)


@given(st.floats(-20, 20))
def test_normal_share_and_density_are_those_of_scipy(x):
    assert normal_share_above(x) == pytest.approx(float(stats.norm.sf(x)), rel=1e-10)
    assert normal_density(x) == pytest.approx(float(stats.norm.pdf(x)), rel=1e-10)


@given(st.floats(0.01, 520), st.integers(1, 5))
def test_a_half_life_halves(half_life, times):
    assert half_life_kept(half_life) ** (half_life * times) == pytest.approx(0.5**times)


@given(st.floats(1e-6, 1))
def test_a_year_of_weeks_keeps_the_share_of_a_year(kept):
    assert weekly_kept(kept) ** 52 == pytest.approx(kept)


@given(st.floats(0, 0.999))
def test_a_year_at_the_weekly_rate_has_the_probability_of_a_year(probability):
    assert 1.0 - math.exp(-52.0 * weekly_hazard(probability)) == pytest.approx(probability, abs=1e-12)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), shares)
def test_an_approach_ends_between_start_and_level(value, level, share):
    after = approach(value, level, share)
    assert min(value, level) - 1e-6 <= after <= max(value, level) + 1e-6
    assert approach(value, level, 0.0) == value
    assert approach(value, level, 1.0) == pytest.approx(level, abs=1e-6)
    assert approach(0.0, 8.0, 0.25) == 2.0


@example(0.0)
@example(1.0)
@given(st.floats(-600, 700))
def test_lambert_w_agrees_with_scipy(x):
    assert lambert_w_of_exp(x) == pytest.approx(float(lambertw(math.exp(x)).real), rel=1e-12)


@given(st.floats(1, 1e15) | st.floats(-690, 1))
def test_lambert_w_solves_its_equation(x):
    w = lambert_w_of_exp(x)
    assert w > 0.0
    assert w + math.log(w) == pytest.approx(x, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("x", [-1e308, -1e9, -800.0, 800.0, 1e9, 1e15, 1e308])
def test_lambert_w_never_overflows(x):
    assert 0.0 < lambert_w_of_exp(x) < math.inf


@given(any_number, any_number)
def test_lambert_w_rises(a, b):
    low, high = sorted((a, b))
    assert lambert_w_of_exp(low) <= lambert_w_of_exp(high) * (1 + 1e-14)


def test_where_scipy_overflows_lambert_w_is_x_less_its_logarithms():
    """The asymptotic series of W(exp(x)) for large x."""
    for x in np.geomspace(1e4, 1e12, 9):
        series = x - math.log(x) + math.log(x) / x
        assert lambert_w_of_exp(float(x)) == pytest.approx(series, rel=1e-6)
