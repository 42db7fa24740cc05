"""Firms at the edge: nothing crashes, nothing becomes infinite or undefined."""

import numpy as np
import pytest
from hypothesis import given, settings

from salesim.model.agents import run_mesa
from salesim.model.compiled import run_compiled
from salesim.model.state import Ideal
from salesim.study.simulate import FULL_EXECUTION
from tests.firms import TABLES, differences, ideals, scenarios, seeds, small_firm

EXTREMES = {
    "one rep": {"organisation": {"managers": 1, "span_of_control": 1}},
    "no customers": {"organisation": {"accounts_per_rep": 0}},
    "one rep and no customers": {
        "organisation": {"managers": 1, "span_of_control": 1, "accounts_per_rep": 0}
    },
    "no need": {"needs": {"rate": 0.0}},
    "everyone leaves": {"leaving": {"turnover": 0.99, "pay_response": 20.0}},
    "everyone leaves for good": {
        "leaving": {"turnover": 0.99, "pay_response": 20.0}, "handover": {"vacancy_weeks": 520}
    },
    "seats filled at once": {"leaving": {"turnover": 0.99}, "handover": {"vacancy_weeks": 0}},
    "all target": {"market": {"target_share": 1.0}},
    "no target": {"market": {"target_share": 0.0}},
    "zero hours": {"organisation": {"hours_per_week": 0.0}},
    "no selling time": {"accounts": {"selling_time_share": 0.0}},
    "no pay": {"pay": {"base_salary": 0.0, "commission_rate": 0.0, "bonus": 0.0}},
    "all authority": {"discounting": {"discount_authority": 1.0}},
    "no authority": {"discounting": {"discount_authority": 0.0}},
    "every customer leaves": {"relationship": {"churn": 0.99, "churn_response": 20.0}},
    "no burn-in": {"organisation": {"burn_in_weeks": 0}},
    "one week": {"organisation": {"burn_in_weeks": 0, "weeks": 1}},
    "ten levels": {"organisation": {"hierarchy_hops": 10}},
    "ten years": {"organisation": {"weeks": 520}},
}


def undefined(run) -> list[str]:
    """Columns that hold something infinite or undefined."""
    found = []
    for table in TABLES[:3] + TABLES[4:]:
        records = getattr(run, table)
        for column in records.dtype.names:
            if records[column].dtype.kind == "f" and not np.isfinite(records[column]).all():
                found.append(f"{table}.{column}")
    return found


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_firms_live_and_die_without_a_crash(name, ideal):
    firm = small_firm(**EXTREMES[name])
    run = run_compiled(firm, 9, 0, ideal)
    assert undefined(run) == []
    if name != "ten years":
        assert differences(run, run_mesa(firm, 9, 0, ideal)) == []


@settings(max_examples=80, deadline=None)
@given(scenario=scenarios(most_numbers=40), ideal=ideals, seed=seeds)
def test_any_numbers_in_their_ranges_give_defined_results(scenario, ideal, seed):
    assert undefined(run_compiled(scenario, seed, 0, ideal)) == []


def test_without_needs_nothing_is_sold():
    books = run_compiled(small_firm(**EXTREMES["no need"]), 9, 0, Ideal()).books
    assert books["needs"].sum() == books["revenue"].sum() == 0
    assert books["salaries"].sum() > 0


def test_an_empty_firm_sells_only_what_was_open():
    firm = small_firm(**EXTREMES["everyone leaves for good"])
    books = run_compiled(firm, 9, 0, Ideal()).books
    assert books["staffed"][-1] == 0
    assert books["quoted"][-10:].sum() == 0
    assert books["needs"][-10:].sum() >= 0


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_states_stay_within_their_bounds(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    for table, column in (
        ("managers", "understanding"), ("managers", "buy_in"), ("reps", "understanding"),
        ("reps", "buy_in"), ("reps", "skill"), ("customers", "trust"), ("customers", "fit"),
        ("customers", "planned_fit"), ("customers", "satisfaction"),
    ):
        values = getattr(run, table)[column]
        assert ((values >= 0.0) & (values <= 1.0)).all(), f"{table}.{column}"
    assert (run.deals["price"] <= scenario.market.list_price).all()
    assert (run.books["variable_pay"] >= 0.0).all()
