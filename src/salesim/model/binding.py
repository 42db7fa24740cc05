"""Bind the one source of behaviours to an engine.

Every function of the model is plain Python. An engine rebuilds the functions that its entry needs,
each with globals of its own in which the names of other model functions stand for that engine's
versions: compiled ones, or calls of agents' methods.
"""

from __future__ import annotations

import dis
from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeGuard

PACKAGE = __name__.partition(".")[0]
Function = Callable[..., Any]
Wrap = Callable[[FunctionType], Any]


def is_shared(value: object) -> TypeGuard[FunctionType]:
    """Whether this is a function of the model, written in this package."""
    return isinstance(value, FunctionType) and value.__module__.partition(".")[0] == PACKAGE


def global_names(function: Function) -> list[str]:
    """The global names that a function reads, in the order of their first mention.

    Attribute names are left out: `customer.quote` is no mention of a function called `quote`.
    """
    assert isinstance(function, FunctionType)
    reads = (i.argval for i in dis.get_instructions(function) if i.opname == "LOAD_GLOBAL")
    return list(dict.fromkeys(name for name in reads if name in function.__globals__))


def bind(entry: Function, wrap: Wrap, bound: dict[Function, Any]) -> Any:
    """Rebuild a function and all that it calls, and wrap each; `bound` collects what was made."""
    assert isinstance(entry, FunctionType)
    if entry not in bound:
        names = {"__name__": entry.__module__, "__builtins__": entry.__globals__["__builtins__"]}
        for name in global_names(entry):
            value = entry.__globals__[name]
            names[name] = bind(value, wrap, bound) if is_shared(value) else value
        rebuilt = FunctionType(entry.__code__, names, entry.__name__, entry.__defaults__)
        rebuilt.__qualname__ = entry.__qualname__
        rebuilt.__doc__ = entry.__doc__
        bound[entry] = wrap(rebuilt)
    return bound[entry]
