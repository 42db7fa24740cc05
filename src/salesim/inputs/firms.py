"""Read the firms of a study: today's firm, and under each policy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..errors import ScenarioError
from ..model.scenario import Scenario
from .declared import value_of
from .design import BASELINE
from .load import Policy, load_scenario
from .shipped import file_of, shipped_policies, shipped_scenarios
from .toml import Written, read_mapping

A_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
A_POLICY = "the name or path of a policy, a table of what it changes, or a list of these"
ONE_OR_THE_OTHER = "one or the other"


def read_firms(written: Written, moved: Collection[str]) -> dict[str, Scenario]:
    """Today's firm and under each policy, none of which says a number that the study moves.

    Args:
        written: what somebody wrote of the study.
        moved: paths of the numbers that the study moves.
    """
    for path in written.under("settings"):
        if path in moved:
            wrong = "is moved by the study too"
            written.reject(f"settings.{path}", wrong, allowed=ONE_OR_THE_OTHER)
    firm = _today(written)
    firms = {BASELINE: firm}
    for name in dict.fromkeys(path.partition(".")[0] for path in written.under("policies")):
        changed = _under_policy(written, firm, name)
        if changed is not None:
            firms[name] = changed
            _check_moved(written, firm, name, changed, moved)
    return firms


def _today(written: Written) -> Scenario:
    """The firm that policies and numbers are laid over."""
    said = written.nested().get("scenario", "typical_firm")
    if not said or not isinstance(said, str | Path | Scenario):
        written.reject("scenario", "wrong type", given=said, allowed="the name or path of a scenario")
        return Scenario()
    try:
        file = said if isinstance(said, Scenario) else file_of(said, shipped_scenarios(), written.folder)
        return load_scenario(file, None, written.part("settings"))
    except ScenarioError as error:
        _take(written, "scenario", error)
        return Scenario()


def _under_policy(written: Written, firm: Scenario, name: str) -> Scenario | None:
    """The firm under a policy, or nothing where the policy cannot be used."""
    path = f"policies.{name}"
    if not A_NAME.fullmatch(name) or name == BASELINE:
        allowed = f"a short name of letters, digits, _ and -, other than {BASELINE}"
        written.reject(path, "no name for a policy", given=name, allowed=allowed)
        return None
    said = written.values.get(path, written.part(path))
    several = said if isinstance(said, list) else [said]
    kinds = (str, Path, Mapping, Written)
    if not several or "" in several or not all(isinstance(policy, kinds) for policy in several):
        written.reject(path, "wrong type", given=said, allowed=A_POLICY)
        return None
    try:
        return load_scenario(firm, [_policy_source(written, path, each) for each in several])
    except ScenarioError as error:
        _take(written, path, error)
        return None


def _policy_source(written: Written, path: str, policy: Any) -> Policy:
    """A policy by its file, or as it is written in the study."""
    if isinstance(policy, Mapping):
        return read_mapping(f"{written.place(path)}: {path}", policy)
    return policy if isinstance(policy, Written) else file_of(policy, shipped_policies(), written.folder)


def _take(written: Written, path: str, error: ScenarioError) -> None:
    """Take note of what is wrong in a file that the study names, or in what stands in the study."""
    above = f"{written.place(path)}: {path}: "
    lines = str(error).splitlines()
    written.problems.take(line if line.startswith(f"{written.name}:") else above + line for line in lines)


def _check_moved(
    written: Written, firm: Scenario, name: str, changed: Scenario, moved: Collection[str]
) -> None:
    """Refuse a policy that changes, from the start or on a day, what the study moves."""
    dated = {entry.lever for entry in changed.dated if entry not in firm.dated}
    for number in moved:
        if number in dated or value_of(changed, number) != value_of(firm, number):
            wrong = f"changes {number}, which the study moves too"
            written.reject(f"policies.{name}", wrong, allowed=ONE_OR_THE_OTHER)
