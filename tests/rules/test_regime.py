"""Who decides on price and how low one may go: worked cases (tests/cases/prices.csv) and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.approval import grant_probability
from salesim.rules.regime import (
    BOUNDED,
    DELEGATED,
    GUIDED,
    LIST_ONLY,
    Regime,
    floor_price,
    floor_with_contract,
    list_price,
    price_within,
)

from .worked import number, worked_cases

prices = st.floats(0.01, 1e4)
shares = st.floats(0, 1)
weeks = st.integers(0, 600)


def regime_of(case):
    """The regime that a case is about; a contract binds half-way for 52 weeks."""
    return Regime(
        price_regime=case["regime"],
        discount_authority=float(case["authority"]),
        list_price_change=float(case["list_change"]),
        contract_share=0.5,
        contract_weeks=52,
    )


def floor_of(case, regime, listed):
    """Composed as the firm does: list or guide themselves where they bind."""
    guide = float(case["guide"])
    if regime.price_regime == LIST_ONLY:
        return listed
    if regime.price_regime == GUIDED:
        return guide
    start = listed if regime.price_regime == DELEGATED else guide
    floor = floor_price(start, regime.discount_authority)
    return floor_with_contract(
        regime, floor, number(case["last_contract"]), int(number(case["weeks_since"]))
    )


def quoted(case, regime, listed, floor):
    """The price wanted, within what the regime and the manager allow."""
    if regime.price_regime in (LIST_ONLY, GUIDED):
        return floor
    highest = listed
    if regime.price_regime == BOUNDED:
        highest = price_within(float(case["guide"]) * (1.0 + regime.discount_authority), 0.0, listed)
    return price_within(float(case["wanted"]), 0.0 if case["granted"] == "yes" else floor, highest)


@pytest.mark.parametrize("case", worked_cases("prices.csv"))
def test_floor_and_quote_are_what_the_case_says(case):
    regime = regime_of(case)
    listed = list_price(float(case["list"]), regime.list_price_change)
    floor = floor_of(case, regime, listed)
    assert floor == pytest.approx(float(case["floor"]))
    assert quoted(case, regime, listed, floor) == pytest.approx(float(case["quoted"]))


def test_every_regime_has_cases():
    assert {case.values[0]["regime"] for case in worked_cases("prices.csv")} == {
        "list_only",
        "delegated",
        "guided",
        "guided_bounded",
    }


@given(prices, st.floats(-1e6, 1e6), st.floats(0, 1e4))
def test_a_list_price_follows_its_change_and_is_never_nothing(usual, change, more):
    assert list_price(usual, 0.0) == usual
    assert list_price(usual, change) >= 0.01
    assert list_price(usual, change + more) >= list_price(usual, change)


@given(prices, shares, shares)
def test_more_authority_means_a_lower_floor(price, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= floor_price(price, high) <= floor_price(price, low) <= price


@given(st.floats(-1e4, 1e4), prices, shares)
def test_no_quote_is_above_list_or_below_the_floor(wanted, listed, authority):
    floor = floor_price(listed, authority)
    quote = price_within(wanted, floor, listed)
    assert floor <= quote <= listed
    assert quote in (wanted, floor, listed)


@given(st.floats(-1e4, 1e4), prices, shares)
def test_without_authority_and_without_leniency_every_quote_is_list(wanted, listed, understanding):
    """Every discount needs a request, and no request is granted."""
    assert grant_probability(0.0, understanding) == 0.0
    assert price_within(wanted, floor_price(listed, 0.0), listed) == listed


@given(prices, prices, shares)
def test_nobody_quotes_above_list_even_where_the_floor_lies_above_it(wanted, listed, above):
    assert price_within(wanted, listed * (1.0 + above), listed) == listed


@given(prices, st.floats(0, 1e4), shares, weeks, st.integers(0, 520))
def test_a_contract_only_lowers_the_floor_and_never_below_itself(floor, contract, share, since, term):
    bound = floor_with_contract(Regime(contract_share=share, contract_weeks=term), floor, contract, since)
    assert bound <= floor
    assert bound >= min(floor, contract) - 1e-9


@given(prices, prices, shares, shares)
def test_a_contract_that_binds_more_lowers_the_floor_more(floor, contract, a, b):
    low, high = (
        floor_with_contract(Regime(contract_share=share), floor, contract, 10) for share in sorted((a, b))
    )
    assert high <= low + 1e-9


@given(prices, shares, weeks)
def test_no_contract_binds_nobody(floor, share, since):
    assert floor_with_contract(Regime(contract_share=share), floor, 0.0, since) == floor


@given(prices, prices, shares, st.integers(0, 520), st.integers(1, 520))
def test_a_contract_is_forgotten_after_its_term(floor, contract, share, term, later):
    regime = Regime(contract_share=share, contract_weeks=term)
    assert floor_with_contract(regime, floor, contract, term + later) == floor
