"""What repeats the code is written by it, and what is committed is what it writes."""

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


def generate(*arguments: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "docs" / "generate.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_committed_is_what_the_code_gives():
    done = generate("--check")
    assert done.returncode == 0, done.stderr


def test_a_stale_file_is_named_and_then_written(tmp_path):
    for folder in ("docs", "configs", "experiments"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    shutil.copyfile(REPOSITORY / "README.md", tmp_path / "README.md")
    stale = tmp_path / "configs" / "base.toml"
    stale.write_text("old")
    (tmp_path / "docs" / "week.md").unlink()
    checked = generate("--check", folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (1, "")
    assert checked.stderr.splitlines() == [
        f"{name} is out of date: run python docs/generate.py"
        for name in ("docs/week.md", "configs/base.toml")
    ]
    assert stale.read_text() == "old"
    assert generate(folder=tmp_path).stdout == "docs/week.md written\nconfigs/base.toml written\n"
    assert stale.read_text() == (REPOSITORY / "configs" / "base.toml").read_text()
    assert generate("--check", folder=tmp_path).returncode == 0
