"""What must not be paid for before it is used, and what works without Numba."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

SCENARIO = Path(__file__).parent.parent / "configs" / "typical_firm.toml"
SMALL = [
    "--set",
    "organisation.headcount=2",
    "--set",
    "organisation.span_of_control=2",
    "--set",
    "organisation.accounts=8",
    "--set",
    "organisation.weeks=13",
    "--replicates",
    "1",
]


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import salesim", "mesa numba numpy pandas matplotlib pydantic"),
        ("import salesim.cli", "mesa numba numpy pandas matplotlib pydantic"),
        ("import salesim.runs.simulate, salesim.model.compiled", "mesa pandas matplotlib numba"),
    ],
)
def test_heavy_libraries_wait_until_they_are_used(code, unwanted):
    check = f"{code}; import sys; print(*sorted(set({unwanted.split()!r}) & set(sys.modules)))"
    assert python(check).stdout.split() == []


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from salesim.cli import main
sys.argv = ["salesim", *sys.argv[1:]]
main()
"""


def test_the_mesa_engine_needs_no_numba(tmp_path):
    done = python(
        WITHOUT_NUMBA,
        "run",
        str(SCENARIO),
        *SMALL,
        "--engine",
        "mesa",
        "--quiet",
        "--no-figures",
        "--out",
        str(tmp_path / "out"),
    )
    assert done.returncode == 0, done.stderr
    assert tomllib.loads(SCENARIO.read_text(encoding="utf-8"))["title"] in done.stdout


def test_the_compiled_engine_without_numba_says_what_to_do(tmp_path, golden):
    done = python(WITHOUT_NUMBA, "run", str(SCENARIO), *SMALL, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    golden(done.stderr)
    assert "Numba" in done.stderr
    assert "'mesa'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
