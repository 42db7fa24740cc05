"""Outcomes of the company as people: what they know, earn, do, and whether they stay."""

from __future__ import annotations

from ..model.calendar import YEAR
from ..model.deals import AWAITING
from ..quantity import Unit
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


def _granted_share(history: History) -> float | None:
    deals = history.deals
    asked = deals["asked"] & (deals["outcome"] != AWAITING)
    return quotient((deals["granted"] & asked).sum(), asked.sum())


def _turnover(history: History) -> float | None:
    return quotient(history.books["left"].sum() * YEAR, history.books["staffed"].sum())


VISION = (
    Outcome(
        "understanding",
        Unit.SHARE,
        "higher",
        "How much of the strategy reps understand, at the end.",
        among_reps("understanding"),
        undefined="no reps",
    ),
    Outcome(
        "self_rated",
        Unit.SHARE,
        "neither",
        "What reps think they understand, at the end.",
        among_reps("self_rated"),
        undefined="no reps",
        noun="self-rated understanding",
    ),
    Outcome(
        "buy_in",
        Unit.SHARE,
        "higher",
        "How far reps believe in it, at the end.",
        among_reps("buy_in"),
        undefined="no reps",
    ),
    Outcome(
        "recall",
        Unit.SHARE,
        "higher",
        "Reps who can name three of five priorities, at the end.",
        among_reps("recall"),
        undefined="no reps",
    ),
    Outcome(
        "managers_understanding",
        Unit.SHARE,
        "higher",
        "How much managers of all levels understand, at the end.",
        among_managers("understanding"),
    ),
    Outcome(
        "managers_self_rated",
        Unit.SHARE,
        "neither",
        "What managers of all levels think they understand, at the end.",
        among_managers("self_rated"),
    ),
    Outcome(
        "managers_recall",
        Unit.SHARE,
        "higher",
        "Managers of all levels who can name three of five priorities, at the end.",
        among_managers("recall"),
    ),
    Outcome(
        "understanding_by_level",
        Unit.SHARE,
        "higher",
        "Understanding, reps first, at the end.",
        by_level("understanding"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "self_rated_by_level",
        Unit.SHARE,
        "neither",
        "Self-rated understanding, reps first, at the end.",
        by_level("self_rated"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "buy_in_by_level",
        Unit.SHARE,
        "higher",
        "Buy-in, reps first, at the end.",
        by_level("buy_in"),
        index=LEVEL_OF_FIRM,
    ),
    Outcome(
        "recall_by_level",
        Unit.SHARE,
        "higher",
        "People who can name three of five priorities, reps first, at the end.",
        by_level("recall"),
        index=LEVEL_OF_FIRM,
    ),
)

PAY = (
    Outcome(
        "attainment",
        Unit.RATIO,
        "higher",
        "Credit over quota, mean over reps in the seat most of the year.",
        mean_attainment,
        undefined="no quotas",
    ),
    Outcome(
        "median_attainment",
        Unit.RATIO,
        "higher",
        "The attainment that half of these reps reach.",
        median_attainment,
        undefined="no quotas",
    ),
    Outcome(
        "reps_at_quota",
        Unit.SHARE,
        "higher",
        "Of these reps, those who reach their quota.",
        reps_at_quota,
        undefined="no quotas",
        noun="share of reps at quota",
    ),
    Outcome(
        "attainment_distribution",
        Unit.SHARE,
        "neither",
        "These reps by bands of attainment.",
        attainment_distribution,
        index=BAND_OF_ATTAINMENT,
        undefined="no quotas",
    ),
    Outcome(
        "attainment_skewness",
        Unit.SKEWNESS,
        "neither",
        "Whether a few reps lie far above the others; zero where the spread is even.",
        attainment_skewness,
        undefined="no quotas",
    ),
    Outcome(
        "pay",
        Unit.USD,
        "neither",
        "Salaries, commission and bonuses of reps and managers.",
        sum_of("variable_pay", "salaries"),
    ),
    Outcome(
        "pay_per_rep",
        Unit.USD_PER_YEAR,
        "neither",
        "Base and variable pay of a rep.",
        pay_per_rep,
        undefined="no reps",
    ),
    Outcome("variable_pay", Unit.USD, "neither", "Commission and bonuses paid.", total("variable_pay")),
    Outcome(
        "cost_of_people",
        Unit.USD,
        "lower",
        "Salaries of reps and managers, training and hiring.",
        sum_of("salaries", "people_cost"),
    ),
    Outcome(
        "ccos",
        Unit.RATIO,
        "lower",
        "Compensation cost of sales: pay of reps and managers over revenue.",
        ratio(sum_of("variable_pay", "salaries"), total("revenue")),
        undefined="no sales",
        noun="compensation cost of sales",
    ),
    Outcome(
        "cost_of_selling",
        Unit.RATIO,
        "lower",
        "Pay of reps and managers, training and hiring over revenue.",
        ratio(sum_of("variable_pay", "salaries", "people_cost"), total("revenue")),
        undefined="no sales",
    ),
)

PRODUCTIVITY = (
    Outcome(
        "intensity",
        Unit.FACTOR,
        "higher",
        "How hard reps work; 1 is usual.",
        per_rep("intensity"),
        undefined="no reps",
    ),
    Outcome(
        "skill",
        Unit.SKILL,
        "higher",
        "Mean skill of reps, at the end.",
        per_rep_at_end("skill"),
        undefined="no reps",
    ),
    Outcome(
        "top_fifth_share",
        Unit.SHARE,
        "neither",
        "Credit of the best fifth of reps, of all credit in a year.",
        top_fifth_share,
        undefined="no credit",
    ),
    Outcome(
        "quintile_ratio",
        Unit.RATIO,
        "neither",
        "Credit of the best fifth of reps over that of the last fifth in a year.",
        quintile_ratio,
        undefined="no credit",
    ),
    Outcome(
        "rank_correlation",
        Unit.CORRELATION,
        "neither",
        "How far those who sell most in a year do so in the next.",
        rank_correlation,
        undefined="fewer than three reps who stay for two years",
    ),
    Outcome(
        "coaching_hours",
        Unit.HOURS,
        "higher",
        "Hours of coaching given.",
        total("coaching_hours"),
        noun="time for coaching",
    ),
    Outcome(
        "training_hours",
        Unit.HOURS,
        "neither",
        "Hours that reps spent in training.",
        total("training_hours"),
        noun="time for training",
    ),
    Outcome(
        "reviews",
        Unit.REVIEWS,
        "neither",
        "Accounts reviewed.",
        total("reviews"),
        noun="number of account reviews",
    ),
    Outcome(
        "adoption",
        Unit.SHARE,
        "higher",
        "How far reps use account information, at the end.",
        per_rep_at_end("adoption"),
        undefined="no reps",
    ),
    Outcome(
        "approvals_asked",
        Unit.REQUESTS,
        "lower",
        "Requests for a price below authority.",
        total("approvals_asked"),
        noun="number of approvals asked",
    ),
    Outcome(
        "approvals_granted_share",
        Unit.SHARE,
        "neither",
        "Requests granted, of those answered.",
        _granted_share,
        undefined="no requests",
    ),
    Outcome(
        "asking_hours",
        Unit.HOURS,
        "lower",
        "Hours that reps spent asking for prices; managers spent as many.",
        total("asking_hours"),
        noun="time for asking prices",
    ),
)

PEOPLE = (
    Outcome(
        "turnover",
        Unit.PER_YEAR,
        "lower",
        "Reps who leave within a year.",
        _turnover,
        undefined="no reps",
    ),
    Outcome(
        "staffed", Unit.SEATS, "higher", "Seats filled.", average("staffed"), noun="number of seats filled"
    ),
    Outcome(
        "vacancy",
        Unit.SHARE,
        "lower",
        "Seats that stand empty.",
        lambda history: 1.0 - share_of_seats("staffed")(history),
    ),
    Outcome(
        "in_ramp",
        Unit.SHARE,
        "lower",
        "Seats held by a newcomer in ramp.",
        share_of_seats("in_ramp"),
        noun="share of newcomers in ramp",
    ),
)
