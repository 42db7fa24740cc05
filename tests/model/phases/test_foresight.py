"""What reps expect to be paid, worked out again by quadrature, and by counting weeks."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.phases.foresight import (
    STEP_OF_QUOTA,
    cost_through_quota,
    expected_by_period,
    expected_by_year,
    has_jumps,
    is_plain,
    missing_for_the_period,
    missing_for_the_year,
    pay_of_next_year,
    rest_of_year,
    spread_of_weeks,
    still_to_come,
    weeks_left,
    weeks_of_period,
    weeks_of_year,
    worth_in_a_fresh_period,
    worth_in_this_period,
    worth_with_a_choice,
)
from salesim.model.state import Rep
from salesim.rules.payout import NO_CAP
from tests.model.phases.second import (
    lengths,
    mean_over,
    numbers,
    plans,
    quotas,
    reps,
    shares,
    some,
    weeks_of_run,
)

credits = st.floats(1e3, 1e5)


def rate_below_quota(firm, quota):
    if firm.pay.plan_kind == 1 and quota > 0.0:
        return firm.pay.target_pay * firm.pay.pay_mix / quota
    return firm.pay.commission_rate * firm.pay.pay_mix / firm.pay.usual_mix


def paid(credit, quota, rate, threshold, accelerator, bonus, cap):
    """Pay by the curve for each of many results; below zero as linear pay where nothing is held back."""
    counted = np.minimum(credit, cap * quota)
    pay = rate * np.maximum(np.minimum(counted, quota) - threshold * quota, 0.0)
    pay = pay + rate * accelerator * np.maximum(counted - quota, 0.0) + bonus * (counted >= quota)
    return pay + rate * np.minimum(credit, 0.0) * (threshold == 0.0)


def mean_pay(firm, year, quota, weeks, mean, sd):
    """Expected pay of so many weeks by the curve of the period or of the year."""
    curve, named = firm.payout, "year_" if year else ""
    share, length = (curve.year_share, 52) if year else (1.0 - curve.year_share, firm.pay.period_weeks)
    threshold, accelerator, bonus, cap = (
        getattr(curve, f"{named}{part}") for part in ("threshold", "accelerator", "bonus", "cap")
    )
    asked = quota * weeks / 52.0
    more = firm.pay.pay_mix / firm.pay.usual_mix
    curved = (
        asked,
        rate_below_quota(firm, quota) * share,
        threshold,
        accelerator,
        bonus * more * weeks / length,
        cap,
    )
    knots = [0.0, threshold * asked, asked, cap * asked]
    return mean_over(lambda credit: paid(credit, *curved), mean, sd, knots)


def gain_by_quadrature(firm, year, quota, weeks, low, credit, sd):
    high, less = (mean_pay(firm, year, quota, weeks, mean, sd) for mean in (low + credit, low))
    return high - less


@some
@given(lengths, weeks_of_run)
def test_weeks_left_reach_to_the_day_on_which_the_next_period_begins(length, t):
    ahead = next(n for n in range(1, 53) if (t + n) % length == 0)
    assert weeks_left(numbers(pay={"period_weeks": length}), t) == ahead


def test_a_lump_sum_for_the_period_or_the_year_is_a_jump_and_nothing_else_is():
    for bonus, year_bonus in product((0.0, 0.1), (0.0, 0.1)):
        payout = {"bonus": bonus, "year_bonus": year_bonus, "accelerator": 3.0, "threshold": 0.5}
        assert has_jumps(numbers(payout=payout)) == (bonus + year_bonus > 0.0)


@some
@given(lengths, weeks_of_run)
def test_who_came_late_spends_so_much_less_of_period_and_year_in_the_seat(length, t):
    firm = numbers(pay={"period_weeks": length})
    for late in range(t % length + 1):
        assert weeks_of_period(Rep(period_weeks=t % length - late), firm, t) == length - late
    for late in range(t % 52 + 1):
        assert weeks_of_year(Rep(year_weeks=t % 52 - late), t) == 52 - late


@some
@given(reps(), plans(), credits, st.floats(0, 60))
def test_a_usual_pipeline_brings_the_run_rate_and_another_so_much_more_or_less(rep, firm, credit, weeks):
    cycle, share = firm.worth.usual_cycle, firm.worth.pipeline_share
    in_time = 1.0 - math.exp(-weeks / cycle)
    usual = rep.run_rate * weeks
    beyond = (share * max(rep.pipeline - credit, 0.0) - rep.run_rate * cycle) * in_time
    assert still_to_come(rep, credit, weeks, firm) == pytest.approx(usual + beyond, rel=1e-9, abs=1e-6)


@some
@given(reps(), plans(), credits, weeks_of_run)
def test_the_rest_of_the_year_is_this_periods_and_the_run_rate_in_later_periods(rep, firm, credit, t):
    length = firm.pay.period_weeks
    later = [u for u in range(t, t + 52) if u // 52 == t // 52 and u // length != t // length]
    soon = [u for u in range(t, t + 52) if u // length == t // length]
    expected = still_to_come(rep, credit, float(len(soon)), firm) + rep.run_rate * len(later)
    assert rest_of_year(rep, credit, firm, t) == pytest.approx(expected, rel=1e-12)


@some
@given(reps(), plans(), credits, weeks_of_run)
def test_what_is_missing_is_all_that_a_deal_must_add_to_end_at_quota(rep, firm, credit, t):
    length = firm.pay.period_weeks
    left, left_of_year = length - t % length, 52 - t % 52
    missing = missing_for_the_period(rep, credit, firm, t)
    end = rep.credited + still_to_come(rep, credit, left, firm) + missing
    assert end == pytest.approx(rep.quota * (rep.period_weeks + left) / 52.0)
    missing = missing_for_the_year(rep, credit, firm, t)
    end = rep.credited_this_year + rest_of_year(rep, credit, firm, t) + missing
    assert end == pytest.approx(rep.quota * (rep.year_weeks + left_of_year) / 52.0)


SHAPES = {"threshold": (0.0, 0.3), "accelerator": (1.0, 1.5), "bonus": (0.0, 9.0), "cap": (NO_CAP, 2.0)}


def test_pay_is_plain_where_every_dollar_of_credit_pays_the_same():
    credit = np.array([10.0, 60.0, 99.0, 100.0, 150.0, 250.0, 400.0])
    for shape in product(*SHAPES.values(), (0.0, 0.4), *SHAPES.values()):
        threshold, accelerator, bonus, cap, share, *by_year = shape
        pay = paid(credit, 100.0, 1.0 - share, threshold, accelerator, bonus, cap)
        pay = pay + paid(credit, 100.0, share, *by_year)
        named = dict(zip([*SHAPES, "year_share", *(f"year_{part}" for part in SHAPES)], shape, strict=True))
        assert is_plain(numbers(payout=named)) == np.allclose(pay, credit), named


@some
@given(plans(), quotas, st.floats(1, 52), st.floats(0, 2), st.floats(0.05, 1))
def test_expected_pay_is_the_mean_of_what_the_curve_pays(firm, quota, weeks, attained, spread):
    mean, sd = attained * quota * weeks / 52.0, spread * quota * weeks / 52.0
    for year, expected in ((False, expected_by_period), (True, expected_by_year)):
        by_quadrature = mean_pay(firm, year, quota, weeks, mean, sd)
        assert expected(quota, weeks, mean, sd, firm) == pytest.approx(by_quadrature, rel=1e-6, abs=1e-3)


@some
@given(plans(), st.floats(1, 52), st.floats(1e3, 1e6))
def test_without_a_quota_the_rate_is_all_there_is(firm, weeks, mean):
    rate, share = rate_below_quota(firm, 0.0), firm.payout.year_share
    assert expected_by_period(0.0, weeks, mean, mean, firm) == pytest.approx(rate * (1.0 - share) * mean)
    assert expected_by_year(0.0, weeks, mean, mean, firm) == pytest.approx(rate * share * mean)


@some
@given(reps(), plans(), credits, weeks_of_run)
def test_a_dollar_now_is_worth_what_expected_pay_gains_over_the_deal(rep, firm, credit, t):
    left, of_year = firm.pay.period_weeks - t % firm.pay.period_weeks, 52 - t % 52
    low = rep.credited + still_to_come(rep, credit, left, firm)
    sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(left)
    gain = gain_by_quadrature(firm, False, rep.quota, rep.period_weeks + left, low, credit, sd)
    low = rep.credited_this_year + rest_of_year(rep, credit, firm, t)
    sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(of_year)
    gain += gain_by_quadrature(firm, True, rep.quota, rep.year_weeks + of_year, low, credit, sd)
    assert worth_in_this_period(rep, credit, firm, t) == pytest.approx(gain / credit, abs=1e-6)


@some
@given(reps(), plans(), credits)
def test_a_dollar_in_a_fresh_period_is_worth_the_same_by_a_usual_period_and_year(rep, firm, credit):
    length, gain = firm.pay.period_weeks, 0.0
    for year, weeks in ((False, length), (True, 52)):
        sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(weeks)
        gain += gain_by_quadrature(firm, year, rep.quota, weeks, rep.run_rate * weeks, credit, sd)
    assert worth_in_a_fresh_period(rep, credit, firm) == pytest.approx(gain / credit, abs=1e-6)


@some
@given(reps(), plans(), credits)
def test_on_the_first_day_of_a_year_this_period_is_a_fresh_one(rep, firm, credit):
    usual = rep.run_rate * firm.worth.usual_cycle / max(firm.worth.pipeline_share, 0.01)
    first_day = Rep(quota=rep.quota, run_rate=rep.run_rate, pipeline=usual + credit)
    if firm.worth.pipeline_share >= 0.01:
        fresh = worth_in_a_fresh_period(first_day, credit, firm)
        assert worth_in_this_period(first_day, credit, firm, 0) == pytest.approx(fresh, abs=1e-9)


@some
@given(reps(), plans(), st.floats(0, 0.2), weeks_of_run)
def test_a_deal_of_nothing_and_a_rep_without_quota_are_worth_the_rate_or_what_comes_later(
    rep, firm, later, t
):
    for credit in (0.0, -5.0):
        for worth in (
            worth_in_this_period(rep, credit, firm, t),
            worth_in_a_fresh_period(rep, credit, firm),
        ):
            assert worth == pytest.approx(rate_below_quota(firm, rep.quota))
        assert worth_with_a_choice(rep, credit, later, firm, t) == later
    rep.quota = 0.0
    for worth in (worth_in_this_period(rep, 9.0, firm, t), worth_in_a_fresh_period(rep, 9.0, firm)):
        assert worth == pytest.approx(rate_below_quota(firm, 0.0))
    assert worth_with_a_choice(rep, 9.0, later, firm, t) == later


@some
@given(reps(), plans(), credits, st.floats(0, 0.2), weeks_of_run)
def test_a_choice_is_worth_the_better_of_both_periods_whatever_this_one_turns_out_to_be(
    rep, firm, credit, later, t
):
    curve, left, of_year = firm.payout, firm.pay.period_weeks - t % firm.pay.period_weeks, 52 - t % 52
    weekly = firm.worth.rest_spread * rep.quota / 52.0
    low = rep.credited_this_year + rest_of_year(rep, credit, firm, t)
    by_year = (
        gain_by_quadrature(
            firm, True, rep.quota, rep.year_weeks + of_year, low, credit, weekly * math.sqrt(of_year)
        )
        / credit
    )
    weeks = rep.period_weeks + left
    quota, rate = rep.quota * weeks / 52.0, rate_below_quota(firm, rep.quota) * (1.0 - curve.year_share)
    bonus = curve.bonus * firm.pay.pay_mix / firm.pay.usual_mix * weeks / firm.pay.period_weeks
    start, lifted, end = (
        curve.threshold * quota,
        max(quota - credit, curve.threshold * quota),
        curve.cap * quota,
    )

    def better(other):
        slope = rate * ((other >= start) & (other < quota)) + bonus / credit * (
            (other >= lifted) & (other < quota)
        )
        slope = slope + rate * curve.accelerator * ((other >= quota) & (other < end))
        return np.maximum(slope + by_year, later)

    mean = rep.credited + still_to_come(rep, credit, left, firm)
    expected = mean_over(better, mean, weekly * math.sqrt(left), [start, lifted, quota, end])
    worth = worth_with_a_choice(rep, credit, later, firm, t)
    plain = is_plain(firm)
    assert worth == pytest.approx(later if plain else expected, abs=1e-6)


@some
@given(reps(), st.floats(0, 0.2), shares, weeks_of_run)
def test_where_every_dollar_pays_the_same_there_is_no_better_period_to_choose(rep, later, share, t):
    firm = numbers(payout={"accelerator": 1.0, "bonus": 0.0, "year_share": share})
    assert worth_with_a_choice(rep, 1e4, later, firm, t) == later


@some
@given(quotas, st.floats(0.01, 10), st.floats(0, 60), st.floats(0, 60))
def test_weeks_are_uncertain_each_for_itself(quota, spread, some_weeks, more):
    rep, firm = Rep(quota=quota), numbers(worth={"rest_spread": spread})
    one, two, both = (spread_of_weeks(rep, weeks, firm) for weeks in (some_weeks, more, some_weeks + more))
    assert both == pytest.approx(math.hypot(one, two))
    assert spread_of_weeks(rep, 1.0, firm) == pytest.approx(spread * quota / 52.0)


@some
@given(reps(), plans(), quotas)
def test_a_usual_year_pays_for_its_periods_and_for_itself(rep, firm, quota):
    length, pay = firm.pay.period_weeks, 0.0
    for year, weeks in ((False, length), (True, 52)):
        sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(weeks)
        pay += 52 / weeks * mean_pay(firm, year, quota, weeks, rep.run_rate * weeks, sd)
    assert pay_of_next_year(rep, quota, firm) == pytest.approx(pay, rel=1e-6, abs=1e-3)


@some
@given(reps(), plans(), weeks_of_run)
def test_a_dollar_costs_next_year_the_pay_that_a_higher_quota_takes(rep, firm, t):
    rise = 0.01 * rep.quota
    assert rise == STEP_OF_QUOTA * rep.quota
    loss = pay_of_next_year(rep, rep.quota, firm) - pay_of_next_year(rep, rep.quota + rise, firm)
    cost = firm.quotas.quota_ratchet * loss / rise * math.exp(-firm.worth.later_discount * (52 - t % 52))
    assert cost_through_quota(rep, firm, t) == pytest.approx(cost, rel=1e-9, abs=1e-12)


@some
@given(reps(), shares, st.floats(0.1, 1), weeks_of_run)
def test_a_quota_that_divides_linear_pay_is_dear_to_raise_and_one_that_does_not_costs_nothing(
    rep, share, ratchet, t
):
    linear = {"accelerator": 1.0, "bonus": 0.0, "year_share": share}
    firm = numbers(pay={"plan_kind": "quota"}, payout=linear, quotas={"quota_ratchet": ratchet})
    left = math.exp(-firm.worth.later_discount * (52 - t % 52))
    cost = (
        ratchet
        * left
        * firm.pay.target_pay
        * firm.pay.pay_mix
        * 52.0
        * rep.run_rate
        / (1.01 * rep.quota**2)
    )
    assert cost_through_quota(rep, firm, t) == pytest.approx(cost, rel=1e-6, abs=1e-12)
    assert cost_through_quota(Rep(run_rate=rep.run_rate), firm, t) == 0.0
    commission = numbers(payout=linear, quotas={"quota_ratchet": ratchet})
    assert cost_through_quota(rep, commission, t) == pytest.approx(0.0, abs=1e-9)
    assert cost_through_quota(rep, numbers(quotas={"quota_ratchet": 0.0}), t) == 0.0
