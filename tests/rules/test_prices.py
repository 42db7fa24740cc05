"""Prices: the Lambert rule against brute force, and the limits that must hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import lambertw

from salesim.rules.approval import cost_of_asking, grant_probability, is_worth_asking
from salesim.rules.arithmetic import lambert_w_of_exp
from salesim.rules.buying import (
    Buying,
    gumbel,
    relationship_utility,
    utility_without_price,
    win_score,
)
from salesim.rules.discounting import (
    Discounting,
    best_gain,
    felt_cost,
    floor_price,
    price_within,
    quoted_price,
)
from salesim.rules.pay import cost_share_of_credit, credit_per_unit

scores = st.floats(-5, 20)
sensitivities = st.floats(0.01, 0.5)
costs = st.floats(0, 150)
shares = st.floats(0, 1)


@given(st.floats(-600, 600))
def test_lambert_w_solves_its_equation(x):
    w = lambert_w_of_exp(x)
    assert w > 0.0
    assert w + math.log(w) == pytest.approx(x, rel=1e-12, abs=1e-12)


@given(st.floats(-30, 300))
def test_lambert_w_agrees_with_scipy(x):
    assert lambert_w_of_exp(x) == pytest.approx(lambertw(math.exp(x)).real, rel=1e-12)


@pytest.mark.parametrize("x", [-1e9, -800.0, 0.0, 1.0, 800.0, 1e9, 1e15])
def test_lambert_w_never_overflows(x):
    assert math.isfinite(lambert_w_of_exp(x))


def expected_gain(price, score, sensitivity, cost):
    """Win chance times what is left, written out."""
    return (price - cost) / (1.0 + math.exp(-(score - sensitivity * price)))


@given(scores, sensitivities, costs)
def test_no_price_beats_the_quoted_price(score, sensitivity, cost):
    price = quoted_price(score, sensitivity, cost)
    best = expected_gain(price, score, sensitivity, cost)
    others = np.linspace(cost, price + 20.0 / sensitivity, 400)
    assert all(best >= expected_gain(float(p), score, sensitivity, cost) * (1 - 1e-9) for p in others)
    assert best == pytest.approx(best_gain(score, sensitivity, cost), rel=1e-9)


@given(scores, sensitivities, costs, st.floats(0.01, 50))
def test_price_rises_with_cost_and_with_what_speaks_for_the_deal(score, sensitivity, cost, more):
    price = quoted_price(score, sensitivity, cost)
    assert quoted_price(score, sensitivity, cost + more) > price
    assert quoted_price(score + more, sensitivity, cost) >= price
    assert price > cost


@given(st.floats(1, 100), shares, shares)
def test_margin_pay_makes_a_rep_feel_the_true_cost(cost, aligned, norm):
    assert felt_cost(Discounting(professional_norm=norm), cost, 1.0, aligned) == pytest.approx(cost)


@given(st.floats(1, 100))
def test_volume_pay_without_conviction_makes_a_rep_feel_no_cost(cost):
    assert felt_cost(Discounting(), cost, 0.0, 0.0) == 0.0


@settings(max_examples=30)
@given(scores, sensitivities, shares)
def test_a_rep_on_mixed_pay_quotes_what_is_best_for_his_pay(score, sensitivity, weight):
    """Brute force over win chance times credit, for a rep without conviction."""
    cost, margin = 54.0, 0.4
    felt = felt_cost(Discounting(), cost, cost_share_of_credit(weight, margin), 0.0)
    price = quoted_price(score, sensitivity, felt)
    grid = np.linspace(0.0, felt + 40.0 / sensitivity, 20_001)
    credit = np.array([credit_per_unit(float(p), cost, margin, weight) for p in grid])
    earned = credit / (1.0 + np.exp(-(score - sensitivity * grid)))
    assert price == pytest.approx(float(grid[np.argmax(earned)]), rel=0.01, abs=0.05)


@given(scores, sensitivities, st.floats(1, 100))
def test_weinberg_a_rep_paid_on_margin_quotes_the_firms_best_price(score, sensitivity, cost):
    """Weinberg 1975: with commission on gross margin the two optima are the same, to 1%."""
    reps = quoted_price(score, sensitivity, felt_cost(Discounting(), cost, 1.0, 0.0))
    prices = np.linspace(cost, cost + 40.0 / sensitivity, 20_001)
    chances = 1.0 / (1.0 + np.exp(-(score - sensitivity * prices)))
    firms = float(prices[np.argmax(chances * (prices - cost))])
    assert reps == pytest.approx(firms, rel=0.01)


@given(st.floats(1, 100), shares, shares, shares, shares)
def test_felt_cost_lies_between_nothing_and_cost_and_rises(cost, weight, aligned, a, b):
    low, high = sorted((a, b))
    felt = felt_cost(Discounting(), cost, weight, aligned)
    assert -1e-9 <= felt <= cost * (1 + 1e-12)
    assert felt_cost(Discounting(), cost, low, aligned) <= felt_cost(Discounting(), cost, high, aligned) + 1e-9
    assert felt_cost(Discounting(), cost, weight, low) <= felt_cost(Discounting(), cost, weight, high) + 1e-9


@given(st.floats(-500, 500), st.floats(1, 200), shares)
def test_no_quote_is_above_list_or_below_the_floor(wanted, listed, authority):
    floor = floor_price(listed, authority)
    assert floor <= price_within(wanted, floor, listed) <= listed


def test_without_authority_list_is_the_floor():
    assert floor_price(100.0, 0.0) == 100.0
    assert price_within(73.0, floor_price(100.0, 0.0), 100.0) == 100.0


@given(shares, shares, shares)
def test_managers_who_understand_grant_less(leniency, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= grant_probability(leniency, high) <= grant_probability(leniency, low) <= leniency


def test_asking_costs_hours_at_their_worth():
    assert cost_of_asking(2.0, 62_400.0, 12.0) == pytest.approx(200.0)
    assert cost_of_asking(2.0, 62_400.0, 0.0) == 0.0
    assert is_worth_asking(1000.0, 0.3, 200.0)
    assert not is_worth_asking(600.0, 0.3, 200.0)
    assert not is_worth_asking(0.0, 1.0, 0.0)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1), st.floats(0.01, 1))
def test_everything_about_the_rep_speaks_for_the_offer(responding, trust, skill, effort, more):
    def utility(*state):
        return relationship_utility(Buying(), *state)

    here = utility(responding, trust, skill, effort)
    assert utility(responding + more, trust, skill, effort) > here
    assert utility(responding, trust + more, skill, effort) > here
    assert utility(responding, trust, skill + more, effort) > here
    assert utility(responding, trust, skill, effort + more) > here


@given(st.floats(-3, 3), st.floats(50, 150), st.floats(0.02, 0.1), st.floats(70, 120))
def test_win_chance_of_the_score_is_that_of_three_noisy_choices(relationship, value, sensitivity, price):
    """The logit closed form against 20,000 draws of the choice with Gumbel tastes."""
    buying = Buying()
    utility = utility_without_price(buying, sensitivity, value, relationship)
    chance = 1.0 / (1.0 + math.exp(-(win_score(buying, utility) - sensitivity * price)))
    noise = -np.log(-np.log(np.random.default_rng(5).random((20_000, 3))))
    choice = noise + np.array([utility - sensitivity * price, 0.0, buying.inertia])
    assert np.mean(choice.argmax(axis=1) == 0) == pytest.approx(chance, abs=0.017)


def test_gumbel_has_its_median_and_grows():
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2.0)))
    assert gumbel(0.9) > gumbel(0.5) > gumbel(0.1)
