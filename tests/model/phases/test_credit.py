"""Credit of a sale is given out once, and taken back from whoever was paid, and from nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.luck import RETURNS, uniform
from salesim.model.people import know_team
from salesim.model.phases.credit import (
    bring_back,
    count_credit,
    credit_kept,
    give_credit,
    is_seller,
    may_come_back,
    pay_kept,
    put_at_risk,
    sold_by,
    take_back_pay,
    usually_kept,
)
from salesim.model.phases.teams import share_out_credit
from salesim.model.state import Customer
from salesim.rules.market import is_target
from salesim.rules.relationship import leaving_probability
from tests.model.phases.first import columns, each, moved, near, picture, seeds, world

amounts = st.floats(1.0, 1e5)
signed = st.floats(-1e5, 1e5)
shares = st.floats(0.0, 1.0)
CERTAIN = {"returns__chance": 1.0, "clawback__returned_credit": 1.0}


def team_of(seed, **numbers):
    """A firm that knows its teams, its week, and a rep who is there."""
    scenario, firm, t = world(seed, beside=True, **numbers)
    rep = firm.reps[seed % 7]
    rep.staffed = True
    manager = firm.managers[rep.manager]
    know_team(manager, firm)
    share_out_credit(manager, scenario, firm)
    return scenario, firm, t, rep, firm.reps[manager.first_rep : manager.last_rep]


def sale_of(seed, **numbers):
    """The same, and a customer to whom this person sold ten weeks ago, with pay at risk."""
    scenario, firm, t, rep, _ = team_of(seed, **numbers)
    customer = firm.customers[seed % 33]
    customer.contract_week, customer.at_risk, customer.at_risk_weeks = t - 10, 1_000.0, 20
    sold_by(rep, customer)
    return scenario, firm, t, rep, customer


@each
@given(seed=seeds, credit=signed, shared=shares)
def test_a_sale_is_credited_in_full_over_the_team_and_to_nobody_else(seed, credit, shared):
    scenario, firm, _, rep, team = team_of(seed, team_pay__shared_credit=shared)
    before = picture(firm)
    give_credit(rep, credit, scenario, firm)
    gained = {mate.id: mate.credited - before["reps"][mate.id]["credited"] for mate in team}
    assert sum(gained.values()) == near(credit, abs=1e-6)
    there = sum(mate.staffed for mate in team)
    for mate in team:
        own = (1.0 - shared) * (mate.id == rep.id)
        assert gained[mate.id] == near(credit * (own + shared / there) * mate.staffed, abs=1e-6)
    assert set(moved(firm, before)) <= {("reps", mate.id) for mate in team}
    assert columns(moved(firm, before), "reps") <= {"credited", "credited_this_week"}


@each
@given(seed=seeds, credit=signed)
def test_credit_counts_for_the_period_and_the_week(seed, credit):
    _, firm, _ = world(seed, beside=True)
    rep = firm.reps[0]
    credited, this_week = rep.credited, rep.credited_this_week
    count_credit(rep, credit)
    assert (rep.credited, rep.credited_this_week) == near((credited + credit, this_week + credit))


@each
@given(seed=seeds, money=amounts, weeks=st.integers(0, 60), share=shares)
def test_pay_of_the_same_seller_adds_up_and_that_of_another_is_forgotten(seed, money, weeks, share):
    numbers = {"clawback__clawback_weeks": weeks, "clawback__clawback_share": share}
    for kind, same in (("whole", True), ("pro_rata", True), ("whole", False)):
        scenario, _, t, rep, customer = sale_of(seed, clawback__clawback_kind=kind, **numbers)
        rep.hires += not same
        put_at_risk(rep, customer, money, scenario, t)
        left = (1_000.0 * (0.5 if kind == "pro_rata" else 1.0)) if same else 0.0
        assert customer.at_risk == near(left + (share * money if weeks else 0.0))
        assert customer.at_risk_weeks == max(weeks, 10 if same else 0)


@each
@given(seed=seeds)
def test_a_sale_is_that_of_one_person_and_not_of_a_successor(seed):
    _, _, _, rep, customer = sale_of(seed)
    assert is_seller(rep, customer)
    for name, value in (("hires", rep.hires + 1), ("staffed", False), ("id", rep.id + 1)):
        was = getattr(rep, name)
        setattr(rep, name, value)
        assert not is_seller(rep, customer)
        setattr(rep, name, was)
    assert is_seller(rep, customer)


@each
@given(seed=seeds)
def test_nobody_answers_for_goods_that_another_sold(seed):
    _, _, _, rep, customer = sale_of(seed)
    customer.return_credit = 300.0
    sold_by(rep, customer)
    assert customer.return_credit == 300.0
    rep.hires += 1
    sold_by(rep, customer)
    assert is_seller(rep, customer)
    assert customer.return_credit == 0.0


@each
@given(seed=seeds, since=st.integers(0, 40), weeks=st.integers(0, 60))
def test_a_leaving_customer_costs_its_seller_what_is_at_risk_within_the_weeks(seed, since, weeks):
    """The weeks are those of the day of the sale: a clawback that has ended since takes back its own."""
    for kind in ("whole", "pro_rata"):
        for ended in (False, True):
            scenario, firm, t, rep, customer = sale_of(seed, clawback__clawback_kind=kind)
            if ended:
                firm = firm._replace(pay_plans=(scenario.with_numbers({"clawback.clawback_weeks": 0}),))
            customer.contract_week, customer.at_risk_weeks = t - since, weeks
            owed, booked = rep.taken_back, firm.books[t].taken_back
            take_back_pay(customer, firm, t)
            part = 1.0 - since / weeks if kind == "pro_rata" and weeks else 1.0
            taken = 1_000.0 * part if since < weeks else 0.0
            assert rep.taken_back - owed == near(taken)
            assert firm.books[t].taken_back - booked == near(taken)
            assert customer.at_risk == 0.0


@each
@given(seed=seeds)
def test_nothing_is_taken_back_from_a_successor_or_an_empty_seat(seed):
    for name in ("hires", "staffed"):
        _, firm, t, rep, customer = sale_of(seed)
        setattr(rep, name, rep.hires + 1 if name == "hires" else False)
        before = picture(firm)
        take_back_pay(customer, firm, t)
        assert moved(firm, before) == {("customers", customer.id): {"at_risk"}}


@each
@given(seed=seeds, fit=shares)
def test_goods_come_back_with_the_chance_of_what_does_not_fit(seed, fit):
    scenario, firm, t, _, customer = sale_of(seed)
    returns, deal = scenario.returns, Deal(size=50.0, price=80.0, credit=3_000.0)
    customer.fit, customer.return_week, customer.return_value, customer.return_credit = fit, -1, 0.0, 0.0
    before = picture(firm)
    may_come_back(customer, deal, scenario, firm, t)
    if uniform(firm.luck, customer.need, customer.id, RETURNS) < returns.chance * (1.0 - fit):
        lost = scenario.clawback.returned_credit
        assert customer.return_week == t + returns.weeks
        assert customer.return_value == near(returns.part * 4_000.0)
        assert customer.return_credit == near(returns.part * lost * 3_000.0)
        value = customer.return_value
        may_come_back(customer, deal, scenario, firm, t)
        assert (customer.return_week, customer.return_value) == (t + returns.weeks, near(2.0 * value))
    else:
        assert moved(firm, before) == {}


def test_some_of_it_comes_back_and_some_does_not():
    found = set()
    for seed in range(40):
        scenario, firm, t, _, customer = sale_of(seed, returns__chance=0.5)
        customer.fit, customer.return_week = 0.2, -1
        may_come_back(customer, Deal(size=1.0, price=1.0, credit=1.0), scenario, firm, t)
        found.add(customer.return_week > t)
    assert found == {True, False}


@each
@given(seed=seeds, there=st.booleans())
def test_what_comes_back_lowers_revenue_and_the_credit_of_its_seller(seed, there):
    scenario, firm, t, rep, customer = sale_of(seed, **CERTAIN)
    rep.hires += not there
    customer.return_value, customer.return_credit = 4_000.0, 3_000.0
    book, before = firm.books[t], picture(firm)
    team = [mate for mate in firm.reps if mate.manager == rep.manager]
    credit = sum(mate.credited for mate in team)
    bring_back(customer, scenario, firm, t)
    row = before["books"][t]
    on_target = 4_000.0 * is_target(scenario.market, customer.fit)
    assert book.revenue - row["revenue"] == near(-4_000.0)
    assert book.returned - row["returned"] == near(4_000.0)
    assert book.target_revenue - row["target_revenue"] == near(-on_target)
    assert book.credited - row["credited"] == near(-3_000.0 * there)
    assert sum(mate.credited for mate in team) - credit == near(-3_000.0 * there, abs=1e-6)
    assert (customer.return_value, customer.return_credit) == (0.0, 0.0)
    assert columns(moved(firm, before), "books") <= {"revenue", "returned", "target_revenue", "credited"}


@each
@given(seed=seeds)
def test_reps_expect_to_keep_what_comes_back_and_who_leaves_spare_them(seed):
    scenario, firm, _, rep, _ = team_of(seed, clawback__clawback_kind="whole")
    clawback, returns = scenario.clawback, scenario.returns
    kept = []
    for place in firm.order[rep.first : rep.last]:
        customer = firm.customers[place]
        leaves = leaving_probability(scenario.relationship, customer.satisfaction, clawback.clawback_weeks)
        comes_back = returns.chance * (1.0 - customer.planned_fit)
        pay, credit = pay_kept(customer, scenario), credit_kept(customer, scenario)
        assert pay == near(1.0 - clawback.clawback_share * leaves)
        assert credit == near(1.0 - comes_back * returns.part * clawback.returned_credit)
        kept.append(pay * credit)
    assert usually_kept(rep, scenario, firm) == near(sum(kept) / len(kept) if kept else 1.0)


@each
@given(seed=seeds)
def test_without_clawback_and_returns_all_is_kept(seed):
    scenario, firm, _, rep, _ = team_of(seed, clawback__clawback_weeks=0, returns__chance=0.0)
    for customer in firm.customers:
        assert pay_kept(customer, scenario) == credit_kept(customer, scenario) == 1.0
    assert usually_kept(rep, scenario, firm) == 1.0


@pytest.mark.parametrize(("satisfied", "less"), [(0.2, 0.6), (0.6, 0.9)])
def test_less_is_kept_of_a_customer_who_is_less_content(satisfied, less):
    scenario, _, _, _, _ = team_of(3, clawback__clawback_weeks=52, clawback__clawback_share=1.0)
    one, other = (pay_kept(Customer(satisfaction=each), scenario) for each in (satisfied, less))
    assert one < other < 1.0
