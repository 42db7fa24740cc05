"""`salesim sweep` and `salesim runs`: questions that need many runs, and what they found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import refusal, whole_number
from .present import draw, present
from .program import (
    AllowCode,
    AsJson,
    Engine,
    Figures,
    Folder,
    Quiet,
    Workers,
    carried_out_by,
    notes_said,
    program,
)
from .run import say_if_compiling
from .watching import watching

if TYPE_CHECKING:
    from ..inputs.design import Study
    from ..runs.runs import Runs

STUDY = "A study: a TOML file, the name of one that comes with salesim, or the folder of a sweep."
SOME_FAILED = 1
CLASHES = {
    "--failed": ("--each", "--export", "--where", "--outcome", "--by"),
    "--export": ("--json", "--by"),
    "--each": ("--by",),
}


@program.command()
def sweep(
    study: Annotated[str, typer.Argument(metavar="STUDY", help=STUDY)],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Results folder; results/STUDY/HASH unless said otherwise."),
    ] = None,
    workers: Workers = "",
    engine: Engine = "compiled",
    reuse: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR", help="Copy runs from sweeps in this folder; results unless said otherwise."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take, and do not begin.")
    ] = False,
    figures: Figures = True,
    allow_code: AllowCode = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Carry out a study; the same command resumes it."""
    from ..runs.reading import load_study

    how = carried_out_by(workers, engine, allow_code=allow_code)
    asked: dict[str, Any] = {"out": out, "reuse": reuse or [], **how}
    read = load_study(study)
    say_if_compiling(engine, quiet or as_json)
    if dry_run:
        _say_plan(read, asked, as_json=as_json)
        return
    found = _carried_out(read, asked, silent=quiet or as_json)
    if figures and found.store.ids:
        draw(found.folder, found, digest=found.digest)
    _show(found, as_json=as_json, quiet=quiet)
    if len(found.failed):
        raise typer.Exit(SOME_FAILED)


def _carried_out(study: Study, asked: dict[str, Any], *, silent: bool) -> Runs:
    from ..runs.sweep import sweep

    with notes_said():
        watch = watching("Running", silent=silent)
        return sweep(study, watch=watch, command=sys.argv[1:], **asked)


def _say_plan(study: Study, asked: dict[str, Any], *, as_json: bool) -> None:
    from ..runs.keys import model_key
    from ..runs.simulate import engine_that_can
    from ..runs.starting import is_new
    from ..runs.study_plan import plan_of
    from ..runs.sweep import default_folder, folders_of, rivals_of

    rivals = rivals_of(study, {}, allow_code=asked["allow_code"])
    engine = engine_that_can(rivals, asked["engine"])
    folder = asked["out"] or default_folder(study, model_key(rivals))
    is_new(folder, study, model_key(rivals))
    plan = plan_of(study, folder, asked["workers"], engine, rivals, folders_of(asked["reuse"]))
    present(plan, as_json=as_json, quiet=False)


def _show(found: Runs, *, as_json: bool, quiet: bool) -> None:
    from ..analysis.means.listing import failure_sentences, listing_of

    rows = found.summary() if as_json else found.summary(by="setting")
    present(listing_of(found, rows, whole=True), as_json=as_json, quiet=quiet)
    if len(found.failed) and not as_json:
        print("\n".join(failure_sentences(found)), file=sys.stderr)
        print(f"See: salesim runs {found.folder} --failed", file=sys.stderr)


@program.command()
def runs(
    folder: Folder,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION", help="Such as policy=as_is or pay.margin_weight>=0.5. May be repeated."
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Which outcome; those of the study unless said otherwise."),
    ] = None,
    by: Annotated[
        str,
        typer.Option(metavar="point|setting", help="A row for each point, or for policy and levers only."),
    ] = "",
    each: Annotated[bool, typer.Option("--each", help="A row for each run.")] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Runs that failed, and how to replay them.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a row for each run into a .csv or .parquet file."),
    ] = None,
    limit: Annotated[str, typer.Option(metavar="N", help="Rows of a table at most.")] = "40",
    as_json: AsJson = False,
) -> None:
    """List, choose and export the runs of a results folder."""
    from ..runs.runs import open_results

    asked = {
        "--failed": failed,
        "--each": each,
        "--export": export,
        "--where": where or [],
        "--outcome": outcome,
        "--by": by,
        "--json": as_json,
    }
    _refuse_clashes(asked)
    _list(open_results(folder), asked, whole_number("--limit", limit, 1, 1_000_000))


def _list(found: Runs, asked: dict[str, Any], most: int) -> None:
    from ..analysis.means.listing import failed_lines, listing_of
    from ..runs.exporting import chosen_runs, export_runs

    export, where, outcome = asked["--export"], asked["--where"], asked["--outcome"]
    if export is not None:
        print(f"Wrote {export_runs(found, export, outcome, where):,} runs to {export}.")
        return
    if asked["--failed"]:
        rows = found.failed
    elif asked["--each"]:
        rows = chosen_runs(found, outcome or found.study.outcomes, where)
    else:
        rows = found.summary(outcome, by=asked["--by"] or "point", where=where)
    as_json = asked["--json"]
    present(listing_of(found, rows), as_json=as_json, quiet=False, most=most)
    if asked["--failed"] and not as_json:
        print("\n".join(failed_lines(found, most)))


def _refuse_clashes(given: dict[str, Any]) -> None:
    """Refuse options of which one would be ignored."""
    from ..errors import SalesimError

    for option, others in CLASHES.items():
        for other in others:
            if given[option] and given[other]:
                raise SalesimError(refusal(option, "", f"does not go with {other}"))
