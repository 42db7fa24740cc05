"""`salesim evidence`: the model judged by published findings, misses in plain sight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import error_text
from .options import SCENARIO, Out, Policies, Running, Seed, Settings, Showing, number
from .present import draw, present
from .program import command

if TYPE_CHECKING:
    from ..show.evidence.machine import Evidence

Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TARGET ...]", help="Findings such as T2; all of them unless said otherwise."),
]
Firm = Annotated[str, typer.Option("--scenario", metavar="FIRM", help=SCENARIO)]
Replicates = Annotated[
    int | None, number("--replicates", "N", "How often each arm is run, 10 or more; 30 unless said.")
]
Quick = Annotated[
    bool, typer.Option("--quick", help="A first look: 10 replicates, and 60 firms where many are drawn.")
]
Listed = Annotated[bool, typer.Option("--list", help="List the findings, and run nothing.")]


@command
def evidence(
    targets: Targets = None,
    scenario: Firm = "typical_firm",
    policy: Policies = None,
    set_: Settings = None,
    replicates: Replicates = None,
    quick: Quick = False,
    seed: Seed = 1,
    out: Out = None,
    listed: Listed = False,
    running: Running = Running(),
    showing: Showing = Showing(),
) -> None:
    """Judge a firm by published findings: value and interval beside the band that was said beforehand."""
    from ..evidence.evidence import QUICK_FIRMS, QUICK_REPLICATES, default_folder, evidence, evidence_key
    from ..inputs.load import load_scenario
    from ..show.evidence.machine import evidence_of

    if listed:
        _list(targets or [], showing)
        return
    firms = None
    if quick:
        _refuse_two(replicates, QUICK_REPLICATES)
        replicates, firms = QUICK_REPLICATES, QUICK_FIRMS
    firm, how = load_scenario(scenario, policy, set_), running.exec(silent=showing.silent)
    rivals, _ = how.bound(firm)
    folder = out or default_folder(evidence_key(firm, seed, replicates, firms, rivals))
    findings = evidence(
        targets or [], firm, replicates=replicates, firms=firms, seed=seed, out=out, how=how
    )
    result = evidence_of(Path(scenario).stem, firm.title, seed, list(findings), str(folder))
    _store(result, folder)
    if showing.figures:
        draw(folder, result)
    present(result, showing)


def _refuse_two(replicates: int | None, quick: int) -> None:
    """Refuse a number of replicates beside --quick, which has its own.

    Raises:
        SalesimError: such a number.
    """
    from ..errors import SalesimError

    if replicates is not None:
        wrong, allowed = f"says another number than --quick, which is {quick}", "one or the other"
        raise SalesimError(error_text("--replicates", "", wrong, given=replicates, allowed=allowed))


def _list(names: Sequence[str], showing: Showing) -> None:
    """Say which findings there are, what was published, and from where."""
    from ..evidence.target import load_target, targets
    from ..show.evidence.listed_targets import targets_listed

    each = [load_target(name) for name in names or targets()]
    present(targets_listed(each), showing)


def _store(result: Evidence, folder: Path) -> None:
    """Write the result beside the runs, for programs and as a page."""
    from ..evidence.provenance import OBJECT, PAGE
    from ..inputs.whole_files import put_file
    from ..show.evidence.overview_page import page_of

    put_file(folder / OBJECT, f"{result.model_dump_json(indent=2)}\n".encode())
    put_file(folder / PAGE, page_of(result.model_dump(mode="json")).encode())
