"""What a results folder holds."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from salesim import simulate
from salesim.study.folder import FIGURES, FILES, write_folder
from salesim.study.keys import run_key
from salesim.study.manifest import MANIFEST
from salesim.study.rows import SHEETS
from salesim.study.schema import SCHEMA_VERSION
from tests.firms import small_firm

FIRM = small_firm()


@pytest.fixture(scope="module")
def results():
    return simulate(FIRM, replicates=3, seed=7)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "here"
    assert write_folder(
        folder,
        results,
        run_key(FIRM, 7, 3),
        {"command": []},
        lambda path: (path / "figure.svg").write_text("<svg/>"),
    )
    return folder


def test_every_file_is_there_and_says_its_schema(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, FIGURES])
    assert {f"{name}.parquet" for name in SHEETS} == set(FILES) - {MANIFEST}
    assert json.loads((folder / MANIFEST).read_text())["schema_version"] == SCHEMA_VERSION
    for name in SHEETS:
        version = str(SCHEMA_VERSION).encode()
        assert pq.read_schema(folder / f"{name}.parquet").metadata == {b"salesim_schema_version": version}


@pytest.mark.parametrize("name", SHEETS)
def test_a_file_holds_the_frame_of_its_name(folder, results, name):
    read = pq.read_table(folder / f"{name}.parquet")
    pd.testing.assert_frame_equal(read.to_pandas(), getattr(results, name), check_exact=True)
    for written, made in zip(read.schema, results.arrow(name).schema, strict=True):
        assert made.metadata.items() <= written.metadata.items()


def test_the_same_results_are_written_once(folder, results):
    assert not write_folder(folder, results, run_key(FIRM, 7, 3), {}, lambda path: None)


def test_reps_have_a_row_for_each_replicate_year_and_holder_of_a_seat(folder, results):
    reps = pq.read_table(folder / "reps.parquet").to_pandas()
    assert {
        "replicate",
        "year",
        "rep",
        "attainment",
        "pay",
        "credited",
        "quota",
        "skill",
        "accounts",
    } <= set(reps)
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
