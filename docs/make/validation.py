"""The generated parts of the page on validation: verdicts, misses, and how numbers stand."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

from salesim.evidence import wording
from salesim.inputs.declared import declared_numbers
from salesim.rules.sources import Standing
from salesim.show.report.standing import MEANINGS

from .calibration import CALIBRATED
from .published import PUBLISHED, read
from .rendering import filled, table

EVIDENCE = PUBLISHED / "evidence" / "evidence.json"


def validation_page(page: str) -> str:
    """The page, given its text, with its generated blocks as code and published results give them now."""
    found = read(EVIDENCE)
    return filled(
        page,
        {
            "verdicts": _verdicts(found),
            "misses": _misses(found),
            "taught": _taught(read(CALIBRATED)),
            "standings": _standings(),
        },
    )


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
                wording.band_text(part["band"], part["unit"]),
                wording.value_text(part["value"], part["unit"], part["interval"]),
                wording.span_text(part["interval"], part["unit"]),
            )
            for name, part in missed
        ),
    )


def _taught(said: dict[str, Any]) -> str:
    inside = sum(row["in_band"] for row in said["fit"])
    return (
        f"{len(said['numbers'])} numbers were free, {len(said['fit'])} published numbers were fitted; "
        f"{inside} of these are met on random draws that the search has not used. They pin down "
        f"{said['directions']} combinations of numbers better than the prior does."
    )


def _standings() -> str:
    counted = Counter(number.standing for number in declared_numbers().values())
    return table(
        ("evidence grade", "meaning", "numbers"),
        ((name, MEANINGS[name], str(counted[name])) for name in get_args(Standing)),
    )
