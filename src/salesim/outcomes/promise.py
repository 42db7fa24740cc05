"""What the strategy promised, what the firm realised of it, and the ratio of the two."""

from __future__ import annotations

from collections.abc import Callable

from ..model.tables import Records
from ..quantity import Unit
from .declaring import QUARTER_OF_PLAN, Outcome
from .history import History, Numbers
from .measuring import by_quarter, ratio, total

Measured = tuple[str, Callable[[History], float]]


def contribution_of_full_execution(books: Records) -> Numbers:
    """Contribution of full execution by week, pay charged at the on-target rate (USD)."""
    weekly: Numbers = books["revenue"] - books["unit_cost"] - books["serving_cost"] - books["on_target_pay"]
    return weekly


def _promised_by_week(history: History) -> Numbers:
    weekly: Numbers = (1.0 + history.books["optimism"]) * contribution_of_full_execution(
        history.full_execution
    )
    return weekly


def _promised(history: History) -> float:
    return float(_promised_by_week(history).sum())


def _full_execution(history: History) -> float:
    return float(contribution_of_full_execution(history.full_execution).sum())


def _promised_revenue(history: History) -> float:
    return float(((1.0 + history.books["optimism"]) * history.full_execution["revenue"]).sum())


def _promised_operating_profit(history: History) -> float:
    books = history.full_execution
    profit = contribution_of_full_execution(books) - (
        books["salaries"] + books["people_cost"] + books["overhead"]
    )
    return float(((1.0 + history.books["optimism"]) * profit).sum())


def _ratio(name: str, meaning: str, above: Measured, below: Measured) -> Outcome:
    return Outcome(
        name,
        Unit.RATIO,
        "higher",
        meaning,
        ratio(above[1], below[1]),
        undefined="no promise",
        summed=(above[0], below[0]),
    )


REALISED: Measured = ("realised", total("contribution"))
PROMISED: Measured = ("promised", _promised)
WITHOUT_OPTIMISM: Measured = ("full_execution", _full_execution)
REVENUE: Measured = ("revenue", total("revenue"))
PROMISED_REVENUE: Measured = ("promised_revenue", _promised_revenue)
PROFIT: Measured = ("operating_profit", total("operating_profit"))
PROMISED_PROFIT: Measured = ("promised_operating_profit", _promised_operating_profit)

THE_PROMISE = (
    _ratio("realisation_ratio", "Realised over promised contribution.", REALISED, PROMISED),
    _ratio(
        "realisation_ratio_without_optimism",
        "The same over full execution, optimism left out.",
        REALISED,
        WITHOUT_OPTIMISM,
    ),
    _ratio("realisation_ratio_of_revenue", "Realised over promised revenue.", REVENUE, PROMISED_REVENUE),
    _ratio(
        "realisation_ratio_of_profit",
        "Realised over promised operating profit.",
        PROFIT,
        PROMISED_PROFIT,
    ),
    Outcome(
        "promised",
        Unit.USD,
        "neither",
        "Contribution of full execution, with optimism.",
        _promised,
        noun="contribution promised",
    ),
    Outcome(
        "realised",
        Unit.USD,
        "higher",
        "Revenue less unit cost, cost to serve and variable pay.",
        total("contribution"),
        noun="contribution realised",
    ),
    Outcome(
        "full_execution",
        Unit.USD,
        "neither",
        "Contribution of full execution, optimism left out.",
        _full_execution,
        noun="contribution of full execution",
    ),
    Outcome(
        "promised_revenue",
        Unit.USD,
        "neither",
        "Revenue of full execution, with optimism.",
        _promised_revenue,
    ),
    Outcome(
        "promised_operating_profit",
        Unit.USD,
        "neither",
        "Operating profit of full execution, with optimism.",
        _promised_operating_profit,
    ),
    Outcome(
        "promised_by_quarter",
        Unit.USD,
        "neither",
        "Contribution promised, quarter by quarter.",
        lambda history: by_quarter(_promised_by_week(history)),
        index=QUARTER_OF_PLAN,
        undefined="no whole quarter",
    ),
    Outcome(
        "realised_by_quarter",
        Unit.USD,
        "higher",
        "Contribution realised, quarter by quarter.",
        lambda history: by_quarter(history.books["contribution"]),
        index=QUARTER_OF_PLAN,
        undefined="no whole quarter",
    ),
)
