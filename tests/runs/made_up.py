"""Results that somebody made up: a study, and what every run of it would have shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from salesim.inputs.design import Study
from salesim.runs.reading import load_study
from salesim.runs.runs import Runs

Shown = Callable[[dict[str, Any], int], dict[str, float]]


@dataclass
class MadeUp:
    """What an answer reads of a sweep."""

    study: Study
    shown: Shown
    still_to_come: int = 0
    error: Exception | None = None
    folder = Path("made_up")

    @property
    def failed(self) -> list[Any]:
        return [self.error] if self.error else []

    @property
    def complete(self) -> bool:
        return not self.still_to_come

    def missing(self) -> list[str]:
        return ["a run"] * self.still_to_come

    def refuse_failed(self) -> None:
        if self.error:
            raise self.error

    def joined(self, outcomes: list[str]) -> pd.DataFrame:
        rows = []
        for point in self.study.each_point():
            for replicate in range(self.study.replicates.most):
                where = {"policy": point.policy, **point.numbers}
                shown = self.shown(where, replicate)
                rows.append(
                    {
                        "point": point.index,
                        **where,
                        "replicate": replicate,
                        **{name: shown[name] for name in outcomes},
                    }
                )
        return pd.DataFrame(rows).sample(frac=1.0, random_state=1)  # in no order that could be leant on

    @property
    def points(self) -> pd.DataFrame:
        each = self.study.each_point()
        return pd.DataFrame([{"point": p.index, "policy": p.policy, **p.numbers} for p in each])

    by_replicate = Runs.by_replicate


def luck(replicate: int, salt: int = 0) -> float:
    """One draw of a standard normal for each replicate."""
    return float(np.random.default_rng([replicate, salt]).normal())


def made_up(
    said: dict[str, Any], profit: Callable[[dict[str, Any], int], float], replicates: int = 20
) -> MadeUp:
    """A study of which every run shows the operating profit (USD million) that a function says."""
    study = load_study({"replicates": replicates, **said})
    return MadeUp(study, lambda where, replicate: {"operating_profit": 1e6 * profit(where, replicate)})
