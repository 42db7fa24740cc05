"""`salesim run`: one firm, simulated as often as asked."""

from __future__ import annotations

import shlex
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import whole_number
from .present import MAX_ROWS, draw, present
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
from .watching import watching

if TYPE_CHECKING:
    from ..inputs.design import Study
    from ..runs.runs import Runs


@program.command()
def run(
    scenario: Scenario,
    policy: Policies = None,
    set_: Settings = None,
    replicates: Annotated[
        str, typer.Option(metavar="N", help="How often to run, each time with other random draws.")
    ] = "20",
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    everything: Annotated[bool, typer.Option("--all", help="Show every outcome.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Simulate a firm: how much of its promise is realised."""
    from ..inputs.load import load_scenario
    from ..runs.one_firm import results_of, study_of_firm
    from ..runs.simulate import MOST_REPLICATES

    study = study_of_firm(
        load_scenario(scenario, policy, set_),
        Path(scenario).stem,
        whole_number("--replicates", replicates, 1, MOST_REPLICATES),
        seed_of(seed),
    )
    how = carried_out_by(workers, engine, allow_code=allow_code)
    if engine == "mesa" and not workers:
        how["workers"] = 1  # more are processes of their own, which take longer to start than a few runs
    say_if_compiling(engine, quiet or as_json)
    found = _carried_out(study, how, out, silent=quiet or as_json)
    results = results_of(found)
    if figures:
        draw(found.folder, results, digest=found.digest)
    present(results, as_json=as_json, quiet=quiet, most=None if everything else MAX_ROWS)
    if not (as_json or quiet or everything or results.reason):
        print(_next(scenario, policy or [], set_ or []))


def _carried_out(study: Study, how: dict[str, Any], out: Path | None, *, silent: bool) -> Runs:
    from ..runs.sweep import sweep

    with notes_said():
        watch = watching("Simulating", silent=silent)
        return sweep(study, out=out, watch=watch, command=sys.argv[1:], **how)


def _next(scenario: str, policies: list[str], settings: list[str]) -> str:
    """What to type to see why, and to see more."""
    pairs = [*(("--policy", policy) for policy in policies), *(("--set", setting) for setting in settings)]
    why = shlex.join(["salesim", "gap", scenario, *chain.from_iterable(pairs)])
    return f"Next: {why} (why it falls short); --all shows every outcome"


def say_if_compiling(engine: str, silent: bool) -> None:
    """Say why nothing moves for a while."""
    from ..model.compiled import is_compiled

    if not silent and engine == "compiled" and not is_compiled():
        print("Compiling the model for this machine: half a minute, this once ...", file=sys.stderr)
