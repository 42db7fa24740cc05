"""What a row of means does, and what is not claimed of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.analysis.means.shapes import alone, levels_off, shape_of
from tests.show.figures.studies import ByOverlap

NAN = float("nan")


def row(means, halves=1.0):
    means = np.array(means, dtype=float)
    halves = np.broadcast_to(np.asarray(halves, dtype=float), means.shape)
    judge = ByOverlap(means - halves, means + halves)
    places = list(range(len(means)))
    return means, np.array([judge.signs(place, places) for place in places])


@pytest.mark.parametrize(
    ("means", "halves", "kind"),
    [
        ([0, 5, 10], 1.0, "rises"),
        ([10, 9.5, 0], 1.0, "falls"),
        ([0, 10], 1.0, "rises"),
        ([0, 10, 0], 1.0, "peaks"),
        ([0, 10, 5], 1.0, "peaks"),
        ([10, 0, 9], 1.0, "dips"),
        ([5, 10, 0, 5], 1.0, "sways"),
        ([0, 9, 4, 10], 1.0, "sways"),
        ([0, 1, 0.5], 1.0, "flat"),
        ([0, 2, 0], 1.0, "flat"),  # ends that touch do not lie apart
        ([0, 10, 9], [1.0, 1.0, 8.9], "partly"),
        ([5, 5, 5], 1.0, "still"),
        ([5, 5, 5], NAN, "still"),
        ([0, 10, 0], [NAN, 1.0, NAN], "untold"),
        ([0, 10, 20], [1.0, NAN, 1.0], "rises"),
        ([0, 10, 0], NAN, "untold"),
    ],
)
def test_rows_do_what_their_intervals_tell(means, halves, kind):
    assert shape_of(*row(means, halves)).kind == kind


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 50)), min_size=2, max_size=8))
def test_nothing_is_claimed_that_signs_do_not_show(pairs):
    mean, signs = row([mean for mean, _ in pairs], [half for _, half in pairs])
    shape, above = shape_of(mean, signs), signs > 0.0
    ends = (0, len(pairs) - 1)
    if shape.kind == "still":
        assert np.ptp(mean) == 0.0
    elif shape.kind == "peaks":
        assert all(above[shape.high, end] for end in ends)
    elif shape.kind == "dips":
        assert all(above[end, shape.low] for end in ends)
    elif shape.kind in ("rises", "falls"):
        along = above if shape.kind == "rises" else above.T
        assert along[-1, 0]
        assert not np.triu(along).any()
    elif shape.kind == "flat":
        assert not above.any()
    else:
        assert above[shape.high, shape.low] or shape.kind == "sways"


def test_a_place_is_alone_where_it_can_be_told_from_its_neighbours():
    assert alone(row([0, 10, 0])[1], 1)
    assert not alone(row([0, 10, 9])[1], 1)
    assert alone(row([0, 10])[1], 1)
    assert not alone(row([0, 10], NAN)[1], 1)


def test_a_row_levels_off_where_three_places_or_more_cannot_be_told_apart():
    assert levels_off(row([0, 5, 9, 9.5, 9])[1]) == 2
    assert levels_off(row([0, 5, 9, 9])[1]) is None
