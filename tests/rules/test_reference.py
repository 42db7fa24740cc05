"""The price that a customer has in mind, and the best quote when exceeding it hurts more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.discounting import price_at_reference, quoted_price
from salesim.rules.reference import Reference, expected_price, reference_after, sense_of_loss

from .worked import worked_cases, worked_out

scores = st.floats(-2, 15)
sensitivities = st.floats(0.02, 0.3)
costs = st.floats(0, 120)
references = st.floats(20, 200)
aversions = st.floats(0, 5)
shares = st.floats(0, 1)
prices = st.floats(0, 300)


@pytest.mark.parametrize("case", worked_cases("reference_prices.csv"))
def test_a_customer_expects_and_remembers_what_the_case_says(case):
    reference, price = float(case["reference"]), float(case["price"])
    expected = expected_price(reference, float(case["trust"]), float(case["entitlement"]))
    assert expected == pytest.approx(float(case["expected"]))
    loss = sense_of_loss(Reference(loss_aversion=2.0), 0.5, price, expected)
    assert loss == pytest.approx(float(case["above_expected"]))
    after = reference_after(reference, price, Reference(weight_of_quoted=0.15).weight_of_quoted)
    if case["bought"] == "yes":
        after = reference_after(after, price, Reference(weight_of_paid=0.4).weight_of_paid)
    assert after == pytest.approx(float(case["reference_after"]))
    assert worked_out(case["arithmetic_of_reference_after"]) == pytest.approx(after)


def gains(score, sensitivity, cost, reference, aversion, quotes):
    """Expected gain with the customer's loss aversion, price by price."""
    lost = np.array(
        [
            sense_of_loss(Reference(loss_aversion=aversion), sensitivity, float(quote), reference)
            for quote in quotes
        ]
    )
    return (quotes - cost) / (1.0 + np.exp(-(score - sensitivity * quotes - lost)))


@given(scores, sensitivities, costs, references, aversions)
def test_no_price_does_better_with_a_customer_who_feels_losses(
    score, sensitivity, cost, reference, aversion
):
    price = price_at_reference(score, sensitivity, cost, reference, aversion)
    quotes = np.linspace(cost, cost + 30.0 / sensitivity, 1_000)
    best = float(gains(score, sensitivity, cost, reference, aversion, np.array([price]))[0])
    assert np.all(gains(score, sensitivity, cost, reference, aversion, quotes) <= best * (1 + 1e-9))


@given(scores, sensitivities, costs, references, aversions)
def test_the_best_price_lies_between_that_of_a_cool_customer_and_the_reference(
    score, sensitivity, cost, reference, aversion
):
    """Loss aversion only ever lowers a price, and never below the reference."""
    cool = quoted_price(score, sensitivity, cost)
    price = price_at_reference(score, sensitivity, cost, reference, aversion)
    assert min(cool, reference) <= price <= cool + 1e-9


@given(scores, sensitivities, costs, references)
def test_without_loss_aversion_the_reference_does_not_matter(score, sensitivity, cost, reference):
    assert price_at_reference(score, sensitivity, cost, reference, 0.0) == quoted_price(
        score, sensitivity, cost
    )


@given(scores, sensitivities, costs, references, aversions, aversions)
def test_more_loss_aversion_never_raises_the_price(score, sensitivity, cost, reference, a, b):
    low, high = sorted((a, b))
    price = price_at_reference(score, sensitivity, cost, reference, low)
    assert price_at_reference(score, sensitivity, cost, reference, high) <= price + 1e-9


@given(scores, sensitivities, costs, references, st.floats(0, 50), aversions)
def test_a_higher_reference_or_cost_never_lowers_the_price(
    score, sensitivity, cost, reference, more, aversion
):
    price = price_at_reference(score, sensitivity, cost, reference, aversion)
    assert price_at_reference(score, sensitivity, cost, reference + more, aversion) >= price - 1e-9
    assert price_at_reference(score, sensitivity, cost + more, reference, aversion) >= price - 1e-9


def test_all_three_kinds_of_best_price_occur():
    """Below the reference, at the kink, and above it."""
    found = [price_at_reference(6.0, 0.06, 54.0, reference, 1.0) for reference in (120.0, 86.0, 50.0)]
    assert found[0] == quoted_price(6.0, 0.06, 54.0) < 120.0
    assert found[1] == 86.0
    assert 50.0 < found[2] < found[0]


@given(prices, shares, shares, shares)
def test_trust_asks_for_less_and_for_no_less_than_the_entitlement(reference, entitlement, a, b):
    low, high = sorted((a, b))
    asked = expected_price(reference, high, entitlement)
    assert reference * (1.0 - entitlement) - 1e-9 <= asked <= expected_price(reference, low, entitlement)
    assert expected_price(reference, 0.0, entitlement) == expected_price(reference, high, 0.0) == reference


@given(st.floats(0, 5), st.floats(0, 1), prices, prices, st.floats(0, 100))
def test_only_a_price_above_what_was_expected_hurts_and_the_more_the_higher(
    aversion, sensitivity, price, expected, more
):
    reference = Reference(loss_aversion=aversion)
    loss = sense_of_loss(reference, sensitivity, price, expected)
    assert 0.0 <= loss <= sense_of_loss(reference, sensitivity, price + more, expected)
    assert sense_of_loss(reference, sensitivity, price, price + more) == 0.0
    assert sense_of_loss(reference, sensitivity, price, expected + more) <= loss


def test_with_an_aversion_of_one_a_dollar_above_hurts_as_much_again_as_it_costs():
    assert sense_of_loss(Reference(loss_aversion=1.0), 0.05, 101.0, 100.0) == pytest.approx(0.05)


@given(prices, prices, shares)
def test_the_reference_moves_towards_what_is_seen_and_not_beyond(reference, price, weight):
    low, high = sorted((reference, price))
    assert low - 1e-9 <= reference_after(reference, price, weight) <= high + 1e-9
    assert reference_after(reference, price, 0.0) == reference
    assert reference_after(reference, price, 1.0) == pytest.approx(price)


@given(prices, prices, st.floats(0.05, 1))
def test_what_is_paid_again_and_again_becomes_what_is_expected(reference, price, weight):
    for _ in range(400):
        reference = reference_after(reference, price, weight)
    assert reference == pytest.approx(price, abs=1e-5)
