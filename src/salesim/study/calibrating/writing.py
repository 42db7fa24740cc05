"""A calibration as one object for programs, and its values as a scenario."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w

from ...scenario.shipped import is_bare

if TYPE_CHECKING:
    from .calibrating import Calibration

SCHEMA_VERSION = 1


def calibration_object(found: Calibration) -> dict[str, Any]:
    """What `salesim calibrate --json` prints."""
    known = found.posterior
    facts = zip(found.plan.free, known.spread, known.learned, strict=True)
    return {
        "schema_version": SCHEMA_VERSION,
        "title": found.plan.title,
        "scenario": found.plan.name,
        "seed": found.seed,
        "attempts": found.attempts,
        "folder": str(found.folder),
        "fit": [
            {
                "row": fit.row.name,
                "says": fit.row.measure.says,
                "unit": fit.row.measure.unit,
                "published": fit.row.aim,
                "band": list(fit.row.measure.band),
                "before": fit.before,
                "value": fit.value,
                "standard_error": fit.error,
                "in_band": fit.in_band,
                "predicted": list(fit.predicted),
                "covered": fit.covered,
            }
            for fit in found.fits
        ],
        "numbers": [
            {
                "path": free.path,
                "value": found.numbers[free.path],
                "before": free.before,
                "range": [free.low, free.high],
                "unit": free.number.unit,
                "spread": float(spread) * (free.high - free.low),
                "learned": float(learned),
            }
            for free, spread, learned in facts
        ],
        "directions": known.directions,
        "trade_offs": [
            {"numbers": [found.plan.free[i].path, found.plan.free[j].path], "correlation": r}
            for i, j, r in known.trades()
        ],
    }


def _seen_from(folder: Path, name: str) -> str:
    """A firm as a file in the folder names it: a shipped one as it is, a file by the way to it."""
    if is_bare(name) and not Path(name).is_file():
        return name
    return Path(os.path.relpath(Path(name).resolve(), folder.resolve())).as_posix()


def calibrated_toml(found: Calibration, created: str) -> str:
    """The fitted values as a scenario that extends the firm they were fitted for."""
    groups: dict[str, dict[str, float]] = {}
    for path, value in found.numbers.items():
        group, _, name = path.partition(".")
        groups.setdefault(group, {})[name] = value
    inside = sum(fit.in_band for fit in found.fits)
    head = [
        f"# {found.plan.title}, {created}.",
        f"# {len(found.numbers)} numbers fitted to {len(found.fits)} published ones, of which {inside} are",
        f"# in their bands on new luck; {found.attempts:,} firms were tried.",
        f"# salesim calibrate, seed {found.seed}.",
    ]
    body = {"title": found.firm.title, "extends": _seen_from(found.folder, found.plan.name), **groups}
    return "\n".join(head) + "\n" + tomli_w.dumps(body)
