"""Which accounts a rep spends hours on, and which would be best."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.accounts import MIN_RATE, Accounts, best_hours, hours_weight, log_rate, water_level

from .drawn import anything, pairs_of_shares, shares

any_reps = anything(Accounts)
worths = st.lists(
    st.just(0.0) | st.floats(1e-6, 1e-4) | st.floats(0.1, 1e5), min_size=1, max_size=12
).filter(any)
trusts = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)).map(sorted)
logs = st.floats(0, 18)
mild = st.floats(-3, 3)


def divided(worth: list[float], hours: float, half: float) -> list[float]:
    """Water-filling as the week does it: drop the dry ones until nobody is dry."""
    roots = [math.sqrt(w * half) for w in worth]
    active = list(range(len(roots)))
    while True:
        level = water_level(sum(roots[i] for i in active), len(active), hours, half)
        wet = [i for i in active if best_hours(roots[i], level, half) > 0.0]
        if wet == active:
            return [best_hours(roots[i], level, half) if i in active else 0.0 for i in range(len(roots))]
        active = wet


def earned(worth: list[float], division: np.ndarray, half: float) -> np.ndarray:
    """What calling gains in all accounts together."""
    return (np.array(worth) * division / (division + half)).sum(axis=-1)


@given(worths, st.floats(0.1, 40), st.floats(0.01, 2), st.integers(0, 2**32 - 1))
def test_water_filling_beats_any_other_division_of_the_same_hours(worth, hours, half, seed):
    best, luck = np.array(divided(worth, hours, half)), np.random.default_rng(seed)
    assert (best >= 0.0).all()
    assert best.sum() == pytest.approx(hours)
    others = luck.dirichlet(np.ones(len(worth)), 50) * hours
    nudged = best * luck.uniform(0.9, 1.1, (50, len(worth)))
    nudged *= hours / nudged.sum(axis=1, keepdims=True)
    for division in (others, nudged):
        assert (earned(worth, division, half) <= earned(worth, best, half) * (1 + 1e-9)).all()


@given(worths, st.floats(0.1, 40), st.floats(0.01, 2))
def test_moving_an_hour_between_any_two_accounts_gains_nothing(worth, hours, half):
    best = np.array(divided(worth, hours, half))
    for giver in np.flatnonzero(best > 0.0):
        for taker in range(len(worth)):
            moved = best.copy()
            step = 0.01 * best[giver]
            moved[giver] -= step
            moved[taker] += step
            assert earned(worth, moved, half) <= earned(worth, best, half) * (1 + 1e-9)


@given(st.sampled_from([1e-6, 1.0, 1e5]), st.integers(1, 12), st.floats(0.1, 40), st.floats(0.01, 2))
def test_accounts_of_the_same_worth_get_the_same_hours(worth, number, hours, half):
    assert divided([worth] * number, hours, half) == pytest.approx([hours / number] * number)


@given(st.floats(0, 1e3), st.floats(0, 10), st.floats(0, 100), st.floats(0.01, 2))
def test_more_worth_and_more_water_are_more_hours(root, more, level, half):
    here = best_hours(root, level, half)
    assert 0.0 <= here <= best_hours(root + more, level, half)
    assert here <= best_hours(root, level + more, half)


@given(st.floats(0.1, 1e3), st.integers(1, 50), st.floats(0, 40), st.floats(0, 10), st.floats(0.01, 2))
def test_more_hours_raise_the_water(roots, active, hours, more, half):
    assert 0.0 <= water_level(roots, active, hours, half) <= water_level(roots, active, hours + more, half)


def test_no_worth_no_hours():
    assert water_level(0.0, 3, 10.0, 0.2) == 0.0
    assert best_hours(0.0, 5.0, 0.2) == 0.0


@given(any_reps, mild, trusts, logs, logs, mild, shares)
def test_the_more_trusting_an_account_the_more_hours_it_draws(
    reps, habit, trust, plan, pay, error, alignment
):
    low, high = (hours_weight(reps, habit, t, plan, pay, error, alignment) for t in trust)
    assert 0.0 < low <= high * (1 + 1e-12)


@given(any_reps, mild, st.floats(0.01, 1), logs, logs, mild, shares, st.floats(0, 5), st.integers(0, 3))
def test_habit_value_pay_and_flattering_errors_draw_hours(
    reps, habit, trust, plan, pay, error, alignment, more, which
):
    draws = [habit, plan, pay, error]
    here = hours_weight(reps, draws[0], trust, draws[1], draws[2], draws[3], alignment)
    draws[which] += more
    assert here <= hours_weight(reps, draws[0], trust, draws[1], draws[2], draws[3], alignment) * (
        1 + 1e-12
    )


@given(any_reps, mild, trusts, logs, logs, mild)
def test_a_fully_aligned_rep_does_not_look_at_comfort(reps, habit, trust, plan, pay, error):
    near, far = (hours_weight(reps, habit, t, plan, pay, error, 1.0) for t in trust)
    assert near == pytest.approx(far)


@given(any_reps, mild, shares, logs, logs, logs, mild)
def test_an_unaligned_rep_does_not_look_at_the_plan(reps, habit, trust, plan, other, pay, error):
    assert hours_weight(reps, habit, trust, plan, pay, error, 0.0) == hours_weight(
        reps, habit, trust, other, pay, error, 0.0
    )


@given(st.floats(0, 3), st.floats(0, 3), st.floats(0, 3), shares)
def test_pulls_are_powers_of_what_an_account_is(comfort, strategy, pay, alignment):
    """Twice the trust, thrice the plan's value and five times the pay, each by its own power."""
    reps = Accounts(pull_of_comfort=comfort, pull_of_strategy=strategy, pull_of_pay=pay)

    def weight(trust: float, plan_value: float, pay_value: float) -> float:
        return hours_weight(reps, 0.0, trust, math.log(plan_value), math.log(pay_value), 0.0, alignment)

    usual = weight(0.3, 1000.0, 50.0)
    assert weight(0.6, 1000.0, 50.0) / usual == pytest.approx(2.0 ** (comfort * (1.0 - alignment)))
    assert weight(0.3, 3000.0, 50.0) / usual == pytest.approx(3.0 ** (strategy * alignment))
    assert weight(0.3, 1000.0, 250.0) / usual == pytest.approx(5.0**pay)


@given(mild, shares, logs, logs, mild, shares)
def test_without_any_pull_only_habit_is_left(habit, trust, plan, pay, error, alignment):
    reps = Accounts(pull_of_comfort=0.0, pull_of_strategy=0.0, pull_of_pay=0.0)
    assert hours_weight(reps, habit, trust, plan, pay, error, alignment) == pytest.approx(math.exp(habit))


def test_an_account_without_trust_still_draws_a_little():
    weights = [hours_weight(Accounts(), 0.0, trust, 10.0, 8.0, 0.0, 0.0) for trust in (0.0, 0.01, 0.02)]
    assert 0.0 < weights[0] == weights[1] < weights[2]


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_pays_more_is_worth_more_to_the_rep(rate, more):
    assert log_rate(rate) <= log_rate(rate + more)
    assert log_rate(0.04) - log_rate(0.02) == pytest.approx(math.log(2.0))


def test_next_to_nothing_is_as_good_as_nothing():
    assert log_rate(0.0) == log_rate(MIN_RATE) == pytest.approx(math.log(MIN_RATE))


@given(any_reps, pairs_of_shares)
def test_alignment_turns_a_rep_from_comfort_to_strategy(reps, alignments):
    """An easy account without promise against a strategic one without trust."""

    def share_of_the_strategic(alignment: float) -> float:
        easy = hours_weight(reps, 0.0, 0.6, 8.0, 8.0, 0.0, alignment)
        strategic = hours_weight(reps, 0.0, 0.2, 12.0, 8.0, 0.0, alignment)
        return strategic / (easy + strategic)

    assert share_of_the_strategic(alignments[0]) <= share_of_the_strategic(alignments[1]) + 1e-12
