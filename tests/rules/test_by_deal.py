"""What is paid by the deal: sums, and factors by margin (cases with numbers are in tests/cases/pay.csv)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.by_deal import (
    ByDeal,
    factor_of_band,
    has_bands,
    pays_by_deal,
    price_at_margin,
    sums_of_a_deal,
)

margins = st.floats(0, 0.95)
factors = st.floats(0, 10)


@given(margins, margins, factors, factors, st.floats(0.1, 1e4), st.floats(0.1, 1e5))
def test_a_deal_lies_in_the_band_of_its_margin(low, high, low_factor, high_factor, cost, price):
    pay = ByDeal(
        low_margin=low, low_margin_factor=low_factor, high_margin=high, high_margin_factor=high_factor
    )
    margin = (price - cost) / price
    if min(abs(margin - low), abs(margin - high)) > 1e-9:
        expected = low_factor if margin < low else high_factor if margin >= high else 1.0
        assert factor_of_band(pay, price, cost) == expected


@given(margins, st.floats(0.1, 1e4))
def test_exactly_at_an_edge_counts_as_reached(margin, cost):
    price = price_at_margin(margin, cost)
    assert (price - cost) / price == pytest.approx(margin)
    assert (
        factor_of_band(ByDeal(low_margin=margin, low_margin_factor=3.0, high_margin=0.95), price, cost)
        != 3.0
    )
    both = ByDeal(low_margin=0.0, high_margin=margin, high_margin_factor=3.0)
    assert factor_of_band(both, price, cost) == 3.0


@given(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(0, 1e5))
def test_sums_grow_with_units_and_nothing_else(f, u, units):
    assert sums_of_a_deal(ByDeal(per_deal=f, per_unit=u), units) == pytest.approx(f + u * units)


def test_nothing_is_paid_by_the_deal_unless_it_is_said():
    assert not has_bands(ByDeal())
    assert not pays_by_deal(ByDeal())
    assert has_bands(ByDeal(low_margin_factor=0.5))
    assert has_bands(ByDeal(high_margin_factor=2.0))
    for name in ("per_deal", "per_unit", "new_rate"):
        assert pays_by_deal(ByDeal(**{name: 0.5}))
