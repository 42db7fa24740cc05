"""The folder of one firm is that of a sweep of one point, and its results come back from it bit for bit."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from salesim import open_results, simulate, sweep
from salesim.errors import ResultsError, SalesimError
from salesim.model import compiled as model_room
from salesim.runs import exec as exec_room
from salesim.runs.bits import differing_columns
from salesim.runs.one_firm import KEPT, is_of_one_firm, results_of, study_of_firm
from salesim.runs.rows import SHEETS
from salesim.runs.schema import SCHEMA_VERSION
from tests.firms import busy_firm, small_firm
from tests.messages import message_of

FIRM = small_firm()


def kept(firm, folder, replicates=2):
    return sweep(study_of_firm(firm, "firm", replicates, 7), out=folder)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same firm in a folder and in memory."""
    folder = tmp_path_factory.mktemp("run") / "here"
    return kept(FIRM, folder, 3), simulate(FIRM, replicates=3, seed=7)


@pytest.mark.parametrize(
    "firm",
    [
        busy_firm(),
        small_firm(organisation={"headcount": 1, "accounts": 0, "weeks": 3, "burn_in_weeks": 0}),
        small_firm(organisation={"headcount": 5, "span_of_control": 2, "weeks": 9}),
    ],
)
def test_every_table_and_every_measure_comes_back(tmp_path, firm):
    before = simulate(firm, replicates=2, seed=7)
    after = results_of(kept(firm, tmp_path / "run"))
    assert (after.firm, after.seed, len(after.pairs)) == (before.firm, 7, 2)
    for name in SHEETS:
        assert differing_columns(after.arrow(name), before.arrow(name)) == [], name
    assert after.measures == before.measures
    assert (after.promised() == before.promised()).all()


def test_it_is_a_sweep_of_one_point(both):
    found, results = both
    assert found.complete
    assert is_of_one_firm(found.study)
    assert found.study.title == FIRM.title
    assert len(found.points) == 1
    assert found.frame["replicate"].tolist() == [0, 1, 2]
    assert found.frame["run_id"].is_unique
    for name, values in results.values.items():
        stored = found.joined([name])[name]
        if results.measures.get(name) is not None:
            said = [float("nan") if value is None else value for value in values]
            assert stored.tolist() == pytest.approx(said, rel=0, abs=0, nan_ok=True), name


def test_its_means_are_those_of_the_results(both):
    found, results = both
    means = found.summary(["revenue", "realisation_ratio"]).set_index("outcome")["mean"]
    for name, mean in means.items():
        assert mean == pytest.approx(results.measures[name].mean, rel=1e-12)


def test_its_tables_are_those_of_the_results_with_the_run_in_front(both):
    found, results = both
    for name in KEPT:
        table = found.table(name)
        assert table.column_names[0] == "run_id"
        rows = table.to_pandas().sort_values("replicate", kind="stable", ignore_index=True)
        expected = getattr(results, name)
        pd.testing.assert_frame_equal(rows[expected.columns], expected, check_categorical=False)
    with pytest.raises(SalesimError) as refused:
        found.table("week")
    message = message_of(refused.value)
    assert (message.place, message.given, message.near) == (("table",), "'week'", "weeks")


def test_other_programs_read_each_table_as_one(both):
    """A folder of parts is one table for whatever reads Parquet."""
    found, results = both
    deals = pq.read_table(found.folder / "deals")
    assert deals.num_rows == len(results.deals)
    part = next((found.folder / "runs").iterdir())
    assert pq.read_schema(part).metadata[b"salesim_schema_version"] == str(SCHEMA_VERSION).encode()


def test_a_plain_table_of_all_numbers_lies_in_the_folder(both):
    found, _ = both
    table = pd.read_csv(found.folder / "runs.csv")
    assert list(table.columns) == list(found.frame.columns)
    assert table["realised"].tolist() == found.frame["realised"].tolist()


def test_the_digest_knows_its_numbers(both, tmp_path):
    found, _ = both
    assert kept(FIRM, tmp_path / "same", 3).digest == found.digest
    assert sweep(study_of_firm(FIRM, "firm", 3, 8), out=tmp_path / "other").digest != found.digest


def test_reps_have_a_row_for_each_replicate_year_and_holder_of_a_seat(both):
    found, results = both
    reps = found.table("reps").to_pandas()
    assert not reps.duplicated(["replicate", "year", "rep", "hire"]).any()
    assert len(reps) == sum(len(pair.years) for pair in results.pairs)
    counted = reps[reps["most_of_the_year"]]
    at_quota = (counted["attainment"] >= 1.0).groupby(counted["replicate"]).mean()
    assert results.measures["reps_at_quota"].mean == pytest.approx(at_quota.mean())


def test_outcomes_hold_each_replicate_of_what_is_measured(both):
    _, results = both
    outcomes = results.outcomes
    means = outcomes[outcomes["index"].isna()].groupby("outcome")["value"].mean()
    pooled = [name for name in means.index if name.startswith("realisation_ratio")]
    for name, mean in means.drop(pooled).items():
        measure = results.measures[name]
        assert (measure is None and np.isnan(mean)) or measure.mean == pytest.approx(mean)


def test_tables_that_lack_a_part_are_refused(tmp_path):
    found = kept(FIRM, tmp_path / "run")
    for part in (tmp_path / "run" / "weeks").iterdir():
        part.unlink()
    with pytest.raises(ResultsError) as refused:
        results_of(open_results(found.folder))
    assert message_of(refused.value).place == (str(tmp_path / "run"), "weeks")


def test_runs_that_are_stored_need_no_compiled_model(tmp_path, monkeypatch):
    """Which takes half a minute on a machine that has not compiled it yet."""
    found = kept(FIRM, tmp_path / "run")

    def compiled(rivals):
        raise AssertionError("compiled for nothing")

    monkeypatch.setattr(exec_room, "compile_model", compiled)
    monkeypatch.setattr(model_room, "_engine", compiled)
    assert kept(FIRM, tmp_path / "run").digest == found.digest
