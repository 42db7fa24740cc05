"""What the runs of shipped firms said of what was expected, as it was kept when they were last judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...scenario.shipped import experiments, is_bare

OBJECT = "presets.json"


def kept_in() -> Path:
    """The folder where it is kept; it comes with salesim."""
    return experiments() / "presets" / "found"


def kept(folder: Path) -> dict[str, Any]:
    """All that was kept in a folder; nothing where nothing was."""
    path = folder / OBJECT
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def kept_of(name: str) -> dict[str, Any] | None:
    """What was kept of a shipped firm; nothing of a file that lies where the user stands."""
    if not is_bare(name) or Path(name).is_file():
        return None
    presets = kept(kept_in()).get("presets", ())
    return next((preset for preset in presets if preset["preset"] == name), None)
