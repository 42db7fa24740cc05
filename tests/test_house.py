"""The rules of the house: who may import whom, what shared code may do, how large things get."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import salesim
from salesim.rules.sources import ASSUMED, SOURCES
from salesim.scenario.declared import declared_numbers

PACKAGE = Path(salesim.__file__).parent
REPOSITORY = PACKAGE.parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = ["rules", "model", "scenario", "study", "show"]
EDGES = {"model/state.py", "model/scenario.py", "model/tables.py", "model/binding.py", "model/compiled.py",
         "model/agents.py", "model/engine.py"}
SHARED = [
    path for path in MODULES
    if path.relative_to(PACKAGE).parts[0] in ("rules", "model")
    and path.relative_to(PACKAGE).as_posix() not in EDGES
    and path.name not in ("__init__.py", "declaration.py", "sources.py")
]
RULES = [path for path in SHARED if path.parent.name == "rules"]
MATH_THAT_AGREES = {"exp", "log", "log1p", "expm1", "erf", "erfc", "cos", "tanh", "sqrt", "pi"}
CALLS_THAT_AGREE = {"float", "int", "len", "range"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def imported_floors(path: Path) -> Iterator[str]:
    """The rooms that a module imports from, wherever in the module it does."""
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = [*here[: len(here) - node.level + 1], *(node.module or "").split(".")]
            yield next((part for part in target if part), "") if target[0] else target[-1]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("salesim"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_downwards_only(path):
    parts = path.relative_to(PACKAGE).parts
    floor = FLOORS.index(parts[0]) if parts[0] in FLOORS else len(FLOORS)
    above = {room for room in imported_floors(path) if room in FLOORS and FLOORS.index(room) > floor}
    assert not above
    assert floor == len(FLOORS) or "cli" not in set(imported_floors(path))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_stay_small(path):
    limit = 100 if path in RULES else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_stay_small(path):
    for function in functions(path):
        size = (function.end_lineno or 0) - function.lineno + 1
        assert size <= 50, f"{function.name} has {size} lines"
        arguments = [*function.args.args, *function.args.kwonlyargs]
        assert len(arguments) <= 12, function.name
        assert function.args.kwarg is None, f"{function.name} passes keywords through"


@pytest.mark.parametrize("path", SHARED, ids=name)
def test_shared_code_does_only_what_both_engines_agree_on(path):
    own = {function.name for function in functions(path)}
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    for function in functions(path):
        for node in ast.walk(function):
            where = f"{name(path)}:{getattr(node, 'lineno', function.lineno)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id in own | imported | CALLS_THAT_AGREE, f"{where} calls {node.func.id}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
                assert node.attr in MATH_THAT_AGREES, f"{where} uses math.{node.attr}"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
                assert not isinstance(node.right, ast.Constant), f"{where}: a power that is a literal"
            assert not isinstance(
                node, ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp | ast.Lambda
                | ast.Try | ast.With | ast.Raise | ast.JoinedStr | ast.Global | ast.Yield,
            ), where


@pytest.mark.parametrize("path", RULES, ids=name)
def test_rules_are_pure(path):
    """A rule knows numbers only: it draws no luck, touches no agent, remembers nothing."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 1, f"{name(path)} imports from outside the rules"
        if isinstance(node, ast.Import):
            assert [alias.name for alias in node.names] == ["math"]
    for function in functions(path):
        for node in ast.walk(function):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            assert not any(isinstance(t, ast.Attribute | ast.Subscript) for t in targets), function.name


def test_every_number_has_a_unit_a_range_and_a_known_source():
    for path, number in declared_numbers().items():
        assert number.unit, path
        assert number.low <= number.default <= number.high, path
        assert type(number.default) is number.type, path
        assert number.source in SOURCES or number.source == ASSUMED, path
        assert number.meaning.endswith("."), path


def test_every_source_is_used():
    used = {number.source for number in declared_numbers().values()}
    assert set(SOURCES) == used - {ASSUMED}


def test_every_number_is_read_somewhere():
    """A parameter that nothing reads would be a lever that moves nothing."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*SHARED, PACKAGE / "model/tables.py",
                                                                  PACKAGE / "study/simulate.py"])
    unread = [path for path in declared_numbers() if f".{path.partition('.')[2]}" not in text]
    assert unread == []


def test_levers_are_not_read_where_outcomes_are_computed():
    levers = {p.partition(".")[2] for p, n in declared_numbers().items() if n.kind == "lever"}
    for room in ("study", "show"):
        for path in (PACKAGE / room).glob("*.py"):
            attributes = {n.attr for n in ast.walk(tree(path)) if isinstance(n, ast.Attribute)}
            assert not attributes & levers, name(path)


def test_public_names_are_few_and_work():
    assert len(salesim.__all__) <= 12
    for public in salesim.__all__:
        assert inspect.getdoc(getattr(salesim, public)), public
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = salesim.nonsense


def test_no_room_for_odds_and_ends():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "core", "misc", "common"}
