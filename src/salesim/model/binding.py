"""Bind the one source of behaviours to an engine.

Every function of the model is plain Python. An engine rebuilds the functions that its entry needs,
each with globals of its own in which the names of other model functions stand for that engine's
versions: compiled ones, or calls of agents' methods. A rival takes the place of a rule wherever the
model names it; inside the rival that name still means the rule itself.
"""

from __future__ import annotations

import dis
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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
    """The global names that a function reads, inner functions included, in the order of their mention.

    Attribute names are left out: `customer.quote` is no mention of a function called `quote`.
    """
    assert isinstance(function, FunctionType)
    reads = (
        instruction.argval
        for code in codes_of(function.__code__)
        for instruction in dis.get_instructions(code)
        if instruction.opname == "LOAD_GLOBAL"
    )
    return list(dict.fromkeys(name for name in reads if name in function.__globals__))


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of all functions, lambdas and comprehensions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_of(constant)


def bind(
    entry: Function, wrap: Wrap, bound: dict[Function, Any], rivals: Mapping[Function, Function]
) -> Any:
    """Rebuild a function and all that it calls, and wrap each; `bound` collects what was made."""
    if entry not in bound:
        source = rivals.get(entry, entry)
        assert isinstance(source, FunctionType)
        names = dict(source.__globals__)
        bound[entry] = wrap(_rebuilt(source, names))
        for name in global_names(source):
            value = source.__globals__[name]
            if source is not entry and value is entry:
                others = {rule: rival for rule, rival in rivals.items() if rule is not entry}
                names[name] = bind(value, wrap, {}, others)
            elif is_shared(value) or _is_neighbour(value, source):
                names[name] = bind(value, wrap, bound, rivals)
    return bound[entry]


def callers_of(entry: Function, rivals: Mapping[Function, Function]) -> Counter[CodeType]:
    """How many functions call each of those that an entry needs, by the code that runs."""
    callers: Counter[CodeType] = Counter()
    waiting = [rivals.get(entry, entry)]
    for source in waiting:
        assert isinstance(source, FunctionType)
        for value in (source.__globals__[name] for name in global_names(source)):
            if is_shared(value):
                called = rivals.get(value, value)
                callers[called.__code__] += 1
                if called not in waiting:
                    waiting.append(called)
    return callers


def _is_neighbour(value: object, source: FunctionType) -> TypeGuard[FunctionType]:
    """Whether this is a function of the same file: a rival's helper."""
    return isinstance(value, FunctionType) and value.__globals__ is source.__globals__


def _rebuilt(source: FunctionType, names: dict[str, Any]) -> FunctionType:
    rebuilt = FunctionType(source.__code__, names, source.__name__, source.__defaults__, source.__closure__)
    rebuilt.__kwdefaults__ = source.__kwdefaults__
    rebuilt.__qualname__ = source.__qualname__
    rebuilt.__doc__ = source.__doc__
    return rebuilt
