"""How large each room may be, who may import whom, and what stands only once: lists here get shorter, never longer."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import MODULES, PACKAGE, REPOSITORY, tree

ROOMS = (
    "rules",
    "model",
    "outcomes",
    "inputs",
    "runs",
    "analysis",
    "evidence",
    "calibrate",
    "show",
    "cli",
    ".",
)
BUDGETS = {
    "rules": 4589,
    "model": 6045,
    "outcomes": 1507,
    "inputs": 3072,
    "runs": 5210,
    "analysis": 6083,
    "evidence": 1422,
    "calibrate": 1113,
    "show": 5760,
    "cli": 1619,
    ".": 1086,
}
SLACK = 100
MAX_ALL = 37506
MAX_MAKERS = 4142  # of pages, in docs/ and experiments/; the plan of the next model brought 304
ARITHMETIC = {
    "mean",
    "std",
    "var",
    "median",
    "quantile",
    "percentile",
    "nanmean",
    "nanstd",
    "corr",
    "cumsum",
    "ttest_rel",
}

MUTUAL = ["model <-> model.phases"]
SAME_FILE = ["accounts.py", "pay.py", "people.py", "timing.py"]
SAME_CLASS = [
    "Customer",
    "Difference",
    "Firm",
    "Manager",
    "Paired",
    "Rep",
    "Row",
    "SalesModel",
]
ARITHMETIC_IN_SHOW = {  # how many digits and in which order, or where something stands
    "show/figures/response.py": 1,
}

MAX_SENTENCES_IN_FIGURES = 39  # how to read the marks, below a figure
SENTENCE = re.compile(r"[A-Za-z']{2,}(?:,? [A-Za-z']+){3,}")  # four words in a row


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "."


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def package(path: Path) -> str:
    """The folder of a module within salesim, such as `study.sweeps`."""
    return ".".join(path.relative_to(PACKAGE).parts[:-1]) or "."


def imported_packages(path: Path) -> Iterator[str]:
    """Folders of salesim that a module imports from, wherever in the module it does."""
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            names = [*here[: len(here) - node.level + 1], *(node.module or "").split(".")]
            target = PACKAGE.joinpath(*filter(None, names))
            for alias in node.names:
                inside = (target / alias.name).is_dir() or (target / f"{alias.name}.py").is_file()
                yield package((target / alias.name if inside else target).with_suffix(".py"))


def mutual() -> set[str]:
    """Pairs of folders that import from each other; what stands on top of all is left out."""
    edges: dict[str, set[str]] = {}
    for path in MODULES:
        edges.setdefault(package(path), set()).update(imported_packages(path))
    inside = set(edges) - {"."}
    return {f"{a} <-> {b}" for a in inside for b in edges[a] & inside if a < b and a in edges[b]}


def repeated(names: Iterator[str]) -> set[str]:
    return {name for name, often in Counter(names).items() if often > 1}


def arithmetic_in(path: Path) -> int:
    """How often a module works out a statistic of what was measured."""
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ARITHMETIC
        for node in ast.walk(tree(path))
    )


@pytest.mark.parametrize("name", ROOMS)
def test_no_room_has_more_lines_than_its_budget(name):
    size = sum(lines(path) for path in MODULES if room(path) == name)
    assert BUDGETS[name] - SLACK <= size <= BUDGETS[name], "who clears up lowers the budget too"


def test_all_rooms_have_a_budget_and_no_room_is_elsewhere():
    assert {room(path) for path in MODULES} == set(ROOMS) == set(BUDGETS)
    assert sum(map(lines, MODULES)) <= MAX_ALL <= sum(BUDGETS.values())


def test_the_makers_of_pages_have_a_budget_too():
    makers = [path for folder in ("docs", "experiments") for path in (REPOSITORY / folder).rglob("*.py")]
    assert sum(map(lines, makers)) <= MAX_MAKERS


def test_folders_import_one_way():
    assert sorted(mutual()) == MUTUAL


def test_no_file_has_the_name_of_another():
    files = (path.name for path in MODULES if path.name != "__init__.py" and room(path) != "cli")
    assert sorted(repeated(files)) == SAME_FILE


def test_no_class_has_the_name_of_another():
    nodes = (node for path in MODULES for node in ast.walk(tree(path)))
    assert sorted(repeated(node.name for node in nodes if isinstance(node, ast.ClassDef))) == SAME_CLASS


def test_statistics_are_not_worked_out_where_they_are_shown():
    found = {
        path.relative_to(PACKAGE).as_posix(): arithmetic_in(path)
        for path in MODULES
        if room(path) == "show"
    }
    assert {name: often for name, often in found.items() if often} == ARITHMETIC_IN_SHOW


def test_results_are_printed_in_one_way():
    """Results are models, and `cli/present.py` prints any of them."""
    calls = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(tree(path))
        if room(path) in ("cli", "show")
        and isinstance(node, ast.Call)
        and ast.unparse(node.func) == "json.dumps"
    ]
    assert calls == []


def test_no_function_makes_an_object_of_a_result():
    made = [
        node.name
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_object")
    ]
    assert made == []


def test_scipy_judges_in_one_file_only():
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(tree(path))
        if "scipy" in (getattr(node, "module", None) or "").split(".")
        or any(
            alias.name.startswith("scipy") for alias in getattr(node, "names", ()) if hasattr(alias, "name")
        )
    }
    assert users == {"statistics.py"}


def test_figures_get_fewer_sentences_of_their_own():
    found = [
        node
        for path in MODULES
        if "figures" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr) and SENTENCE.search(ast.unparse(node))
    ]
    assert len(found) <= MAX_SENTENCES_IN_FIGURES, len(found)
