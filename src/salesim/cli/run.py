"""`salesim run`: one firm, lived through as often as asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

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
    notes_said,
    program,
    seed_of,
    workers_of,
)

if TYPE_CHECKING:
    from ..outcomes.pair import Pair


@program.command()
def run(
    scenario: Scenario,
    policy: Policies = None,
    set_: Settings = None,
    replicates: Annotated[
        str, typer.Option(metavar="N", help="How often to run, each time with other luck.")
    ] = "20",
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Live through a plan, and say how much of its promise was realised."""
    from ..model.engine import ENGINES
    from ..scenario.load import load_scenario
    from ..scenario.refusal import chosen, whole_number
    from ..study.executor import cores
    from ..study.simulate import MOST_REPLICATES

    firm = load_scenario(scenario, policy, set_)
    asked = {
        "replicates": whole_number("--replicates", replicates, 1, MOST_REPLICATES),
        "seed": seed_of(seed),
        "engine": chosen("--engine", engine, ENGINES),
        "allow_code": allow_code,
        "workers": workers_of(workers) or (cores() if engine == "compiled" else 1),
    }
    _run(firm, Path(scenario).stem, asked, out, figures=figures, as_json=as_json, quiet=quiet)


def _run(
    firm: Any,
    name: str,
    asked: dict[str, Any],
    out: Path | None,
    *,
    figures: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    from ..scenario.rivals import named_rules, rival_rules
    from ..show.machine import as_object
    from ..study.folder import check_target, write_folder
    from ..study.keys import run_key
    from ..study.simulate import simulate

    rivals = rival_rules(named_rules(firm, allow_code=asked["allow_code"]))
    key = run_key(firm, asked["seed"], asked["replicates"], rivals)
    folder = out if out is not None else Path("results") / name / key
    check_target(folder, key)
    silent = quiet or as_json
    with notes_said():
        results = simulate(firm, **asked, watch=lambda pairs: _progress(pairs, asked, silent))
    described = as_object(name, results, str(folder))
    about = {"command": sys.argv[1:], "outcomes": described}
    new = write_folder(folder, results, key, about, partial(_draw, results) if figures else None)
    if as_json:
        print(json.dumps(described, indent=2))
    else:
        _show(results, f"{'Written to' if new else 'Already in'} {folder}", quiet=quiet)


def _draw(results: Any, folder: Path) -> None:
    from ..show.figures import write_figures

    write_figures(results, folder)


def _show(results: Any, where: str, *, quiet: bool) -> None:
    from ..show.tables import outcome_table
    from ..show.words import headline

    if quiet:
        print(headline(results))
        return
    console = Console()
    console.print(headline(results), style="bold", highlight=False, markup=False)
    console.print(outcome_table(results, console.width))
    console.print(where, highlight=False, soft_wrap=True, markup=False)


def _progress(pairs: Iterator[Pair], asked: dict[str, Any], silent: bool) -> Iterator[Pair]:
    """Show on standard error how far the work has come, when somebody is there to see it."""
    from .progress import shown

    say_if_compiling(asked["engine"], silent)
    yield from shown(pairs, "Living through the plan", asked["replicates"], silent=silent)


def say_if_compiling(engine: str, silent: bool) -> None:
    """Say why nothing moves for a while."""
    from ..model.compiled import is_compiled

    if not silent and engine == "compiled" and not is_compiled():
        print("Compiling the model for this machine: half a minute, this once ...", file=sys.stderr)
