"""The two ways to run the model; both give the same bits."""

from __future__ import annotations

from typing import Literal

from .scenario import Scenario
from .state import Ideal
from .tables import Tables

EngineName = Literal["compiled", "mesa"]
ENGINES: tuple[EngineName, ...] = ("compiled", "mesa")


def run_once(
    scenario: Scenario, seed: int, replicate: int, ideal: Ideal, engine: EngineName
) -> Tables:
    """Live through burn-in and plan on the engine of that name."""
    if engine == "mesa":
        from .agents import run_mesa

        return run_mesa(scenario, seed, replicate, ideal)
    from .compiled import run_compiled

    return run_compiled(scenario, seed, replicate, ideal)
