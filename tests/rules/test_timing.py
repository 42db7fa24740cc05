"""When a ready deal gets its price: the natural week, the rep's timing and the customer's waiting."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesim.rules.timing import (
    after_concession,
    cost_of_date,
    customer_waits,
    gap_after_a_price,
    is_worth_holding,
    is_worth_hurrying,
    natural_delay,
    usual_cut_after,
    worth_if_watched,
)
from salesim.rules.worth import kept_until

worths = st.floats(0, 1)
kept = st.floats(0, 1)
prices = st.floats(0, 1e4)
uniforms = st.floats(0, 1, exclude_max=True)


@given(st.integers(0, 52), uniforms)
def test_left_alone_a_customer_signs_within_its_slack(slack, luck):
    assert 0 <= natural_delay(slack, luck) <= slack


@given(st.integers(0, 20))
def test_every_week_of_the_slack_is_equally_likely(slack):
    weeks = Counter(natural_delay(slack, (k + 0.5) / (100 * (slack + 1))) for k in range(100 * (slack + 1)))
    assert weeks == dict.fromkeys(range(slack + 1), 100)


@given(worths, worths, kept, worths)
def test_a_deal_that_is_worth_holding_stays_so_when_the_next_period_pays_more(now, later, share, more):
    if is_worth_holding(now, later, share):
        assert is_worth_holding(now, later + more, share)
        assert is_worth_holding(now, later, 1.0)
        assert is_worth_holding(0.5 * now, later, share)


@given(worths, worths, worths)
def test_a_deal_that_is_worth_hurrying_stays_so_when_this_period_pays_more(now, later, more):
    if is_worth_hurrying(now, later):
        assert is_worth_hurrying(now + more, later)
        assert is_worth_hurrying(now, 0.5 * later)


@given(worths, worths, kept)
def test_no_deal_is_both_hurried_and_held(now, later, share):
    assert not (is_worth_hurrying(now, later) and is_worth_holding(now, later, share))


@given(worths, kept)
def test_no_rep_holds_a_deal_back_for_the_same_pay(worth, share):
    assert not is_worth_holding(worth, worth, share)


@given(worths, worths, st.floats(0, 1), st.floats(0, 1), kept)
def test_the_more_a_manager_watches_the_less_a_rep_holds(now, later, watch, less, share):
    watched = worth_if_watched(now, later, watch)
    assert min(now, later) - 1e-12 <= watched <= max(now, later) + 1e-12
    if later >= now and is_worth_holding(now, watched, share):
        assert is_worth_holding(now, worth_if_watched(now, later, watch * less) + 1e-12, share)
    assert worth_if_watched(now, later, 0.0) == later
    assert not is_worth_holding(now, worth_if_watched(now, later, 1.0), 1.0 - 1e-9) or now == 0.0


@given(st.floats(0.001, 1))
def test_a_deal_is_hurried_for_an_accelerator_and_held_for_a_fresh_start(rate):
    assert is_worth_hurrying(2.0 * rate, rate)
    assert is_worth_holding(0.2 * rate, rate, kept_until(0.008 + 0.03, 2.0))


def test_holding_is_not_worth_a_gain_that_waiting_eats_up():
    assert is_worth_holding(0.040, 0.042, kept_until(0.008, 2.0))
    assert not is_worth_holding(0.040, 0.042, kept_until(0.008, 8.0))


@example(rate=0.04, discount=0.008, weeks=2)
@given(st.floats(0.001, 1), st.floats(0, 0.2), st.integers(1, 8))
def test_linear_pay_gives_no_calendar_pattern(rate, discount, weeks):
    """A dollar is worth the rate in this period and in the next, so a period's end changes nothing.

    Reps hurry deals in the last week of a period only: if impatience were reason enough, linear pay
    would bunch signatures at period ends (model: Price).
    """
    assert not is_worth_holding(rate, rate, kept_until(discount, float(weeks)))
    assert not is_worth_hurrying(rate, rate)


@given(st.floats(-100, 100), st.floats(0, 10), st.integers(0, 52), st.floats(0, 100), st.integers(0, 10))
def test_customers_wait_for_more_gap_and_less_cost(gap, cost, weeks, more, sooner):
    if customer_waits(gap, cost, weeks):
        assert customer_waits(gap + more, cost, weeks)
        assert customer_waits(gap, 0.5 * cost, weeks)
        assert weeks - sooner < 1 or customer_waits(gap, cost, weeks - sooner)


@given(st.floats(-100, 0), st.floats(0, 10), st.integers(0, 52))
def test_nobody_waits_for_prices_that_do_not_fall_or_for_a_week_that_has_come(gap, cost, weeks):
    assert not customer_waits(gap, cost, weeks)
    assert not customer_waits(1e6, cost, 0)


def test_three_weeks_of_waiting_must_save_more_than_three_weeks_cost():
    assert customer_waits(3.01, 1.0, 3)
    assert not customer_waits(3.0, 1.0, 3)
    assert customer_waits(1.01, 1.0, 1)


@given(st.floats(-100, 100), prices, prices, st.floats(0, 1))
def test_what_is_known_of_the_gap_moves_towards_what_was_seen(gap, reference, price, learning):
    seen = reference - price
    after = gap_after_a_price(gap, seen, 0.0, learning)
    assert min(gap, seen) - 1e-9 <= after <= max(gap, seen) + 1e-9
    assert gap_after_a_price(gap, seen, 0.0, 0.0) == gap
    assert gap_after_a_price(gap, seen, 0.0, 1.0) == pytest.approx(seen, abs=1e-9)


@given(st.floats(-100, 100), prices, st.floats(0.01, 1))
def test_prices_that_are_as_low_in_every_week_teach_nobody_to_wait(gap, cut, learning):
    assert abs(gap_after_a_price(gap, cut, cut, learning)) <= abs(gap)


@given(prices, prices)
def test_what_is_usual_follows_many_prices_and_not_one(usual, cut):
    assert abs(usual_cut_after(usual, cut) - usual) <= 0.05 * abs(cut - usual) + 1e-9
    for _ in range(500):
        usual = usual_cut_after(usual, cut)
    assert usual == pytest.approx(cut, rel=1e-3, abs=1.0)


@given(st.floats(0, 20), st.integers(0, 60), st.integers(0, 60))
def test_a_signature_costs_a_customer_as_much_before_as_after_its_date(cost, signed, natural):
    assert cost_of_date(cost, signed, natural) == cost_of_date(cost, natural, signed)
    assert cost_of_date(cost, natural, natural) == 0.0


@given(st.floats(0, 20), st.integers(0, 60), st.integers(0, 60))
def test_every_week_off_its_date_takes_the_cost_of_a_week_off_the_worth_of_an_offer(cost, natural, off):
    for signed in (natural + off, natural - off):
        assert cost_of_date(cost, signed, natural) == pytest.approx(cost * off)


@given(worths, st.floats(0, 20), st.floats(0, 60), st.floats(1, 1000))
def test_what_is_left_of_the_price_is_left_of_the_worth(worth, cost, weeks, price):
    left = max(price - cost * weeks, 0.0)
    assert after_concession(worth, cost, weeks, price) == pytest.approx(worth * left / price, abs=1e-9)
    assert after_concession(worth, cost, weeks, 0.0) == worth


@given(worths, st.floats(0, 20), st.floats(0, 60), st.floats(1, 1000))
def test_what_is_conceded_for_another_date_comes_off_the_worth(worth, cost, weeks, price):
    assert 0.0 <= after_concession(worth, cost, weeks, price) <= worth
    assert after_concession(worth, cost, 0.0, price) == worth


@given(st.floats(0, 100), st.floats(0.01, 1))
def test_dear_period_ends_teach_as_much_as_cheap_ones(distance, learning):
    """Signed learning, or noise alone would teach customers to wait."""
    cheap = gap_after_a_price(0.0, distance, 0.0, learning)
    dear = gap_after_a_price(0.0, -distance, 0.0, learning)
    assert cheap >= 0.0
    assert dear == pytest.approx(-cheap, abs=1e-9)
