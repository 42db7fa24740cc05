"""Customers choose by what is offered and by taste, and what they choose is booked once and dated."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.deals import AWAITING, LOST, NO_DECISION, RESTED, UNDECIDED, WON
from salesim.model.luck import CHURN, COMEBACK, DECISION, draws
from salesim.model.phases.decide import (
    answer,
    book_sale,
    choose,
    comes_back,
    decide,
    learn_from_answer,
    note_pay_by_deal,
    reconsider,
    rest,
)
from salesim.model.phases.due import money_of_a_deal
from salesim.model.state import Customer
from tests.model.phases.first import between, columns, each, few, moved, near, picture, seeds, world

OUTCOMES = (WON, LOST, NO_DECISION, RESTED)


def first_deal(firm):
    deal = firm.deals[4]
    return deal, firm.customers[deal.account], firm.reps[deal.rep]


def logistic(x):
    return math.exp(x) / (1.0 + math.exp(x))


def score_at_price(deal, scenario):
    """The score of the offer once price and sense of loss are counted."""
    hurt = scenario.reference.loss_aversion * max(deal.price - deal.reference, 0.0)
    return deal.score - deal.sensitivity * (deal.price + hurt)


@each
@given(seed=seeds)
def test_the_customer_takes_the_best_of_three_tastes_included(seed):
    scenario, firm, _ = world(seed)
    inertia = scenario.buying.inertia
    deal, customer, _ = first_deal(firm)
    deal.score += deal.sensitivity * deal.price
    for customer.need in range(12):
        tastes = [
            -math.log(math.log(1.0 / u)) for u in draws(firm.luck, customer.need, customer.id, DECISION)
        ]
        offer = score_at_price(deal, scenario) + math.log1p(math.exp(inertia)) + tastes[0]
        utilities = {WON: offer, LOST: tastes[1], NO_DECISION: inertia + tastes[2]}
        assert choose(customer, deal, scenario, firm) == max(utilities, key=utilities.get)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_score_is_won_as_often_as_its_logistic_says_and_the_rest_is_split_by_inertia(seed):
    scenario, firm, _ = world(seed)
    deal, customer, _ = first_deal(firm)
    deal.score = deal.sensitivity * deal.price + 0.3
    many, found = 3_000, []
    for customer.need in range(many):
        found.append(choose(customer, deal, scenario, firm))
    chance = logistic(score_at_price(deal, scenario))
    assert abs(found.count(WON) / many - chance) < 4.0 * math.sqrt(chance * (1.0 - chance) / many)
    dropped = logistic(scenario.buying.inertia)
    left = many - found.count(WON)
    assert abs(found.count(NO_DECISION) / left - dropped) < 4.0 * math.sqrt(
        dropped * (1.0 - dropped) / left
    )


@each
@given(seed=seeds, quotes=st.integers(0, 3))
def test_a_customer_comes_back_below_the_chance_and_after_one_quote_only(seed, quotes):
    scenario, firm, _ = world(seed)
    customer = firm.customers[7]
    customer.quotes = quotes
    before = picture(firm)
    drawn = draws(firm.luck, customer.need, customer.id, COMEBACK)[0]
    for comeback, yes in ((drawn, False), (math.nextafter(drawn, 1.0), True), (0.0, False)):
        firm_as_drawn = scenario.with_numbers({"second_chance.comeback": comeback})
        assert comes_back(customer, firm_as_drawn, firm) == (yes and quotes <= 1)
    assert moved(firm, before) == {}


@each
@given(t=st.integers(0, 500), weeks=st.integers(1, 104), price=st.floats(1.0, 200.0))
def test_a_matter_rests_exactly_as_long_as_said(t, weeks, price):
    scenario = world(0)[0].with_numbers({"second_chance.reconsider_weeks": weeks})
    customer, deal = Customer(contract_week=3), Deal(price=price)
    rest(customer, deal, scenario, t)
    assert (customer.not_before, customer.natural_week, customer.ready_week) == (t + weeks,) * 3
    assert (customer.refused, customer.contract_week, customer.contract_price) == (price, 3, 0.0)


@pytest.mark.parametrize("outcome", OUTCOMES)
@each
@given(seed=seeds)
def test_head_office_is_surprised_by_what_it_did_not_expect(outcome, seed):
    scenario, firm, _ = world(seed)
    deal, office = firm.deals[4], firm.office[0]
    deal.outcome = outcome
    surprise, evidence, before = office.surprise, office.evidence, picture(firm)
    learn_from_answer(deal, scenario, firm)
    expected = logistic(
        deal.guide_score + office.guide_intercept - scenario.buying.price_coefficient * deal.price
    )
    assert office.surprise == near(surprise + (outcome == WON) - expected)
    assert office.evidence == near(evidence + expected - expected * expected)
    assert moved(firm, before) == {("office", 0): {"surprise", "evidence"}}


BOOKED = {
    "units": lambda d: d.size,
    "list_value": lambda d: d.size * d.listed,
    "revenue": lambda d: d.size * d.price,
    "unit_cost": lambda d: d.size * d.unit_cost,
    "serving_cost": lambda d: d.size * d.serving_cost,
    "credited": lambda d: d.credit,
}


@each
@given(seed=seeds, t=st.integers(0, 64))
def test_a_sale_goes_into_the_books_once_and_into_memory_with_its_week(seed, t):
    scenario, firm, _ = world(seed)
    deal, customer, rep = first_deal(firm)
    rep.staffed = seed % 3 > 0
    deal.natural_week = t + seed % 41 - 20
    before, was = picture(firm), dict(vars(firm.books[t]))
    book_sale(rep, customer, deal, scenario, firm, t)
    book, revenue, length = firm.books[t], deal.size * deal.price, scenario.pay.period_weeks
    for column, amount in BOOKED.items():
        assert getattr(book, column) == near(was[column] + amount(deal)), column
    halfway = 0.5 * (scenario.market.target_fit + scenario.market.other_fit)
    assert book.target_revenue == near(was["target_revenue"] + revenue * (customer.fit >= halfway))
    moved_by = math.floor(deal.natural_week / length) - math.floor(t / length)
    assert book.pulled_forward == near(was["pulled_forward"] + revenue * (moved_by > 0))
    assert book.held_back == near(was["held_back"] + revenue * (moved_by < 0))
    assert (customer.contract_week, customer.contract_price) == (t, deal.price)
    names = {*BOOKED, "target_revenue", "pulled_forward", "held_back"}
    assert set(moved(firm, before)) <= {("books", t), ("reps", rep.id), ("customers", customer.id)}
    assert columns(moved(firm, before), "books") <= names
    known = {"contract_week", "contract_price", "reference", "sold_by", "sold_by_hire", "return_credit"}
    assert columns(moved(firm, before), "customers") <= known


@each
@given(seed=seeds)
def test_what_is_paid_by_the_deal_touches_the_rep_alone_and_nothing_without_sums_rates_and_factors(seed):
    none = dict.fromkeys(("per_deal", "per_unit", "new_rate"), 0.0)
    none |= {"low_margin_factor": 1.0, "high_margin_factor": 1.0}
    for paths in ({}, {f"by_deal__{name}": value for name, value in none.items()}):
        scenario, firm, t = world(seed, **paths)
        deal, customer, rep = first_deal(firm)
        before = picture(firm)
        note_pay_by_deal(rep, customer, deal, scenario, t)
        found = moved(firm, before)
        assert set(found) <= (set() if paths else {("reps", rep.id)})
        assert columns(found, "reps") <= {
            "deal_pay_this_week",
            "band_pay_this_week",
            "band_credit_this_week",
        }


@each
@given(seed=seeds)
def test_pay_for_a_sale_is_at_risk_and_overlays_are_paid_for_it_as_a_cost_only(seed):
    """What is taken back later is what the sale added to pay: by the curves and by the deal, as it is."""
    paths = {
        "clawback__clawback_weeks": 26,
        "clawback__clawback_share": 0.5,
        "team_pay__overlay_rate": 0.02,
    }
    scenario, firm, t = world(seed, **paths)
    deal, customer, rep = first_deal(firm)
    rep.staffed, customer.contract_week, revenue = True, -1, deal.size * deal.price
    was, book = dict(vars(rep)), dict(vars(firm.books[t]))
    by_curve = money_of_a_deal(rep, deal.credit, scenario, t)
    book_sale(rep, customer, deal, scenario, firm, t)
    by_deal = rep.deal_pay_this_week - was["deal_pay_this_week"]
    by_deal += rep.band_pay_this_week - was["band_pay_this_week"]
    on_target = scenario.pay.target_rate * (rep.target_this_week - was["target_this_week"])
    assert customer.at_risk == near(0.5 * (by_curve + by_deal + on_target), abs=1e-6)
    assert customer.at_risk_weeks == 26
    assert (customer.sold_by, customer.sold_by_hire) == (rep.id, rep.hires)
    for column in ("overlay_pay", "variable_pay", "on_target_pay"):
        assert getattr(firm.books[t], column) - book[column] == near(0.02 * revenue, abs=1e-6)


@each
@given(seed=seeds)
def test_a_rep_in_the_seat_earns_the_credit_and_knows_the_industry(seed):
    scenario, firm, t = world(seed)
    deal, customer, rep = first_deal(firm)
    is_new = seed % 2 == 0
    customer.contract_week = -1 if is_new else 3
    was, money = dict(vars(rep)), money_of_a_deal(rep, deal.credit, scenario, t)
    book_sale(rep, customer, deal, scenario, firm, t)
    credit = deal.credit if rep.staffed else 0.0
    assert rep.credited == near(was["credited"] + credit)
    assert rep.credited_this_week == near(was["credited_this_week"] + credit)
    on_target = deal.size * deal.price if rep.staffed and customer.planned_target else 0.0
    assert rep.target_this_week == near(was["target_this_week"] + on_target)
    pay = scenario.by_deal
    by_deal = pay.per_deal + (pay.per_unit + pay.new_rate * deal.price * is_new) * deal.size
    edges = [deal.unit_cost / (1.0 - margin) for margin in (pay.low_margin, pay.high_margin)]
    factor = pay.low_margin_factor if deal.price < edges[0] else 1.0
    if deal.price >= max(edges):
        factor = pay.high_margin_factor
    by_deal = factor * by_deal * rep.staffed + (factor - 1.0) * scenario.pay.target_rate * on_target
    more = (factor - 1.0) * rep.staffed
    assert rep.band_pay_this_week == near(was["band_pay_this_week"] + more * money)
    assert rep.band_credit_this_week == near(was["band_credit_this_week"] + more * deal.credit)
    assert rep.deal_pay_this_week == near(was["deal_pay_this_week"] + by_deal)
    known = {k for k in range(64) if was["industries"] & 2**k} | (
        {customer.industry} if rep.staffed else set()
    )
    assert {k for k in range(64) if rep.industries & 2**k} == known
    touched = {"credited", "credited_this_week", "target_this_week", "industries", "deal_pay_this_week"}
    touched |= {"band_pay_this_week", "band_credit_this_week"}
    assert {name for name in was if was[name] != getattr(rep, name)} <= touched


@each
@given(seed=seeds, quoted=st.floats(0.0, 0.9), paid=st.floats(0.0, 1.0))
def test_being_quoted_and_paying_a_price_together_weigh_as_much_as_paying(seed, quoted, paid):
    scenario, firm, t = world(seed, reference__weight_of_quoted=quoted, reference__weight_of_paid=paid)
    deal, customer, rep = first_deal(firm)
    before = customer.reference
    customer.reference = (1.0 - quoted) * before + quoted * deal.price
    book_sale(rep, customer, deal, scenario, firm, t)
    weight = max(quoted, paid)
    assert customer.reference == near((1.0 - weight) * before + weight * deal.price)


@each
@given(seed=seeds)
def test_the_halfway_fit_counts_as_a_target(seed):
    scenario, firm, t = world(seed)
    deal, customer, rep = first_deal(firm)
    customer.fit = 0.5 * (scenario.market.target_fit + scenario.market.other_fit)
    before = firm.books[t].target_revenue
    book_sale(rep, customer, deal, scenario, firm, t)
    assert firm.books[t].target_revenue == near(before + deal.size * deal.price)


@each
@given(seed=seeds)
def test_an_answer_is_counted_once_and_only_what_rests_stays_open(seed):
    scenario, firm, t = world(seed, second_chance__comeback=0.8)
    deal, customer, rep = first_deal(firm)
    deal.score += deal.sensitivity * deal.price - 3.0
    deal.outcome, customer.refused, customer.quotes = UNDECIDED, 0.0, 1 + seed % 4 // 3
    outcome = choose(customer, deal, scenario, firm)
    if outcome == NO_DECISION and comes_back(customer, scenario, firm):
        outcome = RESTED
    was, decided, natural = dict(vars(firm.books[t])), rep.decided, customer.natural_week
    surprise, sold = firm.office[0].surprise, customer.contract_price
    answer(customer, deal, scenario, firm, t)
    book = firm.books[t]
    counted = {WON: "won", LOST: "lost", NO_DECISION: "no_decision", RESTED: "rested"}
    assert deal.outcome == outcome
    assert {name: getattr(book, name) - was[name] for name in counted.values()} == {
        name: int(code == outcome) for code, name in counted.items()
    }
    assert book.at_floor == was["at_floor"] + deal.at_floor
    assert rep.decided == decided + 1
    assert customer.is_open == (outcome == RESTED)
    assert book.units == near(was["units"] + deal.size * (outcome == WON))
    assert (customer.contract_price, customer.refused) == {
        WON: (deal.price, 0.0),
        RESTED: (sold, deal.price),
    }.get(outcome, (sold, 0.0))
    weeks = scenario.second_chance.reconsider_weeks
    assert customer.natural_week == (t + weeks if outcome == RESTED else natural)
    assert (firm.office[0].surprise > surprise) == (outcome == WON)


def test_every_outcome_is_met():
    seen = set()
    for seed in range(60):
        scenario, firm, t = world(seed)
        deal, customer, _ = first_deal(firm)
        deal.score += deal.sensitivity * deal.price - 4.0
        answer(customer, deal, scenario, firm, t)
        seen.add(deal.outcome)
    assert seen == set(OUTCOMES)


@few
@given(seed=seeds)
def test_this_weeks_quotes_are_answered_and_a_thirteenth_of_the_accounts_think_again(seed):
    scenario, firm, t = world(seed, relationship__churn=0.0)
    for k, deal in enumerate(firm.deals):
        deal.outcome = AWAITING if k % 4 == 0 else UNDECIDED
    before = picture(firm)
    decide(scenario, firm, t)
    after = moved(firm, before)
    answered = {k for k in range(3, 10) if k % 4}
    assert {k for k, deal in enumerate(firm.deals) if deal.outcome not in (AWAITING, UNDECIDED)} == answered
    assert {k for table, k in after if table == "deals"} == answered
    decided = [rep.decided - row["decided"] for rep, row in zip(firm.reps, before["reps"], strict=True)]
    assert decided == [sum(firm.deals[k].rep == rep.id for k in answered) for rep in firm.reps]
    for k in answered:
        assert firm.customers[firm.deals[k].account].is_open == (firm.deals[k].outcome == RESTED)
    thinking = {
        k for (table, k), names in after.items() if table == "customers" and "satisfaction" in names
    }
    assert thinking == {k for k in range(len(firm.customers)) if (k - t) % 13 == 0}
    touched = {k for table, k in after if table == "customers"}
    assert touched - thinking <= {firm.deals[k].account for k in answered}
    book, row = firm.books[t], before["books"][t]
    names = ("won", "lost", "no_decision", "rested")
    assert sum(getattr(book, name) - row[name] for name in names) == len(answered)


@each
@given(seed=seeds)
def test_satisfaction_moves_to_what_fit_service_and_contact_deserve(seed):
    scenario, firm, t = world(seed, relationship__churn=0.0)
    customer, r = firm.customers[9], scenario.relationship
    customer.is_open = seed % 2 == 0
    was, service = customer.satisfaction, firm.reps[customer.rep].service
    contact = customer.attention / (customer.attention + scenario.calls.half_response)
    before = picture(firm)
    reconsider(customer, scenario, firm, t)
    cared = r.service_share * service + (1.0 - r.service_share) * customer.fit
    level = r.contact_share * contact + (1.0 - r.contact_share) * cared
    assert customer.satisfaction == near(between(0.0, was + r.adjustment * (level - was), 1.0))
    assert moved(firm, before) == {("customers", 9): {"satisfaction"}}


def kept_for_a_quarter(scenario, customer):
    """Chance that a customer of this satisfaction is kept: the yearly chance, a quarter of a year, unhappiness."""
    haste = math.exp(scenario.relationship.churn_response * (0.5 - customer.satisfaction))
    return (1.0 - scenario.relationship.churn) ** (haste / 4.0)


@few
@given(seed=seeds)
def test_the_unhappy_leave_by_the_chance_of_a_quarter_if_nothing_is_open(seed):
    for churn in (0.0, 0.8):
        scenario, firm, t = world(seed, relationship__churn=churn)
        kept, _, _ = world(seed, relationship__churn=0.0)
        _, still, _ = world(seed, relationship__churn=0.0)
        before, churned, gone = picture(firm), firm.books[t].churned, 0
        for customer, staying in zip(firm.customers, still.customers, strict=True):
            reconsider(customer, scenario, firm, t)
            reconsider(staying, kept, still, t)
            drawn = draws(firm.luck, t, customer.id, CHURN)[0]
            leaves = not staying.is_open and drawn < 1.0 - kept_for_a_quarter(scenario, staying)
            assert customer.generation == before["customers"][customer.id]["generation"] + leaves
            if leaves:
                gone += 1
                assert (customer.contract_week, customer.trust, customer.satisfaction) == (-1, 0.0, 0.5)
            else:
                assert vars(customer) == vars(staying)
        assert firm.books[t].churned == churned + gone
        assert columns(moved(firm, before), "books") == ({"churned"} if gone else set())
