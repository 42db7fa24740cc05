"""Pay: worked cases that a sales-operations person can read, and what holds for all plans."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.pay import Pay, credit_per_unit, on_target_worth, variable_pay
from salesim.rules.worth import Worth, run_rate_after_a_week, spread_of_rest, worth_of_a_dollar

CASES = list(csv.DictReader((Path(__file__).parent.parent / "cases" / "pay.csv").open(encoding="utf-8")))
plans = st.builds(
    Pay, commission_rate=st.floats(0, 0.2), accelerator=st.floats(1, 10), bonus=st.floats(0, 1e5)
)
amounts = st.floats(-1e6, 1e7)
quotas = st.floats(1.0, 1e7)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_case(case):
    plan = Pay(
        commission_rate=float(case["commission_rate"]),
        accelerator=float(case["accelerator"]),
        bonus=float(case["bonus"]),
    )
    assert variable_pay(plan, float(case["credited"]), float(case["quota"])) == pytest.approx(float(case["pay"]))


@given(plans, amounts, amounts, quotas)
def test_more_credit_never_pays_less(plan, a, b, quota):
    low, high = sorted((a, b))
    assert variable_pay(plan, low, quota) <= variable_pay(plan, high, quota) + 1e-6


@given(plans, amounts, quotas, quotas)
def test_a_higher_quota_never_pays_more(plan, credited, a, b):
    low, high = sorted((a, b))
    assert variable_pay(plan, credited, high) <= variable_pay(plan, credited, low) + 1e-6


@given(st.floats(0, 0.5), st.floats(0, 1e7), st.floats(0, 1e7))
def test_without_accelerator_and_bonus_pay_is_exactly_rate_times_base(rate, credited, quota):
    plan = Pay(commission_rate=rate, accelerator=1.0, bonus=0.0)
    assert variable_pay(plan, credited, quota) == rate * credited


@given(st.floats(1, 1e4), st.floats(0, 0.99), st.floats(0, 1))
def test_at_the_planned_price_the_weight_of_margin_changes_nothing(price, cost_share, weight):
    cost = price * cost_share
    margin = (price - cost) / price
    assert credit_per_unit(price, cost, margin, weight) == pytest.approx(price)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0.01, 1))
def test_margin_credit_falls_faster_with_price_than_revenue_credit(price, drop, weight):
    cost, margin = 50.0, 0.4
    lost = credit_per_unit(price, cost, margin, weight) - credit_per_unit(price - drop, cost, margin, weight)
    assert lost > drop


def test_margin_credit_counts_margin_only():
    assert credit_per_unit(50.0, 50.0, 0.4, 1.0) == 0.0
    assert credit_per_unit(90.0, 54.0, 0.4, 0.0) == 90.0
    assert credit_per_unit(90.0, 54.0, 0.4, 1.0) == pytest.approx(90.0)


@given(plans, quotas)
def test_on_target_worth_is_pay_at_quota_over_quota(plan, yearly):
    periods = 52 / plan.period_weeks
    at_quota = variable_pay(plan, yearly / periods, yearly / periods) * periods
    assert on_target_worth(plan, yearly) * yearly == pytest.approx(at_quota)


@given(plans, st.floats(0, 1e6), st.floats(1e3, 1e6), st.floats(0, 1e6), st.floats(1e3, 1e6))
def test_worth_of_a_dollar_is_the_slope_of_expected_pay(plan, credited, quota, rest, sd):
    """Against the closed form of expected pay, by differences (credit >= 0, so the floor is far)."""

    def expected_pay(extra: float) -> float:
        base = credited + extra + rest
        d = (base - quota) / sd
        at_quota = 0.5 * math.erfc(-d / math.sqrt(2.0))
        above = sd * (math.exp(-0.5 * d * d) / math.sqrt(2.0 * math.pi) + d * at_quota)
        faster = plan.commission_rate * (plan.accelerator - 1.0) * above
        return plan.commission_rate * base + faster + plan.bonus * at_quota

    step = 1e-3 * sd
    slope = (expected_pay(step) - expected_pay(-step)) / (2.0 * step)
    worth = worth_of_a_dollar(plan, credited, quota, rest, sd)
    assert worth == pytest.approx(slope, rel=1e-5, abs=1e-5 * (plan.bonus / sd + plan.accelerator))


@given(st.floats(0, 0.2), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(1, 1e6))
def test_linear_pay_makes_every_dollar_worth_the_rate(rate, credited, quota, rest, sd):
    plan = Pay(commission_rate=rate, accelerator=1.0, bonus=0.0)
    assert worth_of_a_dollar(plan, credited, quota, rest, sd) == rate


def test_a_dollar_is_worth_most_near_quota():
    plan = Pay(commission_rate=0.04, accelerator=1.0, bonus=5000.0)
    near, far = (worth_of_a_dollar(plan, credited, 1e5, 0.0, 1e4) for credited in (1e5, 2e4))
    assert near > 2.0 * far


def test_what_is_left_is_less_certain_the_more_weeks_remain():
    assert spread_of_rest(Worth().rest_spread, 100.0, 4.0) == 2.0 * spread_of_rest(Worth().rest_spread, 100.0, 1.0)
    assert spread_of_rest(1.0, 100.0, 0.0) == 0.0


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1))
def test_run_rate_stays_between_memory_and_news(rate, news, memory):
    low, high = sorted((rate, news))
    assert low - 1e-6 <= run_rate_after_a_week(rate, news, memory) <= high + 1e-6
