"""Where results go, and the name of the newest."""

import os

import pytest

from salesim import open_results, sweep
from salesim.errors import ResultsError
from salesim.runs.folder import LATEST, check_place, folder_at, note_latest
from salesim.runs.one_firm import study_of_firm
from tests.firms import small_firm
from tests.messages import message_of


def test_the_newest_of_a_name_is_found_by_every_reader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    newest = tmp_path / "results" / "firm" / LATEST
    for seed in (1, 2):
        found = sweep(study_of_firm(small_firm(), "firm", 1, seed))
        assert newest.read_text() == f"{found.folder.name}\n"
        assert open_results(newest).study.seed == seed
    sweep(study_of_firm(small_firm(), "firm", 1, 1), out=tmp_path / "elsewhere")
    assert open_results(newest).study.seed == 2
    assert not (tmp_path / LATEST).exists(), "a folder that somebody named is found by its name"
    again = sweep(study_of_firm(small_firm(), "firm", 1, 1))
    assert again.folder.name == newest.read_text().strip()


def test_a_folder_of_that_name_is_itself(tmp_path):
    (tmp_path / LATEST).mkdir()
    assert folder_at(tmp_path / LATEST) == tmp_path / LATEST


@pytest.mark.parametrize("content", [b"", b"gone\n", b"\xff\xfe", b"..\n", b"/etc\n"])
def test_a_file_that_names_no_folder_beside_it_is_refused(tmp_path, content):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / LATEST).write_bytes(content)
    with pytest.raises(ResultsError) as refused:
        folder_at(tmp_path / "here" / LATEST)
    assert message_of(refused.value).place == (str(tmp_path / "here" / LATEST),)


@pytest.mark.parametrize("owners", [True, False])
def test_what_killed_commands_left_is_taken_away_when_it_is_old(tmp_path, monkeypatch, owners):
    if not owners:  # on such a system every file has the owner 0
        monkeypatch.setattr(os, "getuid", lambda: 0) if os.getuid() else monkeypatch.delattr(os, "getuid")
    """Young ones may be in use; others than salesim's, and what links lead to, stay."""
    for name in (".salesim-young000", ".salesim-old00000", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("here")
    (tmp_path / ".salesim-link0000").symlink_to(tmp_path / "mine")
    for name in (".salesim-old00000", "mine", ".salesim-link0000"):
        os.utime(tmp_path / name, (0, 0), follow_symlinks=False)
    check_place(tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".salesim-young000", "mine"]
    assert (tmp_path / "mine" / "file").read_text() == "here"


def test_a_place_is_checked_without_a_trace(tmp_path, monkeypatch):
    """Also of a command that is killed then, which leaves what has a name."""
    seen = []
    monkeypatch.setattr("salesim.runs.folder.clear_old", lambda parent: seen.extend(parent.iterdir()))
    check_place(tmp_path / "new")
    assert seen == []


def test_it_is_written_whole(tmp_path):
    (tmp_path / "one").mkdir()
    note_latest(tmp_path / "one")
    assert sorted(p.name for p in tmp_path.iterdir()) == [LATEST, "one"]
    assert folder_at(tmp_path / LATEST) == tmp_path / "one"
