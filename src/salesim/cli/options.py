"""The options that several commands share; those that belong together are one parameter of a command."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import SalesimError
from ..messages import chosen, error_text

if TYPE_CHECKING:
    from ..runs.exec import Exec


def number(option: str, metavar: str, help: str, kind: type[int] | type[float] = int) -> Any:
    """An option that takes a whole number, or another one; its range is known to what it is for."""

    def read(text: str) -> int | float:
        try:
            return kind(text)
        except ValueError:
            wrong, allowed = ("not a number", "such as 1 or 0.5")
            if kind is int:
                wrong, allowed = "not a whole number", "a whole number"
            raise SalesimError(error_text(option, "", wrong, given=text, allowed=allowed)) from None

    return typer.Option(option, metavar=metavar, help=help, parser=read)


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


FOLDER = "What run, sweep, compare, gap, screen or evidence has left; or results/NAME/latest."


def newest(folder: Path | None) -> Path | None:
    """The folder that somebody names, which may be results/NAME/latest."""
    from ..runs.folder import folder_at

    return None if folder is None else folder_at(folder)


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", callback=newest, help=FOLDER)]
Seed = Annotated[int, number("--seed", "S", "Random seed.")]
Workers = Annotated[
    int | None,
    number("--workers", "N", "Runs at a time; as many as there are cores unless said otherwise."),
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


@dataclass(frozen=True)
class Running:
    """How runs are carried out, as options."""

    engine: Engine = "compiled"
    workers: Workers = None
    allow_code: AllowCode = False

    def exec(self, *, silent: bool) -> Exec:
        """The same as verbs take it.

        Raises:
            SalesimError: another engine, or a number of workers that is out of range.
        """
        from ..model.engine import ENGINES
        from ..runs.exec import Exec, to_stderr
        from .watching import unsaid, watch

        return Exec(
            workers=self.workers,
            engine=chosen("--engine", self.engine, ENGINES),
            allow_code=self.allow_code,
            watch=partial(watch, silent=silent),
            say=unsaid if silent else to_stderr,
            command=sys.argv[1:],
        )


@dataclass(frozen=True)
class Showing:
    """How a result is shown, as options."""

    figures: Figures = True
    as_json: AsJson = False
    quiet: Quiet = False

    @property
    def silent(self) -> bool:
        """Whether progress is left out."""
        return self.quiet or self.as_json
