"""What a run shows beside its answer: understanding, prices, the calendar, and attainment of quotas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.calendar import QUARTER
from ..model.deals import WON
from ..outcomes.company import LATE_WEEKS
from ..outcomes.history import History, Numbers
from ..outcomes.measuring import by_week_of_quarter, quotient
from ..quantity import percent
from ..statistics import Interval, highest_column, mean_interval
from .estimating import Estimate, SeriesEstimate, Spread, estimate, over_replicates

if TYPE_CHECKING:
    from .results import Results

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
TOP = "top level"
ASKED = ("understanding", "self_rated")
EVEN = 1.0 / QUARTER
LIST, PAID, POCKET, MARGIN = "list price", "price paid", "pocket price", "pocket margin"
STEPS = (
    LIST,
    "discount within authority",
    "discount beyond authority",
    PAID,
    "cost to serve",
    "variable pay",
    POCKET,
    "unit cost",
    MARGIN,
)
TOTALS = (LIST, PAID, POCKET, MARGIN)


def findings(results: Results) -> Iterator[str]:
    """What a run shows beside its answer, in sentences."""
    for said in (of_understanding, of_price, of_calendar, of_attainment):
        yield f"{said(results)}."


def weekly(results: Results, column: str) -> Numbers:
    """A column of the levels by replicate, week of the plan and level; nan where nobody is there."""
    first = results.pairs[0].levels
    shape = (len(results.pairs), -1, int(first["level"].max()) + 1)
    people = np.concatenate([pair.levels["people"] for pair in results.pairs])
    values = np.concatenate([pair.levels[column] for pair in results.pairs])
    return np.where(people > 0, values, np.nan).reshape(shape)


def level_name(level: int, levels: int) -> str:
    """The name of a level in words; the reps are level 0, and the last of several is the top."""
    if level == 0:
        return "reps"
    if level == levels - 1 and level > 1:
        return TOP
    return f"{ORDINALS[level]}-line managers"


def at_the_end(results: Results) -> list[SeriesEstimate]:
    """Understanding by level in the last quarter, actual and self-rated; managers are always there."""
    found = (results.series[f"{column}_by_level"] for column in ASKED)
    return [series for series in found if series is not None]


def of_understanding(results: Results) -> str:
    """What people at both ends of the firm understand of the strategy, and what reps think they do."""
    levels = len(at_the_end(results)[0].mean)
    highest = level_name(levels - 1, levels)
    known, rated = (results.measures[column] for column in ASKED)
    if known is None or rated is None:
        return "Nobody holds a rep's seat in the last quarter of the plan"
    top = at_the_end(results)[0].mean[-1] or 0.0
    end = f"the {highest} {'ends' if highest == TOP else 'end'} with {percent(top)} of the strategy"
    reps = f"reps with {percent(known.mean)} (they rate themselves at {percent(rated.mean)})"
    return f"{_way_down(results, highest)} {end}, {reps}"


def _way_down(results: Results, highest: str) -> str:
    """Whether reps understand less than the highest managers, where replicates agree on it."""
    lost = lost_on_the_way(results)
    if results.replicates == 1 or lost.interval[0] <= 0.0 <= lost.interval[1]:
        return "What is understood:"
    if lost.mean > 0.0:
        return "Understanding is lost on the way down:"
    return f"Reps understand more than the {highest}:"


def lost_on_the_way(results: Results) -> Estimate:
    """Understanding of the highest level less that of the reps, in the last quarter (share)."""
    by_level: list[Any] = [np.ma.asarray(value) for value in results.values["understanding_by_level"]]
    return estimate([float(v[-1] - v[0]) for v in by_level if v[0] is not np.ma.masked], "share")


def rush(results: Results) -> Interval:
    """Share of bookings in the last two weeks of a quarter less what an even spread would bring."""
    known = [share for share in results.values["late_bookings"] if isinstance(share, float)]
    return mean_interval(np.array(known) - LATE_WEEKS * EVEN)


def deeper_at_the_end(results: Results) -> Interval | None:
    """Mean discount in the last two weeks of a quarter less that of the weeks before (share of list)."""
    found = [_deeper(pair.history) for pair in results.pairs]
    known = [value for value in found if value is not None]
    return mean_interval(np.array(known)) if known else None


def _deeper(history: History) -> float | None:
    listed, paid = (by_week_of_quarter(history.books, name) for name in ("list_value", "revenue"))
    parts = [slice(QUARTER - LATE_WEEKS, None), slice(QUARTER - LATE_WEEKS)]
    late, before = (quotient((listed - paid)[part].sum(), listed[part].sum()) for part in parts)
    return None if late is None or before is None else late - before


def of_calendar(results: Results) -> str:
    """Whether bookings rush at the end of the quarter, and at what prices."""
    late, sold = results.measures["late_bookings"], results.series["bookings_by_week"]
    if late is None or sold is None:
        return "Nothing was sold in a whole quarter, so its weeks do not differ"
    weeks = f"last two weeks bring {late.mean:.1%} of bookings"
    if results.replicates == 1:
        discount = results.measures["discount"]
        assert discount is not None  # known whenever something was sold
        return f"The quarter's {weeks}; the mean discount is {discount.mean:.1%}"
    end = f"{weeks}, {_prices_at_the_end(results)}"
    side = rush(results).sign
    shares = [each for each in results.values["bookings_by_week"] if each is not None]
    busiest = highest_column(np.array(shares, dtype=float))
    if side > 0:
        return f"Bookings rush at the end of the quarter: its {end}"
    if busiest is not None:
        share = sold.mean[busiest] or 0.0
        return f"Bookings peak in week {busiest + 1} of the quarter, at {share:.1%}; its {end}"
    return f"{'No' if side < 0 else 'No clear'} rush at the end of the quarter: its {end}"


def _prices_at_the_end(results: Results) -> str:
    """Whether prices differ there significantly."""
    found = deeper_at_the_end(results)
    if found is None or not found.significant:
        return "with no clear change in discounts"
    points = f"{abs(found.mean) * 100.0:.1f} points"
    return f"at discounts {points} {'deeper' if found.sign > 0 else 'smaller'} than before"


def of_attainment(results: Results) -> str:
    """How many reps reach their quota, and how far reps get with it."""
    reached, mean = (results.measures[name] for name in ("reps_at_quota", "attainment"))
    if reached is None or mean is None:
        return "No rep was in the seat for half a year with a quota to attain"
    average = f"the average attainment is {percent(mean.mean)}"
    return f"{percent(reached.mean)} of reps reach their quota; {average}"


def per_unit(history: History) -> Numbers | None:
    """The steps from list to pocket margin (USD per unit sold); None where nothing was sold.

    Variable pay is that of the plan, which ends with a payday, over the units sold in it.
    """
    won = history.deals[history.deals["outcome"] == WON]
    units = float(won["size"].sum())
    if units <= 0.0:
        return None
    listed, price, floor = won["listed"], won["price"], np.minimum(won["own_floor"], won["listed"])
    amounts = (
        listed,
        listed - np.maximum(price, floor),
        np.maximum(floor - price, 0.0),
        won["serving_cost"],
        won["unit_cost"],
    )
    first, within, beyond, serving, cost = (float(won["size"] @ each) / units for each in amounts)
    pay = float(history.books["variable_pay"].sum()) / units
    paid = first - within - beyond
    pocket = paid - serving - pay
    return np.array([first, within, beyond, paid, serving, pay, pocket, cost, pocket - cost])


def price_steps(results: Results) -> Spread | None:
    """The steps from list to pocket margin, mean and range over replicates; None where nothing was sold."""
    found = [per_unit(pair.history) for pair in results.pairs]
    known = [each for each in found if each is not None]
    return over_replicates(np.array(known)) if known else None


def levels_of(steps: Numbers) -> Numbers:
    """What is left of the list price after each step (USD per unit)."""
    taken = np.where([name in TOTALS for name in STEPS], 0.0, steps)
    left: Numbers = steps[0] - np.cumsum(taken)
    return left


def rounded(steps: Numbers, decimals: int) -> Numbers:
    """The steps rounded so that what is written adds up: what is left is rounded, then subtracted."""
    left = np.round(levels_of(steps), decimals)
    taken = np.concatenate([[0.0], left[:-1] - left[1:]])
    totals = [name in TOTALS for name in STEPS]
    amounts: Numbers = np.round(np.where(totals, left, taken), decimals)
    return amounts


def of_price(results: Results) -> str:
    """How much of the list price reaches the pocket, and what takes the rest."""
    steps = price_steps(results)
    if steps is None:
        return "No deal was won, so there is no price to follow to the pocket"
    shares = dict(zip(STEPS, rounded(steps.mean / steps.mean[0] * 100.0, 0), strict=True))
    taken = (
        f"discounts take {shares[LIST] - shares[PAID]:.0f}%, "
        f"cost to serve and variable pay {shares[PAID] - shares[POCKET]:.0f}%"
    )
    if shares[POCKET] <= 0.0:
        return f"Nothing of the list price reaches the pocket: {taken}"
    return f"{shares[POCKET]:.0f}% of the list price reaches the pocket: {taken}"
