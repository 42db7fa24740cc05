"""Read how often each point of a study is simulated."""

from __future__ import annotations

from typing import Any

from ..outcomes import NUMBERS
from .design import Replicates
from .written import Written

REPLICATES = "replicates"
PARTS = ("outcome", "half_width", "precision", "least", "most")
LEAST, MOST = 20, 400
FEWEST_FOR_AN_INTERVAL = 2
MOST_OF_A_POINT = 100_000
WIDEST = 1e15
HALF_WIDTH = "a number above 0, in the unit of the outcome"
PRECISION = "a number above 0, in points of the promise or percent of today's firm"


def read_replicates(written: Written) -> Replicates:
    """A fixed number, or a table that says how narrow the interval of a mean must be."""
    said = written.under(REPLICATES)
    if not said:
        number = written.whole(REPLICATES, LEAST, 1, MOST_OF_A_POINT)
        return Replicates(least=number, most=number)
    for name in said:
        if name not in PARTS:
            written.refuse_key(f"{REPLICATES}.{name}", PARTS)
    least, most = _ends(written, said)
    if "precision" in said:
        for name in ("outcome", "half_width"):
            if name in said:
                written.refuse(f"{REPLICATES}.{name}", "with precision", allowed="one or the other")
        return Replicates(least=least, most=most, precision=_width(written, said, "precision", PRECISION))
    outcome, width = _outcome(written, said), _width(written, said, "half_width", HALF_WIDTH)
    return Replicates(least=least, most=most, outcome=outcome, half_width=width)


def _ends(written: Written, said: dict[str, Any]) -> tuple[int, int]:
    """The fewest and the most replicates; what is not said gives way to what is."""
    before = len(written.problems)
    found = {
        end: written.whole(f"{REPLICATES}.{end}", default, FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT)
        for end, default in (("least", LEAST), ("most", MOST))
        if end in said
    }
    least = found.get("least", min(LEAST, found.get("most", MOST)))
    most = found.get("most", max(MOST, least))
    if least > most and len(written.problems) == before:
        path = f"{REPLICATES}.most"
        written.refuse(path, "is less than least", given=most, allowed=f"{least:,} or more")
    return least, most


def _outcome(written: Written, said: dict[str, Any]) -> str:
    path = f"{REPLICATES}.outcome"
    if "outcome" not in said:
        written.refuse(path, "is missing", allowed=f"the name of an outcome, such as {next(iter(NUMBERS))}")
    elif said["outcome"] not in list(NUMBERS):  # it may be anything, also what has no hash
        written.refuse_name(path, said["outcome"], list(NUMBERS))
    return str(said.get("outcome"))


def _width(written: Written, said: dict[str, Any], name: str, allowed: str) -> float:
    width: Any = said.get(name)
    if type(width) in (int, float) and 0.0 < width < WIDEST:
        return float(width)
    wrong = "no width" if name in said else "is missing"
    written.refuse(f"{REPLICATES}.{name}", wrong, given=width, allowed=allowed)
    return 1.0
