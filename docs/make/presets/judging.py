"""Simulate all case studies, publish their results, say what has changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salesim.show.presets.card import OBJECT

from ..published import PUBLISHED, Asked, publish, read, written
from ..signatures.judged import Judged, judged
from ..signatures.signature import digits_of_signatures
from .machine import presets_object

PRESETS, SEED = "presets", 1


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the firms and signatures that it is made of as they stand."""
    return {PRESETS: {"seed": SEED, "signatures": digits_of_signatures()}}


def make(asked: Asked) -> None:
    """Judge, publish, and say which statements stand otherwise than before."""
    before = verdicts(asked.to)
    found = judged(
        seed=SEED,
        replicates=asked.replicates,
        out=asked.results / PRESETS,
        how=asked.how,
    )
    keep(list(found), asked.to)
    words = {True: "holds", False: "does not hold"}
    for name, holds in verdicts(asked.to).items():
        if before.get(name, holds) != holds:
            print(f"{name}: now {words[holds]}", file=sys.stderr)


def keep(found: Sequence[Judged], root: Path = PUBLISHED) -> None:
    """Publish the object."""
    runs = {study: digits for each in found for study, digits in each.digests.items()}
    about = {"command": "make presets", **parts(())[PRESETS], "runs": runs}
    publish(root, PRESETS, {f"{PRESETS}/{OBJECT}": written(presets_object(found, SEED))}, about)


def verdicts(root: Path) -> dict[str, bool]:
    """Whether each statement holds, by firm and name."""
    path = root / PRESETS / OBJECT
    return {
        f"{preset['preset']}: {statement['name']}": statement["holds"]
        for preset in (read(path)["presets"] if path.is_file() else ())
        for statement in preset["statements"]
        if statement["judged"]
    }
