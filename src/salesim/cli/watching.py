"""How a sweep is watched from the command line: how far it is, and what is kept when it is stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .interruption import interruption
from .progress import shown

if TYPE_CHECKING:
    from ..runs.sweep import Stage, Watch


def watching(what: str, *, silent: bool, copies: bool = True) -> Watch:
    """Show runs going by under a heading, and say of an interruption how many are stored.

    Args:
        what: the heading.
        silent: whether nothing is shown.
        copies: whether it is said how many runs were copied and not simulated.
    """

    def watch(stage: Stage, runs: Iterator[Any]) -> Iterator[Any]:
        interruption.state = lambda: (
            f"{len(stage.store.ids):,} of {stage.runs:,} runs are stored; the same command goes on."
        )
        if stage.copied and copies and not silent:
            print(f"{stage.copied:,} runs are copied from other sweeps.", file=sys.stderr)
        return shown(runs, what, stage.runs, stage.there, silent=silent)

    return watch
