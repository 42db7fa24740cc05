"""Contribution of arms by quarter, and in which quarters each differs significantly from the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...english import TODAY, capital
from ...outcomes.history import Numbers
from ...quantity import Scale, Unit
from ...runs.estimating import Spread
from ...statistics import mean_intervals, sign_of
from .comparison import Comparison

BY_QUARTER = "realised_by_quarter"
MAX_ARMS = 5  # beside the baseline


@dataclass(frozen=True, eq=False)
class Quarters:
    """Contribution by quarter of the arms that are drawn.

    Args:
        comparison: what they are from.
        dollars: what is counted in.
        values: by arm, the baseline first: replicates (rows) that all met, by quarter (USD).
        left_out: how many arms are not drawn.
    """

    comparison: Comparison
    dollars: Scale
    values: Mapping[str, Numbers]
    left_out: int

    @property
    def arms(self) -> list[str]:
        """The arms beside the baseline."""
        return list(self.values)[1:]

    @property
    def base(self) -> Numbers:
        """The baseline."""
        return next(iter(self.values.values()))

    @cached_property
    def differences(self) -> dict[str, Spread]:
        """Each arm less the baseline, replicate by replicate: the mean and its interval."""
        return {arm: mean_of(self.values[arm] - self.base) for arm in self.arms}

    def signs(self, arm: str) -> Numbers:
        """By quarter 1 where an arm is significantly above the baseline, -1 where below, else 0."""
        found = self.differences[arm]
        return sign_of(found.low, found.high)


def mean_of(values: Numbers) -> Spread:
    """The mean over replicates (rows) and its 95% interval, which one replicate does not have."""
    return Spread(*mean_intervals(values.T))


def quarters_of(comparison: Comparison) -> Quarters | None:
    """What there is to draw of the best arms; None where no quarter is whole."""
    ranked = [d.arm for d in comparison.best_first(comparison.outcomes[0])]
    chosen = [comparison.base, *ranked[:MAX_ARMS]]
    rows = comparison.sweep.joined([BY_QUARTER])
    whole = rows[[series is not None for series in rows[BY_QUARTER]]]
    tables = {
        arm: whole[whole["point"] == comparison.places[arm]].set_index("replicate")[BY_QUARTER]
        for arm in chosen
    }
    met = sorted(set.intersection(*(set(table.index) for table in tables.values())))
    if not met:
        return None
    length = min(len(table.loc[k]) for table in tables.values() for k in met)
    if length == 0:
        return None
    values = {arm: np.array([table.loc[k][:length] for k in met]) for arm, table in tables.items()}
    dollars = Unit.USD.scale([float(np.abs(mean_of(each).mean).max()) for each in values.values()])
    return Quarters(comparison, dollars, values, len(ranked) - len(chosen) + 1)


def finding(found: Quarters) -> str:
    """In how many quarters the best arm earns more than the baseline, judged pair by pair."""
    base = TODAY
    if not found.arms:
        return f"Nothing to compare with {base}"
    if len(found.base) == 1:
        return f"One replicate cannot show in which quarters an arm differs from {base}"
    arm = max(found.arms, key=lambda each: float(found.signs(each).sum()))
    signs = found.signs(arm)
    more, less, of = int((signs > 0.0).sum()), int((signs < 0.0).sum()), len(signs)
    name = capital(found.comparison.called(arm))
    if not more and not less:
        best = f"the {len(found.arms)} best" if found.left_out else f"{len(found.arms)}"
        several = f"None of {best} {found.comparison.kind(2)} shows a"
        none = f"{name} shows no" if len(found.arms) == 1 else several
        return f"{none} clear difference from {base} in any quarter"
    if not more:
        return f"{name} earns less than {base} in {_quarters(less, of)}, and more in none"
    end = f", and less in {less}" if less else ""
    since = _since(signs)
    return f"{name} earns more than {base} in {_quarters(more, of)}{since}{end}"


def _quarters(count: int, of: int) -> str:
    return f"all {of} quarters" if count == of and of > 1 else f"{count} of {of} quarters"


def _since(signs: Numbers) -> str:
    """From which quarter on it earns more without a break, if that is not from the first."""
    first = len(signs)
    while first > 0 and signs[first - 1] > 0.0:
        first -= 1
    if 0 < first < len(signs) - 1 and not (signs[:first] > 0.0).any():
        return f", from the {_ordinal(first + 1)} on"
    return ""


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"
