"""The command line: what was asked, done, and shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from .errors import SalesimError

if TYPE_CHECKING:
    from .study.simulate import Pair

app = typer.Typer(
    help="Why sales strategies realise only part of what they promise, and what would change it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Engine(StrEnum):
    """The two ways to run the model; both give the same bits."""

    compiled = "compiled"
    mesa = "mesa"


def _print_version(wanted: bool) -> None:
    if wanted:
        from .study.folder import salesim_version

        print(f"salesim {salesim_version()}")
        raise typer.Exit


@app.callback()
def salesim(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Why sales strategies realise only part of what they promise, and what would change it."""


@app.command()
def run(
    scenario: Annotated[Path, typer.Argument(help="A scenario: a TOML file.")],
    policy: Annotated[
        list[Path] | None,
        typer.Option(help="A policy: a TOML file that changes levers. May be repeated."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="One number, as PATH=VALUE. May be repeated.", metavar="PATH=VALUE"),
    ] = None,
    replicates: Annotated[int, typer.Option(help="How often to run, each with luck of its own.")] = 20,
    seed: Annotated[int, typer.Option(help="Where all luck starts.")] = 1,
    engine: Annotated[Engine, typer.Option(help="Both give the same results.")] = Engine.compiled,
    out: Annotated[
        Path | None,
        typer.Option(help="Results folder; results/SCENARIO/HASH unless said otherwise."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the sentence only.")] = False,
) -> None:
    """Live through a plan, and say how much of its promise was realised."""
    from .scenario.load import load_scenario
    from .show import figures, machine, tables, words
    from .study.folder import check_target, run_key, write_folder
    from .study.simulate import check_counts, simulate

    firm = load_scenario(scenario, policy, set_)
    check_counts(replicates, seed)
    key = run_key(firm, seed, replicates)
    folder = out if out is not None else Path("results") / scenario.stem / key
    check_target(folder, key)
    silent = quiet or as_json
    results = simulate(
        firm, replicates=replicates, seed=seed, engine=engine.value,
        watch=lambda pairs: _progress(pairs, replicates, engine, silent),
    )
    described = machine.as_json(scenario.stem, results, str(folder))
    new = write_folder(
        folder, results, key, {"command": sys.argv[1:], "outcomes": described},
        lambda path: figures.promised_and_realised(results, path),
    )
    if as_json:
        print(json.dumps(described, indent=2))
        return
    console = Console()
    console.print(words.headline(results), style=None if quiet else "bold", highlight=False)
    if not quiet:
        console.print(tables.outcome_table(results))
        console.print(
            f"{'Written to' if new else 'Already in'} {folder}", highlight=False, soft_wrap=True
        )


def _progress(
    pairs: Iterator[Pair], replicates: int, engine: Engine, silent: bool
) -> Iterator[Pair]:
    """Show on standard error how far the work has come, when somebody is there to see it."""
    from rich.progress import track

    from .model.compiled import is_compiled

    console = Console(stderr=True)
    if not silent and engine is Engine.compiled and not is_compiled():
        console.print("Compiling the model for this machine; this happens once ...")
    return iter(track(
        pairs, "Living through the plan", replicates, console=console, transient=True,
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
        app()
    except SalesimError as error:
        for line in str(error).splitlines():
            print(f"Error: {line}", file=sys.stderr)
        sys.exit(2)
