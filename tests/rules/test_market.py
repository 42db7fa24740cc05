"""What customers are like, what the offer is worth to them, and how the market moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.market import (
    Market,
    account_value,
    fit_after_drift,
    is_target,
    sensitivity_factor,
    serving_cost,
)

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_market = anything(Market)
moves = st.floats(-3, 3)


@given(any_market, pairs_of_shares, st.floats(-100, 100), st.floats(0, 100))
def test_fit_and_a_happy_accident_make_value(market, fits, deviation, more):
    here = account_value(market, fits[0], deviation)
    assert 0.0 <= here <= account_value(market, fits[1], deviation)
    assert here <= account_value(market, fits[0], deviation + more)


def test_value_is_what_everyone_sees_and_what_fit_adds():
    market = Market(value=90.0, value_of_fit=30.0)
    assert account_value(market, 0.0, 0.0) == 90.0
    assert account_value(market, 1.0, 0.0) == 120.0
    assert account_value(market, 0.5, -5.0) == 100.0
    assert account_value(market, 0.0, -1e6) == 0.0


@given(any_market, pairs_of_shares)
def test_misfit_accounts_cost_more_to_serve(market, fits):
    misfit, fit = (serving_cost(market, f) for f in fits)
    assert market.cost_to_serve - ROUNDING <= fit <= misfit + ROUNDING
    assert serving_cost(market, 1.0) == market.cost_to_serve
    assert serving_cost(market, 0.0) == pytest.approx(market.cost_to_serve + market.misfit_cost)


def test_at_the_planned_price_an_account_that_fits_earns_a_third_and_a_misfit_less():
    market = Market()
    margins = [90.0 - market.unit_cost - serving_cost(market, fit) for fit in (1.0, 0.0)]
    assert 0.30 < margins[0] / 90.0 < 0.40
    assert 0.0 < margins[1] < margins[0]


@given(shares, moves, st.floats(0, 3))
def test_fit_stays_a_share_and_moves_with_its_market(fit, shock, more):
    assert 0.0 <= fit_after_drift(fit, shock) <= fit_after_drift(fit, shock + more) <= 1.0
    assert fit_after_drift(fit, 0.0) == fit


def test_fit_drifts_as_widely_as_stated_in_a_year_and_nowhere_on_average():
    luck = np.random.default_rng(17)
    fits = [0.5] * 5000
    for _ in range(4):
        fits = [fit_after_drift(fit, 0.04 * float(luck.standard_normal())) for fit in fits]
    assert np.std(fits) == pytest.approx(0.08, rel=0.05)
    assert np.mean(fits) == pytest.approx(0.5, abs=0.005)


@given(any_market, pairs_of_shares)
def test_an_account_that_fits_better_than_a_target_is_a_target(market, fits):
    low, high = (is_target(market, fit) for fit in fits)
    assert high or not low


def test_what_is_half_way_between_the_kinds_counts_as_a_target():
    market = Market(target_fit=0.75, other_fit=0.25)
    assert [is_target(market, fit) for fit in (0.25, 0.499, 0.5, 0.75)] == [False, False, True, True]


def test_nearly_all_accounts_are_of_the_kind_that_they_were_drawn_from():
    market, luck = Market(), np.random.default_rng(19)
    spread = market.fit_spread * luck.standard_normal(5000)
    targets = [is_target(market, float(fit)) for fit in market.target_fit + spread]
    others = [is_target(market, float(fit)) for fit in market.other_fit + spread]
    assert np.mean(targets) > 0.95
    assert np.mean(others) < 0.05


@pytest.mark.parametrize(("price", "value"), [(0.3, 0.3), (0.0, 1.0), (1.0, 0.0), (0.25, 0.5), (0.0, 0.0)])
def test_buyers_are_of_their_kinds_in_the_stated_shares(price, value):
    market = Market(
        price_buyers=price,
        value_buyers=value,
        sensitivity_of_price_buyers=1.5,
        sensitivity_of_value_buyers=0.7,
    )
    factors = [sensitivity_factor(market, (k + 0.5) / 1000) for k in range(1000)]
    assert factors.count(1.5) == round(1000 * price)
    assert factors.count(0.7) == round(1000 * value)
    assert factors.count(1.0) == round(1000 * (1.0 - price - value))


@given(any_market, shares)
def test_no_buyer_is_of_another_kind(market, luck):
    kinds = {market.sensitivity_of_price_buyers, market.sensitivity_of_value_buyers, 1.0}
    assert sensitivity_factor(market, luck) in kinds


@given(shares)
def test_a_market_of_one_kind_has_no_other(luck):
    alike = Market(price_buyers=0.0, value_buyers=0.0)
    assert sensitivity_factor(alike, luck) == 1.0
