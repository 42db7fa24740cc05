"""The results of a run come back from its folder as they were, bit for bit."""

import pyarrow.parquet as pq
import pytest

from salesim.errors import ResultsError
from salesim.study.bits import differing_columns
from salesim.study.folder import write_folder
from salesim.study.reopening import results_in
from salesim.study.rows import SHEETS
from salesim.study.simulate import simulate
from tests.firms import busy_firm, small_firm
from tests.messages import message_of


def kept(firm, folder):
    results = simulate(firm, replicates=2, seed=5)
    write_folder(folder, results, "key", {"command": []})
    return results


@pytest.mark.parametrize(
    "firm",
    [
        busy_firm(),
        small_firm(organisation={"headcount": 1, "accounts": 0, "weeks": 3, "burn_in_weeks": 0}),
        small_firm(organisation={"headcount": 5, "span_of_control": 2, "weeks": 9}),
    ],
)
def test_every_table_and_every_measure_comes_back(tmp_path, firm):
    before = kept(firm, tmp_path / "run")
    after = results_in(tmp_path / "run")
    assert (after.scenario, after.seed, len(after.pairs)) == (before.scenario, 5, 2)
    for name in SHEETS:
        assert differing_columns(after.arrow(name), before.arrow(name)) == [], name
    assert after.measures == before.measures
    assert (after.promised() == before.promised()).all()


def test_a_folder_that_lacks_weeks_is_refused(tmp_path, golden):
    kept(small_firm(), tmp_path / "run")
    path = tmp_path / "run" / "weeks.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    with pytest.raises(ResultsError) as refused:
        results_in(tmp_path / "run")
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    message = message_of(refused.value)
    assert message.place[0].startswith(str(tmp_path / "run"))
    assert " 0 " in message.wrong


def test_a_table_that_lacks_a_column_is_refused(tmp_path):
    kept(small_firm(), tmp_path / "run")
    path = tmp_path / "run" / "deals.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["price"]), path)
    with pytest.raises(ResultsError, match=r"run.*\bprice\b"):
        results_in(tmp_path / "run")
