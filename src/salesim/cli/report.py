"""`salesim report`: results as one page, as pictures, and as slides, to show them to others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import readable, shown
from .options import AllowCode, Engine, Folder, Quiet, Running
from .program import command

Page = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The page; pictures go beside it.")]
Slides = Annotated[bool, typer.Option("--pptx", help="Make slides beside the page too.")]


@command
def report(
    folder: Folder,
    out: Page = Path("report.html"),
    pptx: Slides = False,
    engine: Engine = "compiled",
    allow_code: AllowCode = False,
    quiet: Quiet = False,
) -> None:
    """Show results to others: one page that needs nothing else, pictures beside it, slides if wanted."""
    from ..show.report.files import check_target, write_report
    from ..show.report.opening import report_of

    how = Running(engine, allow_code=allow_code).exec(silent=quiet)
    check_target(out, slides=pptx)
    made = report_of(folder, how)
    written = write_report(made, out, slides=pptx)
    print(readable(made.answer))
    if not quiet:
        size, others = out.stat().st_size / 1e6, " and ".join(map(str, written[1:]))
        figures = len(list(made.pictures))
        print(shown(f"Wrote {out} ({size:.1f} MB, figures: {figures}); beside it {others}.", None))
