"""An archive is taken in as a whole or not at all, and nothing of it lands elsewhere."""

import zipfile

import pytest

from salesim.errors import ResultsError
from salesim.runs import unbundling
from salesim.runs.bundling import write_bundle
from salesim.runs.runs import open_results
from salesim.runs.sweep import sweep
from salesim.runs.unbundling import open_bundle
from tests.messages import message_of
from tests.runs.test_checked import STUDY

LINK = 0o120777 << 16


@pytest.fixture
def archive(tmp_path, tmp_path_factory):
    found = sweep(STUDY, out=tmp_path / "one", reuse=tmp_path_factory.mktemp("no"))
    return write_bundle(found.folder, tmp_path / "my results.zip")


def refused(archive, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ResultsError) as caught:
        open_bundle(archive, tmp_path / "taken")
    assert message_of(caught.value).place[0].startswith(str(archive))
    assert sorted(tmp_path.rglob("*")) == before


def test_an_archive_gives_back_what_was_put_into_it(archive, tmp_path):
    folder = open_bundle(archive, tmp_path / "taken")
    assert folder == tmp_path / "taken"
    assert open_results(folder).digest == open_results(tmp_path / "one").digest


@pytest.mark.parametrize(
    "name",
    [
        *(
            "my results/../../victim",
            "../victim",
            "/victim",
            "other/file",
            "my results/a\\..\\victim",
            "victim",
        ),
        *("my results/.lock", "my results/MANIFEST.json", "my results/runs/", "my results//victim"),
    ],
)
def test_a_file_that_would_lie_elsewhere_is_refused(archive, tmp_path, name):
    with zipfile.ZipFile(archive, "a") as bundle:
        bundle.writestr(name, "mine")
    refused(archive, tmp_path)


def test_a_link_is_refused(archive, tmp_path):
    with zipfile.ZipFile(archive, "a") as bundle:
        entry = zipfile.ZipInfo("my results/link")
        entry.external_attr = LINK
        bundle.writestr(entry, "/etc/hostname")
    refused(archive, tmp_path)


def test_too_many_bytes_or_files_are_refused(archive, tmp_path, monkeypatch):
    for name in ("MAX_FILES", "MAX_BYTES_OF_ALL"):
        with monkeypatch.context() as patch:
            patch.setattr(unbundling, name, 3)
            refused(archive, tmp_path)
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("my results/zeros", bytes(10_000_000))
    monkeypatch.setattr(unbundling, "MAX_BYTES_OF_ALL", 5_000_000)
    refused(archive, tmp_path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK"])
def test_what_is_no_archive_is_refused(archive, tmp_path, content):
    archive.write_bytes(content)
    refused(archive, tmp_path)


def test_a_damaged_archive_leaves_nothing(archive, tmp_path):
    content = bytearray(archive.read_bytes())
    content[len(content) // 3] ^= 1
    archive.write_bytes(content)
    refused(archive, tmp_path)


def test_an_archive_of_something_else_leaves_nothing(archive, tmp_path):
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("my results/file.txt", "mine")
    refused(archive, tmp_path)
