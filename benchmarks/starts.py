"""How long one waits before anything happens: wall time of whole processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engines import Line

SALESIM = str(Path(sys.executable).parent / "salesim")
RUN = [SALESIM, "run", "typical_firm", "--replicates", "30", "--no-figures", "--quiet", "--out", "results"]
HEAVY = ("numba", "mesa", "pandas", "numpy", "matplotlib")
WHAT_IS_LOADED = (
    "import sys; from salesim.cli import main; sys.argv = ['salesim', '--help']\n"
    "try: main()\nexcept SystemExit: pass\n"
    f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
)


def wall(command: list[str]) -> float:
    """Wall time of a command in an empty folder (s)."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return time.perf_counter() - start


def start_lines(rounds: int) -> list[Line]:
    """Each command's least wall time, taking turns; an empty Python stands beside the import."""
    commands = {
        "  python -c pass": ([sys.executable, "-c", "pass"], ""),
        "  import salesim": ([sys.executable, "-c", "import salesim"], "0.3 s"),
        "  salesim --help": ([SALESIM, "--help"], "1 s"),
        "  salesim run, 30 replicates, warm, no figures": (RUN, "5 s"),
    }
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, (command, _) in commands.items():
            least[name] = min(least[name], wall(command))
    loaded = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED], capture_output=True, text=True, check=True
    ).stderr.strip()
    lines = [Line(name, f"{least[name]:.2f} s", "", goal) for name, (_, goal) in commands.items()]
    return [*lines, Line("  loaded for --help, of " + ", ".join(HEAVY), loaded or "nothing", "", "nothing")]
