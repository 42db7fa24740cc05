"""What earlier versions wrote becomes a folder of today, and stays as it was."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salesim import open_results
from salesim.errors import ResultsError
from salesim.runs.bits import differing_columns
from salesim.runs.converting import convert
from salesim.runs.one_firm import results_of
from salesim.runs.rows import SHEETS
from salesim.runs.verifying import verify
from tests.firms import busy_firm, small_firm
from tests.messages import message_of
from tests.runs.earlier import earlier_folder

EVERYTHING = None


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("firm", [busy_firm(), small_firm(needs={"rate": 0.0})])
def test_a_run_of_this_model_comes_over_whole_and_can_be_verified(tmp_path, firm):
    results = earlier_folder(firm, tmp_path / "old")
    before = files_of(tmp_path / "old")
    folder = convert(tmp_path / "old")
    assert files_of(tmp_path / "old") == before
    assert folder == tmp_path / "old_converted"
    found = results_of(open_results(folder))
    for name in SHEETS:
        assert differing_columns(found.arrow(name), results.arrow(name)) == [], name
    verified = verify(folder, EVERYTHING)
    assert (verified.checked, verified.runs, verified.differences) == (2, 2, [])


def test_a_run_of_an_older_model_can_be_read_and_not_verified(tmp_path):
    """It had another outcome and lacked one; both are dealt with."""
    results = earlier_folder(small_firm(), tmp_path / "old", model="0" * 16, salesim="0.0.1")
    path = tmp_path / "old" / "outcomes.parquet"
    told = pq.read_table(path)
    frame = told.to_pandas()
    frame["outcome"] = frame["outcome"].replace({"turnover": "dropouts"})
    pq.write_table(pa.Table.from_pandas(frame, told.schema), path)
    folder = convert(tmp_path / "old", tmp_path / "new")
    found = open_results(folder)
    assert found.frame["revenue"].tolist() == results.values["revenue"]
    assert found.frame["turnover"].isna().all()
    assert found.complete
    verified = verify(folder, EVERYTHING)
    assert (verified.checked, verified.differences) == (0, [])
    assert "0.0.1" in verified.model


def test_the_old_form_is_refused_with_the_command_that_converts_it(tmp_path):
    earlier_folder(small_firm(), tmp_path / "old")
    with pytest.raises(ResultsError) as refused:
        open_results(tmp_path / "old")
    message = message_of(refused.value)
    assert message.place == (str(tmp_path / "old"),)
    assert f"salesim convert {tmp_path / 'old'}" in message.allowed


def refused(*arguments):
    """The place that a refusal names."""
    with pytest.raises(ResultsError) as raised:
        convert(*arguments)
    return message_of(raised.value).place[0]


def test_what_cannot_be_converted_is_refused_and_nothing_is_left(tmp_path):
    earlier_folder(small_firm(), tmp_path / "old")
    (tmp_path / "there").mkdir()
    assert refused(tmp_path / "old", tmp_path / "there") == str(tmp_path / "there")
    new = convert(tmp_path / "old", tmp_path / "new")
    assert refused(new) == str(new)
    (tmp_path / "old" / "deals.parquet").write_bytes(b"no table")
    assert refused(tmp_path / "old", tmp_path / "other") == str(tmp_path / "old" / "deals.parquet")
    path = tmp_path / "old" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"scenario": {"pay": 1}}))
    assert refused(tmp_path / "old", tmp_path / "other") == str(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "old", "there"]
