"""Outcomes of the company as people: what they know, earn, do, and whether they stay."""

from __future__ import annotations

from ...model.calendar import YEAR
from ...model.deals import AWAITING
from .declaring import BAND_OF_ATTAINMENT, LEVEL_OF_FIRM, Outcome
from .history import History
from .measuring import (
    among_managers,
    among_reps,
    average,
    by_level,
    per_rep,
    per_rep_at_end,
    quotient,
    ratio,
    share_of_seats,
    sum_of,
    total,
)
from .spread import (
    attainment_distribution,
    attainment_skewness,
    mean_attainment,
    median_attainment,
    pay_per_rep,
    quintile_ratio,
    rank_correlation,
    reps_at_quota,
    top_fifth_share,
)

NO_REPS, NO_SALES = "no reps", "no sales"
NO_QUOTAS, NO_CREDIT = "no quotas", "no credit"


def _granted_share(history: History) -> float | None:
    answered = history.deals[history.deals["outcome"] != AWAITING]
    return quotient((answered["granted"] & answered["asked"]).sum(), answered["asked"].sum())


def _turnover(history: History) -> float | None:
    return quotient(history.books["left"].sum() * YEAR, history.books["staffed"].sum())


VISION = (
    Outcome(
        "understanding",
        "share",
        "higher",
        "How much of the strategy reps understand, at the end.",
        among_reps("understanding"),
        undefined=NO_REPS,
    ),
    Outcome(
        "self_rated",
        "share",
        "neither",
        "What reps think they understand, at the end.",
        among_reps("self_rated"),
        undefined=NO_REPS,
    ),
    Outcome(
        "buy_in",
        "share",
        "higher",
        "How far reps believe in it, at the end.",
        among_reps("buy_in"),
        undefined=NO_REPS,
    ),
    Outcome(
        "recall",
        "share",
        "higher",
        "Reps who can name three of five priorities, at the end.",
        among_reps("recall"),
        undefined=NO_REPS,
    ),
    Outcome(
        "managers_understanding",
        "share",
        "higher",
        "How much managers of all levels understand, at the end.",
        among_managers("understanding"),
    ),
    Outcome(
        "managers_self_rated",
        "share",
        "neither",
        "What managers of all levels think they understand, at the end.",
        among_managers("self_rated"),
    ),
    Outcome(
        "managers_recall",
        "share",
        "higher",
        "Managers of all levels who can name three of five priorities, at the end.",
        among_managers("recall"),
    ),
    Outcome(
        "understanding_by_level",
        "share",
        "higher",
        "Understanding, reps first, at the end.",
        by_level("understanding"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "self_rated_by_level",
        "share",
        "neither",
        "Self-rated understanding, reps first, at the end.",
        by_level("self_rated"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "buy_in_by_level",
        "share",
        "higher",
        "Buy-in, reps first, at the end.",
        by_level("buy_in"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "recall_by_level",
        "share",
        "higher",
        "People who can name three of five priorities, reps first, at the end.",
        by_level("recall"),
        index=LEVEL_OF_FIRM,
    ),
)

PAY = (
    Outcome(
        "attainment",
        "ratio",
        "higher",
        "Credit over quota, mean over reps in the seat most of the year.",
        mean_attainment,
        undefined=NO_QUOTAS,
    ),
    Outcome(
        "median_attainment",
        "ratio",
        "higher",
        "The attainment that half of these reps reach.",
        median_attainment,
        undefined=NO_QUOTAS,
    ),
    Outcome(
        "reps_at_quota",
        "share",
        "higher",
        "Of these reps, those who reach their quota.",
        reps_at_quota,
        undefined=NO_QUOTAS,
    ),
    Outcome(
        "attainment_distribution",
        "share",
        "neither",
        "These reps by bands of attainment.",
        attainment_distribution,
        index=BAND_OF_ATTAINMENT,
        undefined=NO_QUOTAS,
    ),
    Outcome(
        "attainment_skewness",
        "skewness",
        "neither",
        "Whether a few reps lie far above the others; zero where the spread is even.",
        attainment_skewness,
        undefined=NO_QUOTAS,
    ),
    Outcome(
        "pay",
        "USD",
        "neither",
        "Salaries, commission and bonuses of reps and managers.",
        sum_of("variable_pay", "salaries"),
    ),
    Outcome(
        "pay_per_rep",
        "USD per year",
        "neither",
        "Base and variable pay of a rep.",
        pay_per_rep,
        undefined=NO_REPS,
    ),
    Outcome("variable_pay", "USD", "neither", "Commission and bonuses paid.", total("variable_pay")),
    Outcome(
        "cost_of_people",
        "USD",
        "lower",
        "Salaries of reps and managers, training and hiring.",
        sum_of("salaries", "people_cost"),
    ),
    Outcome(
        "ccos",
        "ratio",
        "lower",
        "Compensation cost of sales: pay of reps and managers over revenue.",
        ratio(sum_of("variable_pay", "salaries"), total("revenue")),
        undefined=NO_SALES,
    ),
    Outcome(
        "cost_of_selling",
        "ratio",
        "lower",
        "Pay of reps and managers, training and hiring over revenue.",
        ratio(sum_of("variable_pay", "salaries", "people_cost"), total("revenue")),
        undefined=NO_SALES,
    ),
)

PRODUCTIVITY = (
    Outcome(
        "intensity",
        "factor",
        "higher",
        "How hard reps work; 1 is usual.",
        per_rep("intensity"),
        undefined=NO_REPS,
    ),
    Outcome(
        "skill",
        "skill",
        "higher",
        "Mean skill of reps, at the end.",
        per_rep_at_end("skill"),
        undefined=NO_REPS,
    ),
    Outcome(
        "top_fifth_share",
        "share",
        "neither",
        "Credit of the best fifth of reps, of all credit in a year.",
        top_fifth_share,
        undefined=NO_CREDIT,
    ),
    Outcome(
        "quintile_ratio",
        "ratio",
        "neither",
        "Credit of the best fifth of reps over that of the last fifth in a year.",
        quintile_ratio,
        undefined=NO_CREDIT,
    ),
    Outcome(
        "rank_correlation",
        "correlation",
        "neither",
        "How far those who sell most in a year do so in the next.",
        rank_correlation,
        undefined="fewer than three reps who stay for two years",
    ),
    Outcome("coaching_hours", "hours", "higher", "Hours of coaching given.", total("coaching_hours")),
    Outcome(
        "training_hours",
        "hours",
        "neither",
        "Hours that reps spent in training.",
        total("training_hours"),
    ),
    Outcome("reviews", "reviews", "neither", "Accounts reviewed.", total("reviews")),
    Outcome(
        "adoption",
        "share",
        "higher",
        "How far reps use account information, at the end.",
        per_rep_at_end("adoption"),
        undefined=NO_REPS,
    ),
    Outcome(
        "approvals_asked",
        "requests",
        "lower",
        "Requests for a price below authority.",
        total("approvals_asked"),
    ),
    Outcome(
        "approvals_granted_share",
        "share",
        "neither",
        "Requests granted, of those answered.",
        _granted_share,
        undefined="no requests",
    ),
    Outcome(
        "asking_hours",
        "hours",
        "lower",
        "Hours that reps spent asking for prices; managers spent as many.",
        total("asking_hours"),
    ),
)

PEOPLE = (
    Outcome(
        "turnover",
        "per year",
        "lower",
        "Reps who leave within a year.",
        _turnover,
        undefined=NO_REPS,
    ),
    Outcome("staffed", "seats", "higher", "Seats filled.", average("staffed")),
    Outcome(
        "vacancy",
        "share",
        "lower",
        "Seats that stand empty.",
        lambda history: 1.0 - share_of_seats("staffed")(history),
    ),
    Outcome("in_ramp", "share", "lower", "Seats held by a newcomer in ramp.", share_of_seats("in_ramp")),
)
