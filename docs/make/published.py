"""What runs have shown, kept once for all pages, and the one manifest that says what it was made with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from salesim.cli.options import Running
from salesim.inputs.whole_files import put_file
from salesim.runs.exec import Exec
from salesim.runs.manifest import MANIFEST, environment

REPOSITORY = Path(__file__).parents[2]
PLACE = "results/published"
PUBLISHED = REPOSITORY / PLACE
SAME = ("salesim", "model", "measures")  # what makes results out of date when it changes
OF_ONE_RUN = ("created", "platform")  # what two runs of the same code differ in
LIST = re.compile(r"\[\n\s*([^\[\]{}]*?)\n\s*\]")


@dataclass(frozen=True)
class Asked:
    """What is to be made, and how.

    Args:
        names: experiments; all unless named.
        results: where runs are stored; those that are there are not run again.
        to: the folder of all that is published.
        replicates: instead of the number in the files; None for theirs.
        workers: how many runs at a time; as many as there are cores unless given.
        silent: whether no progress is shown.
    """

    names: tuple[str, ...] = ()
    results: Path = Path("results")
    to: Path = PUBLISHED
    replicates: int | None = None
    workers: int | None = None
    silent: bool = False

    @property
    def how(self) -> Exec:
        """How runs are carried out."""
        return Running(workers=self.workers).exec(silent=self.silent)


def made_with() -> dict[str, Any]:
    """Versions and digits that stand for the code which makes results here and now."""
    return {key: value for key, value in environment().items() if key not in OF_ONE_RUN}


def manifest(root: Path = PUBLISHED) -> dict[str, Any]:
    """What was published, part by part, and with what; nothing where nothing was."""
    path = root / MANIFEST
    return read(path) if path.is_file() else {}


def part_of(root: Path, part: str) -> dict[str, Any]:
    """What the manifest says of a part; what was said once for all parts among it."""
    said = manifest(root)
    parts = said.pop("parts", {})
    own = parts.get(part, {})
    return {**said, **own.get("made_with", {}), **own} if own else {}


def is_stale(root: Path, part: str, made_of: Mapping[str, Any]) -> bool:
    """Whether a part is missing, or of another model, measure, or of something else than it is made of."""
    here = made_with()
    now = {key: here[key] for key in SAME} | dict(made_of)
    said = part_of(root, part)
    return any(said.get(key) != value for key, value in now.items())


def publish(root: Path, part: str, files: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Put the files of a part in the place of those that were there, and say in the manifest what they are.

    Args:
        root: the folder of all that is published.
        part: its name.
        files: their content, by path from that folder.
        about: what it was made of, and the digits of its runs.

    Raises:
        ResultsError: a place that cannot be written.
    """
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        put_file(root / name, content)
    for path in (root / part).rglob("*"):
        if path.is_file() and path.relative_to(root).as_posix() not in files:
            path.unlink()
    put_file(root / MANIFEST, written(_with(manifest(root), part, dict(about), made_with())))


def _with(said: dict[str, Any], part: str, about: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """The manifest with a part that was made now; parts made with something else say with what."""
    parts = said.pop("parts", {})
    if said and said != now:
        parts = {name: {"made_with": said, **each} for name, each in parts.items()}
    parts[part] = about
    for name, each in parts.items():
        parts[name] = {key: value for key, value in each.items() if (key, value) != ("made_with", now)}
    return {**now, "parts": dict(sorted(parts.items()))}


def read(path: Path) -> dict[str, Any]:
    """An object as it was published."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def written(content: Any) -> bytes:
    """An object as a file; a list of numbers or words takes one line."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    return f"{LIST.sub(_on_one_line, text)}\n".encode()


def _on_one_line(found: re.Match[str]) -> str:
    return f"[{' '.join(map(str.strip, found[1].splitlines()))}]"


def digits_of_file(path: Path) -> str:
    """Digits that change when a file does."""
    return sha256(path.read_bytes()).hexdigest()[:16]
