"""Every lever acts: on the state that it is meant to move, and on an outcome.

Each row is run twice on the same luck, with the lever low and high; both differences must lie
more than three standard errors on the stated side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from salesim.model.compiled import run_compiled
from salesim.model.scenario import Scenario
from salesim.model.state import Ideal
from salesim.model.tables import Tables
from salesim.scenario.declared import declared_numbers
from tests.firms import nested

SEEDS = 24
Measure = Callable[[Tables], float]
UP, DOWN = 1.0, -1.0
BELIEVERS = {
    "acceptance.sales_voice": 1.0, "acceptance.trust_in_head_office": 1.0,
    "acceptance.contradiction": 0.0, "communication.fidelity": 1.0, "communication.absorption": 1.0,
    "communication.strategy_clarity": 1.0,
}


def book(column: str) -> Measure:
    return lambda run: float(run.books[column][26:].sum())


def mean_of(table: str, column: str) -> Measure:
    return lambda run: float(getattr(run, table)[column].mean())


def price(run: Tables) -> float:
    return float(run.deals["price"].mean())


def wanted(run: Tables) -> float:
    return float(run.deals["wanted"].mean())


def plan_error(run: Tables) -> float:
    return float(np.abs(run.customers["fit"] - run.customers["planned_fit"]).mean())


def pay_spread(run: Tables) -> float:
    return float(run.books["variable_pay"][26:][run.books["variable_pay"][26:] > 0].std())


def paydays(run: Tables) -> float:
    return float((run.books["variable_pay"][26:] > 0).sum())


@dataclass(frozen=True)
class Row:
    """One lever: two values, the state and the outcome that the higher one moves, and which way."""

    lever: str
    low: float
    high: float
    state: Measure
    state_moves: float
    outcome: Measure
    outcome_moves: float
    case: dict[str, Any] = field(default_factory=dict)


revenue, contribution = book("revenue"), book("contribution")
ROWS = [
    Row("communication.strategy_clarity", 0.2, 1.0, book("understanding"), UP, contribution, UP),
    Row("communication.message_interval", 4, 104, book("understanding"), DOWN, contribution, DOWN,
        {"communication.strategy_clarity": 1.0, "communication.fidelity": 0.95}),
    Row("acceptance.sales_voice", 0.0, 1.0, book("buy_in"), UP, wanted, UP,
        {"communication.strategy_clarity": 1.0, "communication.fidelity": 1.0}),
    Row("pay.base_salary", 60_000, 130_000, mean_of("reps", "recent_pay"), UP, book("left"), DOWN,
        {"leaving.turnover": 0.5}),
    Row("pay.commission_rate", 0.01, 0.1, book("variable_pay"), UP, book("left"), DOWN,
        {"leaving.turnover": 0.5}),
    Row("pay.margin_weight", 0.0, 1.0, wanted, UP, price, UP, {"discounting.discount_authority": 0.4}),
    Row("pay.accelerator", 1.0, 6.0, book("intensity"), UP, book("variable_pay"), UP),
    Row("pay.bonus", 0.0, 30_000, book("intensity"), UP, book("variable_pay"), UP),
    Row("pay.period_weeks", 4, 52, paydays, DOWN, pay_spread, UP),
    Row("accounts.selling_time_share", 0.15, 0.5, book("selling_hours"), UP, revenue, UP),
    Row("discounting.discount_authority", 0.0, 0.3, price, DOWN, book("won"), UP),
    Row("approval.approval_hours", 0.0, 6.0, book("approvals_asked"), DOWN, price, UP,
        {"approval.approval_leniency": 0.8, "needs.deal_units": 5000.0}),
    Row("approval.approval_leniency", 0.0, 1.0, book("approvals_granted"), UP, price, DOWN,
        {"approval.approval_hours": 0.1}),
    Row("coaching.coaching_share", 0.05, 0.4, book("coaching_hours"), UP, book("skill"), UP),
    Row("handover.vacancy_weeks", 2, 50, book("staffed"), DOWN, revenue, DOWN, {"leaving.turnover": 0.5}),
    Row("planning.over_assignment", 0.0, 0.6, mean_of("reps", "quota"), UP, book("variable_pay"), DOWN),
    Row("planning.strategy_refresh_months", 1, 36, plan_error, UP, book("target_revenue"), DOWN,
        BELIEVERS | {"market.fit_drift": 0.15, "accounts.pull_of_strategy": 4.0}),
    Row("organisation.hierarchy_hops", 2, 6, book("managers_understanding"), DOWN, book("understanding"), DOWN),
]


def test_no_lever_is_missing_from_the_table():
    levers = {path for path, number in declared_numbers().items() if number.kind == "lever"}
    assert {row.lever for row in ROWS} == levers


def runs(row: Row, value: float) -> list[Tables]:
    size = {"organisation.managers": 2, "organisation.span_of_control": 6, "organisation.accounts_per_rep": 20,
            "organisation.burn_in_weeks": 26, "organisation.weeks": 104}
    kind = declared_numbers()[row.lever].type
    firm = Scenario.model_validate(nested(size | row.case | {row.lever: kind(value)}))
    return [run_compiled(firm, seed, 0, Ideal()) for seed in range(SEEDS)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.lever)
def test_every_lever_acts(row):
    low, high = runs(row, row.low), runs(row, row.high)
    for name, measure, direction in (
        ("state", row.state, row.state_moves), ("outcome", row.outcome, row.outcome_moves),
    ):
        gains = direction * np.array([measure(b) - measure(a) for a, b in zip(low, high, strict=True)])
        error = gains.std(ddof=1) / np.sqrt(len(gains))
        assert gains.mean() > 3.0 * error, f"{row.lever}: {name} {direction * gains.mean():.4g} +- {error:.2g}"
        assert gains.mean() > 0.0
