"""`salesim gap`: why the plan falls short, cause by cause, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import error_text
from .options import Out, Policies, Running, Scenario, Seed, Settings, Showing, number
from .present import draw, present, present_each
from .program import command

if TYPE_CHECKING:
    from ..inputs.design import Study
    from ..runs.exec import Exec

Replicates = Annotated[
    int | None, number("--replicates", "N", "How often to split the gap; 30, or 20 with --quick.")
]
Quick = Annotated[
    bool, typer.Option("--quick", help="A first look: a pair of orders a replicate, and no levers.")
]
Orders = Annotated[
    int | None, number("--orders", "K", "Pairs of orders of causes for each replicate; 0 counts all.")
]
Levers = Annotated[
    bool | None, typer.Option("--levers/--no-levers", help="Look for the next best levers too.")
]
Explain = Annotated[
    list[str] | None,
    typer.Option(metavar="CAUSE", help="Only show what lies behind a cause. May be repeated."),
]


@command
def gap(
    scenario: Scenario,
    policy: Policies = None,
    set_: Settings = None,
    replicates: Replicates = None,
    seed: Seed = 1,
    quick: Quick = False,
    orders: Orders = None,
    levers: Levers = None,
    explain: Explain = None,
    out: Out = None,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Split promised less realised over its causes, and find the next best levers."""
    from ..analysis.gap.next_best import next_levers
    from ..analysis.gap.splitting import OF_A_GAP, QUICK_REPLICATES, REPLICATES, gap_of, gap_study
    from ..inputs.load import load_scenario
    from ..runs.folder import LEVERS

    often = replicates if replicates is not None else QUICK_REPLICATES if quick else REPLICATES
    pairs = 1 if quick and orders is None else orders
    firm = load_scenario(scenario, policy, set_)
    study = gap_study(firm, Path(scenario).stem, often, seed, pairs)
    how = running.exec(silent=showing.silent)
    if explain:
        told = {"--replicates": replicates, "--quick": quick, "--orders": orders, "--levers": levers}
        _refuse_clashes({**told, "--out": out})
        _explain(study, how, explain, showing)
        return
    ledger = gap_of(study, out, how)
    folder = Path(ledger.folder)
    if not quick if levers is None else levers:
        name = study.name.removesuffix(OF_A_GAP)
        moved = next_levers(firm, name, seed=seed, out=folder / LEVERS, how=how)
        ledger = ledger.model_copy(update={"levers": moved})
    if showing.figures:
        draw(folder, *filter(None, [ledger, ledger.levers]))
    present(ledger, showing)


def _refuse_clashes(asked: dict[str, Any]) -> None:
    """Refuse options that mean nothing where only an explanation is asked for.

    Raises:
        SalesimError: the first of them.
    """
    from ..errors import SalesimError

    for option, value in asked.items():
        if value is not None and value is not False:
            wrong = "means nothing with --explain, which looks at one replicate and writes nothing"
            raise SalesimError(error_text(option, "", wrong, allowed="one or the other"))


def _explain(study: Study, how: Exec, causes: list[str], showing: Showing) -> None:
    """Simulate the first replicate again, with and without each of these causes."""
    from ..analysis.gap.explaining import explain
    from ..inputs.design import BASELINE
    from ..runs.causes import named

    names = [named(cause).name for cause in causes]
    results = [explain(study.firms[BASELINE], name, seed=study.seed, how=how) for name in names]
    present_each(results, as_json=showing.as_json)
