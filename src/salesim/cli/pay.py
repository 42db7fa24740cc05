"""`salesim pay`: what does a pay plan pay, and what does it cost?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import shown
from .options import Out, Policies, Running, Scenario, Seed, Settings, Showing, number
from .present import MAX_ROWS, draw, present
from .program import command

Quota = Annotated[
    float | None,
    number("--quota", "USD", "Of a rep, a year; the mean of a firm's first day unless given.", float),
]
Replicates = Annotated[
    int, number("--replicates", "N", "How often each firm is run for the cost of its pay; 0 runs none.")
]
Export = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write a row for each plan and attainment into a .csv or .parquet file."
    ),
]


@command
def pay(
    scenario: Scenario = "typical_firm",
    policy: Policies = None,
    set_: Settings = None,
    quota: Quota = None,
    replicates: Replicates = 5,
    seed: Seed = 1,
    out: Out = None,
    export: Export = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every plan by itself too.")] = False,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Show what pay plans pay from no credit to twice the quota, and what they cost."""
    from ..analysis import paying
    from ..runs.exporting import check_kind, export_rows

    if export is not None:
        check_kind(export)
    how = running.exec(silent=showing.silent)
    plans = paying.pay(
        scenario,
        policy or [],
        settings=set_,
        quota=quota,
        replicates=replicates,
        seed=seed,
        out=out,
        how=how,
    )
    if export is not None:
        export_rows(plans.frame, export)
    if showing.figures and plans.folder:
        draw(Path(plans.folder), plans)
    present(plans, showing, most=None if everything else MAX_ROWS)
    if export is not None and not showing.silent:
        print(shown(f"Wrote {len(plans.frame):,} rows to {export}.", None))
