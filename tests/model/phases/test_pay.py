"""Pay follows the weeks in the seat, is settled on paydays only, and what is paid is in the books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.phases.due import on_target_rate, weeks_left
from salesim.model.phases.pay import (
    begin_period,
    begin_year,
    count_draw,
    count_teams,
    count_week,
    expect_as_planned,
    hand_out,
    note_year,
    pay,
    settle_period,
    settle_year,
    take_back,
    write_off,
)
from salesim.model.phases.periods import period_length
from salesim.model.state import Rep
from salesim.rules.pay import QUOTA_PLAN, RECOVERABLE
from tests.model.phases.first import columns, each, few, moved, near, picture, seeds, world

amounts = st.floats(0.0, 1e6)
PLAIN = {
    f"payout__{year}{name}": value
    for year in ("", "year_")
    for name, value in {"threshold": 0.0, "accelerator": 1.0, "bonus": 0.0, "cap": 1000.0}.items()
}


def rate_of(quota, weeks, scenario):
    """Pay for a dollar of credit below the quota of so many weeks."""
    pay = scenario.pay
    if pay.plan_kind == QUOTA_PLAN and quota > 0.0:
        return pay.target_pay * pay.pay_mix / quota * weeks / 52.0
    return pay.commission_rate


def by_steps(credit, quota, rate, threshold, accelerator, bonus, cap):
    """Pay for a credit, step by step along the curve."""
    if quota == 0.0:
        return rate * credit
    below = max(min(credit, quota) - threshold * quota, 0.0)
    above = max(min(credit, cap * quota) - quota, 0.0)
    return rate * below + rate * accelerator * above + (bonus if credit >= quota else 0.0)


def of_period(rep, weeks, credit, scenario):
    """What a credit earns by the period's curve in so many weeks in the seat."""
    curve = scenario.payout
    return by_steps(
        credit,
        rep.period_quota,
        rate_of(rep.period_quota, weeks, scenario) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * weeks / scenario.pay.period_weeks,
        curve.cap,
    )


def of_year(rep, weeks, credit, scenario):
    """What a credit earns by the year's curve in so many weeks in the seat."""
    curve = scenario.payout
    return by_steps(
        credit,
        rep.year_quota,
        rate_of(rep.year_quota, weeks, scenario) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus * weeks / 52.0,
        curve.year_cap,
    )


def selling_rep(seed, part, without=False, **numbers):
    """A rep with this part of the quota of the weeks spent in the seat; or without a quota."""
    scenario, firm, t = world(seed, **numbers)
    rep = firm.reps[seed % 7]
    rep.period_weeks, rep.year_weeks = 1 + seed % scenario.pay.period_weeks, 1 + seed % 52
    rep.period_quota = 0.0 if without else 0.9 * rep.quota * rep.period_weeks / 52.0
    rep.year_quota = 0.0 if without else 1.1 * rep.quota * rep.year_weeks / 52.0
    rep.credited = part * (rep.period_quota or 1e4)
    rep.credited_this_year = part * (rep.year_quota or 1e4)
    rep.accrued_at, rep.year_accrued_at = 0.3 * rep.credited, 0.3 * rep.credited_this_year
    rep.owed = 0.0
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
    earned = rep.accrued + of_period(rep, weeks, rep.credited, scenario)
    earned += rep.deal_pay - of_period(rep, weeks, rep.accrued_at, scenario)
    rep.taken_back = 400.0 * (seed % 3)
    earned -= rep.taken_back
    if plan.draw_kind == RECOVERABLE:
        earned = max(earned, rep.sure)
    else:
        earned = max(earned, 0.0) + max(rep.sure - rep.covered_pay, 0.0)
    before, was, booked = picture(firm), dict(vars(rep)), firm.books[t].variable_pay
    settle_period(rep, scenario, firm, t)
    assert rep.year_pay - was["year_pay"] == near(earned, abs=1e-6)
    assert firm.books[t].variable_pay - booked == near(earned, abs=1e-6)
    yearly = plan.target_pay - plan.target_pay * plan.pay_mix + earned / weeks * 52.0 + was["by_year"]
    kept = scenario.leaving.pay_memory ** (weeks / 13.0)
    assert rep.recent_pay == near(kept * was["recent_pay"] + (1.0 - kept) * yearly)
    begun = {"credited", "period_weeks", "period_quota", "accrued", "accrued_at"}
    begun |= {"sure", "covered_pay", "deal_pay", "taken_back"}
    assert {getattr(rep, name) for name in begun} == {0}
    assert set(moved(firm, before)) <= {("books", t), ("reps", rep.id)}
    assert columns(moved(firm, before), "reps") <= begun | {"year_pay", "recent_pay", "owed"}
    assert columns(moved(firm, before), "books") <= {"variable_pay", "guarantees", "advances"}


@each
@given(seed=seeds, short=st.booleans(), more=st.booleans())
def test_draws_make_sure_of_a_week_while_they_hold(seed, short, more):
    numbers = {"pay__ramp_draw": 2.0, "pay__ramp_weeks": 30, "pay__draw": 0.5 if more else 0.0}
    scenario, _, t, rep = selling_rep(seed, 0.5, **numbers)
    rep.hires, rep.tenure, sure = 1, 29 if short else 30, rep.sure
    count_draw(rep, scenario, t)
    share = 2.0 if short else numbers["pay__draw"]
    assert rep.sure - sure == near(share * scenario.pay.target_pay * scenario.pay.pay_mix / 52.0, abs=1e-9)
    rep.hires, sure = 0, rep.sure
    count_draw(rep, scenario, t)
    assert rep.sure - sure == near(
        numbers["pay__draw"] * scenario.pay.target_pay * scenario.pay.pay_mix / 52.0, abs=1e-9
    )


@each
@given(seed=seeds, earned=amounts, owed=amounts, sure=amounts)
def test_an_advance_is_paid_back_by_what_exceeds_the_next_draw(seed, earned, owed, sure):
    _, firm, t = world(seed)
    rep = firm.reps[2]
    rep.owed, booked = owed, firm.books[t].advances
    paid = take_back(rep, earned, sure, firm, t)
    assert paid == near(max(earned - owed, sure))
    assert rep.owed == near(owed + paid - earned, abs=1e-6)
    assert firm.books[t].advances - booked == near(paid - earned, abs=1e-6)
    lost = firm.books[t].written_off
    write_off(rep, firm, t)
    assert firm.books[t].written_off - lost == near(owed + paid - earned, abs=1e-6)
    assert rep.owed == 0.0


def test_a_draw_that_is_paid_back_month_by_month():
    """Draw of 2,000 a month; commissions 1,500, 2,375 and 3,000."""
    _, firm, t = world(3)
    rep = firm.reps[0]
    rep.owed = 0.0
    paid, owed = [], []
    for earned in (1_500.0, 2_375.0, 3_000.0):
        paid.append(take_back(rep, earned, 2_000.0, firm, t))
        owed.append(rep.owed)
    assert (paid, owed) == ([2_000.0, 2_000.0, 2_875.0], [500.0, 125.0, 0.0])


@each
@given(seed=seeds)
def test_a_new_period_and_a_new_year_begin_with_nothing(seed):
    _, firm, _ = world(seed)
    rep, kept = firm.reps[1], dict(vars(firm.reps[1]))
    begin_period(rep)
    begin_year(rep)
    begun = {name for name, value in vars(rep).items() if value != kept[name]}
    assert {getattr(rep, name) for name in begun} <= {0}
    assert {"credited", "credited_this_year", "period_quota", "year_quota", "sure"} <= begun


@each
@given(seed=seeds, part=parts, without=st.booleans())
def test_a_year_pays_by_its_own_curve_and_a_new_one_begins(seed, part, without):
    scenario, firm, t, rep = selling_rep(seed, part, without)
    weeks, credited = rep.year_weeks, rep.credited_this_year
    earned = rep.year_accrued + of_year(rep, weeks, credited, scenario)
    earned -= of_year(rep, weeks, rep.year_accrued_at, scenario)
    before, was, booked = picture(firm), dict(vars(rep)), firm.books[t].variable_pay
    settle_year(rep, scenario, firm, t)
    assert firm.books[t].variable_pay - booked == near(earned, abs=1e-6)
    assert rep.by_year == near(earned / weeks * 52.0)
    assert rep.result == near(credited / weeks * 52.0)
    begun = {"credited_this_year", "year_pay", "year_salary", "year_weeks", "year_quota"}
    begun |= {"year_accrued", "year_accrued_at"}
    assert {getattr(rep, name) for name in begun} == {0}
    row = firm.years[2]
    assert row.variable_pay == near(was["year_pay"] + earned)
    assert row.quota == was["year_quota"]
    assert (row.week, row.rep, row.hire, row.weeks) == (t, rep.id, rep.hires, weeks)
    assert (row.credited, row.salary) == (credited, was["year_salary"])
    assert set(moved(firm, before)) == {("books", t), ("reps", rep.id), ("years", 2), ("keeping", 0)} - (
        {("books", t)} if booked + earned == booked else set()
    )
    assert columns(moved(firm, before), "reps") <= begun | {"by_year", "result"}


@each
@given(seed=seeds)
def test_a_row_is_noted_for_each_holder_of_a_seat_and_year(seed):
    _, firm, t = world(seed)
    rep, before = firm.reps[3], picture(firm)
    for already in (2, 3):
        note_year(rep, firm, t)
        row = firm.years[already]
        assert (row.week, row.rep, row.hire, row.weeks, row.accounts) == (
            t,
            rep.id,
            rep.hires,
            rep.year_weeks,
            rep.accounts,
        )
        assert (row.credited, row.quota, row.variable_pay) == (
            rep.credited_this_year,
            rep.year_quota,
            rep.year_pay,
        )
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
    numbers = {**PLAIN, "pay__plan_kind": "commission"}
    paid = []
    for times in (1, 2):
        scenario, firm, t, rep = selling_rep(seed, 0.7, **numbers)
        credited, this_year, targets = rep.credited, rep.credited_this_year, rep.deal_pay
        rep.accrued_at = rep.year_accrued_at = rep.accrued = rep.year_accrued = rep.sure = 0.0
        rep.year_pay, booked = 0.0, firm.books[t].variable_pay
        for _ in range(times):
            rep.period_weeks, rep.year_weeks = 3, 3
            rep.credited, rep.credited_this_year = credited / times, this_year / times
            rep.deal_pay = targets / times
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
    by_deal, by_margin = was["deal_pay_this_week"], was["band_pay_this_week"]
    assert (rep.deal_pay, rep.deal_pay_this_week) == (
        near(was["deal_pay"] + plan.target_rate * targets + by_deal + by_margin),
        0.0,
    )
    assert (rep.band_pay_this_week, rep.band_credit_this_week) == (0.0, 0.0)
    assert rep.period_quota == near(was["period_quota"] + rep.quota / 52.0)
    assert rep.year_quota == near(was["year_quota"] + rep.quota / 52.0)
    assert (rep.credited_this_week, rep.target_this_week, rep.credited) == (0.0, 0.0, was["credited"])
    week += was["band_credit_this_week"]
    due = on_target_rate(rep.quota, scenario) * week + plan.target_rate * targets + by_deal
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
    rep.credited_this_year, rep.year_weeks, rep.year_quota = rep.quota * (1.0 + 1e-12), 52, rep.quota
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
        book.variable_pay - row["variable_pay"] - (book.manager_pay - row["manager_pay"]), abs=1e-6
    )
    earned = sum(rep.year_salary for rep in firm.reps) + sum(year.salary for year in firm.years)
    assert earned - sum(row["year_salary"] for row in before["reps"]) == near(
        staffed * base / 52.0, abs=1e-6
    )


@few
@given(seed=seeds)
def test_a_week_in_which_the_team_reaches_its_quota_brings_each_rep_the_bonus(seed):
    for short in (True, False):
        scenario, firm, t = world(seed, team_pay__team_bonus=2_000.0)
        manager, ahead = firm.managers[0], weeks_left(scenario, t) - 1.0
        manager.reached, manager.credited, manager.period_quota = False, 0.0, 0.0
        team = [rep for rep in firm.reps[: manager.last_rep] if rep.staffed]
        for rep in team:
            rep.more_this_period = 0.0
            asked = rep.quota / 52.0 * (ahead + 1.0)
            rep.credited_this_week = asked * (0.999 if short else 1.001)
        before = {rep.id: (rep.deal_pay, rep.period_weeks, dict(vars(rep))) for rep in team}
        count_teams(ahead, scenario, firm, t)
        for rep in team:
            paid, weeks, was = before[rep.id]
            week = scenario.pay.target_rate * was["target_this_week"]
            week += was["deal_pay_this_week"] + was["band_pay_this_week"]
            bonus = 0.0 if short else 2_000.0 * (weeks + 1 + ahead) / period_length(scenario, t)
            assert rep.deal_pay == near(paid + week + bonus, abs=1e-6)
            assert rep.period_weeks == weeks + 1


@few
@given(seed=seeds)
def test_a_payday_pays_for_its_own_week_too(seed):
    scenario, firm, _ = world(seed, pay__draw=0.0)
    rep = firm.reps[1]
    rep.staffed, rep.hires, rep.credited, rep.credited_this_week = True, 0, 0.0, 0.0
    rep.period_weeks, rep.deal_pay, rep.year_pay, rep.year_weeks = 1, 0.0, 0.0, 1
    of_targets = scenario.pay.target_rate * rep.target_this_week + rep.deal_pay_this_week
    of_targets += rep.band_pay_this_week
    begin_period(rep)
    rep.period_weeks, rep.credited_this_year, before = 1, 0.0, rep.by_year
    rep.year_accrued = rep.year_accrued_at = rep.owed = 0.0
    recent = rep.recent_pay
    pay(scenario, firm, scenario.organisation.burn_in_weeks - 1)
    row = next(year for year in firm.years if year.rep == 1 and year.weeks == 2)
    assert row.variable_pay == near(of_targets)
    kept = scenario.leaving.pay_memory ** (2.0 / 13.0)
    yearly = scenario.pay.target_pay * (1.0 - scenario.pay.pay_mix) + of_targets * 26.0 + before
    assert rep.recent_pay == near(kept * recent + (1.0 - kept) * yearly)
