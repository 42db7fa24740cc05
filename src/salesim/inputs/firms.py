"""Read the firms of a study: today's firm, and under each policy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..errors import ScenarioError
from ..model.scenario import Scenario
from .declared import value_of
from .design import AS_IS
from .load import load_scenario
from .shipped import file_of, shipped_policies, shipped_scenarios
from .written import Written

A_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
A_POLICY = "the name or path of a policy, a table of what it changes, or a list of these"
ONE_OR_THE_OTHER = "one or the other"
OF_A_MAPPING = re.compile(r"(?:settings|policy \d+): (?=(\S+?):)")


def read_firms(written: Written, moved: Collection[str]) -> dict[str, Scenario]:
    """Today's firm and under each policy, none of which says a number that the study moves.

    Args:
        written: what somebody wrote of the study.
        moved: paths of the numbers that the study moves.
    """
    firm = _as_it_is(written)
    for path in written.under("settings"):
        if path in moved:
            wrong = "is moved by the study too"
            written.refuse(f"settings.{path}", wrong, allowed=ONE_OR_THE_OTHER)
    firms = {AS_IS: firm}
    for name, policy in _policies(written).items():
        changed = _under_policy(written, firm, name, policy)
        if changed is not None:
            firms[name] = changed
            _check_moved(written, firm, name, changed, moved)
    return firms


def _as_it_is(written: Written) -> Scenario:
    """The firm that policies and numbers are laid over."""
    said = written.delta.values.get("scenario", "typical_firm")
    if not said or not isinstance(said, str | Path | Scenario):
        written.refuse("scenario", "wrong type", given=said, allowed="the name or path of a scenario")
        return Scenario()
    try:
        file = said if isinstance(said, Scenario) else file_of(said, shipped_scenarios(), written.folder)
        return load_scenario(file, None, written.under("settings"))
    except ScenarioError as error:
        for line in str(error).splitlines():
            table = "settings" if line.startswith("settings: ") else "scenario"
            written.problems.append(_placed(written, table, line))
        return Scenario()


def _policies(written: Written) -> dict[str, Any]:
    """Each policy by its name: a file or the name of a shipped one, or what it changes."""
    said: dict[str, Any] = {}
    for path, value in written.under("policies").items():
        name, dot, number = path.partition(".")
        if dot:
            said.setdefault(name, {})[number] = value
        else:
            said[name] = value
    return said


def _under_policy(written: Written, firm: Scenario, name: str, policy: Any) -> Scenario | None:
    """The firm under a policy, or nothing where the policy cannot be used."""
    path = f"policies.{name}"
    if not A_NAME.fullmatch(name) or name == AS_IS:
        allowed = f"a short name of letters, digits, _ and -, other than {AS_IS}"
        written.refuse(path, "no name for a policy", given=name, allowed=allowed)
        return None
    several = policy if isinstance(policy, list) else [policy]
    if not several or "" in several or not all(isinstance(p, str | Path | Mapping) for p in several):
        written.refuse(path, "wrong type", given=policy, allowed=A_POLICY)
        return None
    try:
        return load_scenario(firm, [_found(each, written.folder) for each in several])
    except ScenarioError as error:
        written.problems += [_placed(written, path, line) for line in str(error).splitlines()]
        return None


def _found(policy: str | Path | Mapping[str, Any], folder: Path) -> Path | Mapping[str, Any]:
    return policy if isinstance(policy, Mapping) else file_of(policy, shipped_policies(), folder)


def _placed(written: Written, table: str, line: str) -> str:
    """A refusal of what stands under a table of the study, with the place in the study."""
    inside = OF_A_MAPPING.match(line)
    if inside is None:
        return f"{written.place(table)}: {table}: {line}"
    return f"{written.place(f'{table}.{inside[1]}')}: {table}.{line[inside.end() :]}"


def _check_moved(
    written: Written, firm: Scenario, name: str, changed: Scenario, moved: Collection[str]
) -> None:
    """Refuse a policy that changes, from the start or on a day, what the study moves."""
    dated = {entry.lever for entry in changed.dated if entry not in firm.dated}
    for number in moved:
        if number in dated or value_of(changed, number) != value_of(firm, number):
            wrong = f"changes {number}, which the study moves too"
            written.refuse(f"policies.{name}", wrong, allowed=ONE_OR_THE_OTHER)
