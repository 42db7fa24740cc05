"""How an opportunity is moved to the point of price, and how well value is argued on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.selling import Selling, perceived_value, progress_in_a_week, value_selling

shares = st.floats(0, 1)
sellings = st.builds(Selling, pace=st.floats(0.001, 1), self_evident=shares, task_share=shares)


@given(sellings, shares, shares, shares)
def test_skill_and_presence_move_an_opportunity(selling, other, a, b):
    low, high = sorted((a, b))
    further = progress_in_a_week(selling, high, other)
    assert 0.0 <= progress_in_a_week(selling, low, other) <= further
    assert progress_in_a_week(selling, other, low) <= progress_in_a_week(selling, other, high)
    assert progress_in_a_week(selling, a, 0.0) == 0.0


@given(st.floats(0.001, 1))
def test_a_rep_of_average_skill_who_is_fully_present_moves_at_the_stated_pace(pace):
    assert progress_in_a_week(Selling(pace=pace), 0.5, 1.0) == pytest.approx(pace)


@given(sellings, shares, shares, shares, shares)
def test_skill_understanding_and_training_all_help_to_show_value(selling, x, y, a, b):
    low, high = sorted((a, b))
    assert value_selling(selling, low, x, y) <= value_selling(selling, high, x, y) + 1e-12
    assert value_selling(selling, x, low, y) <= value_selling(selling, x, high, y) + 1e-12
    assert value_selling(selling, x, y, low) <= value_selling(selling, x, y, high) + 1e-12
    assert 0.0 <= value_selling(selling, x, y, high) <= 1.0


@given(sellings, shares, shares)
def test_without_training_a_rep_shows_what_he_is_able_to_and_no_more(selling, skill, understanding):
    shown = value_selling(selling, skill, understanding, 0.0)
    assert shown <= skill + 1e-12
    assert shown >= skill * (1.0 - selling.task_share) - 1e-12
    assert value_selling(selling, skill, 1.0, 0.0) == pytest.approx(skill)


@given(sellings, shares, shares, st.floats(0, 5))
def test_full_training_shows_everything_and_skill_beyond_measure_no_more_than_that(
    selling, skill, understanding, more
):
    assert value_selling(selling, skill, understanding, 1.0) == pytest.approx(1.0)
    assert value_selling(selling, skill + more, understanding, 0.0) <= 1.0


@given(shares, st.floats(0, 1e4), shares, shares)
def test_value_is_seen_as_far_as_it_is_argued(self_evident, value, a, b):
    low, high = sorted((a, b))
    selling = Selling(self_evident=self_evident)
    seen = perceived_value(selling, value, high)
    assert value * self_evident - 1e-9 <= perceived_value(selling, value, low) <= seen + 1e-9
    assert perceived_value(selling, value, 1.0) == pytest.approx(value)
    assert perceived_value(selling, value, 0.0) == pytest.approx(value * self_evident)
