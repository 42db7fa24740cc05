"""Draws small faults by a seed, puts each into a copy of the working tree, and writes which of them tests notice.

    .venv/bin/python -m tests.mutants.draw                  those without a result
    .venv/bin/python -m tests.mutants.draw --group phases   those of a group again; `--only 7` one row, `--anew` all

`found.csv` holds a row for each. Where a fault is not noticed, `why` says what a person found out: that it changes
nothing, say. It is kept as long as the line stands.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .sites import Fault, faults_in, put_into

SEED, EACH, TIMEOUT = 1, 10, 1200  # of a group, seconds

GROUPS = {
    "rules": ["rules/*.py"],
    "phases": ["model/phases/*.py", "model/accounts.py", "model/people.py"],
    "statistics": [
        "statistics.py",
        "runs/intervals.py",
        "runs/estimating.py",
        "analysis/answering.py",
        "evidence/measures.py",
        "evidence/judging.py",
        "runs/paired.py",
        "analysis/comparing/comparison.py",
        "runs/game.py",
        "analysis/gap/ledger.py",
        "analysis/screening/elementary_effects.py",
    ],
    "readers": [
        "inputs/*.py",
        "messages.py",
        "runs/reading.py",
        "evidence/target.py",
        "calibrate/calibration_plan.py",
    ],
}
IN_FUNCTIONS_ONLY = {"rules"}  # above them stand the numbers of the model, which are assumptions
NAMED = [  # always there: once no test of the model noticed them
    ("model/phases/decide.py", "customer.contract_week = t", "customer.contract_week = t - 1"),
    ("rules/timing.py", "return waiting_cost * float(signed", "return -waiting_cost * float(signed"),
]

MALFORMED = "cli/test_malformed.py"
READING = ["inputs", "cli/test_scenarios.py", "cli/test_usage.py", MALFORMED]
WHOLE_MODEL = [
    *(f"model/test_{name}.py" for name in ("ideals", "authority", "timing", "levers", "conservation")),
    *(f"model/test_{name}.py" for name in ("luck_in_a_firm", "dated", "keeping", "extremes")),
]
SWEEPS = ["runs/test_reading.py", "runs/test_points.py", "inputs/test_answers.py", "inputs/test_design.py"]
TESTS = [  # the first prefix that fits; {} is the name of the module
    ("rules/needs.py", ["rules/test_customers.py"]),
    ("rules/relationship.py", ["rules/test_customers.py"]),
    ("rules/expected_pay.py", ["rules/test_expected_pay.py", "rules/test_curve.py"]),
    ("rules/knots.py", ["rules/test_knots.py", "rules/test_curve.py", "inputs/test_curves.py"]),
    ("rules/declaration.py", ["rules/test_modes.py", "inputs/test_declared.py"]),
    ("rules/", ["rules/test_{}*.py"]),
    ("model/phases/", ["model/phases/test_{}.py", *WHOLE_MODEL]),
    ("model/", ["model/test_{}.py", *WHOLE_MODEL]),
    ("inputs/rivals.py", ["model/test_rivals.py"]),
    ("inputs/dates.py", [*READING, "model/test_dated.py"]),
    ("inputs/axes.py", [*SWEEPS, MALFORMED]),
    ("inputs/design.py", [*SWEEPS, MALFORMED]),
    ("inputs/", READING),
    ("messages.py", READING),
    ("statistics.py", ["test_statistics.py"]),
    ("runs/estimating.py", ["runs/test_outcomes.py", "runs/test_simulate.py"]),
    ("runs/paired.py", ["analysis/comparing"]),
    ("runs/reading.py", [*SWEEPS, MALFORMED]),
    ("runs/", ["runs/test_{}.py"]),
    ("analysis/comparing/", ["analysis/comparing"]),
    ("analysis/gap/", ["analysis/gap"]),
    ("analysis/screening/", ["analysis/screening"]),
    ("analysis/", ["analysis/test_{}.py"]),
    ("evidence/", ["evidence"]),
    ("calibrate/", ["calibrate", "inputs/test_calibrated.py", MALFORMED]),
]

REPOSITORY = Path(__file__).parents[2]
PACKAGE, TESTED = REPOSITORY / "src" / "salesim", REPOSITORY / "tests"
FOUND = Path(__file__).parent / "found.csv"
KEY = ("file", "where", "old", "new")
COLUMNS = ("group", "file", "where", "line", "old", "new", "caught", "seconds", "why")
Row = dict[str, str]


def every_fault() -> list[tuple[str, str, Fault]]:
    """Group, file and fault, in the order of the rows."""
    found = [(group, file, fault) for group in GROUPS for file, fault in drawn(group)]
    for file, old, new in NAMED:
        source = (PACKAGE / file).read_text(encoding="utf-8")
        assert source.count(old) == 1, f"{file}: `{old}` should stand there once"
        start = source.index(old)
        found += [("named", file, fault) for fault in put_into(source, "", start, start + len(old), new)]
    return found


def drawn(group: str) -> list[tuple[str, Fault]]:
    """The faults of a group; a change elsewhere leaves most of the draw as it is."""
    every = {}
    for path in sorted(path for pattern in GROUPS[group] for path in PACKAGE.glob(pattern)):
        file = path.relative_to(PACKAGE).as_posix()
        for fault in faults_in(path.read_text(encoding="utf-8"), group in IN_FUNCTIONS_ONLY):
            words = f"{SEED} {file} {fault.where} {fault.old} {fault.new}"
            every[hashlib.sha256(words.encode()).hexdigest()] = file, fault
    chosen = [every[place] for place in sorted(every)[:EACH]]
    return sorted(chosen, key=lambda each: (each[0], each[1].line))


def tests_of(group: str, file: str) -> list[str]:
    """The tests that ought to notice a fault in a file, those that there are."""
    asked = next(tests for prefix, tests in TESTS if file.startswith(prefix))
    asked = [*asked, *WHOLE_MODEL] if group == "named" else asked
    patterns = [pattern.format(Path(file).stem) for pattern in asked]
    found = [path for pattern in patterns for path in sorted(TESTED.glob(pattern))]
    return list(dict.fromkeys(path.relative_to(REPOSITORY).as_posix() for path in found))


def copy_of_the_tree(there: Path) -> Path:
    """A new copy of all that Git holds or would."""
    shutil.rmtree(there / "tree", ignore_errors=True)
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    files = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for file in filter(None, files.split("\0")):
        if (REPOSITORY / file).is_file():
            (there / "tree" / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / file, there / "tree" / file)
    return there / "tree"


def fail(tests: list[str], there: Path) -> bool:
    """Whether tests fail in the copy, or come to no end; their examples are the same every time."""
    plain = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=ci"]
    places = {"PYTHONPATH": str(there / "tree" / "src"), "SALESIM_CACHE_DIR": str(there / "cache")}
    with (there / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *plain, *tests],
            cwd=there / "tree",
            env=os.environ | places,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return process.wait(TIMEOUT) != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def check_soundness(tests: list[str], there: Path) -> None:
    """Tests that fail without a fault say nothing of one."""
    copy_of_the_tree(there)
    if not tests or fail(tests, there):
        print((there / "said").read_text(encoding="utf-8")[-4000:] if tests else "", file=sys.stderr)
        sys.exit(f"without any fault there fail, or there are none: {' '.join(tests)}")


def is_caught(file: str, fault: Fault, tests: list[str], there: Path) -> bool:
    """Whether tests notice a fault."""
    path = copy_of_the_tree(there) / PACKAGE.relative_to(REPOSITORY) / file
    path.write_text(fault.mutant, encoding="utf-8")
    return fail(tests, there)


def rows_of(faults: list[tuple[str, str, Fault]]) -> list[Row]:
    """A row for each fault, with what is known of it from before."""
    known = {}
    if FOUND.exists():
        with FOUND.open(encoding="utf-8", newline="") as file:
            known = {tuple(row[name] for name in KEY): row for row in csv.DictReader(file)}
    rows = []
    for group, name, fault in faults:
        before = known.get((name, fault.where, fault.old, fault.new), {})
        said = (group, name, fault.where, str(fault.line), fault.old, fault.new)
        rows.append(dict(zip(COLUMNS, (*said, *(before.get(c, "") for c in COLUMNS[6:])), strict=True)))
    return rows


def write(rows: list[Row]) -> None:
    """Write what is known so far."""
    with FOUND.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def try_all(faults: list[tuple[str, str, Fault]], rows: list[Row], there: Path) -> None:
    """Try those without a result, and write each result as it comes."""
    sound: list[list[str]] = []
    for number, ((group, file, fault), row) in enumerate(zip(faults, rows, strict=True), start=1):
        if row["caught"]:
            continue
        tests = tests_of(group, file)
        if tests not in sound:
            check_soundness(tests, there)
            sound.append(tests)
        start = time.monotonic()
        caught = is_caught(file, fault, tests, there)
        row |= {"caught": "yes" if caught else "no", "seconds": f"{time.monotonic() - start:.0f}"}
        row |= {"why": ""} if caught else {}
        write(rows)
        print(f"{number:3} {row['caught']:3} {row['seconds']:>4} s  {file}:{fault.line}", file=sys.stderr)


def summary(rows: list[Row]) -> str:
    """How many were caught, by group."""

    def count(*groups: str) -> str:
        caught = [row["caught"] == "yes" for row in rows if row["group"] in groups]
        return f"{sum(caught)} of {len(caught)}"

    return (
        f"caught {count(*GROUPS)}: {', '.join(f'{g} {count(g)}' for g in GROUPS)}; named {count('named')}"
    )


def main() -> None:
    """Try what is asked for, and say how many were caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.draw")
    parser.add_argument("--group", choices=[*GROUPS, "named"], help="try those of a group again")
    parser.add_argument("--only", type=int, metavar="N", help="try one again, by the number of its row")
    parser.add_argument("--anew", action="store_true", help="try all again")
    asked = parser.parse_args()
    faults = every_fault()
    rows = rows_of(faults)
    for number, row in enumerate(rows, start=1):
        if asked.anew or row["group"] == asked.group or number == asked.only:
            row |= {"caught": "", "seconds": ""}
    write(rows)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        try_all(faults, rows, Path(folder))
    print(summary(rows))


if __name__ == "__main__":
    main()
