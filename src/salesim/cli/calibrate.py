"""`salesim calibrate`: fit the free numbers of a firm to published findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Out, Running, Seed, Showing
from .present import draw, present
from .program import command

PLAN = "Which numbers are free: a TOML file, or `calibration`, which comes with salesim."
Firm = Annotated[
    str, typer.Option(metavar="FIRM", help="Another firm than the plan names, by file or name.")
]


@command
def calibrate(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=PLAN)] = "calibration",
    scenario: Firm = "",
    seed: Seed = 1,
    out: Out = None,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Fit the free numbers of a firm to the findings marked for it; run again, it goes on."""
    from ..calibrate.calibrating import calibrate

    result = calibrate(plan, scenario=scenario, seed=seed, out=out, how=running.exec(silent=showing.silent))
    if showing.figures:
        draw(Path(result.folder), result)
    present(result, showing)
