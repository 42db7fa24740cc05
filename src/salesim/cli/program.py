"""The program that every command belongs to, and the options that several share."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ..messages import chosen, whole_number

WHY = "Why sales strategies realise only part of what they promise, and what would change it."
SCENARIO = "A scenario: a TOML file, or the name of one that comes with salesim, such as typical_firm."

Policies = Annotated[
    list[str] | None,
    typer.Option("--policy", metavar="FILE", help="A policy, by file or name. May be repeated."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="One number of the firm. May be repeated."),
]
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help=SCENARIO)]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Results folder; below results/ unless said otherwise."),
]


def _newest(folder: Path) -> Path:
    from ..runs.folder import folder_at

    return folder_at(folder)


Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        callback=_newest,
        help="What run, sweep, compare, gap, screen or evidence has left; or results/NAME/latest.",
    ),
]
Seed = Annotated[str, typer.Option(metavar="S", help="Random seed.")]
Workers = Annotated[
    str, typer.Option(metavar="N", help="Runs at a time; as many as there are cores unless said otherwise.")
]
Engine = Annotated[
    str, typer.Option(metavar="compiled|mesa", help="Fast, or readable; both give the same bits.")
]
AllowCode = Annotated[
    bool, typer.Option("--allow-code", help="Import the rules that the scenario names and run them.")
]
Figures = Annotated[bool, typer.Option("--figures/--no-figures", help="Draw the figures too.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print the sentence only.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")]

WIDE = 150  # where nobody looks at a terminal, lines need not be broken

program = typer.Typer(
    help=WHY,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from ..runs.manifest import salesim_version

        print(f"salesim {salesim_version()}")
        raise typer.Exit


@program.callback(help=WHY)
def salesim(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Hold the commands together."""


@contextmanager
def notes_said() -> Iterator[None]:
    """Say what the work warns of on standard error, a line each, when it is done."""
    with warnings.catch_warnings(record=True) as notes:
        yield
    for note in notes:
        print(f"Note: {note.message}", file=sys.stderr)


def console_for_tables() -> Console:
    """Where tables are shown: as wide as the terminal, or wide enough where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=max(console.width, WIDE))


def carried_out_by(workers: str, engine: str, *, allow_code: bool) -> dict[str, Any]:
    """How runs are to be carried out, as `sweep` takes it."""
    from ..model.engine import ENGINES

    return {
        "workers": workers_of(workers),
        "engine": chosen("--engine", engine, ENGINES),
        "allow_code": allow_code,
    }


def workers_of(written: str) -> int | None:
    """The number of workers asked for, if any."""
    from ..runs.executor import MOST_WORKERS

    return whole_number("--workers", written, 1, MOST_WORKERS) if written else None


def seed_of(written: str) -> int:
    """Random seed, as it was asked for."""
    from ..runs.simulate import LARGEST_SEED

    return whole_number("--seed", written, 0, LARGEST_SEED)
