"""Means and ranges over replicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.runs.estimating import over_replicates
from salesim.show.figures.frame import spread_apart


def test_what_is_not_known_is_left_out_of_mean_and_range():
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]])
    spread = over_replicates(values)
    np.testing.assert_allclose(spread.mean, [2.0, 5.0, np.nan])
    np.testing.assert_allclose(spread.low, [1.2, 5.0, np.nan])
    np.testing.assert_allclose(spread.high, [2.8, 5.0, np.nan])


def test_arms_never_point_inwards():
    skewed = over_replicates(np.array([[0.0]] * 19 + [[100.0]]))
    assert skewed.mean[0] > skewed.high[0]
    assert (skewed.arms >= 0.0).all()


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=2))
def test_labels_are_moved_apart_and_no_further_than_needed(heights):
    placed = spread_apart(heights, 0.1)
    assert np.mean(placed) == pytest.approx(np.mean(heights))
    if len(heights) == 2:
        assert abs(placed[0] - placed[1]) >= 0.1 - 1e-9
        if abs(heights[0] - heights[1]) >= 0.1:
            assert placed == heights
