"""`salesim params`: what can be said of a firm."""

from __future__ import annotations

from typing import Annotated

import typer

from ..messages import chosen
from .options import SCENARIO, AsJson, Policies, Settings, Showing
from .present import present
from .program import command


@command
def params(
    path: Annotated[
        str,
        typer.Argument(metavar="[PATH]", help="A group, a number (pay.margin_weight), or a scenario."),
    ] = "",
    scenario: Annotated[str, typer.Option(metavar="SCENARIO", help=SCENARIO)] = "",
    policy: Policies = None,
    set_: Settings = None,
    kind: Annotated[
        str, typer.Option(metavar="lever|setting|behaviour", help="Numbers of one kind only.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List the numbers of a scenario with value, unit, range, kind, source and evidence grade."""
    from ..inputs.declared import numbers_under
    from ..inputs.load import load_scenario
    from ..inputs.shipped import is_scenario
    from ..model.scenario import Scenario
    from ..show.parameters import parameters_of

    if is_scenario(path):
        scenario, path = scenario or path, ""
    firm = load_scenario(scenario or Scenario(), policy, set_)
    numbers = numbers_under(path)
    if kind:
        wanted = chosen("--kind", kind, ("lever", "setting", "behaviour"))
        numbers = [number for number in numbers if number.kind == wanted]
    present(parameters_of(numbers, firm), Showing(as_json=as_json), most=None)
