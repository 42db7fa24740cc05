"""What somebody wrote of a study, and where, so that everything wrong with it can be said at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...scenario.delta import Delta
from ...scenario.refusal import nearest, refusal


@dataclass
class Written:
    """What somebody wrote of a study: values by path, the folder that paths start from, and problems."""

    name: str
    delta: Delta
    folder: Path
    problems: list[str] = field(default_factory=list)

    def under(self, table: str) -> dict[str, Any]:
        """What stands in a table, by the path within it."""
        start = f"{table}."
        return {p.removeprefix(start): v for p, v in self.delta.values.items() if p.startswith(start)}

    def place(self, path: str) -> str:
        """Where a path was written, or the nearest table around it."""
        while path and path not in self.delta.places:
            path = path.rpartition(".")[0]
        return self.delta.place(path)

    def refuse_name(self, path: str, name: object, known: list[str]) -> None:
        """Take note of a name that is none."""
        near = nearest(str(name), known)
        self.refuse(path, "unknown name", given=name, allowed="" if near else ", ".join(known), near=near)

    def refuse(self, path: str, wrong: str, **facts: Any) -> None:
        """Take note of a problem."""
        self.problems.append(refusal(self.place(path), path, wrong, **facts))
