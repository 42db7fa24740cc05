"""`salesim new`: a scenario or a policy to be filled in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..messages import error_text, shown
from .program import command


@command
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
    print(shown(f"Wrote {path}. Edit it, then: {use}", None))


def _free_file(name: str) -> Path:
    from ..errors import ScenarioError

    path = Path(name if name.endswith(".toml") else f"{name}.toml")
    if not path.stem or path.name == ".toml":
        raise ScenarioError(error_text("NAME", "", "no name", given=name, allowed="a name such as my_firm"))
    if not path.parent.is_dir():
        raise ScenarioError(error_text(str(path), "", "no such folder", given=str(path.parent)))
    if os.path.lexists(path):
        raise ScenarioError(error_text(str(path), "", "is there already", allowed="a new name"))
    return path


def _as_seen_from(folder: Path, extends: str) -> str:
    """The name of a shipped scenario as it is; a path as it leads from the folder of the new file."""
    from ..inputs.shipped import is_bare

    if not extends or (is_bare(extends) and not Path(extends).is_file()):
        return extends
    return os.path.relpath(extends, folder)
