"""One template for all that is refused: where, what, what is wrong, given, allowed, nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from numbers import Integral
from typing import Any, TypeVar

from .errors import ResultsError, SalesimError, ScenarioError

FEW = 10  # names that can be listed beside the one that was meant
MAX_PROBLEMS = 20
MAX_SIGNS, MAX_PLACE = 200, 1_000  # of what somebody wrote, and of the place where it stands
Name = TypeVar("Name", bound=str)


def error_text(
    where: str,
    what: str,
    wrong: str,
    *,
    given: object = None,
    allowed: str = "",
    near: str = "",
    names: Sequence[str] = (),
) -> str:
    """One line that says what is wrong and what would be right.

    Args:
        where: the file and the line, or the option.
        what: the path of a value.
        wrong: what is wrong with it.
        given: the value.
        allowed: what would do.
        near: the name that was meant.
        names: those that there are, where the name given, or the last of the path, is none of them: the
            nearest is suggested, and all are listed where they are few or none is near.
    """
    if names:
        name = what if given is None else str(given)
        near = nearest(name, names) or nearest(name.rpartition(".")[2], names)
        listed = ", ".join(names) if len(names) <= FEW or not near else ""
        allowed = allowed if allowed and not near else listed
    parts = [": ".join([shown(where, MAX_PLACE), *([shown(what)] if what else []), wrong])]
    if given is not None:
        parts.append(f"got {shown(repr(given))}")
    if allowed:
        parts.append(f"allowed: {allowed}")
    if near:
        parts.append(f"did you mean '{near}'?")
    return shown("; ".join(parts), None)


def shown(text: str, signs: int | None = MAX_SIGNS) -> str:
    """A text that stays in its line: what is no sign is escaped, and what is too long is cut."""
    cut = text if signs is None or len(text) <= signs else f"{text[:signs]}..."
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in cut)


def readable(text: str) -> str:
    """A text of some lines, whoever wrote it, in which no sign commands a terminal or reorders others."""
    return "\n".join(shown(line, None) for line in text.split("\n"))


@dataclass
class Problems:
    """What is wrong with something that was given: the first lines, and how many there are."""

    lines: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether others are only counted from here on."""
        return self.count >= MAX_PROBLEMS

    def take(self, lines: Iterable[str]) -> None:
        """Take note of problems; of those that are only counted it does not matter what is said."""
        for line in lines:
            self.lines += [] if self.full else [line]
            self.count += 1

    @property
    def error(self) -> ScenarioError:
        """The first of them, a line each, and how many more there are."""
        more = [f"and {self.count - MAX_PROBLEMS:,} more"] if self.count > MAX_PROBLEMS else []
        return ScenarioError("\n".join([*self.lines, *more]))

    def check(self) -> None:
        """Go on only if there is none.

        Raises:
            ScenarioError: what is wrong.
        """
        if self.count:
            raise self.error


@dataclass(eq=False)
class Unfit(ValueError):
    """What a model finds wrong by itself.

    Args:
        wrong: what is wrong.
        at: the path of it within the model.
        given: the value.
        allowed: what would do.
        names: those that there are, where it is an unknown one.
    """

    wrong: str
    at: str = ""
    given: Any = None
    allowed: str = ""
    names: Sequence[str] = ()


def unusable(
    path: object, wrong: str, *, given: object = None, allowed: str = "", near: str = ""
) -> ResultsError:
    """The error that a file or a folder cannot be used, as `error_text` says it."""
    return ResultsError(error_text(str(path), "", wrong, given=given, allowed=allowed, near=near))


def reason_of(error: BaseException) -> str:
    """What the operating system says of a failure, without its number and path."""
    return getattr(error, "strerror", None) or str(error)


def nearest(name: str, names: Sequence[str]) -> str:
    """The known name that looks most like a given one, or nothing."""
    found = get_close_matches(name[:MAX_SIGNS], names, n=1, cutoff=0.6)
    return found[0] if found else ""


def integer(name: str, value: Any, low: int, high: int) -> int:
    """Check a whole number.

    Raises:
        SalesimError: no whole number, or one out of range.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if whole and low <= value <= high:
        return int(value)
    wrong, given = ("out of range", int(value)) if whole else ("not a whole number", value)
    allowed = f"a whole number from {low} to {high}"
    raise SalesimError(error_text(name, "", wrong, given=given, allowed=allowed))


def chosen(option: str, written: str, names: Sequence[Name]) -> Name:
    """Read the value of an option that takes one of a few names.

    Raises:
        SalesimError: another name.
    """
    for name in names:
        if name == written:
            return name
    raise SalesimError(error_text(option, "", "unknown name", given=written, names=names))
