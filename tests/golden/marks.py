"""Marks in texts that are recorded, in the place of what another day or another machine would say."""

from __future__ import annotations

import re

from salesim.runs.manifest import salesim_version

VOLATILE = {
    r"\b[0-9a-f]{12,}\b": "<digits>",
    r"about [\d,.]+ (s|minutes|hours)\b": "about <time>",
    r"(about )?[\d,.]+ ([kMG]B)\b": "<size>",
    re.escape(salesim_version()): "<version>",
}


def marked(text: str) -> str:
    """A text without digits that name runs, times and sizes that are reckoned, and the version."""
    for pattern, mark in VOLATILE.items():
        text = re.sub(pattern, mark, text)
    return text
