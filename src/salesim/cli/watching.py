"""How runs of a command are watched: how far they are, and what is stored when they are stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from ..messages import chosen
from ..model.engine import ENGINES
from ..runs.exec import Exec, Stage, to_stderr
from .interruption import interruption
from .progress import shown


def exec_of(
    engine: str = "compiled",
    workers: int | None = None,
    command: Sequence[str] = (),
    *,
    allow_code: bool = False,
    silent: bool,
) -> Exec:
    """How a command carries out runs: with progress and notes, unless it is silent.

    Raises:
        SalesimError: another engine, or a number of workers that is out of range.
    """
    return Exec(
        workers=workers,
        engine=chosen("--engine", engine, ENGINES),
        allow_code=allow_code,
        watch=partial(_watch, silent=silent),
        say=_unsaid if silent else to_stderr,
        command=command,
    )


def _watch(stage: Stage, runs: Iterator[Any], *, silent: bool) -> Iterator[Any]:
    """Show runs going by, and say of an interruption how many are stored."""
    stored = stage.stored
    if stored is not None:
        interruption.state = lambda: (
            f"{stored():,} of {stage.total:,} runs are stored; the same command goes on."
        )
    return shown(runs, stage.name, stage.total, stage.there, silent=silent)


def _unsaid(_: str) -> None:
    """Leave a note out."""
