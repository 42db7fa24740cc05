"""Hours are neither made nor lost: they go to customers, to service, to empty seats and to what was owed."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.accounts import root_of_worth, sort_all_accounts
from salesim.model.ideal import Ideal
from salesim.model.phases.due import usual_factor
from salesim.model.phases.foresight import (
    chance_above_draw,
    cost_through_quota,
    worth_in_a_fresh_period,
    worth_in_this_period,
)
from salesim.model.phases.plan import (
    choose_intensity,
    count_free_hands,
    divide_hours,
    divide_hours_best,
    drop_the_dry,
    hours_for_customers,
    hours_of_cover,
    level_over_active,
    look_ahead,
    make_time,
    plan,
    stand_in,
    weigh_account,
)
from salesim.model.state import Manager
from tests.model.phases.first import between, columns, each, few, moved, near, picture, seeds, world

TIME = ("hours", "service_hours")
BEST = Ideal(best_accounts=True)
TEAM = slice(3, 6)


def usual_hours(scenario):
    """Hours for customers in a week, training taken off."""
    trained = scenario.training.training_days * 8.0 / 52.0 + scenario.training.value_selling_training / 52.0
    return max(scenario.organisation.hours_per_week * scenario.accounts.selling_time_share - trained, 0.0)


def learns_the_job(rep, scenario, firm):
    return rep.hires > 0 and rep.tenure < scenario.training.onboarding and not firm.ideal.seats_filled


def own_accounts(rep, firm):
    return [customer for customer in firm.customers if customer.rep == rep.id]


def crew(seed, **numbers):
    """A firm with newcomers in it, its second manager and a rep of that team with accounts."""
    ideal = numbers.pop("ideal", None)
    scenario, firm, t = world(seed, ideal, **numbers)
    for rep in firm.reps:
        rep.tenure = (seed >> rep.id) % 3 + scenario.training.onboarding - 1
    busy = [rep for rep in firm.reps[TEAM] if rep.accounts > 0]
    return scenario, firm, t, firm.managers[1], busy[seed % len(busy)]


@each
@given(seed=seeds, days=st.floats(0.0, 60.0))
def test_training_takes_hours_from_customers_until_none_are_left(seed, days):
    scenario, _, _ = world(seed, training__training_days=days)
    assert hours_for_customers(scenario) == near(usual_hours(scenario))
    idle = scenario.with_numbers({"accounts.selling_time_share": 0.0, "training.training_days": 1.0})
    assert hours_for_customers(idle) == 0.0


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(seats_filled=True)])
@each
@given(seed=seeds)
def test_free_hands_hold_their_seat_and_have_learned_the_job(ideal, seed):
    scenario, firm, _, manager, _ = crew(seed, ideal=ideal)
    assert count_free_hands(manager, scenario, firm) == len(
        [rep for rep in firm.reps[TEAM] if rep.staffed and not learns_the_job(rep, scenario, firm)]
    )


@each
@given(seed=seeds, size=st.integers(0, 6), free=st.integers(0, 6), share=st.floats(0.0, 1.0))
def test_cover_is_the_share_of_the_empty_seats_hours_and_at_most_half_a_week_of_each(
    seed, size, free, share
):
    scenario, _, _ = world(seed, handover__cover_share=share)
    manager = Manager(first_rep=4, last_rep=10, team_size=size, free_hands=free)
    usual = usual_hours(scenario)
    cover = hours_of_cover(manager, scenario)
    assert cover * free == near(min(share * usual * (6 - size), usual / 2.0 * free))
    assert free > 0 or cover == 0.0


@each
@given(seed=seeds)
def test_time_in_the_seat_is_sold_served_covered_or_owed(seed):
    scenario, firm, t, manager, rep = crew(seed)
    rep.staffed, rep.lost_hours = True, 2.0 * rep.lost_hours
    usual, owed = usual_hours(scenario), rep.lost_hours
    cover = usual * (seed % 5) / 4.0
    before = picture(firm)
    make_time(rep, manager, cover, scenario, firm, t)
    there = usual - cover
    assert rep.lost_hours == near(max(owed - there, 0.0))
    spent = 0.0 if learns_the_job(rep, scenario, firm) else max(there - owed, 0.0)
    used = sum(getattr(rep, name) for name in TIME)
    assert used == near(spent if rep.accounts > 0 else 0.0)
    reward = look_ahead(rep, scenario, firm, t)
    share = between(
        0.0, scenario.service.service_norm * math.exp(scenario.service.crowding * (1.0 - reward)), 0.9
    )
    assert rep.service_hours == near(share * used)
    assert rep.intensity == choose_intensity(reward, scenario, firm)
    assert booked(firm, before, t) == near([rep.hours, rep.service_hours])
    assert set(moved(firm, before)) <= {("books", t), ("reps", rep.id)}


def booked(firm, before, t):
    """What the books of selling and of service hours have gained."""
    names = ("selling_hours", "service_hours")
    return [getattr(firm.books[t], name) - before["books"][t][name] for name in names]


@each
@given(seed=seeds)
def test_empty_seats_get_together_what_free_hands_give(seed):
    scenario, firm, t, manager, _ = crew(seed)
    for rep, staffed in zip(firm.reps[TEAM], (False, seed % 2 == 0, True), strict=True):
        rep.staffed = staffed
    empty = 1 + seed % 2
    manager.team_size, manager.free_hands = 3 - empty, 3 - empty
    for rep in firm.reps:
        rep.accounts = 5
    before = picture(firm)
    for rep in firm.reps[TEAM]:
        if not rep.staffed:
            make_time(rep, manager, 1.5, scenario, firm, t)
            assert rep.hours + rep.service_hours == near(1.5 * (3 - empty) / empty)
            assert rep.service_hours == near(
                min(scenario.service.service_norm, 0.9) * (rep.hours + rep.service_hours)
            )
            assert rep.skill == manager.team_skill
    assert sum(booked(firm, before, t)) == near(1.5 * (3 - empty))


@each
@given(seed=seeds)
def test_a_seat_without_accounts_needs_no_hours(seed):
    scenario, firm, t, manager, rep = crew(seed)
    rep.accounts, rep.staffed, manager.team_size = 0, seed % 2 == 0, 2
    before = picture(firm)
    make_time(rep, manager, 1.0, scenario, firm, t)
    assert (rep.hours, rep.service_hours) == (0.0, 0.0)
    assert booked(firm, before, t) == [0.0, 0.0]


@each
@given(seed=seeds)
def test_an_empty_seat_is_the_team_on_average(seed):
    _, firm, _, manager, rep = crew(seed)
    before = picture(firm)
    stand_in(rep, manager)
    for name in ("ability", "skill", "articulation", "adoption", "understanding", "buy_in"):
        assert getattr(rep, name) == getattr(manager, f"team_{name}"), name
    assert (rep.fresh, rep.intensity) == (0.0, 1.0)
    assert columns(moved(firm, before), "reps") <= {
        "ability",
        "skill",
        "articulation",
        "adoption",
        "understanding",
        "buy_in",
        "fresh",
        "intensity",
    }


PLAIN = {
    f"payout__{year}{name}": value
    for year in ("", "year_")
    for name, value in {"threshold": 0.0, "accelerator": 1.0, "bonus": 0.0, "cap": 1000.0}.items()
}


def put_on_top(rep, scenario):
    """What the rep's quota has beyond its part of the plan: nothing where it is given."""
    return 0.0 if rep.given else scenario.quotas.over_assignment


@each
@given(seed=seeds)
def test_under_a_plain_rate_a_week_is_worth_what_it_sells(seed):
    none = {"pay__draw": 0.0, "pay__ramp_draw": 0.0, "quotas__quota_ratchet": 0.0}
    scenario, firm, t, _, rep = crew(seed, **PLAIN, **none, pay__plan_kind="commission")
    rate = scenario.pay.commission_rate
    on_plan = rep.quota / (52.0 + 52.0 * put_on_top(rep, scenario))
    reward = look_ahead(rep, scenario, firm, t)
    assert (rep.worth_now, rep.worth_next, rep.shadow) == (near(rate), near(rate), 0.0)
    rate = rate * usual_factor(scenario) + sums_of_a_usual_deal(scenario)
    assert reward == near(rate / scenario.effort.usual_worth * rep.run_rate / on_plan)


def sums_of_a_usual_deal(scenario):
    """Fixed sums for a dollar at the planned price, over deals of mean size."""
    needs, price = scenario.needs, scenario.market.list_price * (1.0 - scenario.planning.planned_discount)
    mean = needs.deal_units * math.exp(0.5 * (needs.account_spread**2 + needs.deal_spread**2))
    sums = scenario.by_deal.per_unit + scenario.by_deal.per_deal / mean
    return sums / price * usual_factor(scenario)


@each
@given(seed=seeds)
def test_work_counts_for_this_period_as_far_as_it_closes_in_time_less_what_quotas_will_take(seed):
    scenario, firm, t, _, rep = crew(seed)
    before = picture(firm)
    reward = look_ahead(rep, scenario, firm, t)
    assert moved(firm, before) == {("reps", rep.id): {"shadow", "worth_now", "worth_next"}}
    week = rep.quota / 52.0
    assert rep.worth_now == near(worth_in_this_period(rep, week, scenario, firm, t))
    assert rep.worth_next == near(worth_in_a_fresh_period(rep, week, scenario, firm))
    assert rep.shadow == near(cost_through_quota(rep, scenario, t))
    length = scenario.pay.period_weeks
    late = math.exp(-(length - t % length) / scenario.worth.usual_cycle)
    worth = late * rep.worth_next + (1.0 - late) * rep.worth_now - rep.shadow
    worth *= usual_factor(scenario)
    sums = sums_of_a_usual_deal(scenario)
    worth += (late + (1.0 - late) * chance_above_draw(rep, scenario, t)) * sums
    usual = week / (1.0 + put_on_top(rep, scenario)) * scenario.effort.usual_worth
    assert reward == near(worth * rep.run_rate / usual)


@each
@given(seed=seeds, reward=st.floats(-1.0, 20.0))
def test_intensity_weighs_pay_against_its_cost_or_margin_where_it_is_best(seed, reward):
    scenario, firm, _, _, _ = crew(seed, ideal=Ideal(best_effort=seed % 2 == 0))
    price = scenario.market.list_price * (1.0 - scenario.planning.planned_discount)
    effort = scenario.effort
    gain = (
        (1.0 - scenario.market.unit_cost / price) / effort.usual_worth if firm.ideal.best_effort else reward
    )
    found = choose_intensity(reward, scenario, firm)
    assert found == near(
        between(effort.lowest, max(gain, 0.0) ** (1.0 / effort.cost_curvature), effort.highest)
    )


def log_weight(customer, acting, habit, error, paid, scenario):
    a = scenario.accounts
    worth = customer.log_plan_value + customer.misjudged * error
    pay = customer.log_sales + paid + customer.misjudged * error
    comfort = (1.0 - acting) * a.pull_of_comfort * math.log(max(customer.trust, 0.01))
    return habit * customer.habit + comfort + a.pull_of_strategy * acting * worth + a.pull_of_pay * pay


@each
@given(seed=seeds, acting=st.floats(0.0, 1.0), habit=st.floats(0.0, 1.0), error=st.floats(0.0, 1.0))
def test_an_account_draws_hours_by_habit_comfort_pay_and_conviction(seed, acting, habit, error):
    scenario, firm, _, _, rep = crew(seed)
    paid = math.log(0.03)
    for customer in own_accounts(rep, firm):
        pull = weigh_account(customer, acting, habit, error, paid, scenario)
        boost = scenario.accounts.open_boost if customer.is_open else 1.0
        assert math.log(pull / boost) == near(
            log_weight(customer, acting, habit, error, paid, scenario), abs=1e-9
        )


@each
@given(seed=seeds)
def test_a_reps_hours_are_divided_by_pull_and_discipline_keeps_its_share_for_targets(seed):
    scenario, firm, _, _, rep = crew(seed)
    accounts = own_accounts(rep, firm)
    rep.hours, rep.hours_per_target = 9.0, 0.0
    before = picture(firm)
    divide_hours(rep, scenario, firm)
    used = scenario.information.account_information * rep.adoption
    habit = 1.0 - scenario.information.habit_reset * used
    error = scenario.information.potential_error * (1.0 - used)
    plan_ = scenario.pay
    rate = plan_.commission_rate
    if plan_.plan_kind == 1:
        rate = plan_.target_pay * plan_.pay_mix / rep.quota
    extra = plan_.target_rate
    price = scenario.market.list_price * (1.0 - scenario.planning.planned_discount)

    def sums(customer):
        by_deal = scenario.by_deal
        return (by_deal.per_unit + by_deal.per_deal / customer.units) / price + by_deal.new_rate * (
            customer.contract_week < 0
        )

    factor = usual_factor(scenario)

    acting = rep.understanding * rep.buy_in
    pulls = np.array(
        [
            math.exp(
                log_weight(
                    c,
                    acting,
                    habit,
                    error,
                    math.log(factor * (rate + sums(c) + extra * c.planned_target)),
                    scenario,
                )
            )
            * (scenario.accounts.open_boost if c.is_open else 1.0)
            for c in accounts
        ]
    )
    np.testing.assert_allclose([c.pull for c in accounts], pulls, rtol=1e-9)
    targets = np.array([c.planned_target for c in accounts], dtype=bool)
    hours = pulls * (rep.hours_per_pull + rep.hours_per_target * targets)
    assert hours.sum() == near(9.0)
    discipline = scenario.accounts.targeting_discipline * targets.any()
    by_pull = (1.0 - discipline) * pulls / pulls.sum()
    for_targets = discipline * pulls * targets / (pulls * targets).sum() if targets.any() else 0.0
    np.testing.assert_allclose(hours, 9.0 * (by_pull + for_targets), rtol=1e-9)
    after = moved(firm, before)
    assert columns(after, "customers") == {"pull"}
    assert {k for table, k in after if table == "customers"} == {c.id for c in accounts}
    assert set(after) - {("customers", c.id) for c in accounts} == {("reps", rep.id)}
    assert columns(after, "reps") <= {"hours_per_pull", "hours_per_target"}


@pytest.mark.parametrize("discipline", [0.0, 1.0])
def test_without_discipline_or_without_targets_no_hours_are_kept(discipline):
    for has_targets in (True, False):
        scenario, firm, _, _, rep = crew(4, accounts__targeting_discipline=discipline)
        rep.hours_per_target = 0.0
        for customer in own_accounts(rep, firm):
            customer.planned_target, customer.habit = has_targets, -80.0
        divide_hours(rep, scenario, firm)
        assert (rep.hours_per_target > 0.0) == (has_targets and discipline > 0.0)
        assert (rep.hours_per_pull > 0.0) == (not has_targets or discipline < 1.0)


def rich_and_poor(seed):
    """A rep with hours, accounts of very different worth and one that another owns."""
    scenario, firm, _, _, rep = crew(seed, ideal=BEST)
    luck = Random(seed)
    for customer in firm.customers:
        customer.best_root = luck.choice([0.0, luck.uniform(0.0, 1.0), luck.uniform(1.0, 12.0)])
        customer.pull = 1.0 if luck.random() < 0.7 else 0.0
    rep.hours = luck.uniform(0.2, 8.0)
    own_accounts(rep, firm)[0].best_root, own_accounts(rep, firm)[0].pull = 3.0, 1.0
    return scenario, firm, rep, own_accounts(rep, firm)


@each
@given(seed=seeds)
def test_the_level_uses_all_hours_over_the_accounts_that_pull(seed):
    scenario, firm, rep, accounts = rich_and_poor(seed)
    before = picture(firm)
    level = level_over_active(rep, scenario, firm)
    half = scenario.calls.half_response
    assert sum(c.best_root * level - half for c in accounts if c.pull > 0.0) == near(rep.hours)
    assert moved(firm, before) == {}


@each
@given(seed=seeds, level=st.floats(0.0, 1.0))
def test_accounts_above_the_water_no_longer_pull(seed, level):
    scenario, firm, rep, accounts = rich_and_poor(seed)
    half, before = scenario.calls.half_response, picture(firm)
    accounts[0].best_root = half / level if level > 1e-3 else 0.0
    stay = {c.id for c in accounts if c.pull > 0.0 and c.best_root * level - half > 0.0}
    dry = {c.id for c in accounts if c.pull > 0.0} - stay
    assert drop_the_dry(rep, level, scenario, firm) == len(stay)
    assert {c.id for c in accounts if c.pull == 1.0} == stay
    assert {c.id for c in firm.customers if c.pull != before["customers"][c.id]["pull"]} == dry


def worth_of_hours(hours, accounts, half):
    """What calling gains: worth times response, where worth is the root's square over the half response."""
    return sum(c.best_root**2 / half * x / (x + half) for c, x in zip(accounts, hours, strict=True))


@each
@given(seed=seeds)
def test_no_other_division_of_the_hours_earns_the_firm_more(seed):
    scenario, firm, rep, accounts = rich_and_poor(seed)
    before = picture(firm)
    divide_hours_best(rep, scenario, firm)
    half, luck = scenario.calls.half_response, Random(seed)
    hours = [c.pull * rep.hours_per_pull for c in accounts]
    assert sum(hours) == near(rep.hours)
    assert rep.hours_per_pull == 1.0
    best = worth_of_hours(hours, accounts, half)
    for _ in range(20):
        giver, taker = luck.randrange(len(hours)), luck.randrange(len(hours))
        given_ = luck.choice([0.01, 0.5, 1.0]) * hours[giver]
        other = list(hours)
        other[giver] -= given_
        other[taker] += given_
        assert worth_of_hours(other, accounts, half) <= best * (1.0 + 1e-12)
    assert {k for table, k in moved(firm, before) if table == "customers"} <= {c.id for c in accounts}


@few
@given(seed=seeds, best=st.booleans())
def test_a_team_plans_its_own_week_and_nobody_elses(seed, best):
    scenario, firm, t, manager, _ = crew(seed, ideal=Ideal(best_accounts=best))
    manager.team_size, manager.free_hands = -1, -1
    before = picture(firm)
    plan(manager, scenario, firm, t)
    after = moved(firm, before)
    others = {c.id for c in firm.customers if c.rep not in (3, 4, 5)}
    assert not {("customers", k) for k in others} & set(after)
    assert not {("reps", k) for k in (0, 1, 2, 6)} & set(after)
    assert manager.team_size == sum(rep.staffed for rep in firm.reps[TEAM])
    assert manager.free_hands == count_free_hands(manager, scenario, firm)
    total = 0.0
    for rep in firm.reps[TEAM]:
        accounts = own_accounts(rep, firm)
        if rep.hours > 0.0:
            hours = [
                c.pull * (rep.hours_per_pull + rep.hours_per_target * c.planned_target) for c in accounts
            ]
            assert sum(hours) == near(rep.hours)
            each_gets = rep.service_hours / len(accounts)
            assert rep.service == near(each_gets / (each_gets + scenario.service.half_service))
        else:
            assert (rep.service, rep.hours_per_pull, rep.hours_per_target) == (0.0, 0.0, 0.0)
            assert [c.pull for c in accounts] == [0.0] * len(accounts)
        assert rep.hours_per_pull == 1.0 or not best or rep.hours == 0.0
        total += rep.hours + rep.service_hours
    assert sum(booked(firm, before, t)) == near(total, abs=1e-9)


@few
@given(seed=seeds)
def test_the_team_has_together_the_hours_that_it_has_each(seed):
    """Cover moves hours from those who are free to seats that are empty."""
    scenario, firm, t, manager, _ = crew(seed)
    for rep in firm.reps[TEAM]:
        rep.hires, rep.lost_hours, rep.staffed = 0, 0.0, rep.id > 3 or seed % 2 == 0
    plan(manager, scenario, firm, t)
    together = sum(rep.hours + rep.service_hours for rep in firm.reps[TEAM] if rep.accounts > 0)
    if all(rep.accounts > 0 for rep in firm.reps[TEAM]):
        assert together == near((2 + firm.reps[3].staffed) * usual_hours(scenario))


@pytest.mark.parametrize("burn_in", [7, 20])
@pytest.mark.parametrize("best", [True, False])
def test_the_worth_of_accounts_is_looked_at_by_the_quarter_and_when_the_plan_starts(best, burn_in):
    looked = []
    for t in range(40):
        scenario, firm, _, manager, _ = crew(
            t, ideal=Ideal(best_accounts=best), organisation__burn_in_weeks=burn_in
        )
        for customer in firm.customers:
            customer.best_root = 1.0
        plan(manager, scenario, firm, t)
        fresh = {c.id for c in firm.customers if c.best_root == root_of_worth(c, scenario)}
        assert fresh in (set(), set(range(manager.first_account, manager.last_account)))
        looked += [t] if fresh else []
    assert looked == (sorted({0, 13, 26, 39, burn_in}) if best else [])


def test_nobody_has_hours_where_all_are_new():
    scenario, firm, t, manager, _ = crew(1)
    for rep in firm.reps:
        rep.staffed, rep.hires, rep.tenure = rep.id > 3, 1, -1
    plan(manager, scenario, firm, t)
    assert [rep.hours for rep in firm.reps[TEAM]] == [0.0, 0.0, 0.0]


def test_a_seat_with_one_account_spends_all_its_hours_there():
    for seed in range(10):
        scenario, firm, t, manager, rep = crew(seed)
        rep.staffed, rep.hires, rep.lost_hours = True, 0, 0.0
        other = next(mate for mate in firm.reps[TEAM] if mate is not rep)
        for customer in own_accounts(rep, firm)[1:]:
            customer.rep = other.id
        sort_all_accounts(firm)
        plan(manager, scenario, firm, t)
        (customer,) = own_accounts(rep, firm)
        hours = customer.pull * (rep.hours_per_pull + rep.hours_per_target * customer.planned_target)
        assert hours == near(rep.hours)
        assert hours > 0.0


@each
@given(seed=seeds)
def test_hours_go_from_customers_who_may_leave_and_send_goods_back_to_others(seed):
    """By what a rep expects to keep of the pay of each account, weighed as all pay is."""
    scenario, firm, _, _, rep = crew(seed)
    customers = own_accounts(rep, firm)
    divide_hours(rep, scenario, firm)
    before = {customer.id: math.log(customer.pull) for customer in customers}
    at_risk = {
        "clawback.clawback_weeks": 52,
        "clawback.clawback_share": 0.8,
        "clawback.clawback_kind": "whole",
    }
    comes_back = {"returns.chance": 0.5, "returns.part": 0.4}
    pull = scenario.accounts.pull_of_pay
    divide_hours(rep, scenario.with_numbers(at_risk), firm)
    rate = 1.0 - (1.0 - scenario.relationship.churn) ** (1.0 / 52.0)
    for customer in customers:
        pressure = math.exp(scenario.relationship.churn_response * (0.5 - customer.satisfaction))
        kept = 1.0 - 0.8 * (1.0 - math.exp(52.0 * pressure * math.log1p(-rate)))
        assert math.log(customer.pull) - before[customer.id] == near(pull * math.log(kept), abs=1e-6)
    divide_hours(rep, scenario.with_numbers(comes_back), firm)
    lost = {c.id: before[c.id] - math.log(c.pull) for c in customers}
    assert all(each >= -1e-9 for each in lost.values())
    badly, well = (pick(customers, key=lambda c: c.planned_fit) for pick in (min, max))
    if not scenario.by_deal.per_deal and badly.planned_target == well.planned_target:
        assert lost[badly.id] >= lost[well.id] - 1e-9
