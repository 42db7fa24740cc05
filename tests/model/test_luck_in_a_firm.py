"""What luck by address buys: a change touches only what it causes."""

import hashlib
import math
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from salesim import Rep, SalesModel
from salesim.model.columns import names
from salesim.model.deals import AWAITING, RESTED, WON
from salesim.model.luck import COMEBACK, DECISION, draws, uniform
from salesim.model.state import Firm, Luck
from salesim.model.tables import Tables
from tests.firms import PLANS_OF_GROUPS, TABLES, busy_firm, differences, simulated, small_firm

GIVEN = [{"start": 6, "weeks": 20, "quotas": [1e5, 0.0, 3e5]}]


def digest(run: Tables) -> str:
    return hashlib.sha256(b"".join(columns_of(getattr(run, t)) for t in TABLES)).hexdigest()


def columns_of(records) -> bytes:
    """All columns one after the other; the gaps between fields of a record mean nothing."""
    return b"".join(records[c].tobytes() for c in records.dtype.names or [...])


def test_a_change_in_one_team_leaves_the_other_bit_identical():
    """Within a year and without churn no number passes between teams."""
    firm = small_firm(organisation={"weeks": 30}, relationship={"churn": 0.0})
    plain, touched = SalesModel(firm, seed=8), SalesModel(firm, seed=8)
    for _ in range(15):
        plain.step()
        touched.step()
    touched.reps[0].understanding = 1.0
    touched.reps[0].skill = 0.9
    while plain.running:
        plain.step()
        touched.step()
    a, b = plain.tables(), touched.tables()
    second_team = a.reps["manager"] == 1
    assert columns_of(a.reps[second_team]) == columns_of(b.reps[second_team])
    theirs = second_team[a.customers["rep"]]
    assert columns_of(a.customers[theirs]) == columns_of(b.customers[theirs])
    assert columns_of(a.customers[~theirs]) != columns_of(b.customers[~theirs])


class Gambler(Rep):
    """A rep who draws luck for a purpose of his own, every week."""

    def decide_to_leave(self, scenario, firm, t):
        draws(firm.luck, t, self.id, 99)
        return super().decide_to_leave(scenario, firm, t)


def test_drawing_for_a_new_purpose_shifts_nothing():
    plain, gambling = SalesModel(busy_firm(), seed=8), SalesModel(busy_firm(), seed=8, rep_class=Gambler)
    while plain.running:
        plain.step()
        gambling.step()
    assert differences(plain.tables(), gambling.tables()) == []


PERSON = ("ability", "task_fit", "industries", "listens", "ceiling")
MARKET = (
    "units",
    "deviation",
    "sensitivity",
    "fit",
    "misfit_of_plan",
    "industry",
    "needs",
    "next_need",
    "need_rate",
)
STILL = {"leaving": {"turnover": 0.0}, "relationship": {"churn": 0.0}, "needs": {"rate": 0.3}}


@pytest.mark.parametrize(
    "change",
    [
        {"headcount": 9},
        {"headcount": 2},
        {"span_of_control": 1},
        {"hierarchy_hops": 7, "upper_span": 2},
        {"accounts": 100},
        {"headcount": 9, "accounts": 100, "span_of_control": 5},
    ],
)
def test_adding_seats_accounts_or_managers_shifts_nobodys_traits_and_needs(change):
    """The market meets the same needs, whoever sells to it; the same people hold the same seats."""
    before, after = (simulated(small_firm(organisation=size, **STILL), 8) for size in ({}, change))
    seats = min(len(before.reps), len(after.reps))
    for column in PERSON:
        if column != "industries":  # grows with what was sold
            assert before.reps[column][:seats].tobytes() == after.reps[column][:seats].tobytes(), column
    for column in MARKET:
        assert before.customers[column].tobytes() == after.customers[column][:48].tobytes(), column
    managers = min((run.managers["level"] == 1).sum() for run in (before, after))
    for column in ("coaching_skill", "listens"):
        assert before.managers[column][:managers].tobytes() == after.managers[column][:managers].tobytes()


@pytest.mark.parametrize("change", [{"headcount": 12}, {"headcount": 3}])
def test_a_need_is_the_same_in_firms_of_any_size(change):
    """Size of the deal, luck of the district and taste belong to account and need."""
    before, after = (
        simulated(small_firm(organisation={"weeks": 104} | size, **STILL), 8) for size in ({}, change)
    )
    first, second = ({(d["account"], d["need"]): d["size"] for d in run.deals} for run in (before, after))
    common = first.keys() & second.keys()
    same_year = {(d["account"], d["need"]): d["week"] // 52 for d in before.deals if d["week"] % 52 > 26}
    other_year = {(d["account"], d["need"]): d["week"] // 52 for d in after.deals if d["week"] % 52 > 26}
    compared = [need for need in common if same_year.get(need, -1) == other_year.get(need, -2)]
    assert len(compared) > 40
    assert all(first[need] == second[need] for need in compared)


def test_newcomers_come_as_they_would_have_come_to_a_larger_firm():
    """With people leaving, too, whoever is the n-th to hold a seat is the same person."""
    firm = {"leaving": {"turnover": 0.7}, "handover": {"vacancy_weeks": 4}}
    met: list[dict] = []
    for size in ({}, {"headcount": 9, "accounts": 90}):
        model = SalesModel(small_firm(organisation={"weeks": 104} | size, **firm), seed=8)
        people = {}
        while model.running:
            model.step()
            people |= {(r.id, r.hires): (r.ability, r.task_fit, r.listens) for r in model.reps if r.staffed}
        met.append(people)
    common = met[0].keys() & met[1].keys()
    assert len(common) > 10
    assert all(met[0][who] == met[1][who] for who in common)


@pytest.mark.parametrize(
    "inert",
    [
        {"title": "Another name"},
        {"description": "A longer story."},
        {
            "payout": {"year_accelerator": 7.0, "year_threshold": 0.5, "year_cap": 2.0}
        },  # nothing is paid by the year
        {"reviews": {"account_review_rate": 0.0, "review_format": "team", "review_hours": 9.0}},
        {"estimates": {"price_test_share": 0.0, "price_test_size": 0.4}},
        {"regime": {"price_regime": "list_only", "contract_weeks": 9, "contract_share": 0.9}},
        {"handover": {"portability": 0.9, "cover_share": 0.1, "vacancy_weeks": 3}},  # nobody leaves
        {"training": {"cost_of_a_hire": 1.0, "newcomer_share": 0.1, "onboarding_effect": 0.4}},
    ],
)
def test_a_change_that_causes_nothing_changes_nothing(inert):
    """Numbers that nothing reads in this firm leave every other bit as it was."""
    base = {"reviews": {"account_review_rate": 0.0}, "leaving": {"turnover": 0.0}}
    if "regime" in inert:
        base["regime"] = {"price_regime": "list_only"}
    plain = small_firm(**base)
    words = {key: inert[key] for key in ("title", "description") if key in inert}
    groups = {
        group: base.get(group, {}) | numbers for group, numbers in inert.items() if group not in words
    }
    other = small_firm(**(base | groups)).model_copy(update=words)
    assert differences(simulated(plain, 8), simulated(other, 8)) == []


def test_successors_are_drawn_by_seat_and_hire_number_not_by_week():
    """Who comes next does not depend on when: two vacancies of different length, same people."""
    firm = {"leaving": {"turnover": 0.8}, "organisation": {"weeks": 156}}
    people = []
    for weeks in (2, 9):
        model = SalesModel(small_firm(**firm, handover={"vacancy_weeks": weeks}), seed=8)
        met = {}
        while model.running:
            model.step()
            met |= {(rep.id, rep.hires): rep.ability for rep in model.reps if rep.staffed}
        people.append(met)
    common = people[0].keys() & people[1].keys()
    assert len(common) > 8
    assert all(people[0][who] == people[1][who] for who in common)


def test_an_opportunity_meets_the_same_luck_whenever_it_is_quoted():
    """Slow and fast reps quote the same need in other weeks: size and taste are the same."""
    firm = {"needs": {"rate": 0.3}, "market": {"fit_drift": 0.0}, "relationship": {"churn": 0.0}}
    slow, fast = (simulated(small_firm(**firm, selling={"pace": pace}), 8) for pace in (0.12, 0.5))
    by_need = [
        {(d["account"], d["need"]): (d["size"], d["week"]) for d in run.deals} for run in (slow, fast)
    ]
    common = by_need[0].keys() & by_need[1].keys()
    assert len(common) > 20
    assert all(by_need[0][n][0] == by_need[1][n][0] for n in common)
    assert any(by_need[0][n][1] != by_need[1][n][1] for n in common)


def test_the_deal_table_names_the_need_whose_luck_decided():
    """Every outcome can be recomputed from the row and the address (account, need)."""
    scenario = small_firm(needs={"rate": 0.5}, organisation={"weeks": 104})
    run = simulated(scenario, 8)
    assert len(run.deals) > 100
    inertia, aversion = scenario.buying.inertia, scenario.reference.loss_aversion
    rested = 0
    for deal in run.deals[run.deals["outcome"] != AWAITING]:
        address = (Luck(8, 0), int(deal["need"]), int(deal["account"]))
        noise = [-math.log(-math.log(u)) for u in draws(*address, DECISION)[:3]]
        loss = aversion * deal["sensitivity"] * max(deal["price"] - deal["reference"], 0.0)
        ours = (
            deal["score"] - deal["sensitivity"] * deal["price"] - loss + math.log(1.0 + math.exp(inertia))
        )
        options = [ours + noise[0], noise[1], inertia + noise[2]]
        outcome = options.index(max(options)) + WON
        if (
            outcome == 3
            and deal["quote"] == 1
            and uniform(*address, COMEBACK) < scenario.second_chance.comeback
        ):
            outcome = RESTED
            rested += 1
        assert outcome == deal["outcome"]
    assert rested > 5


def test_a_second_quote_meets_the_same_taste():
    """Whoever let it rest at a price would do so again at that price: only a lower one can help."""
    run = simulated(
        small_firm(needs={"rate": 0.5}, organisation={"weeks": 104}, second_chance={"comeback": 1.0}), 8
    )
    quoted = run.deals[run.deals["outcome"] != AWAITING]
    pairs: dict[tuple[int, int], list] = {}
    for row in quoted:
        pairs.setdefault((row["account"], row["need"]), []).append(row)
    second = [rows for rows in pairs.values() if len(rows) == 2]
    assert len(second) > 20
    assert all(rows[0]["outcome"] == RESTED for rows in second)
    for first, then in second:
        floor_is_back = first["granted"] and not then["granted"]  # which the manager had lifted
        assert then["price"] <= first["price"] + 1e-9 or floor_is_back
    won = [rows for rows in second if rows[1]["outcome"] == WON]
    assert len(won) > 0


SCRIPT = """
import sys
from tests.model.test_luck_in_a_firm import digest
from tests.firms import busy_firm, simulated
order = [int(k) for k in sys.argv[1].split(",")]
runs = {k: digest(simulated(busy_firm(), 8, k)) for k in order}
print(" ".join(runs[k] for k in sorted(runs)))
"""


def test_bits_do_not_depend_on_order_process_or_hash_seed():
    def in_new_process(order: str, hash_seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-c", SCRIPT, order]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    here = " ".join(digest(simulated(busy_firm(), 8, k)) for k in range(3)) + "\n"
    assert in_new_process("2,0,1", "12345") == here


@pytest.mark.nightly  # sweeps with processes give the same bits, in tests/runs/test_sweep.py
def test_bits_do_not_depend_on_the_number_of_workers():
    firm, numbers = busy_firm(), range(4)
    alone = [digest_of_replicate(firm, k) for k in numbers]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(digest_of_replicate, [firm] * 4, numbers)) == alone


def digest_of_replicate(firm, replicate: int) -> str:
    return digest(simulated(firm, 8, replicate))


def test_every_declared_column_is_compared():
    """The comparison of engines would be hollow if it missed a table."""
    run = simulated(small_firm(given_quotas=GIVEN, pay_plans=PLANS_OF_GROUPS), 8)
    assert set(names(Tables)) == set(TABLES)
    assert all(len(getattr(run, table)) for table in TABLES)
    assert set(Firm._fields) - {"luck", "ideal", "pay_plans", "later"} == set(TABLES)


def test_a_single_bit_in_any_column_is_seen():
    """Each column of each table is changed once, in its last row; the comparison names it."""
    run = simulated(busy_firm(given_quotas=GIVEN, pay_plans=PLANS_OF_GROUPS), 8)
    for table in TABLES:
        for column in getattr(run, table).dtype.names or [...]:
            other = run.copy()
            values = getattr(other, table)[column]
            flat = values.view(np.uint8) if values.flags.c_contiguous else None
            if flat is None:
                raw = np.ascontiguousarray(values)
                raw.view(np.uint8)[-1] ^= 1
                values[...] = raw
            else:
                flat[-1] ^= 1
            found = differences(run, other)
            assert len(found) == 1
            assert found[0].startswith(table)
