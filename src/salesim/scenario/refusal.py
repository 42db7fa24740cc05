"""One template for everything that is refused: where, what, what is wrong, given, allowed, nearest."""

from __future__ import annotations

from difflib import get_close_matches


def refusal(
    where: str, what: str, wrong: str, *, given: object = None, allowed: str = "", near: str = ""
) -> str:
    """One line that says what is wrong and what would be right."""
    parts = [f"{where}: {what}: {wrong}" if what else f"{where}: {wrong}"]
    if given is not None:
        parts.append(f"got {given!r}")
    if allowed:
        parts.append(f"allowed: {allowed}")
    if near:
        parts.append(f"did you mean '{near}'?")
    return "; ".join(parts)


def nearest(name: str, names: list[str]) -> str:
    """The known name that looks most like a given one, or nothing."""
    found = get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else ""
