"""The causes of the gap, by dimension: those that the plan holds itself, and those that can be switched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from ..messages import chosen
from ..model.columns import names
from ..model.ideal import Ideal

THE_PLAN = "the plan"
LEVEL = 0.90  # of intervals of the gap, and of what steps gain


@dataclass(frozen=True)
class Cause:
    """One cause of the gap.

    Args:
        name: as people say it.
        dimension: the part of the firm that it belongs to.
        ideal: what holds where it is at its ideal, in a sentence.
        switch: the name of its switch; empty where it is computed and needs no run.
    """

    name: str
    dimension: str
    ideal: str
    switch: str = ""


OPTIMISM = Cause("optimism", THE_PLAN, "The plan promises what full execution brings, and no more.")
PAY_OFF_TARGET = Cause("pay above or below target", THE_PLAN, "Variable pay is paid at the on-target rate.")
SWITCHED = tuple(
    Cause(f.metadata["name"], f.metadata["dimension"], f.metadata["ideal"], f.name) for f in fields(Ideal)
)
CAUSES = (OPTIMISM, PAY_OFF_TARGET, *SWITCHED)
DIMENSIONS = tuple(dict.fromkeys(cause.dimension for cause in CAUSES))
SWITCHES = tuple(names(Ideal))


def named(cause: str, causes: Sequence[Cause] = CAUSES) -> Cause:
    """The cause of that name.

    Raises:
        SalesimError: another name.
    """
    name = chosen("cause", cause, tuple(c.name for c in causes))
    return next(c for c in causes if c.name == name)
