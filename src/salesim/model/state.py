"""The state of every agent and the columns of every table, declared once for both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np

SEATS_AT_MOST = 1_000_000
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
    first_rep: int = column(0, "index", "First rep of the team.")
    last_rep: int = column(0, "index", "One past the last rep of the team.")
    first_account: int = column(0, "index", "First account of the team; accounts stay in their team.")
    last_account: int = column(0, "index", "One past the last account of the team.")
    understanding: float = column(0.0, "share", "How much of the strategy the manager understands.")
    buy_in: float = column(0.0, "share", "How far the manager believes in it.")
    coaching_skill: float = column(1.0, "factor", "What an hour of this manager's coaching teaches.")
    listens: bool = column(False, "yes or no", "Whether this person takes in what is sent to all.")
    coaching_hours: float = column(0.0, "hours", "Coaching that this week leaves time for.")
    lost_hours: float = column(0.0, "hours", "Hours of reviews and requests that coaching still owes.")
    team_understanding: float = column(0.0, "share", "Mean understanding of the team.")
    team_buy_in: float = column(0.0, "share", "Mean buy-in of the team.")
    team_skill: float = column(0.0, "skill", "Mean skill of the team.")
    team_ability: float = column(1.0, "factor", "Mean ability of the team.")
    team_articulation: float = column(0.0, "share", "Mean articulation of the team.")
    team_adoption: float = column(0.0, "share", "Mean use of account information in the team.")
    free_hands: int = column(0, "reps", "People in the team who can cover for an empty seat.")
    team_size: int = column(0, "reps", "People in the team.")
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
    task_fit: float = column(0.5, "share", "How well this person suits the task; fixed.")
    listens: bool = column(False, "yes or no", "Whether this person takes in what is sent to all.")
    industries: int = column(0, "bits", "Industries that this person knows, a bit each.")
    ceiling: float = column(0.0, "skill", "The skill that this person can reach.")
    skill: float = column(0.0, "skill", "Selling skill, from 0 to 1.")
    fresh: float = column(0.0, "skill", "Skill that is present for some weeks only.")
    articulation: float = column(0.0, "share", "Trained ability to show what the offer is worth.")
    adoption: float = column(0.0, "share", "How far the rep uses account information.")
    understanding: float = column(0.0, "share", "How much of the strategy the rep understands.")
    buy_in: float = column(0.0, "share", "How far the rep believes in it.")
    intensity: float = column(1.0, "factor", "How hard the rep works; 1 on target.")
    hours: float = column(0.0, "hours", "Selling hours this week.")
    service_hours: float = column(0.0, "hours", "Service hours this week.")
    service: float = column(0.0, "share", "What service does for each of the accounts.")
    hours_per_pull: float = column(0.0, "hours", "What an account gets for each unit of its pull.")
    hours_per_target: float = column(0.0, "hours", "What a planned target gets for it besides.")
    lost_hours: float = column(0.0, "hours", "Hours of asking and reviews, taken from next week.")
    coaching: float = column(0.0, "hours", "Coaching received this week.")
    seen_skill: float = column(0.0, "skill", "Skill as the manager sees it.")
    potential: float = column(0.0, "units per week", "What the accounts of the seat usually need.")
    pipeline: float = column(0.0, "USD", "Open opportunities at the planned price.")
    quota: float = column(0.0, "USD per year", "Credit that the rep is meant to earn.")
    planned_quota: float = column(0.0, "USD per year", "The quota by the plan, whatever is given.")
    given: bool = column(False, "yes or no", "Whether this week's quota is given.")
    given_next_year: bool = column(False, "yes or no", "Whether next year begins with a given quota.")
    more_this_period: float = column(0.0, "USD", "Given for the period beyond this week's quota going on.")
    more_this_year: float = column(0.0, "USD", "Given for the year beyond this week's quota going on.")
    more_next: float = column(0.0, "USD per year", "Given for the next period beyond this week's quota.")
    quota_weight: float = column(0.0, "units per week", "What the quota is spread by.")
    result: float = column(-1.0, "USD per year", "Credit of last year; below 0 is none yet.")
    credited: float = column(0.0, "USD", "Credit earned this period.")
    credited_this_week: float = column(0.0, "USD", "Credit earned this week.")
    credited_this_year: float = column(0.0, "USD", "Credit earned this year.")
    period_quota: float = column(0.0, "USD", "Quota of this period's weeks in the seat.")
    year_quota: float = column(0.0, "USD", "Quota of this year's weeks in the seat.")
    accrued: float = column(0.0, "USD", "Pay of the period under earlier rules.")
    accrued_at: float = column(0.0, "USD", "Credit of the period when they ended.")
    year_accrued: float = column(0.0, "USD", "Pay of the year under earlier rules.")
    year_accrued_at: float = column(0.0, "USD", "Credit of the year when they ended.")
    deal_pay: float = column(0.0, "USD", "Pay by the deal this period, beside the curve.")
    sure: float = column(0.0, "USD", "What draws make sure of this period.")
    covered_pay: float = column(0.0, "USD", "What the weeks with a guarantee have earned.")
    owed: float = column(0.0, "USD", "Advances that later pay will take back.")
    target_this_week: float = column(0.0, "USD", "Revenue from planned targets this week.")
    deal_pay_this_week: float = column(0.0, "USD", "Pay by the deal this week, beside the curve.")
    band_pay_this_week: float = column(0.0, "USD", "What margins of this week's deals add to their pay.")
    band_credit_this_week: float = column(0.0, "USD", "Their credit by the same factors, less itself.")
    decided: int = column(0, "deals", "Deals decided this week, won or not.")
    period_weeks: int = column(0, "weeks", "Weeks of this period that the rep has been in the seat.")
    year_weeks: int = column(0, "weeks", "Weeks of this year that the rep has been in the seat.")
    usual_cut: float = column(0.0, "USD per unit", "What prices lie below expectations, period ends aside.")
    year_pay: float = column(0.0, "USD", "Variable pay received this year.")
    year_salary: float = column(0.0, "USD", "Base pay received this year.")
    run_rate: float = column(0.0, "USD per week", "Credit that the rep reckons with in a usual week.")
    worth_now: float = column(0.0, "USD per USD", "Pay for one more dollar of credit in this period.")
    worth_next: float = column(0.0, "USD per USD", "The same in a period that has just begun.")
    shadow: float = column(0.0, "USD per USD", "What a dollar of credit costs through later quotas.")
    by_year: float = column(0.0, "USD per year", "What was last paid by the year's own curve.")
    recent_pay: float = column(0.0, "USD per year", "Pay as the rep remembers it.")


@dataclass(eq=False)
class Customer:
    """An account, and at most one open opportunity. What every week touches comes first."""

    id: int = column(0, "index", "Position in the list of accounts.", "i4")
    rep: int = column(0, "index", "The seat that owns the account.", "i4")
    age: int = column(0, "weeks", "Age of the opportunity.", "i4")
    needs: int = column(0, "needs", "Needs so far, met or not.", "i4")
    is_open: bool = column(False, "yes or no", "Whether there is an open opportunity.")
    is_ready: bool = column(False, "yes or no", "Whether the opportunity is ready for a price.")
    planned_target: bool = column(False, "yes or no", "Whether the plan takes it for a target.")
    asked: bool = column(False, "yes or no", "Whether an answer to a request is awaited.")
    next_need: float = column(0.0, "weeks", "When the next need arises, counted from the burn-in.")
    progress: float = column(0.0, "share", "How far it has come; a price is due at 1.")
    habit: float = column(0.0, "log weight", "Lasting habit of the rep to call here.")
    misjudged: float = column(0.0, "sd", "How the rep misjudges what the account is worth.")
    log_plan_value: float = column(0.0, "log USD per year", "What the plan expects of the account.")
    log_sales: float = column(0.0, "log USD per year", "What its needs come to at the planned price.")
    pull: float = column(0.0, "weight", "How much the account draws the rep's hours this week.")
    hours: float = column(0.0, "hours", "Selling hours spent here this week.")
    attention: float = column(0.0, "hours per week", "Memory of recent calls.")
    trust: float = column(0.0, "share", "Trust in the rep and the firm.")
    size: float = column(0.0, "units", "Size of the opportunity.")
    need_rate: float = column(0.0, "needs per week", "How often the customer needs something.")
    need: int = column(0, "needs", "Which need the open opportunity comes from.", "i4")
    ready_week: int = column(0, "week", "When the opportunity became ready.", "i4")
    natural_week: int = column(0, "week", "When the customer would sign by itself.", "i4")
    not_before: int = column(0, "week", "Until when no price is given.", "i4")
    quotes: int = column(0, "quotes", "Prices quoted for the open opportunity.", "i4")
    contract_week: int = column(-1, "week", "When the account last bought.", "i4")
    generation: int = column(0, "customers", "How often a lost customer was replaced.", "i4")
    industry: int = column(0, "index", "The industry of the customer.", "i4")
    units: float = column(0.0, "units", "Usual size of a deal.")
    sensitivity: float = column(0.0, "utility per USD", "Weight of price in the choice.")
    deviation: float = column(0.0, "USD per unit", "Value of the offer beyond what fit explains.")
    fit: float = column(0.0, "share", "How well the strategy's offer suits the customer.")
    planned_fit: float = column(0.0, "share", "What the plan believes of the fit.")
    seen_fit: float = column(0.0, "share", "The fit as head office last saw or heard of it.")
    misfit_of_plan: float = column(0.0, "sd", "How the plan misjudges the fit, unless news mends it.")
    satisfaction: float = column(0.5, "share", "How content the customer is.")
    known: float = column(0.0, "share", "What reviews have taught of the account.")
    best_root: float = column(0.0, "root of USD hours", "What the best division of hours needs.")
    value: float = column(0.0, "USD per unit", "Value to the customer over the next best alternative.")
    reference: float = column(0.0, "USD per unit", "The price that the customer has in mind.")
    refused: float = column(0.0, "USD per unit", "Price at which the customer let it rest; 0 is none.")
    contract_price: float = column(0.0, "USD per unit", "Price last paid; 0 is none.")
    gap: float = column(0.0, "USD per unit", "How much cheaper period ends are, as far as is known.")


@dataclass(eq=False)
class Deal:
    """A quote and what became of it."""

    week: int = column(0, "week", "When the price was quoted, counted from the burn-in.", "i4")
    rep: int = column(0, "index", "Who quoted.", "i4")
    account: int = column(0, "index", "To whom.", "i4")
    generation: int = column(0, "customers", "Which customer held the account.", "i4")
    need: int = column(0, "needs", "Which of the account's needs it was.", "i4")
    quote: int = column(0, "quotes", "Which quote for that need, 1 for the first.", "i4")
    natural_week: int = column(0, "week", "When the customer would have signed by itself.", "i4")
    tested: bool = column(False, "yes or no", "Whether the price was varied to learn from it.")
    at_floor: bool = column(False, "yes or no", "Whether the price was the lowest allowed.")
    asked: bool = column(False, "yes or no", "Whether the rep asked for a lower price.")
    granted: bool = column(False, "yes or no", "Whether the manager granted it.")
    outcome: int = column(0, "code", "1 won, 2 lost, 3 no decision, 4 rests, 5 awaits an answer.", "i1")
    size: float = column(0.0, "units", "Units of the deal.")
    wanted: float = column(0.0, "USD per unit", "The price the rep thought best.")
    price: float = column(0.0, "USD per unit", "The price quoted.")
    listed: float = column(0.0, "USD per unit", "The list price of the week.")
    guide: float = column(0.0, "USD per unit", "The price that head office would guide to.")
    own_floor: float = column(0.0, "USD per unit", "Lowest price within authority, contracts aside.")
    guide_score: float = column(0.0, "utility", "Head office's guess of the score, intercept aside.")
    reference: float = column(0.0, "USD per unit", "What the customer expected to pay.")
    unit_cost: float = column(0.0, "USD per unit", "Cost of a unit.")
    serving_cost: float = column(0.0, "USD per unit", "Cost to serve the account.")
    credit: float = column(0.0, "USD", "What the deal counts for in pay, if won.")
    score: float = column(0.0, "utility", "A in the win chance, loss aversion aside.")
    sensitivity: float = column(0.0, "utility per USD", "B in the same.")
    argued: float = column(0.0, "share", "How well the rep showed what the offer is worth.")
    believed: float = column(0.0, "utility", "The score as the rep sees it.")
    felt_cost: float = column(0.0, "USD per unit", "Cost as the rep feels it, a second chance counted.")
    worth: float = column(0.0, "USD per USD", "What a dollar on the price pays the rep.")


@dataclass(eq=False)
class Week:
    """The ledger: one row a week for the whole firm."""

    week: int = column(0, "week", "Counted from the start of the burn-in.")
    operating_plan: float = column(0.0, "USD per year", "Revenue that the operating plan expects.")
    needs: int = column(0, "needs", "Needs that arose while no opportunity was open.")
    opened: int = column(0, "opportunities", "Needs that became opportunities.")
    quoted: int = column(0, "deals", "Prices quoted.")
    won: int = column(0, "deals", "Deals won.")
    lost: int = column(0, "deals", "Deals lost to a rival.")
    no_decision: int = column(0, "deals", "Deals that ended in no decision.")
    rested: int = column(0, "deals", "Quotes after which the customer let the matter rest a while.")
    awaiting: int = column(0, "deals", "Deals without a price until a request is answered.")
    lapsed: int = column(0, "opportunities", "Opportunities that ended without a quote.")
    open_at_end: int = column(0, "opportunities", "Opportunities open when the week closed.")
    approvals_asked: int = column(0, "requests", "Requests for a price below authority.")
    approvals_granted: int = column(0, "requests", "Requests granted.")
    tested: int = column(0, "deals", "Quotes at test prices.")
    at_floor: int = column(0, "deals", "Quotes at the lowest price allowed.")
    units: float = column(0.0, "units", "Units sold.")
    list_value: float = column(0.0, "USD", "Units sold at list price.")
    revenue: float = column(0.0, "USD", "Units sold at the price paid.")
    target_revenue: float = column(0.0, "USD", "Revenue from accounts that fit the strategy.")
    pulled_forward: float = column(0.0, "USD", "Revenue of deals hurried into this period.")
    held_back: float = column(0.0, "USD", "Revenue of deals held back from an earlier period.")
    unit_cost: float = column(0.0, "USD", "Cost of the units sold.")
    serving_cost: float = column(0.0, "USD", "Cost to serve the accounts that bought.")
    credited: float = column(0.0, "USD", "Credit earned by the reps.")
    variable_pay: float = column(0.0, "USD", "Commission, bonuses and draws paid.")
    on_target_pay: float = column(0.0, "USD", "Variable pay for the week at the on-target rate.")
    guarantees: float = column(0.0, "USD", "What guarantees add to pay; part of variable pay.")
    advances: float = column(0.0, "USD", "Advances paid less those taken back; part of variable pay.")
    written_off: float = column(0.0, "USD", "Advances that leavers still owed.")
    salaries: float = column(0.0, "USD", "Base pay of reps and pay of managers.")
    people_cost: float = column(0.0, "USD", "Cost of training and hiring.")
    overhead: float = column(0.0, "USD", "Fixed costs beside selling.")
    optimism: float = column(0.0, "share", "What the promise adds to full execution.")
    operating_profit: float = column(0.0, "USD", "Contribution less salaries, people and overhead.")
    contribution: float = column(0.0, "USD", "Revenue less unit cost, cost to serve, variable pay.")
    staffed: int = column(0, "reps", "Seats filled.")
    left: int = column(0, "reps", "Reps who left.")
    hired: int = column(0, "reps", "Reps who came.")
    churned: int = column(0, "customers", "Customers lost and replaced.")
    selling_hours: float = column(0.0, "hours", "Hours spent on selling.")
    service_hours: float = column(0.0, "hours", "Hours spent on service.")
    asking_hours: float = column(0.0, "hours", "Hours that reps spent asking for prices.")
    review_hours: float = column(0.0, "hours", "Hours that reps spent in reviews.")
    training_hours: float = column(0.0, "hours", "Hours that reps spent in training.")
    reviews: int = column(0, "reviews", "Accounts reviewed.")
    coaching_hours: float = column(0.0, "hours", "Hours of coaching given.")
    targets: int = column(0, "accounts", "Accounts that fit the strategy, at quarter ends.")
    covered: int = column(0, "accounts", "Of these, accounts that see their rep, at quarter ends.")
    in_ramp: int = column(0, "reps", "Newcomers in ramp.")
    articulation: float = column(0.0, "share", "Articulation of the reps in their seats, mean.")
    adoption: float = column(0.0, "share", "Their use of account information, mean.")
    guide_intercept: float = column(0.0, "utility", "What head office thinks of readiness to buy.")
    understanding: float = column(0.0, "share", "Understanding of the reps in their seats, mean.")
    buy_in: float = column(0.0, "share", "Their buy-in, mean.")
    managers_understanding: float = column(0.0, "share", "Understanding of all managers, mean.")
    skill: float = column(0.0, "skill", "Skill of the reps in their seats, mean.")
    intensity: float = column(0.0, "factor", "Intensity of their work, mean.")


@dataclass(eq=False)
class Level:
    """What one level of the firm knows and believes in one week."""

    week: int = column(0, "week", "Counted from the start of the burn-in.", "i4")
    level: int = column(0, "level", "0 for reps, 1 for the first line, and so on up.", "i4")
    people: int = column(0, "people", "Who is there.", "i4")
    understanding: float = column(0.0, "share", "Their understanding, mean.")
    self_rated: float = column(0.0, "share", "What they think they understand, mean.")
    buy_in: float = column(0.0, "share", "Their buy-in, mean.")
    recall: float = column(0.0, "probability", "Share who can name three of five priorities.")


@dataclass(eq=False)
class RepYear:
    """The holder of a seat at the end of a year of pay, or of the part of it that was spent there."""

    week: int = column(0, "week", "The last week of the year, counted from the burn-in.", "i4")
    rep: int = column(0, "index", "The seat.", "i4")
    hire: int = column(0, "people", "Which holder of the seat.", "i4")
    weeks: int = column(0, "weeks", "Weeks of the year in the seat.", "i4")
    credited: float = column(0.0, "USD", "Credit of the year.")
    quota: float = column(0.0, "USD", "Quota for the weeks in the seat.")
    variable_pay: float = column(0.0, "USD", "Commission and bonuses of the year.")
    salary: float = column(0.0, "USD", "Base pay of the year.")
    skill: float = column(0.0, "skill", "Skill at the end of the year.")
    accounts: int = column(0, "accounts", "How many accounts the seat owns.", "i4")
    potential: float = column(0.0, "units per week", "What the accounts of the seat usually need.")


@dataclass(eq=False)
class Office:
    """Head office: no agent, but what it knows and has decided."""

    guide_intercept: float = column(0.0, "utility", "How readily customers buy, as it believes.")
    surprise: float = column(0.0, "deals", "Wins beyond expectation this quarter.")
    evidence: float = column(0.0, "deals", "Information in this quarter's deals.")
    tests: float = column(0.0, "deals", "Test prices so far.")
    plan_changed: float = column(0.0, "share", "Accounts that the last refresh reclassified.")
    overhead: float = column(0.0, "USD per week", "Fixed costs.")
    information: float = column(0.0, "share", "Account information offered last week.")


def cause(dimension: str, name: str, ideal: str) -> Any:
    """One cause of the gap: its dimension, its name, and what holds where it is at its ideal."""
    return field(default=False, metadata={"dimension": dimension, "name": name, "ideal": ideal})


VISION, PRICE = "shared vision", "price and value"
PRODUCTIVITY, PEOPLE = "productivity", "people"


@dataclass(frozen=True)
class Ideal:
    """Causes of the gap that are switched to their ideal; all of them make full execution."""

    understood: bool = cause(VISION, "not understood", "Everybody understands the whole strategy.")
    accepted: bool = cause(VISION, "not accepted", "Everybody believes in it.")
    plan_is_fresh: bool = cause(VISION, "stale plan", "The plan sees every account as it is.")
    value_argued: bool = cause(PRICE, "value not communicated", "Customers are shown all of the value.")
    best_prices: bool = cause(
        PRICE, "discount leakage", "Each deal gets the firm's best price, at its true cost and chances."
    )
    calendar_ignored: bool = cause(PRICE, "timing games", "Quotes and signatures ignore the calendar.")
    best_accounts: bool = cause(
        PRODUCTIVITY, "effort on the wrong accounts", "Hours go where they earn the firm most."
    )
    best_effort: bool = cause(
        PRODUCTIVITY, "lower effort than pays off", "Intensity is best for firm and rep, its cost counted."
    )
    best_skill: bool = cause(
        PRODUCTIVITY, "weak skill", "Skill is where best-practice coaching would settle it."
    )
    seats_filled: bool = cause(
        PEOPLE, "vacancy and ramp", "A leaver is followed at once by the same successor, fully able."
    )


@dataclass(eq=False)
class Keeping:
    """How a run is kept: which rows are in use, what is recorded, what is taken from another run."""

    first_row: int = column(0, "row", "First row of the deal table that belongs to this week.")
    deal_rows: int = column(0, "rows", "Rows of the deal table in use.")
    year_rows: int = column(0, "rows", "Rows of the table of years in use.")
    every_deal: bool = column(True, "yes or no", "Whether deals are kept when their week is over.")
    quotas_given: bool = column(False, "yes or no", "Whether quotas are those of another run.")
    without_quota: bool = column(False, "yes or no", "Whether a seat with accounts has had no quota.")
    rules_end: int = column(-1, "week", "From when pay follows other rules; -1 is never.")
    rules_known: int = column(-1, "week", "From when reps know that.")
    quotas_begin: int = column(-1, "week", "When quotas are set anew; -1 is never.")


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
    levels: Sequence[Level]
    years: Sequence[RepYear]
    office: Sequence[Office]
    quotas: list[float]
    keeping: Sequence[Keeping]
    later: Any  # the scenario of which the rules of pay hold from `keeping[0].rules_end` on
    given: Sequence[float] = ()  # quotas that are given, by week and seat (USD a year; 0 is none)


def names(kind: Any) -> list[str]:
    """Names of the variables of an agent or table, in their order."""
    return [f.name for f in fields(kind)]


@cache
def record_type(kind: Any) -> np.dtype[np.void]:
    """The record that holds one agent, or one row of a table, in the compiled engine."""
    hints = get_type_hints(kind)
    types = [(f.name, f.metadata.get("stored_as") or NUMPY_TYPES[hints[f.name]]) for f in fields(kind)]
    return np.dtype(types, align=True)
