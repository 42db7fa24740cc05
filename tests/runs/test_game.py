"""Shares of a total: the axioms they stand on, games whose answer is known, and sampled orders."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations, product
from math import fsum, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.state import Luck
from salesim.runs.coalitions import GROUPS
from salesim.runs.game import (
    coalition_of,
    coalitions,
    interactions,
    owen_values,
    unions,
    values_along,
)
from salesim.runs.orders import orders_of

AMOUNTS = st.floats(-1e8, 1e8, allow_nan=False).map(lambda amount: amount + 0.0)
SHAPES = st.sampled_from(
    [((0, 1), (2,)), ((0,), (1,), (2,)), ((0, 1, 2),), ((0, 1), (2, 3, 4)), ((3, 1), (0,), (2,))]
)


def players_of(groups):
    """All players, group by group."""
    return [player for group in groups for player in group]


@st.composite
def games(draw):
    """A game between a few players in groups: what every coalition is worth."""
    groups = draw(SHAPES)
    number = len(players_of(groups))
    worths = draw(st.lists(AMOUNTS, min_size=2**number, max_size=2**number))
    return dict(enumerate(worths)), groups


def orders_allowed(groups):
    """Every order in which no other group stands between the players of one."""
    for order in permutations(groups):
        for inner in product(*map(permutations, order)):
            yield [player for group in inner for player in group]


def close(a, b, worth):
    return isclose(a, b, rel_tol=1e-9, abs_tol=1e-9 * max(1.0, *map(abs, worth.values())))


@given(games())
def test_parts_add_up_to_the_total(game):
    worth, groups = game
    total = worth[coalition_of(players_of(groups))] - worth[0]
    assert close(fsum(owen_values(worth, groups).values()), total, worth)


@given(games())
def test_owen_values_are_the_mean_over_all_orders_that_keep_groups_together(game):
    worth, groups = game
    brute = values_along(worth, list(orders_allowed(groups)))
    for player, value in owen_values(worth, groups).items():
        assert close(value, brute[player], worth)


@given(games(), st.data())
def test_who_adds_nothing_gets_exactly_nothing(game, data):
    worth, groups = game
    idle = data.draw(st.sampled_from(players_of(groups)))
    worth = {coalition: worth[coalition & ~(1 << idle)] for coalition in worth}
    assert owen_values(worth, groups)[idle] == 0.0


@given(games(), st.data())
def test_equal_players_of_a_group_get_the_same(game, data):
    worth, groups = game
    group = data.draw(st.sampled_from(groups))
    one, other = group[0], group[-1]

    def swapped(coalition):
        bits = (coalition >> one & 1, coalition >> other & 1)
        cleared = coalition & ~(1 << one) & ~(1 << other)
        return cleared | bits[1] << one | bits[0] << other

    even = {coalition: worth[min(coalition, swapped(coalition))] for coalition in worth}
    values = owen_values(even, groups)
    assert close(values[one], values[other], even)


@given(games(), st.data())
def test_other_names_change_nothing_to_the_last_bit(game, data):
    worth, groups = game
    players = sorted(players_of(groups))
    named = dict(zip(players, data.draw(st.permutations(players)), strict=True))
    renamed = {coalition_of([named[p] for p in players if c >> p & 1]): value for c, value in worth.items()}
    order = data.draw(st.permutations(range(len(groups))))
    values = owen_values(worth, groups)
    others = owen_values(renamed, [[named[p] for p in groups[k]] for k in order])
    assert {named[player]: value for player, value in values.items()} == others


@given(games())
def test_groups_get_the_shapley_value_of_the_game_between_them(game):
    worth, groups = game
    between = {
        coalition_of([k for k in range(len(groups)) if union & coalition_of(groups[k])]): worth[union]
        for union in unions(groups)
    }
    shapley = owen_values(between, [[k] for k in range(len(groups))])
    values = owen_values(worth, groups)
    for k, group in enumerate(groups):
        assert close(fsum(values[player] for player in group), shapley[k], worth)


@given(games(), st.lists(AMOUNTS, min_size=5, max_size=5))
def test_two_games_together_are_shared_like_each_by_itself(game, more):
    worth, groups = game
    other = {coalition: fsum(more[p] for p in range(5) if coalition >> p & 1) for coalition in worth}
    both = {coalition: worth[coalition] + other[coalition] for coalition in worth}
    alone, together = owen_values(worth, groups), owen_values(both, groups)
    for player in players_of(groups):
        assert close(together[player], alone[player] + more[player], both)


def test_the_cost_of_a_runway_is_shared_baseline_known():
    """The airport game (Littlechild and Owen 1973): each stretch is paid by those who need it, alike."""
    lengths = [8.0, 11.0, 13.0, 18.0]
    worth = {c: max((lengths[p] for p in range(4) if c >> p & 1), default=0.0) for c in range(16)}
    singles = [[p] for p in range(4)]
    assert owen_values(worth, singles) == pytest.approx({0: 2.0, 1: 3.0, 2: 4.0, 3: 9.0}, rel=1e-12)


def test_who_stands_in_a_union_gets_what_owen_gave_it():
    """Three votes of which two decide: two that act as one group share everything (Owen 1977)."""
    worth = {c: float(c.bit_count() >= 2) for c in range(8)}
    assert owen_values(worth, [[0, 1], [2]]) == pytest.approx({0: 0.5, 1: 0.5, 2: 0.0}, abs=1e-15)
    assert owen_values(worth, [[0], [1], [2]]) == pytest.approx(dict.fromkeys(range(3), 1 / 3))


def test_groups_that_only_work_together_act_on_each_other_by_all_that_they_bring():
    worth = {c: float(c & 0b11 == 0b11) for c in range(8)}
    found = interactions(worth, [[0], [1], [2]])
    assert found == pytest.approx({(0, 1): 1.0, (0, 2): 0.0, (1, 2): 0.0})


@given(st.lists(AMOUNTS, min_size=10, max_size=10))
def test_players_who_do_not_act_on_each_other_show_no_interaction(each):
    worth = {c: fsum(each[p] for p in range(10) if c >> p & 1) for c in coalitions(GROUPS)}
    assert all(close(acting, 0.0, worth) for acting in interactions(worth, GROUPS).values())


def test_all_coalitions_are_those_that_some_order_meets():
    met = {coalition_of(order[:k]) for order in orders_allowed(((0, 1), (2,), (3, 4))) for k in range(6)}
    assert sorted(coalitions(((0, 1), (2,), (3, 4)))) == sorted(met)
    assert len(coalitions(GROUPS)) == 160


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_drawn_orders_keep_groups_together_and_each_has_its_reverse(seed, replicate, pairs):
    orders = orders_of(GROUPS, Luck(seed, replicate), pairs)
    assert len(orders) == 2 * pairs
    for order in orders:
        assert sorted(order) == list(range(10))
        for group in GROUPS:
            places = sorted(order.index(player) for player in group)
            assert places == list(range(places[0], places[0] + len(group)))
    assert all(orders[k + 1] == orders[k][::-1] for k in range(0, len(orders), 2))


def test_replicates_draw_orders_of_their_own_and_each_order_as_often():
    groups = ((0, 1), (2,))
    counts = Counter(tuple(orders_of(groups, Luck(1, r), 1)[0]) for r in range(2_000))
    allowed = {tuple(order) for order in orders_allowed(groups)}
    assert set(counts) == allowed
    assert max(counts.values()) < 1.2 * 2_000 / len(allowed)


@given(st.data())
def test_an_order_and_its_reverse_are_exact_where_only_pairs_act_on_each_other(data):
    alone = data.draw(st.lists(st.integers(-100, 100), min_size=10, max_size=10))
    pairs = {
        (a, b): data.draw(st.integers(-20, 20)) for group in GROUPS for a in group for b in group if a < b
    }
    worth = {
        c: float(
            sum(alone[p] for p in range(10) if c >> p & 1)
            + sum(v for (a, b), v in pairs.items() if c >> a & 1 and c >> b & 1)
        )
        for c in range(1024)
    }
    order = orders_of(GROUPS, Luck(3, data.draw(st.integers(0, 1000))), 1)
    exact, sampled = owen_values(worth, GROUPS), values_along(worth, order)
    for player in range(10):
        assert sampled[player] == pytest.approx(exact[player], abs=1e-9)


def test_sampled_orders_meet_the_exact_values_of_a_game_with_a_known_answer():
    """Everything or nothing: all ten must act; each gets a share by group, then by head."""
    worth = {c: float(c == 1023) for c in range(1024)}
    exact = owen_values(worth, GROUPS)
    for group in GROUPS:
        for player in group:
            assert exact[player] == pytest.approx(float(Fraction(1, len(GROUPS) * len(group))))
    drawn = [values_along(worth, orders_of(GROUPS, Luck(5, r), 1)) for r in range(3_000)]
    for player in range(10):
        mean = fsum(values[player] for values in drawn) / len(drawn)
        assert mean == pytest.approx(exact[player], abs=4 * (exact[player] / 2 / len(drawn)) ** 0.5)
