"""What two scenarios say differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model.scenario import Scenario
from .delta import TEXTS, delta_of


@dataclass(frozen=True)
class Difference:
    """One path, what the first scenario says of it, and what the second says; None is nothing."""

    path: str
    first: Any
    second: Any


def differences(first: Scenario, second: Scenario) -> list[Difference]:
    """Every number, rule and dated lever that differs, in the order of the groups; texts aside."""
    one, other = delta_of(first).values, delta_of(second).values
    paths = [path for path in {**one, **other} if path not in TEXTS]
    said = [Difference(path, one.get(path), other.get(path)) for path in paths]
    return [each for each in said if each.first != each.second]
