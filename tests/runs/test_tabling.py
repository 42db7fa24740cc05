"""Arrow tables and frames: every column is declared, typed, and says its unit and meaning."""

import pandas as pd
import pytest

from salesim import simulate
from salesim.outcomes import OUTCOMES
from salesim.outcomes.single import ENDS
from salesim.runs.rows import RUNS, SHEET_OF_LEVEL, SHEETS
from tests.firms import small_firm


@pytest.fixture(scope="module")
def results():
    return simulate(small_firm(needs={"rate": 0.2}), replicates=2, seed=3)


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_replicate_gives_is_what_is_declared(results, name):
    declared = [column.name for column in SHEETS[name].columns]
    assert len(set(declared)) == len(declared)
    for cells in SHEETS[name].parts(results.pairs[0].history):
        assert sorted(cells) == sorted(declared)


@pytest.mark.parametrize("name", SHEETS)
def test_every_column_says_its_unit_and_meaning(results, name):
    schema = results.arrow(name).schema
    assert schema.names == ["replicate", *(column.name for column in SHEETS[name].columns)]
    for field in schema:
        assert field.metadata[b"unit"], field.name
        assert field.metadata[b"meaning"].endswith(b"."), field.name


@pytest.mark.parametrize("name", SHEETS)
def test_a_value_is_missing_only_where_that_is_declared(results, name):
    table = results.arrow(name)
    for column in SHEETS[name].columns:
        assert table.column(column.name).null_count == 0 or column.undefined, column.name


@pytest.mark.parametrize("name", SHEETS)
def test_frames_are_tidy(results, name):
    frame = getattr(results, name)
    assert frame is getattr(results, name), "made twice"
    assert list(frame.columns) == results.arrow(name).column_names
    assert set(frame["replicate"]) == {0, 1}
    assert frame["replicate"].is_monotonic_increasing
    assert isinstance(frame.index, pd.RangeIndex)


def test_codes_are_words(results):
    assert list(results.weeks["run"].cat.categories) == list(RUNS)
    assert list(results.deals["outcome"].cat.categories) == list(ENDS)
    assert set(results.levels["run"]) == set(results.deals["run"]) == {"realised"}
    named = [c for sheet in SHEETS.values() for c in sheet.columns if c.unit in ("code", "word")]
    assert named
    assert all(column.words for column in named)


def test_every_outcome_of_a_level_is_a_column_of_its_table():
    for outcome in OUTCOMES:
        if outcome.level != "company":
            column = next(
                c for c in SHEETS[SHEET_OF_LEVEL[outcome.level]].columns if c.name == outcome.name
            )
            assert (column.unit, column.meaning) == (outcome.unit, outcome.meaning)
