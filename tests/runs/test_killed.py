"""A sweep that is killed, stopped or raced loses and doubles nothing."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time

import pytest

from salesim.runs.runs import open_results

from . import killing

REPLICATES = 15
RUNS = 8 * REPLICATES


def test_a_sweep_killed_at_random_moments_ends_with_the_same_bits(tmp_path):
    assert len(killing.kill_and_compare(tmp_path, 3, random.Random(time.time_ns()), REPLICATES)) == 3


@pytest.fixture
def study(tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(killing.STUDY.format(replicates=REPLICATES))
    return file


def wait_for_a_part(folder, process):
    deadline = time.monotonic() + 60.0
    while not list(folder.glob("runs/part-*.parquet")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(("number", "code", "times"), [(signal.SIGINT, 130, 3), (signal.SIGTERM, 143, 1)])
def test_an_interruption_keeps_what_is_done_and_says_how_to_go_on(
    study, tmp_path, golden, number, code, times
):
    out = tmp_path / "out"
    process = subprocess.Popen(
        killing.command(study, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for_a_part(out, process)
    for _ in range(times):
        process.send_signal(number)
        time.sleep(0.01)
    printed, said = process.communicate(timeout=30)
    assert (process.returncode, printed) == (code, "")
    kept = len(open_results(out).store.ids)
    assert 0 < kept < RUNS
    assert re.findall(r"\d+", said.splitlines()[-1]) == [str(kept), str(RUNS)]
    golden(re.sub(r"\d+", "#", said.splitlines()[-1]))
    assert "Traceback" not in said
    killing.check(killing.finish(study, out))


def test_a_reader_sees_whole_runs_while_they_are_written(study, tmp_path):
    study.write_text(killing.STUDY.format(replicates=8))
    out = tmp_path / "out"
    process = subprocess.Popen(
        killing.command(study, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_for_a_part(out, process)
    seen = 0
    while process.poll() is None:
        sweep = open_results(out)
        rows = sweep.frame
        assert sweep.store.damaged == []
        assert len(rows) >= seen
        assert rows["realised"].notna().all()
        assert set(rows["run_id"]) <= set(sweep.table("weeks")["run_id"].to_pylist())
        seen = len(rows)
        time.sleep(0.1)
    assert process.returncode == 0
    assert len(open_results(out).frame) == 64 >= seen > 0


def test_two_writers_of_one_folder_share_it_without_doubling(study, tmp_path):
    study.write_text(killing.STUDY.format(replicates=3))
    out = tmp_path / "out"
    both = [
        subprocess.Popen(
            killing.command(study, out, "--workers", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    killing.check(open_results(out))
    alone = killing.finish(study, tmp_path / "alone")
    assert killing.digests(open_results(out)) == killing.digests(alone)


def workers_of(process):
    """The worker processes of a sweep; `-ww`, as ps cuts its lines at the width of a terminal."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    found = [int(line.split()[0]) for line in listed if "popen_loky" in line]
    assert found, f"no worker processes among {listed}; exit code {process.poll()}"
    return found


def test_a_worker_that_is_killed_is_replaced(study, tmp_path):
    """On the readable engine, whose workers are processes; the runs it had in hand are done again."""
    study.write_text(
        killing.STUDY.format(replicates=3).replace("weeks = 52", "weeks = 13").replace("200", "60")
    )
    out = tmp_path / "out"
    process = subprocess.Popen(
        killing.command(study, out, "--engine", "mesa"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_for_a_part(out, process)
    os.kill(workers_of(process)[0], signal.SIGKILL)
    said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 0, said
    killing.check(open_results(out))
    assert killing.digests(open_results(out)) == killing.digests(killing.finish(study, tmp_path / "alone"))
