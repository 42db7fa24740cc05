"""What `make evidence` puts beside the pages: all of it or nothing, and verdicts that changed are said."""

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "publish.py"


def folder(place: Path, verdict: str) -> Path:
    """What `salesim evidence` has left, with its runs."""
    for name in ("figures", "T5_main"):
        (place / name).mkdir(parents=True)
    found = {"targets": [{"target": "T5", "verdict": verdict}], "folder": str(place)}
    (place / "evidence.json").write_text(json.dumps(found))
    for name in (
        "evidence.md",
        "manifest.json",
        "figures/T5.svg",
        "figures/T5.png",
        "T5_main/points.parquet",
    ):
        (place / name).write_text(verdict)
    return place


@pytest.fixture
def publishing(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("publish", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(module, "HERE", tmp_path / "docs")
    monkeypatch.setattr(module, "SHOWN", tmp_path / "docs" / "evidence")
    monkeypatch.setattr("sys.argv", ["publish.py"])
    return module


def judged(publishing, monkeypatch, place):
    found = json.loads((place / "evidence.json").read_text())
    monkeypatch.setattr(publishing, "judge", lambda _: found)
    publishing.main()


def test_page_object_manifest_and_small_figures_are_put_there_and_no_runs(
    publishing, monkeypatch, tmp_path
):
    judged(publishing, monkeypatch, folder(tmp_path / "new", "reproduced"))
    shown = {
        path.relative_to(publishing.SHOWN).as_posix()
        for path in publishing.SHOWN.rglob("*")
        if path.is_file()
    }
    assert shown == {"index.md", "evidence.json", "manifest.json", "figures/T5.svg"}


def test_a_verdict_that_changed_is_said(publishing, monkeypatch, tmp_path, capsys):
    judged(publishing, monkeypatch, folder(tmp_path / "first", "reproduced"))
    assert "was" not in capsys.readouterr().out
    judged(publishing, monkeypatch, folder(tmp_path / "second", "missed"))
    assert "T5: was reproduced, is missed" in capsys.readouterr().out


def test_what_is_there_stays_where_something_is_missing(publishing, monkeypatch, tmp_path):
    judged(publishing, monkeypatch, folder(tmp_path / "first", "reproduced"))
    lacking = folder(tmp_path / "second", "missed")
    (lacking / "manifest.json").unlink()
    with pytest.raises(FileNotFoundError):
        judged(publishing, monkeypatch, lacking)
    assert (publishing.SHOWN / "index.md").read_text() == "reproduced"
    assert [path.name for path in publishing.HERE.iterdir()] == ["evidence"]
