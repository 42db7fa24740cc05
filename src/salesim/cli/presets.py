"""`salesim presets`: case studies, to start from or to teach with."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsJson, Showing
from .present import present
from .program import command

Preset = Annotated[str, typer.Argument(metavar="[NAME]", help="A firm to show in full, by name or file.")]


@command
def presets(name: Preset = "", as_json: AsJson = False) -> None:
    """Show the firms that come with a card: story, roles, the number to explain, the decision."""
    from ..inputs.shipped import shipped_presets
    from ..show.presets.card import presets_of

    present(presets_of([name] if name else list(shipped_presets())), Showing(as_json=as_json))
