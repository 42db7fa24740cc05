"""What repeats the code is written by it, and what is committed is what it writes."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.make import pages

REPOSITORY = Path(__file__).parents[2]
MAKE = REPOSITORY / "docs" / "make"


def generate(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "docs.make", "pages", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_what_is_committed_is_what_the_code_gives():
    assert pages.stale() == []


@pytest.mark.nightly
def test_a_stale_file_is_named_and_then_written(tmp_path):
    for folder in ("docs", "configs", "experiments", "results/published"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    shutil.copyfile(REPOSITORY / "README.md", tmp_path / "README.md")
    stale = tmp_path / "configs" / "base.toml"
    stale.write_text("old")
    (tmp_path / "docs" / "week.md").unlink()
    checked = generate("--check", folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (1, "")
    assert checked.stderr.splitlines() == [
        f"{name} is out of date: python -m docs.make pages"
        for name in ("docs/week.md", "configs/base.toml")
    ]
    assert stale.read_text() == "old"
    assert generate(folder=tmp_path).stdout == "docs/week.md written\nconfigs/base.toml written\n"
    assert stale.read_text() == (REPOSITORY / "configs" / "base.toml").read_text()


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_the_product_knows_nothing_of_what_makes_its_pages():
    for path in (REPOSITORY / "src").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) docs\b", path.read_text(encoding="utf-8"), re.M), path


def test_makers_stay_small():
    for path in (REPOSITORY / "docs").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        for function in functions(path):
            assert (function.end_lineno or 0) - function.lineno < 50, (path, function.name)


def test_every_template_is_one_of_a_page():
    known = {Path(name).stem for name in pages.FILES} | {"experiments"}
    assert {path.name.partition(".")[0] for path in (MAKE / "templates").iterdir()} <= known
