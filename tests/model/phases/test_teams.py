"""What teams earn together is paid once, by the rules of its day, and foreseen for what it is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.people import know_team
from salesim.model.phases.due import draw_of_a_week, weeks_left
from salesim.model.phases.periods import period_length, usual_period
from salesim.model.phases.teams import (
    bonus_in_a_fresh_period,
    chance_added,
    chance_of_watch,
    count_team,
    due_to_manager,
    look_ahead_for_team,
    manager_rate,
    manager_terms,
    note_accrued_by_team,
    odds_of_a_grant,
    pay_bonus,
    pays_managers,
    settle_manager,
    share_out_credit,
    team_quota,
    worth_to_manager,
)
from salesim.model.state import Manager
from salesim.rules.curve import pay_at
from salesim.rules.pay import GUARANTEED
from tests.model.phases.first import columns, each, moved, near, picture, seeds, world
from tests.model.phases.second import mean_over

amounts = st.floats(1.0, 1e5)
CURVE = "2% to 80%, 3% on all to 100%, 4% on all to 120%, 5% on all above, 900 at 100%"
PAID = {"team_pay__manager_curve": CURVE}
BANDS = [(0.8, 0.02), (1.0, 0.03), (1.2, 0.04), (math.inf, 0.05)]


def led(seed, **numbers):
    """A firm, its week, and a team in which somebody is, in the middle of its period."""
    scenario, firm, t = world(seed, beside=True, **numbers)
    manager = firm.managers[seed % 3]
    firm.reps[manager.first_rep].staffed = True
    know_team(manager, firm)
    left, length = weeks_left(scenario, t), period_length(scenario, t)
    manager.period_weeks = length - int(left)
    team = [rep for rep in firm.reps[manager.first_rep : manager.last_rep] if rep.staffed]
    for rep in team:
        rep.more_this_period, rep.quota = 0.0, max(rep.quota, 1e5)
    manager.weekly_quota = sum(rep.quota for rep in team) / 52.0
    manager.period_quota = manager.weekly_quota * manager.period_weeks
    manager.week_spread = scenario.worth.rest_spread * math.hypot(*(rep.quota / 52.0 for rep in team))
    manager.run_rate, manager.reached = sum(rep.run_rate for rep in team), False
    manager.whole_quota = manager.weekly_quota * length
    return scenario, firm, t, manager, team


def by_bands(credit, quota, part=1.0):
    """Pay by the curve above, by the band of the team's attainment."""
    rate = next(rate for top, rate in BANDS if credit < top * quota)
    return rate * credit + 900.0 * part * (credit >= quota)


@each
@given(seed=seeds, shared=st.floats(0.0, 1.0))
def test_reps_know_their_part_of_own_sales_and_of_the_pipelines_of_colleagues(seed, shared):
    scenario, firm, _, manager, team = led(seed, team_pay__shared_credit=shared)
    share_out_credit(manager, scenario, firm)
    for rep in team:
        assert rep.own_part == near(1.0 - shared + shared / len(team))
        others = [mate.pipeline for mate in team if mate.id != rep.id]
        assert rep.from_colleagues == near(shared / len(team) * sum(others), abs=1e-6)
        assert rep.own_spread <= 1.0 + 1e-12


def test_only_a_curve_that_pays_pays_managers():
    for curve, pays in (("none", False), ("0% above", False), ("1% above", True), (CURVE, True)):
        assert pays_managers(world(1, team_pay__manager_curve=curve)[0]) == pays


@each
@given(seed=seeds)
def test_a_team_asks_and_expects_what_its_reps_do(seed):
    scenario, firm, t, manager, team = led(seed)
    look_ahead_for_team(manager, scenario, firm, t)
    assert manager.run_rate == near(sum(rep.run_rate for rep in team))
    assert manager.weekly_quota == near(sum(rep.quota for rep in team) / 52.0)
    assert manager.whole_quota == near(team_quota(manager, firm, weeks_left(scenario, t)))
    assert manager.whole_quota == near(manager.weekly_quota * period_length(scenario, t))
    squares = sum((rep.quota / 52.0) ** 2 for rep in team)
    assert manager.week_spread == near(scenario.worth.rest_spread * math.sqrt(squares))
    assert (manager.worth_now, manager.worth_next) == (0.0, 0.0)


@each
@given(seed=seeds, attained=st.floats(0.3, 1.4))
def test_a_dollar_is_worth_to_the_manager_what_expected_pay_gains(seed, attained):
    """Worked out again by quadrature over how the period ends."""
    scenario, firm, t, manager, team = led(seed, **PAID)
    left, quota = weeks_left(scenario, t), manager.whole_quota
    manager.credited = max(attained * quota - manager.run_rate * left, 0.0)
    look_ahead_for_team(manager, scenario, firm, t)
    terms = manager_terms(quota, float(period_length(scenario, t)), scenario, t)
    low, step = manager.credited + manager.run_rate * left, manager.weekly_quota / len(team)
    lines, sd = scenario.team_pay.by_team, manager.week_spread * math.sqrt(left)
    ends = [0.0, 0.8 * quota, quota, 1.2 * quota]

    def mean(start):
        return mean_over(lambda xs: [pay_at(lines, terms, float(x)) for x in xs], start, sd, ends)

    worth = (mean(low + step) - mean(low)) / step
    assert manager.worth_now == near(worth, rel=1e-5, abs=1e-6)
    assert manager.worth_now == near(worth_to_manager(manager, terms, low, left, scenario))
    assert pay_at(lines, terms, attained * quota) == near(by_bands(attained * quota, quota))


@each
@given(seed=seeds, gain=st.floats(-500.0, 500.0))
def test_a_grant_is_likelier_by_the_pay_that_it_brings_in_hours_of_the_salary(seed, gain):
    scenario, _, _, manager, _ = led(seed)
    manager.worth_now = 0.03
    hourly = scenario.pay.manager_salary / 52.0 / scenario.organisation.hours_per_week
    hours = scenario.team_pay.own_interest * 0.03 * gain / max(hourly, 1.0)
    assert odds_of_a_grant(manager, gain, scenario) == near(math.exp(hours))
    manager.worth_now = 0.0
    assert odds_of_a_grant(manager, gain, scenario) == 1.0


@each
@given(seed=seeds)
def test_a_manager_watches_the_more_the_more_this_period_pays(seed):
    scenario, firm, _, manager, team = led(seed, timing__watch=0.4)
    watch = []
    for now in (0.0, 0.01, 0.02, 0.04):
        manager.worth_now, manager.worth_next = now, 0.02
        watch.append(chance_of_watch(team[0], scenario, firm))
    assert watch == sorted(watch)
    assert watch[2] == 0.4
    assert watch[3] == near(2.0 * 0.4 / (0.6 + 2.0 * 0.4))
    manager.worth_now = manager.worth_next = 0.0
    assert chance_of_watch(team[0], scenario, firm) == 0.4


def reaches(mean, sd, quota):
    return 0.5 * math.erfc((quota - mean) / max(sd, 0.01) / math.sqrt(2.0))


@each
@given(seed=seeds, credit=amounts, attained=st.floats(0.2, 1.6))
def test_a_sale_adds_so_much_to_the_chance_that_the_team_reaches_its_quota(seed, credit, attained):
    scenario, firm, t, manager, team = led(seed, team_pay__team_bonus=4_000.0)
    left = weeks_left(scenario, t)
    manager.credited, sd = attained * manager.whole_quota, manager.week_spread * math.sqrt(left)
    mean = manager.credited + manager.run_rate * left
    expected = reaches(mean + credit, sd, manager.whole_quota) - reaches(mean, sd, manager.whole_quota)
    assert chance_added(manager, credit, left) == near(expected, rel=1e-5, abs=1e-7)
    weeks = usual_period(scenario)
    mean, sd = manager.run_rate * weeks, manager.week_spread * math.sqrt(weeks)
    quota = manager.weekly_quota * weeks
    fresh = 4_000.0 * (reaches(mean + credit, sd, quota) - reaches(mean, sd, quota))
    assert bonus_in_a_fresh_period(team[0], credit, scenario, firm) == near(fresh, rel=1e-5, abs=1e-3)
    manager.reached = True
    assert chance_added(manager, credit, left) == 0.0
    assert chance_added(Manager(run_rate=1.0), credit, left) == 0.0


@each
@given(seed=seeds)
def test_the_week_of_a_team_is_that_of_its_reps(seed):
    scenario, firm, t, manager, team = led(seed, **PAID)
    was, booked = dict(vars(manager)), firm.books[t].on_target_pay
    before = picture(firm)
    count_team(manager, scenario, firm, t)
    asked = sum(rep.quota for rep in team) / 52.0
    credit = sum(rep.credited_this_week for rep in team)
    assert manager.period_weeks == was["period_weeks"] + 1
    assert manager.period_quota == near(was["period_quota"] + asked)
    assert manager.credited == near(was["credited"] + credit)
    a_dollar = 0.04 + 900.0 / (asked * usual_period(scenario))
    assert manager_rate(asked * usual_period(scenario), scenario) == near(a_dollar)
    assert firm.books[t].on_target_pay - booked == near(a_dollar * credit)
    assert columns(moved(firm, before), "managers") <= {"period_weeks", "period_quota", "credited"}
    assert manager_rate(0.0, scenario) == scenario.team_pay.by_team.alone


@each
@given(seed=seeds, short=st.booleans(), drawn=st.booleans())
def test_a_team_on_quota_gets_its_bonus_once_by_the_weeks_in_the_seat(seed, short, drawn):
    numbers = {"pay__draw": 0.5 * drawn, "pay__ramp_draw": 0.0, "pay__draw_kind": "guaranteed"}
    scenario, firm, t, manager, team = led(seed, team_pay__team_bonus=4_000.0, **numbers)
    length, ahead = period_length(scenario, t), weeks_left(scenario, t) - 1.0
    manager.period_weeks += 1  # this week has been counted
    manager.period_quota += manager.weekly_quota
    for late, rep in enumerate(team):
        rep.period_weeks = max(manager.period_weeks - late, 0)
    manager.credited = manager.whole_quota * (0.999 if short else 1.001)
    before = picture(firm)
    for times in (1, 2):
        pay_bonus(manager, ahead, scenario, firm, t)
        assert manager.reached == (not short)
        for rep in team:
            bonus = 0.0 if short else 4_000.0 * (rep.period_weeks + ahead) / length
            row = before["reps"][rep.id]
            assert rep.deal_pay - row["deal_pay"] == near(bonus, abs=1e-6), times
            sure = draw_of_a_week(rep, scenario) > 0.0 and scenario.pay.draw_kind == GUARANTEED
            assert rep.covered_pay - row["covered_pay"] == near(bonus * sure, abs=1e-6)
    assert columns(moved(firm, before), "reps") <= {"deal_pay", "covered_pay"}
    assert not {key for key in moved(firm, before) if key[0] == "books"}


@each
@given(seed=seeds)
def test_who_reached_the_quota_before_there_was_a_bonus_gets_none(seed):
    scenario, firm, t, manager, team = led(seed, team_pay__team_bonus=0.0)
    manager.credited = 2.0 * manager.whole_quota
    ahead = weeks_left(scenario, t) - 1.0
    pay_bonus(manager, ahead, scenario, firm, t)
    paid = [rep.deal_pay for rep in team]
    pay_bonus(manager, ahead, scenario.with_numbers({"team_pay.team_bonus": 4_000.0}), firm, t)
    assert [rep.deal_pay for rep in team] == paid


def test_a_period_that_is_cut_short_asks_for_its_own_weeks_only():
    scenario, firm, t, manager, team = led(4, team_pay__team_bonus=4_000.0, pay__period_weeks=26)
    manager.period_weeks, manager.period_quota = 5, 5.0 * manager.weekly_quota
    manager.credited, team[0].period_weeks, paid = manager.period_quota, 5, team[0].deal_pay
    pay_bonus(manager, 0.0, scenario, firm, t)
    assert team[0].deal_pay - paid == near(4_000.0 * 5 / 26)


@each
@given(seed=seeds, attained=st.floats(0.0, 1.6), weeks=st.integers(1, 4))
def test_a_manager_is_paid_for_the_period_and_a_new_one_begins(seed, attained, weeks):
    scenario, firm, t, manager, _ = led(seed, **PAID)
    part = weeks / period_length(scenario, t)
    manager.period_weeks, manager.period_quota = weeks, weeks * manager.weekly_quota
    manager.credited = attained * manager.period_quota
    manager.accrued = manager.accrued_at = 0.0
    expected = by_bands(manager.credited, manager.period_quota, part)
    book, before = firm.books[t], picture(firm)
    settle_manager(manager, scenario, firm, t)
    row = before["books"][t]
    assert book.manager_pay - row["manager_pay"] == near(expected, abs=1e-6)
    assert book.variable_pay - row["variable_pay"] == near(expected, abs=1e-6)
    begun = {"period_weeks", "period_quota", "credited", "accrued", "accrued_at", "reached"}
    assert {getattr(manager, name) for name in begun} == {0}
    assert columns(moved(firm, before), "managers") <= begun
    assert columns(moved(firm, before), "books") <= {"manager_pay", "variable_pay"}


@each
@given(seed=seeds, first=st.floats(0.0, 1.0), more=st.floats(0.0, 0.6))
def test_what_a_manager_has_earned_stands_when_the_curve_changes(seed, first, more):
    """Earlier pay, and what the new curve adds from where the period stood: M0 + F(C) - F(C0)."""
    scenario, firm, t, manager, _ = led(seed, **PAID)
    quota = manager.whole_quota
    manager.accrued, manager.accrued_at = 0.0, 0.0
    manager.credited = first * quota
    manager.period_weeks += 1  # this week has been counted
    manager.period_quota += manager.weekly_quota
    note_accrued_by_team(manager, scenario, firm, t)
    assert manager.accrued == near(by_bands(first * quota, quota), abs=1e-6)
    assert manager.accrued_at == first * quota
    manager.credited += more * quota
    later = scenario.with_numbers({"team_pay.manager_curve": "1% to 100%, 6% above"})

    def paid(credit):
        return 0.01 * min(credit, quota) + 0.06 * max(credit - quota, 0.0)

    whole = float(period_length(scenario, t))
    since = paid(manager.credited) - paid(first * quota)
    due = due_to_manager(manager, quota, whole, later, t)
    assert due == near(by_bands(first * quota, quota) + since, abs=1e-6)
    manager.period_quota, manager.period_weeks = quota, int(whole)
    booked = firm.books[t].manager_pay
    settle_manager(manager, later, firm, t)
    assert firm.books[t].manager_pay - booked == near(due, abs=1e-6)


@pytest.mark.parametrize("low", [-500.0, 0.0, 1e4])
def test_goods_that_come_back_cost_managers_no_more_than_a_period(low):
    scenario, firm, t, manager, _ = led(2, team_pay__manager_curve="3% above")
    manager.credited, manager.accrued, manager.accrued_at = low, 0.0, 0.0
    booked = firm.books[t].manager_pay
    settle_manager(manager, scenario, firm, t)
    assert firm.books[t].manager_pay - booked == near(max(0.03 * low, 0.0))
