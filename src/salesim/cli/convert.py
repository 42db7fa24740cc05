"""`salesim convert`: results of an earlier version, in the form of this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import shown
from .options import Folder
from .program import command


@command
def convert(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The new folder; beside the old one unless said otherwise."),
    ] = None,
) -> None:
    """Make a new folder of a run that an earlier version wrote; the old one stays as it is."""
    from ..runs.converting import convert as converted

    print(shown(f"Wrote {converted(folder, out)}. {folder} is as it was.", None))
