"""The generated parts of the tutorial: what its commands print."""

from __future__ import annotations

import json
from pathlib import Path

from .gallery import waterfall_shown
from .protocol.page import filled
from .teaching import KEPT

SAID = "said.json"
COMMANDS = {
    "run": "salesim run typical_firm --out results/typical --quiet",
    "gap": "salesim gap typical_firm --quick --replicates 5 --quiet",
    "firm": "salesim run premium_strategy_volume_pay --no-figures --quiet",
    "compare": (
        "salesim compare premium_strategy_volume_pay --policy pay_for_the_segment.toml --policy steer.toml "
        "--policy margin_pay --replicates 6 --budget 6 --out results/premium --no-figures --quiet"
    ),
}


def tutorial_page(page: str, docs: Path) -> str:
    """The tutorial with what its commands printed when they were last run.

    Args:
        page: the text, with marks around what is generated.
        docs: the folder of the documentation, where this was kept.
    """
    said = json.loads((docs / KEPT / SAID).read_text(encoding="utf-8"))
    printed = {name: _quoted(said[name]) for name in COMMANDS}
    return filled(
        page,
        {
            "waterfall": lambda: waterfall_shown(docs, ""),
            **{name: lambda text=text: text for name, text in printed.items()},  # type: ignore[misc]
        },
    )


def _quoted(text: str) -> str:
    return ">\n".join(f"> {line}\n" for line in text.splitlines())
