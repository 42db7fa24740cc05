"""`salesim report` as people use it: what it writes, what it refuses in one line, and that nothing is half-written."""

import json
import shutil
import stat

import pytest

from salesim.show.report import slides, writing
from tests.cli.commands import done, refused


@pytest.fixture
def sweep_folder(folder_of, tmp_path):
    """A copy that may be damaged."""
    shutil.copytree(folder_of("sweep"), tmp_path / "sweep")
    return tmp_path / "sweep"


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["first_look", "uncertain"])
def test_a_page_and_pictures_for_slides_are_written_and_the_answer_said(
    run, folder_of, report, tmp_path, kind
):
    said = done(run, "report", str(folder_of(kind)), "-o", "ours.html")
    assert said.splitlines()[0] == report(kind).answer
    assert "Wrote ours.html (" in said
    pictures = [f"ours_figures/{picture.name}.png" for picture in report(kind).pictures]
    assert files_in(tmp_path) == sorted(["ours.html", *pictures])
    assert stat.S_IMODE((tmp_path / "ours.html").stat().st_mode) == 0o644
    before = {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)}
    assert (
        done(run, "report", str(folder_of(kind)), "-o", "ours.html", "--quiet")
        == f"{report(kind).answer}\n"
    )
    assert {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)} == before


def test_slides_are_written_beside_the_page_where_they_are_wanted(run, folder_of, report, tmp_path):
    said = done(run, "report", str(folder_of("first_look")), "--pptx")
    assert "report.pptx" in said
    assert (tmp_path / "report.pptx").read_bytes() == slides.slides_of(report("first_look"))


def test_pictures_that_are_no_longer_drawn_are_gone(run, folder_of, tmp_path):
    (tmp_path / "report_figures").mkdir()
    (tmp_path / "report_figures" / "of_yesterday.png").write_bytes(b"old")
    done(run, "report", str(folder_of("first_look")))
    assert [path.name for path in (tmp_path / "report_figures").iterdir()] == ["waterfall.png"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda here: None, "no such folder"),
        (lambda here: (here / "there").mkdir(), "holds no results: manifest.json is missing"),
        (lambda here: (here / "there").write_text("a file"), "holds no results"),
        (lambda here: foreign(here, "note.txt", "hello"), "holds no results"),
        (lambda here: foreign(here, "manifest.json", "{"), "is damaged: not a manifest"),
        (lambda here: foreign(here, "manifest.json", '{"name": "an app"}'), "is damaged: not a manifest"),
    ],
)
def test_a_folder_without_results_is_refused(run, tmp_path, make, words):
    make(tmp_path)
    before = files_in(tmp_path)
    assert words in refused(run, "report", "there", "-o", "report.html", "--pptx")
    assert files_in(tmp_path) == before


def foreign(here, name, text):
    (here / "there").mkdir()
    (here / "there" / name).write_text(text)


@pytest.mark.parametrize("kind", ["run", "gap", "evidence"])
def test_a_folder_of_a_newer_salesim_is_refused(run, folder_of, tmp_path, kind):
    shutil.copytree(folder_of(kind), tmp_path / "newer")
    path = tmp_path / "newer" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 99, "salesim": "9.0"}))
    assert "was written by a newer salesim, 9.0" in refused(run, "report", "newer")


def test_a_half_written_sweep_is_refused_with_what_finishes_it(run, sweep_folder):
    first = next((sweep_folder / "runs").iterdir())
    first.unlink()
    said = refused(run, "report", "sweep")
    assert "is half-written: " in said
    assert "the same command goes on where it was left" in said
    shutil.rmtree(sweep_folder / "runs")
    assert "is half-written" in refused(run, "report", "sweep")


def test_a_damaged_sweep_is_refused(run, sweep_folder):
    path = next((sweep_folder / "runs").iterdir())
    path.write_bytes(path.read_bytes()[:-40])
    assert "is damaged" in refused(run, "report", "sweep")


def test_a_gap_whose_levers_are_half_written_is_refused(run, folder_of, tmp_path):
    shutil.copytree(folder_of("gap"), tmp_path / "gap")
    next((tmp_path / "gap" / "levers" / "runs").iterdir()).unlink()
    said = refused(run, "report", "gap")
    assert "levers: is half-written" in said


def test_a_run_without_one_of_its_tables_is_refused(run, folder_of, tmp_path):
    shutil.copytree(folder_of("run"), tmp_path / "torn")
    (tmp_path / "torn" / "levels.parquet").unlink()
    assert "levels.parquet: cannot be read" in refused(run, "report", "torn")


@pytest.mark.parametrize("lost", ["evidence.json", "T5_main/manifest.json"])
def test_half_written_evidence_is_refused(run, folder_of, tmp_path, lost):
    shutil.copytree(folder_of("evidence"), tmp_path / "torn")
    (tmp_path / "torn" / lost).unlink()
    said = refused(run, "report", "torn")
    assert "is half-written" in said or "holds no results" in said


def test_evidence_by_another_version_of_a_finding_is_refused(run, folder_of, tmp_path):
    shutil.copytree(folder_of("evidence"), tmp_path / "old")
    path = tmp_path / "old" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"findings": {"T5": "0", "T9": "0"}}))
    assert "another version of the finding's file" in refused(run, "report", "old")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("report.pdf", "no kind of file for a report; got '.pdf'; allowed: .html"),
        ("report", "no kind of file for a report"),
        ("report.hmtl", "did you mean '.html'?"),
        ("taken.html", "is a folder"),
        ("missing/report.html", "cannot be written: No such file or directory"),
        ("a_file/report.html", "cannot be written: Not a directory"),
        ("mine.html", "mine_figures: holds something else; got 'thesis.txt'"),
        ("file.html", "file_figures: is no folder"),
    ],
)
def test_a_place_where_no_report_can_go_is_refused_before_anything_is_read(run, tmp_path, target, words):
    (tmp_path / "taken.html").mkdir()
    (tmp_path / "a_file").write_text("")
    (tmp_path / "mine_figures").mkdir()
    (tmp_path / "mine_figures" / "thesis.txt").write_text("years of work")
    (tmp_path / "file_figures").write_text("")
    before = files_in(tmp_path)
    assert words in refused(run, "report", "no_such_folder", "-o", target)
    assert files_in(tmp_path) == before


def test_a_place_where_nobody_may_write_is_refused(run, folder_of, tmp_path, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "TemporaryDirectory", forbidden)
    said = refused(run, "report", str(folder_of("run")), "-o", "report.html")
    assert said == "Error: report.html: cannot be written: Permission denied\n"


def test_slides_without_what_writes_them_are_refused_with_the_remedy(run, folder_of, tmp_path, monkeypatch):
    monkeypatch.setattr(slides, "find_spec", lambda _: None)
    said = refused(run, "report", str(folder_of("run")), "--pptx")
    assert "pip install 'salesim[slides]'" in said
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("step", ["_put_folder", "page_of", "slides_of"])
def test_who_is_interrupted_finds_what_was_there_before(report, tmp_path, monkeypatch, step):
    page = tmp_path / "report.html"
    writing.write_report(report("first_look"), page, slides=True)
    before = {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)}

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.write_report(report("sweep"), page, slides=True)
    assert {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "report.html",
        "report.pptx",
        "report_figures",
    ]


def test_a_full_disk_leaves_the_pictures_that_were_there(report, tmp_path, monkeypatch):
    from pathlib import Path

    page = tmp_path / "report.html"
    writing.write_report(report("first_look"), page)
    rename = Path.rename

    def full(path, target):
        if path.name == "pictures":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(Exception, match="cannot be written: No space left on device"):
        writing.write_report(report("sweep"), page)
    assert [path.name for path in (tmp_path / "report_figures").iterdir()] == ["waterfall.png"]
