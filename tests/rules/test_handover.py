"""What trust an account keeps when it changes hands, and what a newcomer's fair share is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.handover import Handover, fair_number, similarity, trust_after_handover

from .drawn import ROUNDING, anything, pairs_of_shares, shares
from .worked import worked_cases, worked_out

any_firm = anything(Handover)


@pytest.mark.parametrize("case", worked_cases("handover.csv"))
def test_trust_kept_is_what_a_practitioner_works_out(case):
    firm = Handover(firms_share=float(case["firms_share"]), portability=float(case["portability"]))
    similar = similarity(case["knows_industry"] == "yes", float(case["strangeness"]))
    assert trust_after_handover(firm, float(case["trust"]), similar) == pytest.approx(float(case["kept"]))
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["kept"]))


@given(any_firm, shares, shares)
def test_a_handover_costs_at_most_the_leavers_share_of_trust(firm, trust, similar):
    after = trust_after_handover(firm, trust, similar)
    assert trust * firm.firms_share - ROUNDING <= after <= trust + ROUNDING


@given(any_firm, shares, pairs_of_shares)
def test_trust_kept_rises_with_trust_and_with_similarity(firm, share, pair):
    assert trust_after_handover(firm, pair[0], share) <= trust_after_handover(firm, pair[1], share)
    assert trust_after_handover(firm, share, pair[0]) <= trust_after_handover(firm, share, pair[1])


@given(any_firm, st.sampled_from(["firms_share", "portability"]), pairs_of_shares, shares, shares)
def test_what_belongs_to_the_firm_or_can_be_carried_on_is_kept(firm, what, values, trust, similar):
    low, high = (trust_after_handover(firm.model_copy(update={what: v}), trust, similar) for v in values)
    assert low <= high + ROUNDING


@given(any_firm, shares)
def test_accounts_that_change_hands_again_and_again_lose_what_was_never_the_firms(firm, similar):
    once = trust_after_handover(firm, 1.0, similar)
    twice = trust_after_handover(firm, once, similar)
    assert twice == pytest.approx(once * once)


@given(shares, shares)
def test_trust_that_is_all_the_firms_survives_any_change(trust, similar):
    assert trust_after_handover(Handover(firms_share=1.0), trust, similar) == trust
    nothing = Handover(firms_share=0.0, portability=0.0)
    assert trust_after_handover(nothing, trust, similar) == 0.0


@given(shares)
def test_who_knows_the_industry_is_no_stranger(strangeness):
    assert similarity(True, strangeness) == 1.0
    assert similarity(False, strangeness) == strangeness


@given(st.integers(0, 10_000), st.integers(1, 200))
def test_a_fair_share_can_be_given_to_everyone_and_leaves_less_than_one_each(accounts, reps):
    fair = fair_number(accounts, reps)
    assert 0 <= accounts - fair * reps < reps


@given(st.integers(0, 10_000))
def test_a_team_of_nobody_has_no_fair_share(accounts):
    assert fair_number(accounts, 0) == 0
    assert fair_number(accounts, 1) == accounts
