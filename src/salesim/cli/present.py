"""Results, shown to whoever gave the command, and drawn beside what they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def draw(folder: Path, digest: str, *results: Any) -> None:
    """Draw all figures of results into their folder, unless those that are there show the same."""
    from ..show.figures import write_figures
    from ..study.sweeps.starting import keep_figures

    keep_figures(folder, digest, lambda target: write_figures(results, target))
