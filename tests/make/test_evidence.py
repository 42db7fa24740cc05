"""What `make evidence` publishes: all of it or nothing, and verdicts that changed are said."""

import pytest

from docs.make import evidence as publishing
from docs.make.published import Asked, is_stale, part_of, read
from tests.evidence.readings import finding


def judged(monkeypatch, place, *findings):
    """Publish what was judged, without the runs that it takes."""
    monkeypatch.setattr(publishing, "judged", lambda _: list(findings))
    publishing.make(Asked(to=place))


def test_object_and_figures_with_curves_are_put_there_and_no_runs(monkeypatch, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "T9.svg").write_text("of a finding that is gone")
    judged(monkeypatch, tmp_path, finding("T2"), finding("T5"))
    shown = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert shown == {
        "manifest.json",
        *(f"evidence/{n}" for n in ("evidence.json", "overview.svg", "T2.svg")),
    }
    assert part_of(tmp_path, "evidence")["runs"] == {"T2_main": "0" * 16, "T5_main": "0" * 16}
    assert "folder" not in read(tmp_path / "evidence" / "evidence.json")
    assert not is_stale(tmp_path, "evidence", publishing.parts(())["evidence"])


def test_a_verdict_that_changed_is_said(monkeypatch, tmp_path, capsys):
    judged(monkeypatch, tmp_path, finding("T5"))
    assert "was" not in capsys.readouterr().out
    judged(monkeypatch, tmp_path, finding("T5", 3.0))
    assert "T5: was reproduced, is missed" in capsys.readouterr().out


def test_what_is_there_stays_where_something_is_missing(monkeypatch, tmp_path):
    judged(monkeypatch, tmp_path, finding("T5"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fails(_):
        raise FileNotFoundError

    monkeypatch.setattr(publishing, "draw_overview", fails)
    with pytest.raises(FileNotFoundError):
        judged(monkeypatch, tmp_path, finding("T5", 3.0))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_same_findings_again_give_the_same_bytes(monkeypatch, tmp_path):
    for place in ("one", "other"):
        judged(monkeypatch, tmp_path / place, finding("T2"))
    there = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    for path in there:
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()
