"""Names and titles from somebody else's files and folders reach no terminal, report, deck or archive raw."""

import json
import zipfile

import pytest
from rich.console import Console

from salesim import simulate
from salesim.cli.present import present
from salesim.messages import readable
from salesim.runs.exec import Exec
from salesim.table import Head, listed
from tests.cli.commands import done
from tests.firms import small_firm

HOSTILE = "A\x1b[31m firm\x07 \u202ereversed\x9b \u2066x"
RAW = "\x1b\x07\u202e\x9b\u2066"
SMALL = """
title = "Ours"
[organisation]
headcount = 6
span_of_control = 3
accounts = 48
burn_in_weeks = 13
weeks = 52
"""


def raw(text: str) -> set[str]:
    return {sign for sign in RAW if sign in text}


@pytest.fixture
def theirs(run, tmp_path, monkeypatch):
    """A results folder whose title and question somebody has made hostile, and whose name is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm.toml").write_text(SMALL)
    folder = tmp_path / "res\x1bult\nfolder"
    done(run, "run", "firm.toml", "--replicates", "2", "--out", str(folder), "--no-figures")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["study"]["title"] = manifest["study"]["question"] = HOSTILE
    manifest["study"]["firms"]["baseline"]["title"] = HOSTILE
    path.write_text(json.dumps(manifest))
    return folder


def test_a_text_with_signs_that_command_a_terminal_is_escaped():
    assert readable(HOSTILE + "\nmore") == (r"A\x1b[31m firm\x07 \u202ereversed\x9b \u2066x" + "\nmore")


def test_a_table_escapes_heads_cells_and_caption(capsys):
    Console(width=200).print(listed([Head(HOSTILE)], [(HOSTILE,)], HOSTILE))
    assert not raw(capsys.readouterr().out)


@pytest.mark.parametrize("rest", [(), ("--each",)])
def test_runs_of_such_a_folder_are_listed_plainly(run, theirs, rest):
    out = done(run, "runs", str(theirs), *rest)
    assert not raw(out)
    assert r"res\x1bult\nfolder" in out


def test_its_report_its_slides_and_its_archive_are_plain(run, theirs, tmp_path):
    out = done(run, "report", str(theirs), "--out", "report.html", "--pptx")
    out += done(run, "bundle", str(theirs), "--out", "all.zip")
    page = (tmp_path / "report.html").read_text()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        readme = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("README.md")
        )
        firm = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("baseline.toml")
        )
    for text in (out, page, readme, firm):
        assert not raw(text)
    assert r"\x1b[31m" in page
    with zipfile.ZipFile(tmp_path / "report.pptx") as deck:
        assert not raw("".join(deck.read(n).decode() for n in deck.namelist() if n.endswith(".xml")))


def test_a_folder_that_is_none_is_named_in_one_plain_line(run):
    code, _, err = run("runs", "no\x1bsuch\nfolder\u202e")
    assert (code, len(err.splitlines()), raw(err)) == (2, 1, set())


def test_a_policy_is_called_by_its_file_in_plain_text(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "po\x1blicy.toml").write_text("[pay]\nmargin_weight = 1.0\n")
    (tmp_path / "firm.toml").write_text(SMALL)
    out = done(run, "run", "firm.toml", "--policy", "po\x1blicy.toml", "--replicates", "2", "--no-figures")
    assert not raw(out)
    assert r"po\x1blicy" in out


def test_a_title_given_in_python_is_printed_plainly(capsys):
    results = simulate(small_firm(), replicates=1, how=Exec(engine="mesa"))
    present(results.model_copy(update={"title": HOSTILE, "folder": HOSTILE}))
    out = capsys.readouterr().out
    assert not raw(out)
    assert r"\x1b[31m" in out
