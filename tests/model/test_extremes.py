"""Firms at the edge: nothing crashes, nothing becomes infinite or undefined, all stays within bounds."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given

from salesim.inputs.declared import declared_numbers
from salesim.model.agents import run_mesa
from salesim.model.columns import names
from salesim.model.ideal import Ideal
from salesim.model.tables import Tables
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.rules.organisation import managers_needed, upper_levels, upper_managers
from salesim.rules.territories import Territories
from tests.firms import (
    TABLES,
    busy_firm,
    differences,
    ideals,
    nested,
    policies,
    scenarios,
    seeds,
    simulated,
    small_firm,
)

NOBODY = {"turnover": 0.99, "pay_response": 20.0}
EXTREMES = {
    "one rep": {"organisation": {"headcount": 1}},
    "one account": {"organisation": {"accounts": 1}},
    "no customers": {"organisation": {"accounts": 0}},
    "one rep and no customers": {"organisation": {"headcount": 1, "accounts": 0}},
    "one rep and one account": {"organisation": {"headcount": 1, "accounts": 1}},
    "more reps than accounts": {"organisation": {"headcount": 20, "accounts": 7}},
    "more reps than accounts, handed on": {
        "organisation": {"headcount": 20, "accounts": 7},
        "leaving": {"turnover": 0.9},
        "handover": {"account_handover": "similar_rep", "vacancy_weeks": 4},
    },
    "span larger than headcount": {"organisation": {"span_of_control": 1_000}},
    "a manager for each rep": {
        "organisation": {"span_of_control": 1},
        "coaching": {"coaching_focus": "middle"},
    },
    "ten levels": {"organisation": {"hierarchy_hops": 10}},
    "ten levels and pyramids of two": {
        "organisation": {"hierarchy_hops": 10, "upper_span": 2, "headcount": 40, "span_of_control": 1}
    },
    "no levels between": {"organisation": {"hierarchy_hops": 2}},
    "no need": {"needs": {"rate": 0.0}},
    "ten needs a week": {"needs": {"rate": 10.0}},
    "everyone leaves": {"leaving": NOBODY},
    "everyone leaves for good": {"leaving": NOBODY, "handover": {"vacancy_weeks": 520}},
    "everyone leaves and accounts are handed on": {
        "leaving": NOBODY,
        "handover": {"vacancy_weeks": 5, "account_handover": "existing_rep"},
    },
    "seats filled at once": {"leaving": {"turnover": 0.99}, "handover": {"vacancy_weeks": 0}},
    "no turnover": {"leaving": {"turnover": 0.0}},
    "all target": {"market": {"target_share": 1.0}},
    "no target": {"market": {"target_share": 0.0}},
    "nothing but targets by plan": {"market": {"target_fit": 0.0, "other_fit": 0.0}},
    "all discipline and no target": {
        "market": {"target_share": 0.0},
        "accounts": {"targeting_discipline": 1.0},
    },
    "zero hours": {"organisation": {"hours_per_week": 0.0}},
    "all hours": {"organisation": {"hours_per_week": 168.0}, "accounts": {"selling_time_share": 1.0}},
    "no selling time": {"accounts": {"selling_time_share": 0.0}},
    "all time in training": {"training": {"training_days": 60.0, "value_selling_training": 500.0}},
    "a year of onboarding": {
        "training": {"onboarding": 52},
        "leaving": {"turnover": 0.9},
        "handover": {"vacancy_weeks": 0},
    },
    "no pay": {"pay": {"target_pay": 0.0, "commission_rate": 0.0}, "payout": {"bonus": 0.0}},
    "no variable pay": {"pay": {"pay_mix": 0.0, "plan_kind": "quota"}},
    "all pay is variable": {"pay": {"pay_mix": 1.0, "plan_kind": "quota"}},
    "nothing below quota": {"payout": {"threshold": 1.0, "year_threshold": 1.0, "year_share": 0.5}},
    "nothing beyond quota": {
        "payout": {"cap": 1.0, "year_cap": 1.0, "year_share": 0.5, "accelerator": 0.0}
    },
    "huge bonuses": {
        "payout": {"bonus": 1e6, "year_bonus": 1e6, "accelerator": 20.0, "year_accelerator": 20.0}
    },
    "pay by the week": {"pay": {"period_weeks": 1}},
    "pay by the year": {"pay": {"period_weeks": 52}, "payout": {"year_share": 1.0}},
    "quotas of half the plan": {"quotas": {"over_assignment": -0.5, "quota_ratchet": 2.0}},
    "quotas of twice the plan": {"quotas": {"over_assignment": 1.0, "quota_ratchet": 2.0}},
    "all authority": {"regime": {"discount_authority": 1.0}},
    "no authority": {"regime": {"discount_authority": 0.0}, "approval": {"approval_hours": 0.0}},
    "no authority and no leniency": {
        "regime": {"discount_authority": 0.0},
        "approval": {"approval_leniency": 0.0},
    },
    "a list price near zero": {"regime": {"list_price_change": -1e6}},
    "a list price that nobody pays": {"regime": {"list_price_change": 1e6}},
    "all prices are tests": {"estimates": {"price_test_share": 1.0, "price_test_size": 0.5}},
    "every deal is reviewed by all": {
        "reviews": {"account_review_rate": 1.0, "review_format": "team", "review_hours": 40.0},
        "needs": {"rate": 1.0},
    },
    "requests take all week": {
        "approval": {"approval_hours": 40.0, "approval_leniency": 1.0, "days_per_hour": 30.0}
    },
    "everything comes back": {"returns": {"chance": 1.0, "part": 1.0, "weeks": 1}},
    "all pay is taken back": {
        "clawback": {"clawback_weeks": 260},
        "relationship": {"churn": 0.99, "churn_response": 20.0},
    },
    "all credit is the team's": {
        "team_pay": {"shared_credit": 1.0, "team_bonus": 1e6, "overlay_rate": 1.0, "own_interest": 20.0},
    },
    "every customer leaves": {"relationship": {"churn": 0.99, "churn_response": 20.0}},
    "a year of slack": {"timing": {"timing_slack_weeks": 52, "waiting_cost": 0.0}},
    "no burn-in": {"organisation": {"burn_in_weeks": 0}},
    "ten years of burn-in": {"organisation": {"burn_in_weeks": 520, "weeks": 1}},
    "one week": {"organisation": {"burn_in_weeks": 0, "weeks": 1}},
    "ten years": {"organisation": {"weeks": 520}},
    "one territory has all": {"territories": {"size_spread": 2.0}, "organisation": {"headcount": 30}},
    "equal people": {
        "learning": {"ability_spread": 0.0},
        "hiring": {"task_fit_spread": 0.0},
        "coaching": {"noise_of_view": 0.0, "skill_spread": 0.0, "coaching_focus": "weakest"},
    },
}
LONG = {"ten years", "ten years of burn-in"}
MODES = [(path, mode) for path, number in declared_numbers().items() for mode in number.modes]


def undefined(run: Tables) -> list[str]:
    """Columns that hold something infinite or undefined."""
    found = []
    for table in TABLES:
        records = getattr(run, table)
        for column in records.dtype.names or [...]:
            if records[column].dtype.kind == "f" and not np.isfinite(records[column]).all():
                found.append(f"{table}.{column}")
    return found


SHARES = {
    "managers": ("understanding", "buy_in", "team_understanding", "team_buy_in", "team_skill"),
    "reps": (
        "understanding",
        "buy_in",
        "skill",
        "task_fit",
        "ceiling",
        "articulation",
        "adoption",
        "service",
    ),
    "customers": ("trust", "fit", "planned_fit", "satisfaction", "known"),
    "deals": ("argued",),
    "levels": ("understanding", "self_rated", "buy_in", "recall"),
    "books": (
        "understanding",
        "buy_in",
        "managers_understanding",
        "skill",
        "articulation",
        "adoption",
        "optimism",
    ),
    "office": ("plan_changed",),
}
SIGNED = {  # all other numbers are never negative
    "reps": {
        "plan_until",
        "seen_skill",
        "worth_now",
        "worth_next",
        "shadow",
        "result",
        "credited",
        "credited_this_week",
        "credited_this_year",
        "run_rate",
        "usual_cut",
        "accrued",
        "accrued_at",
        "year_accrued",
        "year_accrued_at",
        "covered_pay",
    },
    "managers": {"credited", "run_rate", "accrued", "accrued_at", "worth_now", "worth_next"},
    "customers": {
        "habit",
        "misjudged",
        "deviation",
        "misfit_of_plan",
        "gap",
        "contract_week",
        "at_risk",
        "return_week",
        "return_credit",
    },
    "deals": {"wanted", "guide_score", "credit", "score", "believed", "felt_cost", "worth"},
    "books": {
        "guide_intercept",
        "contribution",
        "operating_profit",
        "revenue",
        "target_revenue",
        "credited",
        "taken_back",
        "on_target_pay",
        "advances",
    },
    "years": {"credited"},
    "office": {"guide_intercept", "surprise"},
    "keeping": {"rules_end", "rules_known", "quotas_begin"},
}


def check_bounds(run: Tables) -> None:
    """Shares lie between 0 and 1, amounts are not negative, prices not above list."""
    for table, columns in SHARES.items():
        for column in columns:
            values = getattr(run, table)[column]
            assert ((values >= 0.0) & (values <= 1.0 + 1e-12)).all(), f"{table}.{column}"
    for table in TABLES:
        records = getattr(run, table)
        for column in set(records.dtype.names or [...]) - SIGNED.get(table, set()):
            assert (records[column] >= 0).all(), f"{table}.{column}"
    assert (run.deals["price"] <= run.deals["listed"]).all()
    assert (run.deals["guide"] <= run.deals["listed"]).all()
    assert (run.reps["intensity"] > 0.0).all()


def test_signs_are_said_of_columns_that_exist():
    run = simulated(small_firm())
    for table, columns in [*SIGNED.items(), *SHARES.items()]:
        assert set(columns) <= set(getattr(run, table).dtype.names), table


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_firms_live_and_die_without_a_crash(name, ideal):
    firm = small_firm(**EXTREMES[name])
    run = simulated(firm, 9, 0, ideal)
    assert undefined(run) == []
    check_bounds(run)
    if name not in LONG:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert differences(run, simulated(firm, 9, 0, ideal, engine=run_mesa)) == []


@pytest.mark.parametrize(
    "extreme", ["one rep", "no customers", "everyone leaves", "zero hours", "one week", "no need"]
)
@pytest.mark.parametrize(("path", "mode"), MODES)
def test_extreme_firms_in_every_mode(extreme, path, mode):
    groups = {group: dict(numbers) for group, numbers in EXTREMES[extreme].items()}
    for group, numbers in nested({path: mode, "reviews.account_review_rate": 1.0}).items():
        groups[group] = groups.get(group, {}) | numbers
    run = simulated(small_firm(**groups), 9)
    assert undefined(run) == []
    check_bounds(run)


LEVERS = [
    path
    for path, n in declared_numbers().items()
    if n.kind == "lever"
    and not n.modes
    and path not in ("organisation.headcount", "organisation.span_of_control", "pay.period_weeks")
]


@pytest.mark.parametrize("end", ["low", "high"])
def test_all_levers_at_one_end_at_once(end):
    values = {
        path: declared_numbers()[path].type(getattr(declared_numbers()[path], end)) for path in LEVERS
    }
    for ideal in (Ideal(), FULL_EXECUTION, *(Ideal(**{name: True}) for name in names(Ideal))):
        firm = small_firm(**nested({"organisation.weeks": 130} | values))
        run = simulated(firm, 9, 0, ideal)
        assert undefined(run) == []
        check_bounds(run)
        assert differences(run, simulated(firm, 9, 0, ideal, engine=run_mesa)) == []


@given(scenario=scenarios(most_numbers=40), ideal=ideals, seed=seeds)
def test_any_numbers_in_their_ranges_give_defined_results(scenario, ideal, seed):
    assert undefined(simulated(scenario, seed, 0, ideal)) == []


@given(policy=policies(), ideal=ideals, seed=seeds)
def test_any_policy_gives_defined_results_within_bounds(policy, ideal, seed):
    run = simulated(small_firm(**nested({"organisation.weeks": 110} | policy)), seed, 0, ideal)
    assert undefined(run) == []
    check_bounds(run)


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_states_stay_within_their_bounds(scenario, ideal, seed):
    check_bounds(simulated(scenario, seed, 0, ideal))


def test_bounds_hold_in_every_week_of_a_busy_firm():
    """Only the last state of agents is kept; here firms end in each of 60 weeks."""
    for weeks in range(90, 150):
        check_bounds(simulated(busy_firm(organisation={"weeks": weeks}), weeks))


def test_without_needs_nothing_is_sold():
    books = simulated(small_firm(**EXTREMES["no need"]), 9).books
    assert books["needs"].sum() == books["revenue"].sum() == 0
    assert books["salaries"].sum() > 0


def managers_of(firm):
    """Of all levels."""
    size = firm.organisation
    first = managers_needed(size.headcount, size.span_of_control)
    return first + upper_managers(first, size.upper_span, upper_levels(size.hierarchy_hops))


def test_an_empty_firm_sells_only_what_was_open():
    books = simulated(
        small_firm(organisation={"weeks": 156}, **EXTREMES["everyone leaves for good"]), 9
    ).books
    assert books["staffed"][-1] == 0
    assert books["quoted"][-10:].sum() == 0
    assert books["selling_hours"][-10:].sum() == 0
    assert books["salaries"][-1] == pytest.approx(managers_of(small_firm()) * 180_000.0 / 52.0)


def test_nobody_works_without_hours():
    run = simulated(small_firm(**EXTREMES["zero hours"]), 9)
    for column in ("selling_hours", "service_hours", "coaching_hours"):
        assert run.books[column].sum() == 0, column


def test_reps_without_accounts_sell_nothing_and_carry_no_quota():
    run = simulated(small_firm(**EXTREMES["more reps than accounts"], leaving={"turnover": 0.0}), 9)
    idle = run.reps["accounts"] == 0
    assert idle.sum() >= 13
    assert (run.reps["quota"][idle] == 0.0).all()
    assert (run.reps["hours"][idle] == 0.0).all()
    assert run.reps["quota"][~idle].sum() > 0.0


@pytest.mark.parametrize(
    ("headcount", "span", "hops", "upper", "by_level"),
    [
        (1, 1, 2, 2, [1]),
        (6, 3, 4, 8, [2, 1, 1]),
        (64, 8, 4, 8, [8, 1, 1]),
        (40, 1, 6, 2, [40, 20, 10, 5, 3]),
        (7, 3, 3, 2, [3, 2]),
        (5, 1000, 10, 2, [1] * 9),
    ],
)
def test_managers_form_a_pyramid(headcount, span, hops, upper, by_level):
    run = simulated(
        small_firm(
            organisation={
                "headcount": headcount,
                "span_of_control": span,
                "hierarchy_hops": hops,
                "upper_span": upper,
            }
        ),
        9,
    )
    levels = list(run.managers["level"])
    assert levels == sorted(levels)
    assert [levels.count(level) for level in range(1, hops)] == by_level
    assert len(run.levels) == len(run.books) * hops
    upper_ones = run.managers[run.managers["level"] > 1]
    assert (upper_ones["last_rep"] == 0).all()
    assert (upper_ones["last_account"] == 0).all()


def test_the_market_is_cut_whole_into_unequal_territories():
    sizes = [
        simulated(
            small_firm(organisation={"headcount": 12, "accounts": 240}, leaving={"turnover": 0.0}), seed
        ).reps["accounts"]
        for seed in range(20)
    ]
    assert all(each.sum() == 240 for each in sizes)
    spread = np.log(np.maximum(np.concatenate(sizes), 1)).std()
    declared = Territories().size_spread
    assert 0.6 * declared < spread < 1.4 * declared
    equal = simulated(small_firm(territories={"size_spread": 0.0}, leaving={"turnover": 0.0}))
    assert (equal.reps["accounts"] == 8).all()


def test_numbers_have_no_range_that_cannot_be_reached():
    """A range whose end breaks the firm would be no range."""
    for path, number in declared_numbers().items():
        assert math.isfinite(number.low), path
        assert math.isfinite(number.high), path
