"""How a ready deal gets its price: what is true of it, who may say what, and what customers remember."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.deals import AWAITING, UNDECIDED
from salesim.model.ideal import Ideal
from salesim.model.luck import ESTIMATE, PRICE_TEST, draws, normal
from salesim.model.phases.pricing import best_at_reference, credit_at
from salesim.model.phases.quote import (
    ceiling_of,
    describe,
    floor_of,
    guess_value,
    guide_deal,
    judge_chances,
    name_price,
    own_floor,
    quote,
    remember_price,
    settle_price,
    show_value,
    vary_to_learn,
)
from salesim.model.state import Customer, Manager, Rep
from tests.model.phases.second import (
    best_of,
    changed,
    facts,
    firm_of,
    logistic,
    numbers,
    shares,
    some,
    weeks_of_run,
)

REGIMES = ["list_only", "delegated", "guided", "guided_bounded"]
ids = st.integers(0, 5000)
prices = st.floats(50, 100)
sensitivities = st.floats(0.03, 0.12)


@st.composite
def people(draw):
    """A rep, and a customer with something to buy."""
    rep = Rep(
        skill=draw(shares),
        fresh=draw(st.floats(0, 0.3)),
        ability=draw(st.floats(0.3, 3)),
        service=draw(shares),
        intensity=draw(st.floats(0.5, 2)),
        understanding=draw(shares),
        articulation=draw(shares),
    )
    customer = Customer(
        id=draw(ids),
        need=draw(st.integers(1, 50)),
        attention=draw(shares),
        trust=draw(shares),
        fit=draw(shares),
        planned_fit=draw(shares),
        satisfaction=draw(shares),
        sensitivity=draw(sensitivities),
        known=draw(shares),
        value=draw(st.floats(60, 150)),
        reference=draw(prices),
    )
    return rep, customer


@some
@given(people(), shares)
def test_value_is_shown_by_skill_that_knows_what_it_shows_or_has_been_trained(both, task):
    rep, _ = both
    scenario = numbers(selling={"task_share": task})
    unskilled = 1.0 - min(rep.skill + rep.fresh, 1.0) * (1.0 - task * (1.0 - rep.understanding))
    shown = 1.0 - unskilled * (1.0 - rep.articulation)
    assert show_value(rep, scenario, firm_of()) == pytest.approx(shown)
    assert show_value(rep, scenario, firm_of(ideal=Ideal(value_argued=True))) == 1.0


@some
@given(people(), shares, prices)
def test_the_win_chance_is_that_of_the_best_of_three_offers(both, argued, price):
    rep, customer = both
    scenario, firm = numbers(), firm_of()
    buying = scenario.buying
    utility = (
        customer.sensitivity
        * customer.value
        * (1.0 - (1.0 - argued) * (1.0 - scenario.selling.self_evident))
    )
    utility += (
        buying.attention_weight * customer.attention / (customer.attention + scenario.calls.half_response)
    )
    utility += buying.trust_weight * customer.trust + buying.skill_weight * min(rep.skill + rep.fresh, 1.0)
    utility += scenario.effort.effect * math.log(rep.intensity) + buying.ability_weight * math.log(
        rep.ability
    )
    utility += buying.service_weight * rep.service + buying.satisfaction_weight * (
        customer.satisfaction - 0.5
    )
    ours = math.exp(utility + buying.threshold - customer.sensitivity * price)
    score = judge_chances(rep, customer, argued, scenario)
    chance = ours / (ours + 1.0 + math.exp(buying.inertia))
    assert logistic(score - customer.sensitivity * price) == pytest.approx(chance)
    assert firm.books == {}


STAMPS = {
    "price": 1.0,
    "credit": 1.0,
    "worth": 1.0,
    "felt_cost": 1.0,
    "asked": True,
    "granted": True,
    "tested": True,
    "at_floor": True,
    "outcome": 4,
}


@some
@given(people(), weeks_of_run, st.integers(-5, 5), st.floats(0, 5), st.floats(-20, 20))
def test_a_deal_is_described_by_what_its_customer_and_its_date_are(both, t, early, cost, change):
    rep, customer = both
    scenario = numbers(timing={"waiting_cost": cost}, regime={"list_price_change": change})
    deal = Deal(natural_week=t + early, sensitivity=customer.sensitivity, size=7.0, **STAMPS)
    describe(deal, rep, customer, scenario, firm_of(), t)
    assert (deal.unit_cost, deal.listed) == (57.4, pytest.approx(100.0 + change))
    assert deal.serving_cost == pytest.approx(1.466 + 3.947 * (1.0 - customer.fit))
    assert deal.reference == pytest.approx(customer.reference * (1.0 - 0.05 * customer.trust))
    assert deal.argued == show_value(rep, scenario, firm_of())
    on_date = judge_chances(rep, customer, deal.argued, scenario)
    assert deal.score == pytest.approx(on_date - customer.sensitivity * cost * abs(early))
    assert deal.outcome == UNDECIDED
    assert deal.price == deal.credit == deal.worth == deal.felt_cost == 0.0
    assert [deal.asked, deal.granted, deal.tested, deal.at_floor] == [False] * 4
    guessed = replace(deal, believed=0.0, guide=0.0, guide_score=0.0)
    guess_value(guessed, customer, scenario, firm_of())
    assert facts(guessed) == facts(deal)


def weighed(truth, noise, prior, error):
    """The mean of what is usual and what was seen, weighed by how precise each is."""
    precise = 1.0 / error**2
    return (truth + error * noise) * precise / (precise + 1.0 / prior**2)


@some
@given(people(), shares, shares, st.floats(0, 300), st.floats(1, 30))
def test_rep_and_head_office_each_guess_as_well_as_their_errors_let_them(
    both, advantage, part, tests, error
):
    _, customer = both
    estimates = {
        "rep_information_advantage": 0.9 * advantage,
        "head_office_error": error,
        "pricing_participation": part,
    }
    scenario, firm = numbers(estimates=estimates), firm_of()
    firm.office[0].tests, customer.known = tests, 0.9 * customer.known
    deal = Deal(score=4.0, sensitivity=customer.sensitivity, argued=0.3, listed=100.0)
    guess_value(deal, customer, scenario, firm)
    a, b, c, d = draws(firm.luck, customer.need, customer.id, ESTIMATE)
    truth, prior = customer.value - 90.0 - 30.0 * customer.fit, math.hypot(14.0, 14.0)
    seen = weighed(truth, normal(a, b), prior, error * (1.0 - 0.9 * advantage) * (1.0 - customer.known))
    believed = max(90.0 + 30.0 * customer.fit + seen, 0.0) - customer.value
    shown = scenario.selling.self_evident + (1.0 - scenario.selling.self_evident) * 0.3
    assert deal.believed == pytest.approx(4.0 + customer.sensitivity * believed * shown)
    spread = error * (1.0 - 0.4 * part) / math.sqrt(1.0 + tests / 100.0)
    expected = replace(deal)
    value = max(90.0 + 30.0 * customer.planned_fit + weighed(truth, normal(c, d), prior, spread), 0.0)
    guide_deal(expected, value, customer, scenario, firm)
    assert deal.guide_score == pytest.approx(expected.guide_score)
    assert deal.guide == pytest.approx(expected.guide)


@some
@given(shares, st.floats(60, 160), st.floats(-2, 2), st.floats(70, 120))
def test_no_price_is_better_than_the_guide_by_what_head_office_believes(fit, value, intercept, listed):
    scenario, firm, customer = numbers(), firm_of(), Customer(planned_fit=fit, fit=0.1, sensitivity=0.2)
    firm.office[0].guide_intercept = intercept
    deal = Deal(listed=listed, sensitivity=0.2)
    guide_deal(deal, value, customer, scenario, firm)
    half_shown = 0.5 * (1.0 + scenario.selling.self_evident)
    assert deal.guide_score == pytest.approx(0.055 * value * half_shown)
    cost = 57.4 + 1.466 + 3.947 * (1.0 - fit)
    best = best_of(lambda p: logistic(deal.guide_score + intercept - 0.055 * p) * (p - cost), cost, 400.0)
    assert deal.guide == pytest.approx(min(best, listed), abs=1e-3)


def governed(regime, authority=0.1, **groups):
    return numbers(
        regime={"price_regime": regime, "discount_authority": authority, "contract_weeks": 30}, **groups
    )


@some
@given(st.floats(60, 100), shares)
def test_authority_reaches_below_list_or_guide_and_near_the_guide_above_it(guide, authority):
    deal = Deal(listed=100.0, guide=guide)
    floors = [own_floor(deal, governed(regime, authority)) for regime in REGIMES]
    assert floors == pytest.approx([100.0, 100.0 * (1.0 - authority), guide, guide * (1.0 - authority)])
    ceilings = [ceiling_of(deal, governed(regime, authority)) for regime in REGIMES]
    assert ceilings == pytest.approx([100.0, 100.0, 100.0, min(guide * (1.0 + authority), 100.0)])


@some
@given(st.floats(40, 110), st.integers(28, 33), weeks_of_run)
def test_what_was_paid_last_lowers_the_floor_half_way_for_a_time(paid, since, t):
    customer, deal = Customer(contract_price=paid, contract_week=t - since), Deal(own_floor=80.0)
    binds = paid < 80.0 and since <= 30
    for regime in REGIMES:
        lowered = binds and regime in ("delegated", "guided_bounded")
        expected = 0.5 * (80.0 + paid) if lowered else 80.0
        assert floor_of(customer, deal, governed(regime), t) == pytest.approx(expected)
    assert floor_of(Customer(), deal, governed("delegated"), t) == 80.0


AT_ONCE = {"approval_hours": 0.0}


def to_be_priced(believed, guide=85.0):
    """Somebody with conviction, a customer, and a deal at whose list price hardly anybody buys."""
    rep = Rep(understanding=1.0, buy_in=0.9, pipeline=1e5, run_rate=2e4, quota=1e6)
    deal = Deal(size=200.0, unit_cost=57.4, listed=100.0, guide=guide, sensitivity=0.06, reference=110.0)
    deal.score, deal.believed, deal.serving_cost = 5.5, 0.06 * believed, 3.0
    return rep, Customer(quotes=1), deal, firm_of([rep], managers=[Manager()])


@some
@given(st.floats(40, 160), st.floats(75, 99), st.booleans(), st.sampled_from(REGIMES))
def test_a_price_is_the_one_wanted_within_what_the_regime_and_the_manager_allow(
    believed, guide, granted, regime
):
    approval = {"approval_leniency": 1.0 if granted else 0.0, **AT_ONCE}
    scenario = governed(regime, approval=approval, second_chance={"comeback": 0.0})
    rep, customer, deal, firm = to_be_priced(believed, guide)
    settle_price(rep, customer, deal, scenario, firm, 20)
    assert deal.wanted == pytest.approx(best_at_reference(deal, deal.believed, scenario))
    assert deal.own_floor == own_floor(deal, scenario)
    assert not customer.asked
    floor, ceiling = deal.own_floor, ceiling_of(deal, scenario)
    if regime in ("list_only", "guided"):
        assert deal.price == floor
        assert (deal.at_floor, deal.asked) == (False, False)
    else:
        asks = deal.wanted < floor
        assert deal.granted == (asks and granted)
        assert deal.price == min(max(deal.wanted, 0.0 if deal.granted else floor), ceiling)
        assert deal.at_floor == (asks and not granted)


@some
@given(st.floats(60, 140), st.sampled_from(REGIMES), st.sampled_from([0.0, 95.0]))
def test_the_firms_best_price_is_that_of_true_chances_and_costs_whoever_decides(worth, regime, refused):
    rep, customer, deal, firm = to_be_priced(200.0)
    customer.refused, deal.score = refused, 0.06 * worth
    settle_price(rep, customer, deal, governed(regime), firm._replace(ideal=Ideal(best_prices=True)), 20)
    known = logistic(deal.score - 0.06 * refused) if refused else 0.0
    best = best_of(lambda p: (logistic(deal.score - 0.06 * p) - known) * (p - 60.4), 60.4, refused or 110.0)
    assert deal.felt_cost == pytest.approx(60.4)
    assert deal.price == pytest.approx(min(best, 100.0), abs=0.01)


def test_a_contract_widens_what_a_rep_may_do_alone():
    for price, at_floor in ((0.0, 90.0), (70.0, 80.0)):
        rep, customer, deal, firm = to_be_priced(20.0)
        customer.contract_price, customer.contract_week = price, 10
        settle_price(
            rep, customer, deal, governed("delegated", approval={"approval_leniency": 0.0}), firm, 40
        )
        assert (deal.price, deal.own_floor, deal.at_floor) == (pytest.approx(at_floor), 90.0, True)


SLOW = {"approval_leniency": 1.0, "approval_hours": 40.0, "days_per_hour": 5.0}


def test_who_must_wait_for_an_answer_hears_no_price():
    rep, customer, deal, firm = to_be_priced(70.0)
    deal.size = 1e5
    settle_price(rep, customer, deal, governed("delegated", approval=SLOW), firm, 20)
    assert customer.asked
    assert deal.outcome == AWAITING
    assert (deal.price, deal.at_floor) == (0.0, False)


@some
@given(ids, shares, prices, st.floats(0.01, 0.2))
def test_first_prices_are_varied_both_ways_as_luck_has_it_and_never_above_list(k, share, price, size):
    scenario = numbers(estimates={"price_test_share": share, "price_test_size": size})
    for need in range(1, 12):
        deal, firm = Deal(price=price, listed=100.0, at_floor=True), firm_of()
        vary_to_learn(Customer(id=k, need=need, quotes=1), deal, scenario, firm, 9)
        chosen, side, _, _ = draws(firm.luck, need, k, PRICE_TEST)
        varied = min(price * (1.0 + (size if side < 0.5 else -size)), 100.0)
        tested = chosen < share and varied != price
        assert deal.price == pytest.approx(varied if tested else price)
        assert (deal.tested, deal.at_floor) == (tested, not tested)
        assert (firm.office[0].tests, firm.books[9].tested) == (tested, tested)


@pytest.mark.parametrize(
    ("quotes", "share", "ideal", "tested"),
    [
        (1, 1.0, Ideal(), True),
        (0, 1.0, Ideal(), True),
        (2, 1.0, Ideal(), False),
        (1, 0.0, Ideal(), False),
        (1, 1.0, Ideal(best_prices=True), False),
    ],
)
def test_second_prices_and_best_prices_are_never_varied(quotes, share, ideal, tested):
    deal, firm = Deal(price=80.0, listed=100.0), firm_of(ideal=ideal)
    vary_to_learn(Customer(quotes=quotes), deal, numbers(estimates={"price_test_share": share}), firm, 9)
    assert (deal.price != 80.0) == deal.tested == tested


@some
@given(
    st.floats(70, 110), prices, st.floats(-5, 5), st.floats(-5, 5), shares, st.integers(1, 13), weeks_of_run
)
def test_prices_near_a_periods_end_teach_customers_and_others_tell_what_is_usual(
    reference, price, gap, usual, learning, end, t
):
    timing = {"learning": learning, "end_weeks": end}
    scenario = numbers(timing=timing, reference={"weight_of_quoted": 0.25})
    rep, customer = Rep(usual_cut=usual), Customer(reference=reference, gap=gap)
    remember_price(rep, customer, Deal(price=price), scenario, t)
    near, cut = t % 13 >= 13 - end, reference - price
    assert customer.reference == pytest.approx(0.75 * reference + 0.25 * price)
    learned = (1.0 - learning) * gap + learning * (cut - usual)
    assert customer.gap == (pytest.approx(learned, abs=1e-9) if near else gap)
    assert rep.usual_cut == (usual if near else pytest.approx(0.95 * usual + 0.05 * cut, abs=1e-9))


@some
@given(prices, ids, shares, st.booleans())
def test_the_price_that_the_customer_hears_is_credited_and_remembered(price, k, weight, staffed):
    scenario = numbers(estimates={"price_test_share": 1.0}, pay={"margin_weight": weight})
    rep, customer, firm = Rep(staffed=staffed), Customer(id=k, reference=90.0, quotes=1), firm_of()
    deal = Deal(price=price, listed=100.0, size=12.0, credit=-1.0)
    name_price(rep, customer, deal, scenario, firm, 3)
    assert firm.books[3].quoted == 1
    assert deal.credit == (pytest.approx(12.0 * credit_at(deal.price, scenario)) if staffed else 0.0)
    assert customer.reference == pytest.approx(0.85 * 90.0 + 0.15 * deal.price)
    assert rep.usual_cut == pytest.approx(0.05 * (90.0 - deal.price))


@some
@given(st.integers(0, 3), st.integers(0, 3), st.sets(st.integers(0, 5)))
def test_each_deal_of_the_week_hears_a_price_or_awaits_an_answer(first, more, small):
    scenario = governed("delegated", approval=SLOW)
    rep = to_be_priced(70.0)[0]
    customers = [Customer(id=k, rep=0, value=70.0, fit=0.5, reference=90.0, quotes=1) for k in range(6)]
    deals = [
        Deal(account=k, size=0.01 if k in small else 1e5, sensitivity=0.06, natural_week=30)
        for k in range(6)
    ]
    for deal, customer in zip(deals, customers, strict=True):
        customer.sensitivity = deal.sensitivity
    firm = firm_of([Rep(), rep], customers, [Manager()], deals, scenario=scenario)
    for deal in deals:
        deal.rep = 1
    firm.keeping[0].first_row, firm.keeping[0].deal_rows = first, first + more
    before = [facts(deal) for deal in deals]
    quote(scenario, firm, 30)
    rows = range(first, first + more)
    for k, deal in enumerate(deals):
        assert bool(changed(before[k], deal)) == (k in rows)
        assert (deal.outcome == AWAITING) == (k in rows and k not in small)
        assert (deal.price > 0.0) == (k in rows and k in small)
    assert firm.books[30].quoted == len(small & set(rows))
    assert firm.books[30].awaiting == len(set(rows) - small)
