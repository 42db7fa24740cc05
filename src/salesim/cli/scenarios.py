"""`salesim params`, `new` and `diff`: what can be said of a firm, and what two firms differ in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..messages import chosen, refusal
from .present import present
from .program import SCENARIO, AsJson, Policies, Settings, program


@program.command()
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
    present(parameters_of(numbers, firm), as_json=as_json, quiet=False, most=None)


@program.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called; NAME.toml is written.")],
    extends: Annotated[
        str, typer.Option(metavar="NAME", help="What it starts from; typical_firm unless it is a policy.")
    ] = "",
    policy: Annotated[bool, typer.Option("--policy", help="Write a policy: levers only.")] = False,
) -> None:
    """Write a scenario (or a policy) to be filled in, with a comment on every number."""
    from ..inputs.load import load_scenario
    from ..inputs.scenario_file import new_policy, new_scenario
    from ..inputs.whole_files import put_file

    path = _free_file(name)
    title = path.stem.replace("_", " ")
    if policy:
        load_scenario("typical_firm", extends or None)
        put_file(path, new_policy(title, _as_seen_from(path.parent, extends)).encode())
    else:
        extends = extends or "typical_firm"
        firm = load_scenario(extends)
        text = new_scenario(title, _as_seen_from(path.parent, extends), firm)
        put_file(path, text.encode())
    use = f"salesim run typical_firm --policy {path}" if policy else f"salesim run {path}"
    print(f"Wrote {path}. Edit it, then: {use}")


def _free_file(name: str) -> Path:
    from ..errors import ScenarioError

    path = Path(name if name.endswith(".toml") else f"{name}.toml")
    if not path.stem or path.name == ".toml":
        raise ScenarioError(refusal("NAME", "", "no name", given=name, allowed="a name such as my_firm"))
    if not path.parent.is_dir():
        raise ScenarioError(refusal(str(path), "", "no such folder", given=str(path.parent)))
    if os.path.lexists(path):
        raise ScenarioError(refusal(str(path), "", "is there already", allowed="a new name"))
    return path


def _as_seen_from(folder: Path, extends: str) -> str:
    """The name of a shipped scenario as it is; a path as it leads from the folder of the new file."""
    from ..inputs.shipped import is_bare

    if not extends or (is_bare(extends) and not Path(extends).is_file()):
        return extends
    return os.path.relpath(extends, folder)


@program.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario or policy, by file or name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    as_json: AsJson = False,
) -> None:
    """Show what two scenarios say differently; a policy is taken as laid over the typical firm."""
    from ..inputs.differences import differences
    from ..inputs.load import load_either
    from ..show.parameters import ScenarioDifferences

    found = tuple(differences(load_either(first), load_either(second)))
    shown = ScenarioDifferences(
        title=f"{first} and {second}", first=first, second=second, differences=found
    )
    present(shown, as_json=as_json, quiet=False, most=None)
