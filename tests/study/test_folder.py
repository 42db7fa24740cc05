"""What a results folder holds."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from salesim import simulate
from salesim.model.state import Deal, Level, Week, names
from salesim.study.folder import FIGURES, FILES, MANIFEST, run_key, write_folder
from tests.firms import small_firm

FIRM = small_firm()


@pytest.fixture(scope="module")
def results():
    return simulate(FIRM, replicates=3, seed=7)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "here"
    assert write_folder(folder, results, run_key(FIRM, 7, 3), {"command": []}, lambda path: path.mkdir())
    return folder


def test_every_file_is_there_and_says_its_schema(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, FIGURES])
    assert json.loads((folder / MANIFEST).read_text())["schema_version"] == 1
    for name in set(FILES) - {MANIFEST}:
        assert pq.read_schema(folder / name).metadata == {b"salesim_schema_version": b"1"}


def test_the_same_results_are_written_once(folder, results):
    assert not write_folder(folder, results, run_key(FIRM, 7, 3), {}, lambda path: None)


def test_weeks_levels_and_deals_hold_every_recorded_column(folder):
    rows = {"weeks": 3 * 2 * 52, "levels": 3 * 52 * 4}
    for name, kind in (("weeks", Week), ("levels", Level), ("deals", Deal)):
        table = pq.read_table(folder / f"{name}.parquet")
        assert table.column_names == ["replicate", "run", *names(kind)]
        assert table.num_rows == rows.get(name, table.num_rows)
    levels = pq.read_table(folder / "levels.parquet").to_pandas()
    assert levels["week"].min() == 13
    assert set(levels["level"]) == {0, 1, 2, 3}


def test_reps_have_a_row_for_each_replicate_year_and_holder_of_a_seat(folder, results):
    reps = pq.read_table(folder / "reps.parquet").to_pandas()
    assert {"replicate", "year", "rep", "attainment", "pay", "credited", "quota", "skill", "accounts"} <= set(reps)
    assert not reps.duplicated(["replicate", "year", "rep", "hire"]).any()
    assert len(reps) == sum(len(pair.years) for pair in results.pairs)
    counted = reps[reps["most_of_the_year"]]
    at_quota = (counted["attainment"] >= 1.0).groupby(counted["replicate"]).mean()
    assert results.measures["reps_at_quota"].mean == pytest.approx(at_quota.mean())


def test_outcomes_hold_each_replicate_of_what_is_measured(folder, results):
    outcomes = pq.read_table(folder / "outcomes.parquet").to_pandas()
    means = outcomes[outcomes["index"].isna()].groupby("outcome")["value"].mean()
    pooled = [name for name in means.index if name.startswith("realisation_ratio")]
    for name, mean in means.drop(pooled).items():
        measure = results.measures[name]
        assert (measure is None and np.isnan(mean)) or measure.mean == pytest.approx(mean)
