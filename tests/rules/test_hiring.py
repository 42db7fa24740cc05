"""Who is hired: what selection finds, and what it cannot see."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from salesim.rules.hiring import Hiring, ability, talent, task_fit

from .drawn import ROUNDING, anything

any_selection = anything(Hiring)
normals = st.floats(-6, 6)
fits = st.tuples(st.floats(0, 0.9), st.floats(0, 0.9)).map(sorted)
POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(12)  # exact for means and variances of normals
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def mean_and_variance(selection: Hiring) -> tuple[float, float]:
    """Of the talent of those who are hired, over everybody who could be."""
    talents = np.array([[talent(selection, float(s), float(h)) for h in POINTS] for s in POINTS])
    mass = np.outer(WEIGHTS, WEIGHTS)
    mean = float((mass * talents).sum())
    return mean, float((mass * (talents - mean) ** 2).sum())


@given(any_selection)
def test_the_chosen_are_more_talented_as_far_as_selection_sees_talent(selection):
    mean, _ = mean_and_variance(selection)
    assert mean == pytest.approx(selection.hiring_fit * selection.selection, abs=1e-9)


@given(any_selection, fits)
def test_better_selection_raises_the_mean_of_talent(selection, fits):
    low, high = (mean_and_variance(selection.model_copy(update={"hiring_fit": fit}))[0] for fit in fits)
    assert low <= high + ROUNDING


@given(any_selection)
def test_the_chosen_differ_at_most_as_much_as_all_applicants(selection):
    """Half of the spread in what is shown is gone: a quarter of its part of the variance is left."""
    _, variance = mean_and_variance(selection)
    assert variance == pytest.approx(1.0 - 0.75 * selection.hiring_fit * selection.hiring_fit, abs=1e-9)
    assert variance <= 1.0 + ROUNDING


def test_with_usual_selection_the_spread_of_talent_is_nearly_that_of_all_applicants():
    _, variance = mean_and_variance(Hiring())
    assert 0.95 < variance <= 1.0


@pytest.mark.parametrize("fit", [0.0, 0.2, 0.5, 0.9])
def test_the_chosen_are_those_whom_a_selection_among_many_applicants_picks(fit):
    """Brute force: applicants whose shown and true talent correlate, taken as far as they show."""
    luck = np.random.default_rng(5)
    shown = luck.standard_normal(400_000)
    true = fit * shown + math.sqrt(1.0 - fit * fit) * luck.standard_normal(400_000)
    chosen = np.exp(-0.5 * ((shown - 1.0) / 0.5) ** 2 + 0.5 * shown**2)  # shown ~ Normal(1, 0.5) afterwards
    expected = float(np.average(true, weights=chosen))
    spread = float(np.average((true - expected) ** 2, weights=chosen))
    mean, variance = mean_and_variance(Hiring(hiring_fit=fit, selection=1.0))
    assert mean == pytest.approx(expected, abs=0.02)
    assert variance == pytest.approx(spread, abs=0.02)


@given(normals, normals)
def test_a_selection_that_sees_nothing_hires_by_chance(shown, hidden):
    assert talent(Hiring(hiring_fit=0.0), shown, hidden) == hidden


@given(any_selection, normals, normals, st.floats(0, 3))
def test_who_shows_more_or_hides_more_is_more_talented(selection, shown, hidden, more):
    here = talent(selection, shown, hidden)
    assert here <= talent(selection, shown + more, hidden) + ROUNDING
    assert here <= talent(selection, shown, hidden + more) + ROUNDING


@given(st.floats(0.01, 0.99), st.floats(0.05, 2))
def test_ability_is_lognormal_in_talent(share, spread):
    rank = float(lognorm(spread).ppf(share))
    talent_there = math.log(rank) / spread
    assert ability(talent_there, spread) == pytest.approx(rank)
    assert ability(0.0, spread) == 1.0
    assert ability(talent_there, 0.0) == 1.0


@given(normals, st.floats(0, 5), st.floats(0, 2))
def test_the_talented_are_able(talent_of, more, spread):
    assert 0.0 < ability(talent_of, spread) <= ability(talent_of + more, spread)


@given(any_selection, normals, st.floats(0, 3))
def test_fit_to_the_task_is_a_share_and_rises_with_what_is_shown(selection, shown, more):
    assert 0.0 <= task_fit(selection, shown) <= task_fit(selection, shown + more) <= 1.0


@given(any_selection, fits, normals)
def test_better_selection_suits_the_task_better(selection, fits, shown):
    low, high = (task_fit(selection.model_copy(update={"hiring_fit": fit}), shown) for fit in fits)
    assert low <= high + ROUNDING


def test_selection_closes_its_share_of_what_fit_is_missing():
    assert task_fit(Hiring(hiring_fit=0.0, task_fit=0.5), 0.0) == 0.5
    assert task_fit(Hiring(hiring_fit=0.4, task_fit=0.5), 0.0) == pytest.approx(0.7)
    assert task_fit(Hiring(hiring_fit=0.4, task_fit=0.5, task_fit_spread=0.1), -1.0) == pytest.approx(0.6)
    assert task_fit(Hiring(hiring_fit=0.0, task_fit=0.0), -1.0) == 0.0
