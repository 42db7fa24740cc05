"""When customers need something, how satisfied they are, and whether they leave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import expon

from salesim.rules.needs import LONGEST_WAIT, industry_of, wait_for_need
from salesim.rules.relationship import Relationship, leaving_probability, satisfaction_after_a_quarter

from .drawn import ROUNDING, anything, pairs_of_shares, shares

any_customers = anything(Relationship)
uniforms = st.integers(0, 2**32 - 1).map(lambda k: (k + 0.5) / 2**32)  # as the model draws them
rates = st.floats(1e-6, 10)


@given(rates, uniforms)
def test_waits_for_a_need_are_exponential(rate, luck):
    assert wait_for_need(rate, luck) == pytest.approx(float(expon.isf(luck) / rate), rel=1e-9)


@pytest.mark.parametrize("rate", [0.02, 0.08, 1.0, 5.0])
def test_needs_come_at_their_rate(rate):
    """Poisson: in the time that brings four on average, counts have four as their variance too."""
    luck = np.random.default_rng(13)
    counts = []
    for _ in range(2000):
        clock, needs = wait_for_need(rate, luck.random()), 0
        while clock < 4.0 / rate:
            clock, needs = clock + wait_for_need(rate, luck.random()), needs + 1
        counts.append(needs)
    assert np.mean(counts) == pytest.approx(4.0, abs=0.2)
    assert np.var(counts) == pytest.approx(4.0, abs=0.5)


@given(rates, st.floats(0.1, 10), uniforms)
def test_needs_come_sooner_where_there_are_more(rate, more, luck):
    assert 0.0 < wait_for_need(rate + more, luck) < wait_for_need(rate, luck) <= LONGEST_WAIT


@given(uniforms)
def test_who_needs_nothing_waits_for_ever(luck):
    assert wait_for_need(0.0, luck) == LONGEST_WAIT
    assert wait_for_need(5e-324, luck) == LONGEST_WAIT


@given(st.integers(1, 60), uniforms, uniforms)
def test_every_customer_belongs_to_an_industry_that_there_is(industries, a, b):
    low, high = sorted((a, b))
    assert 0 <= industry_of(industries, low) <= industry_of(industries, high) < industries
    assert industry_of(industries, 1.0 - 2.0**-53) == industries - 1


@pytest.mark.parametrize("industries", [1, 2, 6, 60])
def test_industries_are_of_equal_size(industries):
    members = [industry_of(industries, (k + 0.5) / 6000) for k in range(6000)]
    assert np.bincount(members).tolist() == [6000 // industries] * industries


@given(any_customers, shares, shares, shares, shares)
def test_satisfaction_stays_a_share(customers, satisfaction, fit, responding, service):
    assert 0.0 <= satisfaction_after_a_quarter(customers, satisfaction, fit, responding, service) <= 1.0


@given(any_customers, st.tuples(shares, shares, shares, shares), st.integers(0, 3), shares)
def test_fit_contact_service_and_memory_content_customers(customers, what, which, other):
    low, high = list(what), list(what)
    low[which], high[which] = sorted((what[which], other))
    assert (
        satisfaction_after_a_quarter(customers, *low)
        <= satisfaction_after_a_quarter(customers, *high) + ROUNDING
    )


@given(any_customers, shares, shares)
def test_a_customer_who_gets_what_it_has_is_as_content_as_before(customers, satisfaction, other):
    same = satisfaction_after_a_quarter(customers, satisfaction, satisfaction, satisfaction, satisfaction)
    assert same == pytest.approx(satisfaction)
    for _ in range(300):
        other = satisfaction_after_a_quarter(
            Relationship(), other, satisfaction, satisfaction, satisfaction
        )
    assert other == pytest.approx(satisfaction, abs=1e-6)


@given(shares, shares, shares)
def test_what_contents_customers_in_the_end_is_contact_and_of_the_rest_service_and_fit(
    fit, responding, service
):
    satisfaction = 0.5
    for _ in range(300):
        satisfaction = satisfaction_after_a_quarter(Relationship(), satisfaction, fit, responding, service)
    assert satisfaction == pytest.approx(0.3 * responding + 0.7 * (0.3 * service + 0.7 * fit), abs=1e-6)


@given(any_customers, pairs_of_shares, st.floats(0, 104))
def test_the_unhappy_leave_sooner(customers, satisfactions, weeks):
    unhappy, happy = (leaving_probability(customers, s, weeks) for s in satisfactions)
    assert 0.0 <= happy <= unhappy <= 1.0


@given(any_customers, shares, st.floats(0, 52), st.floats(0, 52))
def test_who_stayed_a_while_and_then_another_stayed_both(customers, satisfaction, weeks, more):
    """The hazard is constant: chances to stay multiply."""
    stays = [
        1.0 - leaving_probability(customers, satisfaction, span) for span in (weeks, more, weeks + more)
    ]
    assert stays[0] * stays[1] == pytest.approx(stays[2], abs=1e-9)


@given(anything(Relationship, churn=st.floats(0, 0.99)))
def test_the_middling_leave_at_the_stated_rate(customers):
    assert leaving_probability(customers, 0.5, 52.0) == pytest.approx(customers.churn, abs=1e-9)
    quarterly = leaving_probability(customers, 0.5, 13.0)
    assert 1.0 - (1.0 - quarterly) ** 4 == pytest.approx(customers.churn, abs=1e-9)


@given(anything(Relationship, churn_response=0.0), shares)
def test_customers_who_do_not_mind_leave_at_one_rate(customers, satisfaction):
    assert leaving_probability(customers, satisfaction, 52.0) == pytest.approx(customers.churn, abs=1e-9)


@given(anything(Relationship, churn=0.0), shares, st.floats(0, 1000))
def test_without_churn_nobody_leaves_and_nobody_in_no_time(customers, satisfaction, weeks):
    assert leaving_probability(customers, satisfaction, weeks) == 0.0
    assert leaving_probability(Relationship(), satisfaction, 0.0) == 0.0
