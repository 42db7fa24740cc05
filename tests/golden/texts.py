"""What salesim says to people, as it was last read: all of it in one file, which a test compares with.

`make texts` writes the file anew; what it changes is to be read before it is committed. Tests assert values and keys
themselves, and leave wording to this file.
"""

from __future__ import annotations

import re
from pathlib import Path

RECORDED = Path(__file__).parent / "texts.txt"
HEAD = re.compile(r"^== (.+)$", re.M)


def read(path: Path = RECORDED) -> dict[str, str]:
    """Each text by the name of its test."""
    if not path.is_file():
        return {}
    _, *parts = HEAD.split(path.read_text(encoding="utf-8"))
    return {name: text.strip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


def write(texts: dict[str, str], path: Path = RECORDED) -> None:
    """All texts, in the order of their names."""
    parts = (f"== {name}\n{texts[name]}\n" for name in sorted(texts))
    path.write_text("\n".join(parts), encoding="utf-8")


def cleaned(text: object) -> str:
    """A text without what depends on the terminal: spaces at the ends of lines, empty lines around it."""
    return "\n".join(line.rstrip() for line in str(text).splitlines()).strip("\n")
