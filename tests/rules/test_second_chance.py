"""A deal that was not won at once: what it is still worth, and its price when it comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesim.rules.discounting import best_gain, quoted_price
from salesim.rules.second_chance import (
    STEPS,
    chance_at,
    gain_after_a_no,
    price_after_a_no,
    worth_of_a_second_chance,
)

scores = st.floats(-5, 15)
sensitivities = st.floats(0.01, 0.5)
costs = st.floats(0, 150)
shares = st.floats(0, 1)
aversions = st.floats(0, 5)


def chances(prices, score, sensitivity, reference, aversion):
    """The logit with the loss above the reference, written out."""
    utility = score - sensitivity * prices - aversion * sensitivity * np.maximum(prices - reference, 0.0)
    return 1.0 / (1.0 + np.exp(-utility))


@given(scores, sensitivities, st.floats(0, 300), st.floats(0, 300), aversions)
def test_above_the_reference_each_dollar_weighs_more(score, sensitivity, price, reference, aversion):
    chance = chance_at(price, score, sensitivity, reference, aversion)
    assert chance == pytest.approx(
        float(chances(np.array(price), score, sensitivity, reference, aversion)), rel=1e-9
    )
    assert chance <= chance_at(price, score, sensitivity, reference, 0.0)
    assert (
        chance == chance_at(price, score, sensitivity, max(price, reference), aversion) or price > reference
    )


@given(shares, shares, st.floats(0, 200), st.floats(0, 200))
def test_a_second_price_gains_only_from_those_whom_the_first_lost(chance, before, price, cost):
    gain = gain_after_a_no(chance, before, price, cost)
    assert gain >= 0.0
    if chance <= before or price <= cost or before >= 1.0:
        assert gain == 0.0
    else:
        assert gain == pytest.approx((chance - before) / (1.0 - before) * (price - cost))
        assert gain <= chance * (price - cost) + 1e-9


@given(shares, st.floats(-100, 100), st.floats(0, 5), st.floats(0, 100))
def test_a_second_chance_is_never_a_burden_and_worth_more_the_likelier_and_richer(
    chance, gain, ratio, more
):
    worth = worth_of_a_second_chance(chance, gain, ratio)
    assert 0.0 <= worth <= worth_of_a_second_chance(chance, gain + more, ratio)
    assert worth <= worth_of_a_second_chance(1.0, gain, ratio)
    assert worth <= worth_of_a_second_chance(chance, gain, ratio + more)
    assert worth_of_a_second_chance(0.0, gain, ratio) == 0.0


@given(st.floats(2, 12), st.floats(0.03, 0.2), st.floats(10, 80), st.floats(0.05, 1))
def test_a_deal_that_may_come_back_is_priced_for_both_chances(score, sensitivity, cost, chance):
    """Brute force over chance now * what is left, plus what survives a no."""
    later = 0.5 * best_gain(score, sensitivity, cost)
    second = worth_of_a_second_chance(chance, later, 1.0)
    prices = np.linspace(cost, cost + 30.0 / sensitivity + 3.0 * later, 60_001)
    won = chances(prices, score, sensitivity, 1e9, 0.0)
    best = float(prices[np.argmax(won * (prices - cost) + (1.0 - won) * chance * later)])
    assert quoted_price(score, sensitivity, cost + second) == pytest.approx(best, rel=1e-3)


@given(scores, sensitivities, costs, st.floats(0.1, 100), st.floats(0, 250), aversions)
@example(0.0, 0.09375, 0.0, 45.0, 12.0, 1.0)  # the best price lies on the kink
def test_after_a_no_no_price_does_better_with_a_customer_known_to_have_declined(
    score, sensitivity, cost, above, reference, aversion
):
    refused = cost + above
    prices = np.linspace(cost, refused, 20_001)
    known = chances(np.array(refused), score, sensitivity, reference, aversion)
    gains = (chances(prices, score, sensitivity, reference, aversion) - known) * (prices - cost)
    price = price_after_a_no(score, sensitivity, cost, refused, reference, aversion)
    near = price + np.linspace(-0.5, 0.5, 101) * above / 2.0**STEPS  # what halving so often leaves open
    gain = float(np.max((chances(near, score, sensitivity, reference, aversion) - known) * (near - cost)))
    assert gain >= float(np.max(gains)) * (1.0 - 1e-5) - 1e-12


@given(st.floats(-5, 15), sensitivities, costs, st.floats(0.1, 100))
def test_after_a_no_the_price_is_between_cost_and_what_was_refused_and_below_the_first_best(
    score, sensitivity, cost, above
):
    price = price_after_a_no(score, sensitivity, cost, cost + above, 1e9, 0.0)
    assert cost <= price < cost + above
    assert price <= quoted_price(score, sensitivity, cost) + 2e-4 * above


@given(st.floats(2, 8), st.floats(0.03, 0.2), st.floats(10, 80))
def test_a_refused_fantasy_price_teaches_nothing(score, sensitivity, cost):
    """A price at which nobody buys: the best price is then that of a first quote."""
    price = price_after_a_no(score, sensitivity, cost, cost + (score + 30.0) / sensitivity, 1e9, 0.0)
    assert price == pytest.approx(quoted_price(score, sensitivity, cost), rel=1e-3)
