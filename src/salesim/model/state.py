"""The state of every agent, and the firm as the functions of the week see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .books import Deal, Level, Office, RepYear, Week
from .columns import column
from .ideal import Ideal


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
    credited: float = column(0.0, "USD", "Credit of the team this period.")
    period_quota: float = column(0.0, "USD", "Quota of the team for the weeks of this period so far.")
    period_weeks: int = column(0, "weeks", "Weeks of this period so far.")
    accrued: float = column(0.0, "USD", "Pay of the period under earlier rules.")
    accrued_at: float = column(0.0, "USD", "Credit of the period when they ended.")
    reached: bool = column(False, "yes or no", "Whether the team has reached its quota of this period.")
    run_rate: float = column(0.0, "USD per week", "Credit of the team in a usual week.")
    weekly_quota: float = column(0.0, "USD per week", "Quota of the team for a week.")
    week_spread: float = column(0.0, "USD", "How uncertain the team's credit of a week is (sd).")
    whole_quota: float = column(0.0, "USD", "Quota of the team for the whole period, as far as known.")
    worth_now: float = column(0.0, "USD per USD", "Pay for one more dollar of the team in this period.")
    worth_next: float = column(0.0, "USD per USD", "The same in a period that has just begun.")


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
    pay_plan: int = column(0, "index", "The pay plan of the rep; 0 is that of the firm.")
    plan_until: int = column(-1, "weeks of tenure", "When another plan follows; -1 is never.")
    next_plan: int = column(0, "index", "The plan that then follows.")
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
    own_part: float = column(1.0, "share", "What the rep is credited with of own sales.")
    own_spread: float = column(1.0, "factor", "What sharing credit does to how uncertain it is.")
    from_colleagues: float = column(0.0, "USD", "The rep's part of colleagues' open opportunities.")
    taken_back: float = column(0.0, "USD", "Pay that is taken back this period.")
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
    sold_by: int = column(0, "index", "The seat that made the last sale.", "i4")
    sold_by_hire: int = column(0, "people", "Which holder of it.", "i4")
    at_risk: float = column(0.0, "USD", "Pay that is taken back if the customer leaves soon.")
    at_risk_weeks: int = column(0, "weeks", "Within how many weeks after the last sale.", "i4")
    return_week: int = column(-1, "week", "When goods come back; -1 is never.", "i4")
    return_value: float = column(0.0, "USD", "What was paid for them.")
    return_credit: float = column(0.0, "USD", "The credit that their seller then loses.")


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
    pay_plans: Any  # scenarios that differ in pay: that of the firm, then those of its groups of reps
    later: Any  # the same from `keeping[0].rules_end` on
    given: Sequence[float] = ()  # quotas that are given, by week and seat (USD a year; 0 is none)
    tenures: Sequence[int] = ()  # from and below which weeks in the seat, by plan of a group and seat
