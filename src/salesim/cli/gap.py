"""`salesim gap`: why the promise is not kept, cause by cause, and what to do next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import refusal, whole_number
from .present import draw, present, present_each
from .program import (
    AllowCode,
    AsJson,
    Engine,
    Figures,
    Out,
    Policies,
    Quiet,
    Scenario,
    Seed,
    Settings,
    Workers,
    carried_out_by,
    notes_said,
    program,
    seed_of,
)
from .run import say_if_compiling
from .watching import watching

if TYPE_CHECKING:
    from ..analysis.gap.ledger import Ledger
    from ..analysis.gap.steps import NextLevers


Replicates = Annotated[
    str, typer.Option(metavar="N", help="How often to split the gap; 30, or 20 with --quick.")
]
Quick = Annotated[
    bool, typer.Option("--quick", help="A first look: a pair of orders a replicate, and no levers.")
]
Orders = Annotated[
    str,
    typer.Option(metavar="K", help="Pairs of orders of causes for each replicate; 0 counts all."),
]
Levers = Annotated[
    bool | None, typer.Option("--levers/--no-levers", help="Look for the next best levers too.")
]

Explain = Annotated[
    list[str] | None,
    typer.Option(metavar="CAUSE", help="Only show what lies behind a cause. May be repeated."),
]


@program.command()
def gap(
    scenario: Scenario,
    policy: Policies = None,
    set_: Settings = None,
    replicates: Replicates = "",
    seed: Seed = "1",
    quick: Quick = False,
    orders: Orders = "",
    levers: Levers = None,
    explain: Explain = None,
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Split promised less realised over its causes, and find the next best levers."""
    from ..analysis.gap.splitting import (
        MOST_ORDERS,
        MOST_REPLICATES,
        QUICK_REPLICATES,
        REPLICATES,
        gap_study,
    )
    from ..inputs.load import load_scenario

    name, number = Path(scenario).stem, replicates or str(QUICK_REPLICATES if quick else REPLICATES)
    study = gap_study(
        load_scenario(scenario, policy, set_),
        name,
        whole_number("--replicates", number, 1, MOST_REPLICATES),
        seed_of(seed),
        whole_number("--orders", orders, 0, MOST_ORDERS) if orders else 1 if quick else None,
    )
    asked = carried_out_by(workers, engine, allow_code=allow_code)
    say_if_compiling(engine, quiet or as_json)
    if explain:
        told = {"--replicates": replicates, "--quick": quick, "--orders": orders, "--levers": levers}
        _refuse_clashes({**told, "--out": out})
        _explain(study, asked, explain, as_json=as_json)
        return
    ledger = _split(study, asked, out, silent=quiet or as_json)
    if not quick if levers is None else levers:
        found = _next_best(study, asked, Path(ledger.folder), silent=quiet or as_json)
        ledger = ledger.model_copy(update={"levers": found})
    if figures:
        draw(Path(ledger.folder), *filter(None, [ledger, ledger.levers]))
    present(ledger, as_json=as_json, quiet=quiet)


def _refuse_clashes(asked: dict[str, Any]) -> None:
    """Refuse options that mean nothing where only an explanation is asked for.

    Raises:
        SalesimError: the first of them.
    """
    from ..errors import SalesimError

    for option, value in asked.items():
        if value:
            wrong = "means nothing with --explain, which looks at one replicate and writes nothing"
            raise SalesimError(refusal(option, "", wrong, allowed="one or the other"))


def _explain(study: Any, asked: dict[str, Any], causes: list[str], *, as_json: bool) -> None:
    """Simulate the first replicate again, with and without each of these causes."""
    from ..analysis.gap.explaining import explain
    from ..inputs.design import AS_IS
    from ..runs.causes import named
    from ..runs.simulate import engine_that_can
    from ..runs.sweep import rivals_of

    names = [named(cause).name for cause in causes]
    rivals = rivals_of(study, {}, allow_code=asked["allow_code"])
    engine = engine_that_can(rivals, asked["engine"])
    found = [explain(study.firms[AS_IS], n, seed=study.seed, engine=engine, rivals=rivals) for n in names]
    present_each(found, as_json=as_json)


def _split(study: Any, asked: dict[str, Any], out: Path | None, *, silent: bool) -> Ledger:
    """Simulate every coalition of every replicate, and share the gap out."""
    from ..analysis.gap.splitting import ledger_of
    from ..inputs.design import AS_IS
    from ..runs.promising import check_promise
    from ..runs.sweep import sweep

    luck = study.seed, study.replicates.most
    check_promise(study.firms[AS_IS], luck, asked["engine"], {}, allow_code=asked["allow_code"])
    with notes_said():
        watch = watching("Splitting the gap", silent=silent)
        found = sweep(study, out=out, watch=watch, command=sys.argv[1:], **asked)
    return ledger_of(found)


def _next_best(study: Any, asked: dict[str, Any], folder: Path, *, silent: bool) -> NextLevers:
    from ..analysis.gap.next_best import next_levers
    from ..analysis.gap.splitting import OF_A_GAP
    from ..inputs.design import AS_IS
    from ..runs.folder import LEVERS

    watch = watching("Moving levers", silent=silent)
    return next_levers(
        study.firms[AS_IS],
        study.name.removesuffix(OF_A_GAP),
        seed=study.seed,
        out=folder / LEVERS,
        watch=watch,
        **asked,
    )
