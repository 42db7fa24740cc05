"""`salesim verify`, `bundle` and `convert`: whether results are what they say, and how to hand them on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import chosen, refusal, whole_number
from .program import AllowCode, Engine, Folder, Workers, notes_said, program, workers_of
from .progress import shown
from .run import say_if_compiling

if TYPE_CHECKING:
    from ..runs.verifying import Asked, Verified
    from ..show.report.page import Report

OTHER_BITS = 1
MOST_LINES = 20


@program.command()
def verify(
    folder: Folder,
    sample: Annotated[
        str, typer.Option(metavar="N", help="How many runs, spread over all; 20, or all with --report.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="All runs.")] = False,
    run: Annotated[str, typer.Option(metavar="ID", help="One run by its digits, failed ones too.")] = "",
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Make this report anew too, with its figures and slides."),
    ] = None,
    workers: Workers = "",
    engine: Engine = "compiled",
    allow_code: AllowCode = False,
) -> None:
    """Simulate stored runs again, and compare every bit that comes out."""
    from ..model.engine import ENGINES
    from ..runs.verifying import SAMPLE, Asked

    number = whole_number("--sample", sample, 1, 1_000_000) if sample else SAMPLE
    asked = Asked(
        sample=None if every or (report is not None and not sample) else number,
        run=run,
        workers=workers_of(workers),
        engine=chosen("--engine", engine, ENGINES),
        allow_code=allow_code,
    )
    if report is not None:
        _refuse_clash(run)
    say_if_compiling(engine, silent=False)
    with notes_said():
        made = _anew(folder, report, asked) if report is not None else None
        found = _lived_again(folder, asked, with_levers=made is not None)
    if made is not None and report is not None:
        from ..show.report.checking import differing

        found.differences += differing(report, made)
    _say(folder, found, report)


def _refuse_clash(run: str) -> None:
    from ..errors import SalesimError

    if run:
        allowed = "--sample N, or all runs"
        raise SalesimError(refusal("--run", "", "does not go with --report", given=run, allowed=allowed))


def _anew(folder: Path, path: Path, asked: Asked) -> Report:
    """The report of a folder, made anew, once it is known that there is one of the same results."""
    from ..show.report.checking import check_same_results, read_page
    from ..show.report.opening import report_of

    read_page(path)
    made = report_of(folder, asked.engine, allow_code=asked.allow_code)
    check_same_results(path, made)
    return made


def _lived_again(folder: Path, asked: Asked, *, with_levers: bool) -> Verified:
    """Results of repeating the runs of a folder, and of the folders in it that results are based on."""
    from ..evidence.reopening import sweeps_in
    from ..runs.folder import LEVERS
    from ..runs.manifest import EVIDENCE, read_manifest
    from ..runs.verifying import Verified
    from ..runs.verifying import verify as verified

    folders = [folder]
    if read_manifest(folder)["kind"] == EVIDENCE:
        folders = sweeps_in(folder)
    elif with_levers and (folder / LEVERS).is_dir():
        folders.append(folder / LEVERS)

    def watch(total: int, runs: Iterator[Any]) -> Iterator[Any]:
        return shown(runs, "Running them again", total)

    whole = Verified()
    for each in folders:
        found = verified(each, asked, watch)
        whole.checked, whole.runs = whole.checked + found.checked, whole.runs + found.runs
        where = "" if each == folder else f"{each.name}: "
        whole.differences += [f"{where}{line}" for line in found.differences]
        whole.traces += found.traces
        whole.model = whole.model or found.model
    return whole


def _say(folder: Path, found: Verified, report: Path | None) -> None:
    """Say what differs, if anything does, and end with what that means for scripts."""
    for trace in found.traces:
        print(trace, file=sys.stderr)
    for line in found.differences[:MOST_LINES]:
        print(f"Different: {line}", file=sys.stderr)
    if len(found.differences) > MOST_LINES:
        print(f"... and {len(found.differences) - MOST_LINES:,} more.", file=sys.stderr)
    counts = f"{found.checked:,} of {found.runs:,} runs of {folder}"
    anew = f" and {report} made anew" if report is not None else ""
    if found.model:
        print(f"Not verifiable with this model: {folder} is of {found.model}. It can be read and shown.")
        raise typer.Exit(OTHER_BITS)
    if found.differences:
        number = f"{len(found.differences):,} difference{'s' if len(found.differences) > 1 else ''}"
        print(f"NOT verified: {counts} run again{anew}, {number}.")
        raise typer.Exit(OTHER_BITS)
    print(f"Verified: {counts} run again{anew}, every bit the same.")


@program.command()
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


@program.command()
def convert(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The new folder; beside the old one unless said otherwise."),
    ] = None,
) -> None:
    """Make a new folder of a run that an earlier version wrote; the old one stays as it is."""
    from ..runs.converting import convert as converted

    print(f"Wrote {converted(folder, out)}. {folder} is as it was.")
