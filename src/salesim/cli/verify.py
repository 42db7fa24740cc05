"""`salesim verify`: whether results are what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import error_text, readable, shown
from .options import Folder, Running, number
from .program import command

if TYPE_CHECKING:
    from ..runs.exec import Exec
    from ..runs.verifying import Verified
    from ..show.report.page import Report

OTHER_BITS = 1
MAX_LINES = 20
Sample = Annotated[
    int | None, number("--sample", "N", "How many runs, spread over all; 20, or all with --report.")
]
OneRun = Annotated[str, typer.Option(metavar="ID", help="One run by its digits, failed ones too.")]
ReportFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Make this report anew too, with its figures and slides."),
]


@command
def verify(
    folder: Folder,
    sample: Sample = None,
    every: Annotated[bool, typer.Option("--all", help="All runs.")] = False,
    run: OneRun = "",
    report: ReportFile = None,
    running: Running = Running(),
) -> None:
    """Simulate stored runs again, and compare every bit that comes out."""
    from ..show.report.checking import differing

    how, which = running.exec(silent=False), run or _sample(sample, every=every, report=report)
    _refuse_pairs({"--sample": sample is not None, "--all": every, "--run": bool(run)})
    made = _anew(folder, report, run, how) if report is not None else None
    result = run_again(folder, which, how, with_levers=made is not None)
    if made is not None and report is not None:
        result.differences += differing(report, made)
    say(folder, result, report)


def _refuse_pairs(given: dict[str, bool]) -> None:
    """Refuse two ways of saying which runs.

    Raises:
        SalesimError: the second of them.
    """
    from ..errors import SalesimError

    both = [option for option, said in given.items() if said]
    if len(both) > 1:
        wrong, allowed = f"does not go with {both[0]}", f"one of {', '.join(given)}"
        raise SalesimError(error_text(both[1], "", wrong, allowed=allowed))


def _sample(sample: int | None, *, every: bool, report: Path | None) -> int | None:
    """How many runs; None for all of them."""
    from ..runs.verifying import SAMPLE

    if every or (report is not None and sample is None):
        return None
    return SAMPLE if sample is None else sample


def _anew(folder: Path, path: Path, run: str, how: Exec) -> Report:
    """The report of a folder, made anew, once it is known that there is one of the same results.

    Raises:
        SalesimError: a single run, no report, or one of other results.
    """
    from ..errors import SalesimError
    from ..show.report.checking import check_same_results, read_page
    from ..show.report.opening import report_of

    if run:
        allowed = "--sample N, or all runs"
        raise SalesimError(error_text("--run", "", "does not go with --report", given=run, allowed=allowed))
    read_page(path)
    made = report_of(folder, how)
    check_same_results(path, made)
    return made


def run_again(folder: Path, which: int | str | None, how: Exec, *, with_levers: bool) -> Verified:
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
    whole = Verified()
    for each in folders:
        result = verified(each, which, how)
        whole.checked, whole.runs = whole.checked + result.checked, whole.runs + result.runs
        where = "" if each == folder else f"{each.name}: "
        whole.differences += [f"{where}{line}" for line in result.differences]
        whole.traces += result.traces
        whole.model = whole.model or result.model
    return whole


def say(folder: Path, found: Verified, report: Path | None = None) -> None:
    """Say what differs, if anything does, and end with what that means for scripts."""
    for trace in found.traces:
        print(readable(trace), file=sys.stderr)
    for line in found.differences[:MAX_LINES]:
        print(shown(f"Different: {line}", None), file=sys.stderr)
    if len(found.differences) > MAX_LINES:
        print(f"... and {len(found.differences) - MAX_LINES:,} more.", file=sys.stderr)
    counts = f"{found.checked:,} of {found.runs:,} runs of {folder}"
    anew = f" and {report} made anew" if report is not None else ""
    if found.model:
        whose = shown(f"{folder} is of {found.model}", None)
        print(f"Not verifiable with this model: {whose}. It can be read and shown.")
        raise typer.Exit(OTHER_BITS)
    if found.differences:
        number = f"{len(found.differences):,} difference{'s' if len(found.differences) > 1 else ''}"
        print(f"NOT verified: {counts} run again{anew}, {number}.")
        raise typer.Exit(OTHER_BITS)
    print(f"Verified: {counts} run again{anew}, every bit the same.")
