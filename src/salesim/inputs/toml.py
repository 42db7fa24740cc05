"""The one reader of TOML: values by path, the line of each key, and a refusal of what no file may be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ScenarioError
from ..messages import Problems, error_text, nearest, reason_of

LARGEST_FILE = 1_000_000
DEEPEST = 32
MAX_BITS = 10_000
TOO_DEEP = f"tables within tables, more than {DEEPEST} deep"
LONG_KEY = re.compile(
    rf"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEEPEST}}}"""
)
UNSEEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
PERCENT = re.compile(r"([-+]?\d+(?:\.\d+)?) ?%")
TITLE = "title"
DOT = re.compile(r"\.")
# Strings and comments, in whose lines no key stands; the signs in them that could be taken for code.
NO_CODE = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?(?:\"{3,5}|\\?\Z)|'{3}.*?(?:'{3,5}|\Z)"""
    r"""|"(?:\\[^\n]|[^"\\\n])*+"?|'[^'\n]*+'?|\#[^\n]*""",
    re.DOTALL,
)
SIGNS = re.compile(r"""[^\w.\-"'\n]""")


@dataclass
class Written:
    """What somebody wrote, the place of each key, and all that is wrong with it.

    Args:
        name: the file, or the option.
        values: by path, such as `pay.margin_weight`; lists, and the tables in them, stand as they are.
        places: file and line by path; of the first of several tables `dated.0`.
        folder: where relative paths start.
        problems: what is wrong, as far as it is known.
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    folder: Path = Path()
    problems: Problems = field(default_factory=Problems)

    def under(self, table: str) -> dict[str, Any]:
        """What stands in a table, by the path within it."""
        start = f"{table}."
        return {p.removeprefix(start): v for p, v in self.values.items() if p.startswith(start)}

    def part(self, table: str) -> Written:
        """What stands in a table, by itself, with its places in the whole."""
        start = f"{table}."
        written = {p.removeprefix(start): at for p, at in self.places.items() if p.startswith(start)}
        places = {path: f"{place}: {table}" for path, place in written.items()}
        return Written(f"{self.name}: {table}", self.under(table), places, self.folder)

    def nested(self) -> dict[str, Any]:
        """All that is written, in tables."""
        whole: dict[str, Any] = {}
        for path, value in self.values.items():
            *above, last = path.split(".")
            inside = whole
            for name in above:
                inside = inside.setdefault(name, {})
            inside[last] = value
        return whole

    def place(self, path: str) -> str:
        """Where a path was written, or the first that stands under it, or the nearest table around it."""
        while path:
            if path in self.places:
                return self.places[path]
            first = next((place for place in self.places if place.startswith(f"{path}.")), None)
            if first is not None:
                return self.places[first]
            path = path.rpartition(".")[0]
        return self.name

    def reject(
        self,
        path: str,
        wrong: str,
        *,
        given: object = None,
        allowed: str = "",
        near: str = "",
        names: Sequence[str] = (),
    ) -> None:
        """Take note of a problem, as `error_text` says it."""
        line = ""
        if not self.problems.full:  # else it takes time for nothing
            place = self.place(path)
            line = error_text(place, path, wrong, given=given, allowed=allowed, near=near, names=names)
        self.problems.take([line])


def read_toml(path: Path) -> Written:
    """Read a TOML file; nothing in it is evaluated.

    Raises:
        ScenarioError: no ordinary file, one that is too large or no text, what is no TOML, tables that are
            nested too deep, a key that is written twice, or texts with signs that cannot be seen.
    """
    text = text_of(path, "a TOML file", unless=LONG_KEY)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        known = _said_twice(path, text) if "overwrite" in str(error) else _percent_in(path, text)
        raise ScenarioError(known or error_text(str(path), "", f"not valid TOML: {error}")) from None
    places = {key: f"{path}:{line}" for key, line in _entries(text)}
    return checked(Written(str(path), places=places, folder=path.parent), content)


def read_mapping(name: str, changes: Mapping[str, Any]) -> Written:
    """Read values as given from Python; NumPy's numbers are taken for Python's.

    Raises:
        ScenarioError: as of a file.
    """
    return checked(Written(name), {str(key): value for key, value in changes.items()})


def value_in(text: str) -> Any:
    """A value as TOML reads it, or nothing where it is none."""
    try:
        content = tomllib.loads(f"value = {text}") if not LONG_KEY.search(text) else {}
    except (ValueError, RecursionError):
        content = {}
    value = content.get("value")
    return value if len(content) == 1 and not isinstance(value, dict) else None


def fraction_of(text: object) -> str:
    """What to write instead of a percent, such as 18%, where a fraction is asked; nothing for others."""
    found = PERCENT.fullmatch(str(text).strip())
    return f"write {float(found[1]) / 100.0:.12g}" if found else ""


def _pairs(content: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, Mapping) and (value or not prefix):
            yield from _pairs(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def checked(written: Written, content: Mapping[str, Any]) -> Written:
    """The same with its values, if all of them can be distinguished and shown.

    Raises:
        ScenarioError: what no input may hold, in a file or elsewhere.
    """
    try:
        list(_inside(content))
    except RecursionError:
        raise ScenarioError(error_text(written.name, "", TOO_DEEP)) from None
    for path, value in _pairs(content, ""):
        if path in written.values:
            written.reject(path, "said twice")
        written.values[path] = plain(value)
        inside = [path, *_inside(value)]
        unseen = next((each for each in inside if isinstance(each, str) and UNSEEN.search(each)), None)
        if any(isinstance(each, int) and each.bit_length() > MAX_BITS for each in inside):
            written.reject(path, "too large a number")  # to be shown, too
        elif unseen is not None:
            written.reject(path, "holds a sign that cannot be seen", given=unseen, allowed="plain text")
        elif path.rpartition(".")[2] == TITLE and "\n" in str(value).strip():
            written.reject(path, "has several lines", given=value, allowed="one line")
    for path in written.values:
        above = next(
            (path[: dot.start()] for dot in DOT.finditer(path) if path[: dot.start()] in written.values), ""
        )
        if above:
            written.reject(path, "said twice", allowed=f"this, or {above} as a whole")
    written.problems.check()
    return written


def _inside(value: Any, depth: int = 0) -> Iterator[Any]:
    """A value and all that is in it, keys too.

    Raises:
        RecursionError: tables or lists within each other, too deep.
    """
    if depth > DEEPEST:
        raise RecursionError
    yield value
    parts = [*value, *value.values()] if isinstance(value, Mapping) else value
    for part in parts if isinstance(parts, list | tuple) else ():
        yield from _inside(part, depth + 1)


def plain(value: Any) -> Any:
    """A value as TOML would give it: Python's numbers for NumPy's, and lists for tuples and arrays."""
    if isinstance(value, np.generic | np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value


def text_of(path: Path, kind: str, unless: re.Pattern[str] | None = None) -> str:
    """The text of a file, its lines ended alike and without a mark of its encoding.

    Args:
        path: of the file.
        kind: what it should be, in messages.
        unless: what it must not hold, since that is too deep.

    Raises:
        ScenarioError: no ordinary file, one that is too large, or no text.
    """
    allowed = f"{kind} of at most {LARGEST_FILE:,} bytes"
    try:
        if path.exists() and not path.is_file():
            raise ValueError("a folder, or no ordinary file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ValueError("too large")
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        if unless and unless.search(text):
            raise ValueError(TOO_DEEP)
    except FileNotFoundError:
        raise ScenarioError(error_text(str(path), "", "no such file", near=_file_near(path))) from None
    except (OSError, ValueError) as error:
        why = "not a text" if isinstance(error, UnicodeDecodeError) else reason_of(error)
        raise ScenarioError(error_text(str(path), "", f"cannot be read: {why}", allowed=allowed)) from None
    return text


def _file_near(path: Path) -> str:
    try:
        suffix = path.suffix or ".toml"
        there = [p.stem for p in path.parent.glob(f"*{suffix}")]
    except (OSError, ValueError):
        return ""
    name = nearest(path.stem, there)
    return str(path.parent / f"{name}{suffix}") if name else ""


def _said_twice(path: Path, text: str) -> str:
    """The error message about the first key that stands twice, or nothing."""
    seen: dict[str, int] = {}
    for key, line in _entries(text):
        if seen.setdefault(key, line) != line:
            return error_text(f"{path}:{line}", key, f"said twice, first in line {seen[key]}")
    return ""


def _percent_in(path: Path, text: str) -> str:
    """The error message about the first value that is a percent without quotation marks, or nothing."""
    lines = text.split("\n")
    for key, number in _entries(text):
        value = lines[number - 1].partition("=")[2].partition("#")[0].strip()
        if fraction_of(value):
            wrong, at = "a percent is no number", f"{path}:{number}"
            return error_text(at, key, wrong, given=value, allowed=fraction_of(value))
    return ""


def _entries(text: str) -> Iterator[tuple[str, int]]:
    """Each `key = value` under its `[table]`, and the line in which it begins.

    Of `[[tables]]` each is yielded by its number: `dated.0`, or `answer.claims.0.where.1`.
    """
    table, depth = "", 0
    listed: dict[str, int] = {}
    lines = NO_CODE.sub(lambda found: SIGNS.sub(" ", found[0]), text).split("\n")
    for number, line in enumerate(lines, 1):
        header = re.match(r"\s*\[(\[?)([\w.\- ]+)\]", line) if not depth else None
        entry = re.match(r"\s*\"?([\w.\-]+)\"?\s*=", line) if not depth else None
        if header:
            table = _numbered(header[2].replace(" ", "").split("."), listed, new=bool(header[1]))
            if header[1]:
                yield table, number
        elif entry or depth:
            depth = max(0, depth + len(re.findall(r"[\[{]", line)) - len(re.findall(r"[\]}]", line)))
        if entry:
            yield f"{table}.{entry[1]}" if table else entry[1], number


def _numbered(names: list[str], listed: dict[str, int], *, new: bool) -> str:
    """The path of a table, with the number of each list of tables on its way; a new one counts on."""
    path = ""
    for place, name in enumerate(names, 1):
        path = f"{path}.{name}" if path else name
        if new and place == len(names):
            listed[path] = listed.get(path, -1) + 1
        path = f"{path}.{listed[path]}" if path in listed else path
    return path
