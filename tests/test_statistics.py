"""Worked cases with known answers, what must hold for all numbers, and agreement with SciPy."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from salesim.statistics import (
    Interval,
    agreement,
    bonferroni,
    bootstrap_interval,
    central,
    chance_positive,
    correlation,
    half_width,
    highest_column,
    jackknife,
    level_of_each,
    linearised,
    mean_interval,
    mean_intervals,
    middle,
    replicates_for,
    share_with_sign,
    sign_of,
    significant_of,
    two_stage_interval,
    variance_components,
    variance_ratio,
)

NAN, INF = float("nan"), float("inf")
SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40).map(np.array)
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])

SIGNS = [  # low, high, sign, unclear
    (0.1, 1.0, 1, False),
    (-2.0, -1.0, -1, False),
    (-1.0, 1.0, 0, True),
    (0.0, 1.0, 0, True),
    (-1.0, 0.0, 0, True),
    (0.0, 0.0, 0, False),
    (3.0, 3.0, 1, False),
    (NAN, NAN, 0, False),
]


@pytest.mark.parametrize(("low", "high", "sign", "unclear"), SIGNS)
def test_what_leaves_out_zero_is_significant(low, high, sign, unclear):
    found = Interval(0.5 * (low + high), low, high)
    assert (found.sign, found.significant, found.unclear) == (sign, sign != 0, unclear)


def test_signs_of_many_are_those_of_each():
    low, high, signs, _ = zip(*SIGNS, strict=True)
    assert sign_of(np.array(low), np.array(high)).tolist() == list(signs)


def test_level_and_family_stand_on_the_result():
    assert (mean_interval(np.arange(3.0)).level, mean_interval(np.arange(3.0)).family) == (0.95, "none")
    found = two_stage_interval(np.arange(5.0), 3, intervals=4)
    assert (found.level, found.family) == (pytest.approx(0.9875), "Bonferroni over 4")
    assert bonferroni(1) == bonferroni(0) == "none"


@pytest.mark.parametrize(
    ("intervals", "level", "each"), [(0, 0.95, 0.95), (1, 0.95, 0.95), (2, 0.95, 0.975), (10, 0.9, 0.99)]
)
def test_levels_by_bonferroni(intervals, level, each):
    assert level_of_each(intervals, level) == pytest.approx(each)


@given(SAMPLES, LEVELS)
def test_a_mean_has_the_interval_of_a_one_sample_t_test(values, level):
    found = mean_interval(values, level)
    known = scipy.stats.ttest_1samp(values, 0.0).confidence_interval(level) if np.ptp(values) else None
    assert found.mean == pytest.approx(values.mean(), abs=1e-6)
    low, high = (known.low, known.high) if known else (values[0], values[0])
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@given(st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 2), min_size=2, max_size=30), LEVELS)
def test_a_difference_has_the_interval_of_a_paired_t_test(pairs, level):
    one, other = np.array(pairs).T
    found = mean_interval(one - other, level)
    if np.ptp(one - other) > 1e-6:
        known = scipy.stats.ttest_rel(one, other).confidence_interval(level)
        assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-6)


def test_a_worked_mean():
    half = 3.182446305 * np.std([1, 2, 3, 4], ddof=1) / 2  # t of three degrees from a printed table
    found = mean_interval(np.array([1.0, 2.0, 3.0, 4.0]))
    assert (found.mean, found.low, found.high) == pytest.approx((2.5, 2.5 - half, 2.5 + half))


def test_one_value_has_no_interval():
    found = mean_interval(np.array([3.0]))
    assert (found.mean, found.significant) == (3.0, False)
    assert np.isnan([found.low, found.high]).all()


def test_half_a_width_follows_student():
    count = np.array([0, 1, 2, 3, 31])
    found = half_width(np.full(5, 2.0), count)
    assert np.isnan(found[:2]).all()
    assert found[2:] == pytest.approx(2.0 * scipy.stats.t.ppf(0.975, count[2:] - 1) / np.sqrt(count[2:]))
    assert half_width(np.array([2.0]), np.array([10**6]))[0] == pytest.approx(1.959966 * 2e-3)


@given(st.lists(SAMPLES, min_size=1, max_size=4), LEVELS)
def test_means_of_rows_are_those_of_each_row_without_what_is_unknown(samples, level):
    table = np.full((len(samples), 42), NAN)
    for row, sample in zip(table, samples, strict=True):
        row[: len(sample)] = sample
    for found, sample in zip(mean_intervals(table, level).T, samples, strict=True):
        known = mean_interval(sample, level)
        assert found == pytest.approx([known.mean, known.low, known.high], rel=1e-6, abs=1e-4)


def test_rows_of_one_value_or_none_have_no_interval():
    found = mean_intervals(np.array([[NAN, 2.0], [NAN, NAN]]))
    assert found[0, 0] == 2.0
    assert np.isnan(found[0, 1])
    assert np.isnan(found[1:]).all()


@pytest.mark.parametrize(
    ("up", "down", "same", "sign"),
    [(9, 1, 0, 1), (10, 0, 0, 1), (1, 9, 0, -1), (8, 2, 0, 0), (0, 0, 10, 0), (9, 0, 0, NAN)],
)
def test_nine_of_ten_points_must_agree(up, down, same, sign):
    row = [1.0] * up + [-1.0] * down + [0.0] * same + [NAN] * 3
    assert agreement(np.array([row])).tolist() == pytest.approx([sign], nan_ok=True)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(1.0, 1e3)), min_size=2, max_size=30))
def test_linearised_ratios_have_the_ratio_of_sums_as_their_mean_and_the_variance_of_cochran(pairs):
    y, x = np.array(pairs).T
    ratio, count = y.sum() / x.sum(), len(x)
    found = linearised(y, x, (y.sum(), x.sum()), count)
    assert found.mean() == pytest.approx(ratio, abs=1e-6)
    residual = np.sum((y - ratio * x) ** 2) / (count - 1) / x.mean() ** 2
    assert found.var(ddof=1) == pytest.approx(residual, rel=1e-6, abs=1e-6)


def test_the_middle_is_between_tenth_and_ninetieth_of_a_hundred():
    assert middle(np.arange(101.0)).tolist() == pytest.approx([50.0, 10.0, 90.0])
    found = middle(np.array([[1.0, NAN, NAN], [3.0, 4.0, NAN]]))
    assert found[0, :2].tolist() == [2.0, 4.0]
    assert found[1:, 0] == pytest.approx([1.2, 2.8])
    assert np.isnan(found[:, 2]).all()


@given(SAMPLES, LEVELS)
def test_a_central_range_has_equal_tails(values, share):
    tails = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
    assert central(values, share) == pytest.approx(tails, abs=1e-6)


@given(SAMPLES)
def test_two_stages_of_which_the_second_is_empty_are_one(values):
    one, two = mean_interval(values), two_stage_interval(values, len(values))
    assert (two.low, two.high) == pytest.approx((one.low, one.high), abs=1e-6)


def test_a_worked_case_of_two_stages():
    """Stein (1945): the quantile has the degrees of freedom of the first stage, the root all replicates."""
    found = two_stage_interval(np.array([1.0, 2.0, 3.0, 10.0]), 3)
    assert found.high - found.mean == pytest.approx(4.302652730 * 1.0 / 2.0)
    assert found.mean == 4.0


@given(st.integers(20, 200), st.integers(1, 5))
def test_what_is_rare_is_not_certain_because_it_was_missing_at_first(later, events):
    """No scatter among the first replicates is no proof that there is none."""
    each = np.zeros(20 + later)
    each[20 : 20 + events] = 1.0
    assert two_stage_interval(each, 20) == two_stage_interval(each, len(each))
    assert 0.5 < chance_positive(each, 20) < 1.0
    assert two_stage_interval(np.full(40, 3.0), 20).low == 3.0


def test_intervals_of_rare_differences_miss_no_more_often_than_plain_ones():
    random = np.random.default_rng(1)
    draws = random.choice([-1.0, 0.0, 1.0], p=[0.02, 0.96, 0.02], size=(2_000, 280))
    quiet = draws[~draws[:, :20].any(axis=1)]
    assert len(quiet) > 600
    assert np.mean([two_stage_interval(each, 20).significant for each in quiet]) < 0.08


@given(SAMPLES, st.floats(1e-3, 1e3), st.integers(1, 6))
def test_as_many_replicates_as_are_needed_and_not_one_more(early, precision, intervals):
    needed = replicates_for(early, precision, intervals, 10**9)
    quantile = scipy.stats.t.ppf(1 - 0.025 / intervals, len(early) - 1)
    width = quantile * early.std(ddof=1)
    if 0 < needed < 10**9:
        assert width / math.sqrt(needed) <= precision * (1 + 1e-9)
        assert width / math.sqrt(needed - 1 or 1) >= precision * (1 - 1e-9) or needed == 1
    assert replicates_for(early[:1], precision, intervals, 400) == 0
    assert replicates_for(np.array([0.0, 1.0]), 5e-324, 1, 400) == 400


@pytest.mark.parametrize(
    ("differences", "chance"),
    [([0.0, 0.0], NAN), ([1.0, 1.0], 1.0), ([-1.0, -1.0], 0.0), ([-1.0, 1.0], 0.5), ([1.0], NAN)],
)
def test_how_likely_a_mean_is_above_zero(differences, chance):
    assert chance_positive(np.array(differences), 9) == pytest.approx(chance, nan_ok=True)


@given(SAMPLES)
def test_the_chance_is_that_of_a_one_sided_t_test(values):
    if np.ptp(values) > 1e-3:
        known = scipy.stats.ttest_1samp(values, 0.0, alternative="greater").pvalue
        assert chance_positive(values, len(values)) == pytest.approx(1.0 - known, abs=1e-6)


@pytest.mark.parametrize(
    ("pairs", "together", "ratio"),
    [
        ([[0, 1], [1, 3], [2, 5]], 1.0, 5.0),
        ([[0, 5], [1, 5]], NAN, 1.0),
        ([[0, 1], [1, 2]], 1.0, INF),
        ([[1, 1], [1, 1]], NAN, NAN),
        ([[1, 2]], NAN, NAN),
    ],
)
def test_how_two_arms_go_together(pairs, together, ratio):
    table = np.array(pairs, dtype=float)
    assert correlation(table) == pytest.approx(together, nan_ok=True)
    assert variance_ratio(table) == pytest.approx(ratio, nan_ok=True)


def test_bootstrap_intervals_hold_the_truth_about_as_often_as_they_say():
    random = np.random.default_rng(1)
    hits = 0
    for _ in range(200):
        values = random.normal(5.0, 2.0, 30)
        found = bootstrap_interval(lambda chosen, values=values: float(values[chosen].mean()), 30, 1)
        hits += found.low <= 5.0 <= found.high
    assert 0.88 <= hits / 200 <= 0.99  # three standard errors of 200 draws, and what 30 replicates cost


def test_the_same_seed_draws_the_same_interval_and_another_one_another():
    values = np.arange(12.0) ** 2

    def mean(chosen):
        return float(values[chosen].mean())

    assert bootstrap_interval(mean, 12, 1) == bootstrap_interval(mean, 12, 1)
    assert bootstrap_interval(mean, 12, 1).low != bootstrap_interval(mean, 12, 2).low


def test_what_has_no_value_has_no_interval():
    found = bootstrap_interval(lambda chosen: NAN, 12, 1)
    assert not np.isfinite([found.value, found.low, found.high]).any()


@given(SAMPLES)
def test_the_jackknife_of_a_mean_is_its_standard_error(values):
    value, error = jackknife(lambda chosen: float(values[chosen].mean()), len(values))
    assert value == pytest.approx(values.mean())
    assert error == pytest.approx(scipy.stats.sem(values), rel=1e-6, abs=1e-4)


def test_the_share_of_replicates_with_a_sign_leaves_out_those_without_a_value():
    values = np.array([1.0, 0.0, -1.0, NAN])
    assert share_with_sign(lambda chosen: float(values[chosen][0]), 4, 1.0) == pytest.approx(2 / 3)
    assert share_with_sign(lambda chosen: NAN, 4, 1.0) is None


def test_false_discoveries_are_controlled_as_benjamini_and_hochberg_worked_out():
    """The example of their paper (table 1): the first four of fifteen are significant."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    chances += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    assert significant_of(np.array(chances)).tolist() == [True] * 4 + [False] * 11


def test_variance_between_groups_is_apart_from_that_within():
    random = np.random.default_rng(2)
    groups = 2.0 * random.normal(size=(1, 4000, 1))
    between, within = variance_components(groups + random.normal(size=(1, 4000, 4)))
    assert between == pytest.approx([4.0], rel=0.1)
    assert within == pytest.approx([0.25], rel=0.1)


def test_a_column_is_highest_only_if_it_is_significantly_higher_than_every_other():
    shares = np.full((6, 13), 0.07) + 0.002 * np.random.default_rng(1).standard_normal((6, 13))
    shares[:, 12] += 0.05
    assert highest_column(shares) == 12
    shares[::2, 12] -= 0.08
    assert highest_column(shares) is None
