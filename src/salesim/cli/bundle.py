"""`salesim bundle`: results in one archive, to hand them on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Folder
from .program import command


@command
def bundle(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The archive; FOLDER.zip here unless said otherwise."),
    ] = None,
) -> None:
    """Put results into one archive: data, manifest, environment, and the commands that get them again."""
    from ..runs.bundling import write_bundle

    path = write_bundle(folder, out)
    print(
        f"Wrote {path} ({path.stat().st_size / 1e6:,.1f} MB). README.md in it says how to get it all again."
    )
