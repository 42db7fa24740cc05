"""Ctrl-C at any moment: one line, exit code 130, nothing half-written."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from salesim import open_results
from salesim.cli.interruption import nothing_left
from tests.cli.commands import numbers_in

SALESIM = str(Path(sys.executable).parent / "salesim")
SMALL = [
    "--set",
    "organisation.headcount=6",
    "--set",
    "organisation.span_of_control=3",
    "--set",
    "organisation.accounts=48",
    "--set",
    "organisation.weeks=26",
    "--replicates",
    "2",
]


@pytest.mark.parametrize("wait", [1.0, 3.0])
def test_a_run_that_is_interrupted_leaves_nothing_half_written(tmp_path, wait):
    long = subprocess.Popen(
        [SALESIM, "run", "typical_firm", "--replicates", "1000", "--set", "organisation.weeks=2000"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(wait)
        long.send_signal(signal.SIGINT)
        out, err = long.communicate(timeout=60)
    finally:
        long.kill()
    assert out == ""
    if long.returncode == 130:
        last = err.splitlines()[-1]
        assert last.endswith(nothing_left()) or numbers_in(last)[-1] == 1_000
        assert "Traceback" not in err
    else:
        assert "KeyboardInterrupt" in err, "Python itself was interrupted, before salesim began"
    for folder in (path.parent for path in tmp_path.rglob("manifest.json")):
        found = open_results(folder)
        assert (found.store.damaged, found.complete) == ([], False)


def test_an_interruption_while_tables_are_written_leaves_no_run_half_written(
    run, tmp_path, monkeypatch, golden
):
    real, written = pq.write_table, []

    def interrupted(table, path, **options):
        real(table, path, **options)
        written.append(path)
        if len(written) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(pq, "write_table", interrupted)
    code, out, err = run("run", "typical_firm", *SMALL, "--out", "here")
    assert (code, out) == (130, "")
    golden(err.splitlines()[-1])
    assert open_results(tmp_path / "here").store.damaged == []
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert run("run", "typical_firm", *SMALL, "--out", "here", "--no-figures")[0] == 0
    assert run("verify", "here", "--all")[0] == 0


def test_ctrl_c_means_again_what_it_meant_before(run):
    before = signal.getsignal(signal.SIGINT)
    run("week")
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interruption_that_a_library_swallowed_is_heeded_before_the_next_replicate(
    run, tmp_path, monkeypatch, golden
):
    from salesim.runs import tasks as room

    real, simulated = room.run_pair, []

    def deaf(*arguments):
        simulated.append(1)
        with contextlib.suppress(SystemExit):
            os.kill(os.getpid(), signal.SIGINT)
        return real(*arguments)

    monkeypatch.setattr(room, "run_pair", deaf)
    code, out, err = run("run", "typical_firm", *SMALL, "--out", "here", "--workers", "1")
    assert (code, out, len(simulated)) == (130, "", 1)
    golden(err.splitlines()[-1])
    assert len(open_results(tmp_path / "here").store.ids) <= 1
