"""`salesim compare`: does a policy help, by how much, and how sure is that?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..messages import error_text
from .options import Out, Policies, Running, Scenario, Seed, Settings, Showing, number
from .present import draw, present
from .program import command

GridOf = Annotated[
    list[str] | None,
    typer.Option("--grid", metavar="LEVER=V1,V2", help="Values of a lever; several are crossed."),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="What is compared; contribution unless given."),
]
Precision = Annotated[
    float, number("--precision", "P", "Half the 95% interval: points of the promise, or percent.", float)
]
Budget = Annotated[int, number("--budget", "N", "Replicates at most.")]
First = Annotated[int, number("--replicates", "N", "First replicates, which say how many it takes.")]


@command
def compare(
    scenario: Scenario,
    policy: Policies = None,
    grid: GridOf = None,
    outcome: Outcomes = None,
    precision: Precision = 1.0,
    budget: Budget = 400,
    first: First = 20,
    set_: Settings = None,
    seed: Seed = 1,
    out: Out = None,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Compare policies with today's firm, on the same random draws, until the difference is known."""
    from ..analysis.comparing.compared_study import ComparisonRequest, comparison_study
    from ..analysis.comparing.comparing import compared, divergences_of

    outcomes = tuple(dict.fromkeys(outcome or ["contribution"]))
    asked = ComparisonRequest(outcomes, precision, first, budget, seed)
    study = comparison_study(scenario, policy or [], asked, _grid(grid or []), set_)
    how = running.exec(silent=showing.silent)
    result = compared(study, out, how)
    if showing.figures:
        draw(result.sweep.folder, result, digest=result.sweep.digest)
    if not showing.quiet:
        result = result.model_copy(update={"divergences": divergences_of(result, how)})
    present(result, showing)


def _grid(written: list[str]) -> dict[str, list[Any]]:
    """Values of levers as they were written: numbers where they are, else names of modes.

    Raises:
        SalesimError: a text without values, or a lever that is written twice.
    """
    from ..errors import SalesimError

    grid: dict[str, list[Any]] = {}
    for text in written:
        path, _, values = text.partition("=")
        if not all(value.strip() for value in values.split(",")) or path in grid:
            wrong = "a lever twice" if path in grid else "no values"
            allowed = "once each, such as regime.discount_authority=0,0.1,0.2"
            raise SalesimError(error_text("--grid", "", wrong, given=text, allowed=allowed))
        grid[path] = [_value(value.strip()) for value in values.split(",")]
    return grid


def _value(written: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written
