"""What one more dollar is worth: giving up, sprinting and coasting follow from the slope of expected pay."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.payout import NO_CAP
from salesim.rules.worth import (
    Worth,
    chance_to_close_in_time,
    kept_until,
    rest_of_period,
    run_rate_after_a_week,
    spread_of_rest,
    worth_over_time,
)

from .curves import expected_curve_pay

QUOTA, RATE, SPREAD, DEAL = 100_000.0, 0.04, 10_000.0, 2_000.0
amounts = st.floats(0, 1e6)
shares = st.floats(0, 1)
weeks = st.floats(0, 52)


def worth_of_a_dollar(heading_for, threshold=0.0, accelerator=1.0, bonus=0.0, cap=NO_CAP, spread=SPREAD):
    """Mean pay for a dollar over one deal, for a rep who is heading for so many quotas."""
    with_deal, without = (
        expected_curve_pay(
            heading_for * QUOTA + credit, spread, QUOTA, RATE, threshold, accelerator, bonus, cap
        )
        for credit in (DEAL, 0.0)
    )
    return (with_deal - without) / DEAL


@given(st.floats(0, 3), st.floats(0.05, 1), st.floats(0, 10), st.floats(0, 1e4), st.floats(1, 3))
def test_a_dollar_is_never_worth_less_than_nothing(heading_for, threshold, accelerator, bonus, cap):
    assert worth_of_a_dollar(heading_for, threshold, accelerator, bonus, cap) >= -1e-9


@given(st.floats(0.7, 1.3), st.floats(0.05, 0.7), st.floats(0.5, 10), st.floats(0, 1e4))
def test_near_quota_a_dollar_is_worth_something(heading_for, threshold, accelerator, bonus):
    assert worth_of_a_dollar(heading_for, threshold, accelerator, bonus) > 0.3 * RATE


def test_far_below_the_threshold_reps_give_up():
    assert worth_of_a_dollar(0.1, threshold=0.6, bonus=5_000.0) < 0.001 * RATE


def test_far_below_quota_a_bonus_moves_nobody():
    assert worth_of_a_dollar(0.2, bonus=5_000.0) == pytest.approx(RATE, rel=1e-6)


def test_near_quota_reps_sprint_for_the_bonus():
    near, far = worth_of_a_dollar(0.98, bonus=5_000.0), worth_of_a_dollar(0.5, bonus=5_000.0)
    assert near > 5.0 * far


def test_above_quota_reps_coast_without_an_accelerator_and_run_with_one():
    assert worth_of_a_dollar(1.5, bonus=5_000.0) == pytest.approx(RATE, rel=1e-3)
    assert worth_of_a_dollar(1.5, accelerator=3.0) == pytest.approx(3.0 * RATE, rel=1e-3)


def test_beyond_the_cap_nothing_is_worth_anything():
    assert worth_of_a_dollar(1.9, cap=1.2) < 0.001 * RATE
    assert worth_of_a_dollar(1.9, accelerator=3.0, cap=1.2) < 0.001 * RATE


@given(st.floats(0.3, 1.7))
def test_a_bonus_draws_most_where_it_is_most_in_the_balance(heading_for):
    balanced = worth_of_a_dollar((QUOTA - 0.5 * DEAL) / QUOTA, bonus=5_000.0)
    assert worth_of_a_dollar(heading_for, bonus=5_000.0) <= balanced + 1e-12


@given(st.floats(0.5, 0.9), st.floats(2, 5))
def test_the_less_is_certain_the_further_from_quota_an_accelerator_is_felt(heading_for, accelerator):
    calm, wild = (worth_of_a_dollar(heading_for, accelerator=accelerator, spread=sd) for sd in (4e3, 4e4))
    assert wild > calm


@given(shares, st.floats(0, 1e5), weeks, weeks)
def test_what_is_left_is_less_certain_the_more_weeks_remain(rest_spread, weekly_quota, a, b):
    low, high = sorted((a, b))
    spread = spread_of_rest(rest_spread, weekly_quota, high)
    assert 0.0 <= spread_of_rest(rest_spread, weekly_quota, low) <= spread
    assert spread_of_rest(rest_spread, weekly_quota, 4.0 * high) == pytest.approx(2.0 * spread)


def test_the_spread_of_a_week_is_stated_and_a_period_that_is_over_is_certain():
    assert spread_of_rest(1.2, 100.0, 1.0) == pytest.approx(120.0)
    assert spread_of_rest(1.2, 100.0, 0.0) == 0.0
    assert spread_of_rest(1.2, 100.0, -1.0) == 0.0


@given(amounts, amounts, weeks, st.floats(0, 1e5), weeks)
def test_more_run_rate_pipeline_or_time_brings_more(run_rate, pipeline, left, more, later):
    worth = Worth()
    here = rest_of_period(worth, run_rate, pipeline, left)
    assert here >= 0.0
    assert rest_of_period(worth, run_rate + more, pipeline, left) >= here
    assert rest_of_period(worth, run_rate, pipeline + more, left) >= here
    assert rest_of_period(worth, run_rate, pipeline, left + later) >= here - 1e-9


@given(amounts, st.floats(0.1, 104), weeks)
def test_a_usual_pipeline_and_new_work_make_the_run_rate(run_rate, cycle, left):
    """In a steady state what is open and what is still to open bring what a usual week brings."""
    worth = Worth(usual_cycle=cycle)
    pipeline = run_rate * cycle / worth.pipeline_share
    assert rest_of_period(worth, run_rate, pipeline, left) == pytest.approx(run_rate * left, abs=1e-6)


def test_what_is_open_counts_as_far_as_it_is_won_in_time():
    worth = Worth(usual_cycle=8.0, pipeline_share=0.4)
    assert rest_of_period(worth, 0.0, 10_000.0, 1e6) == pytest.approx(4_000.0)
    assert rest_of_period(worth, 1_000.0, 10_000.0, 0.0) == 0.0
    assert rest_of_period(worth, 1_000.0, 0.0, 1.0) < 100.0


@given(weeks, weeks, st.floats(0.1, 104), st.floats(0.1, 104))
def test_work_closes_in_time_more_surely_with_more_weeks_and_a_shorter_cycle(a, b, c, d):
    (few, many), (short, long) = sorted((a, b)), sorted((c, d))
    chance = chance_to_close_in_time(many, short)
    assert 0.0 <= chance_to_close_in_time(few, short) <= chance <= 1.0
    assert chance_to_close_in_time(many, long) <= chance
    assert chance_to_close_in_time(0.0, short) == chance_to_close_in_time(-1.0, short) == 0.0


def test_in_a_usual_cycle_about_two_thirds_of_work_closes():
    assert chance_to_close_in_time(8.0, 8.0) == pytest.approx(0.632, abs=0.001)


@given(st.floats(0, 1), st.floats(0, 1), shares)
def test_worth_over_time_lies_between_this_period_and_the_next(now, later, chance):
    low, high = sorted((now, later))
    assert low - 1e-12 <= worth_over_time(now, later, chance) <= high + 1e-12
    assert worth_over_time(now, later, 1.0) == now
    assert worth_over_time(now, later, 0.0) == later


@given(st.floats(0, 0.2), weeks, weeks)
def test_waiting_discounts_by_the_week_and_knows_no_period_ends(discount, first, then):
    kept = kept_until(discount, first)
    assert 0.0 < kept <= 1.0
    assert kept_until(discount, first + then) == pytest.approx(kept * kept_until(discount, then))
    assert kept_until(discount, 0.0) == 1.0
    assert kept_until(0.0, first) == 1.0


def test_a_week_of_waiting_takes_off_about_the_stated_share():
    assert 1.0 - kept_until(0.008, 1.0) == pytest.approx(0.008, rel=0.005)


@given(amounts, amounts, shares)
def test_the_run_rate_stays_between_memory_and_news(rate, news, memory):
    low, high = sorted((rate, news))
    assert low - 1e-6 <= run_rate_after_a_week(rate, news, memory) <= high + 1e-6
    assert run_rate_after_a_week(rate, news, 1.0) == rate
    assert run_rate_after_a_week(rate, news, 0.0) == news


@given(st.floats(0.01, 0.99), st.floats(1, 1e5))
def test_steady_sales_become_the_run_rate(memory, weekly):
    rate = 0.0
    for _ in range(math.ceil(5.0 / -math.log10(memory))):
        rate = run_rate_after_a_week(rate, weekly, memory)
    assert rate == pytest.approx(weekly, rel=1e-4)
