"""The generated parts of the tutorial: what its commands print."""

from __future__ import annotations

from .gallery import waterfall_shown
from .published import read
from .rendering import filled
from .teaching import PRINTED, TAUGHT

TUTORIAL = "docs/tutorial.md"
COMMANDS = {
    "run": "salesim run typical_firm --out results/typical --quiet",
    "gap": "salesim gap typical_firm --quick --replicates 5 --quiet",
    "firm": "salesim run premium_strategy_volume_pay --no-figures --quiet",
    "compare": (
        "salesim compare premium_strategy_volume_pay --policy pay_for_the_segment.toml --policy steer.toml "
        "--policy margin_pay --replicates 6 --budget 6 --out results/premium --no-figures --quiet"
    ),
}


def tutorial_page(page: str) -> str:
    """The tutorial, given its text, with what its commands printed when they were last run."""
    quoted = {name: _quoted(text) for name, text in read(TAUGHT)[PRINTED].items()}
    return filled(page, {"waterfall": waterfall_shown(TUTORIAL), **quoted})


def _quoted(text: str) -> str:
    return ">\n".join(f"> {line}\n" for line in text.splitlines())
