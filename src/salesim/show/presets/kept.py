"""What the runs of shipped firms said of what was expected, as it was kept when they were last judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...scenario.shipped import is_bare, published

OBJECT = "presets.json"


def kept_of(name: str) -> dict[str, Any] | None:
    """What was kept of a shipped firm; nothing of a file that lies where the user stands."""
    path = published() / "presets" / OBJECT
    if not is_bare(name) or Path(name).is_file() or not path.is_file():
        return None
    presets = json.loads(path.read_text(encoding="utf-8"))["presets"]
    return next((preset for preset in presets if preset["preset"] == name), None)
