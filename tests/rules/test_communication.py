"""How the strategy reaches people: what arrives, what is taken in, what fades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.communication import (
    BROADCAST,
    CASCADE,
    DIALOGUE,
    DIRECT,
    SILENCE,
    Communication,
    message_arriving,
    message_is_due,
    understanding_after_message,
    understanding_among_colleagues,
    understanding_kept,
)
from salesim.rules.survey import self_rated

from .drawn import ROUNDING, anything, pairs_of_shares, shares
from .worked import worked_cases, worked_out

any_firm = anything(Communication)
ways = st.sampled_from([SILENCE, BROADCAST, CASCADE, DIRECT, DIALOGUE])
hops = st.integers(1, 10).map(float)
MESSAGES, HEARINGS = worked_cases("messages.csv"), worked_cases("hearing.csv")


@pytest.mark.parametrize("case", MESSAGES)
def test_what_arrives_is_what_a_practitioner_works_out(case):
    firm = Communication(
        communication_mode=case["mode"],
        strategy_clarity=float(case["clarity"]),
        first_hop_fidelity=float(case["first_hop"]),
        fidelity=float(case["fidelity"]),
    )
    listens = case["listens"] == "yes"
    arrives = message_arriving(firm, firm.communication_mode, float(case["hops"]), listens)
    assert arrives == pytest.approx(float(case["arrives"]))
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["arrives"]))


@pytest.mark.parametrize("case", HEARINGS)
def test_what_is_taken_in_is_what_a_practitioner_works_out(case):
    firm = Communication(absorption=float(case["absorption"]), complacency=float(case["complacency"]))
    knew = float(case["knew"])
    rated = self_rated(knew, float(case["self_rating"]))
    knows = understanding_after_message(firm, knew, float(case["arrives"]), rated)
    assert knows == pytest.approx(float(case["knows"]))
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["knows"]))


@given(any_firm, ways, hops, st.booleans())
def test_no_message_is_clearer_than_the_strategy(firm, way, far, listens):
    assert 0.0 <= message_arriving(firm, way, far, listens) <= firm.strategy_clarity


@given(any_firm, ways, hops, st.booleans(), shares)
def test_a_clearer_strategy_arrives_clearer(firm, way, far, listens, clarity):
    other = firm.model_copy(update={"strategy_clarity": clarity})
    low, high = sorted((firm, other), key=lambda f: f.strategy_clarity)
    assert message_arriving(low, way, far, listens) <= message_arriving(high, way, far, listens)


@given(
    anything(
        Communication,
        fidelity=st.floats(0.01, 0.99),
        strategy_clarity=st.floats(0.01, 1),
        first_hop_fidelity=st.floats(0.01, 1),
    ),
    hops,
)
def test_a_cascade_loses_at_every_level(firm, far):
    here, below = (message_arriving(firm, CASCADE, far + k, True) for k in (0.0, 1.0))
    assert below < here
    assert below == pytest.approx(here * firm.fidelity, rel=1e-9, abs=ROUNDING)


@given(any_firm, st.integers(1, 10))
def test_a_cascade_is_one_first_hop_and_then_a_chain_of_hops(firm, far):
    told = firm.strategy_clarity * firm.first_hop_fidelity
    for _ in range(far - 1):
        told *= firm.fidelity
    assert message_arriving(firm, CASCADE, float(far), False) == pytest.approx(told, rel=1e-9, abs=ROUNDING)


@given(anything(Communication, fidelity=1.0), hops)
def test_a_cascade_through_perfect_people_is_as_good_as_in_person(firm, far):
    assert message_arriving(firm, CASCADE, far, False) == message_arriving(firm, DIRECT, far, False)


@given(any_firm, st.sampled_from([BROADCAST, DIRECT, DIALOGUE]), hops, hops)
def test_only_a_cascade_knows_levels(firm, way, a, b):
    assert message_arriving(firm, way, a, True) == message_arriving(firm, way, b, True)


@given(any_firm, hops, st.booleans())
def test_silence_arrives_as_nothing(firm, far, listens):
    assert message_arriving(firm, SILENCE, far, listens) == 0.0


@given(any_firm, hops)
def test_mail_to_all_reaches_listeners_only(firm, far):
    assert message_arriving(firm, BROADCAST, far, False) == 0.0
    assert message_arriving(firm, BROADCAST, far, True) == message_arriving(firm, DIRECT, far, True)


@given(any_firm, st.sampled_from([CASCADE, DIRECT, DIALOGUE]), hops)
def test_what_is_said_in_person_needs_no_reader(firm, way, far):
    assert message_arriving(firm, way, far, False) == message_arriving(firm, way, far, True)


@given(anything(Communication, first_hop_fidelity=1.0), hops)
def test_questions_add_nothing_to_words_that_lose_nothing(firm, far):
    assert message_arriving(firm, DIALOGUE, far, True) == message_arriving(firm, DIRECT, far, True)


@given(any_firm, hops)
def test_two_dialogues_in_a_row_lose_what_one_talk_loses(firm, far):
    """Fidelity to the power one half: its square is the fidelity itself."""
    once = message_arriving(firm.model_copy(update={"strategy_clarity": 1.0}), DIALOGUE, far, True)
    assert once * once == pytest.approx(firm.first_hop_fidelity, rel=1e-9, abs=1e-12)
    assert message_arriving(firm, DIALOGUE, far, True) >= message_arriving(firm, DIRECT, far, True)


@pytest.mark.parametrize("interval", [1, 4, 13, 200])
def test_messages_come_at_the_start_and_at_every_interval(interval):
    due = [week for week in range(-60, 160) if message_is_due(interval, week)]
    assert due == list(range(0, 160, interval))


@given(any_firm, shares, shares, shares)
def test_a_message_never_makes_anyone_know_less_or_more_than_it_says(firm, known, arriving, rated):
    after = understanding_after_message(firm, known, arriving, rated)
    assert known <= after <= max(known, arriving) + ROUNDING


@given(any_firm, shares, pairs_of_shares, shares)
def test_a_clearer_message_teaches_more(firm, known, arriving, rated):
    low, high = (understanding_after_message(firm, known, message, rated) for message in arriving)
    assert low <= high


@given(any_firm, shares, shares, pairs_of_shares)
def test_those_who_think_they_know_listen_less(firm, known, arriving, ratings):
    modest, sure = (understanding_after_message(firm, known, arriving, rated) for rated in ratings)
    assert sure <= modest


@given(anything(Communication, complacency=0.0), shares, shares, shares)
def test_without_complacency_what_people_think_they_know_is_nothing(firm, known, arriving, rated):
    assert understanding_after_message(firm, known, arriving, rated) == understanding_after_message(
        firm, known, arriving, 0.0
    )


@given(anything(Communication, complacency=0.3, absorption=0.6), shares, st.floats(0.01, 1))
def test_who_is_told_often_enough_knows_the_message(firm, known, arriving):
    for _ in range(60):
        known = understanding_after_message(firm, known, arriving, 0.8)
    assert known >= arriving - 1e-6


@pytest.mark.parametrize("half_life", [1, 4, 26, 520])
def test_understanding_halves_in_its_half_life(half_life):
    known = 0.8
    for _ in range(half_life):
        known *= understanding_kept(float(half_life))
    assert known == pytest.approx(0.4)


@given(st.floats(1, 520), st.floats(1, 520))
def test_a_longer_half_life_keeps_more(a, b):
    low, high = sorted((a, b))
    assert 0.0 < understanding_kept(low) <= understanding_kept(high) < 1.0


@given(st.lists(shares, min_size=1, max_size=12), shares)
def test_talk_in_a_team_brings_views_together_and_adds_nothing(team, pull):
    mean = sum(team) / len(team)
    after = [understanding_among_colleagues(known, mean, pull) for known in team]
    assert sum(after) == pytest.approx(sum(team), abs=1e-9)
    assert max(after) - min(after) == pytest.approx((1.0 - pull) * (max(team) - min(team)), abs=1e-9)
    assert min(team) - ROUNDING <= min(after) <= max(after) <= max(team) + ROUNDING
