"""What a function of the model computes, as plain text that is read off its code."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from types import ModuleType

from salesim.inputs.declared import group_names
from salesim.model.binding import Function
from salesim.model.scenario import is_group

PLAIN = {"at_least": "max", "at_most": "min", "log": "ln", "int": "floor"}
PAPER = {" == ": " is ", " // ": " div ", " % ": " mod ", "True": "yes", "False": "no"}
GROUPS = tuple(group_names())
EVERYWHERE = ("scenario", "firm")  # what is handed to every function of the week says nothing


@cache
def tree_of(function: Function) -> ast.FunctionDef:
    """The code of a function."""
    found = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(found, ast.FunctionDef)
    return found


def saying(function: Function | ModuleType | type) -> str:
    """Everything that is said of a function or an entity, on one line."""
    return " ".join((inspect.getdoc(function) or "").split())


def arguments_of(function: Function) -> list[str]:
    """What a function is told, parameters aside."""
    return [a.arg for a in tree_of(function).args.args if not _is_of_the_firm(a, function)]


def _is_of_the_firm(argument: ast.arg, function: Function) -> bool:
    """Whether an argument hands over the parameters, or the firm itself."""
    said = argument.annotation
    kind = function.__globals__.get(said.id) if isinstance(said, ast.Name) else None
    return is_group(kind) or argument.arg in EVERYWHERE


def equation(function: Function) -> str:
    """The function as text: its name, what it is told, and line by line what it computes."""
    head = f"{function.__name__}({', '.join(arguments_of(function))})"
    given = {a.arg for a in tree_of(function).args.args if _is_of_the_firm(a, function)} - {"firm"}
    body = _Plain(given, dict(_aliases(function))).visit(deepcopy(tree_of(function))).body
    return "\n".join([head, *_lines(body, "    ")])


def _aliases(function: Function) -> Iterator[tuple[str, str]]:
    """Names that a function gives to groups of numbers."""
    for node in ast.walk(tree_of(function)):
        if isinstance(node, ast.Assign):
            for target, value in zip(_each(node.targets[0]), _each(node.value), strict=False):
                if isinstance(target, ast.Name) and _group_of(value) in GROUPS:
                    yield target.id, _group_of(value)


def _group_of(node: ast.expr) -> str:
    """The group that an expression such as `scenario.pay` stands for; or nothing."""
    named = isinstance(node, ast.Attribute) and ast.unparse(node.value) == "scenario"
    return node.attr if named and isinstance(node, ast.Attribute) else ""


def constants_of(module: ModuleType) -> dict[str, float]:
    """The numbers that a file names for itself, such as the code of a mode."""
    found: dict[str, float] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            for name in ast.walk(target):
                if isinstance(name, ast.Name) and isinstance(getattr(module, name.id), int | float):
                    found[name.id] = getattr(module, name.id)
    return found


class _Plain(ast.NodeTransformer):
    """Parameters by their names alone, and functions as they are written on paper."""

    def __init__(self, given: set[str], aliases: dict[str, str]) -> None:
        self.given = given
        self.aliases = aliases

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A group of numbers has one name."""
        return ast.Name(self.aliases.get(node.id, node.id))

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """A parameter or a constant stands for itself."""
        self.generic_visit(node)
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return ast.Name(node.attr) if owner == "math" or owner in self.given else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A number stays one whatever its type; bounds and powers have short names."""
        node.args = [each for each in node.args if not self._is_of_the_firm(each)]
        self.generic_visit(node)
        if not isinstance(node.func, ast.Name):
            return node
        if node.func.id == "float":
            return node.args[0]
        return ast.Call(ast.Name(PLAIN.get(node.func.id, node.func.id)), node.args, [])

    def _is_of_the_firm(self, node: ast.expr) -> bool:
        """Whether something handed on is the firm, its luck, or some or all of its parameters."""
        if isinstance(node, ast.Attribute):
            return _group_of(node) in GROUPS or ast.unparse(node) == "firm.luck"
        return isinstance(node, ast.Name) and node.id in {*self.given, *self.aliases, *EVERYWHERE}

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Whole numbers without a point."""
        whole = isinstance(node.value, float) and node.value == int(node.value)
        return ast.Constant(int(node.value)) if whole else node  # type: ignore[arg-type]


def _lines(body: list[ast.stmt], margin: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        inner = getattr(node, "body", None)
        if inner is None:
            said = _text(node)
            if len(set(said.split(" = "))) > 1 or " = " not in said:  # no name for what has that name
                yield margin + said
            continue
        yield from _branch(node, _head(node), inner, margin)
        others = getattr(node, "orelse", [])
        if others and not (len(others) == 1 and isinstance(others[0], ast.If)):
            yield from _branch(node, "otherwise", others, margin)
        elif others:
            first, *rest = _lines(others, margin)
            yield f"{margin}otherwise {first.lstrip()}"
            yield from rest


def _branch(node: ast.stmt, head: str, body: list[ast.stmt], margin: str) -> Iterator[str]:
    inner = list(_lines(body, margin + "    "))
    if len(inner) == 1 and not isinstance(node, ast.For | ast.While):
        yield f"{margin}{head}: {inner[0].lstrip()}"
        return
    yield f"{margin}{head}:"
    yield from inner


def _head(node: ast.stmt) -> str:
    if isinstance(node, ast.If):
        return f"if {_text(node.test)}"
    if isinstance(node, ast.While):
        return f"while {_text(node.test)}"
    assert isinstance(node, ast.For), ast.unparse(node)
    over = node.iter
    if isinstance(over, ast.Call) and _text(over.func) == "range":
        ends = [_text(each) for each in over.args]
        if len(ends) == 1 and _text(node.target) == "_":
            return f"{ends[0]} times"
        ends = ends if len(ends) > 1 else ["0", *ends]
        step = f" in steps of {ends[2]}" if len(ends) > 2 else ""
        return f"for {_text(node.target)} from {ends[0]} to below {ends[1]}{step}"
    return f"for each {_text(node.target)} of {_text(over)}"


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Return):
        return f"return {_text(node.value)}" if node.value else "return"
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
        return f"{', '.join(map(_text, _each(node.targets[0])))} = {', '.join(map(_text, node.value.elts))}"
    said = ast.unparse(ast.fix_missing_locations(node))
    for code, paper in PAPER.items():
        said = said.replace(code, paper)
    return said


def _each(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
