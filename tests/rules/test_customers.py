"""Accounts, calls, needs, selling, the market and the plan."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.accounts import Accounts, best_hours, hours_weight, water_level
from salesim.rules.arithmetic import (
    approach,
    at_least,
    at_most,
    clamp,
    exponential,
    half_life_kept,
    normal_density,
    normal_share_above,
    sigmoid,
    weekly_hazard,
    weekly_kept,
)
from salesim.rules.calls import (
    Calls,
    attention_after_a_week,
    invitation_probability,
    response,
    trust_after_a_week,
)
from salesim.rules.market import (
    Market,
    account_value,
    fit_after_drift,
    sensitivity_factor,
    serving_cost,
)
from salesim.rules.needs import LONGEST_WAIT, wait_for_need
from salesim.rules.planning import (
    operating_plan,
    planned_margin,
    planned_price,
    quota,
    weeks_between_refreshes,
)
from salesim.rules.relationship import (
    Relationship,
    leaving_probability,
    satisfaction_after_a_quarter,
)
from salesim.rules.selling import Selling, perceived_value, progress_in_a_week, value_selling

shares = st.floats(0, 1)
any_number = st.floats(-1e300, 1e300)


def divided(worths, hours, half):
    """Water-filling as the week does it: drop the dry ones until nobody is dry."""
    roots = [math.sqrt(w * half) for w in worths]
    active = list(range(len(roots)))
    while True:
        level = water_level(sum(roots[i] for i in active), len(active), hours, half)
        wet = [i for i in active if best_hours(roots[i], level, half) > 0.0]
        if wet == active:
            return [best_hours(roots[i], level, half) if i in active else 0.0 for i in range(len(roots))]
        active = wet


worths = st.lists(st.floats(0.1, 1e5), min_size=1, max_size=12)


@given(worths, st.floats(0.1, 40), st.floats(0.01, 2), st.integers(0, 2**32 - 1))
def test_water_filling_beats_any_other_division_of_the_same_hours(worth, hours, half, seed):
    best = divided(worth, hours, half)
    assert sum(best) == pytest.approx(hours)

    def earned(division):
        return sum(w * h / (h + half) for w, h in zip(worth, division, strict=True))

    others = np.random.default_rng(seed).dirichlet(np.ones(len(worth)), 50) * hours
    nudged = np.abs(np.array(best) * np.random.default_rng(seed).uniform(0.9, 1.1, (50, len(worth))))
    nudged *= hours / nudged.sum(axis=1, keepdims=True)
    assert all(earned(best) >= earned(list(d)) * (1 - 1e-9) for d in [*others, *nudged])


def test_no_worth_no_hours():
    assert water_level(0.0, 3, 10.0, 0.2) == 0.0
    assert best_hours(0.0, 5.0, 0.2) == 0.0


@given(st.floats(0.01, 1), st.floats(0.01, 1), shares, st.floats(0, 12))
def test_the_unaligned_go_for_comfort_and_the_aligned_for_the_plan(a, b, aligned, value):
    low, high = sorted((a, b))
    accounts = Accounts()
    assert hours_weight(accounts, 0.0, low, value, aligned) <= hours_weight(accounts, 0.0, high, value, aligned)
    assert hours_weight(accounts, 0.0, low, value, 1.0) == hours_weight(accounts, 0.0, high, value, 1.0)
    assert hours_weight(accounts, 0.0, low, 1.0, 0.0) == hours_weight(accounts, 0.0, low, value, 0.0)
    assert hours_weight(accounts, 1.0, low, value, aligned) > hours_weight(accounts, 0.0, low, value, aligned)


@given(st.floats(0, 40), st.floats(0, 40), shares)
def test_attention_lies_between_memory_and_news(attention, hours, kept):
    low, high = sorted((attention, hours))
    assert low - 1e-9 <= attention_after_a_week(attention, hours, kept) <= high + 1e-9


@given(st.floats(0, 100), st.floats(0.01, 10))
def test_response_is_concave_and_half_at_its_half(attention, half):
    assert response(half, half) == pytest.approx(0.5)
    first = response(attention + 1.0, half) - response(attention, half)
    second = response(attention + 2.0, half) - response(attention + 1.0, half)
    assert 0.0 <= second <= first
    assert 0.0 <= response(attention, half) < 1.0


@given(shares, shares, shares)
def test_trust_stays_a_share(trust, responding, kept):
    assert 0.0 <= trust_after_a_week(trust, Calls().trust_gain, responding, kept) <= 1.0


def test_a_year_without_calls_costs_a_quarter_of_trust():
    trust = 0.8
    for _ in range(52):
        trust = trust_after_a_week(trust, Calls().trust_gain, 0.0, weekly_kept(Calls().trust_kept))
    assert trust == pytest.approx(0.6)


@given(shares, shares, shares)
def test_presence_and_trust_bring_invitations(responding, trust, loyalty):
    chance = invitation_probability(responding, trust, loyalty)
    assert responding - 1e-12 <= chance <= 1.0
    assert chance >= loyalty * trust - 1e-12


@given(st.floats(1e-6, 10), st.floats(1e-9, 1 - 1e-9), st.floats(0.1, 10))
def test_needs_come_sooner_where_there_are_more(rate, luck, more):
    assert 0.0 < wait_for_need(rate + more, luck) < wait_for_need(rate, luck) <= LONGEST_WAIT
    assert wait_for_need(0.0, luck) == LONGEST_WAIT


@pytest.mark.parametrize("rate", [0.08, 1.0, 5.0])
def test_needs_come_at_their_rate(rate):
    luck = (np.arange(20_000) + 0.5) / 20_000
    assert np.mean([wait_for_need(rate, float(u)) for u in luck]) == pytest.approx(1.0 / rate, rel=0.01)


@given(shares, shares, shares)
def test_skill_presence_and_understanding_help_selling(skill, responding, understanding):
    selling = Selling()
    assert progress_in_a_week(selling, skill, responding) <= progress_in_a_week(selling, 1.0, 1.0)
    assert 0.0 <= value_selling(selling, skill, understanding) <= skill + 1e-12
    assert value_selling(selling, skill, 1.0) == skill


@given(st.floats(0, 200), shares, shares)
def test_value_is_seen_as_far_as_it_is_argued(value, a, b):
    low, high = sorted((a, b))
    selling = Selling()
    assert perceived_value(selling, value, low) <= perceived_value(selling, value, high) + 1e-9
    assert perceived_value(selling, value, 1.0) == pytest.approx(value)
    assert perceived_value(selling, value, 0.0) == pytest.approx(value * selling.self_evident)


@given(shares, shares, st.floats(-20, 20))
def test_fit_makes_value_and_saves_service(a, b, deviation):
    low, high = sorted((a, b))
    market = Market()
    assert account_value(market, low, deviation) <= account_value(market, high, deviation)
    assert serving_cost(market, low) >= serving_cost(market, high)
    assert account_value(market, 0.0, -1e6) == 0.0


@given(shares, st.floats(-3, 3))
def test_fit_stays_a_share(fit, shock):
    assert 0.0 <= fit_after_drift(fit, shock) <= 1.0


def test_buyers_differ_in_the_weight_of_price():
    market = Market()
    factors = [sensitivity_factor(market, (k + 0.5) / 1000) for k in range(1000)]
    assert factors.count(1.5) == 300
    assert factors.count(0.7) == 300
    assert factors.count(1.0) == 400


@given(shares, shares, shares)
def test_satisfaction_moves_to_fit_and_contact_and_stays_a_share(satisfaction, fit, responding):
    after = satisfaction_after_a_quarter(Relationship(), satisfaction, fit, responding)
    assert 0.0 <= after <= 1.0
    level = 0.5 * (fit + responding)
    assert abs(after - level) <= abs(satisfaction - level) + 1e-12


@given(shares, shares)
def test_the_unhappy_leave_sooner(a, b):
    low, high = sorted((a, b))
    chance = leaving_probability(Relationship(), low, 13.0)
    assert 0.0 <= leaving_probability(Relationship(), high, 13.0) <= chance <= 1.0


def test_the_middling_leave_at_the_stated_rate():
    quarterly = leaving_probability(Relationship(churn=0.13), 0.5, 13.0)
    assert 1.0 - (1.0 - quarterly) ** 4 == pytest.approx(0.13)


def test_plans():
    assert planned_price(100.0, 0.1) == 90.0
    assert planned_margin(90.0, 54.0) == pytest.approx(0.4)
    assert operating_plan(1000.0, 0.03) == pytest.approx(1030.0)
    assert [weeks_between_refreshes(m) for m in (1, 3, 6, 12, 24)] == [4, 13, 26, 52, 104]


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=20), st.floats(0, 1e9), st.floats(-0.5, 1))
def test_quotas_add_up_to_the_plan_and_what_is_put_on_top(potentials, plan, over):
    total = sum(potentials)
    quotas = [quota(plan, over, potential, total) for potential in potentials]
    if total > 0.0:
        assert sum(quotas) == pytest.approx(plan * (1.0 + over), rel=1e-9, abs=1e-6)
    else:
        assert set(quotas) == {0.0}


@given(any_number, any_number, any_number)
def test_bounds_hold(value, a, b):
    low, high = sorted((a, b))
    assert low <= clamp(value, low, high) <= high
    assert at_least(value, low) == max(value, low)
    assert at_most(value, high) == min(value, high)


@given(any_number)
def test_nothing_overflows(x):
    assert 0.0 <= sigmoid(x) <= 1.0
    assert math.isfinite(exponential(x))
    assert 0.0 <= normal_density(x) <= 0.4
    assert 0.0 <= normal_share_above(x) <= 1.0


def test_rates_and_half_lives():
    assert half_life_kept(13.0) ** 13 == pytest.approx(0.5)
    assert weekly_kept(0.75) ** 52 == pytest.approx(0.75)
    assert math.exp(-52 * weekly_hazard(0.26)) == pytest.approx(0.74)
    assert approach(2.0, 10.0, 0.25) == 4.0
    assert normal_share_above(0.0) == 0.5
    assert normal_share_above(1.959964) == pytest.approx(0.025, abs=1e-6)
