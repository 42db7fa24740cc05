"""Compiled code is kept between processes, and never outlives the source that it came from."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import salesim
from salesim.model.compiled import cache_folder, compile_model

SCRIPT = """
import sys
from salesim.model.compiled import _engine, cache_folder, is_compiled, run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.inputs.rivals import rival_rules
rivals = ()
if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])
    import riv
    rivals = rival_rules({"communication.understanding_kept": riv.mine})
waiting = is_compiled(rivals)
if sys.argv[2:] == ["look"]:
    print(waiting, 0, 0.0, cache_folder(rivals).name)
    sys.exit()
size = {"headcount": 2, "span_of_control": 2, "accounts": 4, "weeks": 52}
firm = Scenario.model_validate({"organisation": size})
run = run_compiled(Run(firm, Luck(1, 0), rivals=rivals))
engine = _engine(rivals)
dispatcher = engine if hasattr(engine, "stats") else next(
    cell.cell_contents for cell in engine.__closure__ if hasattr(cell.cell_contents, "stats"))
hits = sum(dispatcher.stats.cache_hits.values())
print(waiting, hits, repr(float(run.reps["understanding"].sum())), cache_folder(rivals).name)
"""


def copied(source: Path) -> Path:
    """The package with a week of messages only, which compiles in seconds: the cache knows no difference."""
    package = source / "salesim"
    shutil.copytree(Path(salesim.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    week = package / "model" / "week.py"
    text = week.read_text(encoding="utf-8")
    shorter = re.sub(r"(def week\(.*\n.*\n)(?: {4}.*\n)+", r"\1    communicate(scenario, firm, t)\n", text)
    assert shorter != text
    week.write_text(shorter, encoding="utf-8")
    return package


def run_in(source: Path, cache: Path, *arguments: str) -> tuple[str, str, str, str]:
    environment = os.environ | {"PYTHONPATH": str(source), "SALESIM_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    waiting, hits, known, folder = done.stdout.split()
    return waiting, hits, known, folder


@pytest.mark.nightly
def test_where_no_cache_can_be_kept_none_is_left_elsewhere(tmp_path):
    source = tmp_path / "src"
    copied(source)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    waiting, hits, _, _ = run_in(source, blocked)
    assert (waiting, hits) == ("False", "0")
    assert list(tmp_path.rglob("*.nbi")) == []


@pytest.mark.nightly
def test_a_second_process_finds_the_cache_and_an_edited_rule_is_seen(tmp_path):
    source, cache = tmp_path / "src", tmp_path / "cache"
    package = copied(source)
    waiting, hits, known, folder = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache) == ("True", "1", known, folder)
    rule = package / "rules" / "communication.py"
    text = rule.read_text(encoding="utf-8")
    edited = text.replace("return half_life_kept(half_life)", "return half_life_kept(2.0 * half_life)")
    assert edited != text
    rule.write_text(edited, encoding="utf-8")
    waiting, hits, changed, other = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert changed != known
    assert other != folder
    rule.write_text(text, encoding="utf-8")
    assert run_in(source, cache) == ("True", "1", known, folder)


def test_a_second_process_finds_the_whole_model():
    compile_model(())
    assert run_in(Path(salesim.__file__).parent.parent, cache_folder().parent)[:2] == ("True", "1")


RIVAL = """
from salesim.rules.communication import understanding_kept

MIN = 0.9


def less(kept):
    return kept * MIN


def mine(half_life):
    return less(understanding_kept(half_life))
"""


EDITS = {
    "a constant": ("MIN = 0.9", "MIN = 0.8"),
    "a helper": ("return kept * MIN", "return kept * MIN * MIN"),
    "the rival": ("return less(understanding_kept(half_life))", "return 0.5"),
}


@pytest.mark.nightly
def test_a_rival_is_compiled_once_and_again_when_it_is_edited(tmp_path):
    """A second process finds the rival's compiled model; an edited rival, helper or constant does not."""
    source, cache, folder = tmp_path / "src", tmp_path / "cache", tmp_path / "mine"
    copied(source)
    folder.mkdir()
    rival = folder / "riv.py"
    rival.write_text(RIVAL)
    waiting, hits, known, name = run_in(source, cache, str(folder))
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache, str(folder)) == ("True", "1", known, name)
    rival.write_text("# A note and other lines.\n\n" + RIVAL)
    assert run_in(source, cache, str(folder), "look")[3] == name
    names = {name}
    for old, new in EDITS.values():
        rival.write_text(RIVAL.replace(old, new))
        waiting, _, _, other = run_in(source, cache, str(folder), "look")
        assert waiting == "False"
        names.add(other)
    assert len(names) == 1 + len(EDITS)
    rival.write_text(RIVAL.replace(*EDITS["a constant"]))
    waiting, hits, changed, _ = run_in(source, cache, str(folder))
    assert (waiting, hits) == ("False", "0")
    assert changed != known
