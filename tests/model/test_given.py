"""Quotas that are given: they are what seats are asked for, reps know them, and without them nothing changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesim.model.accounts import take_given
from salesim.model.agents import SalesModel, run_mesa
from salesim.model.asking import foresee_quotas, is_given, quota_in
from salesim.model.phases.due import gate_of_year, period_quota_with, year_quota_with
from salesim.model.phases.foresight import cost_through_quota
from salesim.model.scenario import Scenario
from tests.firms import busy_firm, differences, ideals, seeds, simulated, small_firm

SEATS, START = 6, 13


def periods(*quotas: list[float], weeks: int = 13, start: int = 0) -> list[dict]:
    """Periods one after the other, with the quotas of the first seats in each."""
    return [{"start": start + k * weeks, "weeks": weeks, "quotas": q} for k, q in enumerate(quotas)]


@st.composite
def given_quotas(draw) -> list[dict]:
    found, week = [], 0
    for _ in range(draw(st.integers(1, 4))):
        week += draw(st.integers(0, 10))
        weeks = draw(st.sampled_from([1, 4, 5, 13, 26]))
        amount = st.just(0.0) | st.floats(1.0, 1e7)
        found.append(
            {"start": week, "weeks": weeks, "quotas": draw(st.lists(amount, min_size=1, max_size=SEATS))}
        )
        week += weeks
    return found


@given(given_quotas(), seeds, ideals, st.sampled_from([0, 13, 20]))
@settings(max_examples=25)
def test_engines_agree_and_periods_add_up_to_what_is_given(quotas, seed, ideal, burn_in):
    firm = small_firm(given_quotas=quotas, organisation={"burn_in_weeks": burn_in})
    tables = simulated(firm, seed, ideal=ideal)
    assert differences(tables, simulated(firm, seed, ideal=ideal, engine=run_mesa)) == []
    asked = tables.quotas.reshape(-1, SEATS)[burn_in:] / 52.0
    for period in firm.given_quotas:
        if period.stop <= len(asked):
            sums = asked[period.start : period.stop].sum(axis=0)
            for seat, quota in enumerate(period.quotas):
                assert quota == 0.0 or sums[seat] == pytest.approx(quota, rel=1e-9)


def test_engines_agree_where_everything_goes_on():
    firm = busy_firm(given_quotas=periods([1e5, 0.0, 3e5], [7e3, 2e5, 0.0, 9e5, 1e5], weeks=20, start=6))
    assert differences(simulated(firm), simulated(firm, engine=run_mesa)) == []


def test_years_are_settled_by_what_was_given():
    """Who holds a seat for the whole year is judged by the sum of the year's quotas."""
    asked = np.array([[1e5, 2e5], [7e3, 3e5], [9e4, 1e5], [1e3, 5e5]])
    firm = small_firm(given_quotas=periods(*asked.tolist()), organisation={"burn_in_weeks": 52})
    years = simulated(firm).years
    for seat in range(2):
        whole = years[(years["rep"] == seat) & (years["week"] == 103) & (years["weeks"] == 52)]
        assert whole["quota"] == pytest.approx(asked[:, seat].sum(), rel=1e-9)


def test_who_has_no_quota_is_asked_for_the_planned_one():
    plain, firm = small_firm(), small_firm(given_quotas=periods([0.0, 5e4]))
    before, after = (simulated(each).quotas.reshape(-1, SEATS) for each in (plain, firm))
    assert before[: START + 1, 0].tobytes() == after[: START + 1, 0].tobytes()
    assert after[START, 1] == 4 * 5e4
    assert after[START + 13, 1] == pytest.approx(before[START + 13, 1], rel=0.5)


def test_quotas_that_come_after_the_plan_change_nothing():
    late = small_firm(given_quotas=periods([5e4] * SEATS, start=60))
    found = differences(simulated(small_firm()), simulated(late))
    assert found == ["given: (0,) rows against (390,)"]


def test_held_quotas_keep_what_was_given():
    firm = small_firm(given_quotas=periods([1e5, 0.0, 3e5], [7e3, 2e5]))
    tables = simulated(firm)
    found = differences(tables, simulated(firm, quotas=tables.quotas))
    assert {each.partition(":")[0] for each in found} <= {
        "reps.planned_quota",
        "reps.quota_weight",
        "keeping.quotas_given",
    }


@pytest.fixture
def model():
    """The first seat has a quota in the first and the third quarter of the year, the second in none."""
    quotas = [
        {"start": 0, "weeks": 13, "quotas": [1e5]},
        {"start": 26, "weeks": 13, "quotas": [3e5]},
    ]
    firm = Scenario.model_validate(
        {
            "given_quotas": quotas,
            "organisation": {
                "headcount": 2,
                "span_of_control": 2,
                "accounts": 20,
                "burn_in_weeks": 52,
                "weeks": 104,
            },
            "payout": {"year_bonus": 1e4},
            "quotas": {"quota_ratchet": 0.5},
        }
    )
    model = SalesModel(firm)
    for _ in range(56):
        model.step()
    return model


def test_reps_know_what_is_asked_of_the_rest_of_period_and_year(model):
    rep, other = model.reps
    planned = rep.planned_quota
    assert (rep.quota, rep.given, other.given) == (4e5, True, False)
    assert rep.more_this_period == 0.0
    rest = 3e5 + 26 / 52 * planned - 39 / 52 * 4e5
    assert rep.more_this_year == pytest.approx(rest)
    assert rep.more_next == pytest.approx(planned - 4e5)
    assert (other.more_this_period, other.more_this_year, other.more_next) == (0.0, 0.0, 0.0)
    assert period_quota_with(rep, 9.0) == pytest.approx(1e5)
    whole = 1e5 + 3e5 + planned / 2
    assert year_quota_with(rep, 48.0) == pytest.approx(whole)
    assert gate_of_year(rep, 48.0) == pytest.approx(whole - rep.credited_this_year + rep.credited)


def test_a_quota_that_is_given_next_year_costs_nothing_through_the_ratchet(model):
    rep, t = model.reps[0], 56
    assert not rep.given_next_year
    assert cost_through_quota(rep, model.parameters, t) != 0.0
    rep.given_next_year = True
    assert cost_through_quota(rep, model.parameters, t) == 0.0


def test_beyond_the_plan_quotas_stay_as_they_are(model):
    rep, end = model.reps[0], len(model.books)
    assert quota_in(rep, model.firm, end) == rep.quota
    assert is_given(rep, model.firm, end) == rep.given
    assert not is_given(rep, model.firm, 70)


def test_where_a_given_quota_ends_the_planned_one_holds(model):
    rep = model.reps[0]
    for week, quota in ((64, 4e5), (65, rep.planned_quota), (78, 12e5)):
        take_given(model.firm, week)
        assert (rep.quota, rep.given) == (quota, quota != rep.planned_quota)
    foresee_quotas(model.parameters, model.firm, 78)
    assert rep.more_this_period == 0.0


def test_a_given_quota_has_nothing_put_on_top():
    """Effort is that of a quota as it is, whatever quotas are planned with."""
    quotas = periods([4e5] * SEATS)
    low, high = (
        simulated(
            small_firm(
                given_quotas=quotas,
                quotas={"over_assignment": over},
                organisation={"burn_in_weeks": 0, "weeks": 1},
            )
        )
        for over in (0.0, 0.5)
    )
    assert low.reps["intensity"].tobytes() == high.reps["intensity"].tobytes()
