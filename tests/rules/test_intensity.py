"""How hard a rep works: the best choice against brute force, and what it depends on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.intensity import (
    Effort,
    best_intensity,
    chosen_intensity,
    reward_of_a_week,
    utility_of_intensity,
)

rewards = st.floats(0, 1e6)
efforts = st.builds(
    Effort, cost_curvature=st.floats(1.5, 20), lowest=st.floats(0.01, 1), highest=st.floats(1, 10)
)


@given(st.floats(0.01, 50), efforts)
def test_no_other_intensity_leaves_more_after_its_cost(reward, effort):
    """Benefit reward * ln(e) less cost e**curvature / curvature, over all intensities allowed."""
    grid = np.geomspace(effort.lowest, effort.highest, 4_001)
    left = reward * np.log(grid) - grid**effort.cost_curvature / effort.cost_curvature
    best = float(grid[np.argmax(left)])
    step = (effort.highest / effort.lowest) ** (1 / 4_000)
    assert best / step * (1 - 1e-9) <= chosen_intensity(effort, reward) <= best * step * (1 + 1e-9)


@given(efforts, rewards, rewards)
def test_reps_work_harder_when_it_is_worth_more_and_within_bounds(effort, a, b):
    low, high = sorted((a, b))
    harder = chosen_intensity(effort, high)
    assert effort.lowest <= chosen_intensity(effort, low) <= harder <= effort.highest


@given(efforts)
def test_a_usual_week_is_worked_at_intensity_one(effort):
    assert chosen_intensity(effort, 1.0) == pytest.approx(1.0)


@given(efforts, st.floats(-1e6, 0))
def test_the_salary_alone_buys_the_lowest_intensity(effort, reward):
    assert chosen_intensity(effort, reward) == effort.lowest


@given(st.floats(0.2, 5), st.floats(1.5, 10), st.floats(0, 10))
def test_the_steeper_the_cost_the_less_reward_moves_effort(reward, curvature, steeper):
    gentle = chosen_intensity(Effort(cost_curvature=curvature), reward)
    steep = chosen_intensity(Effort(cost_curvature=curvature + steeper), reward)
    assert abs(steep - 1.0) <= abs(gentle - 1.0) + 1e-12


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_richer_margin_deserves_more_effort(a, b):
    low, high = sorted((a, b))
    assert best_intensity(Effort(), low) <= best_intensity(Effort(), high) <= Effort().highest


@given(efforts, st.floats(0.0001, 1))
def test_the_firm_wants_the_effort_of_a_rep_who_is_paid_the_whole_margin(effort, margin):
    paid_it_all = reward_of_a_week(effort, margin, 100.0, 100.0)
    assert best_intensity(effort, margin) == pytest.approx(chosen_intensity(effort, paid_it_all))


@given(st.floats(0, 2), st.floats(0.01, 10), st.floats(1.01, 3))
def test_intensity_speaks_for_the_offer_and_one_is_neutral(effect, intensity, more):
    effort = Effort(effect=effect)
    assert utility_of_intensity(effort, 1.0) == 0.0
    assert utility_of_intensity(effort, intensity * more) >= utility_of_intensity(effort, intensity)


@given(st.floats(0.1, 10))
def test_twice_the_intensity_always_adds_the_same(intensity):
    added = utility_of_intensity(Effort(effect=0.2), 2.0 * intensity) - utility_of_intensity(
        Effort(effect=0.2), intensity
    )
    assert added == pytest.approx(0.2 * math.log(2.0))


@given(st.floats(0.001, 1), st.floats(1, 1e6))
def test_a_week_on_plan_at_usual_pay_is_rewarded_with_one(usual, planned):
    effort = Effort(usual_worth=usual)
    assert reward_of_a_week(effort, usual, planned, planned) == pytest.approx(1.0)
    assert reward_of_a_week(effort, usual, 0.0, planned) == 0.0


@given(st.floats(0, 1), st.floats(0, 1e6), st.floats(1, 1e6), st.floats(1, 3))
def test_more_pay_and_more_sales_reward_more_and_a_higher_plan_less(worth, run_rate, planned, more):
    here = reward_of_a_week(Effort(), worth, run_rate, planned)
    assert reward_of_a_week(Effort(), worth * more, run_rate, planned) >= here
    assert reward_of_a_week(Effort(), worth, run_rate * more, planned) >= here
    assert reward_of_a_week(Effort(), worth, run_rate, planned * more) <= here


@given(st.floats(0, 1), st.floats(0, 1e6), st.floats(-10, 0))
def test_without_a_plan_a_rep_goes_by_the_pay_alone(worth, run_rate, planned):
    effort = Effort(usual_worth=0.05)
    assert reward_of_a_week(effort, worth, run_rate, planned) == pytest.approx(worth / 0.05)
