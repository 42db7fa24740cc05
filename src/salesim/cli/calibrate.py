"""`salesim calibrate`: fit the free numbers of a firm to published findings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .interruption import interruption
from .present import draw, present
from .program import AsJson, Engine, Figures, Out, Quiet, Seed, Workers, carried_out_by, program, seed_of
from .progress import shown
from .run import say_if_compiling

PLAN = "Which numbers are free: a TOML file, or `calibration`, which comes with salesim."


@program.command()
def calibrate(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=PLAN)] = "calibration",
    scenario: Annotated[
        str, typer.Option(metavar="FIRM", help="Another firm than the plan names, by file or name.")
    ] = "",
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Fit the free numbers of a firm to the findings marked for it; run again, it goes on."""
    from ..calibrate.calibrating import calibrate
    from ..calibrate.calibration_plan import load_plan

    read = load_plan(plan, scenario)
    how = carried_out_by(workers, engine, allow_code=False)
    silent = quiet or as_json
    say_if_compiling(engine, silent)

    def progress(what: str, total: int, attempts: Iterator[Any]) -> Iterator[Any]:
        interruption.state = lambda: "What was tried is stored; the same command goes on."
        return shown(attempts, what, total, silent=silent)

    found = calibrate(
        read,
        seed=seed_of(seed),
        out=out,
        workers=how["workers"],
        engine=how["engine"],
        progress=progress,
        command=sys.argv[1:],
    )
    if figures:
        draw(Path(found.folder), found)
    present(found, as_json=as_json, quiet=quiet)
