"""The generated parts of the page on validation: verdicts, standings, and every number with its own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from ..rules.sources import Standing
from ..scenario.declared import declared_numbers, spelt
from .protocol.blocks import code, table
from .protocol.page import filled

EVIDENCE = Path("evidence") / "evidence.json"
CALIBRATION = Path("calibration") / "calibration.json"
MEANINGS: dict[str, str] = {
    "verified": "read in the work itself, at least in its abstract",
    "reported": "read in another work that reports it",
    "derived": "computed from published numbers, or taken from within a published range",
    "fitted": "fitted to published findings, within a range",
    "recalled": "cited from memory",
    "size assumed": "the mechanism or its sign is published, the number is not",
    "assumed": "no source",
}


def validation_page(page: str, docs: Path) -> str:
    """The page with its generated blocks as code and kept results give them now.

    Args:
        page: the text, with marks around what is generated.
        docs: the folder of the documentation, where evidence and calibration were kept.
    """
    return filled(
        page,
        {
            "verdicts": lambda: _verdicts(_kept(docs / EVIDENCE)),
            "misses": lambda: _misses(_kept(docs / EVIDENCE)),
            "taught": lambda: _taught(_kept(docs / CALIBRATION)),
            "standings": _standings,
            "numbers": _numbers,
        },
    )


def _kept(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _verdicts(said: dict[str, Any]) -> str:
    return table(
        ("finding", "", "fitted parts met", "held-out parts met", "verdict"),
        (
            (
                target["target"],
                target["title"],
                _counted(target, "fitted"),
                _counted(target, "held out"),
                _verdict(target),
            )
            for target in said["targets"]
        ),
    )


def _verdict(target: dict[str, Any]) -> str:
    """What is fitted as a whole is never called reproduced."""
    if not target["reproduced"]:
        return "**missed**"
    return "reproduced" if _counted(target, "held out") else "fitted, in band"


def _counted(target: dict[str, Any], role: str) -> str:
    parts = [part for part in target["measures"] if part["role"] == role and part["judged"]]
    return f"{sum(part['reproduced'] for part in parts)} of {len(parts)}" if parts else ""


def _misses(said: dict[str, Any]) -> str:
    missed = [
        (target["target"], part)
        for target in said["targets"]
        for part in target["measures"]
        if part["judged"] and not part["reproduced"]
    ]
    return table(
        ("finding", "measure", "band", "ours", "95% interval"),
        (
            (
                name,
                part["says"],
                " to ".join(f"{end:g}" for end in part["band"]),
                f"{part['value']:.3g}",
                " to ".join(f"{end:.3g}" for end in part["interval"]),
            )
            for name, part in missed
        ),
    )


def _taught(said: dict[str, Any]) -> str:
    inside = sum(row["in_band"] for row in said["fit"])
    return (
        f"{len(said['numbers'])} numbers were free, {len(said['fit'])} published numbers were fitted; "
        f"{inside} of these are met on luck that the search has not seen. They pin down "
        f"{said['directions']} combinations of numbers better than the prior does.\n"
    )


def _standings() -> str:
    counted = Counter(number.standing for number in declared_numbers().values())
    return table(
        ("standing", "meaning", "numbers"),
        ((name, MEANINGS[name], str(counted[name])) for name in get_args(Standing)),
    )


def _numbers() -> str:
    return table(
        ("number", "default", "unit", "plausible", "standing", "source"),
        (
            (
                f"`{path}`",
                _spelt(number.said(number.default)),
                number.unit,
                "" if number.modes else f"{spelt(number.sweep[0])} to {spelt(number.sweep[1])}",
                number.standing,
                code([number.source]),
            )
            for path, number in declared_numbers().items()
        ),
    )


def _spelt(value: float | str) -> str:
    return value if isinstance(value, str) else spelt(value)
