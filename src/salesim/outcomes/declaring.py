"""How an outcome is declared: its unit, the direction that is better, what it is of, and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model.calendar import QUARTER, YEAR
from ..quantity import Unit
from .history import History, Numbers

LEVELS = ("company", "manager", "rep", "account", "deal")
DIRECTIONS = ("higher", "lower", "neither")
BANDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
Value = float | Numbers | None


@dataclass(frozen=True)
class Index:
    """What the places of a series stand for; `places` names each of them by a number."""

    name: str
    places: Callable[[History], tuple[float, ...]]


WEEK_OF_QUARTER = Index("week of the quarter", lambda _: tuple(range(1, QUARTER + 1)))
QUARTER_OF_PLAN = Index(
    "quarter of the plan", lambda history: tuple(range(1, history.weeks // QUARTER + 1))
)
QUARTER_OF_YEAR = Index("quarter of the year", lambda _: tuple(range(1, YEAR // QUARTER + 1)))
LEVEL_OF_FIRM = Index(
    "level of the firm", lambda history: tuple(range(int(history.levels["level"].max()) + 1))
)
BAND_OF_ATTAINMENT = Index("attainment of at least", lambda _: BANDS)


@dataclass(frozen=True)
class Outcome:
    """One measure of a plan.

    Args:
        name: as it stands in tables, files and the object for programs.
        unit: what it is counted in; a `share` lies between 0 and 1, a `ratio` may pass 1.
        better: which direction is better for the company: higher, lower or neither.
        meaning: one sentence.
        of: takes a history. Of the company it gives a number, or an array for a series; of
            managers, reps, accounts and deals an array with a place for each of them. What is
            undefined is None, or masked where the rest of an array is defined.
        level: company, manager, rep, account or deal.
        index: what the places of a series stand for.
        undefined: in which case there is no value; empty where there always is one.
        summed: two outcomes whose sums over replicates are divided, instead of a mean of ratios.
        words: what its codes stand for, where its unit is a word.
        noun: as it stands in a sentence; its name in words unless given.
    """

    name: str
    unit: Unit
    better: str
    meaning: str
    of: Callable[[History], Value]
    level: str = "company"
    index: Index | None = None
    undefined: str = ""
    summed: tuple[str, str] | None = None
    words: tuple[str, ...] = ()
    noun: str = ""

    def __post_init__(self) -> None:
        if not self.noun:
            object.__setattr__(self, "noun", self.name.replace("_", " "))
