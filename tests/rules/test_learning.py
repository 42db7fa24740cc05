"""How reps learn from deals, coaching and training, forget, and where their skill settles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.arithmetic import half_life_kept
from salesim.rules.learning import Learning, ceiling, learned_in_a_week, settled_skill, skill_after_a_week

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_people = anything(Learning)
abilities = st.floats(0, 20)
deals = st.floats(0, 20)
few = st.floats(0, 0.05)
LITTLE = Learning(practice=0.001, training_effect=0.001)  # so little that no week reaches the ceiling


@given(any_people, abilities, abilities, shares)
def test_the_able_reach_more_and_nobody_reaches_all(people, a, b, fit):
    low, high = sorted((a, b))
    assert 0.0 <= ceiling(people, low, fit) <= ceiling(people, high, fit) < 1.0


@given(any_people, abilities, pairs_of_shares)
def test_those_who_suit_the_task_reach_more(people, ability, fits):
    assert ceiling(people, ability, fits[0]) <= ceiling(people, ability, fits[1])


@given(any_people)
def test_at_half_ability_a_perfect_fit_reaches_half(people):
    assert ceiling(people, people.half_ability, 1.0) == pytest.approx(0.5)
    assert ceiling(people, people.half_ability, 0.0) == pytest.approx(0.5 * (1.0 - people.task_weight))


@given(any_people, abilities, deals, shares, st.floats(0, 40))
def test_a_week_closes_at_most_the_whole_distance(people, ability, decided, coaching, hours):
    assert 0.0 <= learned_in_a_week(people, ability, decided, coaching, hours) <= 1.0


@given(
    any_people, abilities, st.tuples(deals, shares, st.floats(0, 40)), st.integers(0, 2), st.floats(0, 5)
)
def test_deals_coaching_and_training_teach(people, ability, sources, which, more):
    richer = [amount + (more if k == which else 0.0) for k, amount in enumerate(sources)]
    assert learned_in_a_week(people, ability, *sources) <= learned_in_a_week(people, ability, *richer)


@given(any_people, abilities, st.floats(0, 5), deals, shares, st.floats(0, 40))
def test_the_able_never_learn_more_slowly(people, ability, more, decided, coaching, hours):
    slow = learned_in_a_week(people, ability, decided, coaching, hours)
    assert slow <= learned_in_a_week(people, ability + more, decided, coaching, hours)


@given(few, st.floats(0.1, 2), st.floats(0, 1))
def test_each_step_of_ability_multiplies_what_is_learned_by_the_same_factor(coaching, ability, step):
    """Ability acts through aptitude, exponentially: not through what the week brings."""
    at = [learned_in_a_week(LITTLE, ability + k * step, 1.0, coaching, 1.0) for k in range(3)]
    assert at[1] / at[0] == pytest.approx(math.exp(LITTLE.aptitude * step))
    assert at[2] / at[1] == pytest.approx(at[1] / at[0])


@given(abilities, deals, few)
def test_without_aptitude_all_learn_alike(ability, decided, coaching):
    alike = Learning(aptitude=0.0)
    assert learned_in_a_week(alike, ability, decided, coaching, 0.0) == learned_in_a_week(
        alike, 1.0, decided, coaching, 0.0
    )


def test_a_week_at_average_ability_adds_up_deals_coaching_and_training():
    people = Learning(practice=0.01, training_effect=0.008)
    assert learned_in_a_week(people, 1.0, 2.0, 0.03, 0.5) == pytest.approx(0.02 + 0.03 + 0.004)
    assert learned_in_a_week(people, 1.0, 0.0, 0.0, 0.0) == 0.0


@given(shares, shares, shares, shares)
def test_skill_stays_between_nothing_and_the_ceiling(part, top, learned, kept):
    assert 0.0 <= skill_after_a_week(part * top, top, learned, kept) <= top + ROUNDING


@given(shares, shares, pairs_of_shares, shares)
def test_more_learned_is_more_skill(skill, top, learned, kept):
    assert skill_after_a_week(skill, top, learned[0], kept) <= skill_after_a_week(
        skill, top, learned[1], kept
    )


@given(shares, shares, shares)
def test_who_stands_above_the_ceiling_learns_nothing_and_only_forgets(top, learned, kept):
    assert skill_after_a_week(top + 0.1, top, learned, kept) == pytest.approx((top + 0.1) * kept)


@given(shares, shares, st.floats(0.01, 1), st.floats(0.01, 0.99))
def test_the_settled_skill_is_where_years_of_the_same_weeks_lead(skill, top, learned, kept):
    at_rest = settled_skill(top, learned, kept)
    skill = skill * top
    for _ in range(2000):
        skill = skill_after_a_week(skill, top, learned, kept)
    assert skill == pytest.approx(at_rest, abs=1e-9)


@given(shares, shares, shares)
def test_the_settled_skill_stays_where_it_is(top, learned, kept):
    at_rest = settled_skill(top, learned, kept)
    assert 0.0 <= at_rest <= top + ROUNDING
    if learned + (1.0 - kept) > 0.0:
        assert skill_after_a_week(at_rest, top, learned, kept) == pytest.approx(at_rest, abs=ROUNDING)


@given(shares, st.floats(0.001, 1), pairs_of_shares)
def test_skill_settles_higher_where_less_is_forgotten(top, learned, kept):
    assert settled_skill(top, learned, kept[0]) <= settled_skill(top, learned, kept[1]) + ROUNDING


@given(shares, shares)
def test_skill_settles_at_the_ceiling_without_forgetting_and_at_nothing_without_learning(top, kept):
    assert settled_skill(top, 0.01, 1.0) == pytest.approx(top)
    assert settled_skill(top, 0.0, kept) == 0.0


def test_skill_halves_in_its_half_life_when_nothing_is_learned():
    skill, kept = 0.6, half_life_kept(Learning().half_life)
    for _ in range(52):
        skill = skill_after_a_week(skill, 0.9, 0.0, kept)
    assert skill == pytest.approx(0.3)


def test_ability_acts_mainly_by_the_speed_of_learning():
    """Two standard deviations of ability: the settled share of the ceiling differs, not only the ceiling."""
    people, kept = Learning(), half_life_kept(Learning().half_life)
    reached = []
    for ability in (math.exp(-0.4), math.exp(0.4)):
        learned = learned_in_a_week(people, ability, people.usual_deals, 0.02, 0.4)
        reached.append(settled_skill(1.0, learned, kept))
    assert reached[1] > 1.1 * reached[0]
