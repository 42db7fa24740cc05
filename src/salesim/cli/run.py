"""`salesim run`: one firm, simulated as often as asked."""

from __future__ import annotations

import shlex
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from ..messages import shown
from .options import Out, Policies, Running, Scenario, Seed, Settings, Showing, number
from .present import MAX_ROWS, draw, present
from .program import command

Replicates = Annotated[
    int, number("--replicates", "N", "How often to run, each time with other random draws.")
]


@command
def run(
    scenario: Scenario,
    policy: Policies = None,
    set_: Settings = None,
    replicates: Replicates = 20,
    seed: Seed = 1,
    out: Out = None,
    running: Running = Running(),
    showing: Showing = Showing(),
    everything: Annotated[bool, typer.Option("--all", help="Show every outcome.")] = False,
) -> None:
    """Simulate a firm: how much of its promise is realised."""
    from ..inputs.load import load_scenario
    from ..runs.one_firm import results_of, study_of_firm
    from ..runs.sweep import sweep

    study = study_of_firm(load_scenario(scenario, policy, set_), Path(scenario).stem, replicates, seed)
    how = running.exec(silent=showing.silent)
    if how.engine == "mesa" and how.workers is None:
        how = replace(how, workers=1)  # more are processes, which take longer to start than a few runs
    runs = sweep(study, out=out, how=how)
    results = results_of(runs)
    if showing.figures:
        draw(runs.folder, results, digest=runs.digest)
    present(results, showing, most=None if everything else MAX_ROWS)
    if not (showing.silent or everything or results.reason):
        print(shown(_next(scenario, policy or [], set_ or []), None))


def _next(scenario: str, policies: list[str], settings: list[str]) -> str:
    """What to type to see why, and to see more."""
    pairs = [*(("--policy", policy) for policy in policies), *(("--set", setting) for setting in settings)]
    why = shlex.join(["salesim", "gap", scenario, *chain.from_iterable(pairs)])
    return f"Next: {why} (why it falls short); --all shows every outcome"
