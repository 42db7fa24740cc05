"""`salesim diff`: what two firms differ in."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsJson, Showing
from .present import present
from .program import command


@command
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario or policy, by file or name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    as_json: AsJson = False,
) -> None:
    """Show what two scenarios say differently; a policy is taken as laid over the typical firm."""
    from ..inputs.differences import differences
    from ..inputs.load import load_either
    from ..show.parameters import ScenarioDifferences

    found = tuple(differences(load_either(first), load_either(second)))
    shown = ScenarioDifferences(
        title=f"{first} and {second}", first=first, second=second, differences=found
    )
    present(shown, Showing(as_json=as_json), most=None)
