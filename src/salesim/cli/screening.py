"""`salesim screen`: which of the numbers that nobody has measured move the answer?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import whole_number
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
    from ..inputs.design import Study
    from ..runs.runs import Runs

OutcomeOf = Annotated[str, typer.Option("--outcome", metavar="NAME", help="What is moved: a number.")]
Over = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WHAT",
        help="What is moved: assumed (unless said otherwise), all, a group or a number. May be repeated.",
    ),
]
Trajectories = Annotated[
    str, typer.Option(metavar="N", help="Ways through the ranges, each of which moves every number once.")
]
Levels = Annotated[str, typer.Option(metavar="N", help="Places along each range, an even number.")]
Replicates = Annotated[str, typer.Option(metavar="N", help="How often each point is run; 2 or more.")]


@program.command()
def screen(
    scenario: Scenario = "typical_firm",
    policy: Policies = None,
    set_: Settings = None,
    outcome: OutcomeOf = "realisation_ratio",
    over: Over = None,
    trajectories: Trajectories = "20",
    levels: Levels = "6",
    replicates: Replicates = "2",
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find which parameters that nobody has measured move an outcome most (Morris 1991)."""
    from ..analysis.screening.screen import screening_of
    from ..analysis.screening.screening_study import Asked, screening_study
    from ..inputs.load import load_scenario

    counts = _counts(trajectories, levels, replicates, seed)
    asked = Asked(outcome=outcome, over=tuple(dict.fromkeys(over or ["assumed"])), **counts)
    study = screening_study(load_scenario(scenario, policy, set_), Path(scenario).stem, asked)
    how = carried_out_by(workers, engine, allow_code=allow_code)
    say_if_compiling(engine, quiet or as_json)
    runs = _screened(study, how, out, silent=quiet or as_json)
    found = screening_of(runs)
    if figures:
        draw(runs.folder, found, digest=runs.digest)
    present(found, as_json=as_json, quiet=quiet)


def _counts(trajectories: str, levels: str, replicates: str, seed: str) -> dict[str, int]:
    """How it is laid out, as numbers."""
    from ..analysis.screening.screening_study import (
        FEWEST,
        FEWEST_LEVELS,
        MOST,
        MOST_LEVELS,
        MOST_REPLICATES,
    )
    from ..inputs.replicating import FEWEST_FOR_AN_INTERVAL

    return {
        "trajectories": whole_number("--trajectories", trajectories, FEWEST, MOST),
        "levels": whole_number("--levels", levels, FEWEST_LEVELS, MOST_LEVELS),
        "replicates": whole_number("--replicates", replicates, FEWEST_FOR_AN_INTERVAL, MOST_REPLICATES),
        "seed": seed_of(seed),
    }


def _screened(study: Study, how: dict[str, Any], out: Path | None, *, silent: bool) -> Runs:
    """Run every point of every trajectory."""
    from ..runs.sweep import sweep

    with notes_said():
        watch = watching("Screening", silent=silent)
        return sweep(study, out=out, watch=watch, command=sys.argv[1:], **how)
