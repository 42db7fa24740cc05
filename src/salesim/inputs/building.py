"""From deltas to a scenario: laid over each other, types and ranges checked, and only then built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from ..model.scenario import Scenario, gigabytes_for
from .declared import declared_numbers
from .delta import CARD, merged
from .explain import explain
from .toml import Written

ACCOUNTS = "organisation.accounts"


def build_scenario(layers: Iterable[Written]) -> Scenario:
    """Lay layers over the typical firm, later ones over earlier ones, and check types and ranges.

    Raises:
        ScenarioError: values of a wrong type or out of range, and numbers that do not fit each other.
    """
    whole = merged(layers)
    said = {**whole.nested(), "rules": whole.under("rules")}
    said.pop(CARD, None)
    try:
        return Scenario.model_validate(said)
    except ValidationError as error:
        explain(error, whole, Scenario, notes=_notes(whole))
        raise whole.problems.error from None


def _notes(whole: Written) -> dict[str, str]:
    """What so many accounts would need, where they are too many."""
    accounts = whole.values.get(ACCOUNTS)
    if type(accounts) is not int or accounts <= declared_numbers()[ACCOUNTS].high:
        return {}
    return {ACCOUNTS: f"the accounts alone would need {gigabytes_for(accounts):,} GB of memory"}


def number_text(path: str, value: Any, written: Written, above: str = "") -> Any:
    """A value of a declared number in its own type, a mode by its name; nothing where it does not fit.

    Args:
        path: of the number.
        value: its value.
        written: takes note of a wrong type, a value out of range, or a name that is none.
        above: the table in which it stands there.
    """
    group, _, name = path.partition(".")
    kind: Any = Scenario.model_fields[group].annotation
    try:
        return kind.model_validate({name: value}).model_dump()[name]
    except ValidationError as error:
        explain(error, written, kind, f"{above}.{group}" if above else group)
    return None
