"""From what somebody wrote to a scenario: files, policies and settings, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from ..errors import ScenarioError
from ..messages import Problems, error_text, shown
from ..model.dated import in_one_line
from ..model.scenario import Scenario
from .building import build_scenario
from .chain import read_chain
from .checks import check_policy, check_scenario, check_settings
from .delta import DATED, GIVEN, PLANS, TEXTS, delta_of, merged, read_settings
from .plausible import warn_of_firm, warn_of_pay
from .quota_file import note_planned
from .shipped import SUFFIX, shipped_policies, shipped_scenarios
from .toml import Written, read_mapping

LONGEST_NAME = 100
LISTED = {DATED: "dated levers", GIVEN: "given quotas", PLANS: "pay plans of groups"}
Policy = Path | str | Mapping[str, Any] | Written
Policies = Policy | Sequence[Policy] | None
Settings = Mapping[str, Any] | Sequence[str] | Written | None


def load_scenario(
    scenario: Scenario | Path | str, policies: Policies = None, settings: Settings = None
) -> Scenario:
    """Read a scenario, lay policies and settings over it, and check the whole.

    Args:
        scenario: a TOML file or the name of a shipped one, such as "typical_firm", or a scenario
            already loaded; what it does not say is as in the typical firm.
        policies: one or several that change levers only: TOML files, names of shipped ones such
            as "margin_pay", or mappings such as `{"pay.margin_weight": 1.0}`. Two that say
            different things of one lever are refused.
        settings: values of any number by its path, or `path=value` texts; they win over all.

    Returns:
        The firm, complete and checked; its title says what was laid over it. An `ImplausibleWarning`
        names each number that is far from plausible, and another says where pay that files of one's own or
        texts of settings change is far from the target incentive at the planned quota.

    Raises:
        ScenarioError: everything that is wrong, a line each; nothing is built.
    """
    layers = _layers(scenario)
    chains = [_policy(policy, number) for number, policy in enumerate(_listed(policies), 1)]
    last = _settings(settings)
    problems = Problems()
    checks = [(check_scenario, layers), (check_settings, [last]), *((check_policy, c) for c in chains)]
    for check, chain in checks:
        for layer in chain:
            layer.problems = problems
            check(layer)
    laid = [replace(merged(chain), problems=problems) for chain in chains]
    _check_contradictions(laid, last)
    problems.check()
    changed = [Written("title", {"title": _name_of(last)})] if _is_untitled(last) else []
    firm = build_scenario([*layers, *_titled([*laid, *changed], merged(layers)), last])
    warn_of_firm(firm, scenario)
    read = [] if isinstance(scenario, Scenario) else layers
    written = [layer for several in [read, *chains, [last]] for layer in several if _is_of_the_user(layer)]
    warn_of_pay(firm, {path for layer in written for path in layer.values})
    note_planned(firm, scenario)
    return firm


def _is_of_the_user(layer: Written) -> bool:
    """Whether it is `--set`, or a file that does not come with salesim; others try many plans."""
    shipped = {path.resolve() for path in (shipped_scenarios() | shipped_policies()).values()}
    file = Path(layer.name)
    return layer.name == "--set" or (file.suffix == SUFFIX and file.resolve() not in shipped)


def _is_untitled(settings: Written) -> bool:
    """Whether numbers are changed without saying what the firm is called then."""
    return "title" not in settings.values and bool({*settings.values} - {*TEXTS})


def load_either(written: Path | str) -> Scenario:
    """Read a scenario, or a policy as it is when laid over the typical firm.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    chain = read_chain(written, shipped_policies() | shipped_scenarios())
    for layer in chain:
        check_scenario(layer)
        layer.problems.check()
    firm = build_scenario(chain)
    warn_of_firm(firm)
    note_planned(firm)
    return firm


def _layers(scenario: Scenario | Path | str) -> list[Written]:
    if isinstance(scenario, Scenario):
        return [delta_of(scenario)]
    _check_kind("scenario", scenario, (str, Path), "a scenario, or the name or path of one")
    return read_chain(scenario, shipped_scenarios())


def _settings(settings: Settings) -> Written:
    if isinstance(settings, Written):
        return settings
    if isinstance(settings, Mapping):
        return read_mapping("settings", settings)
    if isinstance(settings, str):
        settings = (settings,)
    _check_kind("settings", settings or (), (Sequence,), "a mapping, or texts such as payout.bonus=1")
    return read_settings(settings or ())


def _listed(policies: Policies) -> Sequence[Policy]:
    if policies is None:
        return ()
    if isinstance(policies, str | Path | Mapping | Written):
        return (policies,)
    _check_kind("policy", policies, (Sequence,), "a name, a path, a mapping, or several")
    return policies


def _check_kind(name: str, given: object, kinds: tuple[type, ...], allowed: str) -> None:
    if not isinstance(given, kinds):
        raise ScenarioError(error_text(name, "", "wrong type", given=given, allowed=allowed))


def _policy(policy: Policy, number: int) -> list[Written]:
    if isinstance(policy, Mapping | Written):
        delta = policy if isinstance(policy, Written) else read_mapping(f"policy {number}", policy)
        delta.values.setdefault("title", _name_of(delta))
        return [delta]
    _check_kind(f"policy {number}", policy, (str, Path), "a name, a path or a mapping")
    chain = read_chain(policy, shipped_policies())
    if not any("title" in delta.values for delta in chain):
        chain[-1].values["title"] = shown(Path(policy).stem.replace("_", " "))
    return chain


def _name_of(delta: Written) -> str:
    """Changes without a title are called by what they change."""
    changes = [
        f"{path} {_in_one_line(value)}"
        for path, value in delta.values.items()
        if path not in (*TEXTS, *LISTED)
    ]
    changes += [name for path, name in LISTED.items() if delta.values.get(path)]
    name = ", ".join(changes)
    return name if len(changes) <= 2 and len(name) <= LONGEST_NAME else f"{len(changes)} numbers changed"


def _in_one_line(value: Any) -> Any:
    try:
        return in_one_line(value)
    except ValueError:
        return value  # which will be refused


def _check_contradictions(policies: list[Written], settings: Written) -> None:
    """Refuse policies of which one says this and another that, unless a setting decides."""
    for one, other in combinations(policies, 2):
        both = one.values.keys() & other.values.keys() - settings.values.keys() - {*TEXTS, DATED}
        for path in sorted(both):
            given = other.values[path]
            if one.values[path] != given:
                wrong = f"contradicts {one.place(path)}"
                allowed = f"{shown(repr(one.values[path]))} as there, or a setting that decides"
                other.reject(path, wrong, given=given, allowed=allowed)


def _titled(policies: list[Written], scenario: Written) -> list[Written]:
    """Each policy adds its title to that of what it is laid over."""
    title = scenario.values.get("title", Scenario().title)
    for policy in policies:
        if isinstance(name := policy.values.get("title"), str):
            title = policy.values["title"] = f"{title} + {name}" if name.strip() else title
    return policies
