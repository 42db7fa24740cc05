"""Kill a sweep at random moments, go on each time, and compare with one that was left alone.

.venv/bin/python -m tests.runs.killing 20
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from salesim.runs.bits import digest_of
from salesim.runs.runs import Runs, open_results
from salesim.runs.sweep import sweep

STUDY = """
title = "A study to be killed"
replicates = {replicates}
outcomes = ["realised"]
tables = ["weeks", "deals"]
[settings]
organisation.weeks = 52
organisation.headcount = 4
organisation.accounts = 200
organisation.burn_in_weeks = 13
[levers]
regime.discount_authority = [0.0, 0.05, 0.1, 0.2]
pay.margin_weight = [0.0, 1.0]
"""
# Parts as short as these make it likely that a kill meets the writing of one.
PROGRAM = """
import sys
from salesim.runs import collecting
collecting.SECONDS_OF_A_PART = 0.05
from salesim.cli import main
main()
"""


def command(study: Path, out: Path, *more: str) -> list[str]:
    """The command line of a sweep that stores very often."""
    return [
        sys.executable,
        "-c",
        PROGRAM,
        "sweep",
        str(study),
        "--out",
        str(out),
        "--no-figures",
        "--workers",
        "2",
        *more,
    ]


def run_killed(study: Path, out: Path, seconds: float) -> int:
    """Start a sweep and kill it after some time; its exit code, negative when it was killed."""
    process = subprocess.Popen(command(study, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode


def finish(study: Path, out: Path) -> Runs:
    """Let a sweep go on to its end, in this process."""
    return sweep(study, out=out)


def digests(found: Runs) -> dict[str, str]:
    """What every table of a sweep holds, as digits; rows are counted by run and place."""
    there = {"runs": found.digest}
    for name in found.study.tables:
        table = found.table(name)
        frame = table.to_pandas()
        place = frame.groupby("run_id").cumcount().astype(str)
        keys = (frame["run_id"] + " " + place.str.zfill(9)).tolist()
        there[name] = digest_of(table.append_column("key", [keys]), "key")
    return there


def check(found: Runs) -> None:
    """Nothing is missing, nothing twice, and nothing is left lying about."""
    assert found.complete
    assert len(found.joined([])) == found.study.most_runs
    for name in ("runs", *found.study.tables):
        raw = pd.read_parquet(found.folder / name)
        once = raw.groupby("run_id").size()
        assert len(once) == found.study.most_runs, name
        if name == "runs":
            assert (once == 1).all()
    assert not list(found.folder.rglob(".salesim-*"))


def kill_and_compare(folder: Path, times: int, luck: random.Random, replicates: int) -> list[int]:
    """Kill so many times, finish, and compare; how many runs were stored after each kill."""
    study = folder / "study.toml"
    study.write_text(STUDY.format(replicates=replicates))
    alone = finish(study, folder / "alone")
    stored = []
    for _ in range(times):
        run_killed(study, folder / "killed", luck.uniform(0.5, 2.5))
        there = (folder / "killed" / "manifest.json").is_file()
        stored.append(len(open_results(folder / "killed").store.ids) if there else 0)
    killed = finish(study, folder / "killed")
    check(alone)
    check(killed)
    assert digests(killed) == digests(alone)
    assert stored == sorted(stored), "a kill lost what was stored before"
    return stored


if __name__ == "__main__":
    seed = int(time.time())
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as temporary:
        counts = kill_and_compare(Path(temporary), int(sys.argv[1]), random.Random(seed), 800)
    print(
        f"Killed {len(counts)} times; runs stored after each: {counts}. The bits are those of a sweep left alone."
    )
