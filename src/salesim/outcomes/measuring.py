"""The ways in which outcomes are measured: sums, ratios of sums, means over people, and series."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..model.calendar import QUARTER
from ..model.tables import Records
from .history import History, Numbers

Scalar = Callable[[History], float | None]
Series = Callable[[History], Numbers | None]


def quotient(above: float, below: float) -> float | None:
    """One amount over another; None where the second is nothing, or next to nothing."""
    if below <= 0.0:
        return None
    divided = float(above) / float(below)
    return divided if math.isfinite(divided) else None


def quotients(above: Numbers, below: Numbers) -> Numbers:
    """The same for each place of two arrays; places without a value are masked."""
    undefined = below <= 0.0
    divided = np.zeros(len(below))
    np.divide(above, below, out=divided, where=~undefined)
    masked: Numbers = np.ma.MaskedArray(divided, mask=undefined)
    return masked


def total(column: str) -> Callable[[History], float]:
    """The sum of a column of the ledger over the plan."""
    return lambda history: float(history.books[column].sum())


def sum_of(*columns: str) -> Callable[[History], float]:
    """The sum of several columns of the ledger over the plan."""
    return lambda history: sum(total(column)(history) for column in columns)


def ratio(above: Callable[[History], float], below: Callable[[History], float]) -> Scalar:
    """One measure over another; None where the second is not above zero."""
    return lambda history: quotient(above(history), below(history))


def average(column: str) -> Callable[[History], float]:
    """The mean of a column of the ledger over the weeks of the plan."""
    return lambda history: float(history.books[column].mean())


def share_of_seats(column: str) -> Callable[[History], float]:
    """Seats counted in a column of the ledger, of all seats, over the plan (share)."""
    return lambda history: float(history.books[column].sum()) / (history.seats * history.weeks)


def _per_person(books: Records, column: str) -> float | None:
    people = books["staffed"]
    return quotient((books[column] * people).sum(), people.sum())


def per_rep(column: str) -> Scalar:
    """The mean of a column over the plan, each week weighted by the reps in their seats."""
    return lambda history: _per_person(history.books, column)


def per_rep_at_end(column: str) -> Scalar:
    """The same over the last quarter."""
    return lambda history: _per_person(history.end_books, column)


def _of_people(rows: Records, column: str) -> float | None:
    return quotient((rows[column] * rows["people"]).sum(), rows["people"].sum())


def among_reps(column: str) -> Scalar:
    """What reps know or believe in the last quarter, mean over people."""
    return lambda history: _of_people(history.end_levels[history.end_levels["level"] == 0], column)


def among_managers(column: str) -> Scalar:
    """The same for managers of all levels, pooled as people."""
    return lambda history: _of_people(history.end_levels[history.end_levels["level"] > 0], column)


def by_level(column: str) -> Series:
    """What each level knows or believes in the last quarter, reps first."""

    def of(history: History) -> Numbers:
        rows = history.end_levels
        people = np.bincount(rows["level"], rows["people"])
        return quotients(np.bincount(rows["level"], rows[column] * rows["people"]), people)

    return of


def by_week_of_quarter(books: Records, column: str) -> Numbers:
    """Sums of a column of the ledger by week of the quarter, the first week first."""
    sums: Numbers = np.bincount(books["week"] % QUARTER, books[column], minlength=QUARTER)
    return sums


def whole_quarters(books: Records) -> Records:
    """The ledger of those quarters of the calendar that lie within the plan as a whole."""
    first = int(-books["week"][0] % QUARTER)
    weeks = (len(books) - first) // QUARTER * QUARTER
    return books[first : first + max(weeks, 0)]


def by_quarter(weekly: Numbers) -> Numbers | None:
    """Sums over quarters of the plan; a last one cut short is left out (None where none is whole)."""
    quarters = len(weekly) // QUARTER
    if quarters == 0:
        return None
    sums: Numbers = weekly[: quarters * QUARTER].reshape(quarters, QUARTER).sum(axis=1)
    return sums
