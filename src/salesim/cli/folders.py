"""`salesim verify` and `salesim bundle`: whether results are what they say, and how to hand them on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .program import AllowCode, Engine, Workers, notes_said, program, workers_of
from .progress import shown
from .run import say_if_compiling

OTHER_BITS = 1
MOST_LINES = 20
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="What a run or a sweep has left.")]


@program.command()
def verify(
    folder: Folder,
    sample: Annotated[str, typer.Option(metavar="N", help="How many runs, spread over all.")] = "20",
    every: Annotated[bool, typer.Option("--all", help="All runs.")] = False,
    run: Annotated[str, typer.Option(metavar="ID", help="One run by its digits, failed ones too.")] = "",
    workers: Workers = "",
    engine: Engine = "compiled",
    allow_code: AllowCode = False,
) -> None:
    """Live through stored runs again, and compare every bit that comes out."""
    from ..model.engine import ENGINES
    from ..scenario.refusal import chosen, whole_number
    from ..study.verifying import Asked
    from ..study.verifying import verify as verified

    asked = Asked(
        sample=None if every else whole_number("--sample", sample, 1, 1_000_000),
        run=run,
        workers=workers_of(workers),
        engine=chosen("--engine", engine, ENGINES),
        allow_code=allow_code,
    )
    say_if_compiling(engine, silent=False)

    def watch(total: int, runs: Iterator[Any]) -> Iterator[Any]:
        return shown(runs, "Living through them again", total)

    with notes_said():
        found = verified(folder, asked, watch)
    for trace in found.traces:
        print(trace, file=sys.stderr)
    for line in found.differences[:MOST_LINES]:
        print(f"Different: {line}", file=sys.stderr)
    if len(found.differences) > MOST_LINES:
        print(f"... and {len(found.differences) - MOST_LINES:,} more.", file=sys.stderr)
    counts = f"{found.checked:,} of {found.runs:,} runs of {folder}"
    if found.differences:
        number = f"{len(found.differences):,} difference{'s' if len(found.differences) > 1 else ''}"
        print(f"NOT verified: {counts} lived through again, {number}.")
        raise typer.Exit(OTHER_BITS)
    print(f"Verified: {counts} lived through again, every bit the same.")


@program.command()
def bundle(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The archive; FOLDER.zip here unless said otherwise."),
    ] = None,
) -> None:
    """Put results into one archive: data, manifest, environment, and the commands that get them again."""
    from ..study.bundling import write_bundle

    path = write_bundle(folder, out)
    print(
        f"Wrote {path} ({path.stat().st_size / 1e6:,.1f} MB). README.md in it says how to get it all again."
    )
