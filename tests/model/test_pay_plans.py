"""Pay plans of groups of reps: who has which, in both engines, paid by the day and foreseen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from salesim.model.agents import SalesModel, run_mesa
from salesim.model.deals import WON
from salesim.model.ideal import Ideal
from salesim.model.pay_plans import LONGEST_TENURE, OF_ALL_REPS, PLAN_GROUPS, GroupPlan, tenures_of
from salesim.model.scenario import Scenario
from tests.firms import busy_firm, differences, seeds, simulated, small_firm
from tests.model.test_pay_by_day import PLAIN, RICH, dated, firm_with, paid_by_path, weekly_credit

CURVE = {"payout": {"curve": "2% to 60%, 8% above, 900 at 60%"}}
TWO = {"name": "two seats", "seats": [1, 4], "by_deal": {"per_deal": 150.0}} | CURVE
NEW = {"name": "newcomers", "tenure_below": 9, "pay": {"commission_rate": 0.08}}
OF_A_REP = ("reps.pay_plan", "reps.plan_until", "reps.next_plan")


def paying(firm: Scenario, *plans: dict) -> Scenario:
    return Scenario.model_validate(firm.model_dump() | {"pay_plans": list(plans)})


def refusal(*plans: dict, **groups) -> str:
    with pytest.raises(ValidationError) as error:
        paying(small_firm(**groups), *plans)
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


def one(**said) -> dict:
    return {"name": "a", "payout": {"cap": 2.0}} | said


@pytest.mark.parametrize(
    ("plans", "begins"),
    [
        ([one(seats=[0]), one(seats=[1])], "pay_plans.1.name: stands twice; got 'a'"),
        ([one(seats=[0, 6])], "pay_plans.0.seats: no such one; got 6; allowed: 0 to 5"),
        ([one(teams=[2])], "pay_plans.0.teams: no such one; got 2; allowed: 0 to 1"),
        ([one(tenure_from=9, tenure_below=9)], "pay_plans.0.tenure_from: too late; got 9; allowed: below"),
        ([one()], "pay_plans.0: is for everybody"),
        ([one(seats=[*range(6)], teams=[0, 1])], "pay_plans.0: is for everybody"),
        ([one(seats=[0], teams=[1])], "pay_plans.0: is for nobody"),
        ([one(seats=[0], payout={})], "pay_plans.0: moves no lever"),
        ([one(seats=[0], pay={"ramp_weeks": 5})], "pay_plans.0.pay.ramp_weeks: no such lever"),
        *(
            (
                [one(seats=[0], **{path.split(".")[0]: {path.split(".")[1]: 4}})],
                f"pay_plans.0.{path}: is the",
            )
            for path in OF_ALL_REPS
        ),
        (
            [one(seats=[0], payout={"curve": "5% above", "cap": 2.0})],
            "pay_plans.0.payout.cap: stands beside curve; got 2.0",
        ),
    ],
)
def test_a_plan_is_for_some_reps_and_could_be_that_of_the_firm(plans, begins):
    assert refusal(*plans).startswith(begins)


def test_short_forms_stand_in_a_firm_with_a_curve_where_the_plan_ends_it():
    short, curve = one(seats=[0]), {"curve": "5% above"}
    assert refusal(short, payout=curve).startswith("pay_plans.0.payout.cap: ")
    ends = one(seats=[0], payout={"cap": 2.0, "curve": "none"})
    assert paying(small_firm(payout=curve), ends).with_each_plan()[1].payout.cap == 2.0


def test_a_plan_says_levers_by_path_of_all_its_groups():
    plan = GroupPlan.model_validate(
        {"name": "a", "pay": {"draw": 0.5}} | CURVE | {"by_deal": {"per_unit": 1}}
    )
    assert plan.levers == {
        "payout.curve": CURVE["payout"]["curve"],
        "pay.draw": 0.5,
        "by_deal.per_unit": 1,
    }
    assert {path.partition(".")[0] for path in plan.levers} <= {*PLAN_GROUPS} <= {*GroupPlan.model_fields}


@given(st.sets(st.integers(0, 5), max_size=3), st.sets(st.integers(0, 1), max_size=2))
def test_a_plan_holds_for_its_seats_in_its_teams_from_and_below_its_weeks(seats, teams):
    plan = GroupPlan(name="a", seats=tuple(seats), teams=tuple(teams), tenure_from=4, tenure_below=9)
    endless = plan.model_copy(update={"tenure_below": LONGEST_TENURE})
    rows = tenures_of([plan, endless], 6, 3).reshape(2, 6, 2).tolist()
    for seat in range(6):
        holds = (not seats or seat in seats) and (not teams or seat // 3 in teams)
        assert plan.holds_for(seat, seat // 3) == holds
        assert [each[seat] for each in rows] == ([[4, 9], [4, -1]] if holds else [[0, 0], [0, 0]])


def test_a_firm_pays_each_group_as_it_pays_all_but_for_its_levers():
    plain = small_firm(pay={"margin_weight": 0.2})
    assert plain.with_each_plan() == (plain,)
    assert plain.tenures().size == 0
    firm = paying(plain, TWO, NEW)
    first, two, new = firm.with_each_plan()
    assert first is firm
    assert two == plain.with_numbers(GroupPlan.model_validate(TWO).levers)
    assert new == plain.with_numbers({"pay.commission_rate": 0.08})


# both engines


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(best_effort=True, calendar_ignored=True)])
def test_both_engines_pay_groups_alike_bit_for_bit(ideal):
    later = {"name": "settled", "teams": [0], "tenure_from": 60, "payout": {"accelerator": 3.0}}
    firm = paying(busy_firm(), TWO, NEW | {"tenure_below": 30}, later)
    run = simulated(firm, 4, 1, ideal)
    assert differences(run, simulated(firm, 4, 1, ideal, run_mesa)) == []
    assert {*run.reps["pay_plan"].tolist()} > {0}


def test_a_dated_rate_holds_for_all_but_those_whose_plan_says_it():
    firm = paying(
        firm_with(dated("pay.commission_rate", 0.05, 20, 30)), TWO | {"pay": {"margin_weight": 0.0}}
    )
    firm = paying(firm, TWO, NEW | {"seats": [2], "tenure_below": LONGEST_TENURE})
    run = simulated(firm, 6)
    assert differences(run, simulated(firm, 6, engine=run_mesa)) == []
    stretches = [now.with_each_plan() for *_, now in firm.stretches()]
    assert [[each.pay.commission_rate for each in plans] for plans in stretches] == [
        [0.033, 0.033, 0.08],
        [0.05, 0.05, 0.08],
        [0.033, 0.033, 0.08],
    ]


# what is paid


@settings(max_examples=10)
@given(seeds, st.sets(st.integers(0, 5), min_size=1, max_size=3), st.integers(5, 40))
def test_each_rep_is_paid_by_the_curve_of_its_own_plan(seed, seats, start):
    plan = {"name": "a", "seats": sorted(seats), "payout": {"accelerator": 4.0, "year_bonus": 9_000.0}}
    plain = firm_with(dated("pay.commission_rate", 0.06, start), payout=RICH)
    run = simulated(paying(plain, plan), seed)
    paid = np.zeros(len(run.reps))
    np.add.at(paid, run.years["rep"], run.years["variable_pay"])
    otherwise = plain.with_numbers(GroupPlan.model_validate(plan).levers)
    wanted = np.where(
        [seat in seats for seat in range(6)], paid_by_path(otherwise, run), paid_by_path(plain, run)
    )
    np.testing.assert_allclose(paid, wanted, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("below", [4, 9, 17])
def test_a_plan_that_ends_within_a_period_pays_each_dollar_the_rate_of_its_day(below):
    firm = firm_with(payout=PLAIN, leaving={"turnover": 0.9}, organisation={"weeks": 104})
    model = SalesModel(paying(firm, NEW | {"tenure_below": below}), 5)
    rates = []
    while model.running:
        rates.append([0.08 if rep.tenure < below else 0.033 for rep in model.reps])
        model.step()
    run = model.tables()
    credit = weekly_credit(run)
    assert ((np.array(rates) == 0.08) & (credit > 0.0)).sum() > 5
    assert run.books["variable_pay"].sum() == pytest.approx((np.array(rates) * credit).sum(), rel=1e-12)
    assert run.books["on_target_pay"].sum() == pytest.approx(run.books["variable_pay"].sum(), rel=1e-12)


def test_a_plan_of_the_firms_own_changes_no_number():
    firm = firm_with(payout=RICH, leaving={"turnover": 0.4})
    same = {"name": "same", "teams": [1], "payout": {"accelerator": RICH["accelerator"]}}
    found = differences(simulated(firm, 7), simulated(paying(firm, same), 7))
    assert [each for each in found if not each.startswith((*OF_A_REP, "tenures"))] == []


def test_a_group_sells_by_its_plan_and_the_others_are_paid_as_before():
    """Credit for margin lets the group ask more; who is not in it keeps a plain rate on revenue."""
    plain = firm_with(payout=PLAIN)
    run = simulated(paying(plain, {"name": "a", "seats": [0, 1, 2], "pay": {"margin_weight": 1.0}}), 3)
    before = simulated(plain, 3)
    prices = []
    for table in (before, run):
        won = table.deals[table.deals["outcome"] == WON]
        prices.append([won["price"][won["rep"] // 3 == team].mean() for team in (0, 1)])
    assert prices[1][0] > prices[0][0]
    won = run.deals[(run.deals["outcome"] == WON) & (run.deals["rep"] > 2)]
    np.testing.assert_allclose(won["credit"], won["price"] * won["size"], rtol=1e-12)
