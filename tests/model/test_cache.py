"""Compiled code is kept between processes, and never outlives the source that it came from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import salesim

SCRIPT = """
import sys
from salesim.model.compiled import _engine, cache_folder, is_compiled, run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.scenario.rivals import rival_rules
rivals = ()
if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])
    import riv
    rivals = rival_rules({"discounting.quoted_price": riv.mine})
waiting = is_compiled(rivals)
if sys.argv[2:] == ["look"]:
    print(waiting, 0, 0.0, cache_folder(rivals).name)
    sys.exit()
size = {"headcount": 2, "span_of_control": 2, "accounts": 40, "weeks": 52}
free = {"discount_authority": 0.5}  # prices follow the rule, not the floor
firm = Scenario.model_validate({"organisation": size, "regime": free})
run = run_compiled(Run(firm, Luck(1, 0), rivals=rivals))
engine = _engine(rivals)
dispatcher = engine if hasattr(engine, "stats") else next(
    cell.cell_contents for cell in engine.__closure__ if hasattr(cell.cell_contents, "stats"))
hits = sum(dispatcher.stats.cache_hits.values())
print(waiting, hits, repr(float(run.books["revenue"].sum())), cache_folder(rivals).name)
"""


def copied(source: Path) -> Path:
    package = source / "salesim"
    shutil.copytree(Path(salesim.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def run_in(source: Path, cache: Path, *arguments: str) -> tuple[str, str, str, str]:
    environment = os.environ | {"PYTHONPATH": str(source), "SALESIM_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    waiting, hits, revenue, folder = done.stdout.split()
    return waiting, hits, revenue, folder


def test_where_no_cache_can_be_kept_none_is_left_elsewhere(tmp_path):
    source = tmp_path / "src"
    copied(source)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    waiting, hits, _, _ = run_in(source, blocked)
    assert (waiting, hits) == ("False", "0")
    assert list(tmp_path.rglob("*.nbi")) == []


def test_a_second_process_finds_the_cache_and_an_edited_rule_is_seen(tmp_path):
    source, cache = tmp_path / "src", tmp_path / "cache"
    package = copied(source)
    waiting, hits, revenue, folder = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache) == ("True", "1", revenue, folder)
    rule = package / "rules" / "discounting.py"
    text = rule.read_text(encoding="utf-8")
    edited = text.replace("return cost + (1.0 + w) / sensitivity", "return cost + (1.1 + w) / sensitivity")
    assert edited != text
    rule.write_text(edited, encoding="utf-8")
    waiting, hits, changed, other = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert changed != revenue
    assert other != folder
    rule.write_text(text, encoding="utf-8")
    assert run_in(source, cache) == ("True", "1", revenue, folder)


RIVAL = """
from salesim.rules.discounting import quoted_price

LEAST = 3.0


def more(price):
    return price + LEAST


def mine(score, sensitivity, cost):
    return more(quoted_price(score, sensitivity, cost))
"""


EDITS = {
    "a constant": ("LEAST = 3.0", "LEAST = 4.0"),
    "a helper": ("return price + LEAST", "return price + 2.0 * LEAST"),
    "the rival": ("return more(quoted_price(score, sensitivity, cost))", "return 99.0"),
}


def test_a_rival_is_compiled_once_and_again_when_it_is_edited(tmp_path):
    """A second process finds the rival's compiled model; an edited rival, helper or constant does not."""
    source, cache, folder = Path(salesim.__file__).parent.parent, tmp_path / "cache", tmp_path / "mine"
    folder.mkdir()
    rival = folder / "riv.py"
    rival.write_text(RIVAL)
    waiting, hits, revenue, name = run_in(source, cache, str(folder))
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache, str(folder)) == ("True", "1", revenue, name)
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
    assert changed != revenue
