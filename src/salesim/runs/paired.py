"""What arms that share random draws say of each other, replicate by replicate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..inputs.declared import value_of
from ..inputs.design import BASELINE, Study
from ..outcomes import NUMBERS, Outcome
from ..outcomes.history import Numbers
from ..statistics import mean_of, replicates_for
from .intervals import by_replicate, rows_of
from .store import Store

if TYPE_CHECKING:
    import pandas as pd

MONEY, PROMISED = "USD", "promised"
POINTS, PERCENT = "points of the promise", "percent of the baseline"


@dataclass(frozen=True, eq=False)
class Paired:
    """One outcome under each arm, the baseline first.

    Args:
        outcome: what was measured.
        values: what each replicate (rows) says of the mean of each arm (columns); not a number where
            it says nothing.
        scale: turns the unit of the outcome into points of the promise or percent of the baseline;
            not a number where there is nothing to measure against.
    """

    outcome: Outcome
    values: Numbers
    scale: float

    @property
    def said_in(self) -> str:
        """What `scale` turns it into."""
        return POINTS if self.outcome.unit == MONEY else PERCENT

    def differences(self, arm: int) -> Numbers:
        """An arm less the baseline, over the replicates that both know."""
        difference: Numbers = self.values[:, arm] - self.values[:, 0]
        return difference[np.isfinite(difference)]


def baseline_of(study: Study, points: pd.DataFrame) -> int | None:
    """The place of today's firm among the points; None where it is not one of them."""
    rows = points[points["policy"] == BASELINE]
    for path in study.levers:
        rows = rows[rows[path] == value_of(study.firms[BASELINE], path)]
    return int(rows["point"].iloc[0]) if len(rows) else None


def firms_of(study: Study, points: pd.DataFrame) -> list[str]:
    """The key of each firm once, that of today's firm first."""
    baseline = baseline_of(study, points)
    keys = points.set_index("point")["firm"].dropna()
    return list(dict.fromkeys([keys[baseline], *keys]))


def paired_outcomes(
    study: Study, store: Store, firms: Sequence[str], replicates: int | None = None
) -> list[Paired]:
    """Every outcome of the study under each firm, from stored runs.

    Args:
        study: what is asked; its outcomes that are numbers count.
        store: the runs.
        firms: keys of firms, that of the baseline first.
        replicates: how many of them count, the first ones; all unless given.
    """
    outcomes = study.numbers
    rows = rows_of(study, store, [NUMBERS[PROMISED], *outcomes], replicates)
    rows = rows[rows["firm"].isin(firms)]
    promised = mean_of(rows.loc[rows["firm"] == firms[0], PROMISED].dropna().to_numpy())
    return [_paired(outcome, rows, firms, promised) for outcome in outcomes]


def _paired(outcome: Outcome, rows: pd.DataFrame, firms: Sequence[str], promised: float) -> Paired:
    table = by_replicate(outcome, rows).reindex(columns=[*firms]).to_numpy(dtype=float)
    known = table[np.isfinite(table[:, 0]), 0]
    base = promised if outcome.unit == MONEY else abs(float(known.mean())) if len(known) else 0.0
    return Paired(outcome, table, 100.0 / base if base > 0.0 else float("nan"))


def replicates_needed(outcomes: Sequence[Paired], precision: float, least: int, most: int) -> int:
    """How many replicates it takes until every difference from the baseline is precise enough.

    Outcomes say what the first replicates do; precision is half a width (points of the promise, or
    percent of the baseline).
    """
    needed = [
        replicates_for(paired.differences(arm) * paired.scale, precision, paired.values.shape[1] - 1, most)
        for paired in outcomes
        for arm in range(1, paired.values.shape[1] if math.isfinite(paired.scale) else 1)
    ]
    return min(max([least, *needed]), most)
