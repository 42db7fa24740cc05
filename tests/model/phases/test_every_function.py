"""Every function of a phase is called in the tests of its module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from salesim.model import phases

HERE = Path(__file__).parent
PACKAGE = phases.__name__
MODULES = sorted(path for path in Path(phases.__file__).parent.glob("*.py") if path.stem != "__init__")


def functions(module: Path) -> set[str]:
    """The names of all functions of a module, private ones too."""
    return {
        node.name
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def called(tests: str, module: str) -> set[str]:
    """Functions of a phase module that tests mention by an imported name, or as an attribute of the module."""
    tree = ast.parse(tests)
    names, modules = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == f"{PACKAGE}.{module}":
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            modules |= {alias.asname or alias.name for alias in node.names if alias.name == module}
        elif isinstance(node, ast.Import):
            modules |= {
                alias.asname for alias in node.names if alias.asname and alias.name == f"{PACKAGE}.{module}"
            }
    read = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    of_module = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
    }
    return {name for local, name in names.items() if local in read} | of_module


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_function_of_a_phase_has_a_test(module):
    tests = HERE / f"test_{module.stem}.py"
    assert tests.exists()
    assert functions(module) - called(tests.read_text("utf-8"), module.stem) == set()


def test_every_file_of_tests_belongs_to_a_phase():
    tested = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")} - {"every_function"}
    assert tested <= {module.stem for module in MODULES}


@pytest.mark.parametrize(
    "said",
    [
        "from salesim.model.phases.pay import pay as paying\npaying()",
        "from salesim.model.phases import pay\npay.pay()",
        "import salesim.model.phases.pay as p\np.pay()",
    ],
)
def test_a_call_is_found_however_the_module_was_imported(said):
    assert called(said, "pay") == {"pay"}


@pytest.mark.parametrize(
    "said",
    [
        "from salesim.model.phases.pay import pay",
        "scenario.pay.pay()",
        "from salesim.model.phases import learn\nlearn.pay()",
    ],
)
def test_a_mention_of_something_else_is_no_call(said):
    assert called(said, "pay") == set()
