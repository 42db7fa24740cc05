"""Both engines run the same source: every series, deal and final state is equal bit for bit."""

import pytest
from hypothesis import given, settings

from salesim.model import tables
from salesim.model.agents import run_mesa
from salesim.model.compiled import run_compiled
from salesim.model.state import Ideal
from salesim.study.simulate import FULL_EXECUTION
from tests.firms import differences, ideals, replicates, scenarios, seeds, small_firm


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds, replicate=replicates)
def test_engines_agree_bit_for_bit_on_any_policy(scenario, ideal, seed, replicate):
    compiled = run_compiled(scenario, seed, replicate, ideal)
    mesa = run_mesa(scenario, seed, replicate, ideal)
    assert differences(compiled, mesa) == []


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
def test_engines_agree_on_a_firm_with_everything_going_on(ideal):
    """Two years in which deals, approvals, churn, leaving, hiring and handovers all happen."""
    firm = small_firm(
        organisation={"burn_in_weeks": 52, "weeks": 104},
        leaving={"turnover": 0.6}, handover={"vacancy_weeks": 6},
        relationship={"churn": 0.4}, needs={"rate": 0.2},
        approval={"approval_leniency": 0.8, "approval_hours": 0.5},
    )
    compiled, mesa = (run(firm, 4, 1, ideal) for run in (run_compiled, run_mesa))
    assert differences(compiled, mesa) == []
    happened = ["won", "lost", "no_decision", "left", "hired", "churned"]
    happened += ["approvals_granted"] if ideal == Ideal() or not ideal.best_prices else []
    assert all(compiled.books[column].sum() > 0 for column in happened)


def test_a_different_seed_or_replicate_is_a_different_history():
    firm = small_firm()
    first = run_compiled(firm, 1, 0, Ideal())
    assert differences(first, run_compiled(firm, 1, 0, Ideal())) == []
    assert differences(first, run_compiled(firm, 2, 0, Ideal()))
    assert differences(first, run_compiled(firm, 1, 1, Ideal()))


def test_deal_table_grows_without_changing_history(monkeypatch):
    """With hardly any room at first the table grows several times on the way."""
    firm = small_firm(needs={"rate": 0.3}, organisation={"weeks": 104})
    roomy = run_compiled(firm, 3, 0, Ideal())
    monkeypatch.setattr(tables, "DEALS_PER_NEED", 0.0)
    grown = run_compiled(firm, 3, 0, Ideal())
    assert len(grown.deals) > 4 * len(grown.customers)
    assert differences(roomy, grown) == []
