"""Pay follows the weeks in the seat, is settled on paydays only, and what is paid is in the books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.phases.pay import (
    count_week,
    expect_as_planned,
    hand_out,
    note_year,
    pay,
    settle_period,
    settle_year,
)
from salesim.model.state import Rep
from salesim.rules.pay import QUOTA_PLAN
from tests.model.phases.first import columns, each, few, moved, near, picture, seeds, world

amounts = st.floats(0.0, 1e6)
PLAIN = {
    f"payout__{year}{name}": value
    for year in ("", "year_")
    for name, value in {"threshold": 0.0, "accelerator": 1.0, "bonus": 0.0, "cap": 1000.0}.items()
}


def rate_of(rep, scenario):
    """Pay for a dollar of credit below quota."""
    pay = scenario.pay
    if pay.plan_kind == QUOTA_PLAN and rep.quota > 0.0:
        return pay.target_pay * pay.pay_mix / rep.quota
    return pay.commission_rate / pay.usual_mix * pay.pay_mix


def by_steps(credit, quota, rate, threshold, accelerator, bonus, cap):
    """Pay for a credit, step by step along the curve."""
    if quota == 0.0:
        return rate * credit
    below = max(min(credit, quota) - threshold * quota, 0.0)
    above = max(min(credit, cap * quota) - quota, 0.0)
    return rate * below + rate * accelerator * above + (bonus if credit >= quota else 0.0)


def of_period(rep, weeks, credit, scenario):
    """What so many weeks in the seat earn by the period's curve."""
    plan, curve = scenario.pay, scenario.payout
    more, part = plan.pay_mix / plan.usual_mix, weeks / plan.period_weeks
    return by_steps(
        credit,
        rep.quota / 52.0 * weeks,
        rate_of(rep, scenario) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * more * part,
        curve.cap,
    )


def of_year(rep, weeks, credit, scenario):
    """What so many weeks in the seat earn by the year's curve."""
    curve, more = scenario.payout, scenario.pay.pay_mix / scenario.pay.usual_mix
    return by_steps(
        credit,
        rep.quota / 52.0 * weeks,
        rate_of(rep, scenario) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus * more * weeks / 52.0,
        curve.year_cap,
    )


def selling_rep(seed, part, without=False, **numbers):
    """A rep with this part of the quota of the weeks spent in the seat; or without a quota."""
    scenario, firm, t = world(seed, **numbers)
    rep = firm.reps[seed % 7]
    rep.period_weeks, rep.year_weeks = 1 + seed % scenario.pay.period_weeks, 1 + seed % 52
    rep.credited = part * rep.quota * rep.period_weeks / 52.0
    rep.credited_this_year = part * rep.quota * rep.year_weeks / 52.0
    rep.quota = 0.0 if without else rep.quota
    rep.hires, rep.tenure = seed % 2, scenario.pay.ramp_weeks + seed // 2 % 3 - 1
    return scenario, firm, t, rep


parts = st.floats(0.05, 2.2).filter(lambda part: abs(part - 1.0) > 1e-6)


@each
@given(seed=seeds, earned=amounts)
def test_what_is_handed_out_to_the_rep_is_in_the_books(seed, earned):
    _, firm, t = world(seed)
    rep, before = firm.reps[2], picture(firm)
    received, booked = rep.year_pay, firm.books[t].variable_pay
    hand_out(rep, earned, firm, t)
    assert rep.year_pay == near(received + earned)
    assert firm.books[t].variable_pay == near(booked + earned)
    if earned > 1.0:
        assert moved(firm, before) == {("reps", 2): {"year_pay"}, ("books", t): {"variable_pay"}}


@each
@given(seed=seeds, part=parts, without=st.booleans())
def test_a_period_pays_by_its_curve_for_the_weeks_in_the_seat(seed, part, without):
    scenario, firm, t, rep = selling_rep(seed, part, without)
    plan, weeks = scenario.pay, rep.period_weeks
    earned = of_period(rep, weeks, rep.credited, scenario)
    earned += plan.target_rate / plan.usual_mix * plan.pay_mix * rep.target_revenue
    if rep.hires > 0 and rep.tenure < plan.ramp_weeks:
        earned = max(earned, plan.ramp_draw * plan.target_pay * plan.pay_mix * weeks / 52.0)
    before, was, booked = picture(firm), dict(vars(rep)), firm.books[t].variable_pay
    settle_period(rep, scenario, firm, t)
    assert rep.year_pay - was["year_pay"] == near(earned, abs=1e-6)
    assert firm.books[t].variable_pay - booked == near(earned, abs=1e-6)
    yearly = plan.target_pay - plan.target_pay * plan.pay_mix + earned / weeks * 52.0 + was["by_year"]
    kept = scenario.leaving.pay_memory ** (weeks / 13.0)
    assert rep.recent_pay == near(kept * was["recent_pay"] + (1.0 - kept) * yearly)
    assert (rep.credited, rep.target_revenue, rep.period_weeks) == (0.0, 0.0, 0)
    assert set(moved(firm, before)) <= {("books", t), ("reps", rep.id)}
    touched = {"year_pay", "recent_pay", "credited", "target_revenue", "period_weeks"}
    assert columns(moved(firm, before), "reps") <= touched
    assert columns(moved(firm, before), "books") <= {"variable_pay"}


@each
@given(seed=seeds, short=st.booleans())
def test_the_draw_lifts_newcomers_until_their_ramp_is_over(seed, short):
    scenario, firm, t, rep = selling_rep(seed, 0.5, pay__ramp_draw=2.0, pay__ramp_weeks=30)
    floor = 2.0 * scenario.pay.target_pay * scenario.pay.pay_mix * rep.period_weeks / 52.0
    rep.credited, rep.target_revenue, rep.year_pay = 0.0, 0.0, 0.0
    rep.hires, rep.tenure = 1, 29 if short else 30
    settle_period(rep, scenario, firm, t)
    assert rep.year_pay == (near(floor) if short else 0.0)


def test_who_was_there_from_the_first_day_gets_no_draw():
    scenario, firm, t, rep = selling_rep(5, 0.5, pay__ramp_draw=2.0, pay__ramp_weeks=30)
    rep.credited, rep.target_revenue, rep.year_pay, rep.hires, rep.tenure = 0.0, 0.0, 0.0, 0, 3
    settle_period(rep, scenario, firm, t)
    assert rep.year_pay == 0.0


@each
@given(seed=seeds, part=parts, without=st.booleans())
def test_a_year_pays_by_its_own_curve_and_a_new_one_begins(seed, part, without):
    scenario, firm, t, rep = selling_rep(seed, part, without)
    weeks, credited = rep.year_weeks, rep.credited_this_year
    earned = of_year(rep, weeks, credited, scenario)
    before, was, booked = picture(firm), dict(vars(rep)), firm.books[t].variable_pay
    settle_year(rep, scenario, firm, t)
    assert firm.books[t].variable_pay - booked == near(earned, abs=1e-6)
    assert rep.by_year == near(earned / weeks * 52.0)
    assert rep.result == near(credited / weeks * 52.0)
    assert (rep.credited_this_year, rep.year_pay, rep.year_salary, rep.year_weeks) == (0.0, 0.0, 0.0, 0)
    row = firm.years[2]
    assert row.variable_pay == near(was["year_pay"] + earned)
    assert row.quota == near(rep.quota * weeks / 52.0)
    assert (row.week, row.rep, row.hire, row.weeks) == (t, rep.id, rep.hires, weeks)
    assert (row.credited, row.salary) == (credited, was["year_salary"])
    assert set(moved(firm, before)) == {("books", t), ("reps", rep.id), ("years", 2), ("keeping", 0)} - (
        {("books", t)} if booked + earned == booked else set()
    )
    begun = {"by_year", "result", "credited_this_year", "year_pay", "year_salary", "year_weeks"}
    assert columns(moved(firm, before), "reps") <= begun


@each
@given(seed=seeds, quota=amounts)
def test_a_row_is_noted_for_each_holder_of_a_seat_and_year(seed, quota):
    _, firm, t = world(seed)
    rep, before = firm.reps[3], picture(firm)
    for already in (2, 3):
        note_year(rep, quota, firm, t)
        row = firm.years[already]
        assert (row.week, row.rep, row.hire, row.weeks, row.accounts) == (
            t,
            rep.id,
            rep.hires,
            rep.year_weeks,
            rep.accounts,
        )
        assert (row.credited, row.quota, row.variable_pay) == (rep.credited_this_year, quota, rep.year_pay)
        assert (row.salary, row.skill, row.potential) == (rep.year_salary, rep.skill, rep.potential)
    assert firm.keeping[0].year_rows == 4
    assert set(moved(firm, before)) == {("years", 2), ("years", 3), ("keeping", 0)}


@each
@given(seed=seeds)
def test_who_has_just_been_paid_is_not_paid_again(seed):
    scenario, firm, t, rep = selling_rep(seed, 0.8)
    for settle, weeks in ((settle_period, "period_weeks"), (settle_year, "year_weeks")):
        rep.period_weeks, rep.year_weeks = 2, 2
        setattr(rep, weeks, 0)
        before = picture(firm)
        settle(rep, scenario, firm, t)
        assert moved(firm, before) == {}


@each
@given(seed=seeds)
def test_linear_pay_is_the_same_whether_settled_once_or_twice(seed):
    numbers = {**PLAIN, "pay__plan_kind": "commission", "pay__ramp_draw": 0.0}
    paid = []
    for times in (1, 2):
        scenario, firm, t, rep = selling_rep(seed, 0.7, **numbers)
        credited, this_year, targets = rep.credited, rep.credited_this_year, rep.target_revenue
        rep.year_pay, booked = 0.0, firm.books[t].variable_pay
        for _ in range(times):
            rep.period_weeks, rep.year_weeks = 3, 3
            rep.credited, rep.credited_this_year = credited / times, this_year / times
            rep.target_revenue = targets / times
            settle_period(rep, scenario, firm, t)
            settle_year(rep, scenario, firm, t)
        paid.append(firm.books[t].variable_pay - booked)
    assert paid[0] == near(paid[1])


@each
@given(seed=seeds)
def test_a_week_is_counted_and_its_credit_remembered(seed):
    scenario, firm, t = world(seed)
    rep = firm.reps[4]
    rep.quota = (0.0, 0.5, rep.quota)[seed % 3]
    before, was, booked = picture(firm), dict(vars(rep)), firm.books[t].on_target_pay
    count_week(rep, scenario, firm, t)
    week, targets = was["credited_this_week"], was["target_this_week"]
    assert (rep.period_weeks, rep.year_weeks) == (was["period_weeks"] + 1, was["year_weeks"] + 1)
    memory, plan = scenario.worth.run_rate_memory, scenario.pay
    assert rep.run_rate == near(week + memory * (was["run_rate"] - week))
    assert rep.credited_this_year == near(was["credited_this_year"] + week)
    assert rep.target_revenue == near(was["target_revenue"] + targets)
    assert (rep.credited_this_week, rep.target_this_week, rep.credited) == (0.0, 0.0, was["credited"])
    more = plan.pay_mix / plan.usual_mix
    lump = more * (scenario.payout.bonus / plan.period_weeks + scenario.payout.year_bonus / 52.0)
    due = rate_of(rep, scenario) * week + plan.target_rate * more * targets + lump * (rep.quota > 0.0)
    assert firm.books[t].on_target_pay - booked == near(due)
    assert set(moved(firm, before)) == {("reps", 4), ("books", t)}
    assert columns(moved(firm, before), "books") == {"on_target_pay"}


@each
@given(seed=seeds)
def test_who_reaches_the_quota_of_a_whole_year_is_paid_by_year_what_was_expected(seed):
    scenario, firm, t, _ = selling_rep(seed, 1.0, payout__year_threshold=0.0)
    rep = Rep(quota=firm.reps[0].quota)
    expect_as_planned(rep, scenario)
    expected = rep.by_year
    assert rep.run_rate * 52.0 == near(rep.quota)
    rep.credited_this_year, rep.year_weeks = rep.quota * (1.0 + 1e-12), 52
    settle_year(rep, scenario, firm, t)
    assert rep.by_year == near(expected)
    assert expected > 0.0


@pytest.mark.parametrize("length", [1, 4, 26])
def test_paydays_end_the_period_the_year_the_burn_in_and_the_plan(length):
    for t in range(65):
        check_payday(length, t)


def check_payday(length, t):
    scenario, firm, _ = world(100 * length + t, pay__period_weeks=length)
    for rep in firm.reps:
        rep.period_weeks, rep.year_weeks = 2, 2
    before = picture(firm)
    pay(scenario, firm, t)
    period_ends = t + 1 in {7, 65, *range(length, 66, length)}
    year_ends = t + 1 in {7, 65, 52}
    for rep, row in zip(firm.reps, before["reps"], strict=True):
        if not rep.staffed:
            assert vars(rep) == row
            continue
        assert rep.period_weeks == (0 if period_ends else 3)
        assert rep.year_weeks == (0 if year_ends else 3)
        assert rep.run_rate != row["run_rate"]
    staffed = sum(rep.staffed for rep in firm.reps)
    assert firm.keeping[0].year_rows == 2 + (staffed if year_ends else 0)
    book, row = firm.books[t], before["books"][t]
    base = scenario.pay.target_pay * (1.0 - scenario.pay.pay_mix)
    weekly = 6 * scenario.pay.manager_salary + staffed * base
    assert book.salaries - row["salaries"] == near(weekly / 52.0)
    received = sum(rep.year_pay for rep in firm.reps) + sum(year.variable_pay for year in firm.years)
    assert received - sum(row["year_pay"] for row in before["reps"]) == near(
        book.variable_pay - row["variable_pay"], abs=1e-6
    )
    earned = sum(rep.year_salary for rep in firm.reps) + sum(year.salary for year in firm.years)
    assert earned - sum(row["year_salary"] for row in before["reps"]) == near(
        staffed * base / 52.0, abs=1e-6
    )


@few
@given(seed=seeds)
def test_a_payday_pays_for_its_own_week_too(seed):
    scenario, firm, _ = world(seed)
    rep = firm.reps[1]
    rep.staffed, rep.hires, rep.credited, rep.credited_this_week = True, 0, 0.0, 0.0
    rep.period_weeks, rep.target_revenue, rep.year_pay, rep.year_weeks = 1, 0.0, 0.0, 1
    of_targets = (
        scenario.pay.target_rate / scenario.pay.usual_mix * scenario.pay.pay_mix * rep.target_this_week
    )
    rep.credited_this_year, before = 0.0, rep.by_year
    recent = rep.recent_pay
    pay(scenario, firm, scenario.organisation.burn_in_weeks - 1)
    row = next(year for year in firm.years if year.rep == 1 and year.weeks == 2)
    assert row.variable_pay == near(of_targets)
    kept = scenario.leaving.pay_memory ** (2.0 / 13.0)
    yearly = scenario.pay.target_pay * (1.0 - scenario.pay.pay_mix) + of_targets * 26.0 + before
    assert rep.recent_pay == near(kept * recent + (1.0 - kept) * yearly)
