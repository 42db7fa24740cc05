"""How the market is cut into territories, and how the luck of a year differs between districts."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from salesim.rules.territories import last_account, shock_of_the_year, territory_weight

from .worked import numbers, worked_cases

normals = st.floats(-6, 6)
spreads = st.floats(0, 2)
any_weights = st.lists(st.tuples(spreads, normals), min_size=1, max_size=40)


def cuts(accounts: int, weights: list[float]) -> list[int]:
    """Where each territory ends, with weights added up in order as the firm does."""
    total = list(accumulate(weights))[-1]
    return [last_account(accounts, so_far, total) for so_far in accumulate(weights)]


def sizes(accounts: int, weights: list[float]) -> list[int]:
    ends = cuts(accounts, weights)
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


@pytest.mark.parametrize("case", worked_cases("territories.csv"))
def test_territories_are_as_large_as_a_practitioner_counts(case):
    assert sizes(int(case["accounts"]), numbers(case["weights"])) == numbers(case["sizes"])


@given(st.integers(0, 5000), any_weights)
def test_a_cut_covers_every_account_exactly_once(accounts, drawn):
    ends = cuts(accounts, [territory_weight(spread, normal) for spread, normal in drawn])
    owners = [
        rep for rep, (a, b) in enumerate(zip([0, *ends[:-1]], ends, strict=True)) for _ in range(a, b)
    ]
    assert ends == sorted(ends)
    assert ends[-1] == len(owners) == accounts


@given(st.integers(1, 5000), any_weights)
def test_no_cut_lies_further_than_half_an_account_from_its_weight(accounts, drawn):
    weights = np.array([territory_weight(spread, normal) for spread, normal in drawn])
    exact = accounts * np.cumsum(weights) / weights.sum()
    assert np.abs(cuts(accounts, weights.tolist()) - exact).max() <= 0.5 + 1e-6


@given(st.integers(0, 5000), st.integers(1, 60), normals)
def test_without_spread_territories_differ_by_one_account_at_most(accounts, reps, normal):
    cut = sizes(accounts, [territory_weight(0.0, normal)] * reps)
    assert max(cut) - min(cut) <= 1


def test_a_market_that_weighs_nothing_goes_to_whoever_is_there():
    assert last_account(40, 0.0, 0.0) == 40


@given(st.floats(0.01, 0.99), st.floats(0.05, 2))
def test_weights_of_territories_are_lognormal(share, spread):
    rank = float(lognorm(spread).ppf(share))
    assert territory_weight(spread, math.log(rank) / spread) == pytest.approx(rank)


@given(spreads, normals, st.floats(0, 3))
def test_weights_are_positive_and_rise_with_their_luck(spread, normal, more):
    assert 0.0 < territory_weight(spread, normal) <= territory_weight(spread, normal + more)


@given(spreads)
def test_good_and_bad_years_come_to_one_on_average(spread):
    points, mass = np.polynomial.hermite_e.hermegauss(60)
    shocks = [shock_of_the_year(spread, float(point)) for point in points]
    assert np.average(shocks, weights=mass) == pytest.approx(1.0, abs=1e-6)


@given(spreads, normals, st.floats(0, 3))
def test_good_years_are_good_and_spread_as_stated(spread, normal, more):
    here, there = shock_of_the_year(spread, normal), shock_of_the_year(spread, normal + more)
    assert 0.0 < here <= there
    assert math.log(there / here) == pytest.approx(spread * more, abs=1e-9)


@given(normals)
def test_without_yearly_shocks_every_year_is_the_same(normal):
    assert shock_of_the_year(0.0, normal) == 1.0
