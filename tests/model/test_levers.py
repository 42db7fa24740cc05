"""Every lever acts: on the state that it is meant to move, and on an outcome.

Each row is run twice on the same luck, with the lever low and high; both differences must lie
more than three standard errors on the stated side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pytest

from salesim.inputs.declared import declared_values
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.model.tables import Tables
from tests.firms import nested

SEEDS = 16
MANY_SEEDS = 40  # where luck weighs more than the lever
START = 26
SIZE = {
    "organisation.headcount": 12,
    "organisation.span_of_control": 6,
    "organisation.accounts": 240,
    "organisation.burn_in_weeks": START,
    "organisation.weeks": 104,
}
Measure = Callable[[Tables], float]
UP, DOWN = 1.0, -1.0

# Cases in which a lever should matter.
BELIEVERS = {
    "acceptance.sales_voice": 1.0,
    "acceptance.trust_in_head_office": 1.0,
    "acceptance.contradiction": 0.0,
    "communication.fidelity": 1.0,
    "communication.first_hop_fidelity": 1.0,
    "communication.strategy_clarity": 1.0,
    "communication.message_interval": 4,
}
LEAVERS = {"leaving.turnover": 0.6, "leaving.pay_response": 4.0}
PRICE_BY_GUIDE = {
    "regime.price_regime": "guided",
    "estimates.head_office_error": 40.0,
    "market.value_spread": 40.0,
    "market.deal_value_spread": 15.0,
}
BY_THE_YEAR = {"payout.year_share": 1.0}
OFTEN_LOW = {"regime.discount_authority": 0.4}
BY_QUOTA = {"pay.plan_kind": "quota"}
CUSTOMERS_LEAVE = {"relationship.churn": 0.4, "clawback.clawback_weeks": 52}
MUCH_COMES_BACK = {"returns.chance": 0.8, "returns.part": 0.6}


def book(column: str) -> Measure:
    """Sum of a column of the weekly books over the plan."""
    return lambda run: float(run.books[column][START:].sum())


def share(column: str, of: str) -> Measure:
    return lambda run: float(run.books[column][START:].sum() / run.books[of][START:].sum())


def mean_of(table: str, column: str) -> Measure:
    return lambda run: float(getattr(run, table)[column].mean())


def spread_of(table: str, column: str) -> Measure:
    return lambda run: float(getattr(run, table)[column].std())


def deal(column: str) -> Measure:
    """Mean of a column over deals for which a price was named."""
    return lambda run: float(run.deals[column][run.deals["outcome"] != 5].mean())


def deal_spread(column: str) -> Measure:
    return lambda run: float(run.deals[column][run.deals["outcome"] != 5].std())


def plan_error(run: Tables) -> float:
    return float(np.abs(run.customers["fit"] - run.customers["planned_fit"]).mean())


def guide_error(run: Tables) -> float:
    """How far the guide is from the price that would have been best for the firm, on the logit scale."""
    return -float(np.corrcoef(run.deals["guide_score"], run.deals["score"])[0, 1])


def hours_on_targets(run: Tables) -> float:
    hours, targets = run.customers["hours"], run.customers["planned_target"]
    return float(hours[targets].sum() / hours.sum())


def hours_on_new(run: Tables) -> float:
    """Hours of an account that has never bought against those of any."""
    hours, new = run.customers["hours"], run.customers["contract_week"] < 0
    return float(hours[new].mean() / hours.mean())


def has_bought(run: Tables) -> float:
    return float((run.customers["contract_week"] >= 0).mean())


def hours_follow_potential(run: Tables) -> float:
    """Correlation of hours with what an account usually needs."""
    return float(np.corrcoef(run.customers["hours"], run.customers["units"])[0, 1])


def coaching_follows_skill(run: Tables) -> float:
    """How much more coaching goes to those whom the manager thinks better."""
    here = run.reps[run.reps["staffed"]]
    return float(
        (
            (here["coaching"] - here["coaching"].mean()) * (here["seen_skill"] - here["seen_skill"].mean())
        ).mean()
    )


def coaching_in_the_middle(run: Tables) -> float:
    """How much less coaching goes to the best and the worst."""
    here = run.reps[run.reps["staffed"]]
    away = np.abs(here["seen_skill"] - here["seen_skill"].mean())
    return -float(((here["coaching"] - here["coaching"].mean()) * (away - away.mean())).mean())


def pay_spread(run: Tables) -> float:
    paid = run.books["variable_pay"][START:]
    return float(paid[paid > 0].std())


def paydays(run: Tables) -> float:
    return float((run.books["variable_pay"][START:] > 0).sum())


def accounts_waiting(run: Tables) -> float:
    return float(run.reps["accounts"][~run.reps["staffed"]].sum())


def credited_to_nobody(run: Tables) -> float:
    return float((run.books["revenue"] - run.books["credited"])[START:].sum())


def newcomers(column: str) -> Measure:
    """Mean over the people who came after the first day."""
    return lambda run: float(run.reps[column][run.reps["hires"] > 0].mean())


@dataclass(frozen=True)
class Row:
    """One lever: two values, the state and the outcome that the second moves, and which way."""

    lever: str
    low: float | str
    high: float | str
    state: Measure
    state_moves: float
    outcome: Measure
    outcome_moves: float
    case: dict[str, Any] = field(default_factory=dict)
    seeds: int = SEEDS

    @property
    def name(self) -> str:
        return f"{self.lever}: {self.low} to {self.high}"


revenue, contribution, profit = book("revenue"), book("contribution"), book("operating_profit")
understanding, skill, intensity = book("understanding"), book("skill"), book("intensity")
variable_pay, left = book("variable_pay"), book("left")
price, wanted, won = deal("price"), deal("wanted"), book("won")
target_share = share("target_revenue", "revenue")

ROWS = [
    # shared vision
    Row("communication.strategy_clarity", 0.2, 1.0, understanding, UP, contribution, UP),
    Row("communication.communication_mode", "none", "broadcast", understanding, UP, wanted, UP),
    Row("communication.communication_mode", "none", "cascade", understanding, UP, wanted, UP),
    Row("communication.communication_mode", "cascade", "direct", understanding, UP, contribution, UP),
    Row(
        "communication.communication_mode",
        "direct",
        "dialogue",
        plan_error,
        DOWN,
        understanding,
        UP,
        {"market.fit_drift": 0.15, "planning.strategy_refresh_months": 36},
    ),
    Row("communication.message_interval", 4, 104, understanding, DOWN, contribution, DOWN),
    Row("organisation.hierarchy_hops", 2, 6, book("managers_understanding"), DOWN, profit, DOWN),
    Row("acceptance.sales_voice", 0.0, 1.0, book("buy_in"), UP, wanted, UP),
    Row("acceptance.sales_voice", 0.0, 1.0, plan_error, DOWN, book("optimism"), DOWN),
    Row(
        "planning.strategy_refresh_months",
        1,
        36,
        plan_error,
        UP,
        book("target_revenue"),
        DOWN,
        BELIEVERS | {"market.fit_drift": 0.15, "accounts.pull_of_strategy": 4.0},
    ),
    # price and value
    Row("regime.price_regime", "list_only", "delegated", price, DOWN, won, UP),
    Row(
        "regime.price_regime",
        "delegated",
        "guided",
        deal_spread("price"),
        UP,
        price,
        UP,
        {"regime.discount_authority": 0.2},
    ),
    Row("regime.price_regime", "guided", "guided_bounded", price, DOWN, won, UP),
    Row("regime.discount_authority", 0.0, 0.3, price, DOWN, won, UP),
    Row("regime.list_price_change", 0.0, 10.0, deal("listed"), UP, price, UP),
    Row(
        "approval.approval_hours",
        0.0,
        6.0,
        book("approvals_asked"),
        DOWN,
        price,
        UP,
        {"approval.approval_leniency": 0.8},
    ),
    Row(
        "approval.approval_hours",
        0.5,
        20.0,
        share("awaiting", "approvals_asked"),
        UP,
        contribution,
        DOWN,
        {"approval.approval_leniency": 1.0, "needs.deal_units": 5000.0, "regime.discount_authority": 0.0},
    ),
    Row("approval.approval_leniency", 0.0, 1.0, book("approvals_granted"), UP, price, DOWN),
    Row("estimates.pricing_participation", 0.0, 1.0, guide_error, DOWN, contribution, UP, PRICE_BY_GUIDE),
    Row("estimates.pricing_participation", 0.0, 1.0, wanted, UP, price, UP, BELIEVERS),
    Row(
        "training.value_selling_training",
        0.0,
        100.0,
        book("articulation"),
        UP,
        contribution,
        UP,
        {"selling.self_evident": 0.7},
    ),
    Row("estimates.price_test_share", 0.0, 0.6, book("tested"), UP, guide_error, DOWN, PRICE_BY_GUIDE),
    # pay
    Row("pay.target_pay", 100_000, 200_000, book("salaries"), UP, left, DOWN, LEAVERS),
    Row("pay.pay_mix", 0.2, 0.8, book("salaries"), DOWN, left, UP, LEAVERS),
    Row("pay.plan_kind", "commission", "quota", mean_of("reps", "worth_now"), UP, variable_pay, UP),
    Row("pay.commission_rate", 0.01, 0.1, variable_pay, UP, left, DOWN, LEAVERS),
    Row("pay.margin_weight", 0.0, 1.0, wanted, UP, price, UP, {"regime.discount_authority": 0.4}),
    Row("pay.target_rate", 0.0, 0.2, hours_on_targets, UP, target_share, UP, {"accounts.pull_of_pay": 2.0}),
    Row(
        "by_deal.new_rate",
        0.0,
        0.2,
        hours_on_new,
        UP,
        has_bought,
        UP,
        {"accounts.pull_of_pay": 2.0, "needs.rate": 0.02},
    ),
    Row(
        "by_deal.low_margin",
        0.1,
        0.35,
        wanted,
        UP,
        price,
        UP,
        OFTEN_LOW | {"by_deal.low_margin_factor": 0.1},
    ),
    Row("by_deal.low_margin_factor", 1.0, 0.0, wanted, UP, price, UP, OFTEN_LOW),
    Row(
        "by_deal.high_margin",
        0.34,
        0.9,
        deal_spread("price"),
        UP,
        variable_pay,
        DOWN,
        {"by_deal.high_margin_factor": 3.0},
    ),
    Row(
        "by_deal.high_margin_factor",
        1.0,
        3.0,
        intensity,
        UP,
        variable_pay,
        UP,
        {"by_deal.high_margin": 0.35},
    ),
    Row("by_deal.per_deal", 0.0, 1_000.0, wanted, DOWN, price, DOWN, {"regime.discount_authority": 0.4}),
    Row("by_deal.per_unit", 0.0, 1.0, wanted, DOWN, price, DOWN, {"regime.discount_authority": 0.4}),
    Row("pay.period_weeks", 4, 52, paydays, DOWN, pay_spread, UP),
    Row(
        "payout.calendar",
        "even",
        "months",
        paydays,
        DOWN,
        variable_pay,
        DOWN,
        {"pay.period_weeks": 4, "payout.bonus": 30_000},
        MANY_SEEDS,
    ),
    Row("pay.draw", 0.0, 1.5, mean_of("reps", "worth_now"), DOWN, left, DOWN, LEAVERS),
    Row("pay.draw_kind", "guaranteed", "recoverable", intensity, UP, variable_pay, DOWN, {"pay.draw": 1.0}),
    Row("pay.ramp_draw", 0.0, 1.5, newcomers("recent_pay"), UP, left, DOWN, LEAVERS),
    Row("payout.curve", "3% to 200%, 3% above", "3% to 100%, 20% above", intensity, UP, variable_pay, UP),
    Row("payout.year_curve", "none", "0% to 90%, 20% above", intensity, UP, variable_pay, UP),
    Row("payout.threshold", 0.0, 1.0, mean_of("reps", "recent_pay"), DOWN, variable_pay, DOWN),
    Row("payout.accelerator", 1.0, 6.0, intensity, UP, variable_pay, UP),
    Row("payout.bonus", 0.0, 30_000, intensity, UP, variable_pay, UP),
    Row("payout.cap", 1.0, 1000.0, intensity, UP, variable_pay, UP),
    Row(
        "payout.year_share",
        0.0,
        1.0,
        mean_of("reps", "worth_now"),
        DOWN,
        variable_pay,
        DOWN,
        {"payout.accelerator": 4.0},
    ),
    Row(
        "payout.year_threshold",
        0.0,
        1.0,
        mean_of("reps", "recent_pay"),
        DOWN,
        variable_pay,
        DOWN,
        BY_THE_YEAR,
    ),
    Row("payout.year_accelerator", 1.0, 6.0, intensity, UP, variable_pay, UP, BY_THE_YEAR),
    Row("payout.year_bonus", 0.0, 100_000, intensity, UP, variable_pay, UP),
    Row("payout.year_cap", 1.0, 1000.0, intensity, UP, variable_pay, UP, BY_THE_YEAR),
    Row("quotas.over_assignment", 0.0, 0.6, mean_of("reps", "quota"), UP, variable_pay, DOWN),
    Row("quotas.quota_ratchet", 0.0, 1.0, mean_of("reps", "shadow"), UP, intensity, DOWN, BY_QUOTA),
    # the team, and what is taken back
    Row("team_pay.shared_credit", 0.0, 1.0, intensity, DOWN, revenue, DOWN),
    Row("team_pay.team_bonus", 0.0, 30_000, intensity, UP, variable_pay, UP),
    Row(
        "team_pay.manager_curve",
        "none",
        "10% above",
        book("approvals_granted"),
        UP,
        price,
        DOWN,
        {"approval.approval_leniency": 0.4, "team_pay.own_interest": 2.0},
    ),
    # a cost and nothing else: what it moves are costs
    Row("team_pay.overlay_rate", 0.0, 0.02, book("overlay_pay"), UP, profit, DOWN),
    Row("clawback.clawback_weeks", 0, 104, intensity, DOWN, book("taken_back"), UP, CUSTOMERS_LEAVE),
    Row("clawback.clawback_share", 0.0, 1.0, intensity, DOWN, book("taken_back"), UP, CUSTOMERS_LEAVE),
    Row(
        "clawback.clawback_kind",
        "whole",
        "pro_rata",
        intensity,
        UP,
        book("taken_back"),
        DOWN,
        CUSTOMERS_LEAVE,
    ),
    Row("clawback.returned_credit", 0.0, 1.0, intensity, DOWN, variable_pay, DOWN, MUCH_COMES_BACK),
    # productivity
    Row("accounts.selling_time_share", 0.15, 0.5, book("selling_hours"), UP, revenue, UP),
    Row("accounts.targeting_discipline", 0.0, 0.9, hours_on_targets, UP, target_share, UP),
    Row(
        "information.account_information",
        0.0,
        1.0,
        hours_follow_potential,
        UP,
        contribution,
        UP,
        BELIEVERS | {"information.potential_error": 1.5},
    ),
    Row("organisation.span_of_control", 3, 12, book("coaching_hours"), DOWN, skill, DOWN),
    Row("coaching.coaching_share", 0.05, 0.4, book("coaching_hours"), UP, skill, UP),
    Row(
        "coaching.coaching_focus",
        "weakest",
        "strongest",
        coaching_follows_skill,
        UP,
        spread_of("reps", "skill"),
        UP,
    ),
    Row("coaching.coaching_focus", "equal", "middle", coaching_in_the_middle, UP, skill, DOWN),
    Row("reviews.account_review_rate", 0.0, 0.8, book("reviews"), UP, skill, UP),
    Row(
        "reviews.review_format",
        "alone",
        "team",
        book("review_hours"),
        UP,
        understanding,
        UP,
        {"reviews.account_review_rate": 0.3},
    ),
    Row(
        "reviews.review_format",
        "alone",
        "paired",
        spread_of("reps", "skill"),
        DOWN,
        skill,
        UP,
        {"reviews.account_review_rate": 0.3},
    ),
    # people
    Row("organisation.headcount", 6, 18, book("staffed"), UP, revenue, UP),
    Row("hiring.hiring_fit", 0.0, 0.8, mean_of("reps", "ability"), UP, revenue, UP),
    Row("training.training_days", 0.0, 30.0, skill, UP, book("selling_hours"), DOWN),
    Row(
        "training.onboarding",
        0,
        12,
        newcomers("skill"),
        UP,
        book("selling_hours"),
        DOWN,
        LEAVERS | {"handover.vacancy_weeks": 8},
        MANY_SEEDS,
    ),
    Row(
        "handover.account_handover",
        "new_hire",
        "existing_rep",
        accounts_waiting,
        DOWN,
        credited_to_nobody,
        DOWN,
        LEAVERS,
    ),
    Row(
        "handover.account_handover",
        "existing_rep",
        "similar_rep",
        mean_of("customers", "trust"),
        UP,
        revenue,
        UP,
        LEAVERS
        | {
            "handover.strangeness": 0.0,
            "handover.portability": 1.0,
            "handover.firms_share": 0.0,
            "buying.trust_weight": 3.0,
        },
        MANY_SEEDS,
    ),
    Row("handover.vacancy_weeks", 2, 50, book("staffed"), DOWN, revenue, DOWN, LEAVERS),
]


def test_no_lever_and_no_mode_is_missing_from_the_table():
    levers = {path: n for path, n in declared_values().items() if n.kind == "lever"}
    assert {row.lever for row in ROWS} == set(levers)
    for path, number in levers.items():
        named = {value for row in ROWS if row.lever == path for value in (row.low, row.high)}
        assert set(number.modes) <= named, path


@cache
def run_of(firm: str, seed: int) -> Tables:
    """The run of a firm that is written as JSON: most rows share the one in which nothing is set."""
    return run_compiled(Run(Scenario.model_validate_json(firm), Luck(seed, 0)))


def runs(row: Row, value: float | str) -> list[Tables]:
    number = declared_values()[row.lever]
    moved = {row.lever: value if number.modes else number.type(value)}
    firm = Scenario.model_validate(nested(SIZE | row.case | moved)).model_dump_json()
    return [run_of(firm, seed) for seed in range(row.seeds)]


def effect(measure: Measure, low: list[Tables], high: list[Tables]) -> tuple[float, float]:
    """Mean paired difference and its standard error."""
    gains = np.array([measure(b) - measure(a) for a, b in zip(low, high, strict=True)])
    return float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(gains)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_lever_acts(row):
    low, high = runs(row, row.low), runs(row, row.high)
    for name, measure, direction in (
        ("state", row.state, row.state_moves),
        ("outcome", row.outcome, row.outcome_moves),
    ):
        mean, error = effect(measure, low, high)
        said = f"{row.name}: {name} {mean:.4g} +- {error:.2g}"
        assert direction * mean > 3.0 * error, said
        assert mean != 0.0, said
