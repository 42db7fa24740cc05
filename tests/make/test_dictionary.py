"""The page on data says everything that there is, and the committed one is what the code gives."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.make.dictionary import data_page, fields_of
from salesim import open_results, simulate
from salesim.analysis.means.listing import Listing
from salesim.outcomes import COMPANY, OUTCOMES, THEMES
from salesim.runs.manifest import ManifestOfSweep
from salesim.runs.rows import SHEETS
from salesim.runs.study_plan import StudyPlan
from tests.firms import small_firm

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = data_page()
PARTS = {part.partition("\n")[0].strip("# "): part for part in re.split(r"\n(?=#)", PAGE)}
SMALL = [
    "--set",
    "organisation.headcount=2",
    "--set",
    "organisation.accounts=8",
    "--set",
    "organisation.weeks=13",
]


def rows(part: str) -> list[list[str]]:
    """Cells of the lines of the tables below a heading."""
    lines = [line for line in PARTS[part].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", SHEETS)
def test_every_column_of_every_frame_has_a_line(name):
    results = simulate(small_firm(), replicates=1)
    listed = rows(name)
    assert [line[0].strip("`") for line in listed[2:]] == list(getattr(results, name).columns)
    for line, (column, kind) in zip(listed[2:], getattr(results, name).dtypes.items(), strict=True):
        assert len(line) == len(listed[0]) == 5, column
        assert all(line[:4]), column
        assert line[1] == str(kind) or line[1] == "string", column


def test_every_outcome_has_a_line_under_its_theme_or_level():
    where = {
        outcome.name: f"Of the company: {theme}" for theme, those in THEMES.items() for outcome in those
    }
    for outcome in OUTCOMES:
        part = where[outcome.name] if outcome.level == "company" else f"Of each {outcome.level}"
        line = next(line for line in rows(part) if line[0] == f"`{outcome.name}`")
        assert line[1:4] == [outcome.unit, outcome.better, outcome.meaning]
        assert line[-1] == outcome.undefined


def test_every_key_of_the_manifest_is_described(run, tmp_path):
    code, _, err = run(
        "run",
        str(DOCS.parent / "configs" / "typical_firm.toml"),
        *SMALL,
        "--replicates",
        "1",
        "--out",
        "here",
    )
    assert code == 0, err
    assert set(json.loads((tmp_path / "here" / "manifest.json").read_text())) == {
        *ManifestOfSweep.model_fields
    }


def test_python_of_the_page_runs(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    assert blocks
    for code in blocks:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_every_column_and_key_of_a_sweep_is_described(run, tmp_path):
    (tmp_path / "small.toml").write_text(
        "replicates = 1\n[settings]\norganisation.headcount = 2\norganisation.accounts = 8\norganisation.weeks = 13\n"
        "[levers]\nregime.discount_authority = [0.0, 0.1]\n"
    )
    plan = json.loads(run("sweep", "small.toml", "--dry-run", "--json")[1])
    assert list(plan) == list(fields_of(StudyPlan))
    found = json.loads(run("sweep", "small.toml", "--out", "here", "--no-figures", "--json")[1])
    assert list(found) == list(fields_of(Listing))
    assert set(json.loads((tmp_path / "here" / "manifest.json").read_text())) == {
        *ManifestOfSweep.model_fields
    }
    sweep = open_results(tmp_path / "here")
    listed = {
        name: [line[0].strip("`") for line in rows(name)[2:]] for name in ("points", "runs", "failed")
    }
    assert listed["points"] == [name for name in sweep.points.columns if name not in sweep.study.axes]
    assert listed["runs"] + [o.name for o in COMPANY] == sweep.store.read().column_names
    assert listed["failed"] == sweep.store.read_failed().column_names
