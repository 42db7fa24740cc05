"""What reps know of their accounts, and whether they keep using the tools that tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.information import (
    Information,
    adoption_after_a_week,
    error_of_potential,
    habit_left,
    used_information,
)

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_tools = anything(Information)


@given(shares, shares)
def test_information_helps_as_far_as_it_is_there_and_used(there, adoption):
    assert 0.0 <= used_information(there, adoption) <= min(there, adoption)
    assert used_information(1.0, adoption) == adoption
    assert used_information(there, 1.0) == there


@given(any_tools, pairs_of_shares)
def test_a_rep_who_uses_more_information_errs_less_and_follows_habit_less(tools, used):
    some, more = used
    assert 0.0 <= error_of_potential(tools, more) <= error_of_potential(tools, some)
    assert 0.0 <= habit_left(tools, more) <= habit_left(tools, some) <= 1.0


@given(any_tools)
def test_without_information_reps_misjudge_as_stated_and_habit_rules(tools):
    assert error_of_potential(tools, 0.0) == tools.potential_error
    assert habit_left(tools, 0.0) == 1.0
    assert error_of_potential(tools, 1.0) == 0.0
    assert habit_left(tools, 1.0) == pytest.approx(1.0 - tools.habit_reset)


@given(any_tools, shares, shares)
def test_use_of_tools_moves_towards_what_they_are_good_for(tools, adoption, alignment):
    lasting = tools.own_benefit + (1.0 - tools.own_benefit) * alignment
    after = adoption_after_a_week(tools, adoption, alignment)
    assert 0.0 <= after <= 1.0 + ROUNDING
    assert abs(after - lasting) <= abs(adoption - lasting) + ROUNDING


@given(any_tools, pairs_of_shares, shares)
def test_tools_stay_in_use_where_the_strategy_is_acted_on(tools, alignments, adoption):
    idle, acting = (adoption_after_a_week(tools, adoption, alignment) for alignment in alignments)
    assert idle <= acting + ROUNDING
    assert adoption_after_a_week(tools, adoption, 1.0) >= adoption - ROUNDING


@given(any_tools, pairs_of_shares, shares)
def test_who_uses_tools_more_still_does_a_week_later(tools, adoptions, alignment):
    less, more = (adoption_after_a_week(tools, adoption, alignment) for adoption in adoptions)
    assert less <= more + ROUNDING


@given(st.sampled_from([1, 13, 104]), shares, shares)
def test_use_without_benefit_halves_in_its_half_life(half_life, benefit, alignment):
    tools = Information(adoption_half_life=float(half_life), own_benefit=benefit)
    lasting, use = benefit + (1.0 - benefit) * alignment, 1.0
    for _ in range(half_life):
        use = adoption_after_a_week(tools, use, alignment)
    assert use - lasting == pytest.approx(0.5 * (1.0 - lasting), abs=1e-9)


@given(st.floats(0, 0.29), shares)
def test_use_below_its_benefit_comes_back(adoption, alignment):
    assert adoption_after_a_week(Information(own_benefit=0.3), adoption, alignment) > adoption
