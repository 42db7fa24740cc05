"""What is measured: every outcome with its unit, the direction that is better, and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model.calendar import QUARTER, YEAR
from ..model.tables import Records


@dataclass(frozen=True)
class Outcome:
    """One measure of the weeks of a plan; `of` takes their ledger and gives None where undefined."""

    name: str
    unit: str
    better: str
    meaning: str
    of: Callable[[Records], float | None]


def total(column: str) -> Callable[[Records], float]:
    """The sum of a column over the plan."""
    return lambda books: float(books[column].sum())


def ratio(above: str, below: str) -> Callable[[Records], float | None]:
    """One sum over another; None when the second is zero."""

    def of(books: Records) -> float | None:
        denominator = float(books[below].sum())
        return float(books[above].sum()) / denominator if denominator else None

    return of


def at_end(column: str) -> Callable[[Records], float]:
    """The mean over the last quarter of the plan."""
    return lambda books: float(books[column][-QUARTER:].mean())


def average(column: str) -> Callable[[Records], float]:
    """The mean over the plan."""
    return lambda books: float(books[column].mean())


def _price_realisation(books: Records) -> float | None:
    return ratio("revenue", "list_value")(books)


def _discount(books: Records) -> float | None:
    kept = _price_realisation(books)
    return None if kept is None else 1.0 - kept


def _turnover(books: Records) -> float | None:
    seats = float(books["staffed"].sum())
    return float(books["left"].sum()) * YEAR / seats if seats else None


def _cost_of_sales(books: Records) -> float | None:
    revenue = float(books["revenue"].sum())
    pay = float(books["variable_pay"].sum() + books["salaries"].sum())
    return pay / revenue if revenue else None


OUTCOMES = (
    Outcome("revenue", "USD", "higher", "Units sold at the price paid.", total("revenue")),
    Outcome(
        "target_share", "share", "higher", "Revenue from accounts that fit the strategy.",
        ratio("target_revenue", "revenue"),
    ),
    Outcome(
        "price_realisation", "share", "higher", "Price paid over list price.", _price_realisation
    ),
    Outcome("discount", "share", "lower", "Mean discount from list, by value.", _discount),
    Outcome("win_rate", "share", "higher", "Deals won of deals quoted.", ratio("won", "quoted")),
    Outcome("lost_share", "share", "lower", "Deals lost to rivals.", ratio("lost", "quoted")),
    Outcome(
        "no_decision_share", "share", "lower", "Deals that ended in no decision.",
        ratio("no_decision", "quoted"),
    ),
    Outcome(
        "variable_pay", "USD", "neither", "Commission and bonuses paid.", total("variable_pay")
    ),
    Outcome(
        "cost_of_sales", "share", "lower", "Pay of reps and managers over revenue.", _cost_of_sales
    ),
    Outcome(
        "understanding", "share", "higher", "How much of the strategy reps understand, at the end.",
        at_end("understanding"),
    ),
    Outcome("buy_in", "share", "higher", "How far reps believe in it, at the end.", at_end("buy_in")),
    Outcome("skill", "skill", "higher", "Mean skill of reps, at the end.", at_end("skill")),
    Outcome("intensity", "factor", "higher", "How hard reps work.", average("intensity")),
    Outcome("turnover", "per year", "lower", "Reps who leave within a year.", _turnover),
    Outcome("staffed", "seats", "higher", "Seats filled.", average("staffed")),
    Outcome(
        "coaching_hours", "hours", "higher", "Hours of coaching given.", total("coaching_hours")
    ),
    Outcome(
        "approvals_asked", "requests", "lower", "Requests for a price below authority.",
        total("approvals_asked"),
    ),
    Outcome("churned", "customers", "lower", "Customers lost and replaced.", total("churned")),
)
