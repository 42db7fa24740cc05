"""Causes at their ideal: they act from the first week of the plan, and only where something is amiss."""

import dataclasses

import numpy as np
import pytest

from salesim.model.compiled import run_compiled
from salesim.model.state import Ideal, names
from salesim.study.simulate import FULL_EXECUTION
from tests.firms import differences, small_firm

CAUSES = names(Ideal)


def contribution(firm, ideal: Ideal, seeds: range = range(12)) -> np.ndarray:
    start = firm.organisation.burn_in_weeks
    return np.array([run_compiled(firm, seed, 0, ideal).books["contribution"][start:].sum() for seed in seeds])


def test_the_burn_in_is_the_same_whatever_is_ideal():
    firm = small_firm()
    as_it_is = run_compiled(firm, 1, 0, Ideal()).books[:13]
    for cause in CAUSES:
        ideal = run_compiled(firm, 1, 0, Ideal(**{cause: True})).books[:13]
        assert all((ideal[c] == as_it_is[c]).all() for c in ideal.dtype.names), cause


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_acts(cause):
    """Each alone changes the deals of a firm in which everything goes on."""
    firm = small_firm(
        organisation={"weeks": 104}, leaving={"turnover": 0.5}, market={"fit_drift": 0.2},
        needs={"rate": 0.2},
    )
    ideal, as_it_is = (run_compiled(firm, 1, 0, i) for i in (Ideal(**{cause: True}), Ideal()))
    assert any(d.startswith("deals") for d in differences(ideal, as_it_is))


@pytest.mark.parametrize(
    ("cause", "firm"),
    [
        ("seats_filled", {"leaving": {"turnover": 0.0}}),
        ("value_argued", {"selling": {"self_evident": 1.0}}),
        ("best_effort", {"effort": {"lowest": 1.0, "highest": 1.0}}),
    ],
)
@pytest.mark.parametrize("others", [Ideal(), FULL_EXECUTION], ids=["alone", "beside all others"])
def test_a_cause_already_at_its_ideal_changes_nothing(cause, firm, others):
    on, off = (dataclasses.replace(others, **{cause: on}) for on in (True, False))
    firm = small_firm(**firm)
    assert differences(run_compiled(firm, 3, 0, on), run_compiled(firm, 3, 0, off)) == []


@pytest.mark.parametrize("others", [Ideal(), FULL_EXECUTION], ids=["alone", "beside all others"])
def test_without_drift_a_stale_plan_costs_nothing(others):
    on, off = (dataclasses.replace(others, plan_is_fresh=on) for on in (True, False))
    firm = small_firm(market={"fit_drift": 0.0})
    assert differences(run_compiled(firm, 3, 0, on), run_compiled(firm, 3, 0, off)) == []


def test_without_authority_and_leniency_only_list_is_quoted():
    firm = small_firm(discounting={"discount_authority": 0.0}, approval={"approval_leniency": 0.0})
    assert set(run_compiled(firm, 3, 0, Ideal()).deals["price"]) == {100.0}


def test_ideal_prices_earn_more_than_any_single_discount_limit():
    """Per deal, the ideal price is the best for the firm: no limit can beat it on average."""
    fixed = {"organisation": {"weeks": 104}, "needs": {"rate": 0.2}, "leaving": {"turnover": 0.0}}
    best = contribution(small_firm(**fixed), Ideal(best_prices=True))
    for authority in (0.0, 0.1, 0.3):
        firm = small_firm(**fixed, discounting={"discount_authority": authority})
        gain = best - contribution(firm, Ideal())
        assert gain.mean() > 0.0, authority


def test_full_execution_beats_the_firm_as_it_is_under_every_seed():
    firm = small_firm(organisation={"weeks": 104})
    assert (contribution(firm, FULL_EXECUTION) > contribution(firm, Ideal())).all()


def test_seats_that_are_empty_when_the_plan_starts_are_filled_at_once():
    firm = small_firm(
        organisation={"burn_in_weeks": 26}, leaving={"turnover": 0.95}, handover={"vacancy_weeks": 200}
    )
    run = run_compiled(firm, 3, 0, Ideal(seats_filled=True))
    assert run.books["staffed"][25] < 6
    assert (run.books["staffed"][26:] == 6).all()
    assert run.books["selling_hours"][26] == pytest.approx(6 * 40.0 * 0.33)
    assert (run.reps["accounts"] == 8).all()


def test_skill_is_best_from_the_first_week_of_the_plan():
    firm = small_firm(leaving={"turnover": 0.9}, handover={"vacancy_weeks": 1})
    before, first = run_compiled(firm, 3, 0, Ideal(best_skill=True)).books["skill"][12:14]
    assert first > before
    steady = small_firm(leaving={"turnover": 0.0})
    skill = run_compiled(steady, 3, 0, Ideal(best_skill=True)).books["skill"][13:]
    assert (np.diff(skill) >= -1e-12).all()


def test_much_coaching_is_not_undone_by_best_practice():
    firm = small_firm(coaching={"coaching_share": 0.9}, organisation={"weeks": 104})
    best, own = (run_compiled(firm, 3, 0, Ideal(best_skill=on)).books["skill"] for on in (True, False))
    assert (best >= own - 1e-12).all()
