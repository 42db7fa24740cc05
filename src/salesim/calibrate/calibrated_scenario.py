"""The values of a calibration as a scenario."""

from __future__ import annotations

import os
from pathlib import Path

import tomli_w

from ..inputs.shipped import is_bare
from .calibration import Calibration


def _seen_from(folder: Path, name: str) -> str:
    """A firm as a file in the folder names it: a shipped one as it is, a file by the way to it."""
    if is_bare(name) and not Path(name).is_file():
        return name
    return Path(os.path.relpath(Path(name).resolve(), folder.resolve())).as_posix()


def calibrated_toml(found: Calibration, created: str) -> str:
    """The fitted values as a scenario that extends the firm they were fitted for."""
    groups: dict[str, dict[str, float]] = {}
    for path, value in found.values.items():
        group, _, name = path.partition(".")
        groups.setdefault(group, {})[name] = value
    inside = sum(fit.in_band for fit in found.fit)
    head = [
        f"# {found.plan.title}, {created}.",
        f"# {len(found.numbers)} numbers fitted to {len(found.fit)} published ones, of which {inside} are",
        f"# in their bands on new random draws; {found.attempts:,} firms were tried.",
        f"# salesim calibrate, seed {found.seed}.",
    ]
    body = {"title": found.firm.title, "extends": _seen_from(Path(found.folder), found.plan.name), **groups}
    return "\n".join(head) + "\n" + tomli_w.dumps(body)
