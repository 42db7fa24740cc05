"""Compiled code is kept between processes, and never outlives the source that it came from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import salesim

SCRIPT = """
from salesim.model.compiled import _engine, is_compiled, run_compiled
from salesim.model.scenario import Scenario
from salesim.model.state import Ideal
waiting = is_compiled()
size = {"managers": 1, "span_of_control": 2, "accounts_per_rep": 5, "weeks": 26}
run = run_compiled(Scenario.model_validate({"organisation": size}), 1, 0, Ideal())
hits = sum(_engine().stats.cache_hits.values())
print(waiting, hits, repr(float(run.books["revenue"].sum())))
"""


def test_where_no_cache_can_be_kept_none_is_left_elsewhere(tmp_path):
    source = tmp_path / "src"
    package = source / "salesim"
    shutil.copytree(Path(salesim.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    waiting, hits, _ = run_in(source, blocked)
    assert (waiting, hits) == ("False", "0")
    assert list(tmp_path.rglob("*.nbi")) == []


def run_in(source: Path, cache: Path) -> tuple[str, str, str]:
    environment = os.environ | {"PYTHONPATH": str(source), "SALESIM_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    waiting, hits, revenue = done.stdout.split()
    return waiting, hits, revenue


def test_a_second_process_finds_the_cache_and_an_edited_rule_is_seen(tmp_path):
    source, cache = tmp_path / "src", tmp_path / "cache"
    package = source / "salesim"
    shutil.copytree(Path(salesim.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    waiting, hits, revenue = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache) == ("True", "1", revenue)
    rule = package / "rules" / "discounting.py"
    text = rule.read_text(encoding="utf-8")
    edited = text.replace("return cost + (1.0 + w) / sensitivity", "return cost + (1.1 + w) / sensitivity")
    assert edited != text
    rule.write_text(edited, encoding="utf-8")
    waiting, hits, changed = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert changed != revenue
