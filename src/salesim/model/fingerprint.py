"""Digits that change when the model, a rival rule, or anything that a rival reads changes."""

from __future__ import annotations

import ast
import hashlib
import pickle
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from .binding import Rivals, global_names, is_shared

INSTALLED = (sys.prefix, sys.base_prefix)


@cache
def model_fingerprint() -> str:
    """Sixteen hexadecimal digits that change when what any source of the model computes may change."""
    return sources_fingerprint("rules", "model")


def sources_fingerprint(*rooms: str) -> str:
    """The same of any folders of this package."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted(path for room in rooms for path in package.glob(f"{room}/**/*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(syntax_of(path.read_bytes()).encode())
    return digest.hexdigest()[:16]


def syntax_of(source: bytes) -> str:
    """The syntax tree of a source without docstrings, as text: format and comments leave no trace in it.

    Fields that are empty are left out, since versions of Python differ in which of these they have.
    """
    parts: list[str] = []
    _write(ast.parse(source), parts)
    return " ".join(parts)


def _write(node: ast.AST, parts: list[str]) -> None:
    """Add what a node is and holds; whether a name is read or written follows from where it stands."""
    parts.append(type(node).__name__)
    for name in node._fields:
        value = getattr(node, name)
        if isinstance(value, ast.expr_context) or value is None or value == []:
            continue
        parts.append(name)
        if isinstance(value, ast.AST):
            _write(value, parts)
        elif isinstance(value, list):
            _write_all(value[_is_documented(node, name) :], parts)
        else:
            parts.append(repr(value))
    parts.append(")")


def _write_all(values: list[Any], parts: list[str]) -> None:
    for value in values:
        if isinstance(value, ast.AST):
            _write(value, parts)
        else:
            parts.append(repr(value))


def _is_documented(node: ast.AST, field: str) -> bool:
    """Whether the first statement of this field is a docstring."""
    if field != "body" or not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        return False
    return ast.get_docstring(node, clean=False) is not None


def fingerprint_of(rivals: Rivals) -> str:
    """The same for rivals: their code and all that they read, and nothing for no rivals."""
    if not rivals:
        return ""
    digest = hashlib.sha256()
    for rule, rival in sorted(rivals, key=lambda pair: (pair[0].__module__, pair[0].__name__)):
        digest.update(f"{rule.__module__}.{rule.__name__}=".encode())
        for part in _parts_of(rival, set()):
            digest.update(part)
    return digest.hexdigest()[:16]


def values_read(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """What a function reads beside its arguments: globals, the closure and defaults, by name."""
    yield from ((name, function.__globals__[name]) for name in global_names(function))
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    yield from ((name, cell.cell_contents) for name, cell in cells)
    yield from (("default", value) for value in function.__defaults__ or ())
    yield from (function.__kwdefaults__ or {}).items()


def _parts_of(value: Any, seen: set[int]) -> Iterator[bytes]:
    """What a value is, as bytes that are the same in every process.

    Of what comes with Python, a library or this model the name says enough: they have versions.
    """
    if not isinstance(value, FunctionType | type | ModuleType):
        yield _plain(value)
        return
    yield f"{getattr(value, '__module__', '')}.{value.__name__}".encode()
    if _is_installed(value) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, FunctionType):
        yield repr(_code(value.__code__)).encode()
        inside = list(values_read(value))
    else:
        inside = [(n, vars(value)[n]) for n in sorted(vars(value)) if not n.startswith("__")]
    for name, read in inside:
        yield name.encode()
        yield from _parts_of(read, seen)


def _plain(value: Any) -> bytes:
    try:
        return pickle.dumps(value, protocol=4)
    except Exception:  # whatever a user's object does when it is pickled
        return repr(type(value)).encode()


def _is_installed(value: FunctionType | type | ModuleType) -> bool:
    """Whether a thing comes with Python, a library or this model, and not from a user's file."""
    if is_shared(value):
        return True
    if isinstance(value, FunctionType):
        return value.__code__.co_filename.startswith(INSTALLED)
    home = value if isinstance(value, ModuleType) else sys.modules.get(value.__module__)
    if home is None:
        return False
    known = home.__name__.partition(".")[0] in sys.stdlib_module_names and home.__name__ != "__main__"
    return known or str(getattr(home, "__file__", None) or "").startswith(INSTALLED)


def _code(code: CodeType) -> tuple[Any, ...]:
    constants = [_code(c) if isinstance(c, CodeType) else _ordered(c) for c in code.co_consts]
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars


def _ordered(constant: Any) -> Any:
    """Sets have no order of their own that every process shares."""
    return sorted(constant, key=repr) if isinstance(constant, frozenset) else constant
