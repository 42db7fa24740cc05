"""Where a small fault may be put into a source: comparisons, signs and numbers, by Python's own syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

SWAPS = {"<": "<=", ">": ">=", "==": "!=", "is": "is not", "in": "not in", "+": "-", "+=": "-="}
SWAPS |= {new: old for old, new in SWAPS.items()}
OPERATOR = re.compile(r"[<>=!+-]=|[<>+-]|is not|is|not in|in")
NO_SITES = {"annotation", "returns", "decorator_list"}


@dataclass(frozen=True)
class Fault:
    """A line of a function that is another, and the whole source with it."""

    where: str
    line: int
    old: str
    new: str
    mutant: str


def faults_in(source: str, in_functions_only: bool) -> Iterator[Fault]:
    """Every fault that may be drawn from a source, as long as it stays Python."""
    assert source.isascii(), "places in it are counted in letters"
    starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    for node, where in _nodes(ast.parse(source)):
        if where or not in_functions_only:
            for start, end, text in _changes(node, source, starts):
                yield from put_into(source, where, start, end, text)


def put_into(source: str, where: str, start: int, end: int, text: str) -> Iterator[Fault]:
    """The fault with this text between two places; none where that is not Python."""
    mutant = source[:start] + text + source[end:]
    try:
        ast.parse(mutant)
    except SyntaxError:
        return
    line = source.count("\n", 0, start)
    old, new = (each.splitlines()[line].strip() for each in (source, mutant))
    yield Fault(where, line + 1, old, new, mutant)


def _nodes(node: ast.AST, where: str = "") -> Iterator[tuple[ast.AST, str]]:
    """All that is computed, with the function that it stands in.

    No declarations of fields, and no texts with fields: before Python 3.12 places in these are wrong.
    """
    if isinstance(node, ast.JoinedStr) or _declares(node):
        return
    if isinstance(node, ast.FunctionDef):
        where = f"{where}.{node.name}".lstrip(".")
    yield node, where
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in NO_SITES:
                yield from _nodes(child, where)


def _declares(node: ast.AST) -> bool:
    """Whether this is for readers and type checkers, or says what a field is."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "Field"


def _changes(node: ast.AST, source: str, starts: list[int]) -> Iterator[tuple[int, int, str]]:
    """From where to where there may be what instead."""
    for left, right in _sides(node):
        found = OPERATOR.search(source, _span(left, starts)[1], _span(right, starts)[0])
        if found:
            yield *found.span(), SWAPS[found[0]]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        start, _ = _span(node, starts)
        yield start, start + 1, ""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield *_span(node, starts), _another(node.value)


def _sides(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What stands on the left and the right of each operator; texts have no sign."""
    if isinstance(node, ast.Compare):
        yield from pairwise([node.left, *node.comparators])
    elif isinstance(node, ast.AugAssign):
        yield node.target, node.value
    elif isinstance(node, ast.BinOp) and not (_is_text(node.left) or _is_text(node.right)):
        yield node.left, node.right


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _another(number: float) -> str:
    return str(number + 1 if isinstance(number, int) else 1.5 * number or 1.0)


def _span(node: ast.expr, starts: list[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
