"""A store of runs: stored whole or not at all, each once, and damage shows."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.runs import store as stores
from salesim.runs.recording import FAILED, RUNS, table_of_rows
from salesim.runs.store import Store, put_part
from salesim.runs.tabling import form_of


def run(number, value=1.0):
    return {"run_id": f"{number:020x}", "firm": "f" * 20, "seed": 1, "replicate": number, "realised": value}


def runs(*numbers):
    return table_of_rows(RUNS, [run(number) for number in numbers])


def beside(*numbers):
    form = form_of("weeks")
    zeros = {field.name: pa.scalar(0).cast(field.type).as_py() for field in list(form)[3:]}
    rows = [{**zeros, "run_id": run(n)["run_id"], "replicate": n, "run": "realised"} for n in numbers]
    return {"weeks": pa.Table.from_pylist(3 * rows, schema=form)}


def looked(folder):
    store = Store(folder)
    store.look()
    return store


@given(parts=st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=6, unique=True), max_size=6))
def test_every_run_is_stored_once_with_all_that_is_said_of_it(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("store")
    store, other = Store(folder), Store(folder)
    for number, part in enumerate(parts):
        (store, other)[number % 2].add(runs(*part), beside(*part))
    wanted = sorted({number for part in parts for number in part})
    found = looked(folder)
    assert found.ids == {f"{number:020x}" for number in wanted}
    assert sorted(found.read(["replicate"])["replicate"].to_pylist()) == wanted
    if wanted:
        assert pq.read_table(folder / "runs").num_rows == len(wanted), "raw files hold each run once too"
        assert pq.read_table(folder / "weeks").num_rows == 3 * len(wanted)
        assert found.read_beside("weeks").num_rows == 3 * len(wanted)
    assert found.damaged == []


def test_adding_says_how_many_were_new(tmp_path):
    store = Store(tmp_path)
    assert store.add(runs(1, 2), {}) == 2
    assert store.add(runs(2, 3), {}) == 1
    assert store.add(runs(1, 2, 3), {}) == 0
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_what_is_stored_comes_back_to_the_last_bit(tmp_path):
    row = run(1, 0.1 + 0.2) | {"discount_by_week": [0.1, None, 0.3], "win_rate": None}
    Store(tmp_path).add(table_of_rows(RUNS, [row]), {})
    back = looked(tmp_path).read().to_pylist()[0]
    assert {name: back[name] for name in row} == row


def test_a_writer_killed_between_two_parts_leaves_nothing_that_counts(tmp_path, monkeypatch):
    real, put = stores.put_part, []

    def killed(folder, table):
        if put:
            raise KeyboardInterrupt
        put.append(real(folder, table))
        return put[-1]

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put_part", killed)
        with pytest.raises(KeyboardInterrupt):
            Store(tmp_path).add(runs(1), beside(1))
    assert list((tmp_path / "weeks").iterdir()), "the weeks were written, the runs were not"
    store = looked(tmp_path)
    assert (store.ids, store.read_beside("weeks")) == (set(), None)
    store.mend()
    assert list((tmp_path / "weeks").iterdir()) == []
    store.add(runs(1), beside(1))
    assert looked(tmp_path).read_beside("weeks").num_rows == 3


def test_what_a_killed_writer_left_under_temporary_names_is_taken_away(tmp_path):
    store = Store(tmp_path)
    store.add(runs(1), beside(1))
    for kind in ("runs", "weeks"):
        (tmp_path / kind / ".salesim-abc").write_bytes(b"half")
    store.mend()
    assert not list(tmp_path.rglob(".salesim-*"))
    assert looked(tmp_path).ids == {f"{1:020x}"}


def test_a_part_is_named_by_its_content(tmp_path):
    first, again = put_part(tmp_path, runs(1)), put_part(tmp_path, runs(1))
    assert first == again != put_part(tmp_path, runs(2))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_part_of_weeks_that_is_gone_takes_its_runs_along(tmp_path):
    store = Store(tmp_path)
    store.add(runs(1), beside(1))
    store.add(runs(2), beside(2))
    gone = json.loads(pq.read_schema(next((tmp_path / "runs").glob("part-*"))).metadata[stores.NAMED])[0]
    (tmp_path / gone).unlink()
    found = looked(tmp_path)
    assert found.damaged == [gone]
    assert len(found.ids) == len(found.read()) == 1
    found.mend()
    assert looked(tmp_path).damaged == []
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_a_failure_is_shown_until_the_run_is_stored(tmp_path):
    store = Store(tmp_path)
    for error in ("first", "second"):
        store.add_failed(table_of_rows(FAILED, [run(1) | {"error": error, "trace": ""}]))
    assert looked(tmp_path).read_failed()["run_id"].to_pylist() == [f"{1:020x}"]
    store.add(runs(1), {})
    assert looked(tmp_path).read_failed().num_rows == 0


def test_an_empty_folder_has_no_runs(tmp_path):
    store = looked(tmp_path)
    assert store.read().num_rows == store.read_failed().num_rows == 0
    assert store.read_beside("weeks") is None
    assert list(tmp_path.iterdir()) == []
