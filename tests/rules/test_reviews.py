"""What account reviews teach: for good, for some weeks, and from a partner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.reviews import Reviews, clearer, lesson, lesson_of_a_pair, memory_kept, skill_at_hand

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_reviews = anything(Reviews)


@given(any_reviews, shares, shares, shares)
def test_a_review_alone_never_lowers_skill_nor_lifts_it_beyond_the_ceiling(reviews, skill, top, weight):
    after = skill + lesson(reviews, skill, top, weight)
    assert skill <= after <= max(skill, top) + ROUNDING


@given(any_reviews, shares, pairs_of_shares, shares)
def test_who_has_more_to_learn_learns_more(reviews, skill, tops, weight):
    assert lesson(reviews, skill, tops[0], weight) <= lesson(reviews, skill, tops[1], weight)
    assert lesson(reviews, tops[0], 1.0, weight) >= lesson(reviews, tops[1], 1.0, weight)


@given(any_reviews, shares, shares, pairs_of_shares)
def test_who_listens_in_learns_less_than_whose_account_it_is(reviews, skill, top, weights):
    assert lesson(reviews, skill, top, weights[0]) <= lesson(reviews, skill, top, weights[1])
    assert lesson(reviews, skill, top, 0.0) == 0.0


@given(any_reviews, shares, shares)
def test_a_pair_closes_its_gap_on_the_weaker_only(reviews, mine, theirs):
    low, high = sorted((mine, theirs))
    gained = lesson_of_a_pair(reviews, low, high)
    assert lesson_of_a_pair(reviews, high, low) == 0.0
    assert low <= low + gained <= high + ROUNDING
    assert high - (low + gained) == pytest.approx((1.0 - reviews.pair_effect) * (high - low), abs=ROUNDING)


@given(anything(Reviews, pair_effect=st.floats(0, 0.99)), shares, shares)
def test_a_review_in_a_pair_never_swaps_who_is_ahead(reviews, mine, theirs):
    low, high = sorted((mine, theirs))
    for _ in range(50):
        low += lesson_of_a_pair(reviews, low, high)
    assert low <= high + ROUNDING


@given(shares, shares, shares)
def test_talking_about_a_case_never_blurs_the_strategy(understanding, clarity, effect):
    after = clearer(understanding, clarity, effect)
    assert understanding <= after <= max(understanding, clarity) + ROUNDING


@given(shares, pairs_of_shares, shares)
def test_a_clearer_strategy_is_seen_more_clearly(understanding, clarities, effect):
    assert clearer(understanding, clarities[0], effect) <= clearer(understanding, clarities[1], effect)


def test_a_review_brings_its_share_of_what_is_missing():
    assert clearer(0.2, 1.0, 0.25) == pytest.approx(0.4)
    assert lesson(Reviews(effect=0.1), 0.4, 0.9, 1.0) == pytest.approx(0.05)
    assert lesson_of_a_pair(Reviews(pair_effect=0.25), 0.4, 0.8) == pytest.approx(0.1)


@pytest.mark.parametrize("half_life", [1, 4, 26])
def test_what_is_fresh_halves_in_its_half_life(half_life):
    fresh, kept = 0.08, memory_kept(Reviews(memory_half_life=float(half_life)))
    for _ in range(half_life):
        fresh *= kept
    assert fresh == pytest.approx(0.04)


@given(any_reviews)
def test_working_memory_never_grows_by_itself(reviews):
    assert 0.0 <= memory_kept(reviews) < 1.0


@given(shares, pairs_of_shares)
def test_what_is_fresh_adds_to_skill_up_to_mastery(skill, fresh):
    assert skill <= skill_at_hand(skill, fresh[0]) <= skill_at_hand(skill, fresh[1]) <= 1.0
    assert skill_at_hand(skill, 0.0) == skill
    assert skill_at_hand(0.3, 0.4) == pytest.approx(0.7)
    assert skill_at_hand(0.7, 0.4) == 1.0


def test_a_review_is_remembered_for_weeks_and_its_lesson_for_good():
    reviews = Reviews()
    fresh = reviews.working_memory * memory_kept(reviews) ** 26
    assert fresh < 0.02 * reviews.working_memory
    assert fresh < lesson(reviews, 0.4, 0.7, 1.0)
