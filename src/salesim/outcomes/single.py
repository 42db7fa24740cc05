"""Outcomes of single managers, reps, accounts and deals: a place for each of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..model.calendar import YEAR
from ..model.deals import AWAITING, WON
from ..model.tables import Records
from ..quantity import Unit
from .declaring import Outcome
from .history import History, Numbers
from .measuring import quotients
from .spread import counts

ENDS = ("won", "lost", "no decision", "rests", "no price yet")  # in the order of their codes, from WON on


def rep_years(history: History) -> dict[str, Numbers]:
    """Who each rep-year is: a row for each holder of a seat in a year."""
    rows = history.years
    return {
        "year": _year_of_plan(history, rows),
        "manager": history.teams[rows["rep"]],
        "most_of_the_year": counts(rows),
        "plan_week": rows["week"] - history.start,
        **{name: rows[name] for name in rows.dtype.names or ()},
    }


def _year_of_plan(history: History, rows: Records) -> Numbers:
    years: Numbers = rows["week"] // YEAR - history.start // YEAR + 1
    return years


def _team_year(history: History, weeks: Numbers, seats: Numbers) -> Numbers:
    """One number for a year of pay and a team, in the order of years."""
    number: Numbers = weeks // YEAR * (history.teams.max() + 1) + history.teams[seats]
    return number


def _teams(history: History) -> tuple[Numbers, Numbers, Numbers]:
    """The number of each team-year, its first rep-year, and the team-year of each rep-year."""
    rows = history.years
    numbers = _team_year(history, rows["week"], rows["rep"])
    return np.unique(numbers, return_index=True, return_inverse=True)


def team_years(history: History) -> dict[str, Numbers]:
    """Who each team-year is: a first-line manager's team in a year of pay."""
    _, first, place = _teams(history)
    facts = {name: rep_years(history)[name][first] for name in ("year", "manager")}
    return {**facts, "people": np.bincount(place, minlength=len(first))}


def _of_team(column: str) -> Callable[[History], Numbers]:
    def of(history: History) -> Numbers:
        _, first, place = _teams(history)
        sums: Numbers = np.bincount(place, history.years[column], minlength=len(first))
        return sums

    return of


def _skill_of_team(history: History) -> Numbers:
    return quotients(_of_team("skill")(history), team_years(history)["people"])


def quotes(history: History) -> Records:
    """The deals for which a price was named."""
    rows: Records = history.deals[history.deals["outcome"] != AWAITING]
    return rows


def _once_priced(values: Numbers, rows: Records) -> Numbers:
    """Masked where no price was named."""
    masked: Numbers = np.ma.masked_where(rows["outcome"] == AWAITING, values)
    return masked


def _discount(history: History) -> Numbers:
    rows = history.deals
    return _once_priced(quotients(rows["listed"] - rows["price"], rows["listed"]), rows)


def _if_won(rows: Records, per_unit: Numbers) -> Numbers:
    """Amounts of the deals won, and zero for the others (USD)."""
    amounts: Numbers = np.where(rows["outcome"] == WON, rows["size"] * per_unit, 0.0)
    return amounts


def _margin(rows: Records) -> Numbers:
    each: Numbers = rows["price"] - rows["unit_cost"] - rows["serving_cost"]
    return each


def account_facts(history: History) -> dict[str, Numbers]:
    """Which account it is: its position in the list of accounts."""
    return {"account": np.arange(history.accounts)}


def _count_by_account(rows: Records, history: History) -> Numbers:
    counted: Numbers = np.bincount(rows["account"], minlength=history.accounts)
    return counted


def _won(history: History) -> Records:
    rows: Records = history.deals[history.deals["outcome"] == WON]
    return rows


def _of_account(amounts: Callable[[Records], Numbers]) -> Callable[[History], Numbers]:
    """Sums over the deals won of each account (USD)."""

    def of(history: History) -> Numbers:
        rows = _won(history)
        sums: Numbers = np.bincount(rows["account"], amounts(rows), minlength=history.accounts)
        return sums

    return of


_LISTED = _of_account(lambda rows: rows["size"] * rows["listed"])
_PAID = _of_account(lambda rows: rows["size"] * rows["price"])

OF_MANAGERS = (
    Outcome(
        "credited", Unit.USD, "higher", "Credit of the team in a year.", _of_team("credited"), "manager"
    ),
    Outcome(
        "attainment",
        Unit.RATIO,
        "higher",
        "Credit over quota of all who held a seat of the team in the year.",
        lambda history: quotients(_of_team("credited")(history), _of_team("quota")(history)),
        "manager",
        undefined="no quota",
    ),
    Outcome(
        "skill",
        Unit.SKILL,
        "higher",
        "Mean skill of the team when its people leave or the year ends.",
        _skill_of_team,
        "manager",
    ),
)

OF_REPS = (
    Outcome(
        "attainment",
        Unit.RATIO,
        "higher",
        "Credit over quota for the weeks in the seat.",
        lambda history: quotients(history.years["credited"], history.years["quota"]),
        "rep",
        undefined="no quota",
    ),
    Outcome(
        "credited",
        Unit.USD,
        "higher",
        "Credit of the year.",
        lambda history: history.years["credited"],
        "rep",
    ),
    Outcome(
        "variable_pay",
        Unit.USD,
        "neither",
        "Commission and bonuses of the year.",
        lambda history: history.years["variable_pay"],
        "rep",
    ),
    Outcome(
        "pay",
        Unit.USD,
        "neither",
        "Base and variable pay of the year.",
        lambda history: history.years["salary"] + history.years["variable_pay"],
        "rep",
    ),
    Outcome(
        "skill",
        Unit.SKILL,
        "higher",
        "Skill when the rep leaves or the year ends.",
        lambda history: history.years["skill"],
        "rep",
    ),
    Outcome(
        "accounts",
        Unit.ACCOUNTS,
        "neither",
        "Accounts that the seat owns then.",
        lambda history: history.years["accounts"],
        "rep",
    ),
)

OF_ACCOUNTS = (
    Outcome(
        "deals",
        Unit.DEALS,
        "higher",
        "Quotes with a price.",
        lambda history: _count_by_account(quotes(history), history),
        "account",
    ),
    Outcome(
        "won",
        Unit.DEALS,
        "higher",
        "Deals won.",
        lambda history: _count_by_account(_won(history), history),
        "account",
    ),
    Outcome("revenue", Unit.USD, "higher", "Units sold at the price paid.", _PAID, "account"),
    Outcome(
        "contribution",
        Unit.USD,
        "higher",
        "Revenue less unit cost and cost to serve, before pay.",
        _of_account(lambda rows: rows["size"] * _margin(rows)),
        "account",
    ),
    Outcome(
        "discount",
        Unit.SHARE,
        "lower",
        "Mean discount from list, by value.",
        lambda history: quotients(_LISTED(history) - _PAID(history), _LISTED(history)),
        "account",
        undefined="nothing sold",
    ),
)

OF_DEALS = (
    Outcome(
        "price",
        Unit.USD_PER_UNIT,
        "higher",
        "The price quoted.",
        lambda history: _once_priced(history.deals["price"], history.deals),
        "deal",
        undefined="no price yet",
    ),
    Outcome(
        "discount",
        Unit.SHARE,
        "lower",
        "Discount from list.",
        _discount,
        "deal",
        undefined="no price yet, or no list price",
    ),
    Outcome(
        "outcome",
        Unit.WORD,
        "neither",
        "What became of the quote.",
        lambda history: history.deals["outcome"] - WON,
        "deal",
        words=ENDS,
    ),
    Outcome(
        "revenue",
        Unit.USD,
        "higher",
        "Revenue, if won; nothing otherwise.",
        lambda history: _if_won(history.deals, history.deals["price"]),
        "deal",
    ),
    Outcome(
        "contribution",
        Unit.USD,
        "higher",
        "Revenue less unit cost and cost to serve, before pay, if won; nothing otherwise.",
        lambda history: _if_won(history.deals, _margin(history.deals)),
        "deal",
    ),
    Outcome(
        "at_floor",
        Unit.YES_OR_NO,
        "neither",
        "Whether the price was the lowest allowed.",
        lambda history: history.deals["at_floor"],
        "deal",
    ),
)
