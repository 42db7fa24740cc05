"""What levers laid out on a grid gain over today's firm, and where that is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...english import TODAY, capital, phrase
from ...inputs.declared import place_text, value_said
from ...inputs.design import BASELINE
from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...outcomes.history import Numbers
from ...quantity import Unit
from ...runs.runs import OF_THE_MEAN
from ...statistics import mean_intervals
from ..comparing.comparison import BETTER, Comparison, Difference
from .judges import Judge, Setting, at_places
from .means import Means, is_numeric, name_of, places_of, today_of
from .responses import curves_of, lever_of

if TYPE_CHECKING:
    import pandas as pd


MIN = 3  # values of the lever along the axis


@dataclass(frozen=True, eq=False)
class Differences(Means):
    """Paired differences of an outcome at each setting to today's firm.

    Args:
        baseline: the setting of today's firm, where the difference is nothing.
        title: whose plan it is.
        better: settings that are significantly better than it.
    """

    baseline: Setting = ()
    title: str = ""
    better: tuple[Setting, ...] = ()

    @property
    def ranged(self) -> bool:
        """Whether there is an interval at any setting but today's firm."""
        others = [setting for setting in self.settings if setting != self.baseline]
        return bool(np.isfinite(self.at(others).low).any())

    @property
    def label(self) -> str:
        """What is drawn, for an axis, in lines."""
        unit = self.scale.shown or self.outcome.unit
        return f"{self.noun},\ndifference from {TODAY}\n({unit})"

    @property
    def unit(self) -> Unit:
        """What is counted in: points, where the outcome is in percent."""
        return super().unit.difference


@dataclass(frozen=True, eq=False)
class ByRanking(Judge):
    """Settings differ as the ranking of a comparison has it; differences deserve no finer digits.

    Args:
        same: by setting (rows and columns), whether two do not differ clearly.
    """

    same: NDArray[np.bool_]

    fineness = 1.0
    how = (
        "Settings are judged by the intervals and the ranking of the comparison: intervals hold for all "
        "arms of the outcome together."
    )

    def signs(self, a: int, others: Sequence[int]) -> Numbers:
        """1 where a setting is higher, -1 where it is lower, 0 where neither is clear."""
        higher = np.sign(mean_intervals(self.values[a] - self.values[list(others)])[0])
        return np.where(self.same[a, list(others)], 0.0, higher)


def means(comparison: Comparison, outcome: str) -> Differences | None:
    """What there is to draw, or None.

    Nothing where settings do not fill a grid with three values or more of a lever that has a size.
    """
    study = comparison.sweep.study
    moved = tuple(path for path, values in study.levers.items() if len(values) > 1)
    if not any(is_numeric(path) and len(study.levers[path]) >= MIN for path in moved):
        return None
    arms = _arms(comparison, moved)
    known = {difference.arm: difference for difference in comparison.of(NUMBERS[outcome])}
    judge = _judge(comparison, outcome, arms, moved)
    found = Differences(
        study,
        NUMBERS[outcome],
        moved,
        _table(arms, known, moved),
        judge,
        baseline=today_of(study, moved),
        title=study.firms[BASELINE].title,
        better=tuple(s for s, arm in arms.items() if arm in known and known[arm].verdict == BETTER),
    )
    return found if curves_of(found) else None


def _arms(comparison: Comparison, moved: Sequence[str]) -> dict[Setting, str]:
    """The arm at each setting; of those that are one firm, the one that stands for them all."""
    study, firms = comparison.sweep.study, comparison.sweep.points["firm"]
    names = {firms.iloc[place]: arm for arm, place in comparison.places.items()}
    found: dict[Setting, str] = {
        (point.policy, *(point.numbers[path] for path in moved)): names[firms.iloc[point.index]]
        for point in study.each_point()
    }
    return {setting: found[setting] for setting in places_of(study, moved)}


def _judge(
    comparison: Comparison, outcome: str, arms: Mapping[Setting, str], moved: Sequence[str]
) -> ByRanking:
    """What the ranking tells apart."""
    sweep = comparison.sweep
    table = sweep.by_replicate(NUMBERS[outcome])
    values = at_places(sweep, table, moved, places_of(sweep.study, moved))
    apart = {rank.arm: rank.tied_with for rank in comparison.rankings[outcome]}
    same = [[a == b or b in apart[a] for b in arms.values()] for a in arms.values()]
    return ByRanking(values, np.array(same))


def _table(
    arms: Mapping[Setting, str], known: Mapping[str, Difference], moved: Sequence[str]
) -> pd.DataFrame:
    """Differences with their intervals, a row for each setting; nothing at today's firm."""
    import pandas as pd

    least = min(difference.replicates for difference in known.values())
    rows = [
        (d.mean, d.low, d.high, d.replicates) if (d := known.get(arm)) else (0.0, 0.0, 0.0, least)
        for arm in arms.values()
    ]
    table = pd.DataFrame(list(arms), columns=["policy", *moved])
    numbers = pd.DataFrame(rows, columns=["mean", "low", "high", "replicates"])
    return table.join(numbers).assign(interval=OF_THE_MEAN)


def firm_of(found: Differences) -> Scenario:
    """Today's firm."""
    return next(iter(found.study.firms.values()))


def best_of(found: Differences) -> Setting:
    """The best of the settings that beat today's firm significantly; of all, where none does."""
    return _extreme(found, found.better or found.settings)


def _extreme(found: Differences, among: Sequence[Setting]) -> Setting:
    """The setting with the best mean; the highest, where no direction is better."""
    sign = -1.0 if found.outcome.better == "lower" else 1.0
    means = dict(zip(among, sign * found.at(among).mean, strict=True))
    known = [setting for setting in among if np.isfinite(means[setting])]
    return max(known, key=lambda setting: (means[setting], setting == found.baseline))


def finding(found: Differences) -> str:
    """Where the outcome is best, by how much it is better than now, and what does not differ clearly."""
    best, base, noun = best_of(found), found.baseline, found.noun
    others = [s for s in found.settings if s != best and np.isfinite(found.at([s]).mean[0])]
    if not found.ranged:
        return f"In one replicate, {noun} is {found.best} {_where(found, best)}; it may be chance"
    same = [s for s, sign in zip(others, found.signs(best, others), strict=True) if not abs(sign) > 0.0]
    if found.outcome.better == "neither":
        return f"{capital(noun)} is {found.best} {_where(found, best)}"
    if best not in found.better:
        end = f"; {len(same)} of {len(others)} others show no clear difference" if same else ""
        if best != base:
            end = f"; the {found.best} is {_where(found, best)}"
        return f"No setting is clearly better for {noun} than {TODAY}{end}"
    side = "below" if found.at([best]).mean[0] < 0.0 else "above"
    amount = f"{found.said(abs(float(found.at([best]).mean[0])))} {side} {TODAY}"
    top = _extreme(found, found.settings)
    if top != best:
        high = f"the {found.best}, {_where(found, top)}, shows no clear difference"
        return f"{found.opening} is better {_where(found, best)}, {amount}; {high}"
    said = f"{found.opening} is {found.best} {_where(found, best)}, {amount}"
    # That it beats today's firm, its interval says already.
    return f"{said}; {_apart(found, best, [s for s in same if s != base], len(others))}"


def _where(found: Differences, setting: Setting) -> str:
    """A setting in a sentence, the lever along the axis first."""
    lever = lever_of(found)
    place = found.moved.index(lever)
    other = name_of(found, setting, [lever], prose=True)
    return f"at {place_text(lever, setting[1 + place])}{' with ' * bool(other)}{other}"


def _apart(found: Differences, best: Setting, same: Sequence[Setting], others: int) -> str:
    """What does not differ clearly from the best."""
    if not same:
        return "clearly better than every other setting"
    place = 1 + found.moved.index(lever_of(found))
    if all((*s[:place], *s[place + 1 :]) == (*best[:place], *best[place + 1 :]) for s in same):
        values = sorted({s[place] for s in (best, *same)}, key=float)
        said = [value_said(lever_of(found), value) for value in values]
        return f"{phrase(said)} show no clear difference there"
    return f"{len(same)} of {others} other settings show no clear difference from it"
