"""Outcomes of the company as a business: its result, prices, deals and accounts."""

from __future__ import annotations

from ..model.calendar import QUARTER, YEAR
from ..quantity import Unit
from .declaring import QUARTER_OF_YEAR, WEEK_OF_QUARTER, Outcome
from .history import History, Numbers
from .measuring import by_week_of_quarter, quotient, quotients, ratio, sum_of, total, whole_quarters

LATE_WEEKS = 2
DECIDED = sum_of("won", "lost", "no_decision")


def _plan_attainment(history: History) -> float | None:
    return quotient(history.books["revenue"].sum(), history.books["operating_plan"].sum() / YEAR)


def _discount(history: History) -> float | None:
    books = history.books
    return quotient((books["list_value"] - books["revenue"]).sum(), books["list_value"].sum())


def _discount_by_week(history: History) -> Numbers:
    listed = by_week_of_quarter(history.books, "list_value")
    return quotients(listed - by_week_of_quarter(history.books, "revenue"), listed)


def _bookings_by_week(history: History) -> Numbers | None:
    sums = by_week_of_quarter(whole_quarters(history.books), "revenue")
    return sums / sums.sum() if sums.sum() > 0.0 else None


def _late_bookings(history: History) -> float | None:
    shares = _bookings_by_week(history)
    return None if shares is None else float(shares[-LATE_WEEKS:].sum())


def _revenue_by_quarter_of_year(history: History) -> Numbers | None:
    """Of whole years of the calendar only, or a season would be one of the plan's dates."""
    books = history.books
    first = int(-books["week"][0] % YEAR)
    weeks = (len(books) - first) // YEAR * YEAR
    if weeks <= 0:
        return None
    years = books["revenue"][first : first + weeks].reshape(-1, YEAR // QUARTER, QUARTER)
    sums: Numbers = years.sum(axis=(0, 2))
    return sums / sums.sum() if sums.sum() > 0.0 else None


def _churn(history: History) -> float | None:
    yearly = float(history.books["churned"].sum()) * YEAR / history.weeks
    return quotient(yearly, history.accounts)


THE_RESULT = (
    Outcome("revenue", Unit.USD, "higher", "Units sold at the price paid.", total("revenue")),
    Outcome(
        "contribution",
        Unit.USD,
        "higher",
        "Revenue less unit cost, cost to serve and variable pay.",
        total("contribution"),
    ),
    Outcome(
        "operating_profit",
        Unit.USD,
        "higher",
        "Contribution less salaries, people and overhead.",
        total("operating_profit"),
    ),
    Outcome(
        "target_share",
        Unit.SHARE,
        "higher",
        "Revenue from accounts that fit the strategy.",
        ratio(total("target_revenue"), total("revenue")),
        undefined="no sales",
    ),
    Outcome(
        "plan_attainment",
        Unit.RATIO,
        "higher",
        "Revenue over the operating plans of its years, empty seats included.",
        _plan_attainment,
        undefined="no operating plan",
    ),
)

PRICE = (
    Outcome(
        "price_realisation",
        Unit.SHARE,
        "higher",
        "Price paid over list price.",
        ratio(total("revenue"), total("list_value")),
        undefined="no sales",
    ),
    Outcome(
        "discount",
        Unit.SHARE,
        "lower",
        "Mean discount from list, by value.",
        _discount,
        undefined="no sales",
    ),
    Outcome(
        "discount_by_week",
        Unit.SHARE,
        "lower",
        "Mean discount by week of the quarter.",
        _discount_by_week,
        index=WEEK_OF_QUARTER,
        undefined="no sales",
    ),
    Outcome(
        "at_floor_share",
        Unit.SHARE,
        "lower",
        "Quotes at the lowest price that is allowed.",
        ratio(total("at_floor"), total("quoted")),
        undefined="no quotes",
    ),
)

DEALS = (
    Outcome(
        "win_rate",
        Unit.SHARE,
        "higher",
        "Deals won of deals decided.",
        ratio(total("won"), DECIDED),
        undefined="no decided deals",
    ),
    Outcome(
        "lost_share",
        Unit.SHARE,
        "lower",
        "Deals lost to rivals, of deals decided.",
        ratio(total("lost"), DECIDED),
        undefined="no decided deals",
    ),
    Outcome(
        "no_decision_share",
        Unit.SHARE,
        "lower",
        "Deals that ended in no decision, of deals decided.",
        ratio(total("no_decision"), DECIDED),
        undefined="no decided deals",
    ),
    Outcome(
        "bookings_by_week",
        Unit.SHARE,
        "neither",
        "How bookings spread over the weeks of a quarter.",
        _bookings_by_week,
        index=WEEK_OF_QUARTER,
        undefined="no sales in a whole quarter",
    ),
    Outcome(
        "revenue_by_quarter_of_year",
        Unit.SHARE,
        "neither",
        "How revenue spreads over the quarters of a year.",
        _revenue_by_quarter_of_year,
        index=QUARTER_OF_YEAR,
        undefined="no sales in a whole year",
    ),
    Outcome(
        "late_bookings",
        Unit.SHARE,
        "neither",
        "Bookings in the last two weeks of a quarter.",
        _late_bookings,
        undefined="no sales in a whole quarter",
        noun="share of late bookings",
    ),
    Outcome(
        "pulled_forward_value",
        Unit.USD,
        "lower",
        "Revenue of deals hurried into a period.",
        total("pulled_forward"),
    ),
    Outcome(
        "held_back_value",
        Unit.USD,
        "lower",
        "Revenue of deals held back from an earlier period.",
        total("held_back"),
    ),
)

ACCOUNTS = (
    Outcome(
        "account_coverage",
        Unit.SHARE,
        "higher",
        "Target accounts that see their rep at least half as much as would be useful.",
        ratio(total("covered"), total("targets")),
        undefined="no target accounts",
    ),
    Outcome(
        "churn",
        Unit.PER_YEAR,
        "lower",
        "Customers lost, of all accounts.",
        _churn,
        undefined="no accounts",
    ),
    Outcome(
        "churned",
        Unit.CUSTOMERS,
        "lower",
        "Customers lost and replaced.",
        total("churned"),
        noun="number of customers lost",
    ),
    Outcome(
        "cost_to_serve",
        Unit.USD,
        "lower",
        "Cost to serve the accounts that bought.",
        total("serving_cost"),
    ),
)
