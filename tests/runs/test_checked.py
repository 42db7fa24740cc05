"""Folders that somebody else made: one clear line for each, and nothing outside of them is touched."""

from __future__ import annotations

import ast
import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salesim.errors import ResultsError
from salesim.runs import checked
from salesim.runs import store as stores
from salesim.runs.bits import digest_of
from salesim.runs.bundling import write_bundle
from salesim.runs.runs import open_results
from salesim.runs.store import put_part
from salesim.runs.sweep import sweep
from salesim.runs.verifying import verify
from tests.messages import message_of
from tests.runs.test_sweep import SMALL
from tests.test_house import MODULES

STUDY = {"settings": SMALL, "replicates": 2, "tables": ["weeks"]}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return sweep(
        STUDY, out=tmp_path_factory.mktemp("sound") / "one", reuse=tmp_path_factory.mktemp("no")
    ).folder


@pytest.fixture
def folder(sound, tmp_path):
    """A copy, beside a file that belongs to somebody else."""
    shutil.copytree(sound, tmp_path / "one")
    (tmp_path / "victim.txt").write_text("mine")
    (tmp_path / "nothing").mkdir()
    return tmp_path / "one"


def part(folder, kind="runs"):
    return next((folder / kind).glob("part-*"))


def changed(folder, kind, change):
    """Write a part anew, under the digits of its new content."""
    path = part(folder, kind)
    table = change(pq.read_table(path))
    path.unlink()
    put_part(path.parent, table)


def manifest(folder, **said):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def go_on(folder):
    return sweep(STUDY, out=folder, reuse=folder.parent / "nothing")


@pytest.mark.parametrize(
    "names",
    [["../victim.txt"], ["/etc/hostname"], ["/dev/zero"], ["runs/x"], {"a": 1}, 5, [None], "[" * 10_000],
)
def test_a_part_names_parts_of_its_own_folder_only(folder, names):
    said = names if isinstance(names, str) else json.dumps(names)
    changed(folder, "runs", lambda t: t.replace_schema_metadata({**t.schema.metadata, stores.NAMED: said}))
    bad = f"runs/{part(folder).name}"
    assert open_results(folder).store.damaged == [bad]
    assert verify(folder).differences[0].startswith(bad)
    with pytest.warns(UserWarning, match="part-"):
        assert go_on(folder).complete
    assert (folder.parent / "victim.txt").read_text() == "mine"


def retyped(name):
    def change(table):
        column = pa.array([str(value) for value in table[name].to_pylist()])
        return table.set_column(table.schema.get_field_index(name), name, column)

    return change


def without_values(name):
    def change(table):
        column = pa.nulls(len(table), table.schema.field(name).type)
        return table.set_column(table.schema.get_field_index(name), name, column)

    return change


CHANGES = {
    "an outcome as text": retyped("realised"),
    "the seed as text": retyped("seed"),
    "no digits": without_values("run_id"),
    "no firm": without_values("firm"),
    "no column of firms": lambda table: table.drop_columns(["firm"]),
    "a run twice": lambda table: pa.concat_tables([table, table]),
    "two columns of one name": lambda table: table.append_column("seed", table["seed"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_runs_have_the_columns_that_are_declared(folder, change):
    changed(folder, "runs", change)
    assert open_results(folder).store.damaged == [f"runs/{part(folder).name}"]
    with pytest.warns(UserWarning, match="part-"):
        assert go_on(folder).complete


@pytest.mark.parametrize(
    "change", [retyped("revenue"), without_values("revenue"), lambda table: table.drop_columns(["revenue"])]
)
def test_so_have_tables_beside_them(folder, change):
    name = f"weeks/{part(folder, 'weeks').name}"
    changed(folder, "weeks", change)
    new = f"weeks/{part(folder, 'weeks').name}"
    said = json.dumps([new]).encode()
    assert name != new
    changed(folder, "runs", lambda t: t.replace_schema_metadata({**t.schema.metadata, stores.NAMED: said}))
    with pytest.raises(ResultsError) as refused:
        open_results(folder).table("weeks")
    assert message_of(refused.value).place == (str(folder / new), "is damaged")


@pytest.mark.parametrize(("name", "value"), [("point", 5), ("policy", "nonsense")])
def test_points_are_those_of_the_study(folder, name, value):
    """Their author can give the manifest the digits of whatever they are."""
    path = folder / "points.parquet"
    table = pq.read_table(path)
    place = table.column_names.index(name)
    table = table.set_column(place, table.schema.field(place), pa.array([value]))
    pq.write_table(table, path)
    manifest(folder, points=digest_of(table, "point"))
    with pytest.raises(ResultsError) as refused:
        _ = open_results(folder).points
    assert message_of(refused.value).place[0] == str(path)


def test_a_table_of_too_many_values_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(checked, "MAX_VALUES", 10)
    assert open_results(folder).store.damaged


JSON = {
    "nothing": "",
    "no object": "[]",
    "deep": "[" * 100_000,
    "an infinite version": '{"schema_version": Infinity, "key": "a", "model": "b"}',
    "a version too large": '{"schema_version": 1e999, "key": "a", "model": "b"}',
    "digits without end": '{"schema_version": ' + "1" * 10_000 + "}",
    "no text": b"\xff\xfe",
    "half a letter": '{"schema_version": 2, "key": "\\ud800", "model": "b"}',
    "another type": '{"schema_version": 2, "kind": ["sweep"], "key": "a", "model": "b"}',
    "no study": '{"schema_version": 2, "kind": "sweep", "key": "a", "model": "b"}',
}


@pytest.mark.parametrize("said", JSON.values(), ids=JSON)
def test_a_manifest_that_is_none_is_refused_in_one_line(folder, said):
    (folder / "manifest.json").write_bytes(said if isinstance(said, bytes) else said.encode())
    for use in (open_results, verify, go_on):
        with pytest.raises(ResultsError) as refused:
            use(folder)
        assert message_of(refused.value).place[:2] == (str(folder / "manifest.json"), "is damaged")
        assert len(str(refused.value).splitlines()) == 1


STUDIES = {
    "no firm": {"firms": {}},
    "a path": {"levers": {"point": [1]}},
    "runs without end": {"replicates": {"least": 1, "most": 10**12}},
    "looks without end": {"replicates": {"least": 0, "most": 5, "outcome": "realised"}},
    "an outcome": {"outcomes": ["nonsense"]},
    "a table": {"tables": ["../victim"]},
    "a seed": {"seed": -1},
    "samples": {"samples": {"market.unit_cost": [50.0, 51.0], "market.price_buyers": [0.2]}},
    "a name": {"name": "../x"},
}


@pytest.mark.parametrize("said", STUDIES.values(), ids=STUDIES)
def test_a_study_that_can_be_none_is_refused(folder, said):
    manifest(folder, study=json.loads((folder / "manifest.json").read_text())["study"] | said)
    with pytest.raises(ResultsError) as refused:
        open_results(folder)
    assert message_of(refused.value).place[0] == str(folder / "manifest.json")


def as_link(path: Path) -> None:
    there = path.with_name("there")
    path.rename(there)
    path.symlink_to(there)


def as_zeros(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def as_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def as_victim(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("../victim.txt")


@pytest.mark.parametrize(
    "place", ["runs", "manifest.json", "points.parquet", ".lock", "runs/part-0123456789abcdef.parquet"]
)
@pytest.mark.parametrize("how", [as_link, as_zeros, as_pipe, as_victim])
def test_what_leads_out_of_a_folder_is_refused(folder, place, how):
    if how is as_link and not (folder / place).exists():
        pytest.skip("nothing to link to")
    if (folder / place).is_dir() and how is not as_link:
        shutil.rmtree(folder / place)
    how(folder / place)
    for use in (open_results, go_on):
        with pytest.raises(ResultsError):
            use(folder)
    assert (folder.parent / "victim.txt").read_text() == "mine"


def test_a_file_that_is_too_large_is_not_read(folder):
    with (folder / "runs" / "part-0123456789abcdef.parquet").open("wb") as file:
        file.truncate(checked.MAX_BYTES + 1)
    assert open_results(folder).store.damaged
    with pytest.raises(ResultsError):
        write_bundle(folder, folder.parent / "all.zip")
    assert not (folder.parent / "all.zip").exists()


@pytest.mark.parametrize("name", checked.TO_READ[1:])
def test_a_file_is_read_where_the_system_lacks_a_way_to_open_it(folder, monkeypatch, name):
    monkeypatch.delattr(os, name, raising=False)
    assert open_results(folder).store.damaged == []


def test_a_folder_where_a_file_should_be_is_said(folder):
    (folder / "points.parquet").unlink()
    (folder / "points.parquet").mkdir()
    with pytest.raises(ResultsError) as refused:
        _ = open_results(folder).points
    assert message_of(refused.value).place[0] == str(folder / "points.parquet")


@pytest.mark.parametrize("said", JSON.values(), ids=JSON)
def test_a_broken_neighbour_breaks_no_study(folder, said):
    (folder / "manifest.json").write_bytes(said if isinstance(said, bytes) else said.encode())
    with pytest.warns(UserWarning, match="copied"):
        assert sweep(STUDY, out=folder.parent / "two", reuse=folder).complete


def test_parquet_is_read_in_one_place_and_without_threads():
    """A thread of Arrow's that holds a Python buffer as the interpreter ends kills a command that is done."""
    for path in MODULES:
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        reads = {name for name in names if name.startswith("pq.") and name != "pq.write_table"}
        assert reads <= ({"pq.ParquetFile"} if path.name == "checked.py" else set()), path
        assert "pd.read_parquet" not in names
        for call in calls:
            if path.name == "checked.py" and ast.unparse(call.func) == "file.read" and call.keywords:
                assert ast.unparse(call.keywords[0]) == "use_threads=False"
