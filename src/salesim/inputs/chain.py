"""What a file extends: the files it stands on, read from the lowest up."""

from __future__ import annotations

from pathlib import Path

from ..errors import ScenarioError
from ..messages import error_text
from .delta import EXTENDS
from .quota_file import take_quota_file
from .shipped import file_of
from .toml import Written, read_toml


def read_chain(written: str | Path, shipped: dict[str, Path]) -> list[Written]:
    """A file and all that it extends, the lowest first, so that later ones win.

    Args:
        written: a path, or the name of a shipped file.
        shipped: those that can be meant by name, here and behind `extends`.

    Raises:
        ScenarioError: a file that cannot be read, or files that extend each other in a circle.
    """
    path = file_of(written, shipped)
    chain = [_read(path)]
    seen = {path.resolve()}
    while EXTENDS in chain[0].values:
        above = chain[0]
        place, extended = above.place(EXTENDS), above.values.pop(EXTENDS)
        if not isinstance(extended, str) or not extended:
            allowed = "the path of a TOML file, or the name of a shipped one"
            raise ScenarioError(error_text(place, EXTENDS, "wrong type", given=extended, allowed=allowed))
        try:
            path = file_of(extended, shipped, path.parent)
            below = _read(path)
        except ScenarioError as error:
            raise ScenarioError(f"{place}: {EXTENDS}: {error}") from None
        if path.resolve() in seen:
            raise ScenarioError(error_text(place, EXTENDS, "goes in a circle", given=extended))
        seen.add(path.resolve())
        chain.insert(0, below)
    return chain


def _read(path: Path) -> Written:
    """One file, with the quotas of the file that it names."""
    written = read_toml(path)
    take_quota_file(written)
    return written
