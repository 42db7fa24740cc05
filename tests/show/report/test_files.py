"""`salesim report` as people use it: what it writes, what it refuses in one line, and that nothing is half-written."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from salesim.errors import ResultsError
from salesim.runs.schema import SCHEMA_VERSION
from salesim.show.report import files as writing
from salesim.show.report import slides
from tests.cli.commands import done, refused
from tests.messages import message_of
from tests.show.figures.reading import kind_of, numbers_in


@pytest.fixture
def sweep_folder(folder_of, tmp_path):
    """A copy that may be damaged."""
    shutil.copytree(folder_of("sweep"), tmp_path / "sweep")
    return tmp_path / "sweep"


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["first_look", pytest.param("uncertain", marks=pytest.mark.nightly)])
def test_a_page_and_pictures_for_slides_are_written_and_the_answer_said(
    run, folder_of, report, tmp_path, kind
):
    said = done(run, "report", str(folder_of(kind)), "-o", "ours.html")
    assert said.splitlines()[0] == report(kind).answer
    assert "ours.html" in said.splitlines()[1]
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


def test_pictures_that_are_no_longer_drawn_are_gone(report, tmp_path):
    (tmp_path / "report_figures").mkdir()
    (tmp_path / "report_figures" / "of_yesterday.png").write_bytes(b"old")
    writing.write_report(report("first_look"), tmp_path / "report.html")
    assert [path.name for path in (tmp_path / "report_figures").iterdir()] == ["waterfall.png"]


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda here: None, "there"),
        (lambda here: (here / "there").mkdir(), "there"),
        (lambda here: (here / "there").write_text("a file"), "there"),
        (lambda here: foreign(here, "note.txt", "hello"), "there"),
        (lambda here: foreign(here, "manifest.json", "{"), "there/manifest.json"),
        (lambda here: foreign(here, "manifest.json", '{"name": "an app"}'), "there/manifest.json"),
    ],
    ids=["nothing", "empty", "a file", "something else", "no object", "another manifest"],
)
def test_a_folder_without_results_is_refused(run, tmp_path, golden, make, place):
    make(tmp_path)
    before = files_in(tmp_path)
    said = refused(run, "report", "there", "-o", "report.html", "--pptx")
    assert message_of(said).place[0] == place
    golden(said)
    assert files_in(tmp_path) == before


def foreign(here, name, text):
    (here / "there").mkdir()
    (here / "there" / name).write_text(text)


@pytest.mark.parametrize("kind", ["run", "gap", "evidence"])
def test_a_folder_of_a_newer_salesim_is_refused(run, folder_of, tmp_path, kind):
    shutil.copytree(folder_of(kind), tmp_path / "newer")
    path = tmp_path / "newer" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 99, "salesim": "9.0"}))
    message = message_of(refused(run, "report", "newer"))
    assert message.place == ("newer",)
    assert "9.0" in message.wrong
    assert "99" in message.given
    assert numbers_in(message.allowed) == [SCHEMA_VERSION]


def test_a_half_written_sweep_is_refused_with_what_finishes_it(run, sweep_folder, golden):
    first = next((sweep_folder / "runs").iterdir())
    first.unlink()
    said = refused(run, "report", "sweep")
    assert message_of(said).place[0] == "sweep"
    assert message_of(said).allowed
    golden(kind_of(said))
    shutil.rmtree(sweep_folder / "runs")
    assert kind_of(refused(run, "report", "sweep")) == kind_of(said)


def test_a_damaged_sweep_is_refused(run, sweep_folder, golden):
    path = next((sweep_folder / "runs").iterdir())
    path.write_bytes(path.read_bytes()[:-40])
    message = message_of(refused(run, "report", "sweep"))
    assert message.place == ("sweep",)
    assert path.name in message.wrong
    golden(message.wrong.replace(path.name, "NAME"))


def test_a_gap_whose_levers_are_half_written_is_refused(run, folder_of, tmp_path, golden):
    shutil.copytree(folder_of("gap"), tmp_path / "gap")
    next((tmp_path / "gap" / "levers" / "runs").iterdir()).unlink()
    said = refused(run, "report", "gap")
    assert Path(message_of(said).place[0]).parts[:2] == ("gap", "levers")
    golden(kind_of(said))


def test_a_run_without_one_of_its_tables_is_refused(run, folder_of, tmp_path):
    shutil.copytree(folder_of("run"), tmp_path / "torn")
    part = next((tmp_path / "torn" / "levels").iterdir())
    part.unlink()
    said = message_of(refused(run, "report", "torn"))
    assert said.place[0] == "torn"
    assert f"levels/{part.name}" in said.wrong


@pytest.mark.parametrize("lost", ["evidence.json", "T5_main/manifest.json"])
def test_half_written_evidence_is_refused(run, folder_of, tmp_path, golden, lost):
    shutil.copytree(folder_of("evidence"), tmp_path / "torn")
    (tmp_path / "torn" / lost).unlink()
    said = refused(run, "report", "torn")
    assert message_of(said).place[0].startswith("torn")
    assert message_of(said).allowed
    golden(said)


def test_evidence_by_another_version_of_a_finding_is_refused(run, folder_of, tmp_path, golden):
    shutil.copytree(folder_of("evidence"), tmp_path / "old")
    path = tmp_path / "old" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"findings": {"T5": "0", "T9": "0"}}))
    said = refused(run, "report", "old")
    assert message_of(said).place[:1] == ("old",)
    assert "T5" in said
    golden(said)


@pytest.mark.parametrize(
    ("target", "place", "given", "near"),
    [
        ("report.pdf", "report.pdf", "'.pdf'", None),
        ("report", "report", "''", None),
        ("report.hmtl", "report.hmtl", "'.hmtl'", ".html"),
        ("taken.html", "taken.html", None, None),
        ("missing/report.html", "missing/report.html", None, None),
        ("a_file/report.html", "a_file/report.html", None, None),
        ("mine.html", "mine_figures", "'thesis.txt'", None),
        ("file.html", "file_figures", None, None),
    ],
)
def test_a_place_where_no_report_can_go_is_refused_before_anything_is_read(
    run, tmp_path, golden, target, place, given, near
):
    (tmp_path / "taken.html").mkdir()
    (tmp_path / "a_file").write_text("")
    (tmp_path / "mine_figures").mkdir()
    (tmp_path / "mine_figures" / "thesis.txt").write_text("years of work")
    (tmp_path / "file_figures").write_text("")
    before = files_in(tmp_path)
    said = refused(run, "report", "no_such_folder", "-o", target)
    message = message_of(said)
    assert (message.place[0], message.given, message.near) == (place, given, near)
    assert given is None or not given.startswith("'.") or message.allowed == ".html"
    golden(said)
    assert files_in(tmp_path) == before


DENIED = "Permission denied"


def test_a_place_where_nobody_may_write_is_refused(run, folder_of, tmp_path, monkeypatch, golden):
    def forbidden(*_, **__):
        raise PermissionError(13, DENIED)

    folder = str(folder_of("run"))
    monkeypatch.setattr(writing.tempfile, "TemporaryDirectory", forbidden)
    said = refused(run, "report", folder, "-o", "report.html")
    message = message_of(said)
    assert (message.place[0], message.wrong) == ("report.html", DENIED)
    golden(said)


REMEDY = "pip install 'salesim[slides]'"


def test_slides_without_what_writes_them_are_refused_with_the_remedy(run, folder_of, tmp_path, monkeypatch):
    monkeypatch.setattr(slides, "find_spec", lambda _: None)
    said = refused(run, "report", str(folder_of("run")), "--pptx")
    assert REMEDY in said
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
            raise OSError(28, "full_disk")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(ResultsError, match="full_disk"):
        writing.write_report(report("sweep"), page)
    assert [path.name for path in (tmp_path / "report_figures").iterdir()] == ["waterfall.png"]
