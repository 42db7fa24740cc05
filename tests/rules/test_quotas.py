"""How much each rep is asked to sell, and what asking more of those who sold more does to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesim.rules.pay import Pay, rate_of_credit
from salesim.rules.payout import NO_CAP, Payout
from salesim.rules.quotas import (
    MIN_QUOTA,
    MIN_SHARE,
    estimated_potential,
    quota,
    ratcheted,
    shadow_cost,
)
from salesim.rules.worth import spread_of_rest

from .curves import expected_curve_pay
from .worked import numbers, worked_cases, worked_out

potentials = st.lists(st.floats(0, 1e4), min_size=1, max_size=20)
ratchets = st.floats(0, 2)
results = st.floats(0, 1e6)
PLAIN = Payout(accelerator=1.0, bonus=0.0)


@pytest.mark.parametrize("case", worked_cases("quotas.csv"))
def test_the_plan_is_divided_as_the_case_says(case):
    ratchet = float(case["ratchet"])
    estimates, results = numbers(case["estimates"]), numbers(case["results"])
    weights = [ratcheted(e, ratchet, r) for e, r in zip(estimates, results, strict=True)]
    plan, over = float(case["plan"]), float(case["over_assignment"])
    found = [quota(plan, over, weight, sum(weights)) for weight in weights]
    assert found == pytest.approx(numbers(case["quotas"]))
    assert worked_out(case["arithmetic_of_the_first"]) == pytest.approx(found[0])


@given(potentials, st.floats(0, 1e9), st.floats(-0.5, 1))
def test_quotas_add_up_to_the_plan_and_what_is_put_on_top(weights, plan, over):
    total = sum(weights)
    assume(total > 1e-9)
    assert sum(quota(plan, over, weight, total) for weight in weights) == pytest.approx(
        plan * (1.0 + over), rel=1e-9, abs=MIN_QUOTA * len(weights)
    )


@given(st.floats(1e-6, 1e6), st.floats(1e-12, 1))
def test_a_quota_of_less_than_a_cent_is_no_quota(plan, share):
    asked = quota(plan, 0.0, share, 1.0)
    assert asked == 0.0 or asked >= 0.01
    assert (asked == 0.0) == (plan * share < 0.01)


@given(potentials, potentials, st.floats(0, 1e9), ratchets)
def test_a_ratchet_moves_quotas_between_reps_and_not_their_sum(estimates, results, plan, ratchet):
    weights = [ratcheted(e, ratchet, r) for e, r in zip(estimates, results, strict=False)]
    total = sum(weights)
    assume(total > 1e-9)
    assert sum(quota(plan, 0.0, weight, total) for weight in weights) == pytest.approx(
        plan, rel=1e-9, abs=MIN_QUOTA * len(weights)
    )


@given(st.floats(0, 1e5), ratchets, results, results)
def test_who_did_more_is_asked_for_more_and_never_for_nothing(estimate, ratchet, a, b):
    low, high = sorted((a, b))
    asked = ratcheted(estimate, ratchet, high)
    assert MIN_SHARE * estimate <= ratcheted(estimate, ratchet, low) <= asked
    assert ratcheted(estimate, ratchet, estimate) == estimate
    assert ratcheted(estimate, 0.0, a) == estimate


@given(st.floats(1, 1e6), st.floats(0, 2), st.floats(1.0, 5))
def test_the_ratchet_adds_its_share_of_the_excess(fair, ratchet, attainment):
    """In a market of many reps one weight hardly moves the total, so a rep's quota follows the weight."""
    excess = (attainment - 1.0) * fair
    assert ratcheted(fair, ratchet, attainment * fair) - fair == pytest.approx(ratchet * excess, abs=1e-5)


@given(st.floats(1, 1e6), ratchets, results)
def test_the_same_result_gives_the_same_quota_year_after_year(estimate, ratchet, result):
    """Nobody who was raised is put back for having just reached the raised quota."""
    first = ratcheted(estimate, ratchet, result)
    assert ratcheted(estimate, ratchet, result) == first
    assert (first > estimate) == (
        ratchet * (result - estimate) > 1e-12 * estimate
    ) or first == pytest.approx(estimate)


@given(st.floats(0, 1e5), st.floats(0, 2), st.floats(-4, 4), st.floats(-4, 4))
def test_head_office_errs_about_territories_in_proportion(potential, error, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= estimated_potential(potential, error, low) <= estimated_potential(potential, error, high)
    assert estimated_potential(potential, 0.0, a) == potential
    product = estimated_potential(1.0, error, a) * estimated_potential(1.0, error, -a)
    assert product == pytest.approx(1.0)


def test_the_territory_error_is_the_spread_of_the_logarithm():
    drawn = np.random.default_rng(7).standard_normal(20_000)
    logs = np.log([estimated_potential(50.0, 0.2, float(z)) for z in drawn])
    assert np.std(logs) == pytest.approx(0.2, rel=0.02)
    assert np.median(logs) == pytest.approx(np.log(50.0), abs=0.01)


def pay_of_next_year(pay, curve, yearly, sold_a_week, usual_quota=520_000.0):
    """Expected variable pay of a usual year against a quota, composed as reps foresee it."""
    weeks, rate = float(pay.period_weeks), rate_of_credit(pay, yearly)
    periods, weekly = 52.0 / float(pay.period_weeks), usual_quota / 52.0
    by_period = expected_curve_pay(
        sold_a_week * weeks,
        spread_of_rest(1.2, weekly, weeks),
        yearly / periods,
        rate * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus,
        curve.cap,
    )
    by_year = 0.0
    if curve.year_share > 0.0 or curve.year_bonus > 0.0:
        by_year = expected_curve_pay(
            sold_a_week * 52.0,
            spread_of_rest(1.2, weekly, 52.0),
            yearly,
            rate * curve.year_share,
            curve.year_threshold,
            curve.year_accelerator,
            curve.year_bonus,
            curve.year_cap,
        )
    return periods * by_period + by_year


def cost_of_a_dollar(pay, curve, sold_a_week=10_000.0, ratchet=0.5, kept=0.8):
    """The shadow cost of a rep with a quota of 520,000, 10,000 a week."""
    rise = 5_200.0
    at, higher = (
        pay_of_next_year(pay, curve, yearly, sold_a_week) for yearly in (520_000.0, 520_000.0 + rise)
    )
    return shadow_cost(ratchet, at, higher, rise, kept)


sales = st.floats(7_000, 15_000)


@given(sales, st.floats(1.1, 5), st.floats(0, 1e4))
def test_the_ratchet_costs_where_a_higher_quota_lowers_pay(sold, accelerator, bonus):
    curve = Payout(accelerator=accelerator, bonus=bonus)
    assert cost_of_a_dollar(Pay(), curve, sold) > 0.0


@given(sales)
def test_a_plain_commission_plan_has_nothing_to_fear_from_the_ratchet(sold):
    assert cost_of_a_dollar(Pay(), PLAIN, sold) == 0.0


@given(sales)
def test_a_quota_plan_makes_the_ratchet_cost_its_share_of_the_rate_lost(sold):
    """Selling s against a higher quota q loses incentive / q * s / q on every dollar that q rises."""
    pay = Pay(plan_kind="quota")
    lost = 60_000.0 / 520_000.0 * (sold * 52.0) / 520_000.0
    assert cost_of_a_dollar(pay, PLAIN, sold) == pytest.approx(0.5 * 0.8 * lost, rel=0.02)


@given(st.floats(9_000, 20_000), st.floats(1, 1.5))
def test_under_a_cap_that_is_a_multiple_of_quota_the_ratchet_is_welcome(sold, cap):
    """With a fixed rate a higher quota only lifts the cap (model: Pay)."""
    assert cost_of_a_dollar(Pay(), Payout(accelerator=1.0, bonus=0.0, cap=cap), sold) < 0.0


@given(st.floats(2.3, 5), st.floats(1.01, 1.5))
def test_far_above_the_cap_a_quota_plan_is_paid_the_same_whatever_the_quota(caps_sold, cap):
    """Rate times cap times quota is incentive times cap: what the higher quota takes, the cap gives."""
    sold = caps_sold * cap * 10_000.0
    pay, curve = Pay(plan_kind="quota"), Payout(accelerator=1.0, bonus=0.0, cap=cap)
    assert abs(cost_of_a_dollar(pay, curve, sold)) < 0.02 * cost_of_a_dollar(pay, PLAIN, sold)


def test_a_bonus_of_the_year_makes_the_ratchet_cost_too():
    curve = Payout(accelerator=1.0, bonus=0.0, year_bonus=10_000.0)
    assert cost_of_a_dollar(Pay(), curve) > 0.0


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(1, 1e5), ratchets, st.floats(0, 1))
def test_the_cost_grows_with_ratchet_and_patience_and_turns_with_what_a_quota_does(
    at, higher, rise, ratchet, kept
):
    cost = shadow_cost(ratchet, at, higher, rise, kept)
    assert shadow_cost(ratchet, higher, at, rise, kept) == pytest.approx(-cost)
    assert shadow_cost(2.0 * ratchet, at, higher, rise, kept) == pytest.approx(2.0 * cost)
    assert abs(shadow_cost(ratchet, at, higher, rise, 0.5 * kept)) <= abs(cost)
    assert shadow_cost(0.0, at, higher, rise, kept) == shadow_cost(ratchet, at, higher, rise, 0.0) == 0.0


@given(ratchets, st.floats(0, 1e5), st.floats(0, 1e5), st.floats(-10, 0))
def test_a_quota_that_cannot_rise_costs_nothing(ratchet, at, higher, rise):
    assert shadow_cost(ratchet, at, higher, rise, 1.0) == 0.0


def test_no_cap_is_the_largest_cap_that_can_be_said():
    assert Payout().cap == Payout().year_cap == NO_CAP
