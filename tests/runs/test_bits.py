"""Comparing bit for bit: nothing that differs is missed, and the order of rows does not matter."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.runs.bits import differing_columns, digest_of, same_bits

NUMBERS = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, -0.0, 1.0, math.nextafter(1.0, 2.0)]))
ROWS = st.lists(
    st.tuples(NUMBERS, st.one_of(st.none(), st.text(max_size=3)), st.lists(NUMBERS, max_size=3)), max_size=6
)


def table_of(rows):
    return pa.table(
        {
            "id": pa.array([f"{k:03}" for k in range(len(rows))], pa.string()),
            "number": pa.array([row[0] for row in rows], pa.float64()),
            "text": pa.array([row[1] for row in rows], pa.string()),
            "series": pa.array([row[2] for row in rows], pa.list_(pa.float64())),
        }
    )


def plain(value):
    """A value whose equality is that of its bits."""
    if isinstance(value, float):
        return np.float64(value).tobytes()
    return [plain(each) for each in value] if isinstance(value, list) else value


@given(ROWS, ROWS)
def test_columns_are_the_same_where_every_bit_is(one, other):
    for name, place in (("number", 0), ("text", 1), ("series", 2)):
        equal = [plain(row[place]) for row in one] == [plain(row[place]) for row in other]
        assert same_bits(table_of(one)[name], table_of(other)[name]) == equal
        assert same_bits(table_of(one)[name], table_of(one)[name])


@given(ROWS, st.randoms(use_true_random=False))
def test_the_digest_knows_every_bit_and_no_order(rows, luck):
    table = table_of(rows)
    order = list(range(len(rows)))
    luck.shuffle(order)
    assert digest_of(table.take(pa.array(order, pa.int64())), "id") == digest_of(table, "id")
    parts = pa.concat_tables([table.slice(0, 2), table.slice(2)])
    assert digest_of(parts, "id") == digest_of(table, "id")


@pytest.mark.parametrize(
    ("one", "other"),
    [(1.0, math.nextafter(1.0, 2.0)), (0.0, -0.0), (0.0, None), (math.nan, None), (None, 1.0)],
)
def test_the_least_difference_shows(one, other):
    tables = [table_of([(2.0, "a", [1.0]), (value, "b", [])]) for value in (one, other)]
    assert differing_columns(*tables) == ["number"]
    assert digest_of(tables[0], "id") != digest_of(tables[1], "id")


def test_texts_are_the_same_however_they_are_kept():
    for one, other in ((["a", None], ["a", None]), (["a"], ["b"])):
        assert same_bits(pa.array(one), pa.array(other, pa.large_string())) == (one == other)


def test_of_what_has_no_bits_nothing_is_said():
    with pytest.raises(TypeError, match=r"\bstruct<a: "):
        same_bits(pa.array([{"a": 1}]), pa.array([{"a": 1}]))


def test_texts_and_lists_do_not_run_into_each_other():
    assert not same_bits(pa.array(["ab", "c"]), pa.array(["a", "bc"]))
    assert not same_bits(pa.array([[1.0, 2.0], [3.0]]), pa.array([[1.0], [2.0, 3.0]]))
    assert not same_bits(pa.array([[1.0]]), pa.array([[1.0], [2.0]]))
    assert same_bits(pa.array([1.0, None])[1:], pa.array([None], pa.float64()))


def test_words_of_a_category_are_compared_as_words():
    one = pa.DictionaryArray.from_arrays(pa.array([0, 1]), ["won", "lost"])
    other = pa.DictionaryArray.from_arrays(pa.array([1, 0]), ["lost", "won"])
    assert same_bits(one, other)
    assert not same_bits(one, pa.DictionaryArray.from_arrays(pa.array([0, 1]), ["lost", "won"]))


def test_a_column_that_one_table_lacks_differs():
    table = table_of([(1.0, "a", [])])
    assert differing_columns(table, table.drop_columns(["text"])) == ["text"]


def test_a_table_without_rows_has_the_bits_of_one_without_rows():
    """Which of them has no parts at all, such as what is kept of deals where nobody ever quoted."""
    kind = pa.dictionary(pa.int8(), pa.string())
    empty = pa.table({"outcome": pa.array([], kind), "price": pa.array([], pa.float64())})
    without_parts = empty.filter(pa.array([], pa.bool_()))
    assert differing_columns(empty, without_parts) == []
