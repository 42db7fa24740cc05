"""The two ways to run the model; both give the same bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from .ideal import Ideal
from .run import Run
from .tables import Tables

EngineName = Literal["compiled", "mesa"]
ENGINES: tuple[EngineName, ...] = ("compiled", "mesa")


def run_once(run: Run, engine: EngineName) -> Tables:
    """Simulate burn-in and plan on the engine of that name."""
    if engine == "mesa":
        from .agents import run_mesa

        return run_mesa(run)
    from .compiled import run_compiled

    return run_compiled(run)


def run_by_weeks(run: Run, engine: EngineName) -> Iterator[Tables]:
    """The firm on its first day, and then at the end of every week, to be looked at on the way.

    Look before the next week is asked for: the tables may be the same ones, which live on. Of their
    deals the first `keeping["deal_rows"]` rows are in use.
    """
    if engine == "mesa":
        from .agents import weeks_on_mesa

        return weeks_on_mesa(run)
    from .compiled import weeks_compiled

    return weeks_compiled(run)


def run_branches(run: Run, ideals: Iterable[Ideal], engine: EngineName) -> Iterator[Tables]:
    """A run, and then its plan with each set of ideals: quotas are held, and deals of past weeks dropped.

    What comes of a plan has the bits of `run_once`; burn-in is simulated once where it would be the same.
    """
    if engine == "mesa":
        from .agents import branch_mesa

        return branch_mesa(run, ideals)
    from .compiled import branch_compiled

    return branch_compiled(run, ideals)
