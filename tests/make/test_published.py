"""One manifest says with what each part was made, and says it once where all were made with the same."""

import json

import pytest

from docs.make import __main__ as making
from docs.make import published
from docs.make.published import is_stale, made_with, manifest, part_of, publish, written


def test_what_all_parts_were_made_with_is_said_once(tmp_path):
    publish(tmp_path, "one", {"one/a.json": b"1"}, {"seed": 1})
    publish(tmp_path, "other", {"other/b.json": b"2"}, {"seed": 2})
    assert manifest(tmp_path) == {**made_with(), "parts": {"one": {"seed": 1}, "other": {"seed": 2}}}
    assert not {"created", "platform"} & set(manifest(tmp_path))


def test_a_part_that_was_made_with_something_else_goes_on_saying_so(tmp_path, monkeypatch):
    now = made_with()
    monkeypatch.setattr(published, "made_with", lambda: {**now, "model": "before"})
    for part in ("one", "other"):
        publish(tmp_path, part, {}, {"seed": 1})
    monkeypatch.setattr(published, "made_with", lambda: now)
    publish(tmp_path, "one", {}, {"seed": 1})
    assert (part_of(tmp_path, "one")["model"], part_of(tmp_path, "other")["model"]) == (
        now["model"],
        "before",
    )
    assert (is_stale(tmp_path, "one", {}), is_stale(tmp_path, "other", {})) == (False, True)
    publish(tmp_path, "other", {}, {"seed": 1})
    assert manifest(tmp_path)["parts"] == {"one": {"seed": 1}, "other": {"seed": 1}}


def test_files_of_a_part_that_are_gone_are_removed_and_no_others(tmp_path):
    publish(tmp_path, "one", {"one/a.json": b"1", "one/b.json": b"1"}, {})
    publish(tmp_path, "other", {"other/c.json": b"1"}, {})
    publish(tmp_path, "one", {"one/b.json": b"2"}, {})
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert there == {"manifest.json", "one/b.json", "other/c.json"}


@pytest.mark.parametrize(
    "content",
    [
        {"a": [1.5, None, "x, [y]"], "b": [], "c": [[1, 2], [3]], "d": [{"e": ["\n", "]"]}]},
        ["[\n 1\n]", "\\[", {"[": ["]"]}],
    ],
)
def test_objects_are_read_as_they_were_written(content):
    assert json.loads(written(content)) == content


def test_a_list_of_numbers_takes_one_line():
    assert written({"a": [1, 2], "b": ["x"]}).decode() == '{\n "a": [1, 2],\n "b": ["x"]\n}\n'


def test_all_that_is_published_is_of_this_model_and_these_files(capsys):
    """The calibration aside: what it finds makes the model another one."""
    assert making.main(["everything", "--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["presets", "revolving_door"], ["experiments", "--replicates", "1"], ["calibration"]],
)
def test_what_cannot_be_made_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as refused:
        making.main(arguments)
    assert refused.value.code == 2
    assert "error: " in capsys.readouterr().err
