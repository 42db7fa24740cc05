"""The order of the week, read from the code that runs it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import FunctionType

from rich.box import SIMPLE
from rich.table import Table

from ..model.binding import Function, global_names, is_shared
from ..model.week import week


def phases() -> Iterator[FunctionType]:
    """The phases in the order in which the week calls them."""
    for name in global_names(week):
        phase = getattr(inspect.getmodule(week), name)
        if is_shared(phase) and ".phases." in phase.__module__:
            yield phase


def first_sentence(phase: Function) -> str:
    """What happens in a phase."""
    return (inspect.getdoc(phase) or "").partition("\n")[0]


def week_table() -> Table:
    """The order of the week for the terminal."""
    table = Table(title="One week in the life of the firm", title_justify="left", box=SIMPLE)
    table.add_column("", justify="right")
    table.add_column("phase")
    table.add_column("what happens")
    for number, phase in enumerate(phases(), 1):
        table.add_row(str(number), phase.__name__, first_sentence(phase))
    return table
