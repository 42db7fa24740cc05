"""`salesim compare`: does a policy help, by how much, and how sure is that?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import refusal, whole_number
from .present import draw, present
from .program import (
    AllowCode,
    AsJson,
    Engine,
    Figures,
    Out,
    Policies,
    Quiet,
    Scenario,
    Seed,
    Settings,
    Workers,
    carried_out_by,
    notes_said,
    program,
    seed_of,
)
from .run import say_if_compiling
from .watching import watching

if TYPE_CHECKING:
    from ..analysis.comparing.comparison import Comparison
    from ..inputs.design import Study

GridOf = Annotated[
    list[str] | None,
    typer.Option("--grid", metavar="LEVER=V1,V2", help="Values of a lever; several are crossed."),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="What is compared; contribution unless given."),
]
Precision = Annotated[
    str, typer.Option(metavar="P", help="Half the 95% interval: points of the promise, or percent.")
]
Budget = Annotated[str, typer.Option(metavar="N", help="Replicates at most.")]
First = Annotated[
    str, typer.Option("--replicates", metavar="N", help="First replicates, which say how many it takes.")
]


@program.command()
def compare(
    scenario: Scenario,
    policy: Policies = None,
    grid: GridOf = None,
    outcome: Outcomes = None,
    precision: Precision = "1",
    budget: Budget = "400",
    first: First = "20",
    set_: Settings = None,
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare policies with today's firm, on the same random draws, until the difference is known."""
    from ..analysis.comparing.compared_study import Asked, comparison_study
    from ..inputs.replicating import FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT

    asked = Asked(
        outcomes=tuple(dict.fromkeys(outcome or ["contribution"])),
        precision=_number("--precision", precision),
        first=whole_number("--replicates", first, FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT),
        budget=whole_number("--budget", budget, FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT),
        seed=seed_of(seed),
    )
    study = comparison_study(scenario, policy or [], asked, _grid(grid or []), set_)
    how = carried_out_by(workers, engine, allow_code=allow_code)
    silent = quiet or as_json
    say_if_compiling(engine, silent)
    found = _compared(study, how, out, silent=silent)
    if figures:
        draw(found.sweep.folder, found, digest=found.sweep.digest)
    present(found if quiet else _with_divergences(found, how), as_json=as_json, quiet=quiet)


def _number(option: str, text: str) -> float:
    from ..errors import SalesimError

    try:
        return float(text)
    except ValueError:
        wrong, allowed = "not a number", "such as 1 or 0.5"
        raise SalesimError(refusal(option, "", wrong, given=text, allowed=allowed)) from None


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
            raise SalesimError(refusal("--grid", "", wrong, given=text, allowed=allowed))
        grid[path] = [_value(value.strip()) for value in values.split(",")]
    return grid


def _value(written: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written


def _compared(study: Study, how: dict[str, Any], out: Path | None, *, silent: bool) -> Comparison:
    from ..analysis.comparing.comparing import check_baseline, comparison_of
    from ..runs.sweep import sweep

    check_baseline(study, how["engine"], {}, allow_code=how["allow_code"])
    with notes_said():
        watch = watching("Comparing", silent=silent)
        return comparison_of(sweep(study, out=out, watch=watch, command=sys.argv[1:], **how))


def _with_divergences(found: Comparison, how: dict[str, Any]) -> Comparison:
    """The same with where each arm first differs from the baseline."""
    from ..analysis.comparing.comparing import divergences_of
    from ..runs.sweep import rivals_of

    rivals = rivals_of(found.sweep.study, {}, allow_code=how["allow_code"])
    return found.model_copy(update={"divergences": divergences_of(found, how["engine"], rivals)})
