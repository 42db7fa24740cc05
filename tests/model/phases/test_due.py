"""What is due by the curves: the day's rules where the period stands, and nothing earned is reckoned anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.phases.due import (
    draw_of_a_week,
    due_by_period,
    due_by_year,
    earned_this_week,
    extra_rate,
    gate_of_year,
    lift_by_period,
    lift_by_year,
    money_of_a_deal,
    note_accrued,
    on_target_rate,
    pay_by_period,
    pay_by_year,
    period_quota_with,
    period_terms,
    rate_of_new,
    rate_on_quota,
    usual_factor,
    usual_rate,
    weeks_left,
    weeks_left_of_year,
    year_quota_with,
    year_terms,
)
from salesim.model.state import Customer, Rep
from tests.model.phases.first import near
from tests.model.phases.second import lengths, numbers, plans, quotas, reps, some, weeks_of_run


@some
@given(lengths, weeks_of_run)
def test_weeks_left_reach_to_the_day_on_which_the_next_period_begins(length, t):
    ahead = next(n for n in range(1, 53) if (t + n) % length == 0)
    assert weeks_left(numbers(pay={"period_weeks": length}), t) == ahead


def by_period(credit, quota, weeks, firm):
    """Pay of a period whose year's quota is reached."""
    return pay_by_period(credit, quota, weeks, float(firm.pay.period_weeks), 0.0, firm)


@some
@given(plans(), quotas, st.floats(0, 2))
def test_a_whole_period_and_a_whole_year_pay_what_the_plan_says(firm, quota, attained):
    """A plan without threshold and cap: the rate to quota, the accelerated rate above it, the bonus."""
    free = {"payout.threshold": 0.0, "payout.cap": 1000.0, "payout.year_threshold": 0.0}
    firm = firm.with_numbers(free | {"payout.year_cap": 1000.0})
    curve, length = firm.payout, firm.pay.period_weeks
    rate = (
        firm.pay.target_pay * firm.pay.pay_mix / quota if firm.pay.plan_kind else firm.pay.commission_rate
    )
    for paid, weeks, share, accelerator, bonus in (
        (by_period, length, 1.0 - curve.year_share, curve.accelerator, curve.bonus),
        (pay_by_year, 52, curve.year_share, curve.year_accelerator, curve.year_bonus),
    ):
        asked = quota * weeks / 52.0
        credit = attained * asked
        above = max(credit - asked, 0.0)
        expected = rate * share * (credit - above + accelerator * above) + bonus * (credit >= asked)
        assert paid(credit, asked, float(weeks), firm) == pytest.approx(expected, abs=1e-6)


@some
@given(plans(), quotas)
def test_the_promise_pays_for_a_dollar_what_it_earns_exactly_on_quota(firm, quota):
    length = float(firm.pay.period_weeks)
    asked = quota * length / 52.0
    a_year = 52.0 / length * by_period(asked, asked, length, firm) + pay_by_year(quota, quota, 52.0, firm)
    assert on_target_rate(quota, firm) * quota == pytest.approx(a_year)
    assert on_target_rate(0.0, firm) == firm.pay.commission_rate


@some
@given(reps(), plans(), plans(), weeks_of_run, st.floats(0, 2e5))
def test_what_was_earned_stands_and_what_follows_is_paid_by_the_new_rules(rep, before, after, t, sold):
    rep.period_weeks, rep.year_weeks = rep.period_weeks + 1, rep.year_weeks + 1
    ahead, rest = weeks_left(before, t) - 1.0, 51.0 - t % 52
    quota, weeks = rep.period_quota + rep.quota / 52.0 * ahead, rep.period_weeks + ahead
    asked, of_year = rep.year_quota + rep.quota / 52.0 * rest, rep.year_weeks + rest
    length = float(before.pay.period_weeks)
    earned = due_by_period(rep, quota, weeks, length, 0.0, before), due_by_year(rep, asked, of_year, before)
    note_accrued(rep, before, t)
    assert (rep.accrued, rep.year_accrued) == (near(earned[0]), near(earned[1]))
    for due, paid, credited, args in (
        (due_by_period, pay_by_period, "credited", (quota, weeks, float(after.pay.period_weeks), 0.0)),
        (due_by_year, pay_by_year, "credited_this_year", (asked, of_year)),
    ):
        was, low = due(rep, *args, after), getattr(rep, credited)
        assert was == near(earned[credited != "credited"], abs=1e-6)
        setattr(rep, credited, low + sold)
        gained = paid(low + sold, *args, after) - paid(low, *args, after)
        assert due(rep, *args, after) - was == pytest.approx(gained, abs=1e-5)


@some
@given(reps(), plans(), weeks_of_run)
def test_without_a_change_what_is_due_is_the_curve_bit_for_bit(rep, firm, t):
    assert due_by_period(rep, 1e5, 13.0, float(firm.pay.period_weeks), 0.0, firm) == by_period(
        rep.credited, 1e5, 13.0, firm
    )
    assert due_by_year(rep, 4e5, 52.0, firm) == pay_by_year(rep.credited_this_year, 4e5, 52.0, firm)


@some
@given(lengths, weeks_of_run, st.floats(0.01, 0.1), st.floats(0, 1))
def test_a_plain_rate_that_moves_between_period_and_year_stays_the_rate(length, t, rate, share):
    plain = {"accelerator": 1.0, "bonus": 0.0}
    pay = {"commission_rate": rate, "period_weeks": length}
    rep = reps_anew(t, length)
    before, after = numbers(pay=pay, payout=plain), numbers(pay=pay, payout=plain | {"year_share": share})
    note_accrued(rep, before, t)
    rep.credited, rep.credited_this_year = rep.credited + 500.0, rep.credited_this_year + 500.0
    due = due_by_period(rep, 1e5, float(length), float(length), 0.0, after) + due_by_year(
        rep, 4e5, 52.0, after
    )
    assert due == pytest.approx(rate * 1_500.0)


def reps_anew(t, length):
    """Somebody who has sold for 1,000 in a year and a period that began together."""
    rep = Rep(quota=4e5, period_weeks=1 + t % length, year_weeks=1 + t % 52)
    rep.credited = rep.credited_this_year = 1_000.0
    return rep


@some
@given(reps(), plans(), weeks_of_run, st.floats(0, 1), st.floats(0, 1e5))
def test_a_week_earns_what_its_sales_lift_the_curves_by(rep, firm, t, part, to_targets):
    rep.period_weeks, rep.year_weeks = rep.period_weeks + 1, rep.year_weeks + 1
    rep.credited_this_week = part * min(rep.credited, rep.credited_this_year)
    rep.target_this_week, rep.deal_pay_this_week, rep.band_pay_this_week = to_targets, 60.0, 10.0
    ahead, rest = weeks_left(firm, t) - 1.0, 51.0 - t % 52
    quota, weeks = rep.period_quota + rep.quota / 52.0 * ahead, rep.period_weeks + ahead
    asked, of_year = rep.year_quota + rep.quota / 52.0 * rest, rep.year_weeks + rest
    earned = earned_this_week(rep, firm, t)
    now = due_by_period(rep, quota, weeks, float(firm.pay.period_weeks), 0.0, firm) + due_by_year(
        rep, asked, of_year, firm
    )
    rep.credited -= rep.credited_this_week
    rep.credited_this_year -= rep.credited_this_week
    then = due_by_period(rep, quota, weeks, float(firm.pay.period_weeks), 0.0, firm) + due_by_year(
        rep, asked, of_year, firm
    )
    assert earned == pytest.approx(now - then + firm.pay.target_rate * to_targets + 70.0, abs=1e-5)


@some
@given(reps(), plans(), weeks_of_run, st.floats(0, 1), st.floats(0, 1))
def test_deals_of_a_week_earn_together_what_the_week_earns(rep, firm, t, first, part):
    """Each by the curves where the deals before it leave period and year."""
    rep.period_weeks, rep.year_weeks = min(rep.period_weeks, firm.pay.period_weeks - 1), rep.year_weeks
    week, earned = 4e4 * part, 0.0
    for credit in (week * first, week * (1.0 - first)):
        earned += money_of_a_deal(rep, credit, firm, t)
        rep.credited += credit
        rep.credited_this_week += credit
    rep.period_weeks, rep.year_weeks = rep.period_weeks + 1, rep.year_weeks + 1
    rep.period_quota += rep.quota / 52.0
    rep.year_quota += rep.quota / 52.0
    rep.credited_this_year += rep.credited_this_week
    assert earned == pytest.approx(earned_this_week(rep, firm, t), abs=1e-5)


def test_a_lift_is_the_difference_between_two_points_of_a_curve():
    firm, rep = numbers(payout={"year_share": 0.5}), Rep(quota=4e5, period_weeks=3, year_weeks=3)
    rep.period_quota = rep.year_quota = 4e5 * 3.0 / 52.0
    lift = lift_by_period(rep, 9e4, 12e4, 10.0, 13.0, 0.0, firm)
    assert lift == pytest.approx(1e4 * 0.0165 + 2e4 * 0.0165 * 1.25 + 2_500.0)
    assert lift_by_year(5.0, rep, 9e4, 12e4, 49.0, firm) == pytest.approx(5.0 + 3e4 * 0.0165)


@pytest.mark.parametrize(("high", "factor"), [(0.36, 2.0), (0.37, 1.0)])
def test_the_usual_margin_is_that_of_the_planned_price(high, factor):
    assert usual_factor(numbers(by_deal={"high_margin": high, "high_margin_factor": 2.0})) == factor


@pytest.mark.parametrize(("is_target", "since"), [(False, 3), (True, 3), (False, -1), (True, -1)])
def test_planned_targets_and_accounts_that_have_never_bought_earn_extra_rates(is_target, since):
    firm = numbers(pay={"target_rate": 0.02}, by_deal={"new_rate": 0.05})
    customer = Customer(planned_target=is_target, contract_week=since)
    assert rate_of_new(customer, firm) == 0.05 * (since < 0)
    assert extra_rate(customer, firm) == pytest.approx(0.02 * is_target + 0.05 * (since < 0))


@pytest.mark.parametrize(
    ("tenure", "hires", "share"), [(0, 1, 0.9), (29, 1, 0.9), (30, 1, 0.2), (3, 0, 0.2)]
)
def test_newcomers_are_sure_of_the_larger_draw_for_the_weeks_of_their_ramp(tenure, hires, share):
    firm = numbers(pay={"draw": 0.2, "ramp_draw": 0.9, "ramp_weeks": 30})
    sure = draw_of_a_week(Rep(hires=hires, tenure=tenure), firm)
    assert sure == pytest.approx(share * firm.pay.target_pay * firm.pay.pay_mix / 52.0)


@some
@given(weeks_of_run)
def test_a_year_has_52_weeks(t):
    assert (t + weeks_left_of_year(t)) % 52.0 == 0.0
    assert 1.0 <= weeks_left_of_year(t) <= 52.0


GATED = [{"at": 0.0, "rate": 0.05}, {"at": 1.0, "rate": 0.06, "gate": True}, {"at": 1.25, "rate": 0.07}]


def test_higher_rates_wait_for_the_quota_of_the_year():
    """Quarters of 100,000; 50,000, 75,000 and 200,000 sold: the year is not reached in the third."""
    firm = numbers(payout={"curve": GATED})
    rep = Rep(quota=4e5, period_weeks=13, year_weeks=39, period_quota=1e5, year_quota=3e5)
    rep.credited, rep.credited_this_year = 2e5, 3.25e5
    gate = gate_of_year(rep, 13.0)
    assert gate == 4e5 - 1.25e5
    assert due_by_period(rep, 1e5, 13.0, 13.0, gate, firm) == near(10_000.0)
    rep.credited_this_year, rep.credited = 4.5e5, 1.5e5
    gate = gate_of_year(rep, 13.0)
    assert due_by_period(rep, 1e5, 13.0, 13.0, gate, firm) == near(5_000.0 + 1_500.0 + 1_750.0)


def test_what_a_curve_pays_by_and_large_is_its_rate_on_quota():
    assert usual_rate(1e6, numbers()) == numbers().pay.commission_rate
    firm = numbers(payout={"curve": GATED[:1]})
    assert usual_rate(1e6, firm) == near(0.05 + 0.0)
    firm = numbers(payout={"curve": [{"at": 0.0, "rate": 0.02, "jump": 1_000.0}]})
    assert usual_rate(4e5, firm) == near(0.02 + 1_000.0 / 1e5)
    bonus = firm.with_numbers({"team_pay.team_bonus": 500.0})
    assert usual_rate(4e5, bonus) == rate_on_quota(4e5, bonus) == rate_on_quota(4e5, firm)
    assert on_target_rate(4e5, bonus) == near(rate_on_quota(4e5, firm) + 500.0 / 1e5)


@some
@given(plans(), quotas)
def test_knots_are_shares_of_the_quota_of_the_weeks_in_the_seat_and_jumps_go_by_their_part(firm, quota):
    length = firm.pay.period_weeks
    terms = period_terms(quota, 0.5 * length, float(length), 7.0, firm)
    assert (terms.knot, terms.jump, terms.gate) == (quota, 0.5, 7.0)
    terms = year_terms(quota, 13.0, firm)
    assert (terms.knot, terms.jump, terms.gate) == (quota, 0.25, 0.0)


def test_quotas_of_later_weeks_are_this_weeks_and_what_is_given_beyond_it():
    rep = Rep(quota=5.2e5, period_quota=1e4, year_quota=3e4)
    assert (period_quota_with(rep, 3.0), year_quota_with(rep, 5.0)) == (near(4e4), near(8e4))
    rep.more_this_period, rep.more_this_year = 500.0, -700.0
    assert (period_quota_with(rep, 3.0), year_quota_with(rep, 5.0)) == (near(4.05e4), near(7.93e4))
