"""What people say about the strategy: how they rate themselves, and what they can recall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from salesim.rules.survey import Survey, recall_of_three, self_rated

from .drawn import ROUNDING, pairs_of_shares, shares

powers = st.floats(1, 10)
alike = st.floats(0.05, 1000)


@given(shares, powers)
def test_people_think_that_they_understand_at_least_what_they_do(understanding, power):
    assert understanding - ROUNDING <= self_rated(understanding, power) <= 1.0


@given(powers)
def test_who_knows_nothing_or_everything_rates_himself_rightly(power):
    assert self_rated(0.0, power) == 0.0
    assert self_rated(1.0, power) == 1.0


@given(st.floats(1e-5, 1e-3), powers)
def test_who_knows_little_overrates_it_by_the_stated_factor(understanding, power):
    """The chord from nothing is at most the slope, and falls short of it by the curvature."""
    factor = self_rated(understanding, power) / understanding
    assert power * (1.0 - 0.5 * power * understanding) - 1e-6 <= factor <= power + 1e-6


@given(pairs_of_shares, powers)
def test_who_knows_more_rates_himself_higher(known, power):
    assert self_rated(known[0], power) <= self_rated(known[1], power)


@given(shares, powers, powers)
def test_more_overrating_is_a_higher_rating(understanding, a, b):
    low, high = sorted((a, b))
    assert self_rated(understanding, low) <= self_rated(understanding, high) + ROUNDING


def test_the_published_gap_between_rated_and_actual_is_near_three_where_little_is_known():
    assert self_rated(0.05, Survey().self_rating) / 0.05 == pytest.approx(3.0, rel=0.06)


@given(st.floats(1e-3, 1 - 1e-3), alike)
def test_recall_is_the_beta_binomial_chance_of_three_of_five(understanding, concentration):
    yes, no = understanding * concentration, (1.0 - understanding) * concentration
    published = sum(float(betabinom.pmf(named, 5, yes, no)) for named in (3, 4, 5))
    assert recall_of_three(understanding, concentration) == pytest.approx(published, rel=1e-7, abs=1e-12)


@given(pairs_of_shares, alike)
def test_who_understands_more_recalls_more(known, concentration):
    low, high = (recall_of_three(understanding, concentration) for understanding in known)
    assert 0.0 <= low <= high + ROUNDING <= 1.0 + 2.0 * ROUNDING


@given(alike)
def test_who_knows_nothing_recalls_nothing_and_who_knows_all_recalls_all(concentration):
    assert recall_of_three(0.0, concentration) == 0.0
    assert recall_of_three(1.0, concentration) == pytest.approx(1.0)
    assert recall_of_three(0.5, concentration) == pytest.approx(0.5)


@given(shares)
def test_people_who_are_all_alike_recall_by_simple_chance(understanding):
    assert recall_of_three(understanding, 1e9) == pytest.approx(
        float(binom(5, understanding).sf(2)), abs=1e-6
    )


@given(shares)
def test_where_people_have_nothing_in_common_some_know_all_and_the_others_nothing(understanding):
    assert recall_of_three(understanding, 1e-9) == pytest.approx(understanding, abs=1e-6)


def test_recall_is_what_a_thousand_people_would_say():
    luck = np.random.default_rng(7)
    knows = luck.beta(0.4 * 2.0, 0.6 * 2.0, 200_000)
    named = luck.binomial(5, knows)
    assert recall_of_three(0.4, 2.0) == pytest.approx(float((named >= 3).mean()), abs=0.005)
