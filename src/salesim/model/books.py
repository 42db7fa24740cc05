"""The columns of every table that is not of agents: deals, weeks, levels, years, head office."""

from __future__ import annotations

from dataclasses import dataclass

from .columns import column


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
    revenue: float = column(0.0, "USD", "Units sold at the price paid, less what came back.")
    returned: float = column(0.0, "USD", "Paid back for goods that came back.")
    target_revenue: float = column(0.0, "USD", "Revenue from accounts that fit the strategy.")
    pulled_forward: float = column(0.0, "USD", "Revenue of deals hurried into this period.")
    held_back: float = column(0.0, "USD", "Revenue of deals held back from an earlier period.")
    unit_cost: float = column(0.0, "USD", "Cost of the units sold.")
    serving_cost: float = column(0.0, "USD", "Cost to serve the accounts that bought.")
    credited: float = column(0.0, "USD", "Credit earned by the reps.")
    variable_pay: float = column(0.0, "USD", "Commission, bonuses and draws paid.")
    on_target_pay: float = column(0.0, "USD", "Variable pay for the week at the on-target rate.")
    taken_back: float = column(0.0, "USD", "Pay taken back because customers left; lowers variable pay.")
    manager_pay: float = column(0.0, "USD", "Managers' pay by results; part of variable pay.")
    overlay_pay: float = column(0.0, "USD", "Pay of overlay specialists; part of variable pay.")
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
