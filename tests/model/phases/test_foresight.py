"""What reps expect to be paid, worked out again by quadrature, and by counting weeks."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.phases.foresight import (
    FAR,
    STEP_OF_QUOTA,
    bonus_per_dollar,
    chance_above_draw,
    cost_through_quota,
    credit_of_period,
    credit_of_year,
    expected_by_period,
    expected_by_year,
    is_plain,
    jumps_of_period,
    jumps_of_year,
    lift_of_later_pay,
    more_by_period,
    more_by_year,
    pay_of_next_year,
    pays_by_year,
    quota_of_period,
    quota_of_year,
    rest_until,
    rules_after,
    rules_next,
    spread_of_weeks,
    still_to_come,
    sums_now,
    sums_per_dollar,
    usual_gate,
    weeks_alike,
    weeks_in_plan,
    weeks_of_period,
    weeks_of_year,
    weeks_to_dated_rules,
    weeks_to_other_rules,
    worth_in_a_fresh_period,
    worth_in_this_period,
    worth_of_credit,
    worth_when_that_ends,
    worth_with_a_choice,
)
from salesim.model.state import Manager, Rep
from salesim.rules.curve import NEVER
from salesim.rules.knots import NO_CAP
from tests.model.phases.second import (
    firm_of,
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


def still():
    """A firm whose rules of pay do not change."""
    return firm_of()


def changing(later, end, known=0):
    """A firm whose pay follows other rules from a week on."""
    firm = firm_of(later=later)
    firm.keeping[0].rules_end, firm.keeping[0].rules_known = end, known
    return firm


def rate_below_quota(firm, quota):
    if firm.pay.plan_kind == 1 and quota > 0.0:
        return firm.pay.target_pay * firm.pay.pay_mix / quota
    return firm.pay.commission_rate


def paid(credit, quota, rate, threshold, accelerator, bonus, cap):
    """Pay by the curve for each of many results; below zero as linear pay where nothing is held back."""
    counted = np.minimum(credit, cap * quota)
    pay = rate * np.maximum(np.minimum(counted, quota) - threshold * quota, 0.0)
    pay = pay + rate * accelerator * np.maximum(counted - quota, 0.0) + bonus * (counted >= quota)
    return pay + rate * np.minimum(credit, 0.0) * (threshold == 0.0)


def mean_pay(firm, year, asked, weeks, mean, sd):
    """Expected pay of so many weeks and their quota by the curve of the period or of the year."""
    curve, named = firm.payout, "year_" if year else ""
    share, length = (curve.year_share, 52) if year else (1.0 - curve.year_share, firm.pay.period_weeks)
    threshold, accelerator, bonus, cap = (
        getattr(curve, f"{named}{part}") for part in ("threshold", "accelerator", "bonus", "cap")
    )
    curved = (
        asked,
        rate_below_quota(firm, asked * 52.0 / weeks) * share,
        threshold,
        accelerator,
        bonus * weeks / length,
        cap,
    )
    knots = [0.0, threshold * asked, asked, cap * asked]
    return mean_over(lambda credit: paid(credit, *curved), mean, sd, knots)


def gain_by_quadrature(firm, year, asked, weeks, low, credit, sd):
    high, less = (mean_pay(firm, year, asked, weeks, mean, sd) for mean in (low + credit, low))
    return high - less


@pytest.mark.parametrize(
    ("payout", "pays"),
    [
        ({}, False),
        ({"year_share": 0.1}, True),
        ({"year_bonus": 1.0}, True),
        ({"year_threshold": 0.5, "year_accelerator": 2.0}, False),
        ({"year_curve": [{"at": 0.0, "rate": 0.01}]}, True),
    ],
)
def test_the_year_pays_by_its_share_its_bonus_or_its_own_curve(payout, pays):
    assert pays_by_year(numbers(payout=payout)) == pays


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
    assert rest_until(rep, credit, float(52 - t % 52), firm, t) == pytest.approx(expected, rel=1e-12)


@some
@given(reps(), plans(), credits, weeks_of_run)
def test_a_period_and_a_year_end_with_what_is_there_and_what_is_to_come(rep, firm, credit, t):
    length = firm.pay.period_weeks
    left, left_of_year = length - t % length, 52 - t % 52
    low = credit_of_period(rep, credit, firm, t)
    assert low == pytest.approx(rep.credited + still_to_come(rep, credit, left, firm))
    asked = rep.period_quota + rep.quota * left / 52.0
    assert quota_of_period(rep, firm, t) == pytest.approx(asked)
    in_year = credit_of_year(rep, credit, firm, t)
    assert in_year == pytest.approx(rep.credited_this_year + rest_until(rep, credit, left_of_year, firm, t))
    a_year = rep.year_quota + rep.quota * left_of_year / 52.0
    assert quota_of_year(rep, t) == pytest.approx(a_year)
    for jumps, quota, bonus in (
        (jumps_of_period, asked, firm.payout.bonus),
        (jumps_of_year, a_year, firm.payout.year_bonus),
    ):
        below, above = (jumps(rep, part * quota, firm, t) for part in (0.99, 1.01))
        assert below == ((pytest.approx(quota), NEVER) if bonus else (NEVER, NEVER))
        assert above == (NEVER, NEVER)


@some
@given(reps(), plans())
def test_in_a_usual_year_the_last_period_meets_a_gate_with_what_the_others_left(rep, firm):
    gate = usual_gate(rep, rep.quota, firm)
    before = rep.run_rate * (52 - firm.pay.period_weeks)
    assert gate + before == pytest.approx(rep.quota)


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
        asked = quota * weeks / 52.0
        by_quadrature = mean_pay(firm, year, asked, weeks, mean, sd)
        gate = () if year else (float(firm.pay.period_weeks), 0.0)
        assert expected(asked, weeks, *gate, mean, sd, firm) == pytest.approx(
            by_quadrature, rel=1e-6, abs=1e-3
        )


@some
@given(plans(), st.floats(1, 52), st.floats(1e3, 1e6))
def test_without_a_quota_the_rate_is_all_there_is(firm, weeks, mean):
    rate, share = rate_below_quota(firm, 0.0), firm.payout.year_share
    assert expected_by_period(0.0, weeks, 13.0, 0.0, mean, mean, firm) == pytest.approx(
        rate * (1.0 - share) * mean
    )
    assert expected_by_year(0.0, weeks, mean, mean, firm) == pytest.approx(rate * share * mean)


@some
@given(reps(), plans(), credits, weeks_of_run)
def test_a_dollar_now_is_worth_what_expected_pay_gains_over_the_deal(rep, firm, credit, t):
    left, of_year = firm.pay.period_weeks - t % firm.pay.period_weeks, 52 - t % 52
    low = rep.credited + still_to_come(rep, credit, left, firm)
    sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(left)
    asked = rep.period_quota + rep.quota * left / 52.0
    gain = gain_by_quadrature(firm, False, asked, rep.period_weeks + left, low, credit, sd)
    low = rep.credited_this_year + rest_until(rep, credit, of_year, firm, t)
    sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(of_year)
    asked = rep.year_quota + rep.quota * of_year / 52.0
    gain += gain_by_quadrature(firm, True, asked, rep.year_weeks + of_year, low, credit, sd)
    assert worth_in_this_period(rep, credit, firm, still(), t) == pytest.approx(gain / credit, abs=1e-6)


@some
@given(reps(), plans(), credits)
def test_a_dollar_in_a_fresh_period_is_worth_the_same_by_a_usual_period_and_year(rep, firm, credit):
    length, gain = firm.pay.period_weeks, 0.0
    for year, weeks in ((False, length), (True, 52)):
        sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(weeks)
        asked = rep.quota * weeks / 52.0
        gain += gain_by_quadrature(firm, year, asked, weeks, rep.run_rate * weeks, credit, sd)
    assert worth_in_a_fresh_period(rep, credit, firm, still()) == pytest.approx(gain / credit, abs=1e-6)


@some
@given(reps(), plans(), credits)
def test_on_the_first_day_of_a_year_this_period_is_a_fresh_one(rep, firm, credit):
    usual = rep.run_rate * firm.worth.usual_cycle / max(firm.worth.pipeline_share, 0.01)
    first_day = Rep(quota=rep.quota, run_rate=rep.run_rate, pipeline=usual + credit)
    if firm.worth.pipeline_share >= 0.01:
        fresh = worth_in_a_fresh_period(first_day, credit, firm, still())
        assert worth_in_this_period(first_day, credit, firm, still(), 0) == pytest.approx(fresh, abs=1e-9)


@some
@given(reps(), plans(), st.floats(0, 0.2), weeks_of_run)
def test_a_deal_of_nothing_and_a_rep_without_quota_are_worth_the_rate_or_what_comes_later(
    rep, firm, later, t
):
    for credit in (0.0, -5.0):
        for worth in (
            worth_in_this_period(rep, credit, firm, still(), t),
            worth_in_a_fresh_period(rep, credit, firm, still()),
        ):
            assert worth == pytest.approx(rate_below_quota(firm, rep.quota))
        assert worth_with_a_choice(rep, credit, later, firm, still(), t) == later
    rep.quota = 0.0
    for worth in (
        worth_in_this_period(rep, 9.0, firm, still(), t),
        worth_in_a_fresh_period(rep, 9.0, firm, still()),
    ):
        assert worth == pytest.approx(rate_below_quota(firm, 0.0))
    assert worth_with_a_choice(rep, 9.0, later, firm, still(), t) == later


@some
@given(reps(), plans(), credits, st.floats(0, 0.2), weeks_of_run)
def test_a_choice_is_worth_the_better_of_both_periods_whatever_this_one_turns_out_to_be(
    rep, firm, credit, later, t
):
    curve, left, of_year = firm.payout, firm.pay.period_weeks - t % firm.pay.period_weeks, 52 - t % 52
    weekly = firm.worth.rest_spread * rep.quota / 52.0
    low = rep.credited_this_year + rest_until(rep, credit, of_year, firm, t)
    asked = rep.year_quota + rep.quota * of_year / 52.0
    by_year = (
        gain_by_quadrature(
            firm, True, asked, rep.year_weeks + of_year, low, credit, weekly * math.sqrt(of_year)
        )
        / credit
    )
    weeks = rep.period_weeks + left
    quota = rep.period_quota + rep.quota * left / 52.0
    rate = rate_below_quota(firm, quota * 52.0 / weeks) * (1.0 - curve.year_share)
    shape = (quota, rate, curve.threshold, curve.accelerator, curve.bonus * weeks / firm.pay.period_weeks)

    def better(other):
        gain = paid(other + credit, *shape, curve.cap) - paid(other, *shape, curve.cap)
        return np.maximum(gain / credit + by_year, later)

    mean = rep.credited + still_to_come(rep, credit, left, firm)
    ends = [0.0, curve.threshold * quota, quota, curve.cap * quota]
    kinks = [*ends, *(end - credit for end in ends)]
    expected = mean_over(better, mean, weekly * math.sqrt(left), kinks)
    worth = worth_with_a_choice(rep, credit, later, firm, still(), t)
    plain = is_plain(firm)
    assert worth == pytest.approx(later if plain else expected, abs=2e-4)


@some
@given(reps(), st.floats(0, 0.2), shares, weeks_of_run)
def test_where_every_dollar_pays_the_same_there_is_no_better_period_to_choose(rep, later, share, t):
    firm = numbers(payout={"accelerator": 1.0, "bonus": 0.0, "year_share": share})
    assert worth_with_a_choice(rep, 1e4, later, firm, still(), t) == later


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
        pay += 52 / weeks * mean_pay(firm, year, quota * weeks / 52.0, weeks, rep.run_rate * weeks, sd)
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


@some
@given(lengths, weeks_of_run, st.integers(0, 160), st.integers(0, 160))
def test_sales_are_paid_alike_to_the_end_of_the_period_or_of_rules_that_are_known_to_end(
    length, t, end, known
):
    firm = numbers(pay={"period_weeks": length})
    left = length - t % length
    told = known <= t < end
    assert weeks_to_other_rules(Rep(), changing(firm, end, known), t) == (end - t if told else FAR)
    assert weeks_alike(Rep(), firm, changing(firm, end, known), t) == (min(left, end - t) if told else left)
    assert weeks_alike(Rep(), firm, still(), t) == left


@some
@given(reps(), plans(), credits, weeks_of_run, st.integers(1, 60))
def test_rules_that_go_on_as_they_are_change_no_worth(rep, firm, credit, t, ahead):
    same = changing(firm, t + ahead)
    worth = worth_in_this_period(rep, credit, firm, still(), t)
    assert worth_in_this_period(rep, credit, firm, same, t) == pytest.approx(worth, rel=1e-6, abs=1e-9)
    assert worth_when_that_ends(rep, credit, firm, still(), t) == worth_in_a_fresh_period(
        rep, credit, firm, still()
    )


@some
@given(reps(), credits, weeks_of_run, st.integers(1, 60), st.floats(0.01, 0.1), st.floats(0.01, 0.1))
def test_a_plain_rate_is_worth_itself_on_each_side_of_its_last_day(rep, credit, t, ahead, now, then):
    plain = {"accelerator": 1.0, "bonus": 0.0}
    firm = numbers(pay={"commission_rate": now}, payout=plain)
    later = changing(numbers(pay={"commission_rate": then}, payout=plain), t + ahead)
    left = 13 - t % 13
    assert worth_in_this_period(rep, credit, firm, later, t) == pytest.approx(now)
    next_rate = then if ahead <= left else now
    assert worth_when_that_ends(rep, credit, firm, later, t) == pytest.approx(next_rate)


@some
@given(reps(), plans(), plans(), credits, weeks_of_run, st.integers(1, 60))
def test_a_sale_is_paid_by_the_rules_of_its_day_and_lifts_later_sales_by_theirs(
    rep, firm, after, credit, t, ahead
):
    after = after.with_numbers({"pay.period_weeks": firm.pay.period_weeks})
    change, left, of_year = changing(after, t + ahead), 13.0, 52.0 - t % 52
    left = float(firm.pay.period_weeks - t % firm.pay.period_weeks)
    weekly = firm.worth.rest_spread * rep.quota / 52.0
    gain = 0.0
    for year, horizon in ((False, left), (True, of_year)):
        weeks = (rep.year_weeks if year else rep.period_weeks) + horizon
        asked = (rep.year_quota if year else rep.period_quota) + rep.quota * horizon / 52.0
        so_far = rep.credited_this_year if year else rep.credited

        def adds(rules, until, year=year, asked=asked, weeks=weeks, so_far=so_far):
            low = so_far + rest_until(rep, credit, until, firm, t)
            return gain_by_quadrature(rules, year, asked, weeks, low, credit, weekly * math.sqrt(until))

        gain += adds(firm, min(horizon, ahead))
        if ahead < horizon:
            gain += adds(after, horizon) - adds(after, float(ahead))
    assert worth_in_this_period(rep, credit, firm, change, t) == pytest.approx(gain / credit, abs=1e-6)


@some
@given(reps(), plans(), credits, weeks_of_run, st.floats(0.5, 12))
def test_more_credit_adds_what_expected_pay_gains(rep, firm, credit, t, until):
    sd = firm.worth.rest_spread * rep.quota / 52.0 * math.sqrt(until)
    for more, year, asked, weeks, low in (
        (
            more_by_period,
            False,
            quota_of_period(rep, firm, t),
            weeks_of_period(rep, firm, t),
            rep.credited + still_to_come(rep, credit, until, firm),
        ),
        (
            more_by_year,
            True,
            quota_of_year(rep, t),
            weeks_of_year(rep, t),
            rep.credited_this_year + rest_until(rep, credit, until, firm, t),
        ),
    ):
        gain = gain_by_quadrature(firm, year, asked, weeks, low, credit, sd)
        assert more(rep, credit, until, firm, firm, t) == pytest.approx(gain, rel=1e-6, abs=1e-3)


@some
@given(reps(), credits)
def test_a_sale_before_an_accelerator_begins_lifts_what_is_sold_after_it(rep, credit):
    plain = {"accelerator": 1.0, "bonus": 0.0}
    firm, later = numbers(payout=plain), numbers(payout={"accelerator": 5.0, "bonus": 0.0})
    rep.credited = rep.run_rate = rep.pipeline = 0.0  # far below quota, so only luck lifts anybody over it
    args = (rep, credit, 3.0, firm)
    assert lift_of_later_pay(*args, changing(later, 7), 4) >= -1e-6
    assert lift_of_later_pay(*args, changing(firm, 7), 4) == pytest.approx(0.0, abs=1e-6)


@some
@given(reps(), st.floats(0.1, 2.0), weeks_of_run, st.integers(0, 60))
def test_a_guarantee_takes_from_a_sale_the_chance_that_it_covers_it(rep, draw, t, tenure):
    plain = {"accelerator": 1.0, "bonus": 0.0}
    firm = numbers(pay={"ramp_draw": draw, "ramp_weeks": 30}, payout=plain)
    rep.tenure = tenure
    assert chance_above_draw(rep, firm, t) == 1.0
    rep.hires = 1
    chance = chance_above_draw(rep, firm, t)
    assert (0.0 <= chance < 1.0) if tenure < 30 else (chance == 1.0)
    worth = worth_in_this_period(rep, 1e4, firm, still(), t)
    assert worth == pytest.approx(firm.pay.commission_rate * chance)
    more = firm.with_numbers({"pay.draw": 2.0})
    assert chance_above_draw(rep, more, t) <= chance + 1e-12
    assert chance_above_draw(rep, more.with_numbers({"pay.draw_kind": "recoverable"}), t) == 1.0


@some
@given(reps(), st.floats(0.1, 1e4), st.floats(0, 500), st.floats(0, 5), weeks_of_run)
def test_sums_of_a_deal_are_reckoned_by_the_dollar_and_as_far_as_a_guarantee_leaves_them(
    rep, units, f, u, t
):
    firm = numbers(
        by_deal={"per_deal": f, "per_unit": u},
        pay={"draw": 0.8},
        payout={"accelerator": 1.0, "bonus": 0.0},
    )
    assert sums_per_dollar(units, firm) * units * 90.0 == pytest.approx(f + u * units)
    assert sums_per_dollar(0.0, firm) == 0.0
    chance = chance_above_draw(rep, firm, t)
    assert sums_now(rep, units, firm, t) == pytest.approx(sums_per_dollar(units, firm) * chance)
    assert chance >= chance_above_draw(
        rep, firm.with_numbers({"by_deal.per_deal": 0.0, "by_deal.per_unit": 0.0}), t
    )


@pytest.mark.parametrize(("end", "known", "found"), [(12, 0, 1), (13, 0, 1), (14, 0, 0), (12, 99, 0)])
def test_the_next_rules_are_those_that_a_rep_knows_to_begin_by_the_end_of_the_period(end, known, found):
    now, later = numbers(), numbers(by_deal={"per_deal": 500.0})
    assert rules_next(Rep(), now, changing(later, end, known), 5) is (now, later)[found]


@some
@given(
    reps(), plans(), credits, weeks_of_run, st.floats(0.2, 1.0), st.floats(0.3, 1.0), st.floats(0.0, 1e5)
)
def test_shared_credit_is_worth_the_own_part_of_what_its_part_of_the_credit_earns(
    rep, firm, credit, t, part, evened, of_others
):
    """Worked out again by quadrature: fewer dollars, evener, beside a part of colleagues' pipelines."""
    rep.own_part, rep.own_spread, rep.from_colleagues = part, evened, of_others
    left, of_year, own = firm.pay.period_weeks - t % firm.pay.period_weeks, 52 - t % 52, part * credit
    in_time = 1.0 - math.exp(-left / firm.worth.usual_cycle)
    pipeline = max(part * rep.pipeline - own, 0.0) + of_others
    coming = firm.worth.pipeline_share * pipeline * in_time
    coming += rep.run_rate * (left - firm.worth.usual_cycle * in_time)
    assert still_to_come(rep, own, float(left), firm) == pytest.approx(coming, rel=1e-9, abs=1e-6)
    sd = evened * firm.worth.rest_spread * rep.quota / 52.0
    asked, weeks = rep.period_quota + rep.quota * left / 52.0, rep.period_weeks + left
    low = rep.credited + coming
    gain = gain_by_quadrature(firm, False, asked, weeks, low, own, sd * math.sqrt(left))
    low = rep.credited_this_year + coming + rep.run_rate * (of_year - left) * (of_year > left)
    if of_year < left:
        low = rep.credited_this_year + still_to_come(rep, own, float(of_year), firm)
    asked, weeks = rep.year_quota + rep.quota * of_year / 52.0, rep.year_weeks + of_year
    gain += gain_by_quadrature(firm, True, asked, weeks, low, own, sd * math.sqrt(of_year))
    assert worth_in_this_period(rep, credit, firm, still(), t) == pytest.approx(gain / credit, abs=1e-6)
    fresh = part * worth_of_credit(rep, own, firm)
    assert worth_in_a_fresh_period(rep, credit, firm, still()) == pytest.approx(fresh)


@some
@given(reps(), credits, weeks_of_run, st.floats(0.1, 1.0), st.floats(0.01, 0.1))
def test_under_a_plain_rate_a_dollar_is_worth_the_own_part_of_the_rate(rep, credit, t, part, rate):
    rep.own_part = part
    for payout in ({"accelerator": 1.0, "bonus": 0.0}, {"curve": [{"at": 0.0, "rate": rate}]}):
        firm = numbers(pay={"commission_rate": rate}, payout=payout)
        assert worth_in_this_period(rep, credit, firm, still(), t) == pytest.approx(part * rate)
        assert worth_in_a_fresh_period(rep, credit, firm, still()) == pytest.approx(part * rate)


def bonus_firm(rep, of_team, t, length, later=None, **groups):
    """A firm in which a team of two has come so far, and its rules of pay."""
    scenario = numbers(pay={"period_weeks": length}, team_pay={"team_bonus": 4_000.0}, **groups)
    left, weekly = length - t % length, rep.quota / 26.0
    manager = Manager(
        credited=of_team * weekly * length,
        run_rate=2.0 * rep.run_rate,
        weekly_quota=weekly,
        whole_quota=weekly * length,
        week_spread=0.8 * weekly,
    )
    return scenario, firm_of(managers=[manager], later=later or scenario), manager, left


def reached(mean, sd, quota):
    return 0.5 * math.erfc((quota - mean) / sd / math.sqrt(2.0))


@some
@given(reps(), credits, weeks_of_run, st.floats(0, 1.2), lengths, st.booleans())
def test_the_bonus_of_a_team_is_worth_what_a_sale_adds_to_its_chance(
    rep, credit, t, of_team, length, by_knots
):
    """The same difference of expected bonuses, counted once whatever the form of the rep's own curve."""
    payout = {"curve": "4% above"} if by_knots else {"accelerator": 1.0, "bonus": 0.0}
    scenario, firm, manager, left = bonus_firm(rep, of_team, t, length, payout=payout)
    mean, sd = manager.credited + manager.run_rate * left, manager.week_spread * math.sqrt(left)
    chance = reached(mean + credit, sd, manager.whole_quota) - reached(mean, sd, manager.whole_quota)
    expected = 4_000.0 * chance * (rep.period_weeks + left) / length / credit
    none = scenario.with_numbers({"team_pay.team_bonus": 0.0})
    with_it = worth_in_this_period(rep, credit, scenario, firm, t)
    without = worth_in_this_period(rep, credit, none, firm, t)
    assert with_it - without == pytest.approx(expected, rel=1e-4, abs=1e-8)
    assert bonus_per_dollar(rep, credit, FAR, scenario, firm, t) == pytest.approx(
        expected, rel=1e-4, abs=1e-8
    )
    manager.reached = True
    assert bonus_per_dollar(rep, credit, FAR, scenario, firm, t) == 0.0


def test_a_bonus_that_ends_soon_is_foreseen_for_its_own_weeks():
    rep = Rep(quota=1e6, run_rate=2e4, period_weeks=4)
    later = numbers(team_pay={"team_bonus": 1_000.0})
    scenario, firm, manager, _ = bonus_firm(rep, 0.4, 4, 13, later=later)
    firm.keeping[0].rules_end, firm.keeping[0].rules_known = 7, 0
    chance = [
        reached(
            manager.credited + 4e4 * weeks + more, manager.week_spread * weeks**0.5, manager.whole_quota
        )
        for weeks in (3, 9)
        for more in (0.0, 2e4)
    ]
    soon, whole = chance[1] - chance[0], chance[3] - chance[2]
    expected = (4_000.0 * soon + 1_000.0 * (whole - soon)) / 2e4
    assert bonus_per_dollar(rep, 2e4, 3.0, scenario, firm, 4) == pytest.approx(expected, rel=1e-4)


@some
@given(st.integers(0, 60), st.integers(-1, 120))
def test_a_plan_lasts_as_long_as_the_rep_has_not_its_time_in_the_seat(tenure, until):
    rep = Rep(tenure=tenure, plan_until=until)
    assert weeks_in_plan(rep) == (until - tenure if until > tenure else FAR)


@some
@given(weeks_of_run, st.integers(1, 60), st.integers(1, 60), st.booleans(), st.booleans())
def test_whichever_comes_first_of_dates_and_time_in_the_seat_brings_other_rules(t, day, own, dates, ends):
    """Both in the same week bring the next plan as it then is."""
    now, next_ = numbers(), numbers(by_deal={"per_deal": 1.0})
    later, both = numbers(by_deal={"per_deal": 2.0}), numbers(by_deal={"per_deal": 3.0})
    firm = still()._replace(pay_plans=(now, next_), later=(later, both))
    firm.keeping[0].rules_end, firm.keeping[0].rules_known = (t + day if dates else -1), 0
    rep = Rep(tenure=7, plan_until=7 + own if ends else -1, next_plan=1)
    day, own = day if dates else FAR, own if ends else FAR
    assert weeks_to_dated_rules(firm, t) == day
    assert weeks_to_other_rules(rep, firm, t) == min(day, own)
    if dates or ends:
        wanted = next_ if own < day else later if day < own else both
        assert rules_after(rep, firm, t) is wanted
