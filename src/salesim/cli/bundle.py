"""`salesim bundle`: results in one archive, to hand them on, and such an archive as results again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import error_text, shown
from .options import FOLDER, Running, newest
from .program import command

Archive = Annotated[
    Path | None,
    typer.Option("--open", metavar="FILE", help="Take in this archive as a results folder, and verify it."),
]
Target = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH", help="The archive, or with --open the folder; here, by the same name, unless said."
    ),
]


@command
def bundle(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", callback=newest, help=FOLDER)] = None,
    out: Target = None,
    open_: Archive = None,
) -> None:
    """Put results into one archive (data, manifest, environment, commands), or take such an archive in."""
    from ..errors import SalesimError
    from ..runs.bundling import write_bundle
    from ..runs.unbundling import open_bundle
    from ..runs.verifying import SAMPLE
    from .verify import run_again, say

    if (folder is None) == (open_ is None):
        allowed = "a results folder to put into an archive, or --open FILE"
        raise SalesimError(error_text("bundle", "", "needs one of two things", allowed=allowed))
    if folder is not None:
        path = write_bundle(folder, out)
        wrote = shown(f"Wrote {path} ({path.stat().st_size / 1e6:,.1f} MB)", None)
        print(f"{wrote}. README.md in it says how to reproduce all of it.")
    if open_ is not None:
        target = open_bundle(open_, out)
        print(shown(f"Wrote {target}.", None))
        say(target, run_again(target, SAMPLE, Running().exec(silent=False), with_levers=True))
