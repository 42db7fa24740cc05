"""The price that a rep thinks best, against a search over all prices."""

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.ideal import Ideal
from salesim.model.phases.foresight import worth_in_a_fresh_period, worth_in_this_period
from salesim.model.phases.pricing import (
    best_at_reference,
    best_so_far,
    better_of,
    chance_of,
    compare_bands,
    compare_jumps,
    credit_at,
    feel_cost,
    gain_left,
    gain_of,
    margin_part,
    pay_per_dollar,
    price_after,
    price_for_sums,
    sums_per_unit,
    want_price,
    worth_of_quoting,
    worth_of_waiting,
    worth_to_the_rep,
)
from salesim.model.state import Customer, Rep
from tests.model.phases.second import (
    best_of,
    firm_of,
    logistic,
    numbers,
    plans,
    reps,
    shares,
    some,
    weeks_of_run,
)

COST, PLANNED = 57.4, 90.0  # of the typical firm
MARGIN = (PLANNED - COST) / PLANNED
prices = st.floats(50, 120)
worths = st.floats(0.01, 0.2)
aversions = st.floats(0, 2).map(lambda x: numbers(reference={"loss_aversion": x}))


@st.composite
def offers(draw):
    """A deal of which the rep believes something else than is true."""
    sensitivity = draw(st.floats(0.03, 0.12))
    deal = Deal(size=draw(st.floats(10, 500)), unit_cost=COST, listed=100.0, sensitivity=sensitivity)
    deal.reference, deal.felt_cost = draw(st.floats(70, 110)), draw(st.floats(20, 60))
    deal.score, deal.believed = (sensitivity * draw(st.floats(60, 130)) for _ in range(2))
    deal.worth = draw(worths)
    return deal


def chance(price, deal, score, scenario):
    """Win chance at a price; what lies above the reference weighs more."""
    lost = scenario.reference.loss_aversion * max(price - deal.reference, 0.0)
    return logistic(score - deal.sensitivity * (price + lost))


def best_price(deal, score, scenario, known=0.0, high=400.0):
    """The price at which the chance beyond what is known to be refused earns the most, by search."""

    def gain(price):
        return (chance(price, deal, score, scenario) - known) * (price - deal.felt_cost)

    return best_of(gain, deal.felt_cost, high)


@some
@given(offers(), aversions, prices, st.floats(2, 8))
def test_a_chance_falls_with_the_price_and_faster_above_the_reference(deal, scenario, price, score):
    assert chance_of(price, deal, score, scenario) == pytest.approx(chance(price, deal, score, scenario))
    deal.believed = score
    gain = chance(price, deal, score, scenario) * (price - deal.felt_cost)
    assert gain_of(price, deal, scenario) == pytest.approx(gain)


@some
@given(offers(), aversions, st.floats(2, 8))
def test_no_price_is_better_than_the_best(deal, scenario, score):
    best = best_price(deal, score, scenario)
    assert best_at_reference(deal, score, scenario) == pytest.approx(best, abs=1e-3)
    for refused in (0.0, 0.5 * deal.felt_cost, deal.felt_cost):
        assert best_so_far(Customer(refused=refused), deal, score, scenario) == pytest.approx(
            best, abs=1e-3
        )


@some
@given(offers(), aversions, st.floats(2, 8), st.floats(1, 40))
def test_no_lower_price_is_better_after_a_no_than_the_second(deal, scenario, score, above):
    refused = deal.felt_cost + above
    best = best_price(deal, score, scenario, chance(refused, deal, score, scenario), refused)
    assert price_after(refused, deal, score, scenario) == pytest.approx(best, abs=0.01)
    assert best_so_far(Customer(refused=refused), deal, score, scenario) == pytest.approx(best, abs=0.01)


def paying(margin_weight, target_rate=0.02, **groups):
    pay = {"margin_weight": margin_weight, "target_rate": target_rate, "pay_mix": 0.6}
    return numbers(pay=pay, **groups)


@some
@given(shares, st.floats(20, 120))
def test_credit_is_revenue_or_scaled_margin_and_the_same_on_plan(weight, price):
    scenario = paying(weight)
    on_plan = (1.0 - weight) * price + weight * PLANNED * (price - COST) / (PLANNED - COST)
    assert credit_at(price, scenario) == pytest.approx(on_plan)
    assert credit_at(PLANNED, scenario) == pytest.approx(PLANNED)
    assert credit_at(COST, scenario) == pytest.approx((1.0 - weight) * COST)


@some
@given(shares, worths)
def test_a_dollar_on_the_price_pays_for_its_credit_and_in_a_target_for_itself(weight, worth):
    scenario = paying(weight)
    slope = credit_at(81.0, scenario) - credit_at(80.0, scenario)
    assert margin_part(scenario) == pytest.approx(slope - (1.0 - weight))
    plain, target = (
        pay_per_dollar(worth, Customer(planned_target=is_one), scenario) for is_one in (False, True)
    )
    assert plain == pytest.approx(worth * slope)
    assert target == pytest.approx(worth * slope + 0.02)


@some
@given(shares, shares, shares, shares, shares)
def test_cost_is_felt_between_what_pay_takes_for_it_and_all_of_it(
    weight, understanding, buy_in, part, by_part
):
    scenario = paying(
        weight,
        discounting={"professional_norm": 0.7, "norm_of_participation": by_part},
        estimates={"pricing_participation": part},
    )
    rep, target, worth = (
        Rep(understanding=understanding, buy_in=buy_in),
        Customer(planned_target=True),
        0.05,
    )
    norm = 0.7 * understanding * buy_in
    norm += by_part * part * (1.0 - norm)
    for customer, now, extra in ((target, worth, 0.02), (Customer(), worth, 0.0), (Customer(), 0.0, 0.0)):
        deal = Deal(unit_cost=COST, worth=pay_per_dollar(now, customer, scenario))
        weighed = worth * weight / MARGIN
        in_pay = weighed / (worth * (1.0 - weight) + weighed + extra)
        felt = COST * (1.0 - (1.0 - in_pay) * (1.0 - norm))
        assert feel_cost(rep, deal, now, scenario) == pytest.approx(felt)


@some
@given(st.floats(0.01, 1), worths)
def test_a_price_at_the_cost_that_pay_counts_earns_nothing_on_margin(weight, worth):
    scenario = paying(weight)
    deal = Deal(unit_cost=COST, worth=pay_per_dollar(worth, Customer(planned_target=True), scenario))
    felt = feel_cost(Rep(), deal, worth, scenario.with_numbers({"estimates.pricing_participation": 0.0}))
    assert worth * credit_at(felt, scenario) + 0.02 * felt == pytest.approx(0.0, abs=1e-9)


SECOND = {"comeback": 0.6, "reconsider_weeks": 4}


def worth_of_a_comeback(deal, floor, ratio, scenario):
    """What a second, lower price would earn from a customer who declined the first, by search."""
    first = min(max(best_price(deal, deal.believed, scenario), floor), deal.listed)
    known = chance(first, deal, deal.believed, scenario)
    second = max(best_price(deal, deal.believed, scenario, known, first), floor)
    gain = (
        (chance(second, deal, deal.believed, scenario) - known) / (1.0 - known) * (second - deal.felt_cost)
    )
    back = 0.6 * logistic(scenario.buying.inertia) * math.exp(-4.0 * scenario.worth.later_discount)
    return back * gain * ratio


@some
@given(offers(), st.floats(0, 1.5), st.floats(0.3, 1), st.floats(0, 2))
def test_waiting_is_worth_what_the_second_price_would_earn_if_the_customer_comes_back(
    deal, ratio, low, aversion
):
    scenario = numbers(second_chance=SECOND, reference={"loss_aversion": aversion})
    first = best_so_far(Customer(), deal, deal.believed, scenario)
    floor, first_quote = low * min(first, deal.listed), Customer(quotes=1)
    worth = worth_of_waiting(first_quote, deal, floor, ratio * deal.worth, scenario)
    assert worth == pytest.approx(worth_of_a_comeback(deal, floor, ratio, scenario), rel=1e-3, abs=1e-4)
    assert worth_of_waiting(first_quote, deal, floor, -1.0, scenario) == 0.0
    assert worth_of_waiting(Customer(quotes=2), deal, floor, deal.worth, scenario) == 0.0
    assert worth_of_waiting(first_quote, deal, deal.listed, deal.worth, scenario) == 0.0
    for nothing in (0.0, -0.1):
        assert worth_of_waiting(first_quote, replace(deal, worth=nothing), floor, 1.0, scenario) == 0.0


def test_there_is_no_second_price_below_a_cost_that_list_does_not_cover():
    deal = Deal(listed=100.0, felt_cost=105.0, believed=6.0, sensitivity=0.05, reference=90.0, worth=0.05)
    assert worth_of_waiting(Customer(quotes=1), deal, 60.0, 0.05, numbers(second_chance=SECOND)) == 0.0


@some
@given(reps(), plans(), shares, weeks_of_run, st.floats(-0.05, 0.05))
def test_a_deal_is_worth_its_credit_on_plan_less_what_quotas_make_of_it(rep, scenario, weight, t, shadow):
    scenario, deal = scenario.with_numbers({"pay.margin_weight": weight}), Deal(size=200.0)
    rep.shadow = shadow
    now, later = worth_to_the_rep(rep, deal, scenario, firm_of(), t)
    assert now == pytest.approx(
        worth_in_this_period(rep, 200.0 * PLANNED, scenario, firm_of(), t) - shadow, abs=1e-9
    )
    assert later == pytest.approx(
        worth_in_a_fresh_period(rep, 200.0 * PLANNED, scenario, firm_of()) - shadow, abs=1e-9
    )
    ignoring = firm_of(ideal=Ideal(calendar_ignored=True))
    assert worth_to_the_rep(rep, deal, scenario, ignoring, t) == (later, later)
    rep.staffed = False
    assert worth_to_the_rep(rep, deal, scenario, firm_of(), t) == (0.0, 0.0)


@some
@given(offers(), reps(), plans(), weeks_of_run, st.sampled_from([0.0, 75.0]), st.sampled_from([0, 1, 2]))
def test_a_rep_wants_the_best_price_for_the_cost_that_pay_conviction_and_waiting_make(
    deal, rep, scenario, t, refused, quotes
):
    scenario = scenario.with_numbers(
        {"payout.bonus": 0.0, "payout.year_bonus": 0.0, "pay.margin_weight": 0.3, "pay.target_rate": 0.01}
    )
    customer = Customer(refused=refused, quotes=quotes, planned_target=True)
    rep.understanding, rep.buy_in = 0.6, 0.5
    now, later = worth_to_the_rep(rep, deal, scenario, firm_of(), t)
    price = want_price(rep, customer, deal, 60.0, scenario, firm_of(), t)
    assert deal.worth == pay_per_dollar(now, customer, scenario)
    if now >= 0.0:
        alone = replace(deal, felt_cost=feel_cost(rep, deal, now, scenario))
        later = pay_per_dollar(later, customer, scenario)
        waiting = worth_of_waiting(customer, alone, 60.0, later, scenario)
        assert deal.felt_cost == pytest.approx(alone.felt_cost + waiting)
        assert price == best_so_far(customer, deal, deal.believed, scenario)


@some
@given(offers(), reps(), weeks_of_run)
def test_who_loses_by_selling_asks_for_list_and_an_empty_seat_for_the_best_price(deal, rep, t):
    rep.shadow = 1.0
    assert want_price(rep, Customer(), deal, 60.0, numbers(), firm_of(), t) == deal.listed
    assert deal.worth < 0.0
    rep.staffed = False
    price = want_price(rep, Customer(), deal, 60.0, numbers(), firm_of(), t)
    assert deal.worth == 0.0
    assert deal.felt_cost == feel_cost(rep, deal, 0.0, numbers())
    assert price == best_so_far(Customer(), deal, deal.believed, numbers())


@some
@given(offers(), reps(), plans(), shares, weeks_of_run, prices, st.booleans(), st.floats(-0.02, 0.02))
def test_a_quote_is_worth_its_chance_times_the_pay_for_just_its_credit(
    deal, rep, scenario, weight, t, price, is_target, shadow
):
    scenario = scenario.with_numbers({"pay.margin_weight": weight, "pay.target_rate": 0.02})
    customer, rep.shadow = Customer(planned_target=is_target), shadow
    slope = (
        worth_in_this_period(rep, deal.size * credit_at(price, scenario), scenario, firm_of(), t) - shadow
    )
    paid = slope * (1.0 - weight + weight / MARGIN)
    paid += 0.02 * is_target
    expected = chance(price, deal, deal.believed, scenario) * (price - deal.felt_cost) * paid
    worth = worth_of_quoting(price, rep, customer, deal, scenario, firm_of(), t)
    assert worth == pytest.approx(expected, rel=1e-6, abs=1e-9)


@some
@given(
    offers(), reps(), st.floats(0, 3_000), st.floats(0, 5), st.floats(0, 1), st.floats(0, 0.1), weeks_of_run
)
def test_with_sums_no_price_of_a_grid_earns_more_than_the_one_wanted(deal, rep, f, u, weight, shadow, t):
    """Whatever sums, credit and the ratchet make of a price: chance times all that it pays."""
    scenario = paying(weight, second_chance={"comeback": 0.0}, payout={"bonus": 0.0, "accelerator": 1.0})
    scenario = scenario.with_numbers({"by_deal.per_deal": f, "by_deal.per_unit": u})
    rep.shadow, rep.understanding, rep.buy_in, floor = shadow, 0.5, 0.5, 55.0
    deal.felt_cost = 0.0
    wanted = min(max(want_price(rep, Customer(), deal, floor, scenario, firm_of(), t), floor), deal.listed)
    now, _ = worth_to_the_rep(rep, deal, scenario, firm_of(), t)
    cost, sums = feel_cost(rep, deal, now, scenario), u + f / deal.size
    assert sums_per_unit(rep, Customer(), deal, scenario, t) == pytest.approx(sums)

    def earned(price):
        return chance(price, deal, deal.believed, scenario) * (deal.worth * (price - cost) + sums)

    best = max(earned(floor + (deal.listed - floor) * k / 400.0) for k in range(401))
    if sums > 0.0 and (deal.worth >= 0.0 or earned(floor) > 0.0):
        assert earned(wanted) >= best - 1e-9 - 1e-6 * abs(best)
    elif deal.worth < 0.0:
        assert wanted == deal.listed


@some
@given(
    offers(),
    st.floats(0, 0.6),
    st.floats(0, 0.6),
    st.floats(0, 3),
    st.floats(0, 3),
    st.floats(0, 0.02),
    st.sampled_from([0.0, 96.0]),
    st.floats(40, 90),
)
def test_with_bands_of_margin_no_price_of_a_grid_is_worth_more_than_the_one_chosen(
    deal, low, high, low_factor, high_factor, extra, refused, floor
):
    """Inside a band the smooth optimum clipped to it is best, so the edges are all that is to be compared."""
    bands = {"low_margin": low, "low_margin_factor": low_factor}
    bands |= {"high_margin": high, "high_margin_factor": high_factor}
    scenario, customer = numbers(by_deal=bands), Customer(refused=refused)
    best = best_so_far(customer, deal, deal.believed, scenario)
    chosen = min(max(compare_bands(customer, deal, best, floor, scenario), floor), deal.listed)

    def earned(price):
        margin = (price - COST) / price
        factor = low_factor if margin < low - 1e-12 else high_factor if margin >= high - 1e-12 else 1.0
        known = chance(refused, deal, deal.believed, scenario) if refused else 0.0
        return factor * (chance(price, deal, deal.believed, scenario) - known) * (price - deal.felt_cost)

    grid = [floor + (deal.listed - floor) * k / 500.0 for k in range(501)]
    most = max(earned(price) for price in grid)
    found = gain_left(chosen, customer, deal, scenario)
    assert found == pytest.approx(earned(chosen), abs=1e-6) or min(low_factor, high_factor) != 1.0
    assert found >= most - 1e-3 * abs(most) - 1e-6


def test_a_rep_goes_up_to_the_edge_from_which_on_a_deal_pays_more():
    deal = Deal(size=100.0, unit_cost=60.0, listed=110.0, sensitivity=0.08, believed=8.0, reference=110.0)
    deal.felt_cost, customer = 60.0, Customer()
    plain = best_so_far(customer, deal, deal.believed, numbers())
    steep = numbers(by_deal={"high_margin": 0.4, "high_margin_factor": 2.0})
    assert 80.0 < plain < 100.0
    assert compare_bands(customer, deal, plain, 70.0, steep) == pytest.approx(100.0)
    assert compare_bands(customer, deal, plain, 70.0, numbers()) == plain
    rarely = numbers(by_deal={"low_margin": 0.0, "high_margin": 0.2, "high_margin_factor": 0.1})
    assert compare_bands(customer, deal, plain, 70.0, rarely) == pytest.approx(75.0, rel=1e-5)
    assert gain_of(90.0, deal, rarely) == pytest.approx(0.1 * gain_of(90.0, deal, numbers()))


def test_sums_alone_make_a_rep_sell_at_the_floor_unless_a_sale_costs_more_than_they_pay():
    rep, deal = Rep(), Deal(size=100.0, unit_cost=COST, listed=100.0, worth=0.0)
    assert price_for_sums(rep, deal, 0.0, 2.0, 80.0, numbers()) == 80.0
    for worth, price in ((-0.01, 80.0), (-0.5, 100.0)):
        deal.worth = worth
        assert price_for_sums(rep, deal, worth, 2.0, 80.0, numbers()) == price
    assert (
        sums_per_unit(Rep(staffed=False), Customer(), deal, numbers(by_deal={"per_deal": 50.0}), 3) == 0.0
    )


@some
@given(offers(), reps(), plans(), weeks_of_run, prices, st.floats(1, 2_000))
def test_a_sum_is_as_large_by_any_price_that_may_just_earn_a_bonus(deal, rep, scenario, t, price, f):
    customer, rep.shadow = Customer(), 0.0
    without = worth_of_quoting(price, rep, customer, deal, scenario, firm_of(), t)
    scenario = scenario.with_numbers({"by_deal.per_deal": f})
    lowered = replace(deal, felt_cost=deal.felt_cost - f / deal.size / deal.worth)
    with_it = worth_of_quoting(price, rep, customer, lowered, scenario, firm_of(), t)
    expected = chance(price, deal, deal.believed, scenario) * f / deal.size
    assert with_it - without == pytest.approx(expected, rel=1e-6, abs=1e-7)


def before_a_bonus(weight=0.0, of_period=80.0, of_year=85.0, bonus=6_000.0, year_bonus=6_000.0):
    """In the last week of a year a rep lacks just this deal, at these prices, for both quotas."""
    payout = {"bonus": bonus, "year_bonus": year_bonus, "accelerator": 1.0}
    scenario = paying(weight, 0.0, payout=payout, worth={"rest_spread": 0.02})
    deal = Deal(size=300.0, unit_cost=COST, listed=100.0, believed=5.2, sensitivity=0.06, reference=95.0)
    deal.felt_cost = 30.0
    rep = Rep(quota=1e6, period_weeks=12, year_weeks=51, pipeline=300.0 * PLANNED)
    rep.period_quota, rep.year_quota = 1e6 * 12.0 / 52.0, 1e6 * 51.0 / 52.0
    rep.credited = 1e6 * 13.0 / 52.0 - 300.0 * credit_at(of_period, scenario)
    rep.credited_this_year = 1e6 - 300.0 * credit_at(of_year, scenario)
    return rep, deal, scenario


@pytest.mark.parametrize("bonuses", [(6_000.0, 0.0), (0.0, 6_000.0), (6_000.0, 6_000.0), (0.0, 0.0)])
@pytest.mark.parametrize("weight", [0.0, 0.4])
def test_the_price_that_just_earns_a_bonus_is_chosen_where_it_is_allowed_and_worth_most(weight, bonuses):
    customer, chosen = Customer(), set()
    for of_period, of_year, floor in product(range(53, 112, 6), range(55, 112, 8), (50.0, 66.0)):
        rep, deal, scenario = before_a_bonus(weight, of_period, of_year, *bonuses)
        best = best_so_far(customer, deal, deal.believed, scenario)
        allowed = {"smooth": max(best, floor)}
        for name, price, bonus in zip(("period", "year"), (of_period, of_year), bonuses, strict=True):
            if bonus and floor <= price <= 100.0:
                allowed[name] = price
        values = {
            name: worth_of_quoting(price, rep, customer, deal, scenario, firm_of(), 51)
            for name, price in allowed.items()
        }
        most = max(values, key=lambda name: values[name])
        found = compare_jumps(rep, customer, deal, best, floor, scenario, firm_of(), 51)
        assert found == (best if most == "smooth" else pytest.approx(allowed[most]))
        chosen.add(most)
    assert chosen == {"smooth"} | {
        name for name, bonus in zip(("period", "year"), bonuses, strict=True) if bonus
    }


@pytest.mark.parametrize("weight", [0.0, 0.4])
def test_the_price_of_a_bonus_may_be_floor_or_list_and_must_be_worth_more(weight):
    rep, deal, scenario = before_a_bonus(weight, year_bonus=0.0)
    customer, missing = Customer(), deal.size * credit_at(80.0, scenario)

    def better(chosen, floor, listed):
        return better_of(
            chosen, missing, rep, customer, replace(deal, listed=listed), floor, scenario, firm_of(), 51
        )

    price = better(70.0, 60.0, 100.0)
    assert price == pytest.approx(80.0)
    assert better(100.0, price, 100.0) == better(70.0, 60.0, price) == price
    assert better(100.0, math.nextafter(price, 100.0), 100.0) == 100.0
    assert better(70.0, 60.0, math.nextafter(price, 0.0)) == 70.0
    assert better(99.0, 60.0, price) == 99.0
    assert better(price - 25.0, price, 100.0) == price - 25.0


@pytest.mark.parametrize("of_year", [False, True])
def test_only_who_may_look_ahead_at_a_first_price_reckons_with_the_bonus(of_year):
    def wanted(bonus=True, ideal=None, refused=0.0, staffed=True):
        bonuses = {"bonus": 6e3 * bonus * (not of_year), "year_bonus": 6e3 * bonus * of_year}
        rep, deal, scenario = before_a_bonus(of_period=82.0, of_year=82.0, **bonuses)
        rep.understanding, rep.buy_in, rep.staffed = 0.9, 0.9, staffed
        scenario = scenario.with_numbers({"second_chance.comeback": 0.0})
        return want_price(rep, Customer(refused=refused), deal, 60.0, scenario, firm_of(ideal=ideal), 51)

    smooth = wanted(bonus=False)
    assert smooth < 81.0
    assert wanted() == pytest.approx(82.0)
    assert (
        wanted(ideal=Ideal(calendar_ignored=True)) == wanted(refused=1.0) == wanted(staffed=False) == smooth
    )
