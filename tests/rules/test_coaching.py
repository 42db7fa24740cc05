"""How managers' time becomes coaching, for whom, and what it brings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.coaching import (
    EQUAL,
    MIDDLE,
    STRONGEST,
    WEAKEST,
    Coaching,
    coaching_effect,
    focus_weight,
    hours_for_coaching,
)

from .drawn import anything, pairs_of_shares, shares
from .worked import numbers, worked_cases

any_managers = anything(Coaching)
hours = st.floats(0, 60)
teams = st.integers(1, 30)
FOCI = {"weakest": WEAKEST, "equal": EQUAL, "middle": MIDDLE, "strongest": STRONGEST}


def weights(focus: int, team: int) -> list[float]:
    """Weights of a team that its manager can tell apart, from the weakest to the strongest."""
    return [focus_weight(focus, better, team) for better in range(team - 1, -1, -1)]


@pytest.mark.parametrize("case", worked_cases("coaching.csv"))
def test_coaching_is_divided_as_a_practitioner_works_it_out(case):
    team = weights(Coaching(coaching_focus=case["focus"]).coaching_focus, int(case["team"]))
    each = [float(case["hours"]) * weight / sum(team) for weight in team]
    assert each == pytest.approx(numbers(case["hours_weakest_to_strongest"]))


@given(any_managers, hours, hours)
def test_more_coaching_never_teaches_less_nor_more_than_the_most(managers, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= coaching_effect(managers, low) <= coaching_effect(managers, high) <= managers.most_learned


@given(any_managers)
def test_no_coaching_teaches_nothing_and_its_half_hours_half(managers):
    assert coaching_effect(managers, 0.0) == 0.0
    assert coaching_effect(managers, managers.half_hours) == pytest.approx(0.5 * managers.most_learned)
    assert coaching_effect(managers, 1000.0 * managers.half_hours) == pytest.approx(
        managers.most_learned, rel=1e-5
    )


@given(anything(Coaching, most_learned=st.floats(0.01, 1)))
def test_the_response_to_coaching_is_convex_at_first_and_concave_later(managers):
    """Found on a grid: the gains per step rise to one peak, before the half hours, and fall from there."""
    grid = np.linspace(0.0, 4.0, 401) * managers.half_hours
    gains = np.diff([coaching_effect(managers, float(h)) for h in grid])
    peak = int(np.argmax(gains))
    assert (np.diff(gains[: peak + 1]) > 0.0).all()
    assert (np.diff(gains[peak:]) < 0.0).all()
    assert grid[peak] == pytest.approx(managers.half_hours / np.sqrt(3.0), abs=0.02 * managers.half_hours)


def test_where_coaching_is_short_it_teaches_more_when_it_is_not_spread_thin():
    managers = Coaching(half_hours=1.0)
    assert 8 * coaching_effect(managers, 0.25) < 4 * coaching_effect(managers, 0.5)
    assert 8 * coaching_effect(managers, 2.0) > 4 * coaching_effect(managers, 4.0)


@given(st.integers(3, 30))
def test_focus_ranks_the_team_as_it_is_named(team):
    first, last = weights(WEAKEST, team), weights(STRONGEST, team)
    assert first == sorted(first, reverse=True)
    assert first[0] > first[-1]
    assert last == sorted(last)
    assert last[0] < last[-1]
    assert last == pytest.approx(first[::-1])
    assert weights(EQUAL, team) == [1.0] * team
    middle, half = weights(MIDDLE, team), (team + 1) // 2
    assert middle == pytest.approx(middle[::-1])
    assert middle[:half] == sorted(middle[:half])
    assert middle[half - 1] > middle[0]


@given(st.sampled_from([WEAKEST, EQUAL, STRONGEST]), teams)
def test_the_total_weight_of_a_team_is_its_head_count(focus, team):
    assert sum(weights(focus, team)) == pytest.approx(team)


@given(st.integers(2, 200))
def test_the_total_weight_of_a_middle_focus_falls_short_by_little_more_than_one_rep(team):
    assert team - 1.0 - 1.0 / (team - 1.0) - 1e-9 <= sum(weights(MIDDLE, team)) <= team


@given(st.sampled_from(list(FOCI.values())), teams)
def test_no_weight_is_below_nothing_or_above_twice_the_usual(focus, team):
    assert all(0.0 <= weight <= 2.0 for weight in weights(focus, team))


@pytest.mark.parametrize("team", range(1, 9))
@pytest.mark.parametrize("focus", FOCI)
def test_every_focus_finds_somebody_to_coach(focus, team):
    """Whom it favours is the focus; the hours stay the same."""
    assert sum(weights(FOCI[focus], team)) > 0.0


@pytest.mark.parametrize("focus", FOCI)
def test_a_team_in_which_the_manager_sees_no_difference_is_coached_too(focus):
    """Of four who look alike each has three colleagues who count half."""
    assert focus_weight(FOCI[focus], 1.5, 4) > 0.0


@pytest.mark.parametrize("focus", FOCI)
def test_a_rep_alone_gets_the_usual_weight(focus):
    assert focus_weight(FOCI[focus], 0, 1) == 1.0
    assert focus_weight(FOCI[focus], 0, 0) == 1.0


@given(hours, shares, hours)
def test_coaching_hours_are_never_negative_nor_more_than_were_meant(week, share, lost):
    assert 0.0 <= hours_for_coaching(week, share, lost) <= week * share
    assert hours_for_coaching(week, share, 0.0) == week * share


@given(hours, shares, hours, hours)
def test_exceptions_and_reviews_eat_coaching_hour_by_hour(week, share, a, b):
    low, high = sorted((a, b))
    less, more = hours_for_coaching(week, share, high), hours_for_coaching(week, share, low)
    assert less <= more
    if less > 0.0:
        assert more - less == pytest.approx(high - low, abs=1e-9)


@given(hours, pairs_of_shares, hours)
def test_a_larger_share_is_more_coaching(week, parts, lost):
    assert hours_for_coaching(week, parts[0], lost) <= hours_for_coaching(week, parts[1], lost)


def test_a_typical_manager_has_time_until_approvals_take_it():
    assert hours_for_coaching(40.0, 0.16, 0.0) == pytest.approx(6.4)
    assert hours_for_coaching(40.0, 0.16, 2.4) == pytest.approx(4.0)
    assert hours_for_coaching(40.0, 0.16, 9.9) == 0.0
