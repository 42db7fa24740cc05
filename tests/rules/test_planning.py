"""What head office plans, and what it believes of the market."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.market import Market, fit_after_drift, is_target
from salesim.rules.planning import (
    Planning,
    belief_after_news,
    believed_fit,
    operating_plan,
    planned_margin,
    planned_price,
    tempered_optimism,
    understanding_after_refresh,
    weeks_between_refreshes,
)

from .drawn import ROUNDING, anything, pairs_of_shares, shares
from .worked import worked_cases, worked_out

any_office = anything(Planning)
errors = st.floats(-6, 6)
prices = st.floats(1, 1e6)


@pytest.mark.parametrize("case", worked_cases("refreshes.csv"))
def test_months_are_the_whole_weeks_that_a_calendar_has(case):
    weeks = weeks_between_refreshes(int(case["months"]))
    assert weeks == int(case["weeks"])
    assert weeks <= worked_out(case["arithmetic"]) < weeks + 1


@given(st.integers(1, 120), st.integers(0, 120))
def test_more_months_are_more_weeks_and_never_none(months, more):
    assert 4 <= weeks_between_refreshes(months) <= weeks_between_refreshes(months + more)


def test_a_usual_plan_sells_at_ninety_and_keeps_two_fifths():
    assert planned_price(100.0, 0.10) == pytest.approx(90.0)
    assert planned_margin(90.0, 54.0) == pytest.approx(0.40)


@given(prices, st.tuples(st.floats(0, 0.9), st.floats(0, 0.9)).map(sorted))
def test_a_larger_planned_discount_is_a_lower_price(list_price, discounts):
    high, low = (planned_price(list_price, discount) for discount in discounts)
    assert 0.0 < low <= high <= list_price
    assert planned_price(list_price, 0.0) == list_price


@given(prices, prices, st.floats(0, 1e6))
def test_the_planned_margin_rises_with_price_and_is_nothing_at_cost(price, more, unit_cost):
    margin = planned_margin(price, unit_cost)
    assert margin <= planned_margin(price + more, unit_cost) <= 1.0
    assert price * (1.0 - margin) == pytest.approx(unit_cost, rel=1e-9, abs=1e-6)
    assert planned_margin(price, price) == 0.0


@given(st.floats(0, 1e9), st.floats(-0.5, 1), st.floats(0, 1))
def test_the_operating_plan_is_last_year_and_its_growth(revenue, growth, more):
    assert 0.0 <= operating_plan(revenue, growth) <= operating_plan(revenue, growth + more) + ROUNDING
    assert operating_plan(revenue, 0.0) == revenue
    assert operating_plan(revenue, growth) - revenue == pytest.approx(growth * revenue, abs=1e-3)


@given(any_office, pairs_of_shares)
def test_those_who_are_heard_promise_less(office, voices):
    quiet, loud = (tempered_optimism(office, voice) for voice in voices)
    assert 0.0 <= loud <= quiet + ROUNDING <= office.optimism + 2.0 * ROUNDING
    assert tempered_optimism(office, 0.0) == office.optimism


@given(any_office, shares, errors, shares)
def test_what_the_plan_believes_is_a_share(office, fit, error, voice):
    assert 0.0 <= believed_fit(office, fit, error, voice) <= 1.0


@given(any_office, shares, errors, pairs_of_shares)
def test_where_sales_is_heard_the_plan_is_nearer_to_the_truth(office, fit, error, voices):
    quiet, loud = (abs(believed_fit(office, fit, error, voice) - fit) for voice in voices)
    assert loud <= quiet + ROUNDING


@given(any_office, pairs_of_shares, errors, shares, st.floats(0, 3))
def test_the_plan_believes_more_of_accounts_that_fit_better_or_are_flattered(
    office, fits, error, voice, more
):
    here = believed_fit(office, fits[0], error, voice)
    assert here <= believed_fit(office, fits[1], error, voice)
    assert here <= believed_fit(office, fits[0], error + more, voice) + ROUNDING


@given(shares, errors, shares)
def test_without_error_and_with_full_voice_that_heals_it_the_plan_is_right(fit, error, voice):
    assert believed_fit(Planning(plan_error=0.0), fit, error, voice) == fit
    assert believed_fit(Planning(voice_effect=1.0), fit, error, 1.0) == fit


def test_plans_misjudge_accounts_as_widely_as_stated():
    lasting = np.random.default_rng(3).standard_normal(20_000)
    believed = [
        believed_fit(Planning(plan_error=0.1, voice_effect=0.5), 0.5, float(e), 0.4) for e in lasting
    ]
    assert np.std(believed) == pytest.approx(0.1 * 0.8, rel=0.03)
    assert np.mean(believed) == pytest.approx(0.5, abs=0.003)


@given(any_office, shares, errors, shares, st.lists(errors, min_size=1, max_size=12))
def test_in_a_market_that_stands_still_every_refresh_believes_the_same(office, fit, error, voice, shocks):
    """No drift and the same lasting error: whether head office looks each quarter or never."""
    first = believed_fit(office, fit, error, voice)
    for shock in shocks:
        fit = fit_after_drift(fit, 0.0 * shock)
        assert believed_fit(office, fit, error, voice) == first


def reclassified(drift: float, luck: np.random.Generator) -> float:
    """Share of a thousand accounts that a refresh after a year of drift counts the other way."""
    market, changed = Market(), 0
    for fit in luck.uniform(0.0, 1.0, 1000):
        error, moved = float(luck.standard_normal()), float(fit)
        before = is_target(market, believed_fit(Planning(), moved, error, 0.4))
        for _ in range(4):
            moved = fit_after_drift(moved, drift * float(luck.standard_normal()))
        changed += is_target(market, believed_fit(Planning(), moved, error, 0.4)) != before
    return changed / 1000.0


def test_a_refresh_costs_understanding_only_where_it_reclassifies():
    still = reclassified(0.0, np.random.default_rng(1))
    assert still == 0.0
    assert understanding_after_refresh(0.8, 1.0, still) == 0.8
    assert understanding_after_refresh(0.8, 1.0, reclassified(0.1, np.random.default_rng(1))) < 0.8


def test_a_market_that_moves_more_makes_a_refresh_dearer():
    shares_changed = [reclassified(drift, np.random.default_rng(1)) for drift in (0.0, 0.04, 0.2)]
    left = [understanding_after_refresh(0.8, 0.5, changed) for changed in shares_changed]
    assert shares_changed[0] < shares_changed[1] < shares_changed[2]
    assert left[0] > left[1] > left[2]


@given(shares, shares, pairs_of_shares)
def test_a_refresh_never_teaches_and_more_changes_confuse_more(understanding, confusion, changes):
    less, more = (understanding_after_refresh(understanding, confusion, changed) for changed in changes)
    assert 0.0 <= more <= less <= understanding
    assert understanding_after_refresh(understanding, 1.0, 1.0) == 0.0
    assert understanding_after_refresh(understanding, 0.0, 1.0) == understanding
    assert understanding_after_refresh(0.8, 0.5, 0.1) == pytest.approx(0.76)


@given(shares, shares, shares)
def test_news_bring_the_plan_nearer_to_the_market_and_not_beyond(believed, fit, carried):
    after = belief_after_news(believed, fit, carried)
    assert min(believed, fit) - ROUNDING <= after <= max(believed, fit) + ROUNDING
    assert abs(fit - after) == pytest.approx((1.0 - carried) * abs(fit - believed), abs=ROUNDING)
