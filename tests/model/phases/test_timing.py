"""When a ready deal comes to its price: on the customer's own date, unless somebody gains by another."""

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.ideal import Ideal
from salesim.model.luck import LAPSE, SIGNATURE, WATCH, draws, uniform
from salesim.model.phases.due import weeks_left
from salesim.model.phases.foresight import (
    worth_in_a_fresh_period,
    worth_in_this_period,
    worth_with_a_choice,
)
from salesim.model.phases.pricing import chance_of
from salesim.model.phases.quote import describe
from salesim.model.phases.timing import (
    become_ready,
    comes_to_price,
    customer_wants_to_wait,
    holds,
    hurries,
    is_watched,
    kept_while_held,
    lapses,
    moved,
    paid_beside,
    pays_to_hold,
    worth_now_and_next,
)
from salesim.model.state import Customer, Rep
from tests.model.phases.second import firm_of, lengths, numbers, plans, reps, shares, some, weeks_of_run

PLANNED = 90.0  # the planned price of the typical firm
FREE = {"waiting_cost": 0.0, "impatience": 0.0, "watch": 0.0}
PLAIN = {"accelerator": 1.0, "bonus": 0.0}
firm = firm_of()
costs = st.floats(0.1, 5)


def with_timing(scenario, **timing):
    """The same firm with other numbers of timing."""
    return scenario.with_numbers({f"timing.{name}": value for name, value in timing.items()})


@some
@given(st.integers(0, 12), weeks_of_run, st.integers(0, 9))
def test_who_becomes_ready_signs_in_any_week_of_the_slack_alike(slack, t, need):
    scenario, found = numbers(timing={"timing_slack_weeks": slack}), []
    for k in range(20 * (slack + 1)):
        customer = Customer(id=k, need=need, natural_week=-1, not_before=-1, ready_week=-1)
        become_ready(customer, scenario, firm, t)
        assert customer.is_ready
        assert customer.ready_week == customer.not_before == t
        drawn = draws(firm.luck, need, k, SIGNATURE)[0]
        assert (
            (customer.natural_week - t) / (slack + 1)
            <= drawn
            < (customer.natural_week - t + 1) / (slack + 1)
        )
        found.append(customer.natural_week - t)
    assert set(found) == set(range(slack + 1))


def ready_deals():
    """Deals that become ready in any week of a period, with their own dates, and weeks before which no price is given."""
    for ready, slack in product(range(13, 26), (0, 3, 12)):
        for natural, not_before in product(range(0, slack + 3, 1 if slack < 5 else 2), (0, 4, slack + 1)):
            customer = Customer(size=1.0, is_ready=True, ready_week=ready, natural_week=ready + natural)
            customer.not_before = ready + not_before
            yield customer, slack


def week_of_price(rep, customer, scenario, ideal=None):
    """The first week in which the deal comes to its price."""
    simulated = firm._replace(ideal=ideal or Ideal())
    return next(
        t for t in range(customer.ready_week, 200) if comes_to_price(rep, customer, scenario, simulated, t)
    )


def period_of(t):
    return t // 13


SATED = Rep(quota=1e6, run_rate=2e4, credited=9e6, credited_this_year=9e6)
EAGER = replace(SATED, run_rate=1e3)


def test_where_no_period_pays_better_a_price_comes_on_the_customers_own_date():
    for customer, slack in ready_deals():
        scenario = numbers(payout=PLAIN, timing={"timing_slack_weeks": slack, **FREE})
        assert week_of_price(SATED, customer, scenario) == max(customer.natural_week, customer.not_before)


def test_who_gains_in_the_next_period_holds_until_its_first_week_if_the_customer_can_wait():
    for customer, slack in ready_deals():
        scenario = numbers(payout={"cap": 1.1, **PLAIN}, timing={"timing_slack_weeks": slack, **FREE})
        own = max(customer.natural_week, customer.not_before)
        fresh = 13 * (period_of(own) + 1)
        expected = fresh if own < fresh <= customer.ready_week + slack else own
        assert week_of_price(SATED, customer, scenario) == expected
        assert week_of_price(SATED, customer, scenario, Ideal(calendar_ignored=True)) == own


def test_who_gains_in_this_period_hurries_in_its_last_week():
    for customer, slack in ready_deals():
        curve = {"accelerator": 4.0, "bonus": 0.0}
        scenario = numbers(payout=curve, timing={"timing_slack_weeks": slack, **FREE})
        start, own = customer.ready_week, max(customer.natural_week, customer.not_before)
        last = [
            t for t in range(start, own) if t % 13 == 12 and t >= customer.not_before and t < start + slack
        ]
        assert week_of_price(EAGER, customer, scenario) == (last[0] if last else own)
        assert week_of_price(EAGER, customer, scenario, Ideal(calendar_ignored=True)) == own


def test_customers_who_wait_buy_in_the_last_week_of_a_period():
    for customer, slack in ready_deals():
        customer.gap = 1e6
        scenario = numbers(payout=PLAIN, timing={"timing_slack_weeks": slack, **FREE})
        own = max(customer.natural_week, customer.not_before)
        end = 13 * period_of(own) + 12
        assert week_of_price(SATED, customer, scenario) == (
            end if end <= customer.ready_week + slack else own
        )


@st.composite
def uncertain_ends(draw):
    """A curve that pays more above quota and nothing above a cap, and a rep who may end at either."""
    curve = {
        "accelerator": draw(st.floats(1.5, 3)),
        "cap": draw(st.floats(1.3, 1.6)),
        "bonus": draw(st.sampled_from([0.0, 4e3])),
    }
    curve["year_share"] = draw(st.floats(0.1, 0.6))
    pay, worth = {"period_weeks": draw(lengths)}, {"rest_spread": draw(st.floats(0.3, 1.5))}
    scenario = numbers(pay=pay, payout=curve, worth=worth, timing={"timing_slack_weeks": 52})
    attained = draw(st.one_of(st.floats(1.05, 1.2), st.floats(0.95, 1.1).map(lambda x: x * curve["cap"])))
    t = draw(weeks_of_run)
    weeks = t % pay["period_weeks"]
    rep = Rep(quota=1e6, period_weeks=weeks, year_weeks=t % 52, run_rate=draw(st.floats(0, 1e4)))
    rep.credited = attained * 1e6 / 52.0 * pay["period_weeks"]
    return rep, scenario, t


@some
@given(uncertain_ends(), st.integers(1, 9))
def test_a_rep_hurries_up_to_the_cost_at_which_both_periods_pay_the_same(case, early):
    rep, scenario, t = case
    free = with_timing(scenario, waiting_cost=0.0)
    assert weeks_left(scenario, t) == 1.0 or not hurries(
        rep, Customer(size=200.0, natural_week=t + 1), free, firm, t
    )
    t += int(weeks_left(scenario, t)) - 1
    customer = Customer(size=200.0, natural_week=t + early)
    now, then = worth_now_and_next(rep, customer, scenario, firm, t)
    same = PLANNED / early * (1.0 - then / now)
    if same > 0.0:
        assert hurries(rep, customer, with_timing(scenario, waiting_cost=0.99 * same), firm, t)
    assert not hurries(rep, customer, with_timing(scenario, waiting_cost=max(1.01 * same, 0.0)), firm, t)
    assert not hurries(replace(rep, staffed=False), customer, free, firm, t)


def test_a_sum_for_each_deal_is_gone_for_and_waited_for():
    """A sum that ends with the period is gone for; one that begins with it is waited for."""
    rep = Rep(quota=4e5, run_rate=4e5 / 52.0, tenure=52)
    customer = Customer(size=200.0, natural_week=26, ready_week=25)
    without = numbers(payout=PLAIN, timing=FREE, worth={"later_discount": 0.0})
    with_it = without.with_numbers({"by_deal.per_deal": 300.0})
    for now, later, pulls, waits in ((with_it, without, True, False), (without, with_it, False, True)):
        ending = firm_of(later=later)
        ending.keeping[0].rules_end, ending.keeping[0].rules_known = 26, 0
        found = worth_now_and_next(rep, customer, now, ending, 25)
        assert [each - 0.033 for each in found] == pytest.approx(
            [300.0 / 18_000.0 * pulls, 300.0 / 18_000.0 * waits]
        )
        assert hurries(rep, customer, with_timing(now, waiting_cost=1.0), ending, 25) == pulls
        due = replace(customer, natural_week=25)
        assert holds(rep, due, now, ending, 25) == waits
        assert holds(rep, due, now, ending, 24) == waits


def test_a_first_purchase_is_pulled_into_the_weeks_of_its_extra_rate():
    rep = Rep(quota=4e5, run_rate=4e5 / 52.0, tenure=52)
    now, ending = (
        numbers(payout=PLAIN, timing=FREE, by_deal={"new_rate": 0.02}),
        firm_of(later=numbers(payout=PLAIN)),
    )
    ending.keeping[0].rules_end, ending.keeping[0].rules_known = 26, 0
    for since, pulls in ((-1, True), (3, False)):
        customer = Customer(size=200.0, natural_week=26, ready_week=25, contract_week=since)
        assert paid_beside(rep, customer, now, 25) == 0.02 * pulls
        assert hurries(rep, customer, with_timing(now, waiting_cost=1.0), ending, 25) == pulls


def critical_cost(now, held, weeks, scenario):
    """The cost of a week at which a deal that is held is worth what it is now (USD per unit)."""
    kept = math.exp(-(scenario.worth.later_discount + scenario.timing.impatience) * weeks)
    return PLANNED / weeks * (1.0 - now / (held * kept))


@some
@given(uncertain_ends(), shares, st.floats(0, 0.02))
def test_a_rep_holds_up_to_the_cost_at_which_waiting_and_signing_are_worth_the_same(case, watch, lapse):
    rep, scenario, t = case
    left = weeks_left(scenario, t)
    customer = Customer(size=200.0, ready_week=t)
    now, held = worth_now_and_next(rep, customer, scenario, firm, t)
    if left > 1.0:
        choice = worth_with_a_choice(rep, 200.0 * PLANNED, held, scenario, firm, t)
        held = watch * now + (1.0 - watch) * choice
    scenario = with_timing(scenario, watch=watch if left > 1.0 else 0.0, impatience=lapse)
    same = critical_cost(now, held, max(left - 1.0, 1.0), scenario)
    if same > 0.0:
        assert holds(rep, customer, with_timing(scenario, waiting_cost=0.99 * same), firm, t)
    assert not holds(rep, customer, with_timing(scenario, waiting_cost=max(1.01 * same, 0.0)), firm, t)
    everything_seen = with_timing(scenario, waiting_cost=0.0, watch=1.0)
    assert left > 1.0 or not holds(rep, customer, everything_seen, firm, t)
    assert not holds(
        replace(rep, staffed=False), customer, with_timing(scenario, waiting_cost=0.0), firm, t
    )


def test_a_deal_is_held_only_for_a_period_that_begins_within_its_slack():
    for t, waited, slack in product(range(13, 26), (0, 3), range(18)):
        scenario = numbers(payout={"cap": 1.1, **PLAIN}, timing={"timing_slack_weeks": slack, **FREE})
        customer = Customer(size=1.0, ready_week=t - waited)
        within = 13 * (period_of(t) + 1) <= t - waited + slack
        assert holds(SATED, customer, scenario, firm, t) == within
        assert not holds(replace(SATED, staffed=False), customer, scenario, firm, t)


@some
@given(st.floats(0.01, 1), st.floats(1.5, 9), st.floats(0.5, 12), st.floats(0, 0.015), st.floats(0, 0.015))
def test_holding_pays_up_to_the_same_cost(now, gain, weeks, discount, lapse):
    held = gain * now
    scenario = numbers(worth={"later_discount": discount}, timing={"impatience": lapse})
    same = critical_cost(now, held, weeks, scenario)
    assert pays_to_hold(now, held, weeks, with_timing(scenario, waiting_cost=0.99 * same))
    assert not pays_to_hold(now, held, weeks, with_timing(scenario, waiting_cost=1.01 * same))


@some
@given(shares, weeks_of_run)
def test_a_manager_sees_the_deals_whose_luck_lies_below_the_watch(watch, t):
    scenario = numbers(timing={"watch": watch})
    seen = [is_watched(Rep(), Customer(id=k), scenario, firm, t) for k in range(60)]
    assert seen == [uniform(firm.luck, t, k, WATCH) < watch for k in range(60)]


@some
@given(st.floats(0.01, 1), costs, st.floats(0, 60))
def test_a_deal_off_its_date_is_worth_what_is_left_of_the_price(worth, cost, weeks):
    scenario = numbers(timing={"waiting_cost": cost})
    left = max(PLANNED - cost * weeks, 0.0)
    assert moved(worth, weeks, scenario) == pytest.approx(worth * left / PLANNED, abs=1e-12)
    assert moved(worth, 0.0, scenario) == worth
    assert moved(worth, weeks + 1.0, scenario) < worth


@some
@given(st.floats(0.001, 0.1), st.floats(0.001, 0.1), st.floats(0, 20), st.floats(0, 20))
def test_what_is_kept_of_a_held_deal_shrinks_every_week_by_lapse_and_impatience(
    discount, lapse, weeks, more
):
    scenario = numbers(worth={"later_discount": discount}, timing={"impatience": lapse})
    both = kept_while_held(weeks, scenario) * kept_while_held(more, scenario)
    assert kept_while_held(weeks + more, scenario) == pytest.approx(both)
    assert -math.log(kept_while_held(1.0, scenario)) == pytest.approx(discount + lapse)


@some
@given(reps(), plans(), st.floats(10, 1000), weeks_of_run)
def test_a_dollar_of_the_deal_is_weighed_at_its_planned_price(rep, scenario, size, t):
    customer = Customer(size=size)
    now, then = worth_now_and_next(rep, customer, scenario, firm, t)
    assert worth_now_and_next(replace(rep, staffed=False), customer, scenario, firm, t) == (0.0, 0.0)
    assert now == worth_in_this_period(rep, size * PLANNED, scenario, firm, t)
    assert then == worth_in_a_fresh_period(rep, size * PLANNED, scenario, firm)


@pytest.mark.parametrize("cost", [0.3, 2.0])
def test_a_customer_waits_for_a_period_end_that_saves_more_than_the_weeks_cost(cost):
    for t, waited, slack in product(range(13, 26), (0, 3), range(18)):
        scenario = numbers(timing={"timing_slack_weeks": slack, "waiting_cost": cost})
        end = 13 * period_of(t) + 12
        can = t < end <= t - waited + slack
        for factor, pays in ((0.99, False), (1.01, True)):
            customer = Customer(ready_week=t - waited, gap=factor * cost * max(end - t, 1))
            assert customer_wants_to_wait(customer, scenario, t) == (can and pays)


@some
@given(shares, st.integers(1, 100), st.integers(-2, 2))
def test_a_deal_lapses_only_after_its_own_date_and_as_luck_has_it(impatience, natural, later):
    scenario = numbers(timing={"impatience": impatience})
    t = natural + later
    for k in range(30):
        customer = Customer(id=k, natural_week=natural)
        unlucky = uniform(firm.luck, t, k, LAPSE) < impatience
        assert lapses(customer, scenario, firm, t) == (later > 0 and unlucky)


@some
@given(st.integers(0, 60), st.integers(0, 60), costs, st.floats(60, 110))
def test_a_week_off_the_customers_date_costs_the_deal_what_so_much_more_price_would(
    t, natural, cost, price
):
    scenario = numbers(timing={"waiting_cost": cost}, reference={"loss_aversion": 0.0})
    customer, scores = Customer(value=100.0, sensitivity=0.06, reference=90.0), []
    for own in (natural, t):
        deal = Deal(natural_week=own, sensitivity=0.06)
        describe(deal, Rep(), customer, scenario, firm_of(), t)
        scores.append(chance_of(price, deal, deal.score, scenario))
        dearer = price + cost * abs(t - natural)
    assert scores[0] == pytest.approx(chance_of(dearer, deal, deal.score, scenario))
    assert scores[0] < scores[1] or t == natural
