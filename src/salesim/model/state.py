"""The state of every agent and the columns of every table, declared once for both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np

SEATS_AT_MOST = 1_000_000
ACCOUNTS_AT_MOST = 20_000_000
NUMPY_TYPES = {float: "f8", int: "i8", bool: "?"}


def column(default: float, unit: str, meaning: str, stored_as: str = "") -> Any:
    """One variable of an agent or one column of a table."""
    facts = {"unit": unit, "meaning": meaning, "stored_as": stored_as}
    return field(default=default, metadata=facts)


@dataclass(eq=False)
class Manager:
    """A manager of any level; those above the first line have no team of reps."""

    id: int = column(0, "index", "Position in the list of managers; higher levels come later.")
    level: int = column(1, "level", "1 for the first line, one more for each level above.")
    superior: int = column(-1, "index", "The manager above; -1 reports to head office.")
    first_rep: int = column(0, "index", "First rep of the team.")
    last_rep: int = column(0, "index", "One past the last rep of the team.")
    first_account: int = column(0, "index", "First account of the team; accounts stay in their team.")
    last_account: int = column(0, "index", "One past the last account of the team.")
    understanding: float = column(0.0, "share", "How much of the strategy the manager understands.")
    buy_in: float = column(0.0, "share", "How far the manager believes in it.")
    coaching_skill: float = column(1.0, "factor", "What an hour of this manager's coaching teaches.")
    coaching_hours: float = column(0.0, "hours per rep", "Coaching that each rep gets this week.")
    approvals: int = column(0, "requests", "Requests for a price below authority this week.")


@dataclass(eq=False)
class Rep:
    """A seat in the sales force, and the person who holds it."""

    id: int = column(0, "index", "Position in the list of reps.")
    manager: int = column(0, "index", "The first-line manager.")
    first: int = column(0, "index", "Where the rep's accounts start in the order of accounts.")
    last: int = column(0, "index", "One past the last of them.")
    accounts: int = column(0, "accounts", "How many accounts the seat owns.")
    staffed: bool = column(True, "yes or no", "Whether somebody holds the seat.")
    vacant_weeks: int = column(0, "weeks", "Weeks until an empty seat is filled.")
    hires: int = column(0, "people", "How often the seat has been filled anew.")
    tenure: int = column(0, "weeks", "Weeks since this person came.")
    ability: float = column(1.0, "factor", "How fast this person learns; fixed.")
    ceiling: float = column(0.0, "skill", "The skill that this person can reach.")
    skill: float = column(0.0, "skill", "Selling skill, from 0 to 1.")
    understanding: float = column(0.0, "share", "How much of the strategy the rep understands.")
    buy_in: float = column(0.0, "share", "How far the rep believes in it.")
    intensity: float = column(1.0, "factor", "How hard the rep works; 1 on target.")
    hours: float = column(0.0, "hours", "Selling hours this week.")
    hours_per_pull: float = column(0.0, "hours", "What an account gets for each unit of its pull.")
    asking_hours: float = column(0.0, "hours", "Hours lost to asking, taken from next week.")
    potential: float = column(0.0, "units per week", "What the accounts of the seat usually need.")
    quota: float = column(0.0, "USD per year", "Credit that the rep is meant to earn.")
    credited: float = column(0.0, "USD", "Credit earned this period.")
    credited_this_week: float = column(0.0, "USD", "Credit earned this week.")
    decided: int = column(0, "deals", "Deals decided this week, won or not.")
    period_weeks: int = column(0, "weeks", "Weeks of this period that the rep has been in the seat.")
    run_rate: float = column(0.0, "USD per week", "Credit that the rep reckons with in a usual week.")
    recent_pay: float = column(0.0, "USD per year", "Pay as the rep remembers it.")


@dataclass(eq=False)
class Customer:
    """An account, and at most one open opportunity. What every week touches comes first."""

    id: int = column(0, "index", "Position in the list of accounts.")
    rep: int = column(0, "index", "The seat that owns the account.")
    next_need: float = column(0.0, "weeks", "When the next need arises, counted from the burn-in.")
    is_open: bool = column(False, "yes or no", "Whether there is an open opportunity.")
    age: int = column(0, "weeks", "Age of the opportunity.")
    progress: float = column(0.0, "share", "How far it has come; a price is due at 1.")
    habit: float = column(0.0, "log weight", "Lasting habit of the rep to call here.")
    log_plan_value: float = column(0.0, "log USD per year", "What the plan expects of the account.")
    pull: float = column(0.0, "weight", "How much the account draws the rep's hours this week.")
    hours: float = column(0.0, "hours", "Selling hours spent here this week.")
    attention: float = column(0.0, "hours per week", "Memory of recent calls.")
    trust: float = column(0.0, "share", "Trust in the rep and the firm.")
    units: float = column(0.0, "units", "Usual size of a deal.")
    need_rate: float = column(0.0, "needs per week", "How often the customer needs something.")
    needs: int = column(0, "needs", "Needs so far, met or not.")
    generation: int = column(0, "customers", "How often a lost customer was replaced by a new one.")
    sensitivity: float = column(0.0, "utility per USD", "Weight of price in the choice.")
    deviation: float = column(0.0, "USD per unit", "Value of the offer beyond what fit explains.")
    fit: float = column(0.0, "share", "How well the strategy's offer suits the customer.")
    planned_fit: float = column(0.0, "share", "What the plan believes of the fit.")
    satisfaction: float = column(0.5, "share", "How content the customer is.")
    best_root: float = column(0.0, "root of USD hours", "What the best division of hours needs.")
    need: int = column(0, "needs", "Which need the open opportunity comes from.")
    size: float = column(0.0, "units", "Size of the opportunity.")
    value: float = column(0.0, "USD per unit", "Value to the customer over the next best alternative.")


@dataclass(eq=False)
class Deal:
    """A quote and what became of it."""

    week: int = column(0, "week", "When the price was quoted, counted from the burn-in.", "i4")
    rep: int = column(0, "index", "Who quoted.", "i4")
    account: int = column(0, "index", "To whom.", "i4")
    generation: int = column(0, "customers", "Which customer held the account.", "i4")
    need: int = column(0, "needs", "Which of the account's needs it was.", "i4")
    asked: bool = column(False, "yes or no", "Whether the rep asked for a lower price.")
    granted: bool = column(False, "yes or no", "Whether the manager granted it.")
    outcome: int = column(0, "code", "0 open, 1 won, 2 lost to a rival, 3 no decision.", "i1")
    size: float = column(0.0, "units", "Units of the deal.")
    wanted: float = column(0.0, "USD per unit", "The price the rep thought best.")
    price: float = column(0.0, "USD per unit", "The price quoted.")
    unit_cost: float = column(0.0, "USD per unit", "Cost of a unit.")
    serving_cost: float = column(0.0, "USD per unit", "Cost to serve the account.")
    credit: float = column(0.0, "USD", "What the deal counts for in pay, if won.")
    score: float = column(0.0, "utility", "A in the win chance sigmoid(A - B * price).")
    sensitivity: float = column(0.0, "utility per USD", "B in the same.")


@dataclass(eq=False)
class Week:
    """The ledger: one row a week for the whole firm."""

    week: int = column(0, "week", "Counted from the start of the burn-in.")
    deals: int = column(0, "deals", "Rows of the deal table used by the end of the week.")
    operating_plan: float = column(0.0, "USD per year", "Revenue that the operating plan expects.")
    needs: int = column(0, "needs", "Needs that arose while no opportunity was open.")
    opened: int = column(0, "opportunities", "Needs that became opportunities.")
    quoted: int = column(0, "deals", "Prices quoted.")
    won: int = column(0, "deals", "Deals won.")
    lost: int = column(0, "deals", "Deals lost to a rival.")
    no_decision: int = column(0, "deals", "Quotes that ended in no decision.")
    lapsed: int = column(0, "opportunities", "Opportunities that ended without a quote.")
    open_at_end: int = column(0, "opportunities", "Opportunities open when the week closed.")
    approvals_asked: int = column(0, "requests", "Requests for a price below authority.")
    approvals_granted: int = column(0, "requests", "Requests granted.")
    units: float = column(0.0, "units", "Units sold.")
    list_value: float = column(0.0, "USD", "Units sold at list price.")
    revenue: float = column(0.0, "USD", "Units sold at the price paid.")
    target_revenue: float = column(0.0, "USD", "Revenue from accounts that fit the strategy.")
    unit_cost: float = column(0.0, "USD", "Cost of the units sold.")
    serving_cost: float = column(0.0, "USD", "Cost to serve the accounts that bought.")
    credited: float = column(0.0, "USD", "Credit earned by the reps.")
    variable_pay: float = column(0.0, "USD", "Commission and bonuses paid.")
    on_target_pay: float = column(0.0, "USD", "Variable pay for the week at the on-target rate.")
    salaries: float = column(0.0, "USD", "Base pay of reps and pay of managers.")
    contribution: float = column(0.0, "USD", "Revenue less unit cost, cost to serve, variable pay.")
    staffed: int = column(0, "reps", "Seats filled.")
    left: int = column(0, "reps", "Reps who left.")
    hired: int = column(0, "reps", "Reps who came.")
    churned: int = column(0, "customers", "Customers lost and replaced.")
    selling_hours: float = column(0.0, "hours", "Hours spent on accounts.")
    asking_hours: float = column(0.0, "hours", "Hours that reps spent asking for prices.")
    coaching_hours: float = column(0.0, "hours", "Hours of coaching given.")
    understanding: float = column(0.0, "share", "Understanding of the reps in their seats, mean.")
    buy_in: float = column(0.0, "share", "Their buy-in, mean.")
    managers_understanding: float = column(0.0, "share", "Understanding of all managers, mean.")
    skill: float = column(0.0, "skill", "Skill of the reps in their seats, mean.")
    intensity: float = column(0.0, "factor", "Intensity of their work, mean.")


@dataclass(eq=False)
class Ideal:
    """Causes of the gap that are switched to their ideal; all of them make full execution."""

    understood: bool = False
    accepted: bool = False
    plan_is_fresh: bool = False
    value_argued: bool = False
    best_prices: bool = False
    best_accounts: bool = False
    best_effort: bool = False
    best_skill: bool = False
    seats_filled: bool = False


class Luck(NamedTuple):
    """Where every draw of a run starts."""

    seed: int
    replicate: int


class Firm(NamedTuple):
    """Everything that lives: the same shape over lists of agents and over record arrays."""

    luck: Luck
    ideal: Ideal
    managers: Sequence[Manager]
    reps: Sequence[Rep]
    customers: Sequence[Customer]
    order: list[int]
    deals: Sequence[Deal]
    books: Sequence[Week]


def names(kind: Any) -> list[str]:
    """Names of the variables of an agent or table, in their order."""
    return [f.name for f in fields(kind)]


@cache
def record_type(kind: Any) -> np.dtype[np.void]:
    """The record that holds one agent, or one row of a table, in the compiled engine."""
    hints = get_type_hints(kind)
    types = [(f.name, f.metadata.get("stored_as") or NUMPY_TYPES[hints[f.name]]) for f in fields(kind)]
    return np.dtype(types, align=True)
