"""`salesim evidence`: the model judged by published findings, misses in plain sight."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..messages import refusal, whole_number
from .present import draw, present
from .program import (
    SCENARIO,
    AllowCode,
    AsJson,
    Engine,
    Figures,
    Out,
    Policies,
    Quiet,
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
    from ..evidence.judging import Finding
    from ..model.scenario import Scenario
    from ..show.evidence.machine import Evidence

Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TARGET ...]", help="Findings such as T2; all of them unless said otherwise."),
]
Firm = Annotated[str, typer.Option("--scenario", metavar="FIRM", help=SCENARIO)]
Replicates = Annotated[
    str, typer.Option(metavar="N", help="How often each arm is run, 10 or more; 30 unless said.")
]
Quick = Annotated[
    bool, typer.Option("--quick", help="A first look: 10 replicates, and 60 firms where many are drawn.")
]
Listed = Annotated[bool, typer.Option("--list", help="List the findings, and run nothing.")]


@program.command()
def evidence(
    targets: Targets = None,
    scenario: Firm = "typical_firm",
    policy: Policies = None,
    set_: Settings = None,
    replicates: Replicates = "",
    quick: Quick = False,
    seed: Seed = "1",
    engine: Engine = "compiled",
    workers: Workers = "",
    out: Out = None,
    figures: Figures = True,
    allow_code: AllowCode = False,
    listed: Listed = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Judge a firm by published findings: value and interval beside the band that was said beforehand."""
    from ..evidence.evidence import QUICK_FIRMS, default_folder, evidence_key
    from ..inputs.load import load_scenario
    from ..show.evidence.machine import evidence_of

    if listed:
        _list(targets or [], as_json=as_json)
        return
    firm = load_scenario(scenario, policy, set_)
    luck: dict[str, Any] = {
        "replicates": _replicates(replicates, quick=quick),
        "firms": QUICK_FIRMS if quick else None,
        "seed": seed_of(seed),
    }
    folder = out if out is not None else default_folder(evidence_key(firm, **luck))
    how = {**luck, **carried_out_by(workers, engine, allow_code=allow_code)}
    findings = _judge(targets or [], firm, folder, how, silent=quiet or as_json)
    found = evidence_of(Path(scenario).stem, firm.title, how["seed"], findings, str(folder))
    _keep(found, folder, figures=figures)
    present(found, as_json=as_json, quiet=quiet)


def _replicates(written: str, *, quick: bool) -> int | None:
    """How often each arm is simulated, or None for what the files of the findings say.

    Raises:
        SalesimError: too few, no number, or two numbers.
    """
    from ..analysis.gap.splitting import MOST_REPLICATES
    from ..errors import SalesimError
    from ..evidence.evidence import QUICK_REPLICATES
    from ..evidence.judging import check_enough

    if not written:
        return QUICK_REPLICATES if quick else None
    if quick:
        wrong = f"says another number than --quick, which is {QUICK_REPLICATES}"
        raise SalesimError(refusal("--replicates", "", wrong, given=written, allowed="one or the other"))
    return check_enough("--replicates", whole_number("--replicates", written, 1, MOST_REPLICATES))


def _list(names: Sequence[str], *, as_json: bool) -> None:
    """Say which findings there are, what was published, and from where."""
    from ..evidence.target import load_target, targets
    from ..show.evidence.listed_targets import targets_listed

    each = [load_target(name) for name in names or targets()]
    present(targets_listed(each), as_json=as_json, quiet=False)


def _judge(
    names: Sequence[str], firm: Scenario, folder: Path, how: dict[str, Any], *, silent: bool
) -> list[Finding]:
    from ..evidence.evidence import evidence as judged

    watched = partial(watching, silent=silent, copies=False)
    with notes_said():
        found = judged(names, firm, out=folder, command=sys.argv[1:], watching=watched, **how)
        say_if_compiling(how["engine"], silent)
        return list(found)


def _keep(found: Evidence, folder: Path, *, figures: bool) -> None:
    """Write what was found beside the runs."""
    from ..evidence.provenance import OBJECT, PAGE
    from ..inputs.whole_files import put_file
    from ..show.evidence.overview_page import page_of

    printed = found.model_dump(mode="json")
    put_file(folder / OBJECT, f"{found.model_dump_json(indent=2)}\n".encode())
    put_file(folder / PAGE, page_of(printed).encode())
    if figures:
        draw(folder, found)
