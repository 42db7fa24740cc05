"""Where two runs first differ is where they do, and is said so that a planner understands it."""

import re

import numpy as np
import pytest

from salesim.analysis.comparing.divergence import OUTCOMES, Divergence, divergence_of
from salesim.inputs.rivals import rival_rules
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from tests.firms import simulated, small_firm
from tests.show.figures.reading import numbers_in

FIRM = small_firm()
LUCK = Luck(3, 0)
START = FIRM.organisation.burn_in_weeks
LEVERS = {
    "regime.discount_authority": 0.3,
    "communication.message_interval": 4,
    "quotas.quota_ratchet": 0.9,
    "information.account_information": 0.8,
    "leaving.turnover": 0.6,
    "planning.strategy_refresh_months": 3,
    "pay.margin_weight": 1.0,
}


def moved(**numbers):
    return FIRM.with_numbers({path.replace("__", "."): value for path, value in numbers.items()})


def dated(lever, value, start):
    entry = {"lever": lever, "value": value, "start": start}
    return Scenario.model_validate(FIRM.model_dump() | {"dated": [entry]})


def test_firms_that_differ_in_nothing_or_in_nothing_that_counts_never_differ():
    assert divergence_of(FIRM, FIRM, LUCK) is None
    never = dated("regime.discount_authority", 0.3, 4_000)  # after the plan has ended
    assert divergence_of(FIRM, never, LUCK) is None


def test_authority_changes_a_price_first_and_the_price_is_the_one_quoted(golden):
    other = moved(regime__discount_authority=0.3)
    found = divergence_of(FIRM, other, LUCK)
    assert (found.table, found.column, found.unit) == ("deals", "price", "USD per unit")
    rep, account = (int(number) - 1 for number in re.findall(r"\d+", found.who))
    rows = [run.deals[run.deals["week"] == found.week] for run in (simulated(FIRM), simulated(other))]
    prices = [each[(each["rep"] == rep) & (each["account"] == account)]["price"] for each in rows]
    assert (found.baseline, found.other) in list(zip(*prices, strict=True))
    assert found.baseline != found.other
    golden(found.sentence)


def test_a_clearer_strategy_is_first_seen_in_the_plan(golden):
    found = divergence_of(FIRM, moved(communication__strategy_clarity=0.95), LUCK)
    assert (found.week, found.plan_week) == (START, 1)
    golden(found.sentence)


@pytest.mark.parametrize("start", [0, 20])
def test_a_dated_lever_changes_nothing_before_its_day(start):
    found = divergence_of(FIRM, dated("regime.list_price_change", 5.0, start), LUCK)
    assert found.week == found.plan_week - 1 + START
    assert found.plan_week >= start + 1


def test_a_lever_that_always_holds_is_seen_in_the_burn_in(golden):
    found = divergence_of(FIRM, moved(quotas__quota_ratchet=0.9), LUCK)
    assert found.week == 0
    assert found.plan_week <= 0
    golden(found.sentence)


def test_firms_of_another_size_differ_from_the_first_day_in_size(golden):
    found = divergence_of(FIRM, moved(organisation__headcount=5), LUCK)
    assert (found.week, found.table, found.baseline, found.other) == (0, "reps", 6, 5)
    golden(found.sentence)


@pytest.mark.parametrize("path", LEVERS)
def test_ledgers_and_deals_are_the_same_before_it_and_not_for_ever_after_on_either_engine(path):
    other = FIRM.with_numbers({path: LEVERS[path]})
    found = divergence_of(FIRM, other, LUCK)
    assert divergence_of(FIRM, other, LUCK, "mesa") == found
    a, b = simulated(FIRM), simulated(other)
    mine, theirs = (run.deals[run.deals["week"] < found.week] for run in (a, b))
    assert all(np.array_equal(mine[column], theirs[column]) for column in mine.dtype.names)
    for column in ("revenue", "quoted", "left", "selling_hours", "understanding", "skill"):
        assert np.array_equal(a.books[column][: found.week], b.books[column][: found.week]), column
    assert a.customers.tolist() != b.customers.tolist()


def flat(score, sensitivity, cost):
    return 77.0


def test_rivals_hold_in_both_firms():
    other = moved(regime__discount_authority=0.3)
    found = divergence_of(FIRM, other, LUCK, "mesa", rival_rules({"discounting.quoted_price": flat}))
    assert (found.column, found.other) == ("price", 77.0)


def in_words(column, unit, baseline, other):
    facts = {"table": "deals", "who": "rep 1", "meaning": "The thing.", "column": column, "unit": unit}
    return Divergence(week=3, plan_week=4, baseline=baseline, other=other, **facts).sentence


def test_values_that_differ_are_never_shown_alike(golden):
    assert numbers_in(in_words("size", "units", 0.1234561, 0.1234562))[-2:] == [0.1234562, 0.1234561]
    assert numbers_in(in_words("size", "units", 90.0, 85.5))[-2:] == [85.5, 90.0]
    assert OUTCOMES[2] in in_words("outcome", "code", 1, 2)
    golden(in_words("outcome", "code", 1, 2))
    golden(in_words("staffed", "yes or no", True, False))
