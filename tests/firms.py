"""Small firms, and ways to compare and to vary them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from salesim.inputs.declared import Declared, declared_numbers
from salesim.model.columns import names
from salesim.model.compiled import run_compiled
from salesim.model.ideal import Ideal
from salesim.model.run import Run
from salesim.model.scenario import Scenario, datable_levers
from salesim.model.state import Luck
from salesim.model.tables import Tables
from salesim.rules.knots import SHORT_FORMS
from tests.rules.curves import payouts

TABLES = (
    "managers",
    "reps",
    "customers",
    "order",
    "deals",
    "books",
    "levels",
    "years",
    "office",
    "quotas",
    "keeping",
    "given",
    "tenures",
)

PLANS_OF_GROUPS = [{"name": "new", "tenure_below": 20, "pay": {"draw": 0.5}}]


def small_firm(**groups: dict[str, Any]) -> Scenario:
    """Two teams of three with eight accounts or so each, a quarter of burn-in and a year of plan."""
    size = {"headcount": 6, "span_of_control": 3, "accounts": 48, "burn_in_weeks": 13, "weeks": 52}
    organisation = size | groups.pop("organisation", {})
    return Scenario.model_validate({"organisation": organisation, **groups})


def simulated(
    firm: Scenario,
    seed: int = 3,
    replicate: int = 0,
    ideal: Ideal | None = None,
    engine=run_compiled,
    **kept: Any,
) -> Tables:
    """One run of a firm, on the compiled engine unless said otherwise."""
    return engine(Run(firm, Luck(seed, replicate), ideal or Ideal(), **kept))


def nested(paths: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Paths such as `pay.bonus` turned into groups."""
    groups: dict[str, dict[str, Any]] = {}
    for path, value in paths.items():
        group, _, name = path.partition(".")
        groups.setdefault(group, {})[name] = value
    return groups


def differences(a: Tables, b: Tables) -> list[str]:
    """Every column in which two runs differ in a single bit."""
    found = []
    for table in TABLES:
        x, y = getattr(a, table), getattr(b, table)
        if x.shape != y.shape:
            found.append(f"{table}: {x.shape} rows against {y.shape}")
        elif x.dtype.names is None:
            found += [table] if x.tobytes() != y.tobytes() else []
        else:
            found += [
                f"{table}.{c}: first at row {int(np.nonzero(x[c] != y[c])[0][:1].sum())}"
                for c in x.dtype.names
                if x[c].tobytes() != y[c].tobytes()
            ]
    return found


def _value(number: Declared) -> st.SearchStrategy[Any]:
    if number.modes:
        return st.sampled_from(number.modes)
    if number.path == "pay.period_weeks":
        return st.sampled_from([1, 2, 4, 13, 26, 52])
    if number.type is int:
        return st.integers(int(number.low), int(number.high))
    return st.floats(number.low, number.high)


@st.composite
def scenarios(draw: st.DrawFn, most_numbers: int = 12) -> Scenario:
    """A small firm in which up to twelve numbers lie anywhere in their declared ranges."""
    free = [p for p, n in declared_numbers().items() if not p.startswith("organisation.")]
    free = [
        p for p in free if p not in ("market.list_price", "market.unit_cost", "planning.planned_discount")
    ]
    chosen = draw(st.lists(st.sampled_from(free), unique=True, max_size=most_numbers))
    groups = nested({path: draw(_value(declared_numbers()[path])) for path in chosen})
    groups["organisation"] = {
        "headcount": draw(st.integers(1, 8)),
        "span_of_control": draw(st.integers(1, 4)),
        "accounts": draw(st.integers(0, 60)),
        "hierarchy_hops": draw(st.integers(2, 5)),
        "upper_span": draw(st.integers(2, 4)),
        "hours_per_week": draw(st.floats(0, 80)),
        "burn_in_weeks": draw(st.integers(0, 30)),
        "weeks": draw(st.integers(1, 80)),
    }
    curve = draw(st.just("none") | payouts().map(lambda plan: plan.model_dump()["curve"]))
    short_forms = SHORT_FORMS["curve"] if curve != "none" else {}
    said = {name: value for name, value in groups.get("payout", {}).items() if name not in short_forms}
    groups["payout"] = {**said, "curve": curve}
    left_out = {f"payout.{name}" for name in short_forms}
    return Scenario.model_validate({**groups, "dated": draw(_dated_levers(left_out))})


@st.composite
def _dated_levers(draw: st.DrawFn, left_out: set[str]) -> list[dict[str, Any]]:
    """Up to three levers that are moved during the plan and put back, or not."""
    free = sorted(datable_levers() & {*declared_numbers()} - left_out)
    levers = draw(st.lists(st.sampled_from(free), unique=True, max_size=3))
    entries = []
    for lever in levers:
        start = draw(st.integers(0, 40))
        stop = draw(st.one_of(st.none(), st.integers(start + 1, 90)))
        value = draw(_value(declared_numbers()[lever]))
        entries.append({"lever": lever, "value": value, "start": start, "stop": stop})
    return entries


ideals = st.builds(Ideal, **{name: st.booleans() for name in names(Ideal)})
seeds = st.integers(0, 2**63 - 1)
replicates = st.integers(0, 2**32 - 1)


def busy_firm(**groups: dict[str, Any]) -> Scenario:
    """Three teams in which everything happens that can happen, with levers moved and put back."""
    everything: dict[str, dict[str, Any]] = {
        "organisation": {
            "headcount": 8,
            "accounts": 80,
            "hierarchy_hops": 4,
            "upper_span": 2,
            "burn_in_weeks": 39,
            "weeks": 143,
        },
        "market": {"fit_drift": 0.1},
        "needs": {"rate": 0.25},
        "planning": {"strategy_refresh_months": 3},
        "communication": {"communication_mode": "dialogue", "message_interval": 8},
        "pay": {"plan_kind": "quota", "margin_weight": 0.3, "target_rate": 0.02, "ramp_draw": 0.8},
        "payout": {
            "threshold": 0.2,
            "accelerator": 2.0,
            "bonus": 4_000.0,
            "cap": 3.0,
            "year_share": 0.4,
            "year_threshold": 0.3,
            "year_accelerator": 1.5,
            "year_bonus": 10_000.0,
            "year_cap": 2.5,
        },
        "quotas": {"quota_ratchet": 0.6},
        "accounts": {"targeting_discipline": 0.2},
        "information": {"account_information": 0.6},
        "approval": {"approval_leniency": 0.8, "approval_hours": 1.0, "days_per_hour": 4.0},
        "estimates": {"price_test_share": 0.2, "pricing_participation": 0.5},
        "coaching": {"coaching_focus": "strongest"},
        "reviews": {"account_review_rate": 0.5, "review_format": "team"},
        "training": {"training_days": 8.0, "value_selling_training": 40.0, "onboarding": 3},
        "leaving": {"turnover": 0.6},
        "handover": {"account_handover": "similar_rep", "vacancy_weeks": 6},
        "relationship": {"churn": 0.4},
        "team_pay": {
            "shared_credit": 0.2,
            "team_bonus": 3_000.0,
            "manager_curve": "0.5% to 100%, 2% above, 900 at 100%",
            "overlay_rate": 0.01,
        },
        "clawback": {
            "clawback_weeks": 26,
            "clawback_share": 0.8,
            "clawback_kind": "pro_rata",
            "returned_credit": 0.7,
        },
        "returns": {"chance": 0.3, "part": 0.3},
    }
    for group, numbers in groups.items():
        lists = isinstance(numbers, list)
        everything[group] = numbers if lists else everything.get(group, {}) | numbers
    dated = [
        {"lever": "regime.list_price_change", "value": 6.0, "start": 20, "stop": 70},
        {"lever": "regime.price_regime", "value": "guided_bounded", "start": 80, "stop": 120},
        {"lever": "reviews.review_format", "value": "paired", "start": 50},
        {"lever": "coaching.coaching_focus", "value": "middle", "start": 60, "stop": 61},
        {"lever": "pay.plan_kind", "value": "commission", "start": 100},
        {"lever": "pay.commission_rate", "value": 0.08, "start": 107, "announced": 4},
        {"lever": "by_deal.per_deal", "value": 90.0, "start": 10, "stop": 30},
        {"lever": "by_deal.new_rate", "value": 0.01, "start": 5, "stop": 30},
        {"lever": "by_deal.low_margin_factor", "value": 0.7, "start": 12, "stop": 35},
        {"lever": "by_deal.high_margin_factor", "value": 1.2, "start": 12, "stop": 35},
        {"lever": "team_pay.shared_credit", "value": 0.5, "start": 30, "stop": 60},
        {"lever": "team_pay.team_bonus", "value": 6_000.0, "start": 22, "stop": 48, "announced": 3},
        {"lever": "team_pay.manager_curve", "value": "1% to 90%, 3% on all above", "start": 17},
        {"lever": "team_pay.overlay_rate", "value": 0.0, "start": 70},
        {"lever": "clawback.clawback_weeks", "value": 0, "start": 65, "stop": 95},
        {"lever": "clawback.clawback_kind", "value": "whole", "start": 40},
        {"lever": "clawback.clawback_share", "value": 0.4, "start": 55, "stop": 66},
        {"lever": "clawback.returned_credit", "value": 0.0, "start": 75, "stop": 85},
        {"lever": "pay.draw", "value": 0.9, "start": 45, "stop": 75},
        {"lever": "pay.draw_kind", "value": "recoverable", "start": 58},
        {"lever": "handover.account_handover", "value": "new_hire", "start": 90, "stop": 130},
    ]
    size = everything.pop("organisation")
    firm = small_firm(organisation=size, **everything)
    return Scenario.model_validate(firm.model_dump() | {"dated": dated})


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """Many levers at once, anywhere in their ranges, by path."""
    levers = [
        p for p, n in declared_numbers().items() if n.kind == "lever" and not p.startswith("organisation.")
    ]
    chosen = draw(st.lists(st.sampled_from(levers), unique=True, min_size=10))
    return {path: draw(_value(declared_numbers()[path])) for path in chosen}
