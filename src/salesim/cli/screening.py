"""`salesim screen`: which of the numbers that nobody has measured move the answer?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .present import draw
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
    console_for_tables,
    notes_said,
    program,
    seed_of,
)
from .run import say_if_compiling
from .watching import watching

if TYPE_CHECKING:
    from ..study.screening.screening import Screening
    from ..study.sweeps.design import Study

MOST_ROWS = 20

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
Replicates = Annotated[
    str, typer.Option(metavar="N", help="How often each point is lived through; 2 or more.")
]


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
    """Find which numbers that nobody has measured move an outcome most (Morris 1991)."""
    from ..scenario.load import load_scenario
    from ..study.screening.designing import Asked, screening_study

    counts = _counts(trajectories, levels, replicates, seed)
    asked = Asked(outcome=outcome, over=tuple(dict.fromkeys(over or ["assumed"])), **counts)
    name = Path(scenario).stem
    study = screening_study(load_scenario(scenario, policy, set_), name, asked)
    how = carried_out_by(workers, engine, allow_code=allow_code)
    say_if_compiling(engine, quiet or as_json)
    found, folder = _screened(study, how, out, silent=quiet or as_json, figures=figures)
    _show(name, found, folder, as_json=as_json, quiet=quiet)


def _counts(trajectories: str, levels: str, replicates: str, seed: str) -> dict[str, int]:
    """How it is laid out, as numbers."""
    from ..scenario.refusal import whole_number
    from ..study.screening.designing import FEWEST, FEWEST_LEVELS, MOST, MOST_LEVELS, MOST_REPLICATES
    from ..study.sweeps.replicating import FEWEST_FOR_AN_INTERVAL

    return {
        "trajectories": whole_number("--trajectories", trajectories, FEWEST, MOST),
        "levels": whole_number("--levels", levels, FEWEST_LEVELS, MOST_LEVELS),
        "replicates": whole_number("--replicates", replicates, FEWEST_FOR_AN_INTERVAL, MOST_REPLICATES),
        "seed": seed_of(seed),
    }


def _screened(
    study: Study, how: dict[str, Any], out: Path | None, *, silent: bool, figures: bool
) -> tuple[Screening, Path]:
    """Live through every point of every trajectory, and measure what each step did."""
    from ..study.screening.screening import screening_of
    from ..study.sweeps.sweep import sweep

    with notes_said():
        watch = watching("Screening", silent=silent)
        runs = sweep(study, out=out, watch=watch, command=sys.argv[1:], **how)
    found = screening_of(runs)
    if figures:
        draw(runs.folder, runs.digest, found)
    return found, runs.folder


def _show(name: str, found: Screening, folder: Path, *, as_json: bool, quiet: bool) -> None:
    from ..show.screening import headline, screening_object, screening_table, sentences

    if as_json:
        print(json.dumps(screening_object(name, found, str(folder)), indent=2))
        return
    if quiet:
        print(headline(found))
        return
    console = console_for_tables()
    first, *others = sentences(found)
    console.print(first, style="bold", highlight=False, markup=False)
    console.print(screening_table(found, MOST_ROWS))
    for sentence in others:
        console.print(sentence, highlight=False, markup=False)
    console.print(f"In {folder}", highlight=False, soft_wrap=True, markup=False)
