"""What a pay plan rewards: salary, incentive, the rate of credit and what a unit counts for."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesim.rules.pay import (
    COMMISSION_PLAN,
    QUOTA_PLAN,
    Pay,
    base_salary,
    credit_per_unit,
    price_for_credit,
    rate_of_credit,
    target_incentive,
    weekly_draw,
)

from .worked import worked_cases, worked_out

shares = st.floats(0, 1)
prices = st.floats(1, 1e4)
margins = st.floats(0.01, 1)
quotas = st.floats(1.0, 1e8)
commission_plans = st.builds(
    Pay,
    target_pay=st.floats(0, 1e7),
    pay_mix=shares,
    commission_rate=shares,
    plan_kind=st.just("commission"),
)
quota_plans = st.builds(Pay, target_pay=st.floats(0, 1e7), pay_mix=shares, plan_kind=st.just("quota"))


@pytest.mark.parametrize("case", worked_cases("credit.csv"))
def test_a_unit_counts_for_what_the_case_says(case):
    credit = credit_per_unit(
        *(float(case[name]) for name in ("price", "unit_cost", "planned_margin", "margin_weight"))
    )
    assert credit == pytest.approx(float(case["credit"]))
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["credit"]))


def test_plans_are_named_and_coded():
    assert Pay(plan_kind="commission").plan_kind == COMMISSION_PLAN
    assert Pay(plan_kind="quota").plan_kind == QUOTA_PLAN


@given(st.floats(0, 1e7), shares)
def test_salary_and_incentive_add_up_to_target_pay(target, mix):
    pay = Pay(target_pay=target, pay_mix=mix)
    assert base_salary(pay) + target_incentive(pay) == pytest.approx(target)
    assert base_salary(pay) >= 0.0
    assert target_incentive(pay) >= 0.0


@given(st.floats(1, 1e7), shares, shares)
def test_more_variable_pay_means_less_salary_and_higher_rates(target, a, b):
    low, high = (Pay(target_pay=target, pay_mix=mix) for mix in sorted((a, b)))
    assert base_salary(high) <= base_salary(low)
    assert target_incentive(high) >= target_incentive(low)
    assert rate_of_credit(high, 1e6) == rate_of_credit(low, 1e6)


def test_rates_are_those_of_the_contract():
    """50/50 of 150,000, and 10% of a quota of 750,000, is target pay at quota and no more."""
    pay = Pay(target_pay=150_000.0, pay_mix=0.5, commission_rate=0.10)
    assert rate_of_credit(pay, 750_000.0) * 750_000.0 == pytest.approx(target_incentive(pay))


@given(shares, shares, st.floats(0, 1e6))
def test_the_larger_draw_holds_in_ramp(draw, ramp_draw, target):
    pay = Pay(draw=draw, ramp_draw=ramp_draw, target_pay=target, pay_mix=0.5)
    assert weekly_draw(pay, False) == pytest.approx(draw * target * 0.5 / 52.0)
    assert weekly_draw(pay, True) == pytest.approx(max(draw, ramp_draw) * target * 0.5 / 52.0)


@given(commission_plans, quotas, quotas)
def test_a_commission_rate_does_not_depend_on_quota(pay, a, b):
    assert rate_of_credit(pay, a) == rate_of_credit(pay, b) == rate_of_credit(pay, 0.0)


@given(quota_plans, quotas, quotas)
def test_a_higher_quota_lowers_the_rate_of_a_quota_plan(pay, a, b):
    low, high = sorted((a, b))
    assert rate_of_credit(pay, high) <= rate_of_credit(pay, low)


@given(quota_plans, quotas)
def test_a_quota_plan_pays_the_target_incentive_at_quota(pay, quota):
    assert rate_of_credit(pay, quota) * quota == pytest.approx(target_incentive(pay))


@given(quota_plans, st.floats(-1e6, 0))
def test_a_quota_plan_without_quota_pays_the_commission_rate(pay, quota):
    plain = Pay(target_pay=pay.target_pay, pay_mix=pay.pay_mix, commission_rate=pay.commission_rate)
    assert rate_of_credit(pay, quota) == rate_of_credit(plain, quota)


@given(prices, shares, shares)
def test_at_the_planned_price_the_weight_of_margin_changes_nothing(price, cost_share, weight):
    assume(cost_share < 0.99)
    margin = 1.0 - cost_share
    assert credit_per_unit(price, price * cost_share, margin, weight) == pytest.approx(price)


@given(prices, prices, st.floats(0, 1e4), margins, shares)
def test_a_higher_price_never_counts_for_less(a, b, cost, margin, weight):
    low, high = sorted((a, b))
    lower = credit_per_unit(low, cost, margin, weight)
    assert credit_per_unit(high, cost, margin, weight) >= lower - 1e-9 * (1.0 + abs(lower))


@given(st.floats(1, 100), st.floats(0.01, 0.9), st.floats(0.05, 1))
def test_a_discount_costs_more_credit_where_margin_counts(drop, margin, weight):
    price, cost = 200.0, 200.0 * (1.0 - margin)
    lost = credit_per_unit(price, cost, margin, weight) - credit_per_unit(
        price - drop, cost, margin, weight
    )
    assert lost > drop


@given(prices, st.floats(0, 1e4), margins)
def test_pay_on_margin_alone_counts_nothing_at_cost_and_pay_on_revenue_ignores_cost(price, cost, margin):
    assert credit_per_unit(cost, cost, margin, 1.0) == 0.0
    assert credit_per_unit(price, cost, margin, 0.0) == price


@given(st.floats(0, 1e3), st.floats(0, 1e3), st.floats(0.1, 1), shares, st.floats(1, 100))
def test_a_dollar_on_the_price_counts_for_at_least_a_dollar_and_for_the_same_at_every_price(
    price, cost, margin, weight, step
):
    """Credit is a line: this slope is what reps reckon with when they choose a price."""
    once, twice = (credit_per_unit(price + k * step, cost, margin, weight) for k in (1.0, 2.0))
    gained = once - credit_per_unit(price, cost, margin, weight)
    assert twice - once == pytest.approx(gained, abs=1e-7)
    assert gained >= step - 1e-7


@given(st.floats(-1e3, 1e3), st.floats(0, 1e3), st.floats(0.05, 1), shares)
def test_the_price_for_a_credit_counts_for_that_credit(credit, cost, margin, weight):
    price = price_for_credit(credit, cost, margin, weight)
    assert credit_per_unit(price, cost, margin, weight) == pytest.approx(credit, abs=1e-7)
