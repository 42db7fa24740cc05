"""One template for all that is refused: where, what, what is wrong, given, allowed, nearest."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from numbers import Integral
from typing import Any, TypeVar

from .errors import SalesimError

FEW = 10  # names that can be listed beside the one that was meant
Name = TypeVar("Name", bound=str)


def refusal(
    where: str, what: str, wrong: str, *, given: object = None, allowed: str = "", near: str = ""
) -> str:
    """One line that says what is wrong and what would be right."""
    parts = [f"{where}: {what}: {wrong}" if what else f"{where}: {wrong}"]
    if given is not None:
        parts.append(f"got {given!r}")
    if allowed:
        parts.append(f"allowed: {allowed}")
    if near:
        parts.append(f"did you mean '{near}'?")
    return "; ".join(parts)


def reason_of(error: BaseException) -> str:
    """What the operating system says of a failure, without its number and path."""
    return getattr(error, "strerror", None) or str(error)


def nearest(name: str, names: Sequence[str]) -> str:
    """The known name that looks most like a given one, or nothing."""
    found = get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else ""


def counted(name: str, value: Any, low: int, high: int) -> int:
    """Check a whole number.

    Raises:
        SalesimError: no whole number, or one out of range.
    """
    allowed = f"a whole number from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise SalesimError(refusal(name, "", "not a whole number", given=value, allowed=allowed))
    number = int(value)
    if not low <= number <= high:
        raise SalesimError(refusal(name, "", "out of range", given=number, allowed=allowed))
    return number


def chosen(option: str, written: str, names: Sequence[Name]) -> Name:
    """Read the value of an option that takes one of a few names.

    Raises:
        SalesimError: another name.
    """
    for name in names:
        if name == written:
            return name
    near = nearest(written, names)
    allowed = "" if near and len(names) > FEW else ", ".join(names)
    raise SalesimError(refusal(option, "", "unknown name", given=written, allowed=allowed, near=near))
