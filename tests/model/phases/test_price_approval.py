"""A rep asks where that pays, once for an opportunity, and waits as long as it takes."""

import math

from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.deals import AWAITING
from salesim.model.luck import APPROVAL, draws
from salesim.model.phases.price_approval import (
    ask,
    chance_of_a_grant,
    decides_to_ask,
    hand_in_request,
    wait_for_answer,
)
from salesim.model.phases.pricing import chance_of, credit_at
from salesim.model.state import Customer
from salesim.rules.by_deal import factor_of_band
from tests.model.phases.first import each, moved, near, picture, seeds, world

weeks = st.integers(-5, 60)


@each
@given(until=weeks, natural=weeks, quotes=st.integers(1, 3))
def test_who_waits_for_an_answer_hears_no_price_and_signs_no_sooner(until, natural, quotes):
    customer, deal = Customer(natural_week=natural, quotes=quotes, not_before=-9), Deal(outcome=0)
    wait_for_answer(customer, deal, until)
    assert deal.outcome == AWAITING
    assert customer.not_before == until
    assert customer.natural_week == max(natural, until)
    assert customer.quotes == quotes - 1


@each
@given(seed=seeds)
def test_a_request_takes_hours_of_the_rep_and_is_counted_once(seed):
    scenario, firm, t = world(seed)
    rep, hours = firm.reps[seed % 7], scenario.approval.approval_hours
    manager, book = firm.managers[rep.manager], firm.books[t]
    before, requests, lost = picture(firm), manager.approvals, rep.lost_hours
    asked, asking = book.approvals_asked, book.asking_hours
    hand_in_request(rep, manager, scenario, firm, t)
    assert (manager.approvals, book.approvals_asked) == (requests + 1, asked + 1)
    assert (rep.lost_hours, book.asking_hours) == near((lost + hours, asking + hours))
    assert moved(firm, before) == {
        ("managers", rep.manager): {"approvals"},
        ("reps", rep.id): {"lost_hours"},
        ("books", t): {"approvals_asked", "asking_hours"},
    }


def gain(price, deal, scenario):
    """Win chance times what the rep feels is left."""
    pain = scenario.reference.loss_aversion * max(price - deal.reference, 0.0)
    odds = math.exp(deal.believed - deal.sensitivity * (price + pain))
    factor = factor_of_band(scenario.by_deal, price, deal.unit_cost)
    return odds / (1.0 + odds) * (price - deal.felt_cost) * factor


def wanted_pays(firm, scenario):
    """A deal, the price within authority, and how much more the wanted price would earn the rep."""
    deal = firm.deals[0]
    deal.felt_cost, deal.believed = 40.0, 70.0 * deal.sensitivity
    deal.wanted, floor = sorted((60.0, 75.0), key=lambda price: -gain(price, deal, scenario))
    return deal, floor, gain(deal.wanted, deal, scenario) - gain(floor, deal, scenario)


def break_even(deal, more, scenario):
    """The chance of a grant at which asking is worth its hours."""
    selling = 52.0 * scenario.organisation.hours_per_week * scenario.accounts.selling_time_share
    incentive = scenario.pay.target_pay * scenario.pay.pay_mix
    return scenario.approval.approval_hours / selling * incentive / (deal.worth * deal.size * more)


@each
@given(seed=seeds)
def test_a_rep_asks_from_the_chance_on_at_which_asking_breaks_even(seed):
    scenario, firm, _ = world(seed)
    deal, floor, more = wanted_pays(firm, scenario)
    even = break_even(deal, more, scenario)
    assert decides_to_ask(deal, floor, even * 1.000001, scenario)
    assert not decides_to_ask(deal, floor, even * 0.999999, scenario)
    deal.wanted, floor = floor, deal.wanted
    assert not decides_to_ask(deal, floor, even * 100.0, scenario)


@each
@given(seed=seeds)
def test_the_chance_is_that_of_the_own_manager_and_the_price_that_of_the_deal(seed):
    for factor, asks in ((1.000001, 1), (0.999999, 0)):
        scenario, firm, t = world(seed)
        deal, floor, more = wanted_pays(firm, scenario)
        rep, customer = firm.reps[deal.rep], firm.customers[deal.account]
        customer.asked, manager = False, firm.managers[rep.manager]
        chance = scenario.approval.approval_leniency * (1.0 - manager.understanding)
        deal.worth *= break_even(deal, more, scenario) / chance * factor
        requests = manager.approvals
        ask(rep, customer, deal, floor, scenario, firm, t)
        assert manager.approvals == requests + asks


@each
@given(seed=seeds)
def test_a_manager_who_is_paid_by_the_team_grants_more_of_what_brings_credit(seed):
    """Odds by the credit that the lower price is expected to bring, in hours of the manager's salary."""
    scenario, firm, _ = world(seed)
    deal, floor, _ = wanted_pays(firm, scenario)
    manager = firm.managers[firm.reps[deal.rep].manager]
    plain = scenario.approval.approval_leniency * (1.0 - manager.understanding)
    assert chance_of_a_grant(manager, deal, floor, scenario) == near(plain)
    manager.worth_now = 0.02
    wanted, known = (
        chance_of(price, deal, deal.believed, scenario) * credit_at(price, scenario) * deal.size
        for price in (deal.wanted, floor)
    )
    hourly = scenario.pay.manager_salary / 52.0 / scenario.organisation.hours_per_week
    hours = scenario.team_pay.own_interest * 0.02 * (wanted - known) / hourly
    odds = plain / (1.0 - plain) * math.exp(min(max(hours, -30.0), 30.0))
    assert chance_of_a_grant(manager, deal, floor, scenario) == near(odds / (1.0 + odds), rel=1e-6)


@each
@given(seed=seeds)
def test_nobody_asks_for_what_earns_nothing(seed):
    scenario, firm, t = world(seed)
    deal, floor, _ = wanted_pays(firm, scenario)
    deal.worth, customer = 0.0, firm.customers[deal.account]
    customer.asked, deal.asked, deal.granted = False, False, False
    before = picture(firm)
    ask(firm.reps[deal.rep], customer, deal, floor, scenario, firm, t)
    assert moved(firm, before) == {}


def worth_a_lot(seed, **numbers):
    """A firm, its week, and a deal in which the rep is sure to ask for a lower price."""
    plain = {"by_deal__low_margin_factor": 1.0, "by_deal__high_margin_factor": 1.0}
    scenario, firm, t = world(seed, **plain, **numbers)
    deal = firm.deals[0]
    customer, rep = firm.customers[deal.account], firm.reps[deal.rep]
    deal.felt_cost, deal.wanted, deal.believed, deal.worth = 40.0, 60.0, 60.0 * deal.sensitivity, 1e9
    deal.asked, deal.granted, customer.asked, deal.outcome = False, False, False, 0
    return scenario, firm, t, rep, customer, deal


@each
@given(seed=seeds)
def test_the_answer_is_the_same_at_once_and_after_waiting(seed):
    scenario, firm, t, rep, customer, deal = worth_a_lot(seed)
    manager, book, quotes = firm.managers[rep.manager], firm.books[t], customer.quotes
    granting, waiting, _, _ = draws(firm.luck, customer.need, customer.id, APPROVAL)
    weeks = math.floor(scenario.approval.approval_hours * scenario.approval.days_per_hour / 7.0 + waiting)
    granted = granting < scenario.approval.approval_leniency * (1.0 - manager.understanding)
    requests, lost, grants = manager.approvals, rep.lost_hours, book.approvals_granted
    ask(rep, customer, deal, 200.0, scenario, firm, t)
    assert manager.approvals == requests + 1
    assert rep.lost_hours == near(lost + scenario.approval.approval_hours)
    if weeks > 0:
        assert (deal.outcome, customer.not_before, customer.quotes) == (AWAITING, t + weeks, quotes - 1)
        assert (deal.asked, deal.granted, book.approvals_granted) == (False, False, grants)
        customer.asked = True
        ask(rep, customer, deal, 200.0, scenario, firm, t)
        assert manager.approvals == requests + 1
    assert deal.asked
    assert deal.granted == granted
    assert book.approvals_granted == grants + granted


@each
@given(seed=seeds)
def test_requests_are_granted_below_the_chance_and_not_at_it(seed):
    for much in (0.0, 1e-9):
        scenario, firm, t, rep, customer, deal = worth_a_lot(seed)
        granting = draws(firm.luck, customer.need, customer.id, APPROVAL)[0]
        firm.managers[rep.manager].understanding, customer.asked = 0.0, True
        scenario = scenario.with_numbers({"approval.approval_leniency": granting + much * (1.0 - granting)})
        ask(rep, customer, deal, 60.0, scenario, firm, t)
        assert deal.granted == (much > 0.0)


def test_some_wait_and_some_hear_at_once_some_are_granted_and_some_not():
    seen = set()
    for seed in range(60):
        scenario, firm, t, rep, customer, deal = worth_a_lot(seed)
        ask(rep, customer, deal, 200.0, scenario, firm, t)
        seen.add((deal.outcome == AWAITING, deal.granted))
    assert seen == {(True, False), (False, True), (False, False)}
