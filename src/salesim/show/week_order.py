"""The order of the week, read from the code that runs it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import FunctionType

from ..model.binding import Function, global_names, is_shared
from ..model.week import week
from ..table import Head, Table, listed


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
    rows = ((str(n), phase.__name__, first_sentence(phase)) for n, phase in enumerate(phases(), 1))
    heads = [Head("", right=True), Head("phase"), Head("what happens")]
    return listed(heads, rows, "One week in the life of the firm")
