"""Skill follows deals, coaching, training and what a person can reach; coaching hours are shared, not made."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.deals import WON
from salesim.model.ideal import Ideal
from salesim.model.luck import VIEW_OF_SKILL, draws
from salesim.model.people import know_team
from salesim.model.phases.learn import (
    be_shown_the_ropes,
    coach,
    improve,
    introduce_tools,
    learn,
    look_at_skill,
    master_skill,
    skill_at_rest,
    weigh_for_coaching,
)
from tests.model.phases.first import bell, between, columns, each, few, moved, near, picture, seeds, world

FOCUSES = ("weakest", "equal", "middle", "strongest")
shares = st.floats(0.0, 1.0)


def learner(seed, ideal=None, **numbers):
    """A firm, its week, and a rep who holds a seat and may be new."""
    scenario, firm, t = world(seed, ideal, **numbers)
    rep = firm.reps[seed % 7]
    rep.staffed, rep.tenure = True, scenario.training.onboarding + seed % 3 - 1
    know_team(firm.managers[rep.manager], firm)
    return scenario, firm, t, rep


def half(life):
    """Share that is kept for a week of what halves in so many."""
    return 2.0 ** (-1.0 / life)


def of_coaching(hours, scenario):
    """Share of the distance to the ceiling that so many hours of average coaching close."""
    c = scenario.coaching
    return c.most_learned - c.most_learned / (1.0 + (hours / c.half_hours) ** 2)


def taught(rep, deals, coached, scenario):
    """Share of the distance to the ceiling that the rep closes in a week."""
    learning, hours = scenario.learning, scenario.training.training_days * 8.0 / 52.0
    sum_ = deals * learning.practice + coached + hours * learning.training_effect
    return between(0.0, math.exp(learning.aptitude * (rep.ability - 1.0)) * sum_, 1.0)


@each
@given(seed=seeds, kept=st.floats(0.5, 1.0))
def test_a_week_teaches_and_takes_what_is_not_used(seed, kept):
    scenario, firm, t, rep = learner(seed, reviews__review_format="alone")
    rep.hires = 0
    manager, was, before = firm.managers[rep.manager], dict(vars(rep)), picture(firm)
    improve(rep, manager, kept, scenario, firm, t)
    learned = taught(
        rep, was["decided"], manager.coaching_skill * of_coaching(rep.coaching, scenario), scenario
    )
    assert rep.skill == near(kept * was["skill"] + learned * max(rep.ceiling - was["skill"], 0.0))
    assert rep.fresh == near(was["fresh"] * half(scenario.reviews.memory_half_life))
    trained = scenario.training.value_selling_training / 52.0
    shown = half(scenario.training.articulation_half_life) * was["articulation"]
    assert rep.articulation == near(shown + scenario.training.articulation_effect * trained * (1.0 - shown))
    info = scenario.information
    lasting = info.own_benefit + (1.0 - info.own_benefit) * was["understanding"] * was["buy_in"]
    assert rep.adoption == near(lasting + half(info.adoption_half_life) * (was["adoption"] - lasting))
    hours = scenario.training.training_days * 8.0 / 52.0 + trained
    assert firm.books[t].training_hours == near(before["books"][t]["training_hours"] + hours)
    assert columns(moved(firm, before), "reps") <= {"skill", "fresh", "articulation", "adoption"}
    assert columns(moved(firm, before), "books") <= {"training_hours"}


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(best_skill=True), Ideal(seats_filled=True)])
@each
@given(seed=seeds)
def test_newcomers_are_shown_the_ropes_and_the_best_skill_is_nobodys_loss(ideal, seed):
    scenario, firm, t, rep = learner(seed, ideal)
    _, plain, _, same = learner(seed)
    manager = firm.managers[rep.manager]
    new = rep.hires > 0 and rep.tenure < scenario.training.onboarding and not ideal.seats_filled
    same.hires = 0
    improve(same, manager, 0.9, scenario, plain, t)
    if new:
        be_shown_the_ropes(same, scenario, t)
    if ideal.best_skill:
        master_skill(same, scenario)
    improve(rep, manager, 0.9, scenario, firm, t)
    same.hires = rep.hires
    assert vars(rep) == vars(same)


@each
@given(seed=seeds, share=shares)
def test_skill_comes_to_rest_where_a_usual_week_changes_nothing(seed, share):
    scenario, _, _, rep = learner(seed)
    o, learning = scenario.organisation, scenario.learning
    coached = of_coaching(o.hours_per_week * share / o.span_of_control, scenario)
    learned = taught(rep, learning.usual_deals, coached, scenario)
    rest = skill_at_rest(rep, share, scenario)
    assert rest * half(learning.half_life) + learned * (rep.ceiling - rest) == near(rest)
    assert 0.0 < rest < rep.ceiling


@each
@given(seed=seeds)
def test_the_ropes_bring_a_newcomer_nearer_to_his_level_and_to_what_was_said(seed):
    scenario, firm, _, rep = learner(seed)
    start, effect = scenario.organisation.burn_in_weeks, scenario.training.onboarding_effect
    rest = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
    for t in (start - 1, start, start + 20):
        was, before = dict(vars(rep)), picture(firm)
        be_shown_the_ropes(rep, scenario, t)
        assert rep.skill == near(was["skill"] + effect * max(rest - was["skill"], 0.0))
        told = t >= start and scenario.communication.communication_mode != 0
        said = scenario.communication.strategy_clarity if told else 0.0
        assert rep.understanding == near(
            was["understanding"] + effect * max(said - was["understanding"], 0.0)
        )
        assert columns(moved(firm, before), "reps") <= {"skill", "understanding"}


@each
@given(seed=seeds)
def test_the_best_coaching_lifts_to_its_level_who_lies_below(seed):
    scenario, _, _, rep = learner(seed)
    best = skill_at_rest(rep, scenario.coaching.best_practice, scenario)
    for skill in (0.5 * best, best + 0.01):
        rep.skill = skill
        master_skill(rep, scenario)
        assert rep.skill == max(skill, best)


@each
@given(seed=seeds, more=st.sampled_from([-0.1, 0.0, 0.1]))
def test_tools_are_tried_by_everybody_when_they_have_become_better(seed, more):
    scenario, firm, _ = world(seed)
    offered, first = scenario.information.account_information, scenario.information.first_adoption
    firm.office[0].information = offered - more
    before = picture(firm)
    introduce_tools(scenario, firm)
    assert firm.office[0].information == offered
    for rep, row in zip(firm.reps, before["reps"], strict=True):
        assert rep.adoption == (first if more > 0.0 else row["adoption"])
    assert columns(moved(firm, before), "reps") <= {"adoption"}


@each
@given(seed=seeds)
def test_a_managers_view_of_a_person_errs_by_the_same_whatever_the_skill(seed):
    scenario, firm, _ = world(seed)
    rep = firm.reps[5]
    u, v, _, _ = draws(firm.luck, rep.hires, 5, VIEW_OF_SKILL)
    before = picture(firm)
    for rep.skill in (0.1, 0.7):
        look_at_skill(rep, scenario, firm)
        assert rep.seen_skill == near(rep.skill + scenario.coaching.noise_of_view * bell(u, v))
    assert columns(moved(firm, before), "reps") <= {"skill", "seen_skill"}


def weight(focus, skills, k):
    """Weight of the k-th by his place among the others, from the best at 1 to the weakest at -1."""
    others = np.delete(skills, k)
    if len(others) == 0 or focus == "equal" or (focus == "middle" and len(others) == 1):
        return 1.0
    place = np.mean(np.sign(skills[k] - others))
    return {"weakest": 1.0 - place, "strongest": 1.0 + place, "middle": 2.0 - 2.0 * abs(place)}[focus]


@pytest.mark.parametrize("focus", FOCUSES)
@each
@given(seed=seeds, values=st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), min_size=7, max_size=7))
def test_coaching_is_weighed_by_the_place_among_colleagues_in_their_seats(focus, seed, values):
    scenario, firm, _ = world(seed, coaching__coaching_focus=focus, organisation__span_of_control=4)
    for rep, value in zip(firm.reps, values, strict=True):
        rep.seen_skill = value
    for manager in firm.managers[:2]:
        know_team(manager, firm)
        team = [rep for rep in firm.reps[manager.first_rep : manager.last_rep] if rep.staffed]
        skills = np.array([rep.seen_skill for rep in team])
        before = picture(firm)
        for k, rep in enumerate(team):
            assert weigh_for_coaching(rep, manager, scenario, firm) == near(weight(focus, skills, k))
        assert moved(firm, before) == {}


@pytest.mark.parametrize("focus", FOCUSES)
@each
@given(seed=seeds)
def test_what_is_left_for_coaching_is_shared_out_and_what_is_owed_is_carried(focus, seed):
    scenario, firm, t = world(seed, coaching__coaching_focus=focus)
    manager = firm.managers[seed % 3]
    know_team(manager, firm)
    owed = manager.approvals * scenario.approval.approval_hours + manager.lost_hours
    there = scenario.organisation.hours_per_week * scenario.coaching.coaching_share
    before = picture(firm)
    coach(manager, scenario, firm, t)
    assert manager.coaching_hours - manager.lost_hours == near(there - owed)
    assert min(manager.coaching_hours, manager.lost_hours) == 0.0
    assert manager.approvals == 0
    team = [rep for rep in firm.reps if rep.manager == manager.id]
    seated = [rep for rep in team if rep.staffed]
    assert [rep.coaching for rep in team if not rep.staffed] == [0.0] * (len(team) - len(seated))
    given_ = sum(rep.coaching for rep in team)
    assert given_ == near(manager.coaching_hours if seated else 0.0)
    assert firm.books[t].coaching_hours == near(before["books"][t]["coaching_hours"] + given_)
    skills = np.array([rep.seen_skill for rep in seated])
    weights = np.array([weight(focus, skills, k) for k in range(len(seated))])
    np.testing.assert_allclose(
        [rep.coaching * weights.sum() for rep in seated],
        manager.coaching_hours * weights,
        rtol=1e-9,
        atol=1e-12,
    )
    for rep in team:
        u, v, _, _ = draws(firm.luck, rep.hires, rep.id, VIEW_OF_SKILL)
        assert rep.seen_skill == near(rep.skill + scenario.coaching.noise_of_view * bell(u, v))
    after = moved(firm, before)
    assert {k for table, k in after if table == "reps"} <= {rep.id for rep in team}
    assert columns(after, "reps") <= {"coaching", "seen_skill"}
    assert set(after) <= {("managers", manager.id), ("books", t), *(("reps", rep.id) for rep in team)}


@few
@given(seed=seeds)
def test_a_week_is_learned_from_by_who_holds_a_seat_and_begins_anew(seed):
    scenario, firm, t = world(seed, reviews__account_review_rate=0.0)
    firm.office[0].information = 1.0
    before = picture(firm)
    learn(scenario, firm, t)
    assert [rep.decided for rep in firm.reps] == [0] * 7
    coached = firm.books[t].coaching_hours - before["books"][t]["coaching_hours"]
    assert coached == near(sum(rep.coaching for rep in firm.reps), abs=1e-9)
    assert firm.office[0].information == scenario.information.account_information
    for rep, row in zip(firm.reps, before["reps"], strict=True):
        if not rep.staffed:
            assert all(
                row[name] == getattr(rep, name) for name in ("skill", "fresh", "articulation", "adoption")
            )
        elif rep.hires == 0:
            manager = firm.managers[rep.manager]
            hours = manager.coaching_skill * of_coaching(rep.coaching, scenario)
            learned = taught(rep, row["decided"], hours, scenario)
            more = learned * max(rep.ceiling - row["skill"], 0.0)
            assert rep.skill == near(row["skill"] * half(scenario.learning.half_life) + more)
    hours = scenario.training.training_days * 8.0 / 52.0 + scenario.training.value_selling_training / 52.0
    trained = firm.books[t].training_hours - before["books"][t]["training_hours"]
    assert trained == near(hours * sum(rep.staffed for rep in firm.reps), abs=1e-9)
    for manager, row in zip(firm.managers, before["managers"], strict=True):
        assert (manager.approvals == row["approvals"]) == (manager.level > 1 or row["approvals"] == 0)


@few
@given(seed=seeds)
def test_reviews_come_before_coaching_and_new_tools_before_they_are_used(seed):
    scenario, firm, t = world(seed, reviews__account_review_rate=1.0, reviews__review_format="alone")
    for rep in firm.reps:
        rep.hires, rep.staffed = 0, True
    for deal in firm.deals:
        deal.outcome = WON
    firm.office[0].information = -1.0
    before = picture(firm)
    learn(scenario, firm, t)
    info = scenario.information
    for rep, row in zip(firm.reps, before["reps"], strict=True):
        reviewed = sum(deal.rep == rep.id for deal in firm.deals[3:10])
        fresh = row["fresh"] + scenario.reviews.working_memory * reviewed
        assert rep.fresh == near(fresh * half(scenario.reviews.memory_half_life))
        lasting = info.own_benefit + (1.0 - info.own_benefit) * rep.understanding * rep.buy_in
        assert rep.adoption == near(
            lasting + half(info.adoption_half_life) * (info.first_adoption - lasting)
        )
        assert rep.lost_hours == near(row["lost_hours"] + reviewed * scenario.reviews.review_hours)
