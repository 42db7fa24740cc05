"""Bind the one source of behaviours to an engine.

Every function of the model is plain Python. An engine rebuilds the functions that its entry needs,
each with globals of its own in which the names of other model functions stand for that engine's
versions: compiled ones, or calls of agents' methods. A rival takes the place of a rule wherever the
model names it; inside the rival that name still means the rule itself.
"""

from __future__ import annotations

import dis
import hashlib
from collections.abc import Callable, Mapping
from types import CodeType, FunctionType
from typing import Any, TypeGuard

PACKAGE = __name__.partition(".")[0]
Function = Callable[..., Any]
Wrap = Callable[[FunctionType], Any]
Rivals = tuple[tuple[Function, Function], ...]


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


def bind(
    entry: Function, wrap: Wrap, bound: dict[Function, Any], rivals: Mapping[Function, Function]
) -> Any:
    """Rebuild a function and all that it calls, and wrap each; `bound` collects what was made."""
    if entry not in bound:
        source = rivals.get(entry, entry)
        assert isinstance(source, FunctionType)
        names = {"__name__": source.__module__, "__builtins__": source.__globals__["__builtins__"]}
        for name in global_names(source):
            value = source.__globals__[name]
            if source is not entry and isinstance(value, FunctionType):
                others = {rule: rival for rule, rival in rivals.items() if rule is not entry}
                names[name] = bind(value, wrap, {}, others)
            else:
                names[name] = bind(value, wrap, bound, rivals) if is_shared(value) else value
        bound[entry] = wrap(_rebuilt(source, names))
    return bound[entry]


def _rebuilt(source: FunctionType, names: dict[str, Any]) -> FunctionType:
    rebuilt = FunctionType(
        source.__code__, names, source.__name__, source.__defaults__, source.__closure__
    )
    rebuilt.__qualname__ = source.__qualname__
    rebuilt.__doc__ = source.__doc__
    return rebuilt


def fingerprint_of(rivals: Rivals) -> str:
    """Hexadecimal digits that change when a rival, or anything that it reads, changes; "" for none."""
    if not rivals:
        return ""
    parts = sorted(f"{rule.__module__}.{rule.__name__}={_identity(rival)}" for rule, rival in rivals)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _identity(function: Function) -> str:
    """What a function does, as text: its code, and the values and functions that it reads."""
    assert isinstance(function, FunctionType)
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    read = [function.__globals__[name] for name in global_names(function)]
    values = [
        _identity(value) if isinstance(value, FunctionType) and not is_shared(value)
        else getattr(value, "__qualname__", None) or getattr(value, "__name__", None) or repr(value)
        for value in [*cells, *read, *(function.__defaults__ or ())]
    ]
    return repr((_code(function.__code__), values))


def _code(code: CodeType) -> tuple[Any, ...]:
    constants = [_code(c) if isinstance(c, CodeType) else c for c in code.co_consts]
    return code.co_code, constants, code.co_names, code.co_varnames
