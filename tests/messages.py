"""Error messages taken apart by their template, so that tests read values and leave the wording alone."""

from __future__ import annotations

import re
from typing import NamedTuple

PARTS = re.compile(
    r"(?:; got (?P<given>.*?))?(?:; allowed: (?P<allowed>.*?))?(?:; did you mean '(?P<near>.*?)'\?)?$", re.S
)


class Message(NamedTuple):
    """One line of an error: where it is, what is wrong there, the value given, what is allowed, the nearest name."""

    place: tuple[str, ...]
    wrong: str
    given: str | None
    allowed: str | None
    near: str | None


def message_of(said: object) -> Message:
    """An error, or the line that a command printed for one, taken apart."""
    text = str(said).strip().removeprefix("Error: ")
    ends = next(found for found in PARTS.finditer(text) if found.end() == len(text))
    *place, wrong = text[: ends.start()].split(": ")
    return Message(tuple(place), wrong, ends["given"], ends["allowed"], ends["near"])
