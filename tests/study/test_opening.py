"""Opening the folder of a run and that of a sweep gives the same kind of thing."""

import pandas as pd
import pytest

from salesim import open_results, simulate
from salesim.errors import SalesimError
from salesim.study.folder import write_folder
from salesim.study.keys import run_key
from tests.firms import small_firm
from tests.messages import message_of

FIRM = small_firm()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "here"
    results = simulate(FIRM, replicates=3, seed=7)
    write_folder(folder, results, run_key(FIRM, 7, 3), {})
    return results, open_results(folder)


def test_a_run_is_a_sweep_of_one_point(opened):
    results, found = opened
    assert found.complete
    assert found.study.title == FIRM.title
    assert len(found.points) == 1
    assert found.runs["replicate"].tolist() == [0, 1, 2]
    assert found.runs["run_id"].is_unique
    for name, values in results.values.items():
        stored = found.joined([name])[name]
        if results.measures.get(name) is not None:
            said = [float("nan") if value is None else value for value in values]
            assert stored.tolist() == pytest.approx(said, rel=0, abs=0, nan_ok=True), name
    assert len(found.failed) == 0


def test_its_means_are_those_of_the_run(opened):
    results, found = opened
    means = found.summary(["revenue", "realisation_ratio"]).set_index("outcome")["mean"]
    assert means["revenue"] == pytest.approx(results.measures["revenue"].mean, rel=1e-12)
    assert means["realisation_ratio"] == pytest.approx(
        results.measures["realisation_ratio"].mean, rel=1e-12
    )


def test_its_tables_are_those_of_the_run(opened):
    results, found = opened
    pd.testing.assert_frame_equal(found.table("weeks").to_pandas(), results.weeks)
    with pytest.raises(SalesimError) as refused:
        found.table("week")
    message = message_of(refused.value)
    assert (message.place, message.given, message.near) == (("table",), "'week'", "weeks")
    assert message.allowed.startswith("weeks, ")


def test_its_digest_knows_its_numbers(opened, tmp_path):
    _, found = opened
    for seed, same in ((7, True), (8, False)):
        folder = tmp_path / str(seed)
        write_folder(folder, simulate(FIRM, replicates=3, seed=seed), run_key(FIRM, seed, 3), {})
        assert (open_results(folder).digest == found.digest) == same
