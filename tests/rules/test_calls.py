"""What calls do to an account: quick attention, slow trust, and invitations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.arithmetic import weekly_kept
from salesim.rules.calls import (
    Calls,
    attention_after_a_week,
    invitation_probability,
    response,
    trust_after_a_week,
)

from .drawn import ROUNDING, pairs_of_shares, shares

hours = st.floats(0, 40)
halves = st.floats(0.001, 40)


@given(hours, hours, shares)
def test_attention_lies_between_memory_and_news(attention, called, kept):
    low, high = sorted((attention, called))
    assert low - 1e-9 <= attention_after_a_week(attention, called, kept) <= high + 1e-9


@given(hours, hours, shares, st.floats(0, 10))
def test_more_calls_now_or_before_are_more_attention(attention, called, kept, more):
    here = attention_after_a_week(attention, called, kept)
    assert here <= attention_after_a_week(attention + more, called, kept) + 1e-9
    assert here <= attention_after_a_week(attention, called + more, kept) + 1e-9


@given(hours, hours)
def test_steady_calling_is_all_attention_in_the_end(attention, called):
    for _ in range(200):
        attention = attention_after_a_week(attention, called, Calls().attention_kept)
    assert attention == pytest.approx(called, abs=1e-9)


def test_attention_halves_in_about_a_month_and_is_gone_in_a_quarter_or_two():
    left = [0.4]
    for _ in range(26):
        left.append(attention_after_a_week(left[-1], 0.0, 0.85))
    half_life = math.log(2.0) / -math.log(0.85)
    assert left[4] > 0.2 > left[5]
    assert 4.0 < half_life < 5.0
    assert left[13] < 0.13 * left[0]
    assert left[26] < 0.02 * left[0]


@pytest.mark.parametrize("kept", [0.5, 0.75, 0.9])
def test_a_year_without_calls_keeps_the_stated_share_of_trust(kept):
    trust = 0.8
    for _ in range(52):
        trust = trust_after_a_week(trust, Calls().trust_gain, 0.0, weekly_kept(kept))
    assert trust == pytest.approx(0.8 * kept)


def test_trust_outlives_attention_by_years():
    """The stocks of the model: a quarter without calls takes attention and hardly touches trust."""
    calls = Calls()
    attention, trust = 0.3, 0.6
    for _ in range(13):
        attention = attention_after_a_week(attention, 0.0, calls.attention_kept)
        trust = trust_after_a_week(trust, calls.trust_gain, 0.0, weekly_kept(calls.trust_kept))
    assert attention < 0.15 * 0.3
    assert trust > 0.9 * 0.6


@given(shares, shares, shares, shares)
def test_trust_stays_a_share(trust, gain, responding, kept):
    assert 0.0 <= trust_after_a_week(trust, gain, responding, kept) <= 1.0 + ROUNDING


@given(pairs_of_shares, shares, shares)
def test_trust_grows_with_contact(responses, trust, gain):
    away, present = (trust_after_a_week(trust, gain, responding, 0.99) for responding in responses)
    assert away <= present + ROUNDING


@given(pairs_of_shares, st.floats(0, 0.5), shares)
def test_who_is_trusted_more_still_is_a_week_later(trusts, gain, responding):
    low, high = (trust_after_a_week(trust, gain, responding, 0.99) for trust in trusts)
    assert low <= high + ROUNDING


@given(shares, st.floats(0.001, 0.1), st.floats(0.1, 1))
def test_trust_settles_where_gain_and_loss_balance(trust, gain, responding):
    kept = 0.99
    for _ in range(5000):
        trust = trust_after_a_week(trust, gain, responding, kept)
    assert gain * responding * (1.0 - trust) == pytest.approx((1.0 - kept) * trust, abs=1e-9)


@given(st.floats(0, 100), halves)
def test_each_hour_of_calling_brings_less_than_the_one_before(attention, half):
    first = response(attention + 1.0, half) - response(attention, half)
    second = response(attention + 2.0, half) - response(attention + 1.0, half)
    assert 0.0 <= second <= first
    assert 0.0 <= response(attention, half) < 1.0


@given(halves, st.floats(0.1, 10))
def test_response_is_nothing_without_calls_and_half_at_its_half(half, more):
    assert response(0.0, half) == 0.0
    assert response(half, half) == pytest.approx(0.5)
    assert response(3.0 * half, half) == pytest.approx(0.75)
    assert response(1.0, half + more) < response(1.0, half)


@given(shares, shares, shares)
def test_presence_or_trust_bring_invitations(responding, trust, loyalty):
    chance = invitation_probability(responding, trust, loyalty)
    assert (
        max(responding, loyalty * trust) - ROUNDING
        <= chance
        <= min(1.0, responding + loyalty * trust) + ROUNDING
    )
    assert invitation_probability(responding, 0.0, loyalty) == pytest.approx(responding)
    assert invitation_probability(0.0, trust, loyalty) == pytest.approx(loyalty * trust)
    assert invitation_probability(1.0, trust, loyalty) == 1.0


@given(st.tuples(shares, shares, shares), st.integers(0, 2), shares)
def test_more_presence_trust_or_loyalty_bring_more_invitations(what, which, other):
    low, high = list(what), list(what)
    low[which], high[which] = sorted((what[which], other))
    assert invitation_probability(*low) <= invitation_probability(*high) + ROUNDING


def test_invitations_come_as_often_as_a_thousand_customers_would_send_them():
    luck = np.random.default_rng(11)
    seen, remembered = luck.random(200_000) < 0.3, luck.random(200_000) < 0.5 * 0.6
    assert invitation_probability(0.3, 0.6, 0.5) == pytest.approx(
        float((seen | remembered).mean()), abs=0.005
    )
