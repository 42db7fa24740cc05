"""Readings whose every number is known, and verdicts as they are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from salesim.evidence.judging import Finding, Verdict
from salesim.evidence.lever_curves import Curve
from salesim.evidence.readings import Readings
from salesim.evidence.target import Measure, load_target
from salesim.statistics import Interval

LEVER = "regime.discount_authority"


@dataclass(frozen=True, eq=False)
class Told(Readings):
    """Readings that are told and not read: columns by study, policy, outcome, place, and lever with its value."""

    columns: Mapping[Any, Any]
    axes: Mapping[str, list[float]]

    @cached_property
    def _columns(self):
        return {key: np.array(values, dtype=float) for key, values in self.columns.items()}

    def axis(self, study, lever):
        return np.array(self.axes[lever])

    def places(self, study, policy, outcome):
        return sum(
            key[:3] == (study, policy, outcome) and key[3] is not None and key[3] >= 0
            for key in self.columns
        )

    def units(self, study):
        return len(next(values for key, values in self.columns.items() if key[0] == study))


def told(columns: Mapping[Any, Any], axes: Mapping[str, list[float]] | None = None) -> Told:
    return Told(sweeps={}, ledgers={}, columns=columns, axes=axes or {})


def series(
    policy: str, *places: list[float], outcome: str = "recall_by_level", study: str = "main"
) -> dict[Any, Any]:
    """A series, place by place; the last is also read as -1."""
    columns = {(study, policy, outcome, k, None): values for k, values in enumerate(places)}
    return {**columns, (study, policy, outcome, -1, None): places[-1]}


def curve(
    policy: str, heights: Mapping[float, list[float]], outcome: str = "operating_profit"
) -> dict[Any, Any]:
    """A curve along the lever, replicate by replicate at each of its values."""
    return {("main", policy, outcome, None, (LEVER, value)): each for value, each in heights.items()}


def number(
    policy: str, values: list[float], outcome: str = "revenue", study: str = "main"
) -> dict[Any, Any]:
    return {(study, policy, outcome, None, None): values}


def measure(statistic: str, outcome: str = "revenue", **said: Any) -> Measure:
    """A measure with a band that nothing misses, unless said otherwise."""
    return Measure(
        **{
            "name": "it",
            "says": "It",
            "study": "main",
            "unit": "ratio",
            "band": (-1e9, 1e9),
            "statistic": statistic,
            "outcome": outcome,
            **said,
        }
    )


def verdict(
    measure: Measure, value: float, half: float = 0.0, sign: float | None = None, units: int = 30
) -> Verdict:
    return Verdict(measure, value, value - half, value + half, units, sign)


def finding(name: str, share: float = 0.5, **shares: float) -> Finding:
    """A finding in which each measure lies so far up its band (0 to 1); far bands count from their nearer end."""
    target = load_target(name)
    verdicts = []
    for each in target.measures:
        low, high = each.band
        width = min(high - low, 2.0 * max(1.0, min(abs(low), abs(high))))
        start = low if abs(low) < 1e2 else high - width
        verdicts.append(verdict(each, start + width * shares.get(each.name, share), 0.05 * width))
    return Finding(target, tuple(verdicts), curves_for(name), {f"{name}_main": "0" * 16})


def curves_for(name: str) -> tuple[Curve, ...]:
    """Curves for a finding that has some."""
    if name != "T2":
        return ()
    values = (0.0, 0.1, 0.2, 0.3, 0.4)
    return tuple(
        Curve(
            "main",
            "operating_profit",
            LEVER,
            policy,
            values,
            tuple(
                Interval(
                    5e6 - 1e8 * (v - best) ** 2, 4e6 - 1e8 * (v - best) ** 2, 6e6 - 1e8 * (v - best) ** 2
                )
                for v in values
            ),
        )
        for policy, best in (("baseline", 0.1), ("margin", 0.2), ("voice", 0.12), ("no_voice", 0.08))
    )
