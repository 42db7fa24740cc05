"""Training and onboarding: hours, cost, articulation, and the start of newcomers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.training import (
    Training,
    after_a_week_of_onboarding,
    articulation_after_a_week,
    articulation_hours,
    training_cost,
    training_hours,
)

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_plan = anything(Training)


@given(any_plan)
def test_fifty_two_weeks_of_training_are_the_days_of_the_year(plan):
    assert 52.0 * training_hours(plan) == pytest.approx(8.0 * plan.training_days)
    assert 52.0 * articulation_hours(plan) == pytest.approx(plan.value_selling_training)


def test_a_year_of_training_costs_its_days():
    assert 52.0 * training_cost(Training(training_days=3.0)) == pytest.approx(3 * 486)
    both = Training(training_days=3.0, value_selling_training=16.0, cost_of_a_day=500.0)
    assert 52.0 * training_cost(both) == pytest.approx((3 + 2) * 500)


@given(any_plan, st.floats(0, 60), st.floats(0, 500))
def test_more_training_takes_more_hours_and_costs_more(plan, days, hours):
    more = plan.model_copy(
        update={
            "training_days": plan.training_days + days,
            "value_selling_training": plan.value_selling_training + hours,
        }
    )
    assert 0.0 <= training_hours(plan) <= training_hours(more)
    assert 0.0 <= articulation_hours(plan) <= articulation_hours(more)
    assert 0.0 <= training_cost(plan) <= training_cost(more)


@given(any_plan, shares)
def test_articulation_stays_a_share(plan, articulation):
    assert 0.0 <= articulation_after_a_week(plan, articulation) <= 1.0


@given(any_plan, pairs_of_shares)
def test_who_argues_value_better_still_does_a_week_later(plan, articulations):
    low, high = (articulation_after_a_week(plan, a) for a in articulations)
    assert low <= high + ROUNDING


@given(anything(Training, articulation_effect=st.floats(0, 0.1)), st.floats(0, 500), shares)
def test_more_training_in_value_selling_argues_value_better(plan, hours, articulation):
    more = plan.model_copy(update={"value_selling_training": plan.value_selling_training + hours})
    assert (
        articulation_after_a_week(plan, articulation)
        <= articulation_after_a_week(more, articulation) + ROUNDING
    )


@pytest.mark.parametrize("half_life", [4, 52, 260])
def test_without_training_articulation_halves_in_its_half_life(half_life):
    plan, articulation = Training(articulation_half_life=float(half_life)), 0.8
    for _ in range(half_life):
        articulation = articulation_after_a_week(plan, articulation)
    assert articulation == pytest.approx(0.4)


def test_sales_training_does_not_teach_value_selling():
    assert articulation_after_a_week(Training(training_days=60.0), 0.0) == 0.0
    assert articulation_after_a_week(Training(value_selling_training=52.0), 0.0) == pytest.approx(0.03)


@given(shares, shares, shares)
def test_onboarding_brings_newcomers_nearer_and_never_sets_them_back(level, goal, effect):
    after = after_a_week_of_onboarding(level, goal, effect)
    assert level <= after <= max(level, goal) + ROUNDING
    if goal > level:
        assert goal - after == pytest.approx((1.0 - effect) * (goal - level), abs=ROUNDING)


@given(shares, shares, pairs_of_shares)
def test_a_longer_or_better_onboarding_starts_higher(level, goal, effects):
    one = [after_a_week_of_onboarding(level, goal, effect) for effect in effects]
    assert one[0] <= one[1] + ROUNDING
    assert one[0] <= after_a_week_of_onboarding(one[0], goal, effects[0])
