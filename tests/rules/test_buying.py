"""Whether a customer buys: what speaks for the offer, and the choice of three behind the win chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.buying import (
    Buying,
    ability_utility,
    care_utility,
    gumbel,
    relationship_utility,
    utility_without_price,
    win_score,
)

shares = st.floats(0, 1)
utilities = st.floats(-10, 10)


@given(shares, shares, shares, st.floats(-1, 1), st.floats(0.01, 1))
def test_presence_trust_skill_and_the_person_all_speak_for_the_offer(
    responding, trust, skill, person, more
):
    here = relationship_utility(Buying(), responding, trust, skill, person)
    assert relationship_utility(Buying(), responding + more, trust, skill, person) > here
    assert relationship_utility(Buying(), responding, trust + more, skill, person) > here
    assert relationship_utility(Buying(), responding, trust, skill + more, person) > here
    assert relationship_utility(Buying(), responding, trust, skill, person + more) == pytest.approx(
        here + more
    )


def test_each_weight_is_what_the_full_measure_adds():
    buying = Buying(attention_weight=0.6, trust_weight=0.8, skill_weight=0.7)
    none = relationship_utility(buying, 0.0, 0.0, 0.0, 0.0)
    assert relationship_utility(buying, 1.0, 0.0, 0.0, 0.0) - none == pytest.approx(0.6)
    assert relationship_utility(buying, 0.0, 1.0, 0.0, 0.0) - none == pytest.approx(0.8)
    assert relationship_utility(buying, 0.0, 0.0, 1.0, 0.0) - none == pytest.approx(0.7)


@given(shares, shares, shares, shares)
def test_service_and_satisfaction_speak_for_staying(a, b, c, d):
    (less, more), (glum, glad) = sorted((a, b)), sorted((c, d))
    assert care_utility(Buying(), less, glum) <= care_utility(Buying(), more, glum) + 1e-12
    assert care_utility(Buying(), less, glum) <= care_utility(Buying(), less, glad) + 1e-12


def test_middling_satisfaction_without_service_is_neutral():
    assert care_utility(Buying(), 0.0, 0.5) == 0.0
    assert care_utility(Buying(), 0.0, 1.0) == pytest.approx(-care_utility(Buying(), 0.0, 0.0))
    assert care_utility(Buying(service_weight=0.2), 1.0, 0.5) == pytest.approx(0.2)


@given(st.floats(0.1, 10), st.floats(1, 10))
def test_ability_shows_a_little_and_an_average_one_not_at_all(ability, more):
    assert ability_utility(Buying(), ability * more) >= ability_utility(Buying(), ability)
    assert ability_utility(Buying(), 1.0) == 0.0
    assert ability_utility(Buying(), 1.0 / ability) == pytest.approx(-ability_utility(Buying(), ability))


@given(st.floats(0.01, 0.5), st.floats(0, 300), st.floats(0, 100), utilities)
def test_a_dollar_of_value_weighs_as_much_as_a_dollar_off_the_price(sensitivity, value, more, relationship):
    """So a customer who sees more value buys at a price higher by as much."""
    here = utility_without_price(Buying(), sensitivity, value, relationship)
    there = utility_without_price(Buying(), sensitivity, value + more, relationship)
    assert there - sensitivity * (80.0 + more) == pytest.approx(here - sensitivity * 80.0, abs=1e-9)


@given(st.floats(-5, 5), st.floats(0.01, 0.5), st.floats(0, 300), utilities)
def test_when_price_equals_value_only_relationship_must_beat_the_rivals_head_start(
    threshold, sensitivity, value, bond
):
    utility = utility_without_price(Buying(threshold=threshold), sensitivity, value, bond)
    assert utility - sensitivity * value == pytest.approx(bond + threshold, abs=1e-9)


@given(utilities, st.floats(-5, 5), st.floats(0, 5), st.floats(0.01, 5))
def test_doing_nothing_is_a_rival_more(utility, inertia, stronger, more):
    score = win_score(Buying(inertia=inertia), utility)
    assert score < utility
    assert win_score(Buying(inertia=min(inertia + stronger, 5.0)), utility) <= score
    assert win_score(Buying(inertia=inertia), utility + more) == pytest.approx(score + more)


def test_a_rival_as_good_and_nothing_as_good_leave_a_third_of_the_deals():
    score = win_score(Buying(inertia=0.0), 0.0)
    assert 1.0 / (1.0 + math.exp(-score)) == pytest.approx(1.0 / 3.0)


@given(st.floats(-3, 3), st.floats(50, 150), st.floats(0.02, 0.1), st.floats(70, 120))
def test_win_chance_of_the_score_is_that_of_three_noisy_choices(relationship, value, sensitivity, price):
    """The logit closed form against 20,000 draws of the choice with Gumbel tastes."""
    buying = Buying()
    utility = utility_without_price(buying, sensitivity, value, relationship)
    chance = 1.0 / (1.0 + math.exp(-(win_score(buying, utility) - sensitivity * price)))
    noise = -np.log(-np.log(np.random.default_rng(5).random((20_000, 3))))
    choice = noise + np.array([utility - sensitivity * price, 0.0, buying.inertia])
    assert np.mean(choice.argmax(axis=1) == 0) == pytest.approx(chance, abs=0.017)


@given(st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_tastes_grow_with_luck(a, b):
    low, high = sorted((a, b))
    assert gumbel(low) <= gumbel(high)


def test_tastes_are_standard_gumbel():
    """Euler's constant on average, pi / sqrt(6) in spread, and the median."""
    tastes = np.array([gumbel((k + 0.5) / 200_000) for k in range(200_000)])
    assert np.mean(tastes) == pytest.approx(0.57722, abs=0.001)
    assert np.std(tastes) == pytest.approx(math.pi / math.sqrt(6.0), abs=0.002)
    assert gumbel(0.5) == pytest.approx(0.36651, abs=1e-5)
