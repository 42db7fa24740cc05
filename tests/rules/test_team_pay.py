"""Shared credit, bonuses of teams and pay of managers (cases with numbers are in tests/cases/team_pay.csv)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.curve import NEVER, pay_at, terms_of
from salesim.rules.team_pay import (
    MOST_ODDS,
    TeamPay,
    chance_at_quota,
    odds_of_gain,
    odds_of_worth,
    part_of_each,
    part_of_own,
    spread_of_part,
    with_odds,
)

from .drawn import ROUNDING, shares
from .worked import numbers, worked_cases, worked_out

CASES = worked_cases("team_pay.csv")
teams = st.integers(1, 40)
worths = st.just(0.0) | st.floats(-0.1, 0.5)
amounts = st.floats(-1e5, 1e5)
factors = st.floats(1.0 / MOST_ODDS, MOST_ODDS)


@pytest.mark.parametrize("case", CASES)
def test_a_manager_is_paid_for_what_the_team_sells(case):
    lines = TeamPay(manager_curve=case["curve"]).by_team
    terms = terms_of(lines, float(case["team_quota"]), 1.0, 1.0, NEVER)
    paid = pay_at(lines, terms, sum(numbers(case["sold"])))
    assert paid == pytest.approx(float(case["pay"]), abs=0.005)


@pytest.mark.parametrize("case", CASES)
def test_the_arithmetic_beside_a_case_gives_its_result(case):
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["pay"]), abs=0.005)


def test_without_a_curve_managers_are_paid_nothing():
    lines = TeamPay().by_team
    assert pay_at(lines, terms_of(lines, 1e5, 1.0, 1.0, NEVER), 2e5) == 0.0


@given(shares, teams)
def test_the_parts_of_a_team_add_up_to_the_sale(shared, team):
    own, each = part_of_own(shared, team), part_of_each(shared, team)
    assert own + (team - 1) * each == pytest.approx(1.0, abs=ROUNDING)
    assert 0.0 <= each <= own + ROUNDING
    assert part_of_own(0.0, team) == 1.0
    assert part_of_own(shared, 1) == pytest.approx(1.0, abs=ROUNDING)
    assert part_of_own(1.0, team) == pytest.approx(1.0 / team, abs=ROUNDING)


@given(shares, teams, st.floats(0.0, 0.5))
def test_sharing_evens_out_credit(shared, team, more):
    """The root of the sum of squares of as many equal and independent sales as there are in the team."""
    own, each = part_of_own(shared, team), part_of_each(shared, team)
    spread = spread_of_part(shared, team)
    assert spread == pytest.approx(math.hypot(own, *[each] * (team - 1)))
    assert 1.0 / math.sqrt(team) - ROUNDING <= spread <= 1.0 + ROUNDING
    assert spread_of_part(min(shared + more, 1.0), team) <= spread + ROUNDING


@given(amounts, st.floats(0.0, 1e5), st.floats(0.0, 1e5), st.floats(0.0, 1e5))
def test_more_credit_makes_the_quota_likelier(mean, spread, quota, more):
    chance = chance_at_quota(mean, spread, quota)
    assert 0.0 <= chance <= chance_at_quota(mean + more, spread, quota) <= 1.0
    assert chance_at_quota(quota, spread, quota) == pytest.approx(0.5)


@given(worths, worths, st.floats(0.0, 0.2))
def test_a_manager_acts_the_more_for_a_period_the_more_it_pays(now, then, more):
    odds = odds_of_worth(now, then)
    assert 1.0 / MOST_ODDS <= odds <= MOST_ODDS
    assert odds <= odds_of_worth(now + more, then) * (1.0 + ROUNDING) or now <= 0.0 >= then
    assert odds_of_worth(now, now) == 1.0


@given(amounts, st.floats(0.0, 1e5), st.floats(0.0, 20.0), st.floats(0.0, 200.0))
def test_a_manager_grants_the_more_the_more_it_brings(gain, more, interest, hourly):
    odds = odds_of_gain(interest, gain, hourly)
    assert 0.0 < odds <= odds_of_gain(interest, gain + more, hourly)
    assert odds_of_gain(interest, 0.0, hourly) == odds_of_gain(0.0, gain, hourly) == 1.0
    hours = interest * gain / max(hourly, 1.0)
    if abs(hours) < 30.0:
        assert math.log(odds) == pytest.approx(hours, abs=1e-9)


@given(shares, factors, factors)
def test_odds_leave_certainty_as_it_is_and_move_all_else(chance, factor, other):
    low, high = sorted((factor, other))
    assert with_odds(chance, 1.0) == chance
    assert with_odds(0.0, factor) == 0.0
    assert with_odds(1.0, factor) == 1.0
    assert 0.0 <= with_odds(chance, low) <= with_odds(chance, high) + ROUNDING <= 1.0 + 2.0 * ROUNDING
    if 0.001 < chance < 0.999:
        moved = with_odds(chance, factor)
        assert moved / (1.0 - moved) == pytest.approx(factor * chance / (1.0 - chance), rel=1e-9)
