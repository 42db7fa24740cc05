"""`salesim runs`: the runs that a results folder holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import error_text, integer, readable, shown
from .options import AsJson, Folder, Showing, number
from .present import present
from .program import command

if TYPE_CHECKING:
    from ..runs.runs import Runs

CLASHES = {
    "--failed": ("--each", "--export", "--where", "--outcome", "--by"),
    "--export": ("--json", "--by"),
    "--each": ("--by",),
}
Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CONDITION", help="Such as policy=baseline or pay.margin_weight>=0.5. May be repeated."
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome", metavar="NAME", help="Which outcome; those of the study unless said otherwise."
    ),
]
By = Annotated[
    str, typer.Option(metavar="point|setting", help="A row for each point, or for policy and levers only.")
]
Each = Annotated[bool, typer.Option("--each", help="A row for each run.")]
Failed = Annotated[bool, typer.Option("--failed", help="Runs that failed, and how to replay them.")]
Export = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write a row for each run into a .csv or .parquet file."),
]
Limit = Annotated[int, number("--limit", "N", "Rows of a table at most.")]


@command
def runs(
    folder: Folder,
    where: Where = None,
    outcome: Outcomes = None,
    by: By = "",
    each: Each = False,
    failed: Failed = False,
    export: Export = None,
    limit: Limit = 40,
    as_json: AsJson = False,
) -> None:
    """List, choose and export the runs of a results folder."""
    from ..runs.runs import open_results

    told = {"--where": where or [], "--outcome": outcome, "--by": by, "--json": as_json}
    asked = {"--failed": failed, "--each": each, "--export": export, **told}
    _refuse_clashes(asked)
    _list(open_results(folder), asked, integer("--limit", limit, 1, 1_000_000))


def _list(found: Runs, asked: dict[str, Any], most: int) -> None:
    from ..analysis.means.listing import failed_lines, listing_of
    from ..runs.exporting import chosen_runs, export_runs

    export, where, outcome = asked["--export"], asked["--where"], asked["--outcome"]
    if export is not None:
        number = export_runs(found, export, outcome, where)
        print(shown(f"Wrote {number:,} runs to {export}.", None))
        return
    if asked["--failed"]:
        rows = found.failed
    elif asked["--each"]:
        rows = chosen_runs(found, outcome or found.study.outcomes, where)
    else:
        rows = found.summary(outcome, by=asked["--by"] or "point", where=where)
    as_json = asked["--json"]
    present(listing_of(found, rows), Showing(as_json=as_json), most=most)
    if asked["--failed"] and not as_json:
        print(readable("\n".join(failed_lines(found, most))))


def _refuse_clashes(given: dict[str, Any]) -> None:
    """Refuse options of which one would be ignored."""
    from ..errors import SalesimError

    for option, others in CLASHES.items():
        for other in others:
            if given[option] and given[other]:
                raise SalesimError(error_text(option, "", f"does not go with {other}"))
