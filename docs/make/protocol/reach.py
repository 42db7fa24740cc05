"""Who acts when, what that changes, which rules and draws it uses: read off the code of the model."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from salesim.model import initialise, luck, state, week
from salesim.model.binding import Function, global_names, is_shared
from salesim.model.columns import names
from salesim.show.week_order import phases

from .equations import tree_of

DRAWS = ("draws", "uniform")
Written = tuple[type, str]  # a kind of entity or record, and one of its columns


@dataclass(frozen=True)
class Draw:
    """A random draw: its purpose, by which function, and the rest of the address."""

    purpose: str
    by: Function
    occasion: str
    who: str


@cache
def steps() -> dict[str, Function]:
    """The start of the firm, the opening of a week and its phases, in their order."""
    every: tuple[Function, ...] = (initialise.initialise, week.open_week, *phases())
    return {step.__name__: step for step in every}


@cache
def reached(entry: Function) -> tuple[Function, ...]:
    """A function and all that it calls, in the order of their mention."""
    found: dict[Function, None] = {entry: None}
    for name in global_names(entry):
        called = entry.__globals__[name]
        if is_shared(called) and called not in found:
            found.update(dict.fromkeys(reached(called)))
    return tuple(found)


def is_rule(function: Function) -> bool:
    """Whether a function is a rule: it decides, and knows numbers only."""
    return ".rules." in function.__module__


def steps_with(function: Function) -> list[str]:
    """The steps that come to a function."""
    return [name for name, step in steps().items() if function in reached(step)]


@cache
def processes() -> tuple[Function, ...]:
    """Every function of the model that is no rule, in the order in which the steps come to it."""
    every = (function for step in steps().values() for function in reached(step))
    return tuple(dict.fromkeys(function for function in every if not is_rule(function)))


def rules_of(function: Function) -> list[Function]:
    """The rules that a function asks itself."""
    named = (function.__globals__[name] for name in global_names(function))
    return [each for each in named if is_shared(each) and is_rule(each)]


def written_by(function: Function) -> list[Written]:
    """The columns that a function sets itself."""
    kinds = _kinds(function)
    found: dict[Written, None] = {}
    for node in ast.walk(tree_of(function)):
        for target in _targets(node):
            if isinstance(target, ast.Attribute):
                for kind in _kinds_of(target.value, kinds):
                    if target.attr in names(kind):
                        found[kind, target.attr] = None
    return list(found)


def unknown_writes(function: Function) -> list[str]:
    """What a function sets that is no known column."""
    kinds = _kinds(function)
    return [
        ast.unparse(target)
        for node in ast.walk(tree_of(function))
        for target in _targets(node)
        if isinstance(target, ast.Attribute)
        and not any(target.attr in names(kind) for kind in _kinds_of(target.value, kinds))
    ]


@cache
def set_in() -> dict[Written, list[str]]:
    """For each column the steps that set it."""
    found: dict[Written, list[str]] = {}
    for name, step in steps().items():
        for function in reached(step):
            for column in written_by(function):
                if name not in found.setdefault(column, []):
                    found[column].append(name)
    return found


@cache
def draws() -> tuple[Draw, ...]:
    """Every place that draws random numbers, by purpose."""
    found = []
    for function in processes():
        for node in ast.walk(tree_of(function)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DRAWS:
                _, occasion, who, purpose = (ast.unparse(each) for each in node.args)
                if purpose in luck.PURPOSES:
                    found.append(Draw(purpose, function, occasion, who))
    return tuple(sorted(found, key=lambda draw: luck.PURPOSES[draw.purpose]))


def where_ideal(switch: str) -> list[Function]:
    """The functions in which a cause that is at its ideal acts."""
    return [f for f in processes() if f"firm.ideal.{switch}" in ast.unparse(tree_of(f))]


def tables() -> dict[str, type]:
    """The lists of a firm and what each holds."""
    hints = get_type_hints(state.Firm)
    return {name: get_args(hint)[0] for name, hint in hints.items() if get_args(hint)}


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [each for t in node.targets for each in (t.elts if isinstance(t, ast.Tuple) else [t])]
    return [node.target] if isinstance(node, ast.AugAssign) else []


def _kinds(function: Function) -> dict[str, tuple[type, ...]]:
    """What the names in a function stand for, as far as they are entities or records."""
    hints: dict[str, Any] = get_type_hints(function)
    found = {name: get_args(hint) or (hint,) for name, hint in hints.items()}
    for node in ast.walk(tree_of(function)):
        for name, value in _named(node):
            kinds = _kinds_of(value, found)
            if kinds:
                found[name] = kinds
    return {name: tuple(filter(is_dataclass, kinds)) for name, kinds in found.items()}


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        yield node.targets[0].id, node.value
    if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
        yield node.target.id, node.iter


def _kinds_of(value: ast.expr, kinds: dict[str, tuple[type, ...]]) -> tuple[type, ...]:
    """The kinds that an expression may stand for: a name, a list of the firm, or a place in it."""
    if isinstance(value, ast.Subscript):
        return _kinds_of(value.value, kinds)
    if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name) and value.value.id == "firm":
        return (tables()[value.attr],) if value.attr in tables() else ()
    return kinds.get(value.id, ()) if isinstance(value, ast.Name) else ()
