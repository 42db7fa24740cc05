"""Tests assert values and keys: wording stands in one file of recorded texts, where it can be read and changed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SENTENCE = re.compile(r"[A-Za-z']{2,}(?:,? [A-Za-z']+){2,}")  # three words in a row
MAX_ASSERTING_PROSE = 14  # falls, and never rises


def each_test(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def asserted(test: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a test compares: in assertions, and as the message of an error or a warning."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            yield node.test
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "match")


def has_prose(test: ast.FunctionDef) -> bool:
    texts = (node for part in asserted(test) for node in ast.walk(part) if isinstance(node, ast.Constant))
    return any(isinstance(text.value, str) and SENTENCE.search(text.value) for text in texts)


def test_few_tests_assert_prose():
    found = [
        f"{path.relative_to(HERE)}: {test.name}"
        for path in sorted(HERE.rglob("test_*.py"))
        for test in each_test(path)
        if has_prose(test)
    ]
    assert len(found) <= MAX_ASSERTING_PROSE, found
