"""What came out of the experiments of a finding, as statistics read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.gap.ledger import Ledger
from ..outcomes import NUMBERS
from ..outcomes.history import Numbers
from ..runs.causes import CAUSES, named
from ..runs.intervals import columns_for
from ..runs.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

Chosen = Numbers  # which replicates or firms count, each perhaps several times


@dataclass(frozen=True, eq=False)
class Readings:
    """The runs of a finding.

    Args:
        sweeps: what its studies found, by name.
        ledgers: its splits of the gap, by name.
    """

    sweeps: Mapping[str, Runs]
    ledgers: Mapping[str, Ledger]

    @cached_property
    def _rows(self) -> dict[str, pd.DataFrame]:
        return {name: found.joined(_needed(found)) for name, found in self.sweeps.items()}

    def units(self, study: str) -> int:
        """How many independent results a study has: replicates, or firms where these are drawn."""
        if study in self.ledgers:
            return self.ledgers[study].replicates
        found = self.sweeps[study].study
        return found.samples_each if found.samples else found.replicates.most

    def value(
        self,
        study: str,
        policy: str,
        outcome: str,
        chosen: Chosen,
        *,
        place: int | None = None,
        at: tuple[str, float] | None = None,
    ) -> float:
        """The mean over the replicates chosen that have the outcome; of a ratio, sums over sums.

        Args:
            study, policy: which firm.
            outcome: what is measured.
            chosen: places of replicates.
            place: which place of a series.
            at: lever and value, in a study that moves a lever.
        """
        summed = NUMBERS[outcome].summed if outcome in NUMBERS else None
        if summed is not None:
            above, below = (self._mean(study, policy, name, chosen, None, at) for name in summed)
            return above / below if below > 0.0 else float("nan")
        return self._mean(study, policy, outcome, chosen, place, at)

    def _mean(
        self,
        study: str,
        policy: str,
        outcome: str,
        chosen: Chosen,
        place: int | None,
        at: tuple[str, float] | None,
    ) -> float:
        each = self._column(study, policy, outcome, place, at)[chosen]
        there = each[~np.isnan(each)]
        return float(there.mean()) if there.size else float("nan")

    def _column(
        self, study: str, policy: str, outcome: str, place: int | None, at: tuple[str, float] | None
    ) -> Numbers:
        key = (study, policy, outcome, place, at)
        if key not in self._columns:
            rows = self._rows[study]
            rows = rows[rows["policy"] == policy]
            if at is not None:
                rows = rows[rows[at[0]] == at[1]]
            values = rows[outcome]
            self._columns[key] = np.array([_number(value, place) for value in values], dtype=float)
        return self._columns[key]

    @cached_property
    def _columns(self) -> dict[Any, Numbers]:
        return {}

    def axis(self, study: str, lever: str) -> Numbers:
        """The values of a lever that a study moves."""
        return np.array(self.sweeps[study].study.levers[lever], dtype=float)

    def places(self, study: str, policy: str, outcome: str) -> int:
        """How many places a series has."""
        rows = self._rows[study]
        return len(rows[rows["policy"] == policy][outcome].iloc[0])

    def firms(self, study: str, outcome: str, chosen: Chosen) -> Numbers:
        """An outcome of each of the firms chosen, sums over sums for a ratio; only firms that have one."""
        each: Numbers = self._each_firm(study, outcome)[chosen]
        return each[~np.isnan(each)]

    def _each_firm(self, study: str, outcome: str) -> Numbers:
        if (study, outcome) not in self._columns:
            above, below = NUMBERS[outcome].summed or (outcome, "")
            sums = self._rows[study].groupby("sample")[[name for name in (above, below) if name]].sum()
            each = (sums[above] / sums[below]).where(sums[below] > 0.0) if below else sums[above]
            every = each.reindex(range(self.units(study)))
            self._columns[study, outcome] = every.to_numpy(dtype=float)
        return self._columns[study, outcome]

    def points(self, study: str, causes: tuple[str, ...], chosen: Chosen) -> float:
        """What causes take from the promise, in points of it."""
        ledger = self.ledgers[study]
        names = [cause.name for cause in CAUSES]
        places = [names.index(named(cause).name) for cause in causes]
        taken = ledger.split.parts[chosen][:, places].sum(axis=1).mean()
        return 100.0 * float(taken / ledger.split.promised[chosen].mean())


def _number(value: Any, place: int | None) -> float:
    if place is not None:
        value = value[place]
    return float("nan") if value is None else float(value)


def _needed(found: Runs) -> list[str]:
    """The outcomes that a study is about, and the sums that its ratios are based on."""
    names = list(found.study.outcomes)
    summed = [part for name in names if name in NUMBERS for part in columns_for(NUMBERS[name])]
    return list(dict.fromkeys([*names, *summed]))
