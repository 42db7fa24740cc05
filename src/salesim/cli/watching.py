"""How runs of a command are watched: how far they are, and what is stored when they are stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..runs.exec import Stage
from .interruption import interruption
from .progress import shown


def watch(stage: Stage, runs: Iterator[Any], *, silent: bool) -> Iterator[Any]:
    """Show runs going by, and say of an interruption how many are stored."""
    stored = stage.stored
    if stored is not None:
        interruption.state = lambda: (
            f"{stored():,} of {stage.total:,} runs are stored; the same command goes on."
        )
    return shown(runs, stage.name, stage.total, stage.there, silent=silent)


def unsaid(_: str) -> None:
    """Leave a note out."""
