"""What luck by address buys: a change touches only what it causes."""

import hashlib
import math
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

from salesim import Ideal, Rep, SalesModel
from salesim.model.compiled import run_compiled
from salesim.model.luck import DECISION, draws
from salesim.model.state import Luck, names
from salesim.model.tables import Tables
from tests.firms import TABLES, differences, small_firm


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

    def choose_intensity(self, scenario, firm, t):
        draws(firm.luck, t, self.id, 99)
        return super().choose_intensity(scenario, firm, t)


def test_drawing_for_a_new_purpose_shifts_nothing():
    plain, gambling = SalesModel(small_firm(), seed=8), SalesModel(small_firm(), seed=8, rep_class=Gambler)
    while plain.running:
        plain.step()
        gambling.step()
    assert differences(plain.tables(), gambling.tables()) == []


def test_adding_a_team_shifts_nobody_elses_luck():
    """Traits and needs of the first two teams are the same in a firm of three."""
    two, three = (
        run_compiled(small_firm(organisation={"managers": n}), 8, 0, Ideal()) for n in (2, 3)
    )
    many = len(two.customers)
    stayed = two.customers["generation"] + three.customers["generation"][:many] == 0
    for column in ("units", "deviation", "sensitivity", "fit", "needs", "next_need", "need_rate"):
        first = two.customers[column][stayed]
        assert first.tobytes() == three.customers[column][:many][stayed].tobytes(), column
    same = two.reps["hires"] == three.reps["hires"][: len(two.reps)]
    assert (two.reps["ability"] == three.reps["ability"][: len(two.reps)])[same].all()


def test_successors_are_drawn_by_seat_and_hire_number_not_by_week():
    """Who comes next does not depend on when: two vacancies of different length, same people."""
    firm = {"leaving": {"turnover": 0.8}, "organisation": {"weeks": 156}}
    people = []
    for weeks in (2, 9):
        model = SalesModel(small_firm(**firm, handover={"vacancy_weeks": weeks}), seed=8)
        met = {}
        while model.running:
            model.step()
            met |= {(rep.id, rep.hires): rep.ability for rep in model.reps}
        people.append(met)
    common = people[0].keys() & people[1].keys()
    assert len(common) > 8
    assert all(people[0][who] == people[1][who] for who in common)


def test_an_opportunity_meets_the_same_luck_whenever_it_is_quoted():
    """Slow and fast reps quote the same need in other weeks: size and taste are the same."""
    firm = {"needs": {"rate": 0.3}, "market": {"fit_drift": 0.0}, "relationship": {"churn": 0.0}}
    slow, fast = (
        run_compiled(small_firm(**firm, selling={"pace": pace}), 8, 0, Ideal()) for pace in (0.12, 0.5)
    )
    by_need = [
        {(d["account"], d["need"]): (d["size"], d["week"]) for d in run.deals} for run in (slow, fast)
    ]
    common = by_need[0].keys() & by_need[1].keys()
    assert len(common) > 20
    assert all(by_need[0][n][0] == by_need[1][n][0] for n in common)
    assert any(by_need[0][n][1] != by_need[1][n][1] for n in common)


def test_the_deal_table_names_the_need_whose_luck_decided():
    """Every outcome can be recomputed from the row and the address (account, need)."""
    firm = small_firm(needs={"rate": 0.5}, organisation={"weeks": 104})
    run = run_compiled(firm, 8, 0, Ideal())
    assert len(run.deals) > 100
    for deal in run.deals:
        tastes = draws(Luck(8, 0), int(deal["need"]), int(deal["account"]), DECISION)[:3]
        noise = [-math.log(-math.log(u)) for u in tastes]
        ours = deal["score"] - deal["sensitivity"] * deal["price"] + math.log(1.0 + math.exp(-0.25))
        options = [ours + noise[0], noise[1], -0.25 + noise[2]]
        assert options.index(max(options)) + 1 == deal["outcome"]


SCRIPT = """
import sys
from tests.model.test_luck_in_a_firm import digest
from tests.firms import small_firm
from salesim.model.compiled import run_compiled
from salesim.model.state import Ideal
order = [int(k) for k in sys.argv[1].split(",")]
runs = {k: digest(run_compiled(small_firm(), 8, k, Ideal())) for k in order}
print(" ".join(runs[k] for k in sorted(runs)))
"""


def test_bits_do_not_depend_on_order_process_or_hash_seed():
    def in_new_process(order: str, hash_seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-c", SCRIPT, order]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    here = " ".join(digest(run_compiled(small_firm(), 8, k, Ideal())) for k in range(3)) + "\n"
    assert in_new_process("0,1,2", "0") == here
    assert in_new_process("2,0,1", "12345") == here


def test_bits_do_not_depend_on_the_number_of_workers():
    firm, numbers = small_firm(), range(4)
    alone = [digest_of_replicate(firm, k) for k in numbers]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(digest_of_replicate, [firm] * 4, numbers)) == alone


def digest_of_replicate(firm, replicate: int) -> str:
    return digest(run_compiled(firm, 8, replicate, Ideal()))


def test_every_declared_column_is_compared():
    """The comparison of engines would be hollow if it missed a table."""
    run = run_compiled(small_firm(), 8, 0, Ideal())
    assert set(names(Tables)) == set(TABLES)
    assert all(len(getattr(run, table)) for table in TABLES)
