"""In which period a deal is booked: the closed form against numerical integration."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.booking import expected_of_the_better
from salesim.rules.curve import NEVER, expected_pay, pay_at, terms_of
from salesim.rules.payout import Payout

from .curves import gates, integrated, kinks_of, lines_and_terms, parts, payouts

means = st.floats(-2e4, 3e5)
spreads = st.floats(100, 1e5)
sizes = st.floats(1, 1e5)
later = st.floats(-0.05, 0.3)


@given(payouts(), means, spreads, sizes, later, parts, gates)
def test_it_is_the_integral_of_the_better_of_two_periods(payout, mean, spread, credit, later, part, gate):
    lines, terms = lines_and_terms(payout, part, gate)

    def best(x):
        return max(pay_at(lines, terms, x + credit) - pay_at(lines, terms, x), later * credit)

    kinks = kinks_of(payout.curve, part, gate)
    kinks += [kink - credit for kink in kinks]
    kinks += [at for low, high in _between(kinks) for at in _roots(best, low, high)]
    exact = expected_of_the_better(lines, terms, mean, spread, credit, later)
    assert exact == pytest.approx(integrated(best, mean, spread, kinks), rel=1e-7, abs=1e-3)


def _between(kinks):
    ends = sorted({-3e6, *kinks, 3e6})
    return itertools.pairwise(ends)


def _roots(best, low, high):
    """Where the better of two lines changes: they meet where the ends' slopes, extended, do."""
    width = high - low
    if width < 1e-3:
        return
    eps = 1e-3 * width
    a, b, c, d = (best(x) for x in (low + eps, low + 2 * eps, high - 2 * eps, high - eps))
    left, right = (b - a) / eps, (d - c) / eps
    if abs(left - right) > 1e-12:
        root = (d - a - right * (high - eps) + left * (low + eps)) / (left - right)
        if low < root < high:
            yield root


@given(payouts(), means, spreads, sizes, later, gates)
def test_a_choice_is_worth_at_least_either_period(payout, mean, spread, credit, later, gate):
    lines, terms = lines_and_terms(payout, 1.0, gate)
    chosen = expected_of_the_better(lines, terms, mean, spread, credit, later)
    now = expected_pay(lines, terms, mean + credit, spread) - expected_pay(lines, terms, mean, spread)
    assert chosen >= later * credit - 1e-6
    assert chosen >= now - 1e-6


@given(payouts(), means, spreads, sizes, gates)
def test_where_the_next_period_pays_less_than_nothing_the_deal_stays(payout, mean, spread, credit, gate):
    rising = [knot.slope for knot in payout.curve]
    if any(knot.gate for knot in payout.curve) and rising != sorted(rising):
        return
    lines, terms = lines_and_terms(payout, 1.0, gate)
    now = expected_pay(lines, terms, mean + credit, spread) - expected_pay(lines, terms, mean, spread)
    chosen = expected_of_the_better(lines, terms, mean, spread, credit, -1e6)
    assert chosen == pytest.approx(now, rel=1e-6, abs=1e-2)


def test_worked_case_of_a_choice_under_a_steep_accelerator():
    """Half the chance to end above quota: ten times the rate there, the next period's worth below it."""
    lines = Payout(accelerator=10.0, bonus=0.0).by_period
    terms = terms_of(lines, 1e6, 0.02, 1.0, NEVER)
    assert expected_of_the_better(lines, terms, 1e6, 2e5, 1.0, 0.05) == pytest.approx(
        0.5 * 0.2 + 0.5 * 0.05, rel=1e-4
    )
    assert expected_of_the_better(lines, terms, 1e6, 2e5, 1.0, 0.3) == pytest.approx(0.3)
