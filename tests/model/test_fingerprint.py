"""Digits of the model cover what sources compute: not how they are laid out, nor what they say about it."""

import pytest

from salesim.model.fingerprint import syntax_of

SOURCE = '''
"""What the module is for."""

KEPT = {"a": 1, **{}}


class Firm:
    """A firm."""

    size: int = 3


def told(rep, hops=None, *, often: float = 0.5) -> float:
    """What a rep is told."""
    rep.heard += 1 if hops is None else -hops
    return f"{often:.2f}" and not (rep.heard < 3)
'''
SAME = {
    "comments": SOURCE.replace("KEPT =", "# Why.\nKEPT ="),
    "no docstrings": SOURCE.replace('    """What a rep is told."""\n', "").replace(
        '"""What the module is for."""', ""
    ),
    "other docstrings": SOURCE.replace("A firm.", "Some firm."),
    "other lines": SOURCE.replace('{"a": 1, **{}}', "{\n    'a': 1,\n    **{},\n}"),
}
OTHER = {
    "a constant": ("0.5", "0.25"),
    "a type of number": ("0.5", "1"),
    "a sign": ("-hops", "+hops"),
    "a comparison": ("< 3", "<= 3"),
    "a name": ("rep.heard += 1", "rep.read += 1"),
    "a default": ("hops=None", "hops=0"),
    "a format": (".2f", ".3f"),
    "text that is no docstring": ('"a"', '"b"'),
    "an annotation": ("size: int", "size: float"),
    "a keyword": ("not (", "bool("),
}


@pytest.mark.parametrize("source", SAME.values(), ids=SAME)
def test_format_comments_and_docstrings_change_no_digit(source):
    assert source != SOURCE
    assert syntax_of(source.encode()) == syntax_of(SOURCE.encode())


@pytest.mark.parametrize(("old", "new"), OTHER.values(), ids=OTHER)
def test_whatever_a_source_does_changes_them(old, new):
    assert SOURCE.count(old) == 1
    assert syntax_of(SOURCE.replace(old, new).encode()) != syntax_of(SOURCE.encode())


def test_what_stands_beside_each_other_is_not_taken_for_what_stands_within():
    sources = (
        "f(a, b)",
        "f(a)(b)",
        "f((a, b))",
        "if a:\n    b\nc",
        "if a:\n    b\n    c",
        "if a:\n    b\nelse:\n    c",
    )
    assert len({syntax_of(source.encode()) for source in sources}) == len(sources)


SYNTAX = (
    "Module body FunctionDef name 'f' args arguments args arg arg 'x' ) ) "
    "body Return value UnaryOp op USub ) operand Name id 'x' ) ) ) ) )"
)


def test_versions_of_python_agree():
    """Fields that a version leaves empty, or does not know, leave no trace."""
    assert syntax_of(b"def f(x):\n    return -x") == SYNTAX
