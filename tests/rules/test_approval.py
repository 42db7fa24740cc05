"""Whether a lower price is asked for and granted: worked cases (tests/cases/approvals.csv) and what holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.approval import (
    Approval,
    cost_of_asking,
    grant_probability,
    is_worth_asking,
    weeks_of_waiting,
)

from .worked import worked_cases, worked_out

shares = st.floats(0, 1)
hours = st.floats(0, 40)
amounts = st.floats(0, 1e6)
uniforms = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize("case", worked_cases("approvals.csv"))
def test_a_rep_asks_where_the_case_says(case):
    chance = grant_probability(float(case["leniency"]), float(case["understanding"]))
    cost = cost_of_asking(
        float(case["hours"]), float(case["target_incentive"]), float(case["hours_per_week"])
    )
    assert chance == pytest.approx(float(case["chance"]))
    assert cost == pytest.approx(float(case["cost"]))
    assert worked_out(case["arithmetic_of_cost"]) == pytest.approx(cost)
    assert is_worth_asking(float(case["gain"]), chance, cost) is (case["asks"] == "yes")


@given(shares, shares, shares)
def test_managers_who_understand_grant_less_and_lenient_ones_more(leniency, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= grant_probability(leniency, high) <= grant_probability(leniency, low) <= leniency
    assert grant_probability(low, leniency) <= grant_probability(high, leniency)


@given(shares)
def test_full_understanding_grants_nothing_and_none_grants_by_leniency(leniency):
    assert grant_probability(leniency, 1.0) == 0.0
    assert grant_probability(leniency, 0.0) == leniency


@given(hours, amounts, st.floats(0.1, 168), st.floats(0, 40), st.floats(0, 1e5))
def test_asking_costs_more_with_its_hours_and_with_what_they_earn(asking, pay, week, longer, richer):
    cost = cost_of_asking(asking, pay, week)
    assert 0.0 <= cost <= cost_of_asking(asking + longer, pay, week)
    assert cost <= cost_of_asking(asking, pay + richer, week)


@given(amounts, st.floats(0.1, 168))
def test_asking_all_year_would_cost_the_pay_of_the_year(pay, week):
    assert cost_of_asking(52.0 * week, pay, week) == pytest.approx(pay)
    assert cost_of_asking(52.0, pay, 0.0) == 0.0


@given(st.floats(-1e5, 1e5), shares, amounts, st.floats(0, 1e5), shares)
def test_what_is_worth_asking_stays_so_with_more_to_gain_a_better_chance_and_less_cost(
    gain, chance, cost, more, lower
):
    if is_worth_asking(gain, chance, cost):
        assert is_worth_asking(gain + more, chance, cost)
        assert is_worth_asking(gain, 1.0, cost)
        assert is_worth_asking(gain, chance, cost * lower)


@given(st.floats(-1e5, 0), shares, amounts)
def test_nobody_asks_for_a_price_that_does_not_pay(gain, chance, cost):
    assert not is_worth_asking(gain, chance, cost)
    assert not is_worth_asking(-gain, 0.0, cost)


@given(hours, hours, st.floats(0, 30), uniforms)
def test_a_longer_procedure_never_answers_sooner(a, b, days, luck):
    short, long = (Approval(approval_hours=asking, days_per_hour=days) for asking in sorted((a, b)))
    assert 0 <= weeks_of_waiting(short, luck) <= weeks_of_waiting(long, luck)
    assert weeks_of_waiting(Approval(approval_hours=0.0, days_per_hour=days), luck) == 0


@given(hours, st.floats(0, 30), uniforms)
def test_waiting_is_the_days_in_whole_weeks_and_less_than_one_off(asking, days, luck):
    weeks = weeks_of_waiting(Approval(approval_hours=asking, days_per_hour=days), luck)
    assert abs(weeks - asking * days / 7.0) <= 1.0


@pytest.mark.parametrize(("asking", "days"), [(2.0, 0.5), (2.0, 3.5), (8.0, 1.0), (40.0, 0.1)])
def test_on_average_customers_wait_exactly_the_days_stated(asking, days):
    approval = Approval(approval_hours=asking, days_per_hour=days)
    luck = (np.arange(10_000) + 0.5) / 10_000
    mean = np.mean([weeks_of_waiting(approval, float(u)) for u in luck])
    assert mean * 7.0 == pytest.approx(asking * days, abs=0.001)
