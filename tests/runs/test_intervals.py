"""What is known of a mean: worked cases, other people's formulas, and how often intervals hold the truth."""

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from salesim.outcomes import COMPANY
from salesim.outcomes.declaring import Outcome
from salesim.runs.intervals import columns_for, means_of

MEAN = Outcome("value", "USD", "higher", "A mean.", lambda _: None)
RATIO = Outcome("ratio", "ratio", "higher", "A ratio.", lambda _: None, summed=("above", "below"))
LEVELS = st.sampled_from([0.5, 0.8, 0.95, 0.99])
NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


def rows(**columns) -> pd.DataFrame:
    return pd.DataFrame({"firm": 0, **columns})


@given(NUMBERS, LEVELS)
def test_a_mean_has_the_interval_of_student(values, level):
    found = means_of(MEAN, rows(value=values), "firm", level).loc[0]
    assert found["mean"] == pytest.approx(np.mean(values), abs=1e-6)
    assert found["replicates"] == len(values)
    error = scipy.stats.sem(values)
    if error > 1e-6:
        low, high = scipy.stats.t.interval(level, len(values) - 1, np.mean(values), error)
        assert (found["low"], found["high"]) == (
            pytest.approx(low, rel=1e-6, abs=1e-6),
            pytest.approx(high, rel=1e-6, abs=1e-6),
        )


def test_a_worked_mean():
    found = means_of(MEAN, rows(value=[1.0, 2.0, 3.0, 4.0]), "firm").loc[0]
    half = 3.182446305 * np.std([1, 2, 3, 4], ddof=1) / 2  # t of three degrees from a printed table
    assert found.tolist() == pytest.approx([2.5, 2.5 - half, 2.5 + half, 4])


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(1.0, 1e3)), min_size=2, max_size=30), LEVELS)
def test_a_ratio_of_sums_has_the_interval_of_its_linearisation(pairs, level):
    """Cochran (1977), Sampling techniques, 6.3: the variance of y - R x over n times the mean of x squared."""
    y, x = np.array(pairs).T
    n, ratio = len(x), y.sum() / x.sum()
    variance = (
        (np.var(y, ddof=1) + ratio**2 * np.var(x, ddof=1) - 2 * ratio * np.cov(y, x)[0, 1])
        / n
        / x.mean() ** 2
    )
    half = scipy.stats.t.ppf(0.5 + level / 2, n - 1) * np.sqrt(max(variance, 0.0))
    found = means_of(RATIO, rows(above=y, below=x), "firm", level).loc[0]
    assert found["mean"] == pytest.approx(ratio)
    assert found["high"] - found["mean"] == pytest.approx(half, rel=1e-3, abs=1e-3)
    assert found["mean"] - found["low"] == pytest.approx(half, rel=1e-3, abs=1e-3)


def test_a_ratio_over_the_same_denominator_is_a_mean():
    values = [0.2, 0.5, 0.4]
    ratio = means_of(RATIO, rows(above=[40.0 * v for v in values], below=[40.0] * 3), "firm").loc[0]
    assert ratio.tolist() == pytest.approx(means_of(MEAN, rows(value=values), "firm").loc[0].tolist())


def test_a_ratio_is_of_sums_and_no_mean_of_ratios():
    found = means_of(RATIO, rows(above=[1.0, 0.0], below=[1.0, 99.0]), "firm").loc[0]
    assert found["mean"] == pytest.approx(0.01)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("replicates", [10, 40])
def test_intervals_hold_the_true_mean_as_often_as_they_say(level, replicates):
    """Of 3000 studies, with numerator and denominator that go together and are skewed a little."""
    luck = np.random.Generator(np.random.Philox(11))
    studies = np.repeat(np.arange(3000), replicates)
    size = np.exp(0.3 * luck.standard_normal(studies.size))
    above = size * (0.6 + 0.2 * luck.standard_normal(studies.size)) + 0.1 * luck.standard_normal(
        studies.size
    )
    table = pd.DataFrame({"study": studies, "above": above, "below": size, "value": above})
    for outcome, truth in ((RATIO, 0.6), (MEAN, 0.6 * np.exp(0.3**2 / 2))):
        found = means_of(outcome, table, "study", level)
        held = ((found["low"] <= truth) & (truth <= found["high"])).mean()
        assert held == pytest.approx(level, abs=0.03), outcome.name


def test_groups_are_apart_and_in_order():
    table = pd.DataFrame({"point": [5, 2, 5, 2, 5], "value": [1.0, 10.0, 2.0, 20.0, 3.0]})
    found = means_of(MEAN, table, "point")
    assert found.index.tolist() == [2, 5]
    assert found["mean"].tolist() == [15.0, 2.0]
    assert found["replicates"].tolist() == [2, 3]
    alone = means_of(MEAN, table[table["point"] == 5], "point")
    pd.testing.assert_frame_equal(found.loc[[5]], alone)


def test_of_fewer_than_two_replicates_there_is_no_interval():
    for outcome, table in ((MEAN, rows(value=[3.0])), (RATIO, rows(above=[6.0], below=[2.0]))):
        found = means_of(outcome, table, "firm").loc[0]
        assert (found["mean"], found["replicates"]) == (3.0, 1)
        assert np.isnan(found[["low", "high"]].to_numpy()).all()


def test_where_nothing_is_known_there_is_no_mean_and_no_replicate():
    table = pd.DataFrame(
        {
            "point": [0, 0, 1, 1, 1, 2, 2],
            "value": [np.nan, np.nan, 1.0, 3.0, np.nan, 4.0, 4.0],
            "above": [1.0, np.nan, 1.0, 3.0, np.nan, 4.0, 4.0],
            "below": [np.nan, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0],
        }
    )
    found = means_of(MEAN, table, "point")
    assert found["replicates"].tolist() == [0, 2, 2]
    assert found["replicates"].dtype == np.int64
    assert found.loc[0, ["mean", "low", "high"]].isna().all()
    assert found.loc[1, "mean"] == 2.0
    assert found.loc[2, ["mean", "low", "high"]].tolist() == [4.0, 4.0, 4.0]
    ratio = means_of(RATIO, table, "point")
    assert ratio["mean"].tolist()[1] == 2.0
    assert ratio.loc[[0, 2], ["mean", "low", "high"]].isna().all(axis=None)


def test_columns_of_an_outcome_are_those_that_it_is_worked_out_from():
    assert columns_for(MEAN) == ("value",)
    assert columns_for(RATIO) == ("above", "below")
    numbers = {outcome.name for outcome in COMPANY if outcome.index is None}
    assert all({*columns_for(outcome)} <= numbers for outcome in COMPANY if outcome.index is None)
