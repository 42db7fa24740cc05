"""`salesim presets`: firms with a story, for whoever wants to start from one or teach with it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .program import AsJson, console_for_tables, program

Preset = Annotated[str, typer.Argument(metavar="[NAME]", help="A firm to show in full, by name or file.")]


@program.command()
def presets(name: Preset = "", as_json: AsJson = False) -> None:
    """Show the firms that come with a card: story, roles, the number to explain, the decision."""
    from ..scenario.shipped import shipped_presets
    from ..show.presets.card import cards_object, small_card, whole_card

    names = [name] if name else list(shipped_presets())
    if as_json:
        print(json.dumps(cards_object(names), indent=2))
        return
    console = console_for_tables()
    show = whole_card if name else small_card
    for each in names:
        console.print(show(each), highlight=False)
    if not name:
        said = f"{len(names)} firms, each told beside the typical firm. In full: salesim presets NAME."
        console.print(said, highlight=False, markup=False)
