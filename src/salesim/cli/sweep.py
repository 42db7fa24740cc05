"""`salesim sweep`: questions that need many runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import readable, shown
from .options import Out, Running, Showing
from .present import draw, present
from .program import command

if TYPE_CHECKING:
    from ..runs.runs import Runs

STUDY = "A study: a TOML file, the name of one that comes with salesim, or the folder of a sweep."
SOME_FAILED = 1
Reuse = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="DIR", help="Copy runs from sweeps in this folder; results unless said otherwise."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would take, and do not begin.")]


@command
def sweep(
    study: Annotated[str, typer.Argument(metavar="STUDY", help=STUDY)],
    out: Out = None,
    reuse: Reuse = None,
    dry_run: DryRun = False,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Carry out a study; the same command resumes it."""
    from ..runs.reading import load_study
    from ..runs.study_plan import plan_of
    from ..runs.sweep import sweep

    design, how = load_study(study), running.exec(silent=showing.silent)
    if dry_run:
        present(plan_of(design, out, reuse or [], how), showing)
        return
    runs = sweep(design, out=out, reuse=reuse or [], how=how)
    if showing.figures and runs.store.ids:
        draw(runs.folder, runs, digest=runs.digest)
    _show(runs, showing)
    if len(runs.failed):
        raise typer.Exit(SOME_FAILED)


def _show(runs: Runs, showing: Showing) -> None:
    from ..analysis.means.listing import failure_sentences, listing_of

    rows = runs.summary() if showing.as_json else runs.summary(by="setting")
    present(listing_of(runs, rows, whole=True), showing)
    if len(runs.failed) and not showing.as_json:
        print(readable("\n".join(failure_sentences(runs))), file=sys.stderr)
        print(shown(f"See: salesim runs {runs.folder} --failed", None), file=sys.stderr)
