"""What a row of means does, and what is not claimed of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.show.figures.ranges import Spread
from salesim.show.figures.shapes import alone, apart, shape_of

NAN = float("nan")


def row(means, halves=1.0):
    means = np.array(means, dtype=float)
    halves = np.broadcast_to(np.asarray(halves, dtype=float), means.shape)
    return Spread(means, means - halves, means + halves)


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
        ([0, 10, 0], [NAN, 1.0, NAN], "flat"),
        ([0, 10, 20], [1.0, NAN, 1.0], "rises"),
        ([0, 10, 0], NAN, "untold"),
    ],
)
def test_rows_do_what_their_intervals_tell(means, halves, kind):
    assert shape_of(row(means, halves)).kind == kind


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 50)), min_size=2, max_size=8))
def test_nothing_is_claimed_that_intervals_do_not_show(pairs):
    found = row([mean for mean, _ in pairs], [half for _, half in pairs])
    shape = shape_of(found)
    ends = (0, len(pairs) - 1)
    if shape.kind == "peaks":
        assert all(found.low[shape.high] > found.high[end] for end in ends)
    elif shape.kind == "dips":
        assert all(found.high[shape.low] < found.low[end] for end in ends)
    elif shape.kind in ("rises", "falls"):
        first, last = ends if shape.kind == "rises" else ends[::-1]
        assert found.low[last] > found.high[first]
        places = [k for k, _ in enumerate(pairs)][:: 1 if shape.kind == "rises" else -1]
        assert not any(found.high[b] < found.low[a] for k, a in enumerate(places) for b in places[k:])
    elif shape.kind == "flat":
        assert not any(apart(found, a, b) for a in range(len(pairs)) for b in range(len(pairs)))
    else:
        assert apart(found, shape.high, shape.low) or shape.kind == "sways"


def test_a_place_is_alone_where_its_neighbours_do_not_reach_it():
    assert alone(row([0, 10, 0]), 1)
    assert not alone(row([0, 10, 9]), 1)
    assert alone(row([0, 10]), 1)
    assert not apart(row([0, 10], NAN), 0, 1)
