"""A delta: paths and values that someone wrote, and where each was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ScenarioError
from ..messages import nearest, reason_of, refusal
from ..model.scenario import Scenario

LARGEST_FILE = 1_000_000
TEXTS = ("title", "description")
EXTENDS = "extends"
DATED = "dated"
RULES = "rules."
CARD = "card"


@dataclass
class Delta:
    """Values by path (`pay.margin_weight`), with the place each came from for messages."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def place(self, path: str) -> str:
        """Where a path was written: file and line, or the option."""
        return self.places.get(path, self.name)


def merged(deltas: Iterable[Delta]) -> Delta:
    """Deltas laid over each other as one: later ones win, dated levers of all of them stay."""
    whole = Delta("scenario")
    for delta in deltas:
        for path, value in delta.values.items():
            before = whole.values.get(path)
            if path == DATED and isinstance(before, list) and isinstance(value, list):
                value = before + value
            whole.values[path] = value
            whole.places[path] = delta.place(path)
    return whole


def read_delta(path: Path) -> Delta:
    """Read a scenario or a policy from a TOML file; nothing in it is evaluated.

    Raises:
        ScenarioError: a file that is missing, unreadable, too large, not text or not TOML.
    """
    text = _text_of(path)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        twice = _said_twice(path, text) if "overwrite" in str(error) else ""
        raise ScenarioError(twice or refusal(str(path), "", f"not valid TOML: {error}")) from None
    lines = dict(_entries(text))
    listed = {key: f"{path}:{line}" for key, line in lines.items() if "[" in key}
    delta = Delta(str(path), places=listed)
    for key, value in _flat(content):
        if key in delta.values:
            raise ScenarioError(refusal(str(path), key, "said twice"))
        delta.values[key] = value
        written = next((above for above in _upwards(key) if above in lines), None)
        delta.places[key] = f"{path}:{lines[written]}" if written else str(path)
    return delta


def read_settings(settings: Iterable[str]) -> Delta:
    """Read `path=value` pairs as given on the command line; values are written as in TOML.

    Raises:
        ScenarioError: a pair without `=`, a value that TOML cannot read, or a path said twice.
    """
    delta = Delta("--set")
    for setting in settings:
        path, equals, written = setting.partition("=")
        path = path.strip()
        if not equals or not path:
            raise ScenarioError(refusal("--set", "", "not a setting", given=setting, allowed="path=value"))
        if path in delta.values:
            raise ScenarioError(refusal("--set", path, "said twice", given=setting))
        delta.values[path] = written.strip() if path in TEXTS else _value_of(path, written.strip())
    return delta


def read_mapping(name: str, changes: Mapping[str, Any]) -> Delta:
    """Read values by path as given from Python; NumPy's numbers are taken for Python's.

    Raises:
        ScenarioError: a path said twice, once whole and once in a nested mapping.
    """
    delta = Delta(name)
    for path, value in _flat(dict(changes)):
        if path in delta.values:
            raise ScenarioError(refusal(name, path, "said twice"))
        delta.values[path] = value.item() if isinstance(value, np.generic) else value
    return delta


def delta_of(scenario: Scenario) -> Delta:
    """Everything that a scenario says, so that more can be laid over it."""
    said = scenario.model_dump()
    said[DATED] = [{k: v for k, v in dated.items() if v is not None} for dated in said[DATED]]
    return Delta("scenario", dict(_flat(said)))


def _value_of(path: str, written: str) -> Any:
    """The value as TOML reads it; a bare word is a name, as modes have them."""
    if re.fullmatch(r"[A-Za-z]\w*", written) and written not in ("true", "false", "nan", "inf"):
        return written
    try:
        content = tomllib.loads(f"value = {written}")
    except (ValueError, RecursionError):
        content = {}
    if list(content) != ["value"] or isinstance(content["value"], dict):
        raise ScenarioError(
            refusal("--set", path, "not a value", given=written, allowed="a number such as 0.5")
        )
    return content["value"]


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise ScenarioError(refusal(str(path), "", "is a folder", allowed="a TOML file"))
        if path.exists() and not path.is_file():
            raise ScenarioError(refusal(str(path), "", "is no ordinary file", allowed="a TOML file"))
        if path.stat().st_size > LARGEST_FILE:
            raise ScenarioError(
                refusal(
                    str(path),
                    "",
                    "too large",
                    given=f"{path.stat().st_size} bytes",
                    allowed=f"at most {LARGEST_FILE} bytes",
                )
            )
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ScenarioError(refusal(str(path), "", "no such file", near=_file_near(path))) from None
    except UnicodeDecodeError:
        raise ScenarioError(refusal(str(path), "", "not a text file", allowed="TOML")) from None
    except (OSError, ValueError) as error:
        raise ScenarioError(refusal(str(path), "", f"cannot be read: {reason_of(error)}")) from None


def _file_near(path: Path) -> str:
    try:
        there = [p.stem for p in path.parent.glob("*.toml")]
    except (OSError, ValueError):
        return ""
    name = nearest(path.stem, there)
    return str(path.parent / f"{name}.toml") if name else ""


def _flat(content: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for key, value in content.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping) and (value or not prefix):
            pairs += _flat(value, f"{path}.")
        else:
            pairs.append((path, value))
    return pairs


def _upwards(path: str) -> Iterator[str]:
    """A path and those above it: what stands in braces stands where its table is written."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _said_twice(path: Path, text: str) -> str:
    """The refusal of the first key that stands twice, or nothing."""
    seen: dict[str, int] = {}
    for key, line in _entries(text):
        if key in seen:
            return refusal(f"{path}:{line}", key, f"said twice, first in line {seen[key]}")
        seen[key] = line
    return ""


def _entries(text: str) -> Iterator[tuple[str, int]]:
    """Each `key = value` under its `[table]`, and its line; enough for files of plain tables.

    Of `[[tables]]` each is yielded by its number: `dated[0]`.
    """
    table = ""
    listed: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        several = re.match(r"\s*\[\[([\w.\- ]+)\]\]", line)
        if several:
            name = several.group(1).strip()
            listed[name] = listed.get(name, -1) + 1
            table = f"{name}[{listed[name]}]."
            yield table[:-1], number
            continue
        header = re.match(r"\s*\[([\w.\- ]+)\]", line)
        entry = re.match(r"\s*\"?([\w.\-]+)\"?\s*=", line)
        if header:
            table = header.group(1).replace(" ", "") + "."
        elif entry:
            yield table + entry.group(1), number
