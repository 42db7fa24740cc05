"""The means of one outcome at the settings of a study, in their units and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ...english import TODAY, capital
from ...inputs.dates import plan_text
from ...inputs.declared import declared_values, place_text, value_of, value_said, words_of
from ...inputs.design import BASELINE, Number, Study, Values, policy_text
from ...outcomes import NUMBERS, Outcome
from ...outcomes.history import Numbers
from ...quantity import MILLION, MINUS, Scale, Unit
from ...runs.estimating import Spread
from ...runs.runs import OVER_POINTS, Runs, over_points
from .judges import Judge, Places, Setting, by_point, by_replicate

if TYPE_CHECKING:
    import pandas as pd

APART = 0.1  # of what means spread over, which is written where no interval is known
LONGEST_NAME = 40  # of a policy in a sentence


@dataclass(frozen=True, eq=False)
class Means:
    """The means of one outcome at the settings of a study, in the unit of the figure.

    Args:
        study: the design.
        outcome: a number of the company.
        moved: paths of what was moved and is shown.
        table: a row for each setting: `policy`, a column for each path, `mean`, `low`, `high`,
            `replicates` and `interval`, in the unit of the outcome.
        judge: what says which settings differ.
        left_out: runs that could not be counted, in a sentence.
    """

    study: Study
    outcome: Outcome
    moved: tuple[str, ...]
    table: pd.DataFrame
    judge: Judge
    left_out: str = ""

    @cached_property
    def _estimates(self) -> dict[Setting, tuple[float, float, float]]:
        keys = self.table[["policy", *self.moved]].itertuples(index=False, name=None)
        amounts = (self.table[["mean", "low", "high"]].to_numpy(dtype=float) * self.scale.factor).tolist()
        return dict(zip(keys, map(tuple, amounts), strict=True))

    def at(self, settings: Sequence[Setting]) -> Spread:
        """Mean and interval at some settings, in their order; nan where nothing is known."""
        nothing = (np.nan, np.nan, np.nan)
        found = np.array([self._estimates.get(setting, nothing) for setting in settings], dtype=float)
        return Spread(*found.reshape(-1, 3).T)

    @cached_property
    def settings(self) -> list[Setting]:
        """All settings that the study asks for."""
        return list(self.places)

    @cached_property
    def places(self) -> Places:
        """Where each of them stands."""
        return places_of(self.study, self.moved)

    def signs(self, a: Setting, others: Sequence[Setting]) -> Numbers:
        """Whether a setting is higher (1) or lower (-1) than others, or not clearly different (0)."""
        return self.judge.signs(self.places[a], [self.places[setting] for setting in others])

    def wins(self, a: Setting, b: Setting) -> tuple[int, int]:
        """How often a setting is better than another, and how often both are known."""
        first, second = (b, a) if self.outcome.better == "lower" else (a, b)
        return self.judge.higher(self.places[first], self.places[second])

    @cached_property
    def all(self) -> Spread:
        """Mean and interval at all of them."""
        return self.at(self.settings)

    def values(self, path: str) -> Values:
        """What a lever or uncertain number was moved to; numbers from low to high."""
        return values_of(self.study, path)

    @property
    def ranged(self) -> bool:
        """Whether there is an interval anywhere."""
        return bool(np.isfinite(self.all.low).any())

    @property
    def known(self) -> int:
        """At how many settings the outcome is known."""
        return int(np.isfinite(self.all.mean).sum())

    @property
    def noun(self) -> str:
        """The outcome in a sentence."""
        return self.outcome.noun

    @property
    def opening(self) -> str:
        """The outcome as the first words of a sentence."""
        return capital(self.noun)

    @property
    def best(self) -> str:
        """Which mean is best: the lowest, or the highest, also where neither is better."""
        return "lowest" if self.outcome.better == "lower" else "highest"

    @property
    def beats(self) -> str:
        """What the best does to others, in a sentence."""
        return "is above" if self.outcome.better == "neither" else "beats"

    @property
    def label(self) -> str:
        """The outcome and its unit, for an axis."""
        return f"{self.noun} ({self.scale.shown})" if self.scale.shown else self.noun

    @property
    def unit(self) -> Unit:
        """What is counted in."""
        return self.outcome.unit

    @cached_property
    def scale(self) -> Scale:
        """How means are written: as finely as their intervals, or as the judge, deserve.

        Where no interval is known, finely enough to show the differences.
        """
        mean, low, high = self.table[["mean", "low", "high"]].to_numpy(dtype=float).T
        half = 0.5 * (high - low) * self.judge.fineness
        known = mean[np.isfinite(mean)]
        apart = APART * float(np.ptp(known)) if len(known) and not (half > 0.0).any() else 0.0
        ends = [*zip(-half, half, strict=True), (apart, apart)]
        return self.unit.scale(known.tolist(), ends, size=MILLION, minus=MINUS)

    @property
    def _drawn(self) -> Scale:
        """The same, of values in the unit of the figure."""
        return replace(self.scale, factor=1.0)

    def number(self, value: float) -> str:
        """A value without its unit."""
        return self._drawn.number(value)

    def half(self, value: float) -> str:
        """Half an interval, with digits enough not to look like none."""
        if value <= 0.0:
            return "0"
        return self.number(value) if round(value, self.scale.decimals) > 0.0 else f"{value:.1g}"

    def said(self, value: float) -> str:
        """A value with its unit, for a sentence."""
        return self._drawn.text(value)

    @property
    def about(self) -> str:
        """Which study it is, and over how long a plan."""
        firms = self.study.firms.values()
        same = len({firm.organisation.weeks for firm in firms}) == 1
        if not same or "organisation.weeks" in self.study.axes:
            return self.study.title
        return f"{self.study.title}: {plan_text(next(iter(firms)))}"

    def note(self, mark: str, shown_by: str) -> str:
        """What the marks mean, and what could not be drawn."""
        return " ".join(filter(None, [self._marks(mark, shown_by), self._unknown(), self.left_out]))

    def _marks(self, mark: str, shown_by: str) -> str:
        counts = self.table["replicates"][self.table["replicates"] > 0]
        if not self.ranged:
            return f"One {'point' if self.judge.by_point else 'replicate'}, so no interval is drawn."
        kind = str(self.table["interval"].iloc[0])
        if kind == OVER_POINTS:
            of = "over points, which differ in what is uncertain"
        else:
            least, most = int(counts.min()), int(counts.max())
            of = f"of {least:,}{f' to {most:,}' if most > least else ''} replicates"
        return f"{mark}: mean {of}; {shown_by}: {kind}. {self.judge.how}"

    def _unknown(self) -> str:
        missing = len(self.settings) - self.known
        if not missing:
            return ""
        return f"Nothing is known at {missing:,} of {len(self.settings):,} settings."


def over_settings(sweep: Runs, outcome: str) -> Means:
    """The means of an outcome over policies and levers."""
    moved = tuple(path for path, values in sweep.study.levers.items() if len(values) > 1)
    table = sweep.summary([outcome], by="setting")
    judged = by_point if sweep.study.points > sweep.study.settings else by_replicate
    judge = judged(sweep, NUMBERS[outcome], moved, places_of(sweep.study, moved))
    return Means(sweep.study, NUMBERS[outcome], moved, table, judge, _left_out(sweep))


def over_uncertain(sweep: Runs, outcome: str, path: str) -> Means:
    """The means of an outcome over policies and one uncertain number that was given value by value."""
    points = sweep.summary([outcome], by="point").dropna(subset=["mean"])
    groups = points.groupby(["policy", path], sort=False)
    table = groups[["mean", "low", "high", "replicates", "interval"]].first()
    places = places_of(sweep.study, (path,))
    judged = by_point if len(points) > len(table) else by_replicate
    if len(points) > len(table):
        over = over_points(points, ["policy", path])[["mean", "low", "high"]]
        table = table.assign(interval=OVER_POINTS, **over)
    judge = judged(sweep, NUMBERS[outcome], (path,), places)
    return Means(sweep.study, NUMBERS[outcome], (path,), table.reset_index(), judge, _left_out(sweep))


def _left_out(sweep: Runs) -> str:
    failed = sweep.failed
    runs, points = int(failed["replicate"].notna().sum()), int(failed["replicate"].isna().sum())
    said = []
    if runs:
        said.append(f"{runs:,} run{'s' if runs > 1 else ''} failed and could not be counted.")
    if points:
        said.append(f"Points whose numbers do not fit each other, left out: {points:,}.")
    return " ".join(said)


def values_of(study: Study, path: str) -> Values:
    """What a lever or uncertain number was moved to; numbers from low to high, modes as written."""
    values = (study.levers | study.uncertainties)[path]
    return values if isinstance(values[0], str) else tuple(sorted(values))


def places_of(study: Study, moved: Sequence[str]) -> Places:
    """The settings of a study and where each stands."""
    settings = product(study.firms, *(values_of(study, path) for path in moved))
    return {setting: place for place, setting in enumerate(settings)}


def today_of(study: Study, moved: Sequence[str]) -> Setting:
    """The setting of today's firm."""
    return (BASELINE, *(value_of(study.firms[BASELINE], path) for path in moved))


def is_numeric(path: str) -> bool:
    """Whether a number has a size, and not only names."""
    return declared_values()[path].is_number


def axis_of(path: str, among: Sequence[str] = ()) -> str:
    """A lever or uncertain number for an axis; with its group where others are called the same."""
    number = declared_values()[path]
    same = [other for other in among if other != path and words_of(other) == words_of(path)]
    group = f"{path.partition('.')[0].replace('_', ' ')}: " if same else ""
    return (
        f"{group}{words_of(path)}" if not number.is_number else f"{group}{words_of(path)} ({number.unit})"
    )


def firm_text(policy: Number) -> str:
    """A policy in a sentence."""
    if policy == BASELINE:
        return TODAY
    return f"policy {shorten(policy_text(policy), LONGEST_NAME)}"


def name_of(found: Means, setting: Setting, hidden: Sequence[str] = (), *, prose: bool = False) -> str:
    """What sets a setting apart from others: its policy and levers, for a key or for a sentence."""
    policy = firm_text(setting[0]) if prose else policy_text(setting[0])
    moved = [(p, v) for p, v in zip(found.moved, setting[1:], strict=True) if p not in hidden]
    said = [place_text(p, v) if prose else f"{words_of(p)} {value_said(p, v)}" for p, v in moved]
    return ", ".join([policy, *said] if len(found.study.firms) > 1 else said)


def slices_of(found: Means, along: Sequence[str]) -> Iterator[tuple[str, str, list[Setting]]]:
    """Name, name in a sentence, and settings, at each policy and setting of further levers.

    The settings are at all values of the levers `along`, of which the first changes fastest.
    """
    levers = along[::-1]
    fixed = [found.values(path)[:1] if path in along else found.values(path) for path in found.moved]
    for policy, *values in product(found.study.firms, *fixed):
        at = dict(zip(found.moved, values, strict=True))
        spots = ({**at, **dict(zip(levers, s, strict=True))} for s in product(*map(found.values, levers)))
        settings: list[Setting] = [(policy, *spot.values()) for spot in spots]
        name = name_of(found, settings[0], along)
        yield name, name_of(found, settings[0], along, prose=True), settings


def shorten(text: str, most: int) -> str:
    """A text cut in its middle where it is too long."""
    if len(text) <= most:
        return text
    end = (most - 3) // 2
    return f"{text[: most - 3 - end]}...{text[len(text) - end :]}"
