"""What is taken back when a customer leaves, and what is expected of it beforehand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.clawback import PRO_RATA, WHOLE, Clawback, share_kept, still_at_risk

from .drawn import ROUNDING, anything, shares

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
clawbacks = anything(Clawback)
rates = st.floats(0.0, 0.2)
kinds = st.sampled_from([WHOLE, PRO_RATA])


@given(clawbacks, rates)
def test_what_is_kept_is_the_mean_over_the_weeks_in_which_the_customer_may_leave(clawback, rate):
    """Worked out again by quadrature over the density of the week of leaving."""
    weeks = 0.5 * clawback.clawback_weeks * (1.0 + NODES)
    taken = (
        1.0 - weeks / clawback.clawback_weeks
        if clawback.clawback_kind == PRO_RATA and clawback.clawback_weeks
        else 1.0
    )
    mean = 0.5 * clawback.clawback_weeks * float(np.sum(WEIGHTS * rate * np.exp(-rate * weeks) * taken))
    assert share_kept(clawback, rate) == pytest.approx(1.0 - clawback.clawback_share * mean, abs=1e-9)


@given(clawbacks, rates, st.floats(0.0, 0.1))
def test_the_likelier_customers_leave_the_less_is_kept(clawback, rate, more):
    kept, less = share_kept(clawback, rate), share_kept(clawback, rate + more)
    assert 1.0 - clawback.clawback_share - 1e-9 <= less <= kept + 1e-9
    assert kept <= 1.0


@given(clawbacks, rates)
def test_who_pays_back_by_the_weeks_left_keeps_more(clawback, rate):
    whole, pro_rata = (clawback.model_copy(update={"clawback_kind": kind}) for kind in (WHOLE, PRO_RATA))
    assert share_kept(whole, rate) <= share_kept(pro_rata, rate) + ROUNDING


@given(shares, rates)
def test_without_weeks_without_a_share_or_without_leavers_all_is_kept(share, rate):
    assert share_kept(Clawback(clawback_weeks=0, clawback_share=share), rate) == 1.0
    assert share_kept(Clawback(clawback_weeks=52, clawback_share=0.0), rate) == 1.0
    assert share_kept(Clawback(clawback_weeks=52, clawback_share=share), 0.0) == 1.0


@given(st.floats(0.0, 1e6), st.integers(0, 300), st.integers(1, 260), kinds)
def test_what_is_at_risk_never_grows_and_ends_with_the_weeks(money, since, weeks, kind):
    now, later = (still_at_risk(money, week, weeks, kind) for week in (since, since + 1))
    assert 0.0 <= later <= now <= money
    assert (now == 0.0) == (since >= weeks or money == 0.0)
    assert still_at_risk(money, 0, weeks, kind) == money
    if since < weeks:
        part = 1.0 if kind == WHOLE else (weeks - since) / weeks
        assert now == pytest.approx(money * part)
