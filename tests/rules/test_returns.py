"""Goods that come back, and what that leaves of a sale's credit."""

import pytest
from hypothesis import given

from salesim.rules.returns import Returns, chance_of_return, credit_left

from .drawn import ROUNDING, anything, pairs_of_shares, shares

firms = anything(Returns)


@given(firms, pairs_of_shares)
def test_the_better_it_fits_the_less_comes_back(returns, fits):
    low, high = (chance_of_return(returns, fit) for fit in fits)
    assert 0.0 <= high <= low <= returns.chance
    assert chance_of_return(returns, 1.0) == 0.0
    assert chance_of_return(returns, 0.0) == returns.chance


@given(firms, shares, shares)
def test_credit_left_is_the_mean_of_what_comes_back_and_what_does_not(returns, fit, lost):
    chance = chance_of_return(returns, fit)
    mean = chance * (1.0 - lost * returns.part) + (1.0 - chance)
    assert credit_left(returns, fit, lost) == pytest.approx(mean, abs=ROUNDING)
    assert credit_left(returns, fit, 0.0) == credit_left(Returns(), fit, lost) == 1.0
