"""`salesim screen`: which of the numbers that nobody has measured move the answer?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Out, Policies, Running, Scenario, Seed, Settings, Showing, number
from .present import draw, present
from .program import command

OutcomeOf = Annotated[str, typer.Option("--outcome", metavar="NAME", help="What is moved: a number.")]
Over = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WHAT",
        help="What is moved: assumed (unless said otherwise), all, a group or a number. May be repeated.",
    ),
]
Trajectories = Annotated[
    int, number("--trajectories", "N", "Ways through the ranges, each of which moves every number once.")
]
Levels = Annotated[int, number("--levels", "N", "Places along each range, an even number.")]
Replicates = Annotated[int, number("--replicates", "N", "How often each point is run; 2 or more.")]


@command
def screen(
    scenario: Scenario = "typical_firm",
    policy: Policies = None,
    set_: Settings = None,
    outcome: OutcomeOf = "realisation_ratio",
    over: Over = None,
    trajectories: Trajectories = 20,
    levels: Levels = 6,
    replicates: Replicates = 2,
    seed: Seed = 1,
    out: Out = None,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Find which parameters that nobody has measured move an outcome most (Morris 1991)."""
    from ..analysis.screening.screen import screening_of
    from ..analysis.screening.screening_study import Layout, screening_study
    from ..inputs.load import load_scenario
    from ..runs.sweep import sweep

    groups = tuple(dict.fromkeys(over or ["assumed"]))
    asked = Layout(outcome, groups, trajectories, levels, replicates, seed)
    study = screening_study(load_scenario(scenario, policy, set_), Path(scenario).stem, asked)
    runs = sweep(study, out=out, how=running.exec(silent=showing.silent))
    result = screening_of(runs)
    if showing.figures:
        draw(runs.folder, result, digest=runs.digest)
    present(result, showing)
