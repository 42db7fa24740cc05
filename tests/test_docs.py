"""What the README says is run: its commands, its Python, its sentence."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from salesim import Scenario, load_scenario
from salesim.scenario.declared import declared_numbers, group_names
from salesim.scenario.rivals import rule_functions

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", README, re.S) for line in block.splitlines()]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)
TOML = re.findall(r"```toml\n(.*?)```", README, re.S)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "configs").symlink_to(REPOSITORY / "configs")
    return tmp_path


def test_there_is_something_to_run():
    assert len(COMMANDS) >= 5
    assert len(PYTHON) >= 3


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_readme(command, folder):
    program, *arguments = shlex.split(command)
    assert program == "salesim"
    executable = Path(sys.executable).parent / program
    done = subprocess.run([executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("code", PYTHON, ids=range(1, len(PYTHON) + 1))
def test_python_of_the_readme(code, folder):
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("text", TOML, ids=range(1, len(TOML) + 1))
def test_toml_of_the_readme_is_a_policy(text, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    assert load_scenario(REPOSITORY / "configs" / "typical_firm.toml", [path]) != Scenario()


def test_paths_in_the_readme_exist():
    """Whatever looks like the path of a number, or of a file of ours."""
    groups = "|".join(group_names())
    said = set(re.findall(rf"`((?:{groups})\.[a-z_]+)`", README))
    rules = set(rule_functions())
    assert said - set(declared_numbers()) - rules == set()
    for path in re.findall(r"`((?:src|configs|docs|tests|benchmarks)/[\w./-]*)`", README):
        assert (REPOSITORY / path).exists(), path


def test_the_sentence_of_the_readme_is_what_the_typical_firm_says(folder):
    command = [Path(sys.executable).parent / "salesim", "run", "configs/typical_firm.toml", "--quiet"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    assert said.strip() in README


def test_make_targets_of_the_readme_exist():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.M), target
