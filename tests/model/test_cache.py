"""Compiled code is kept between processes, and never outlives the source that it came from."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

import salesim
from salesim.model.compile_cache import SUFFIX, CompileCache
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
    assert list(tmp_path.rglob(f"*{SUFFIX}")) == []


@pytest.mark.nightly
def test_a_second_process_finds_the_cache_and_an_edited_rule_is_seen(tmp_path):
    source, cache = tmp_path / "src", tmp_path / "cache"
    package = copied(source)
    waiting, hits, known, folder = run_in(source, cache)
    assert (waiting, hits) == ("False", "0")
    assert run_in(source, cache) == ("True", "1", known, folder)
    damage(cache / folder, TRUNCATED)
    assert run_in(source, cache) == ("True", "0", known, folder)
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


def test_a_second_process_finds_the_whole_model_wherever_its_source_is(tmp_path):
    compile_model(())
    package = Path(salesim.__file__).parent
    shutil.copytree(package, tmp_path / "salesim", ignore=shutil.ignore_patterns("__pycache__"))
    for source in (package.parent, tmp_path):
        assert run_in(source, cache_folder().parent)[:2] == ("True", "1")


TRUNCATED = "truncated"
DAMAGES = {
    TRUNCATED: lambda stored: stored[: len(stored) // 2],
    "a flipped bit": lambda stored: stored[:-9] + bytes([stored[-9] ^ 1]) + stored[-8:],
    "empty": lambda stored: b"",
    "no checksum": lambda stored: stored[32:],
    "no code": lambda stored: stored[:32],
}


def damage(folder: Path, how: str) -> None:
    (file,) = folder.iterdir()
    file.write_bytes(DAMAGES[how](file.read_bytes()))


def doubled(x):
    return 2.0 * x


def hits_of(folder: Path) -> int:
    """Compile a small function or find it; how often it was found."""
    compiled = numba.njit(doubled)
    compiled._cache = CompileCache(folder)
    assert compiled(1.5) == 3.0
    return sum(compiled.stats.cache_hits.values())


@pytest.mark.parametrize("how", DAMAGES)
def test_damaged_code_is_never_loaded_and_compiled_again(tmp_path, how):
    assert [hits_of(tmp_path), hits_of(tmp_path)] == [0, 1]
    damage(tmp_path, how)
    with pytest.warns(UserWarning, match="damaged") as said:
        assert hits_of(tmp_path) == 0
    assert len(said) == 1
    assert hits_of(tmp_path) == 1


def test_where_code_cannot_be_stored_it_is_compiled_with_a_note(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.warns(UserWarning, match="stored"):
        assert hits_of(tmp_path / "file" / "cache") == 0


SMALL = "from tests.model.test_cache import hits_of, Path; print(hits_of(Path({!r})))"


def test_processes_that_compile_at_once_do_not_disturb_each_other(tmp_path):
    """Each stores the whole file; another processor has its own, which is not loaded in the place of ours."""

    def begun(**processor: str) -> subprocess.Popen[str]:
        script = SMALL.format(str(tmp_path))
        root = Path(__file__).parents[2]
        environment = os.environ | processor
        return subprocess.Popen(
            [sys.executable, "-c", script], cwd=root, env=environment, stdout=subprocess.PIPE, text=True
        )

    both = [begun(), begun()]
    assert {process.communicate()[0].strip() for process in both} <= {"0", "1"}
    assert [process.returncode for process in both] == [0, 0]
    assert len(list(tmp_path.iterdir())) == 1
    assert begun().communicate()[0].strip() == "1"
    (ours,) = tmp_path.iterdir()
    other = begun(NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="")
    assert other.communicate()[0].strip() == "0"
    (theirs,) = set(tmp_path.iterdir()) - {ours}
    theirs.replace(ours)
    with pytest.warns(UserWarning, match="checksum"):
        assert hits_of(tmp_path) == 0


FACTORS = """
import math


def made(factor):
    def mine(acceptance, margin_weight):
        level = factor
        for k in range(20):
            level = math.exp(-level) + math.log1p(level * level) * math.cos(level) + math.tanh(level + k)
            level = math.sqrt(level * level + 1.0) + math.exp(-level * level) * math.sin(level)
        return 0.5 + 0.4 * math.tanh(factor * level)

    return mine


half, whole = made(0.5), made(-1.0)
"""
MEETING = """
import sys
sys.path.insert(0, sys.argv[1])
import factors
from salesim.inputs.rivals import rival_rules
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
size = {"headcount": 2, "span_of_control": 2, "accounts": 4, "weeks": 4}
firm = Scenario.model_validate({"organisation": size})
for name in sys.argv[2:]:
    rivals = rival_rules({"acceptance.buy_in_level": getattr(factors, name)})
    print(repr(float(run_compiled(Run(firm, Luck(1, 0), rivals=rivals)).reps["buy_in"].sum())))
"""


@pytest.mark.nightly
def test_rivals_compiled_in_two_processes_stay_themselves_in_a_third(tmp_path):
    """Numba numbers functions in each process anew, so two rivals once had one name for the linker."""
    copied(tmp_path / "src")
    (tmp_path / "factors.py").write_text(FACTORS)
    paths = {"PYTHONPATH": str(tmp_path / "src"), "SALESIM_CACHE_DIR": str(tmp_path / "cache")}

    def outcomes(*names: str) -> list[str]:
        command = [sys.executable, "-c", MEETING, str(tmp_path), *names]
        return subprocess.check_output(command, env=os.environ | paths, text=True).split()

    alone = [*outcomes("half"), *outcomes("whole")]
    assert alone[0] != alone[1]
    assert outcomes("half", "whole") == alone
    assert outcomes("whole", "half") == alone[::-1]


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
    damage(cache / name, TRUNCATED)
    assert run_in(source, cache, str(folder)) == ("True", "0", known, name)
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
