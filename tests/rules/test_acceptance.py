"""Whether people believe in the strategy, and what comes of understanding and belief."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.acceptance import Acceptance, alignment, buy_in_after_a_week, buy_in_level

from .drawn import ROUNDING, anything, pairs_of_shares, shares
from .worked import worked_cases, worked_out

any_firm = anything(Acceptance)


@pytest.mark.parametrize("case", worked_cases("buy_in.csv"))
def test_buy_in_settles_where_a_practitioner_works_it_out(case):
    firm = Acceptance(
        sales_voice=float(case["voice"]),
        trust_in_head_office=float(case["trust"]),
        unheard_share=float(case["unheard_share"]),
        contradiction=float(case["contradiction"]),
    )
    assert buy_in_level(firm, float(case["margin_weight"])) == pytest.approx(float(case["level"]))
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["level"]))


@given(any_firm, shares)
def test_buy_in_never_passes_trust_in_head_office(firm, margin_weight):
    assert 0.0 <= buy_in_level(firm, margin_weight) <= firm.trust_in_head_office + ROUNDING


@given(any_firm, pairs_of_shares)
def test_pay_that_agrees_with_the_strategy_helps_belief(firm, weights):
    contradicting, agreeing = (buy_in_level(firm, weight) for weight in weights)
    assert contradicting <= agreeing + ROUNDING


@given(
    any_firm,
    st.sampled_from(["sales_voice", "trust_in_head_office", "unheard_share"]),
    pairs_of_shares,
    shares,
)
def test_being_heard_and_trust_help_belief(firm, what, shares_of_it, margin_weight):
    low, high = (buy_in_level(firm.model_copy(update={what: s}), margin_weight) for s in shares_of_it)
    assert low <= high + ROUNDING


@given(any_firm, pairs_of_shares, shares)
def test_a_harsher_contradiction_costs_belief(firm, contradictions, margin_weight):
    mild, harsh = (
        buy_in_level(firm.model_copy(update={"contradiction": c}), margin_weight) for c in contradictions
    )
    assert harsh <= mild + ROUNDING


@given(any_firm)
def test_pay_on_margin_alone_contradicts_nothing(firm):
    plain = firm.model_copy(update={"contradiction": 0.0})
    assert buy_in_level(firm, 1.0) == buy_in_level(plain, 0.0)


@given(shares, shares, shares)
def test_buy_in_moves_towards_its_level_and_not_beyond(buy_in, level, adjustment):
    after = buy_in_after_a_week(buy_in, level, adjustment)
    assert min(buy_in, level) - ROUNDING <= after <= max(buy_in, level) + ROUNDING
    assert abs(level - after) == pytest.approx((1.0 - adjustment) * abs(level - buy_in), abs=ROUNDING)


@given(shares, shares)
def test_in_a_year_buy_in_is_where_it_settles(buy_in, level):
    for _ in range(52):
        buy_in = buy_in_after_a_week(buy_in, level, Acceptance().adjustment)
    assert buy_in == pytest.approx(level, abs=0.01)


@given(shares, shares, pairs_of_shares)
def test_people_act_on_what_they_both_understand_and_accept(understanding, buy_in, other):
    assert 0.0 <= alignment(understanding, buy_in) <= min(understanding, buy_in)
    assert alignment(1.0, buy_in) == buy_in
    assert alignment(understanding, 1.0) == understanding
    assert alignment(understanding, 0.0) == alignment(0.0, buy_in) == 0.0
    assert alignment(other[0], buy_in) <= alignment(other[1], buy_in)
