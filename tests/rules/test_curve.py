"""Pay curves of knots: what they pay, what they are expected to pay, and where they jump."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesim.rules.curve import (
    NEVER,
    credit_where,
    expected_pay,
    has_jumps,
    next_jumps,
    pay_at,
    terms_of,
)
from salesim.rules.knots import NO_CAP
from salesim.rules.payout import Payout

from .curves import QUOTA, gates, integrated, kinks_of, lines_and_terms, paid, parts, payouts

credits = st.floats(-5e4, 5e5)
spreads = st.floats(0.5, 1e5)
shapes = st.fixed_dictionaries(
    {
        "threshold": st.just(0.0) | st.floats(0, 1),
        "accelerator": st.just(1.0) | st.floats(0, 5),
        "bonus": st.just(0.0) | st.floats(0, 2e4),
        "cap": st.floats(1, 3) | st.just(NO_CAP),
    }
)
PLAN = Payout(curve=[{"at": 0, "rate": 0.05}, {"at": 0.5, "rate": 0.1, "on_all": True, "jump": 500}])


def close(value, tolerance=1e-9):
    return pytest.approx(value, rel=tolerance, abs=tolerance * 1e5)


@given(payouts(), credits, parts, gates)
def test_pay_is_what_the_definition_says(payout, credit, part, gate):
    assume(all(abs(credit - kink) > 1e-6 for kink in kinks_of(payout.curve, part, gate)))
    assert pay_at(*lines_and_terms(payout, part, gate), credit) == close(
        paid(payout.curve, credit, part, gate)
    )


@given(payouts(gated=False), st.integers(0, 7), parts)
def test_exactly_at_a_knot_counts_as_reached(payout, k, part):
    lines, terms = lines_and_terms(payout, part)
    knot = payout.curve[k % len(payout.curve)]
    place = knot.credit * terms.knot
    assert pay_at(lines, terms, place) == close(paid(payout.curve, place, part))
    assert pay_at(lines, terms, place) >= pay_at(lines, terms, place - 1e-3) + knot.jump * part - 1e-3


@given(payouts(), credits, st.floats(0, 1e5), gates)
def test_more_credit_never_pays_less_where_rates_wait_for_no_lower_ones(payout, credit, more, gate):
    rates = [knot.slope for knot in payout.curve]
    assume(rates == sorted(rates) or not any(knot.gate for knot in payout.curve))
    lines, terms = lines_and_terms(payout, 1.0, gate)
    assert pay_at(lines, terms, credit + more) >= pay_at(lines, terms, credit) - 1e-6


@given(payouts(), st.floats(-1e6, 0))
def test_returns_below_no_credit_are_taken_back_at_the_first_rate(payout, credit):
    assume(payout.curve[0].jump == 0.0)
    lines, terms = lines_and_terms(payout)
    assert pay_at(lines, terms, credit) == close(terms.rate * payout.curve[0].slope * credit)


@given(st.floats(-1e6, 1e7), st.floats(0, 1e6), st.floats(0, 1))
def test_a_plain_plan_is_exactly_rate_times_credit(credit, spread, rate):
    for payout, commission in (
        (Payout(accelerator=1.0, bonus=0.0), rate),
        (Payout(curve=[first(rate)]), 0.0),
    ):
        lines = payout.by_period
        terms = terms_of(lines, QUOTA, commission, 1.0, NEVER)
        assert pay_at(lines, terms, credit) == expected_pay(lines, terms, credit, spread) == rate * credit


def first(rate):
    return {"at": 0.0, "rate": rate}


@given(payouts(), st.floats(-1e5, 1e6))
def test_without_a_quota_the_first_rate_alone_applies(payout, credit):
    assume(all(knot.at is not None for knot in payout.curve[1:]))
    lines = payout.by_period
    terms = terms_of(lines, 0.0, 0.04, 1.0, NEVER)
    rate = payout.curve[0].slope if payout.curve[0].per_quota is None else 0.0
    assert pay_at(lines, terms, credit) == expected_pay(lines, terms, credit, 1.0) == rate * credit
    assert next_jumps(lines, terms, credit) == (NEVER, NEVER)


@given(payouts(), credits, st.floats(100, 1e5), parts, gates)
def test_expected_pay_is_the_integral_of_the_curve(payout, mean, spread, part, gate):
    lines, terms = lines_and_terms(payout, part, gate)
    kinks = kinks_of(payout.curve, part, gate)
    whole = integrated(lambda x: paid(payout.curve, x, part, gate), mean, spread, kinks)
    assert expected_pay(lines, terms, mean, spread) == close(whole, 1e-8)


@given(payouts(), credits, parts, gates)
def test_with_a_certain_end_expected_pay_is_pay(payout, mean, part, gate):
    lines, terms = lines_and_terms(payout, part, gate)
    assume(all(abs(mean - kink) > 0.2 for kink in kinks_of(payout.curve, part, gate)))
    assert expected_pay(lines, terms, mean, 0.0) == pytest.approx(pay_at(lines, terms, mean), abs=0.01)


@given(payouts(), credits, parts, gates)
def test_pay_jumps_nowhere_but_at_the_next_jumps(payout, credit, part, gate):
    lines, terms = lines_and_terms(payout, part, gate)
    one, two = next_jumps(lines, terms, credit)
    assert credit < one <= two
    for place in sorted({*kinks_of(payout.curve, part, gate)}):
        rise = pay_at(lines, terms, place + 1e-4) - pay_at(lines, terms, place - 1e-4)
        if place > credit + 1e-3 and place < two - 1e-3 and rise > 0.01:
            assert place == pytest.approx(one, abs=1e-6)


def test_the_next_two_jumps_of_a_plan():
    plan = Payout(curve="0% to 50%, 5% on all to 80%, 6% to 100%, 7% above, 100 at 80%, 900 at 100%")
    lines, terms = lines_and_terms(plan)
    assert next_jumps(lines, terms, 0.0) == (50_000.0, 80_000.0)
    assert next_jumps(lines, terms, 50_000.0) == (80_000.0, 100_000.0)
    assert next_jumps(lines, terms, 90_000.0) == (100_000.0, NEVER)
    assert next_jumps(lines, terms, 100_000.0) == (NEVER, NEVER)


@given(payouts(), st.floats(0, 5e4), parts, gates)
def test_the_credit_where_pay_is_so_much_is_the_least(payout, pay, part, gate):
    rates = [knot.slope for knot in payout.curve]
    assume(rates == sorted(rates) or not any(knot.gate for knot in payout.curve))
    lines, terms = lines_and_terms(payout, part, gate)
    credit = credit_where(lines, terms, pay)
    assert credit >= 0.0
    if credit < NEVER:
        assert pay_at(lines, terms, credit) >= pay - 1e-6
        assert credit == 0.0 or pay_at(lines, terms, credit - 1e-3) <= pay + 1e-6
    else:
        assert pay_at(lines, terms, 1e9) <= pay


def test_credit_for_a_pay_within_a_jump_is_its_knot():
    lines, terms = lines_and_terms(PLAN)
    assert credit_where(lines, terms, 2_500.0) == 50_000.0
    assert credit_where(lines, terms, 5_500.0) == 50_000.0
    assert credit_where(lines, terms, 1_000.0) == 20_000.0
    assert credit_where(lines, terms, 10_500.0) == pytest.approx(100_000.0)


JUMPING = [
    "5% to 100%, 7% above, 9 at 100%",
    "5% to 100%, 7% on all above",
    "5% to 100%, 7% above, from 100% on only with the year's quota",
]


def test_a_curve_jumps_where_something_is_added_or_lifted_or_gated():
    assert all(has_jumps(Payout(curve=text).by_period) for text in JUMPING)
    assert not has_jumps(Payout(curve=JUMPING[0].rpartition(", ")[0]).by_period)
    assert [has_jumps(Payout(bonus=bonus).by_period) for bonus in (0.0, 1.0)] == [False, True]
