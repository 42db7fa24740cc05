"""The two ways to run the model; both give the same bits."""

from __future__ import annotations

from typing import Literal

from .run import Run
from .tables import Tables

EngineName = Literal["compiled", "mesa"]
ENGINES: tuple[EngineName, ...] = ("compiled", "mesa")


def run_once(run: Run, engine: EngineName) -> Tables:
    """Live through burn-in and plan on the engine of that name."""
    if engine == "mesa":
        from .agents import run_mesa

        return run_mesa(run)
    from .compiled import run_compiled

    return run_compiled(run)
