"""The command line: what was asked, done, and shown."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from .errors import SalesimError

if TYPE_CHECKING:
    from .study.simulate import Pair

WHY = "Why sales strategies realise only part of what they promise, and what would change it."

app = typer.Typer(
    help=WHY, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from .study.folder import salesim_version

        print(f"salesim {salesim_version()}")
        raise typer.Exit


@app.callback(help=WHY)
def salesim(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Hold the commands together."""


@app.command()
def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario: a TOML file.")],
    policy: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A policy: a TOML file that changes levers. May be repeated."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="One number of the firm. May be repeated."),
    ] = None,
    replicates: Annotated[
        str, typer.Option(metavar="N", help="How often to run, each time with other luck.")
    ] = "20",
    seed: Annotated[str, typer.Option(metavar="S", help="Where all luck starts.")] = "1",
    engine: Annotated[
        str, typer.Option(metavar="compiled|mesa", help="Fast, or readable; both give the same bits.")
    ] = "compiled",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Results folder; results/SCENARIO/HASH unless said otherwise."),
    ] = None,
    allow_code: Annotated[
        bool, typer.Option("--allow-code", help="Import the rules that the scenario names and run them.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the sentence only.")] = False,
) -> None:
    """Live through a plan, and say how much of its promise was realised."""
    from .model.engine import ENGINES
    from .scenario.load import load_scenario
    from .scenario.refusal import chosen, whole_number
    from .study.simulate import LARGEST_SEED, MOST_REPLICATES

    firm = load_scenario(scenario, policy, set_)
    asked = {
        "replicates": whole_number("--replicates", replicates, 1, MOST_REPLICATES),
        "seed": whole_number("--seed", seed, 0, LARGEST_SEED),
        "engine": chosen("--engine", engine, ENGINES),
        "allow_code": allow_code,
    }
    _run(firm, scenario.stem, asked, out, as_json=as_json, quiet=quiet)


def _run(
    firm: Any, name: str, asked: dict[str, Any], out: Path | None, *, as_json: bool, quiet: bool
) -> None:
    from .scenario.rivals import named_rules, rival_rules
    from .show.machine import as_object
    from .study.folder import check_target, run_key, write_folder
    from .study.simulate import simulate

    rivals = rival_rules(named_rules(firm, allow_code=asked["allow_code"]))
    key = run_key(firm, asked["seed"], asked["replicates"], rivals)
    folder = out if out is not None else Path("results") / name / key
    check_target(folder, key)
    silent = quiet or as_json
    with warnings.catch_warnings(record=True) as notes:
        results = simulate(firm, **asked, watch=lambda pairs: _progress(pairs, asked, silent))
    for note in notes:
        print(f"Note: {note.message}", file=sys.stderr)
    described = as_object(name, results, str(folder))
    about = {"command": sys.argv[1:], "outcomes": described}
    new = write_folder(folder, results, key, about, lambda path: _draw(results, path))
    if as_json:
        print(json.dumps(described, indent=2))
    else:
        _show(results, f"{'Written to' if new else 'Already in'} {folder}", quiet=quiet)


def _draw(results: Any, folder: Path) -> None:
    from .show.figures import write_figures

    write_figures(results, folder)


def _show(results: Any, where: str, *, quiet: bool) -> None:
    from .show.tables import outcome_table
    from .show.words import headline

    if quiet:
        print(headline(results))
        return
    console = Console()
    console.print(headline(results), style="bold", highlight=False, markup=False)
    console.print(outcome_table(results, console.width))
    console.print(where, highlight=False, soft_wrap=True, markup=False)


def _progress(pairs: Iterator[Pair], asked: dict[str, Any], silent: bool) -> Iterator[Pair]:
    """Show on standard error how far the work has come, when somebody is there to see it."""
    from rich.progress import track

    from .model.compiled import is_compiled

    console = Console(stderr=True)
    if not silent and asked["engine"] == "compiled" and not is_compiled():
        console.print("Compiling the model for this machine: half a minute, this once ...")
    return iter(track(
        pairs, "Living through the plan", asked["replicates"], console=console, transient=True,
        disable=silent or not console.is_terminal,
    ))


@app.command()
def week() -> None:
    """Show the order of the week, read from the code that runs it."""
    from .show.tables import week_table

    Console().print(week_table())


def main() -> None:
    """Run the command line; input that cannot be used ends with one message and exit code 2."""
    try:
        app(prog_name="salesim")
    except SalesimError as error:
        for line in str(error).splitlines():
            print(f"Error: {line}", file=sys.stderr)
        sys.exit(2)
