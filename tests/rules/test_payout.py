"""The curve from credit to pay: what holds for every threshold, quota, accelerator, bonus and cap."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from salesim.rules.knots import NO_CAP
from salesim.rules.pay import Pay, rate_of_credit
from salesim.rules.payout import after_advance, topped_up

from .curves import curve_pay

rates = st.floats(0, 0.5)
shares = st.floats(0, 1)
bonuses = st.floats(0, 1e5)
amounts = st.floats(-1e6, 1e7)
quotas = st.floats(1.0, 1e7)
caps = st.floats(1, 5) | st.just(NO_CAP)
shapes = st.tuples(shares, st.floats(0, 10), bonuses, caps)
rising_shapes = st.tuples(shares, st.floats(1, 10), bonuses, st.just(NO_CAP))


def close(amount: float) -> float:
    """What rounding may do to an amount."""
    return 1e-9 * (1.0 + abs(amount))


@given(amounts, amounts, quotas, rates, shapes)
def test_more_credit_never_pays_less(a, b, quota, rate, shape):
    low, high = sorted((a, b))
    paid = curve_pay(high, quota, rate, *shape)
    assert curve_pay(low, quota, rate, *shape) <= paid + close(paid)


@given(st.floats(0, 1e7), st.floats(-10, 1e7), rates, shapes)
def test_pay_for_credit_is_never_below_zero(credited, quota, rate, shape):
    assert curve_pay(credited, quota, rate, *shape) >= 0.0


@given(st.floats(0, 1e7), quotas, rates)
def test_without_threshold_accelerator_bonus_and_cap_pay_is_exactly_rate_times_base(credited, quota, rate):
    assert curve_pay(credited, quota, rate, 0.0, 1.0, 0.0, NO_CAP) == rate * credited


@given(st.floats(0, 1e7), st.floats(-1e6, 0), rates, shapes)
def test_without_quota_pay_is_exactly_rate_times_base(credited, quota, rate, shape):
    assert curve_pay(credited, quota, rate, *shape) == rate * credited


@given(amounts, st.floats(1e4, 1e7), st.floats(1e4, 1e7), rates, rising_shapes)
def test_a_higher_quota_never_pays_more_where_the_curve_rises_faster_above_it(credited, a, b, rate, shape):
    low, high = sorted((a, b))
    paid = curve_pay(credited, low, rate, *shape)
    assert curve_pay(credited, high, rate, *shape) <= paid + close(paid)


@given(st.floats(0, 1e6), quotas, quotas, st.floats(0, 10), bonuses, caps)
def test_a_commission_plan_below_quota_does_not_depend_on_quota(credited, a, b, accelerator, bonus, cap):
    assume(credited < min(a, b))
    pay = Pay(plan_kind="commission")
    paid = [
        curve_pay(credited, quota, rate_of_credit(pay, quota), 0.0, accelerator, bonus, cap)
        for quota in (a, b)
    ]
    assert paid[0] == paid[1] == pytest.approx(0.033 * credited)


@given(st.floats(1e3, 1e6), st.floats(1e3, 1e7), st.floats(1.05, 5), rising_shapes)
def test_a_quota_plan_pays_less_for_a_higher_quota(credited, quota, factor, shape):
    """For every sale that is paid at all: a higher quota lowers the rate and moves the curve away."""
    pay = Pay(plan_kind="quota")
    easy, hard = (
        curve_pay(credited, asked, rate_of_credit(pay, asked), *shape) for asked in (quota, quota * factor)
    )
    assume(easy > 1.0)
    assert hard < easy


@given(quotas, rates, shapes)
def test_the_bonus_is_paid_at_quota_and_not_a_cent_before(quota, rate, shape):
    threshold, accelerator, bonus, cap = shape
    assume(bonus > 1.0)
    below = curve_pay(quota * (1.0 - 1e-9), quota, rate, threshold, accelerator, bonus, cap)
    at_quota = curve_pay(quota, quota, rate, threshold, accelerator, bonus, cap)
    assert at_quota - below == pytest.approx(bonus, abs=rate * quota * 2e-9 + 1e-6)


@given(st.floats(0, 1), quotas, rates, shapes)
def test_nothing_is_earned_up_to_the_threshold(part, quota, rate, shape):
    threshold, accelerator, bonus, cap = shape
    assume(0.0 < threshold < 1.0)
    paid = curve_pay(part * threshold * quota, quota, rate, threshold, accelerator, bonus, cap)
    assert paid <= close(rate * quota)


@given(st.floats(0, 1e8), quotas, rates, shapes)
def test_credit_beyond_the_cap_earns_nothing(beyond, quota, rate, shape):
    threshold, accelerator, bonus, cap = shape
    assume(cap < NO_CAP)
    at_cap = curve_pay(cap * quota, quota, rate, threshold, accelerator, bonus, cap)
    assert curve_pay(
        cap * quota + beyond, quota, rate, threshold, accelerator, bonus, cap
    ) == pytest.approx(at_cap)


@given(st.floats(0, 1e7), quotas, rates, shapes, st.floats(1, 5))
def test_a_cap_never_raises_pay(credited, quota, rate, shape, cap):
    threshold, accelerator, bonus, _ = shape
    free = curve_pay(credited, quota, rate, threshold, accelerator, bonus, NO_CAP)
    assert curve_pay(credited, quota, rate, threshold, accelerator, bonus, cap) <= free + close(free)


@example(credited=5_000.0, accelerator=1.25)
@given(st.floats(0, 1e8), st.floats(1, 20))
def test_a_cap_of_a_thousand_is_no_cap(credited, accelerator):
    """As the lever says; a quota of one dollar stands for a territory with next to no quota."""
    paid = curve_pay(credited, 1.0, 0.1, 0.0, accelerator, 0.0, NO_CAP)
    written_out = 0.1 * min(credited, 1.0) + 0.1 * accelerator * max(credited - 1.0, 0.0)
    assert paid == pytest.approx(written_out)


@given(quotas, rates, shapes, st.floats(0.01, 0.9))
def test_above_quota_each_dollar_earns_the_accelerated_rate(quota, rate, shape, part):
    threshold, accelerator, bonus, cap = shape
    assume(cap > 1.0 + 1e-3)
    more = part * (min(cap, 5.0) - 1.0) * quota
    at_quota = curve_pay(quota, quota, rate, threshold, accelerator, bonus, cap)
    earned = curve_pay(quota + more, quota, rate, threshold, accelerator, bonus, cap) - at_quota
    assert earned == pytest.approx(rate * accelerator * more, rel=1e-6, abs=1e-6 * (1.0 + bonus))


@given(amounts, quotas, rates, shapes, st.floats(0.1, 100))
def test_the_currency_does_not_matter(credited, quota, rate, shape, exchange):
    threshold, accelerator, bonus, cap = shape
    assume(min(abs(credited - quota), abs(credited - cap * quota)) > 1e-6 * quota)
    here = curve_pay(credited, quota, rate, threshold, accelerator, bonus, cap)
    there = curve_pay(
        credited * exchange, quota * exchange, rate, threshold, accelerator, bonus * exchange, cap
    )
    assert there == pytest.approx(here * exchange, rel=1e-6, abs=1e-6 * exchange * quota)


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(0, 1e7))
def test_a_draw_is_a_floor_and_never_takes_away(earned, floor, more):
    paid = earned + topped_up(earned, floor)
    assert paid == pytest.approx(max(earned, floor))
    assert earned + more + topped_up(earned + more, floor) >= paid - 1e-6


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(0, 1e7))
def test_an_advance_is_no_less_than_sure_and_no_more_than_that_or_what_is_left(earned, owed, sure):
    paid = after_advance(earned, owed, sure)
    assert paid in (sure, earned - owed)
    assert paid >= sure
