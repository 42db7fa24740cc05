"""Quota periods: even ones, and months of 4, 4 and 5 weeks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesim.model.agents import run_mesa
from salesim.model.calendar import QUARTER, week_of_month
from salesim.model.phases.due import on_target_rate, pay_by_period, weeks_left
from salesim.model.phases.foresight import (
    expected_by_period,
    more_by_period,
    pay_of_next_year,
    spread_of_weeks,
    still_to_come,
)
from salesim.model.phases.periods import has_months, period_begins, period_length, usual_period
from salesim.model.scenario import Scenario
from salesim.model.state import Rep
from tests.firms import differences, ideals, seeds, simulated, small_firm
from tests.rules.worked import worked_cases, worked_out

MONTHS, FOUR = {"calendar": "months"}, {"period_weeks": 4}
ROW_OF_A_YEAR = [4, 4, 5] * 4


def firm_of(weeks: int = 4, **payout) -> Scenario:
    return Scenario.model_validate({"pay": {"period_weeks": weeks}, "payout": payout})


@pytest.mark.parametrize("case", worked_cases("calendars.csv"))
def test_a_week_lies_in_the_period_that_the_case_says(case):
    firm = firm_of(int(case["period_weeks"]), calendar=case["calendar"])
    t = int(case["week"])
    found = period_begins(firm, t), period_length(firm, t), weeks_left(firm, t)
    assert found == (int(case["begins"]), int(case["length"]), int(case["left"]))
    assert worked_out(case["arithmetic_of_the_length"]) == found[1]


@given(st.sampled_from([1, 2, 4, 13, 26, 52]), st.sampled_from(["even", "months"]), st.integers(0, 3000))
def test_periods_follow_each_other_and_end_with_the_year(weeks, calendar, t):
    plan = firm_of(weeks, calendar=calendar)
    begins, length = period_begins(plan, t), period_length(plan, t)
    assert begins <= t < begins + length
    assert all(
        (period_begins(plan, week), period_length(plan, week)) == (begins, length)
        for week in range(begins, begins + length)
    )
    assert period_begins(plan, begins + length) == begins + length
    assert begins // 52 == (begins + length - 1) // 52
    lengths = [period_length(plan, week) for week in range(52) if period_begins(plan, week) == week]
    assert sum(lengths) == 52
    assert usual_period(plan) == pytest.approx(np.mean(lengths))
    assert has_months(plan) == (calendar == "months" and weeks == 4)
    if not has_months(plan):
        assert (begins, length) == (t - t % weeks, weeks)


def test_months_begin_where_given_quotas_of_months_do():
    plan = firm_of(**MONTHS)
    assert [period_begins(plan, week_of_month(month)) for month in range(24)] == [
        week_of_month(month) for month in range(24)
    ]


@given(seeds, ideals, st.sampled_from([0, 13, 22]))
@settings(max_examples=15)
def test_engines_agree_by_months(seed, ideal, burn_in):
    firm = small_firm(
        pay=FOUR | {"ramp_draw": 0.5, "draw": 0.4},
        payout=MONTHS | {"curve": "2% to 80%, 5% above, 400 at 80%", "year_curve": "0% to 90%, 9% above"},
        organisation={"burn_in_weeks": burn_in},
        leaving={"turnover": 0.5},
    )
    tables = simulated(firm, seed, ideal=ideal)
    assert differences(tables, simulated(firm, seed, ideal=ideal, engine=run_mesa)) == []


def test_paydays_are_the_ends_of_months():
    firm = small_firm(pay=FOUR, payout=MONTHS, organisation={"burn_in_weeks": 52})
    paid = np.flatnonzero(simulated(firm).books["variable_pay"]) + 1
    assert {4, *paid} == {sum((ROW_OF_A_YEAR * 2)[: k + 1]) for k in range(24)}


def test_even_quarters_and_quarters_of_months_are_the_same_to_the_bit():
    runs = [simulated(small_firm(payout={"calendar": calendar})) for calendar in ("even", "months")]
    assert differences(*runs) == []


def test_a_month_has_its_weeks_of_quota_and_its_whole_bonus():
    """Whoever is on quota in every month of a quarter earns three bonuses, however long each is."""
    firm, quota = firm_of(bonus=500.0, accelerator=1.0, **MONTHS), 520_000.0
    paid = 0.0
    for t in (0, 4, 8):
        length = float(period_length(firm, t))
        asked = quota * length / 52.0
        paid += pay_by_period(asked, asked, length, length, 0.0, firm)
    assert paid == pytest.approx(firm.pay.commission_rate * quota / 4.0 + 3 * 500.0)
    assert on_target_rate(quota, firm) * quota == pytest.approx(4 * paid)


def test_a_joiner_has_part_of_the_month():
    firm = firm_of(bonus=500.0, accelerator=1.0, **MONTHS)
    asked = 520_000.0 * 2.0 / 52.0
    paid = pay_by_period(asked, asked, 2.0, 5.0, 0.0, firm)
    assert paid == pytest.approx(firm.pay.commission_rate * asked + 500.0 * 2.0 / 5.0)


def test_reps_look_ahead_to_the_end_of_the_month():
    """The last week of a quarter is the fifth of its month, and the quota is that of five weeks."""
    firm, t = firm_of(bonus=500.0, **MONTHS), QUARTER - 1
    rep = Rep(quota=520_000.0, period_weeks=4, year_weeks=12, run_rate=0.0, credited=49_000.0)
    rep.period_quota, rep.year_quota = 40_000.0, 120_000.0
    low, spread = rep.credited + still_to_come(rep, 2e4, 1.0, firm), spread_of_weeks(rep, 1.0, firm)
    without, with_it = (
        expected_by_period(50_000.0, 5.0, 5.0, 0.0, mean, spread, firm) for mean in (low, low + 2e4)
    )
    assert more_by_period(rep, 2e4, 1.0, firm, firm, t) == pytest.approx(with_it - without)


def test_next_year_has_twelve_months():
    free = {"bonus": 500.0, "accelerator": 1.0}
    rep = Rep(quota=520_000.0, run_rate=1e6)
    by_month, even = (
        pay_of_next_year(rep, rep.quota, firm_of(**free, calendar=calendar))
        for calendar in ("months", "even")
    )
    assert even - by_month == pytest.approx(500.0, abs=1.0)
