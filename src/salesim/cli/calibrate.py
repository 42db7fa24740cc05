"""`salesim calibrate`: fit the free numbers of a firm to published findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from .interruption import interruption
from .present import draw
from .program import (
    AsJson,
    Engine,
    Figures,
    Out,
    Quiet,
    Seed,
    Workers,
    carried_out_by,
    console_for_tables,
    program,
    seed_of,
)
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
    from ..study.calibrating.calibrating import calibrate
    from ..study.calibrating.plan import load_plan
    from ..study.calibrating.writing import calibration_object
    from ..study.keys import digits_of

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
        draw(found.folder, digits_of(calibration_object(found), 16), found)
    if as_json:
        print(json.dumps(calibration_object(found), indent=2))
        return
    _show(found, quiet=quiet)


def _show(found: Any, *, quiet: bool) -> None:
    from ..show.calibration import fit_table, headline, numbers_table, sentences

    if quiet:
        print(headline(found))
        return
    console = console_for_tables()
    first, *others = sentences(found)
    console.print(first, style="bold", highlight=False, markup=False)
    console.print(fit_table(found))
    console.print(numbers_table(found))
    for sentence in others:
        console.print(sentence, highlight=False, markup=False)
    console.print(f"In {found.folder}: calibrated.toml, calibration.json", highlight=False, markup=False)
