"""The program that every command belongs to."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from ..errors import ImplausibleWarning
from ..messages import shown

WHY = "Why sales strategies realise only part of what they promise, and what would change it."

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


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a function a command; a parameter that is a dataclass becomes an option a field."""
    hints: dict[str, Any] = get_type_hints(function, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(function)
    def called(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{each.name: given.pop(each.name) for each in fields(kind)})
        with _notes_said():
            function(**given)

    parameters = [each for one in signature(function).parameters.values() for each in _options(one, hints)]
    vars(called)["__signature__"] = Signature(parameters)
    called.__annotations__ = {each.name: each.annotation for each in parameters}
    return program.command()(called)


def _options(parameter: Parameter, hints: dict[str, Any]) -> Iterator[Parameter]:
    kind = hints[parameter.name]
    if not is_dataclass(kind):
        yield parameter.replace(annotation=kind)
        return
    types = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        yield parameter.replace(name=each.name, default=each.default, annotation=types[each.name])


@contextmanager
def _notes_said() -> Iterator[None]:
    """Say what the work warns of on standard error, a line each and each once."""
    told: set[str] = set()

    def say(message: Warning | str, category: type[Warning], *_: Any) -> None:
        word = "Warning" if issubclass(category, ImplausibleWarning) else "Note"
        line = f"{word}: {shown(str(message), None)}"
        if line not in told:
            print(line, file=sys.stderr, flush=True)
        told.add(line)

    with warnings.catch_warnings():
        warnings.showwarning = say  # type: ignore[assignment]  # Python gives no names
        yield
