"""Whether a rep leaves: the pull of the market's pay, and how pay is remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.leaving import Leaving, leaving_probability, recent_pay_after_a_period

pays = st.floats(0, 1e6)
leavers = st.builds(Leaving, turnover=st.floats(0, 0.99), pay_response=st.floats(0, 20))


@given(st.floats(0, 0.99), st.floats(0, 20), st.floats(1, 1e7))
def test_who_earns_the_markets_pay_leaves_within_a_year_at_the_stated_rate(turnover, response, market_pay):
    weekly = leaving_probability(Leaving(turnover=turnover, pay_response=response), market_pay, market_pay)
    assert 1.0 - (1.0 - weekly) ** 52 == pytest.approx(turnover, abs=1e-9)


@given(leavers, pays, pays, st.floats(1e4, 1e6))
def test_who_earns_more_stays_longer(leaving, a, b, market_pay):
    low, high = sorted((a, b))
    stays = leaving_probability(leaving, high, market_pay)
    assert 0.0 <= stays <= leaving_probability(leaving, low, market_pay) <= 1.0


@given(leavers, pays, st.floats(1e4, 1e6), st.floats(1e4, 1e6))
def test_a_better_market_draws_more_away(leaving, pay, a, b):
    low, high = sorted((a, b))
    assert leaving_probability(leaving, pay, low) <= leaving_probability(leaving, pay, high)


@given(st.floats(0.01, 0.99), pays, pays)
def test_who_does_not_look_at_pay_leaves_whatever_it_is(turnover, a, b):
    indifferent = Leaving(turnover=turnover, pay_response=0.0)
    assert leaving_probability(indifferent, a, 1e5) == leaving_probability(indifferent, b, 1e5)


@given(pays, st.floats(1e4, 1e6))
def test_without_turnover_nobody_leaves(pay, market_pay):
    assert leaving_probability(Leaving(turnover=0.0), pay, market_pay) == 0.0


@given(pays, pays, st.floats(0, 1), st.floats(1, 52))
def test_remembered_pay_lies_between_memory_and_news(recent, news, memory, weeks):
    low, high = sorted((recent, news))
    after = recent_pay_after_a_period(recent, news, memory, weeks)
    assert low - 1e-6 <= after <= high + 1e-6


@given(pays, pays)
def test_a_quarter_keeps_the_stated_share_of_memory(recent, news):
    assert recent_pay_after_a_period(recent, news, 0.25, 13.0) == pytest.approx(
        0.25 * recent + 0.75 * news, abs=1e-6
    )
    assert recent_pay_after_a_period(recent, news, 0.0, 13.0) == pytest.approx(news, abs=1e-6)
    assert recent_pay_after_a_period(recent, news, 1.0, 13.0) == pytest.approx(recent, abs=1e-6)


@given(pays, pays, st.floats(0.01, 1), st.floats(1, 26), st.floats(1, 26))
def test_how_a_span_is_cut_into_periods_does_not_change_what_is_remembered(
    recent, news, memory, first, then
):
    at_once = recent_pay_after_a_period(recent, news, memory, first + then)
    halfway = recent_pay_after_a_period(recent, news, memory, first)
    assert recent_pay_after_a_period(halfway, news, memory, then) == pytest.approx(at_once, abs=1e-6)
