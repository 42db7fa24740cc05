"""How people understand, believe, learn, work and leave."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.acceptance import Acceptance, alignment, buy_in_after_a_week, buy_in_level
from salesim.rules.communication import (
    message_arriving,
    message_is_due,
    understanding_after_message,
    understanding_kept,
)
from salesim.rules.handover import fair_number, trust_after_handover
from salesim.rules.intensity import (
    Effort,
    best_intensity,
    chosen_intensity,
    reward_of_a_week,
    utility_of_intensity,
)
from salesim.rules.learning import (
    Learning,
    ceiling,
    coaching_hours_each,
    learned_in_a_week,
    settled_skill,
    skill_after_a_week,
)
from salesim.rules.leaving import Leaving, leaving_probability, recent_pay_after_a_period

shares = st.floats(0, 1)


def test_messages_come_at_the_start_and_at_every_interval():
    due = [t for t in range(-20, 40) if message_is_due(13, t)]
    assert due == [0, 13, 26, 39]


@given(shares, shares, st.integers(0, 10))
def test_each_hop_loses_its_share(clarity, fidelity, hops):
    arriving = message_arriving(clarity, fidelity, float(hops))
    assert arriving == pytest.approx(clarity * math.prod([fidelity] * hops))
    assert message_arriving(clarity, fidelity, hops + 1.0) <= arriving


@given(shares, shares, shares)
def test_a_message_never_makes_anyone_know_less_or_more_than_it_says(known, arriving, absorption):
    after = understanding_after_message(known, arriving, absorption)
    assert known <= after <= max(known, arriving) + 1e-12


@given(st.floats(1, 520))
def test_understanding_halves_in_its_half_life(half_life):
    assert understanding_kept(half_life) ** half_life == pytest.approx(0.5)


@given(shares, shares, shares, shares)
def test_voice_trust_and_agreeing_pay_make_buy_in(voice, trust, a, b):
    low, high = sorted((a, b))
    base = Acceptance(sales_voice=voice, trust_in_head_office=trust)
    assert 0.0 <= buy_in_level(base, low) <= buy_in_level(base, high) <= 1.0
    assert buy_in_level(Acceptance(sales_voice=low), 0.5) <= buy_in_level(Acceptance(sales_voice=high), 0.5)
    quiet, loud = (Acceptance(trust_in_head_office=t) for t in (low, high))
    assert buy_in_level(quiet, 0.5) <= buy_in_level(loud, 0.5)


@given(shares, shares, shares)
def test_buy_in_moves_towards_its_level(buy_in, level, adjustment):
    after = buy_in_after_a_week(buy_in, level, adjustment)
    assert abs(level - after) <= abs(level - buy_in) + 1e-12


@given(shares, shares)
def test_alignment_takes_both(understanding, buy_in):
    assert alignment(understanding, buy_in) <= min(understanding, buy_in)
    assert alignment(1.0, buy_in) == buy_in
    assert alignment(understanding, 0.0) == 0.0


@given(st.floats(-1, 100), st.floats(0.01, 100))
def test_more_reward_never_means_less_effort(reward, more):
    effort = Effort()
    assert effort.lowest <= chosen_intensity(effort, reward) <= chosen_intensity(effort, reward + more)
    assert chosen_intensity(effort, reward + more) <= effort.highest


@given(st.floats(0.1, 10))
def test_effort_is_where_its_marginal_cost_meets_its_worth(reward):
    """Brute force over reward * ln(e) - e**4 / 4 within the bounds."""
    effort = Effort()
    grid = [effort.lowest + k * (effort.highest - effort.lowest) / 20_000 for k in range(20_001)]
    best = max(grid, key=lambda e: reward * math.log(e) - e**4 / 4.0)
    assert chosen_intensity(effort, reward) == pytest.approx(best, abs=2e-4)


def test_a_usual_week_at_usual_pay_means_usual_effort():
    effort = Effort()
    assert chosen_intensity(effort, reward_of_a_week(effort, effort.usual_worth, 500.0, 500.0)) == 1.0
    assert reward_of_a_week(effort, 2.0 * effort.usual_worth, 0.0, 0.0) == 2.0
    assert utility_of_intensity(effort, 1.0) == 0.0
    assert best_intensity(effort, 0.4) > 1.5


@given(st.floats(0.01, 20), st.floats(0.01, 20))
def test_the_able_reach_more(a, b):
    low, high = sorted((a, b))
    assert 0.0 < ceiling(Learning(), low) <= ceiling(Learning(), high) < 1.0


@given(shares, shares, shares, shares)
def test_skill_settles_where_learning_and_forgetting_balance(top, learned, kept, skill):
    at_rest = settled_skill(top, learned, kept)
    assert 0.0 <= at_rest <= top * (1 + 1e-12)
    if learned + (1.0 - kept) > 0.0:
        assert skill_after_a_week(at_rest, top, learned, kept) == pytest.approx(at_rest, abs=1e-12)
    before = min(skill, top)
    assert 0.0 <= skill_after_a_week(before, top, learned, kept) <= top + 1e-12


@given(st.floats(0, 5), st.floats(0, 20), st.floats(0, 10), st.floats(0, 5))
def test_deals_coaching_and_ability_teach(ability, deals, hours, more):
    learning = Learning()
    here = learned_in_a_week(learning, ability, deals, hours)
    assert 0.0 <= here <= 1.0
    assert here <= learned_in_a_week(learning, ability + more, deals, hours)
    assert here <= learned_in_a_week(learning, ability, deals + more, hours)
    assert here <= learned_in_a_week(learning, ability, deals, hours + more)


def test_exceptions_eat_coaching():
    assert coaching_hours_each(40.0, 0.16, 0.0, 8) == pytest.approx(0.8)
    assert coaching_hours_each(40.0, 0.16, 2.4, 8) == pytest.approx(0.5)
    assert coaching_hours_each(40.0, 0.16, 9.9, 8) == 0.0
    assert coaching_hours_each(40.0, 0.16, 0.0, 0) == 0.0


@given(st.floats(0, 3e5), st.floats(1, 1e5), st.floats(1e4, 3e5))
def test_reps_stay_for_pay(recent, more, market):
    leaving = Leaving()
    assert 0.0 <= leaving_probability(leaving, recent + more, market) <= leaving_probability(leaving, recent, market)
    assert leaving_probability(leaving, recent, market) <= 1.0


def test_at_market_pay_the_stated_share_leaves_in_a_year():
    weekly = leaving_probability(Leaving(turnover=0.26), 150_000.0, 150_000.0)
    assert 1.0 - (1.0 - weekly) ** 52 == pytest.approx(0.26)


def test_pay_is_remembered_over_periods():
    assert recent_pay_after_a_period(100.0, 200.0, 0.5, 13.0) == 150.0
    assert recent_pay_after_a_period(100.0, 200.0, 0.0, 13.0) == 200.0
    weekly = 100.0
    for _ in range(13):
        weekly = recent_pay_after_a_period(weekly, 200.0, 0.5, 1.0)
    assert weekly == pytest.approx(150.0)


@given(shares, shares)
def test_handover_costs_trust(trust, kept):
    assert 0.0 <= trust_after_handover(trust, kept) <= trust


@given(st.integers(0, 1000), st.integers(0, 50))
def test_a_fair_share_can_be_given_to_everyone(accounts, reps):
    assert fair_number(accounts, reps) * reps <= accounts
    assert fair_number(accounts, 0) == 0
