"""Nothing is lost and nothing appears: dollars, opportunities, hours and accounts."""

import numpy as np
import pytest
from hypothesis import given, settings

from salesim.model.agents import SalesModel
from salesim.model.compiled import run_compiled
from salesim.model.state import Ideal
from tests.firms import ideals, scenarios, seeds, small_firm


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_dollar_belongs_to_one_deal_rep_and_account(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    won = run.deals[run.deals["outcome"] == 1]
    weeks = len(run.books)
    for column, amount in (
        ("revenue", won["size"] * won["price"]),
        ("unit_cost", won["size"] * won["unit_cost"]),
        ("serving_cost", won["size"] * won["serving_cost"]),
        ("credited", won["credit"]),
        ("units", won["size"]),
    ):
        by_week = np.bincount(won["week"], weights=amount, minlength=weeks)
        np.testing.assert_allclose(run.books[column], by_week, rtol=1e-9, atol=1e-6, err_msg=column)
    assert set(won["rep"]) <= set(run.reps["id"])
    assert set(won["account"]) <= set(run.customers["id"])


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_opportunity_ends_once(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    books = run.books
    assert (books["quoted"] == books["won"] + books["lost"] + books["no_decision"]).all()
    ended = books["quoted"].sum() + books["lapsed"].sum()
    assert books["opened"].sum() == ended + run.customers["is_open"].sum()
    assert books["open_at_end"][-1] == run.customers["is_open"].sum()
    assert (run.deals["outcome"] > 0).all()
    needs = np.stack([run.deals["account"], run.deals["need"]])
    assert len(np.unique(needs, axis=1).T) == len(run.deals)
    assert (run.deals["need"] <= run.customers["needs"][run.deals["account"]]).all()


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_account_has_one_owner_and_stands_once_in_the_order(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    assert sorted(run.order) == list(range(len(run.customers)))
    for rep in run.reps:
        own = run.order[rep["first"] : rep["last"]]
        assert list(own) == sorted(own)
        assert (run.customers["rep"][own] == rep["id"]).all()
        assert rep["accounts"] == len(own)
    assert (run.books["open_at_end"] <= len(run.customers)).all()


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_people_add_up(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    seats = len(run.reps)
    left, hired = np.cumsum(run.books["left"]), np.cumsum(run.books["hired"])
    assert (run.books["staffed"] == seats - left + hired).all()
    assert run.reps["hires"].sum() == hired[-1]
    assert run.reps["staffed"].sum() == run.books["staffed"][-1]


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(best_accounts=True)])
def test_hours_add_up_every_week(ideal):
    model = SalesModel(small_firm(leaving={"turnover": 0.7}), seed=2, ideal=ideal)
    available = 40.0 * 0.33
    while model.running:
        model.step()
        spent = sum(c.hours for c in model.customers)
        assert spent == pytest.approx(model.books[model.week - 1].selling_hours, rel=1e-9)
        assert all(rep.hours <= available + 1e-12 for rep in model.reps)


def test_asking_takes_its_hours_from_next_weeks_selling():
    firm = small_firm(approval={"approval_hours": 1.0, "approval_leniency": 1.0}, needs={"rate": 0.3})
    books = run_compiled(firm, 2, 0, Ideal()).books
    assert books["asking_hours"].sum() == books["approvals_asked"].sum() > 0
    full = 40.0 * 0.33 * 6
    short = books["selling_hours"][1:] < full - 1e-9
    excused = (books["asking_hours"][:-1] > 0) | (books["staffed"][:-1] < 6)
    assert (short <= excused).all()


def test_what_is_credited_is_paid():
    """Linear pay without quota effects: all variable pay is the rate times all credit."""
    pay = {"accelerator": 1.0, "bonus": 0.0, "commission_rate": 0.05}
    firm = small_firm(pay=pay, organisation={"weeks": 45, "burn_in_weeks": 0}, leaving={"turnover": 0.6})
    books = run_compiled(firm, 2, 0, Ideal()).books
    assert books["variable_pay"].sum() == pytest.approx(0.05 * books["credited"].sum(), rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_no_account_waits_in_an_empty_seat_while_a_colleague_is_there(scenario, ideal, seed):
    run = run_compiled(scenario, seed, 0, ideal)
    for manager in run.managers[run.managers["level"] == 1]:
        team = run.reps[manager["first_rep"] : manager["last_rep"]]
        if team["staffed"].any():
            assert (team["accounts"][~team["staffed"]] == 0).all()


def test_a_team_that_starts_anew_shares_its_accounts_evenly():
    """Everybody leaves and everybody is replaced: nobody keeps all accounts, nobody stays without."""
    firm = small_firm(
        organisation={"managers": 1, "span_of_control": 4, "burn_in_weeks": 0, "weeks": 156},
        leaving={"turnover": 0.97}, handover={"vacancy_weeks": 10},
    )
    model = SalesModel(firm, seed=4)
    emptied = renewed = False
    while model.running:
        model.step()
        staffed = [rep for rep in model.reps if rep.staffed]
        emptied = emptied or not staffed
        if emptied and len(staffed) > 1:
            renewed = True
            assert min(rep.accounts for rep in staffed) >= 32 // len(staffed) - 1
    assert emptied
    assert renewed


def test_a_newcomer_to_a_team_of_one_is_new_to_its_accounts():
    """The accounts wait in the empty seat, but what trust was the leaver's is lost with the leaver."""
    firm = small_firm(
        organisation={"managers": 1, "span_of_control": 1, "burn_in_weeks": 0, "weeks": 104},
        leaving={"turnover": 0.9}, handover={"vacancy_weeks": 1, "firms_share": 0.0},
    )
    model = SalesModel(firm, seed=4)
    while not model.books[model.week - 1].hired:
        model.step()
    assert all(customer.trust == 0.0 for customer in model.customers)


def test_the_plan_does_not_pay_for_sales_of_the_burn_in():
    """With a pay period of a year and a burn-in of half of one, credit and pay still meet."""
    pay = {"accelerator": 1.0, "bonus": 0.0, "commission_rate": 0.05, "period_weeks": 52}
    firm = small_firm(pay=pay, organisation={"burn_in_weeks": 26, "weeks": 39}, leaving={"turnover": 0.0})
    books = run_compiled(firm, 2, 0, Ideal()).books
    for part in (books[:26], books[26:]):
        assert part["variable_pay"].sum() == pytest.approx(0.05 * part["credited"].sum(), rel=1e-12)


def test_salaries_follow_the_seats_filled():
    firm = small_firm(leaving={"turnover": 0.6})
    books = run_compiled(firm, 2, 0, Ideal()).books
    before = np.concatenate([[6], books["staffed"][:-1]])
    expected = before * 90_000.0 / 52.0 + 4 * 180_000.0 / 52.0
    np.testing.assert_allclose(books["salaries"], expected, rtol=1e-12)


def test_contribution_is_what_is_left():
    books = run_compiled(small_firm(), 2, 0, Ideal()).books
    left = books["revenue"] - books["unit_cost"] - books["serving_cost"] - books["variable_pay"]
    np.testing.assert_allclose(books["contribution"], left, rtol=1e-12)
