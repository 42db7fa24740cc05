"""How reps differ: attainment of quota, and how much of the credit the best of them earn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..model.calendar import YEAR
from ..model.tables import Records
from .declaring import BANDS
from .history import History, Numbers
from .measuring import quotient

MOST_OF_A_YEAR = 26  # weeks
A_FIFTH = 0.2
MIN_FOR_A_SHAPE = 3  # reps


def counts(years: Records) -> Numbers:
    """Whether a rep was in the seat most of the year, for each row of a table of years."""
    most: Numbers = years["weeks"] >= MOST_OF_A_YEAR
    return most


def attainments(history: History) -> Numbers:
    """Credit over quota for the weeks in the seat, of all reps and years that count (ratio)."""
    rows = history.years[counts(history.years) & (history.years["quota"] > 0.0)]
    each: Numbers = rows["credited"] / rows["quota"]
    return each


def mean_attainment(history: History) -> float | None:
    """Mean over reps and years."""
    each = attainments(history)
    return float(each.mean()) if len(each) else None


def median_attainment(history: History) -> float | None:
    """The attainment that half the reps reach."""
    each = attainments(history)
    return float(np.median(each)) if len(each) else None


def reps_at_quota(history: History) -> float | None:
    """Reps whose credit reaches their quota (share)."""
    each = attainments(history)
    return float((each >= 1.0).mean()) if len(each) else None


def attainment_skewness(history: History) -> float | None:
    """Whether a few reps lie far above the others (above zero) or far below (third standardised moment)."""
    each = attainments(history)
    if len(each) < MIN_FOR_A_SHAPE:
        return None
    away = each - each.mean()
    return quotient(float((away**3).mean()), float((away**2).mean()) ** 1.5)


def rank_correlation(history: History) -> float | None:
    """Whether who sells most in a year does so in the next (Spearman's, mean over pairs of years).

    Counted are reps who were in their seat most of both years, by credit a week.
    """
    rows = history.years[counts(history.years)]
    years = rows["week"] // YEAR
    holders = [_credit_of_holders(rows[years == year]) for year in np.unique(years)]
    return _mean([_alike(before, after) for before, after in pairwise(holders)])


def _credit_of_holders(rows: Records) -> dict[tuple[int, int], float]:
    """Credit a week of each rep of a year, by seat and which of its holders."""
    seats = zip(rows["rep"].tolist(), rows["hire"].tolist(), strict=True)
    return dict(zip(seats, (rows["credited"] / rows["weeks"]).tolist(), strict=True))


def _alike(before: dict[tuple[int, int], float], after: dict[tuple[int, int], float]) -> float | None:
    """Rank correlation of the reps of both years; None where ranks mean nothing."""
    both = sorted(before.keys() & after.keys())
    ranks = [_ranks([year[who] for who in both]) for year in (before, after)]
    if len(both) < MIN_FOR_A_SHAPE or min(rank.std() for rank in ranks) == 0.0:
        return None
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: list[float]) -> Numbers:
    """Ranks from the lowest on; equals share theirs."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Numbers = (np.cumsum(times) - 0.5 * (times - 1))[place]
    return ranks


def attainment_distribution(history: History) -> Numbers | None:
    """Reps by bands of attainment; who falls below the lowest stands in it (shares)."""
    each = attainments(history)
    if len(each) == 0:
        return None
    bands = np.maximum(np.searchsorted(BANDS, each, side="right") - 1, 0)
    shares: Numbers = np.bincount(bands, minlength=len(BANDS)) / len(each)
    return shares


def _credit_by_year(history: History) -> list[Numbers]:
    """Credit a week in the seat, best rep first, for each year; below zero counts as nothing."""
    rows = history.years[counts(history.years)]
    weekly = np.maximum(rows["credited"] / rows["weeks"], 0.0)
    years = rows["week"] // YEAR
    return [np.sort(weekly[years == year])[::-1] for year in np.unique(years)]


def _sum_of_first(credit: Numbers, share: float) -> float:
    """What the first share of reps earn together; the last of them may count in part."""
    reps = share * len(credit)
    whole = int(reps)
    rest = (reps - whole) * float(credit[whole]) if whole < len(credit) else 0.0
    return float(credit[:whole].sum()) + rest


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def top_fifth_share(history: History) -> float | None:
    """Credit of the best fifth of reps, of all credit; mean over years (share)."""
    years = _credit_by_year(history)
    return _mean([quotient(_sum_of_first(year, A_FIFTH), year.sum()) for year in years])


def quintile_ratio(history: History) -> float | None:
    """Credit of the best fifth of reps over that of the last fifth; mean over years (ratio)."""
    years = _credit_by_year(history)
    return _mean(
        [quotient(_sum_of_first(year, A_FIFTH), _sum_of_first(year[::-1], A_FIFTH)) for year in years]
    )


def pay_per_rep(history: History) -> float | None:
    """Base and variable pay of a seat that is held for a year (USD per year)."""
    years = history.years
    return quotient((years["salary"] + years["variable_pay"]).sum(), years["weeks"].sum() / YEAR)
