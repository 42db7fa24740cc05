"""What price a rep wants to quote: the rule against brute force, and the limits that must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.discounting import Discounting, best_gain, felt_cost, norm, quoted_price
from salesim.rules.pay import credit_per_unit

scores = st.floats(-5, 20)
sensitivities = st.floats(0.01, 0.5)
costs = st.floats(0, 150)
shares = st.floats(0, 1)


def win_chance(score, sensitivity, prices):
    """The logit, written out."""
    return 1.0 / (1.0 + np.exp(-(score - sensitivity * prices)))


def best_on_a_grid(gains, prices):
    """The price with the largest gain."""
    return float(prices[np.argmax(gains)])


@given(scores, sensitivities, costs)
def test_no_price_beats_the_quoted_price(score, sensitivity, cost):
    price = quoted_price(score, sensitivity, cost)
    prices = np.linspace(cost, price + 20.0 / sensitivity, 2_000)
    gain = float(win_chance(score, sensitivity, price) * (price - cost))
    assert np.all(win_chance(score, sensitivity, prices) * (prices - cost) <= gain * (1 + 1e-9))
    assert best_gain(score, sensitivity, cost) == pytest.approx(gain, rel=1e-9)


@given(scores, sensitivities, costs, st.floats(0.01, 50))
def test_the_price_rises_with_cost_and_with_what_speaks_for_the_deal(score, sensitivity, cost, more):
    price = quoted_price(score, sensitivity, cost)
    assert quoted_price(score, sensitivity, cost + more) > price
    assert quoted_price(score + more, sensitivity, cost) >= price
    assert price > cost


@given(scores, sensitivities, costs, st.floats(0.01, 50))
def test_the_best_gain_falls_with_cost_and_rises_with_what_speaks_for_the_deal(
    score, sensitivity, cost, more
):
    gain = best_gain(score, sensitivity, cost)
    assert 0.0 < best_gain(score, sensitivity, cost + more) < gain
    assert best_gain(score + more, sensitivity, cost) > gain


@given(st.floats(-1e4, 1e4), sensitivities, costs)
def test_a_hopeless_deal_is_priced_at_the_monopoly_markup_of_a_logit(score, sensitivity, cost):
    """Where nobody buys, one over sensitivity above cost; never below that."""
    markup = quoted_price(score, sensitivity, cost) - cost
    assert markup >= (1.0 - 1e-9) / sensitivity - 1e-9 * cost
    assert quoted_price(-1e4, sensitivity, cost) - cost == pytest.approx(1.0 / sensitivity, rel=1e-6)


@given(scores, sensitivities, st.floats(1, 100))
def test_weinberg_a_rep_paid_on_gross_margin_quotes_the_firms_best_price(score, sensitivity, cost):
    """Weinberg 1975: with full information and without conviction the two optima are one, to 1%."""
    reps = quoted_price(score, sensitivity, felt_cost(cost, 1.0, 0.0))
    prices = np.linspace(cost, cost + 40.0 / sensitivity, 40_001)
    firms = best_on_a_grid(win_chance(score, sensitivity, prices) * (prices - cost), prices)
    assert reps == pytest.approx(firms, rel=0.01)


@given(scores, sensitivities, st.floats(20, 100))
def test_a_rep_paid_on_revenue_without_conviction_quotes_below_the_firms_best_price(
    score, sensitivity, cost
):
    reps = quoted_price(score, sensitivity, felt_cost(cost, 0.0, 0.0))
    firms = quoted_price(score, sensitivity, cost)
    assert reps < firms


@given(scores, sensitivities, shares, st.floats(0.01, 0.2), st.floats(0, 0.2))
def test_a_rep_on_mixed_pay_quotes_what_is_best_for_his_pay(score, sensitivity, weight, worth, extra):
    """Brute force over expected pay, a rate on target revenue included, for a rep without conviction."""
    cost, margin = 54.0, 0.4
    per_dollar = worth * (1.0 - weight + weight / margin) + extra
    felt = felt_cost(cost, worth * weight / margin / per_dollar, 0.0)
    prices = np.linspace(0.0, felt + 40.0 / sensitivity, 40_001)
    credit = np.array([credit_per_unit(float(price), cost, margin, weight) for price in prices])
    pay = win_chance(score, sensitivity, prices) * (worth * credit + extra * prices)
    price = quoted_price(score, sensitivity, felt)
    assert price == pytest.approx(best_on_a_grid(pay, prices), rel=0.01, abs=0.05)


@given(st.floats(1, 1e4), shares, shares, shares)
def test_felt_cost_lies_between_nothing_and_cost_and_rises(cost, share, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= felt_cost(cost, share, low) <= felt_cost(cost, share, high) * (1 + 1e-12)
    assert felt_cost(cost, low, share) <= felt_cost(cost, high, share) * (1 + 1e-12)
    assert felt_cost(cost, share, high) <= cost * (1 + 1e-12)


@given(st.floats(0, 1e4), shares)
def test_pay_on_margin_makes_a_rep_feel_the_true_cost_and_volume_pay_alone_none(cost, felt):
    assert felt_cost(cost, 1.0, felt) == cost
    assert felt_cost(cost, 0.0, 0.0) == 0.0
    assert felt_cost(cost, 0.0, 1.0) == pytest.approx(cost)


@given(shares, shares, shares, shares)
def test_conviction_grows_with_alignment_and_with_a_part_in_pricing(professional, alignment, a, b):
    low, high = sorted((a, b))
    discounting = Discounting(professional_norm=professional)
    convinced = norm(discounting, alignment, high)
    assert 0.0 <= norm(discounting, alignment, low) <= convinced + 1e-12
    assert convinced <= 1.0
    assert norm(discounting, 0.0, 0.0) == 0.0
    assert norm(discounting, low, alignment) <= norm(discounting, high, alignment) + 1e-12


def test_an_aligned_rep_feels_the_professional_norm_and_half_of_the_rest_with_full_participation():
    discounting = Discounting(professional_norm=0.8, norm_of_participation=0.5)
    assert norm(discounting, 1.0, 0.0) == pytest.approx(0.8)
    assert norm(discounting, 1.0, 1.0) == pytest.approx(0.9)
    assert norm(discounting, 0.0, 1.0) == pytest.approx(0.5), (
        "who set the price feels the cost without believing"
    )
