"""Small turns of English that sentences share."""

from __future__ import annotations

from collections.abc import Sequence

TODAY = "today's firm"  # the baseline, in a sentence


def capital(text: str) -> str:
    """A text that begins a sentence or a line."""
    return f"{text[:1].upper()}{text[1:]}"


def phrase(names: Sequence[str]) -> str:
    """Names in a sentence: one, two and three."""
    return " and ".join([*filter(None, [", ".join(names[:-1])]), *names[-1:]])


def counted(number: int, one: str, many: str = "") -> str:
    """So many of something: 1 run, 2,000 runs."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
