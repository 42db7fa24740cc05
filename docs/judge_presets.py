"""Live through all firms with a card, keep what they showed beside what must hold, say what has changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import generate

from salesim.cli.watching import watching
from salesim.scenario.placing import put_file
from salesim.show.presets.kept import OBJECT, kept, kept_in
from salesim.show.presets.machine import presets_object
from salesim.show.presets.page import sentence
from salesim.study.keys import model_key
from salesim.study.manifest import MANIFEST, environment
from salesim.study.signatures.judged import Judged, judged
from salesim.study.signatures.signature import digits_of_signatures

HERE = Path(__file__).parent.parent
SHOWN = kept_in()
RUNS = HERE / "results" / "presets"
PAGE = "docs/presets.md"
SEED = 1


def verdicts(found: dict[str, Any]) -> dict[str, bool]:
    """Whether each statement holds, by firm and name."""
    return {
        f"{preset['preset']}: {statement['name']}": statement["holds"]
        for preset in found.get("presets", ())
        for statement in preset["statements"]
        if statement["judged"]
    }


def manifest(found: Sequence[Judged]) -> dict[str, Any]:
    """With what it was made."""
    return {
        "command": "make presets",
        "seed": SEED,
        **environment(),
        "key": model_key(),
        "signatures": digits_of_signatures(),
        "runs": {study: digits for each in found for study, digits in each.digests.items()},
    }


def publish(found: Sequence[Judged]) -> None:
    """Keep object and manifest, and write the page that is made of them."""
    said = presets_object(found, SEED)
    SHOWN.mkdir(exist_ok=True)
    for name, content in ((OBJECT, said), (MANIFEST, manifest(found))):
        put_file(SHOWN / name, (json.dumps(content, indent=2) + "\n").encode())
    (HERE / PAGE).write_text(generate.FILES[PAGE](), encoding="utf-8")


def main() -> None:
    """Judge, publish, and say which statements stand otherwise than before."""
    before = verdicts(kept(SHOWN))
    publish(list(judged(seed=SEED, out=RUNS, watching=lambda heading: watching(heading, silent=False))))
    after = verdicts(kept(SHOWN))
    words = {True: "holds", False: "does not hold"}
    for name, holds in after.items():
        if before.get(name, holds) != holds:
            print(f"{name}: now {words[holds]}", file=sys.stderr)
    print(f"{PAGE} written. {sentence(kept(SHOWN))}")


if __name__ == "__main__":
    main()
