"""Account reviews: who takes part, what it takes of each and what it leaves."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.books import Deal
from salesim.model.deals import AWAITING, LOST, NO_DECISION, RESTED, WON
from salesim.model.luck import PARTNER, REVIEW, uniform
from salesim.model.phases.review import consider_review, find_partner, look_back, review_accounts, take_part
from salesim.model.state import Customer, Rep
from tests.model.phases.second import changed, facts, firm_of, numbers, shares, some, teams

EVERY = {"account_review_rate": 1.0}
needs = st.integers(0, 500)


def three_teams(skills=(0.5,) * 7):
    """Teams of one, four and two; the third of seven seats is empty."""
    firm = teams([1], [1, 1, 1, 1], [1, 1])
    for rep, skill in zip(firm.reps, skills, strict=True):
        rep.skill, rep.ceiling = skill, 0.9
    firm.reps[2].staffed = False
    firm.managers[1].team_size = 3
    return firm


@some
@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.lists(st.sampled_from([WON, LOST, NO_DECISION, RESTED, AWAITING])),
)
def test_each_deal_of_the_week_that_was_decided_is_reviewed_and_no_other(first, more, outcomes):
    outcomes = [*outcomes, WON, AWAITING, LOST] * 5
    firm = three_teams()
    firm.deals[:] = [Deal(rep=k % 7, account=k % 7, outcome=outcome) for k, outcome in enumerate(outcomes)]
    firm.keeping[0].first_row, firm.keeping[0].deal_rows = first, first + more
    rows = [k for k in range(first, first + more) if outcomes[k] != AWAITING and k % 7 != 2]
    review_accounts(numbers(reviews=EVERY), firm, 9)
    assert firm.books[9].reviews == len(rows)
    assert [rep.lost_hours for rep in firm.reps] == [sum(k % 7 == seat for k in rows) for seat in range(7)]
    assert [c.known > 0.0 for c in firm.customers] == [
        any(k % 7 == seat for k in rows) for seat in range(7)
    ]


@some
@given(shares, needs)
def test_accounts_whose_luck_lies_below_the_rate_are_reviewed(rate, need):
    firm = three_teams()
    for k in range(40):
        rep, customer = Rep(manager=0), Customer(id=k, need=need)
        consider_review(rep, customer, numbers(reviews={"account_review_rate": rate}), firm, 9)
        assert (rep.lost_hours > 0.0) == (uniform(firm.luck, need, k, REVIEW) < rate)
    before = firm.books[9].reviews
    consider_review(Rep(staffed=False), Customer(), numbers(reviews=EVERY), firm, 9)
    assert firm.books[9].reviews == before


def lesson(scenario, skill, weight):
    return weight * scenario.reviews.effect * max(0.9 - skill, 0.0)


@some
@given(
    st.lists(shares, min_size=7, max_size=7), st.sampled_from(["alone", "team", "paired"]), needs, shares
)
def test_a_review_takes_hours_of_all_who_take_part_and_teaches_each_his_share(skills, way, need, known):
    scenario = numbers(reviews={"review_format": way, "review_hours": 1.5})
    firm = three_teams(skills)
    rep, customer = firm.reps[3], Customer(id=8, need=need, known=known)
    partner = find_partner(rep, customer, firm)
    look_back(rep, customer, scenario, firm, 60)
    others = {"alone": [], "team": [1, 4], "paired": [partner]}[way]
    took_part = [1.5 if k in (3, *others) else 0.0 for k in range(7)]
    assert [r.lost_hours for r in firm.reps] == took_part
    assert firm.books[60].review_hours == pytest.approx(sum(took_part))
    assert [m.lost_hours for m in firm.managers] == [0.0, 1.5 if way == "team" else 0.0, 0.0]
    assert customer.known == pytest.approx(1.0 - (1.0 - known) * (1.0 - scenario.reviews.customer_effect))
    expected = list(skills)
    expected[3] += lesson(scenario, skills[3], 1.0)
    if way == "paired":
        lead = scenario.reviews.pair_effect * (skills[partner] - expected[3])
        expected[3], expected[partner] = expected[3] + max(lead, 0.0), skills[partner] + max(-lead, 0.0)
    for k in others:
        expected[k] += lesson(scenario, expected[k], scenario.reviews.shared_effect)
    assert [r.skill for r in firm.reps] == pytest.approx(expected)
    share = scenario.reviews.shared_effect
    fresh = [0.02 * (1.0 if k == 3 else share if k in others else 0.0) for k in range(7)]
    assert [r.fresh for r in firm.reps] == pytest.approx(fresh)


@some
@given(shares, shares, shares, shares, st.integers(0, 80))
def test_what_is_learned_closes_a_part_of_what_is_missing(skill, understanding, fresh, weight, t):
    scenario = numbers(organisation={"burn_in_weeks": 40}, reviews={"review_hours": 2.0})
    rep = Rep(skill=skill, ceiling=0.8, understanding=understanding, fresh=fresh, lost_hours=3.0)
    firm, before = firm_of([rep]), facts(rep)
    take_part(rep, weight, scenario, firm, t)
    reviews, said = scenario.reviews, scenario.communication.strategy_clarity if t >= 40 else 0.0
    assert rep.skill == pytest.approx(skill + weight * reviews.effect * max(0.8 - skill, 0.0))
    assert rep.fresh == pytest.approx(fresh + weight * reviews.working_memory)
    gain = weight * reviews.understanding_effect * max(said - understanding, 0.0)
    assert rep.understanding == pytest.approx(understanding + gain)
    assert (rep.lost_hours, firm.books[t].review_hours) == (5.0, 2.0)
    assert changed(before, rep) <= {"skill", "fresh", "understanding", "lost_hours"}


@some
@given(needs, st.integers(0, 500))
def test_each_colleague_in_the_team_is_as_likely_a_partner(need, account):
    firm, customer = three_teams(), Customer(id=account, need=need)
    luck = uniform(firm.luck, need, account, PARTNER)
    for seat, others in ((1, [3, 4]), (3, [1, 4]), (4, [1, 3]), (5, [6]), (6, [5])):
        assert find_partner(firm.reps[seat], customer, firm) == others[math.floor(luck * len(others))]
    assert find_partner(firm.reps[0], customer, firm) == -1


def test_who_is_alone_reviews_in_a_pair_as_alone():
    firm, customer = three_teams(), Customer()
    look_back(firm.reps[0], customer, numbers(reviews={"review_format": "paired"}), firm, 9)
    assert [rep.lost_hours for rep in firm.reps] == [1.0] + [0.0] * 6


def test_the_first_of_all_seats_can_be_a_partner():
    firm, scenario = teams([1, 1], [1]), numbers(reviews={"review_format": "paired"})
    look_back(firm.reps[1], Customer(), scenario, firm, 9)
    assert [rep.lost_hours for rep in firm.reps] == [1.0, 1.0, 0.0]
