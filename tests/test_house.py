"""The rules of the house: who may import whom, what shared code may do, how large things get."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

import salesim
from salesim.analysis.screening.choosing import FITTED
from salesim.evidence.target import load_target, targets
from salesim.inputs.declared import Declared, declared_numbers
from salesim.model.books import Deal, Level, Office, RepYear, Week
from salesim.model.scenario import Scenario, datable_levers, is_group
from salesim.model.state import Customer, Keeping, Manager, Rep
from salesim.rules.payout import NO_CAP
from salesim.rules.sources import ASSUMED, SOURCES, STANDINGS

PACKAGE = Path(salesim.__file__).parent
REPOSITORY = PACKAGE.parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = ["rules", "model", "outcomes", "inputs", "runs", "analysis", "evidence", "calibrate", "show"]
ESTIMATES = {"std", "var", "nanstd", "nanvar", "quantile", "percentile", "nanquantile", "nanpercentile"}
EDGES = {
    "model/columns.py",
    "model/books.py",
    "model/ideal.py",
    "model/state.py",
    "model/scenario.py",
    "model/tables.py",
    "model/binding.py",
    "model/compile_cache.py",
    "model/compiled.py",
    "model/agents.py",
    "model/engine.py",
    "model/run.py",
    "model/dated.py",
    "model/given.py",
    "model/pay_plans.py",
    "model/fingerprint.py",
    "model/stretches.py",
}
SHARED = [
    path
    for path in MODULES
    if path.relative_to(PACKAGE).parts[0] in ("rules", "model")
    and path.relative_to(PACKAGE).as_posix() not in EDGES
    and path.name not in ("__init__.py", "declaration.py", "knots.py", "sources.py")
]
RULES = [path for path in SHARED if path.parent.name == "rules"]
LISTS_A_MARKET = "market.py"  # a fact of customers every eight lines, and hardly a decision
MATH_THAT_AGREES = {"exp", "log", "log1p", "expm1", "erf", "erfc", "cos", "tanh", "sqrt", "pi"}
CALLS_THAT_AGREE = {"float", "int", "len", "range"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
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
    limit = 160 if path in RULES and path.name != LISTS_A_MARKET else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", RULES, ids=name)
def test_what_a_rule_file_decides_stays_small(path):
    assert sum((each.end_lineno or 0) - each.lineno + 1 for each in functions(path)) <= 80


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_stay_small(path):
    for function in functions(path):
        size = (function.end_lineno or 0) - function.lineno + 1
        assert size <= 50, f"{function.name} has {size} lines"
        arguments = [*function.args.args, *function.args.kwonlyargs]
        assert len(arguments) <= 12, function.name
        takes_options = (name(path), function.name) == ("cli/program.py", "called")  # which it groups
        assert takes_options or function.args.kwarg is None, f"{function.name} passes keywords through"


@pytest.mark.parametrize("path", SHARED, ids=name)
def test_shared_code_does_only_what_both_engines_agree_on(path):
    own = {function.name for function in functions(path)}
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for function in functions(path):
        for node in ast.walk(function):
            where = f"{name(path)}:{getattr(node, 'lineno', function.lineno)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id in own | imported | CALLS_THAT_AGREE, f"{where} calls {node.func.id}"
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "math"
            ):
                assert node.attr in MATH_THAT_AGREES, f"{where} uses math.{node.attr}"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
                assert not isinstance(node.right, ast.Constant), f"{where}: a power that is a literal"
            assert not isinstance(
                node,
                ast.ListComp
                | ast.DictComp
                | ast.SetComp
                | ast.GeneratorExp
                | ast.Lambda
                | ast.Try
                | ast.With
                | ast.Raise
                | ast.JoinedStr
                | ast.Global
                | ast.Yield,
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


def test_every_source_is_used_by_a_number_or_a_finding():
    used = {number.source for number in declared_numbers().values()}
    used |= {source for finding in targets() for source in load_target(finding).sources}
    assert set(SOURCES) == used - {ASSUMED}


def test_every_number_is_swept_around_its_default_within_what_is_allowed():
    for path, number in declared_numbers().items():
        low, high = number.sweep
        assert number.low <= low <= number.default <= high <= number.high, path
        assert low < high, path
        assert number.type is float or {type(low), type(high)} == {int}, path


def is_plausible(number: Declared) -> bool:
    """Whether a sweep range may have been meant: no wider than ten times its default or a week to a year.

    Modes are swept over all names, levers that are a share may be over all of it, and caps end where
    there is none. Around a default of nothing any range will do that was declared on purpose.
    """
    low, high = number.sweep
    if number.modes or (number.kind == "lever" and (low, high) == (0, 1)) or high == NO_CAP:
        return True
    if number.default == 0 or number.standing == FITTED:
        return (low, high) != (number.low, number.high)
    return high - low <= 10 * abs(number.default) and (low <= 0 or high <= 52 * low)


def test_no_number_is_swept_over_an_absurd_range():
    assert [path for path, number in declared_numbers().items() if not is_plausible(number)] == []
    for forgotten in (
        "payout.bonus",
        "regime.list_price_change",
        "market.list_price",
        "communication.team_pull",
    ):
        number = declared_numbers()[forgotten]
        assert not is_plausible(replace(number, sweep=(number.low, number.high))), forgotten


def test_every_number_says_how_it_stands_and_assumed_are_those_without_a_source():
    for path, number in declared_numbers().items():
        assert number.standing in STANDINGS, path
        assert (number.standing in (ASSUMED, FITTED)) or number.source != ASSUMED, path
        assert number.standing != ASSUMED or number.source == ASSUMED, path


def test_no_number_stands_firmer_than_its_source():
    for path, number in declared_numbers().items():
        if number.source != ASSUMED and number.standing != FITTED:
            source = SOURCES[number.source].standing
            assert STANDINGS.index(number.standing) >= STANDINGS.index(source), path


def test_sources_stand_as_their_citations_say():
    for key, source in SOURCES.items():
        words = source.citation.lower()
        assert source.citation.endswith("."), key
        assert source.standing in STANDINGS, key
        assert source.standing != ASSUMED, key
        if "sign only" in words or "assumed" in words:
            assert source.standing == "size assumed", key
        if "recalled" in words:
            assert source.standing == "recalled", key


GROUPS = {
    kind.annotation.__name__: group
    for group, kind in Scenario.model_fields.items()
    if is_group(kind.annotation)
}


def group_of(node: ast.expr, aliases: dict[str, str]) -> str:
    """The group of numbers that an expression stands for, such as `scenario.pay`; or nothing."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id, "")
    if isinstance(node, ast.Attribute) and node.attr in GROUPS.values():
        return node.attr
    return ""


def numbers_read(path: Path) -> set[str]:
    """Paths of the numbers that a module reads: of groups, of names for them, of annotated arguments."""
    found = set()
    for function in functions(path):
        aliases = {
            a.arg: GROUPS[a.annotation.id]
            for a in function.args.args
            if isinstance(a.annotation, ast.Name) and a.annotation.id in GROUPS
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target, value in pairs_of(node.targets[0], node.value):
                    if isinstance(target, ast.Name) and group_of(value, aliases):
                        aliases[target.id] = group_of(value, aliases)
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                group = group_of(node.value, aliases)
                if f"{group}.{node.attr}" in declared_numbers():
                    found.add(f"{group}.{node.attr}")
    return found


def pairs_of(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def is_self(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "self"


def test_every_number_is_read_somewhere():
    """A parameter that nothing reads would be a lever that moves nothing."""
    read = {number for path in [*SHARED, PACKAGE / "model/tables.py"] for number in numbers_read(path)}
    size = {p.partition(".")[2] for p in declared_numbers() if p.startswith("organisation.")}
    attributes = {
        n.attr for n in ast.walk(tree(PACKAGE / "model/tables.py")) if isinstance(n, ast.Attribute)
    }
    read |= {f"organisation.{name}" for name in size & attributes}  # `o` is `scenario.organisation` there
    payout = ast.walk(tree(PACKAGE / "rules/payout.py"))  # which makes lines of its own numbers
    read |= {f"payout.{n.attr}" for n in payout if isinstance(n, ast.Attribute) and is_self(n.value)}
    assert set(declared_numbers()) - read == set()


def test_levers_are_not_read_where_outcomes_are_computed():
    levers = {p.partition(".")[2] for p, n in declared_numbers().items() if n.kind == "lever"}
    levers -= {"draw", "curve"}  # which figures have too
    for room in ("outcomes", "show"):
        for path in (PACKAGE / room).rglob("*.py"):
            attributes = {n.attr for n in ast.walk(tree(path)) if isinstance(n, ast.Attribute)}
            assert not attributes & levers, name(path)


def test_levers_are_read_in_rules_and_in_what_people_do_only():
    """Not by the engines, the tables or the edges, the size of the firm aside; nor by reading and showing."""
    levers = {p for p, n in declared_numbers().items() if n.kind == "lever"}
    acting = {name(path) for path in SHARED}
    for path in MODULES:
        allowed = set() if name(path) not in acting else levers
        if name(path) in ("model/tables.py", "model/scenario.py"):
            allowed = {p for p in levers if p.startswith("organisation.")} | {"pay.period_weeks"}
        assert numbers_read(path) & levers <= allowed, name(path)


MODES = {path: number for path, number in declared_numbers().items() if number.modes}


def test_names_of_a_mode_are_words_and_each_stands_once():
    assert len(MODES) >= 6
    for path, number in MODES.items():
        assert len(set(number.modes)) == len(number.modes) >= 2, path
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", mode) for mode in number.modes), path
        assert (number.low, number.high) == (0, len(number.modes) - 1), path
        assert number.modes[number.default], path
        assert number.kind == "lever", path


def test_codes_of_a_mode_are_named_beside_it_in_order():
    """`LIST_ONLY, DELEGATED, GUIDED, BOUNDED = 0, 1, 2, 3` stands above the group that names them."""
    homes = {
        group: GROUPS_BY_NAME[group].__module__ for group in {path.partition(".")[0] for path in MODES}
    }
    for path, number in MODES.items():
        module = PACKAGE / "rules" / (homes[path.partition(".")[0]].rpartition(".")[2] + ".py")
        named = [
            [value.value for value in node.value.elts]
            for node in tree(module).body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Tuple)
            and all(isinstance(value, ast.Constant) for value in node.value.elts)
        ]
        assert list(range(len(number.modes))) in named, path


GROUPS_BY_NAME = {
    group: kind.annotation for group, kind in Scenario.model_fields.items() if is_group(kind.annotation)
}


def test_every_group_has_a_file_of_its_own_and_every_rule_file_a_decision():
    homes = [kind.__module__.rpartition(".")[2] for kind in GROUPS_BY_NAME.values()]
    assert len(set(homes)) == len(homes)
    without = {path.stem for path in RULES} - set(homes)
    assert without <= {"arithmetic", "booking", "curve", "expected_pay"}
    for path in RULES:
        assert any(functions(path)), name(path)


def test_every_lever_can_be_dated_or_sets_the_size():
    levers = {p for p, n in declared_numbers().items() if n.kind == "lever"}
    assert levers - datable_levers() == {p for p in levers if p.startswith("organisation.")}


def test_columns_say_what_they_are():
    for kind in (Manager, Rep, Customer, Deal, Week, Level, RepYear, Office, Keeping):
        for column in fields(kind):
            assert column.metadata["unit"], f"{kind.__name__}.{column.name}"
            assert column.metadata["meaning"].endswith("."), f"{kind.__name__}.{column.name}"


def test_no_state_is_kept_that_nothing_reads():
    """A column of an agent that is written and never read is left over from something."""
    read = {
        node.attr
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    } | {
        node.value
        for path in MODULES
        if path.parts[-2] in ("runs", "show") or path.name == "tables.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for kind in (Manager, Rep, Customer, Keeping):
        unread = {column.name for column in fields(kind)} - read
        assert unread == set(), kind.__name__


def test_public_names_are_few_and_work():
    assert len(salesim.__all__) <= 12
    for public in salesim.__all__:
        assert inspect.getdoc(getattr(salesim, public)), public
    with pytest.raises(AttributeError, match=r"\bnonsense\b"):
        _ = salesim.nonsense


def test_one_module_judges_by_the_library_of_statistics():
    using = {
        name(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scipy"))
        or (isinstance(node, ast.Import) and any(each.name.startswith("scipy") for each in node.names))
    }
    assert using == {"statistics.py"}


def test_nothing_is_estimated_where_it_is_shown():
    for path in (PACKAGE / "show").rglob("*.py"):
        called = {
            n.func.attr
            for n in ast.walk(tree(path))
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
        }
        assert not called & ESTIMATES, name(path)


def test_one_module_reads_toml():
    readers = {
        path.relative_to(REPOSITORY).as_posix()
        for path in [*MODULES, *(REPOSITORY / "docs").rglob("*.py")]
        if re.search(r"^\s*(import|from) tomllib", path.read_text(encoding="utf-8"), re.M)
    }
    assert readers == {"src/salesim/inputs/toml.py"}


def test_no_room_for_odds_and_ends():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "core", "misc", "common"}
