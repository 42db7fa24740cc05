"""Pay curves give the same bits from objects in Python as from records in compiled code."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.binding import bind
from salesim.model.scenario import record_of
from salesim.rules.booking import expected_of_the_better
from salesim.rules.curve import credit_where, expected_pay, next_jumps, pay_at, terms_of
from salesim.rules.knots import NO_CAP
from salesim.rules.payout import Payout
from tests.rules.curves import QUOTA, gates, parts, payouts

short_forms = st.builds(
    Payout,
    threshold=st.just(0.0) | st.floats(0, 1),
    accelerator=st.floats(0, 5),
    bonus=st.floats(0, 2e4),
    cap=st.floats(1, 3) | st.just(NO_CAP),
)


def everything(lines, quota, part, gate, credit, spread, later):
    """All that a curve is asked."""
    terms = terms_of(lines, quota, 0.033, part, gate)
    first, second = next_jumps(lines, terms, credit)
    return (
        pay_at(lines, terms, credit),
        expected_pay(lines, terms, credit, spread),
        expected_of_the_better(lines, terms, credit, spread, 2e4, later),
        first,
        second,
        credit_where(lines, terms, 0.04 * credit),
    )


@pytest.fixture(scope="module")
def compiled():
    numba = pytest.importorskip("numba")

    def wrap(function):
        return numba.njit(function, error_model="numpy", _nrt=False)

    return bind(everything, wrap, {}, {})


@given(
    payouts() | short_forms,
    st.sampled_from([QUOTA, 0.0]),
    parts,
    gates,
    st.floats(-1e5, 1e6),
    st.floats(0, 1e5),
    st.floats(-0.1, 0.3),
)
def test_both_engines_agree_on_any_curve(compiled, payout, quota, part, gate, credit, spread, later):
    record = record_of(payout)
    for name in ("by_period", "by_year"):
        lines = getattr(payout, name)
        plain = everything(lines, quota, part, gate, credit, spread, later)
        fast = compiled(record[name], quota, part, gate, credit, spread, later)
        assert all(map(math.isfinite, plain))
        assert plain == fast
