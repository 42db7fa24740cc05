"""Rival rules: a user's functions in the place of the model's, checked before anything runs."""

from __future__ import annotations

import builtins
import importlib
import inspect
import sys
from collections.abc import Iterator, Mapping
from dis import get_instructions
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from types import FunctionType, ModuleType
from typing import Any

from .. import rules as room
from ..errors import RuleError
from ..messages import error_text, reason_of
from ..model.binding import Function, Rivals, codes_of, is_shared
from ..model.fingerprint import values_read
from ..model.scenario import Scenario

LUCK = (
    "random",
    "secrets",
    "time",
    "datetime",
    "uuid",
    "os",
    "posix",
    "numpy.random",
    "salesim.model.luck",
)
CURVE = "curve"  # the file of its rules
DOORS = (builtins, importlib)  # modules through which all others are reached
UNSAFE = (*DOORS, vars(builtins), __import__, import_module, eval, exec, open, input, id, hash)


@cache
def rule_functions() -> dict[str, Function]:
    """Every rule that can have a rival, by its path such as `discounting.quoted_price`."""
    return {path_of(rule): rule for rule in _walk()}


def path_of(rule: Function) -> str:
    """The path of a rule: its file and its name."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"


def _walk() -> Iterator[Function]:
    for found in iter_modules(room.__path__):
        module = import_module(f"{room.__name__}.{found.name}")
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                if found.name not in ("declaration", "knots") and not name.startswith("_"):
                    yield value


def rival_rules(rules: Mapping[str, Function]) -> Rivals:
    """Check rival rules and pair each with the rule whose place it takes.

    Args:
        rules: functions by the path of the rule, such as `{"discounting.quoted_price": mine}`; each
            takes the same arguments, by position, as the rule.

    Raises:
        RuleError: an unknown rule, one of the pay curve, something that is no plain function, other
            arguments, or random numbers.
    """
    return tuple((_rule(path), _checked(path, mine)) for path, mine in sorted(rules.items()))


def _rule(path: str) -> Function:
    known = rule_functions()
    if path not in known:
        allowed = "the file and the name of a rule, such as discounting.quoted_price"
        raise RuleError(error_text("rules", path, "no such rule", allowed=allowed, names=list(known)))
    if path.partition(".")[0] == CURVE:  # what is paid and what is expected of it are one closed form
        wrong = "would be paid and not foreseen, or foreseen and not paid"
        allowed = "a curve of up to 8 knots: payout.curve, payout.year_curve"
        raise RuleError(error_text("rules", path, wrong, allowed=allowed))
    return known[path]


def _checked(path: str, mine: Any) -> Function:
    if not isinstance(mine, FunctionType) or _gives_later(mine):
        allowed = "a function written in Python with def or lambda"
        raise RuleError(error_text("rules", path, "no plain function", given=mine, allowed=allowed))
    wanted = list(inspect.signature(_rule(path)).parameters)
    try:
        inspect.signature(mine).bind(*wanted)
    except TypeError:
        given = str(inspect.signature(mine))
        allowed = f"({', '.join(wanted)})"
        raise RuleError(
            error_text("rules", path, "other arguments", given=given, allowed=allowed)
        ) from None
    luck = next(_luck_in(mine, set()), "")
    if luck:
        allowed = "rules give probabilities and amounts; only the week draws random numbers"
        raise RuleError(
            error_text("rules", path, "uses random numbers or time", given=luck, allowed=allowed)
        )
    return mine


def _gives_later(mine: FunctionType) -> bool:
    """Whether a function gives a generator or a coroutine instead of a number."""
    return inspect.isgeneratorfunction(mine) or inspect.iscoroutinefunction(mine)


def _luck_in(function: FunctionType, seen: set[FunctionType]) -> Iterator[str]:
    """Names by which a function, or one that it reads, reaches for random numbers: a guard, not a wall.

    What a name stands for decides, so that an attribute of one's own may be called `id`.
    """
    seen.add(function)
    for code in codes_of(function.__code__):
        imported = {i.argval for i in get_instructions(code) if i.opname == "IMPORT_NAME"}
        yield from sorted(name for name in imported if _is_luck(name) or _is_a_door(name))
    for name, value in chain(values_read(function), _builtins_read(function)):
        inside = _all_names(function) if isinstance(value, ModuleType) else set()
        reached = [value, *(getattr(value, each, None) for each in sorted(inside))]
        if any(each is unsafe for each in reached for unsafe in UNSAFE):
            yield name
        home = value.__name__ if isinstance(value, ModuleType) else _home_of(value)
        if _is_luck(home) or (home == "numpy" and "random" in _all_names(function)):
            yield name
        if isinstance(value, FunctionType) and not is_shared(value) and value not in seen:
            yield from _luck_in(value, seen)


def _builtins_read(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Functions of Python itself that a function names and that no global of its own hides."""
    for code in codes_of(function.__code__):
        for name in (i.argval for i in get_instructions(code) if i.opname == "LOAD_GLOBAL"):
            if name not in function.__globals__ and hasattr(builtins, name):
                yield name, getattr(builtins, name)


def _is_a_door(module: str) -> bool:
    return module.partition(".")[0] in [door.__name__ for door in DOORS]


def _home_of(value: Any) -> str:
    owner = getattr(value, "__self__", value)
    return str(getattr(value, "__module__", None) or type(owner).__module__)


def _is_luck(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in LUCK)


def _all_names(function: FunctionType) -> set[str]:
    return {name for code in codes_of(function.__code__) for name in code.co_names}


def named_rules(scenario: Scenario, *, allow_code: bool) -> dict[str, Function]:
    """The functions that a scenario names as rivals, imported only when that is allowed.

    Modules are looked for among the installed ones and in the folder where the user stands.

    Raises:
        RuleError: rules named without leave, or a name that cannot be imported.
    """
    if scenario.rules and not allow_code:
        path, name = next(iter(scenario.rules.items()))
        allowed = "with --allow-code (in Python: Exec(allow_code=True)), because importing a file runs it"
        raise RuleError(error_text("scenario", f"rules.{path}", "names code", given=name, allowed=allowed))
    return {path: _imported(path, name) for path, name in scenario.rules.items()}


def _imported(path: str, name: str) -> Any:
    module, colon, function = name.partition(":")
    if not colon or not module or not function:
        allowed = "module:function"
        raise RuleError(error_text("scenario", f"rules.{path}", "not a name", given=name, allowed=allowed))
    sys.path.insert(0, str(Path.cwd()))
    try:
        return getattr(import_module(module), function)
    except (Exception, SystemExit) as error:  # whatever a user's module does when it is imported
        said = reason_of(error).strip().splitlines() or [type(error).__name__]
        wrong = f"cannot be imported: {said[0]}"
        raise RuleError(error_text("scenario", f"rules.{path}", wrong, given=name)) from None
    finally:
        sys.path.remove(str(Path.cwd()))
