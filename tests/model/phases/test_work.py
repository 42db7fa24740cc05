"""Calls, needs and opportunities: what a week of work adds, draw by draw and week by week."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.luck import DISTRICT, NEED, OPPORTUNITY, draws, normal
from salesim.model.phases.work import (
    have_need,
    lose_interest,
    luck_of_the_district,
    make_ready,
    open_opportunity,
    pursue,
    receive_calls,
    work,
)
from salesim.model.state import Customer, Manager, Rep
from tests.model.phases.second import changed, facts, firm_of, numbers, shares, some, teams, weeks_of_run

ids = st.integers(0, 5000)
hours = st.floats(0, 5)


@some
@given(shares, hours, shares, st.floats(0.01, 1), st.floats(0.01, 0.1))
def test_calls_are_remembered_for_weeks_and_trusted_for_years(attention, called, trust, kept, gain):
    scenario = numbers(calls={"attention_kept": 0.7, "half_response": 0.3, "trust_gain": gain})
    customer = Customer(attention=attention, hours=called, trust=trust)
    receive_calls(customer, kept, scenario)
    remembered = 0.7 * attention + 0.3 * called
    assert customer.attention == pytest.approx(remembered)
    grown = gain * remembered / (remembered + 0.3) * (1.0 - trust)
    assert customer.trust == pytest.approx(kept * trust + grown)


BUSY = {"rate": 3.0}


@some
@given(
    st.lists(st.tuples(st.floats(0.1, 3), hours, st.booleans(), st.booleans()), min_size=6, max_size=6),
    hours,
    hours,
)
def test_a_team_spreads_its_hours_by_pull_and_counts_what_is_open(accounts, per_pull, per_target):
    t, scenario = 20, numbers(needs=BUSY, calls={"loyalty": 1.0})
    firm = teams([1], [2, 3], [1])
    mine = firm.customers[1:6]
    for rep in firm.reps:
        rep.hours_per_pull, rep.hours_per_target, rep.pipeline = per_pull, per_target, 5.0
    for k, customer in enumerate(firm.customers):
        customer.pull, customer.size, customer.planned_target, customer.is_open = accounts[k % 6]
        customer.next_need, customer.need_rate, customer.trust = t + 0.5 + 0.25 * k, 3.0, 1.0
    before = [facts(thing) for thing in (firm.reps[0], firm.reps[3], firm.customers[0], firm.customers[6])]
    open_before = [customer.is_open for customer in mine]
    work(firm.managers[1], scenario, firm, t)
    after = (firm.reps[0], firm.reps[3], firm.customers[0], firm.customers[6])
    assert [changed(b, thing) for b, thing in zip(before, after, strict=True)] == [set()] * 4
    for k, customer in enumerate(mine, start=1):
        pull, _, target, _ = accounts[k % 6]
        assert customer.hours == pytest.approx(pull * (per_pull + (per_target if target else 0.0)))
        assert customer.attention == pytest.approx(0.15 * customer.hours)
        assert customer.next_need >= t + 1
        assert (customer.needs > 0) == (0.5 + 0.25 * k < 1.0)
    for rep in firm.reps[1:3]:
        still = [k for k in range(5) if mine[k].rep == rep.id and open_before[k]]
        assert rep.pipeline == pytest.approx(90.0 * sum(accounts[k + 1][1] for k in still))


def test_trust_that_nobody_cares_for_fades_as_much_as_it_should_in_a_year():
    firm = teams([1])
    firm.customers[0].trust, firm.customers[0].next_need = 0.8, 1e9
    for t in range(52):
        work(firm.managers[0], numbers(calls={"trust_kept": 0.6}), firm, t)
    assert firm.customers[0].trust == pytest.approx(0.6 * 0.8)


@some
@given(st.integers(0, 50), st.floats(0.05, 2), shares, shares)
def test_a_need_calls_in_whoever_is_present_or_trusted_as_luck_has_it(needs, rate, attention, trust):
    scenario = numbers(calls={"half_response": 0.1, "loyalty": 0.3})
    unseen = 0.1 / (attention + 0.1) * (1.0 - 0.3 * trust)
    for k in range(60):
        firm, busy = firm_of(), k % 6 == 0
        customer = Customer(
            id=k, needs=needs, need_rate=rate, next_need=7.0, attention=attention, trust=trust
        )
        customer.is_open = busy
        have_need(customer, scenario, firm, 7)
        wait, chosen, _, _ = draws(firm.luck, needs + 1, k, NEED)
        opened = not busy and chosen < 1.0 - unseen
        assert customer.needs == needs + 1
        assert math.exp(-rate * (customer.next_need - 7.0)) == pytest.approx(wait)
        assert customer.is_open == (busy or opened)
        assert (firm.books[7].needs, firm.books[7].opened) == (int(not busy), int(opened))
        assert customer.need == (needs + 1 if opened else 0)


@some
@given(ids, st.integers(1, 50), weeks_of_run, st.floats(0, 1), st.floats(0, 0.9), shares)
def test_an_opportunity_starts_afresh_with_size_and_value_of_its_own(k, needs, t, spread, shock, fit):
    scenario = numbers(needs={"deal_spread": spread}, territories={"yearly_shock": shock})
    firm = firm_of()
    customer = Customer(id=k, needs=needs, units=40.0, fit=fit, deviation=3.0)
    customer.age, customer.progress, customer.is_ready, customer.asked = 9, 0.7, True, True
    customer.quotes, customer.refused = 2, 80.0
    open_opportunity(customer, scenario, firm, t)
    a, b, c, d = draws(firm.luck, needs, k, OPPORTUNITY)
    size = math.log(customer.size / 40.0 / luck_of_the_district(customer, scenario, firm, t))
    assert size == pytest.approx(spread * normal(a, b), abs=1e-9)
    assert customer.value == pytest.approx(90.0 + 30.0 * fit + 3.0 + 14.0 * normal(c, d))
    assert (customer.is_open, customer.is_ready, customer.asked) == (True, False, False)
    assert (customer.need, customer.age, customer.quotes) == (needs, 0, 0)
    assert (customer.progress, customer.refused) == (0.0, 0.0)


@some
@given(st.integers(0, 200), st.integers(1, 40), st.integers(0, 2), st.floats(0.1, 1))
def test_accounts_of_a_district_share_a_year_and_years_are_worth_one_on_average(
    district, many, year, shock
):
    scenario = numbers(territories={"district_accounts": many, "yearly_shock": shock})
    firm, first = firm_of(), district * many

    def luck(k, t):
        return luck_of_the_district(Customer(id=k), scenario, firm, t)

    a, b, _, _ = draws(firm.luck, year, district, DISTRICT)
    assert luck(first, 52 * year) == pytest.approx(math.exp(shock * normal(a, b) - shock**2 / 2))
    assert len({luck(k, t) for k in (first, first + many - 1) for t in (52 * year, 52 * year + 51)}) == 1
    others = {luck(first + many, 52 * year), luck(first, 52 * year + 52), luck(first, 52 * year)}
    assert len(others) == 3


def started(**known):
    """A rep and a customer with an open opportunity, and a firm with a row for its deal."""
    rep = Rep(skill=0.5, fresh=0.2)
    customer = Customer(is_open=True, need=1, size=10.0, sensitivity=0.05, attention=0.5, **known)
    return rep, customer, firm_of([rep], [customer], [Manager(last_rep=1)], [Deal()])


@some
@given(shares, st.floats(0, 0.6), st.floats(0, 0.99), st.floats(0.01, 1))
def test_skill_and_presence_move_an_opportunity_until_it_is_ready(skill, fresh, progress, pace):
    scenario = numbers(selling={"pace": pace}, calls={"half_response": 0.25})
    rep, customer, firm = started(progress=progress)
    rep.skill, rep.fresh = skill, fresh
    pursue(rep, customer, scenario, firm, 9)
    moved = pace * (0.5 + min(skill + fresh, 1.0)) * 0.5 / 0.75
    assert customer.progress == pytest.approx(progress + moved)
    assert customer.is_ready == (customer.progress >= 1.0)
    assert customer.age == 1
    before = customer.progress
    customer.is_ready, customer.not_before = True, 99
    pursue(rep, customer, scenario, firm, 10)
    assert customer.progress == before


def test_who_has_come_all_the_way_is_ready_and_may_hear_a_price_the_same_week():
    for progress, priced in ((1.0, 1), (1.0 - 1e-9, 0)):
        rep, customer, firm = started(progress=progress)
        customer.attention = 0.0
        pursue(rep, customer, numbers(timing={"timing_slack_weeks": 0}), firm, 9)
        assert firm.keeping[0].deal_rows == customer.quotes == priced
        assert customer.is_ready == (priced == 1)


@pytest.mark.parametrize(("age", "given_up"), [(24, False), (25, False), (26, True), (40, True)])
def test_who_has_heard_no_price_gives_up_when_patience_ends(age, given_up):
    rep, customer, firm = started(age=age)
    customer.attention = 0.0
    pursue(rep, customer, numbers(), firm, 9)
    assert customer.age == age + 1
    assert (customer.is_open, firm.books[9].lapsed) == (not given_up, int(given_up))


@pytest.mark.parametrize(
    ("natural", "not_before", "impatience"), [(9, 0, 1.0), (9, 12, 1.0), (8, 0, 1.0), (8, 0, 0.0)]
)
def test_who_is_ready_hears_a_price_or_lapses_and_never_gives_up(natural, not_before, impatience):
    rep, customer, firm = started(
        age=40, is_ready=True, ready_week=5, natural_week=natural, not_before=not_before
    )
    pursue(
        rep,
        customer,
        numbers(timing={"impatience": impatience}, payout={"accelerator": 1.0, "bonus": 0.0}),
        firm,
        9,
    )
    lost = natural < 9 and impatience == 1.0
    assert (firm.books[9].lapsed, customer.is_open) == (int(lost), not lost)
    assert firm.keeping[0].deal_rows == int(not lost and not_before <= 9)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_an_opportunity_that_ends_without_a_price_may_be_looked_back_on(rate):
    rep, customer, firm = started(is_ready=True)
    before = facts(customer)
    lose_interest(rep, customer, numbers(reviews={"account_review_rate": rate}), firm, 9)
    assert changed(before, customer) == {"is_open", "is_ready"} | ({"known"} if rate else set())
    assert (firm.books[9].lapsed, firm.books[9].reviews) == (1, int(rate))


@some
@given(st.integers(0, 5), st.integers(0, 3), weeks_of_run)
def test_a_deal_that_is_due_gets_the_next_row_and_the_number_of_its_quote(row, quotes, t):
    customer = Customer(
        id=7, generation=2, need=5, quotes=quotes, natural_week=t + 3, size=31.0, sensitivity=0.07
    )
    firm = firm_of(deals=[Deal(week=-1) for _ in range(8)])
    firm.keeping[0].deal_rows = row
    make_ready(Rep(id=4), customer, firm, t)
    assert firm.keeping[0].deal_rows == row + 1
    assert customer.quotes == quotes + 1
    expected = Deal(
        week=t,
        rep=4,
        account=7,
        generation=2,
        need=5,
        quote=quotes + 1,
        natural_week=t + 3,
        size=31.0,
        sensitivity=0.07,
    )
    assert facts(firm.deals[row]) == facts(expected)
    assert all(facts(deal) == facts(Deal(week=-1)) for k, deal in enumerate(firm.deals) if k != row)
