"""What rep and head office know of a customer's value: shrinking a noisy look, and learning from deals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesim.rules.estimates import (
    FARTHEST_GUESS,
    Estimates,
    head_office_error,
    learned_intercept,
    prior_spread,
    rep_error,
    shrunken_estimate,
)

shares = st.floats(0, 1)
spreads = st.floats(0.1, 100)
draws = st.floats(-5, 5)
tests = st.floats(0, 1e5)


def expected_squared_error(guess, prior_sd):
    """Exact for a guess that is linear in truth and error: four equally likely cases have their moments."""
    cases = [(truth * prior_sd, error) for truth in (-1.0, 1.0) for error in (-1.0, 1.0)]
    return sum((guess(truth, error) - truth) ** 2 for truth, error in cases) / len(cases)


@given(spreads, spreads, st.floats(-1, 2))
def test_no_other_weight_on_what_was_seen_makes_a_smaller_error(prior_sd, error_sd, weight):
    shrunken = expected_squared_error(lambda t, e: shrunken_estimate(t, e, prior_sd, error_sd), prior_sd)
    other = expected_squared_error(lambda t, e: weight * (t + error_sd * e), prior_sd)
    assert shrunken <= other * (1 + 1e-9)


@given(st.floats(1, 20), st.floats(1, 20), st.integers(0, 2**32 - 1))
def test_of_many_guesses_those_that_are_alike_are_right_on_average(prior_sd, error_sd, seed):
    """Seller's regret is avoided: truth regressed on the guess has a slope of one."""
    luck = np.random.default_rng(seed)
    truths, errors = prior_sd * luck.standard_normal(4_000), luck.standard_normal(4_000)
    guesses = [
        shrunken_estimate(float(t), float(e), prior_sd, error_sd)
        for t, e in zip(truths, errors, strict=True)
    ]
    slope = float(np.dot(guesses, truths) / np.dot(guesses, guesses))
    noise = error_sd / prior_sd / np.sqrt(4_000)
    assert slope == pytest.approx(1.0, abs=5.0 * noise)


@given(draws, draws, spreads)
def test_a_look_without_error_shows_the_truth(truth, error, prior_sd):
    assert shrunken_estimate(truth, error, prior_sd, 0.0) == truth
    assert shrunken_estimate(truth, error, 0.0, 0.0) == truth


@given(draws, draws, spreads)
def test_a_hopelessly_noisy_look_leaves_the_average(truth, error, prior_sd):
    assert abs(shrunken_estimate(truth, error, prior_sd, 1e9)) < 1e-3
    assert shrunken_estimate(truth, error, 0.0, prior_sd) == 0.0


@given(spreads, spreads, spreads)
def test_a_smaller_error_guesses_better(prior_sd, a, b):
    low, high = sorted((a, b))
    good, poor = (
        expected_squared_error(lambda t, e, sd=sd: shrunken_estimate(t, e, prior_sd, sd), prior_sd)
        for sd in (low, high)
    )
    assert good <= poor * (1 + 1e-9)
    assert poor <= prior_sd**2 * (1 + 1e-9)


@given(draws, draws, draws, spreads, spreads)
def test_a_higher_truth_or_a_rosier_error_never_looks_lower(truth, more, error, prior_sd, error_sd):
    high = shrunken_estimate(truth + abs(more), error, prior_sd, error_sd)
    assert high >= shrunken_estimate(truth, error, prior_sd, error_sd)
    rosier = shrunken_estimate(truth, error + abs(more), prior_sd, error_sd)
    assert rosier >= shrunken_estimate(truth, error, prior_sd, error_sd)


@given(st.floats(0, 50), spreads)
def test_equal_precision_means_no_advantage(office_error, prior_sd):
    """Neither advantage nor participation nor tests nor reviews: rep and head office guess equally well."""
    equal = Estimates(
        head_office_error=office_error, rep_information_advantage=0.0, pricing_participation=0.0
    )
    rep, office = rep_error(equal, 0.0), head_office_error(equal, 0.0)
    assert rep == office == office_error
    theirs, ours = (
        expected_squared_error(lambda t, e, sd=sd: shrunken_estimate(t, e, prior_sd, sd), prior_sd)
        for sd in (rep, office)
    )
    assert theirs == ours


@given(shares, shares, shares)
def test_reps_see_more_the_larger_their_advantage_and_the_better_an_account_is_known(known, a, b):
    low, high = sorted((a, b))
    error = rep_error(Estimates(rep_information_advantage=high), known)
    assert 0.0 <= error <= rep_error(Estimates(rep_information_advantage=low), known)
    assert rep_error(Estimates(), high) <= rep_error(Estimates(), low)


def test_full_advantage_or_full_knowledge_leaves_a_rep_no_error():
    assert rep_error(Estimates(rep_information_advantage=1.0), 0.0) == 0.0
    assert rep_error(Estimates(), 1.0) == 0.0
    assert rep_error(
        Estimates(head_office_error=12.0, rep_information_advantage=0.5), 0.0
    ) == pytest.approx(6.0)


@given(shares, shares, shares, tests, tests)
def test_participation_and_price_tests_teach_head_office(effect, a, b, c, d):
    (less, more), (few, many) = sorted((a, b)), sorted((c, d))
    heard = Estimates(participation_effect=effect, pricing_participation=more)
    error = head_office_error(heard, many)
    assert 0.0 <= error <= head_office_error(heard, few)
    assert error <= head_office_error(
        Estimates(participation_effect=effect, pricing_participation=less), many
    )


@given(st.floats(1, 1e4), st.floats(1, 50))
def test_the_stated_number_of_tests_halves_the_variance(halving, office_error):
    estimates = Estimates(tests_to_halve=halving, head_office_error=office_error, pricing_participation=0.0)
    ratio = head_office_error(estimates, halving) / head_office_error(estimates, 0.0)
    assert ratio**2 == pytest.approx(0.5)


def logit(x):
    """Win chance of a score."""
    return 1.0 / (1.0 + np.exp(-x))


@pytest.mark.parametrize("truth", [-3.0, -0.7, 0.0, 1.2, 3.0])
@pytest.mark.parametrize("start", [-2.0, 0.6, 4.0])
def test_from_the_deals_of_some_years_head_office_learns_how_readily_customers_buy(truth, start):
    """Twenty quarters of 300 deals, whose outcome is drawn from the true intercept."""
    luck = np.random.default_rng(11)
    intercept = start
    for _ in range(20):
        scores = luck.normal(0.0, 1.0, 300)
        won = luck.random(300) < logit(scores + truth)
        expected = logit(scores + intercept)
        intercept = learned_intercept(
            intercept, float(np.sum(won - expected)), float(np.sum(expected * (1.0 - expected))), 50.0
        )
    assert intercept == pytest.approx(truth, abs=0.35)


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(0.1, 1000))
def test_on_average_a_quarter_brings_the_guide_nearer_to_the_truth(truth, intercept, caution):
    """Wins at their expected number, so that only the rule itself can err."""
    assume(abs(truth - intercept) > 1e-6)
    scores = np.linspace(-1.5, 1.5, 200)
    expected = logit(scores + intercept)
    surprise = float(np.sum(logit(scores + truth) - expected))
    after = learned_intercept(intercept, surprise, float(np.sum(expected * (1.0 - expected))), caution)
    assert abs(after - truth) < abs(intercept - truth)


@given(st.floats(-20, 20), st.floats(-1e4, 1e4), st.floats(0, 1e4), st.floats(0.1, 1e6), st.floats(0, 1e6))
def test_head_office_moves_by_one_at_most_and_less_the_more_cautious(
    intercept, surprise, information, caution, more
):
    after = learned_intercept(intercept, surprise, information, caution)
    wary = learned_intercept(intercept, surprise, information, caution + more)
    assert abs(wary - intercept) <= abs(after - intercept) + 1e-9
    assert abs(after - intercept) <= 1.0 + 1e-9
    assert abs(after) <= FARTHEST_GUESS
    assert (after - intercept) * surprise >= 0.0


def test_however_well_or_badly_deals_go_the_guess_stays_within_bounds():
    best = worst = 0.0
    for _ in range(100):
        best = learned_intercept(best, 1e3, 1.0, 1.0)
        worst = learned_intercept(worst, -1e3, 1.0, 1.0)
    assert best == -worst == FARTHEST_GUESS


@given(st.floats(-20, 20), st.floats(0, 1e4), st.floats(0.1, 1e6))
def test_results_as_expected_teach_nothing(intercept, information, caution):
    assert learned_intercept(intercept, 0.0, information, caution) == intercept


@given(st.floats(-1, 1), st.floats(10, 1e4))
def test_caution_counts_as_so_many_deals_at_even_odds(intercept, deals):
    """Each of them carries a quarter of information: as many new deals move the guide half of their way."""
    alone = learned_intercept(intercept, 0.1, 0.25 * deals, 0.0)
    wary = learned_intercept(intercept, 0.1, 0.25 * deals, deals)
    assert wary - intercept == pytest.approx(0.5 * (alone - intercept), rel=1e-6, abs=1e-12)


def test_spreads_of_accounts_and_of_their_deals_add_up_as_variances():
    assert prior_spread(3.0, 4.0) == 5.0
    assert prior_spread(14.0, 0.0) == prior_spread(0.0, 14.0) == 14.0
