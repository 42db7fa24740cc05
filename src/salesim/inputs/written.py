"""What somebody wrote of a study, and where, so that everything wrong with it can be said at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..messages import nearest, refusal
from .delta import Delta


@dataclass
class Written:
    """What somebody wrote of a study: values by path, the folder that paths start from, and problems."""

    name: str
    delta: Delta
    folder: Path
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.delta.values = {path: plain(value) for path, value in self.delta.values.items()}

    def under(self, table: str) -> dict[str, Any]:
        """What stands in a table, by the path within it."""
        start = f"{table}."
        return {p.removeprefix(start): v for p, v in self.delta.values.items() if p.startswith(start)}

    def place(self, path: str) -> str:
        """Where a path was written, or the first that stands under it, or the nearest table around it."""
        while path:
            under = (p for p in self.delta.places if p == path or p.startswith(f"{path}."))
            first = next(under, None)
            if first is not None:
                return self.delta.place(first)
            path = path.rpartition(".")[0]
        return self.delta.place(path)

    def refuse(
        self, path: str, wrong: str, *, given: object = None, allowed: str = "", near: str = ""
    ) -> None:
        """Take note of a problem."""
        place = self.place(path)
        self.problems.append(refusal(place, path, wrong, given=given, allowed=allowed, near=near))

    def refuse_name(self, path: str, name: object, known: Sequence[str]) -> None:
        """Take note of a name that is none."""
        near = nearest(str(name), known)
        self.refuse(path, "unknown name", given=name, allowed="" if near else ", ".join(known), near=near)

    def refuse_key(self, path: str, known: Sequence[str]) -> None:
        """Take note of a key that means nothing; known are those that may stand in its place."""
        near = nearest(path.rpartition(".")[2], known)
        self.refuse(path, "unknown key", allowed="" if near else ", ".join(known), near=near)

    def whole(self, path: str, default: int, low: int, high: int) -> int:
        """A whole number in a range; the default where nothing is said, or nothing that will do."""
        value = self.delta.values.get(path, default)
        if type(value) is int and low <= value <= high:
            return value
        allowed = f"a whole number from {low:,} to {high:,}"
        wrong = "out of range" if type(value) is int else "wrong type"
        self.refuse(path, wrong, given=value, allowed=allowed)
        return default

    def text(self, path: str, default: str, longest: int) -> str:
        """A text that is not too long."""
        value = self.delta.values.get(path, default)
        if isinstance(value, str) and len(value) <= longest:
            return value
        self.refuse(path, "not a text that fits", given=value, allowed=f"at most {longest:,} characters")
        return default

    def names(self, path: str, default: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
        """A list of names, each of them once; an empty one will do only where nothing is the default."""
        value = self.delta.values.get(path, list(default))
        if not isinstance(value, list) or (not value and default):
            allowed = f"a list of names, such as {list(known[:2])}"
            self.refuse(path, "wrong type", given=value, allowed=allowed)
            return default
        for name in value:
            if name not in known:
                self.refuse_name(path, name, known)
        return tuple(dict.fromkeys(str(name) for name in value))


def plain(value: Any) -> Any:
    """A value as TOML would give it: Python's numbers for NumPy's, and lists for tuples and arrays."""
    if isinstance(value, np.generic | np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value
