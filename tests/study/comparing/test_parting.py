"""Where two histories part is where they do, and is said so that a planner understands it."""

import json
import re

import numpy as np
import pytest

from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.scenario.rivals import rival_rules
from salesim.show.week import phases
from salesim.study.comparing import parting
from salesim.study.comparing.parting import parting_of
from salesim.study.comparing.parting_words import DECISIONS, said_values
from salesim.study.comparing.slow_motion import FOUNDING
from tests.firms import lived, small_firm

FIRM = small_firm()
LUCK = Luck(3, 0)
START = FIRM.organisation.burn_in_weeks
LEVERS = {
    "regime.discount_authority": 0.3,
    "communication.message_interval": 4,
    "quotas.quota_ratchet": 0.9,
    "approval.approval_leniency": 0.9,
    "information.account_information": 0.8,
    "leaving.turnover": 0.6,
    "reviews.account_review_rate": 0.5,
    "planning.strategy_refresh_months": 3,
    "pay.margin_weight": 1.0,
}


def moved(**numbers):
    return FIRM.with_numbers({path.replace("__", "."): value for path, value in numbers.items()})


def dated(lever, value, start):
    entry = {"lever": lever, "value": value, "start": start}
    return Scenario.model_validate(FIRM.model_dump() | {"dated": [entry]})


def test_firms_that_differ_in_nothing_or_in_nothing_that_counts_never_part():
    assert parting_of(FIRM, FIRM, LUCK) is None
    never = dated("regime.discount_authority", 0.3, 4_000)  # after the plan has ended
    assert parting_of(FIRM, never, LUCK) is None


def test_authority_parts_two_firms_at_a_price_and_the_price_is_the_one_quoted():
    other = moved(regime__discount_authority=0.3)
    found = parting_of(FIRM, other, LUCK)
    assert (found.phase, found.decision) == ("quote", "a price")
    assert found.agent.startswith("account ")
    rows = [run.deals[run.deals["week"] == found.week] for run in (lived(FIRM), lived(other))]
    account = int(found.agent.split()[1])
    deals = [row[row["account"] == account][0] for row in rows]
    assert found.values == tuple(deal[found.column] for deal in deals)
    assert found.values[0] != found.values[1]
    assert found.prices == tuple(deal["price"] for deal in deals)


def test_messages_part_two_firms_at_what_is_understood(golden):
    found = parting_of(FIRM, moved(communication__strategy_clarity=0.95), LUCK)
    assert (found.phase, found.column) == ("communicate", "understanding")
    assert found.agent.startswith("manager 0 ")
    assert (found.week, found.in_plan) == (START, True)
    assert re.findall(r"\d+", found.said_week) == ["1"]
    assert found.values[0] < found.values[1]
    for words in (found.said_week, found.decision, found.agent):
        assert words in found.sentence()
    golden(found.sentence())


@pytest.mark.parametrize("start", [0, 20])
def test_a_dated_lever_parts_nobody_before_its_day(golden, start):
    found = parting_of(FIRM, dated("regime.list_price_change", 5.0, start), LUCK)
    assert found.week >= START + start
    assert found.in_plan
    assert re.findall(r"\d+", found.said_week) == [str(found.week - START + 1)]
    golden(found.said_week)


def test_a_lever_that_always_holds_parts_two_firms_in_the_burn_in(golden):
    found = parting_of(FIRM, moved(quotas__quota_ratchet=0.9), LUCK)
    assert (found.week, found.in_plan) == (0, False)
    golden(found.said_week)
    assert (found.phase, found.agent) == ("plan", "rep 0")


def test_firms_of_different_size_differ_from_the_first_day_in_size(golden):
    found = parting_of(FIRM, moved(organisation__headcount=5), LUCK)
    assert (found.week, found.phase, found.values) == (0, FOUNDING, (6, 5))
    assert re.findall(r"\d+", found.sentence()) == ["6", "5"]
    golden(found.sentence())


def test_people_who_are_others_from_the_first_day_are_told_apart_at_the_founding(golden):
    found = parting_of(FIRM, moved(pay__margin_weight=1.0), LUCK)
    assert (found.phase, found.column, found.agent) == (FOUNDING, "buy_in", "rep 0")
    golden(found.said_week)
    golden(found.sentence())


def test_a_rep_who_leaves_in_one_firm_only_is_said_to_leave(golden):
    found = parting_of(FIRM, moved(leaving__turnover=0.8), LUCK)
    assert (found.phase, found.column, found.values) == ("staff", "staffed", (True, False))
    golden(found.sentence())


@pytest.mark.parametrize("path", LEVERS)
def test_ledgers_and_deals_are_the_same_before_the_parting_and_not_for_ever_after(path):
    other = FIRM.with_numbers({path: LEVERS[path]})
    found = parting_of(FIRM, other, LUCK)
    a, b = lived(FIRM), lived(other)
    mine, theirs = (run.deals[run.deals["week"] < found.week] for run in (a, b))
    assert all(np.array_equal(mine[column], theirs[column]) for column in mine.dtype.names)
    for column in ("revenue", "quoted", "left", "selling_hours", "understanding", "skill"):
        assert np.array_equal(a.books[column][: found.week], b.books[column][: found.week]), column
    assert a.customers.tolist() != b.customers.tolist()


@pytest.mark.parametrize("path", LEVERS)
def test_both_engines_find_the_same_parting(path):
    other = FIRM.with_numbers({path: LEVERS[path]})
    assert parting_of(FIRM, other, LUCK, "mesa") == parting_of(FIRM, other, LUCK)


def flat(score, sensitivity, cost):
    return 77.0


def test_rivals_hold_in_both_firms():
    other = moved(regime__discount_authority=0.3)
    found = parting_of(FIRM, other, LUCK, "mesa", rival_rules({"discounting.quoted_price": flat}))
    usual = parting_of(FIRM, other, LUCK)
    assert found.phase == "quote"
    assert found.prices != usual.prices
    assert found.prices[1] == 77.0


def test_large_firms_hear_the_agent_but_no_decision(monkeypatch, golden):
    monkeypatch.setattr(parting, "SLOW_MOTION_AT_MOST", 40)
    other = moved(communication__strategy_clarity=0.95)
    found = parting_of(FIRM, other, LUCK)
    assert (found.phase, found.decision) == ("", "")
    assert (found.week, found.in_plan, found.column) == (START, True, "understanding")
    assert found.agent.startswith("manager 0 ")
    assert found.sentence().endswith(f"{parting.TOO_LARGE}.")
    golden(found.sentence())


def test_a_plan_without_burn_in_parts_in_the_plan(golden):
    firms = [
        small_firm(organisation={"burn_in_weeks": 0}, quotas={"quota_ratchet": ratchet})
        for ratchet in (0.1, 0.9)
    ]
    found = parting_of(*firms, LUCK)
    assert (found.week, found.in_plan) == (0, True)
    golden(found.said_week)


def test_it_can_be_written_as_json():
    found = parting_of(FIRM, moved(regime__discount_authority=0.3), LUCK)
    told = json.loads(json.dumps(found.as_object()))
    assert told["sentence"] == found.sentence()
    assert (told["baseline"], told["other"]) == found.values
    assert (told["week"], told["agent"]) == (found.week, found.agent)


def test_every_phase_of_the_week_has_words():
    assert set(DECISIONS) == {phase.__name__ for phase in phases()} | {"open_week", FOUNDING, ""}


def test_values_that_differ_are_never_shown_alike():
    assert said_values("price", (0.1234561, 0.1234562)) == ("0.1234561", "0.1234562")
    assert said_values("price", (90.0, 85.5)) == ("90.0", "85.5")
