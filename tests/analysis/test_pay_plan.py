"""What pay plans pay in a year: the worked cases of plans, and draws, years and gates by hand."""

from __future__ import annotations

import pytest

from salesim import SalesimError, load_scenario
from salesim.analysis.pay_plan import ATTAINMENTS, PayPlan
from salesim.analysis.paying import pay
from salesim.model.phases.due import on_target_rate
from salesim.model.scenario import Scenario
from salesim.outcomes import NUMBERS
from salesim.runs.simulate import simulate
from tests.firms import small_firm
from tests.rules.worked import FOLDER, number, worked_cases

PLANS = sorted((FOLDER / "plans").glob("*.toml"))
PLAIN = {"accelerator": 1.0, "bonus": 0.0}
UNGATED = [case for case in worked_cases("plans.csv") if not case.values[0]["missing_for_the_year"]]


def plan(quota: float = 1_000_000.0, **groups) -> PayPlan:
    """A plan at a quota, other groups as in the typical firm."""
    return PayPlan(name="a", title="a", scenario=Scenario.model_validate(groups), quota=quota)


@pytest.mark.parametrize("case", UNGATED)
def test_a_year_pays_four_quarters_of_a_worked_case(case):
    firm = load_scenario("typical_firm", FOLDER / "plans" / f"{case['plan']}.toml")
    quarters = PayPlan(name="a", title="a", scenario=firm, quota=4.0 * float(case["quota"]))
    assert quarters.paid(float(case["attainment"])) == pytest.approx(4.0 * number(case["pay"]), abs=0.01)


def test_the_typical_plan_by_hand():
    typical = plan()
    assert typical.paid(0.5) == pytest.approx(500_000 * 0.033)
    assert typical.parts(1.0) == pytest.approx((1_000_000 * 0.033, 4 * 2_500, 0.0, 0.0))
    assert typical.paid(1.5) == pytest.approx(33_000 + 10_000 + 500_000 * 0.033 * 1.25)


def test_a_gate_by_the_year_opens_in_the_quarter_that_reaches_its_quota():
    """H at 150% of USD 400,000: after two quarters 300,000 are there, so the third reaches the quota."""
    firm = load_scenario("typical_firm", FOLDER / "plans" / "gate_by_the_year.toml")
    gated = PayPlan(name="a", title="a", scenario=firm, quota=400_000.0)
    closed, opened = 150_000 * 0.05, 100_000 * 0.05 + 25_000 * 0.06 + 25_000 * 0.07
    assert gated.paid(1.5) == pytest.approx(2 * closed + 2 * opened)


def test_the_year_adds_its_own_curve():
    yearly = {"year_share": 0.5, "year_accelerator": 3.0, "year_bonus": 5_000.0}
    both = plan(payout=PLAIN | yearly)
    assert both.parts(1.2) == pytest.approx(
        (1_200_000 * 0.0165 + 0.0165 * (1_000_000 + 3 * 200_000), 5_000, 0, 0)
    )


def test_a_guarantee_fills_up_and_an_advance_is_taken_back():
    kept = plan(pay={"draw": 0.5}, payout=PLAIN)
    assert kept.parts(0.5) == pytest.approx((16_500, 0, 0, 30_000 - 16_500))
    assert kept.parts(1.0) == pytest.approx((33_000, 0, 0, 0))
    lent = plan(pay={"draw": 0.5, "draw_kind": "recoverable"}, payout=PLAIN)
    assert lent.paid(0.5) == pytest.approx(30_000)
    assert lent.paid(1.0) == pytest.approx(33_000)


def test_sums_are_for_deals_of_mean_size_at_the_planned_price_and_count_against_a_guarantee():
    same_size = {"deal_units": 500.0, "account_spread": 0.0, "deal_spread": 0.0}
    sums = plan(900_000.0, by_deal={"per_deal": 300.0, "per_unit": 0.5}, payout=PLAIN, needs=same_size)
    assert sums.parts(1.0) == pytest.approx((29_700, 0, 10_000 * 0.5 + 20 * 300, 0))
    kept = plan(
        900_000.0,
        pay={"draw": 0.5},
        by_deal={"per_deal": 300.0, "per_unit": 0.5},
        payout=PLAIN,
        needs=same_size,
    )
    assert kept.parts(0.5) == pytest.approx((14_850, 0, 5_500, 30_000 - 14_850 - 5_500))


def test_all_pay_is_multiplied_by_the_factor_of_the_planned_margin():
    plain, doubled = (
        plan(by_deal={"high_margin": 0.35, "high_margin_factor": factor}) for factor in (1.0, 2.0)
    )
    assert doubled.parts(1.2) == pytest.approx(tuple(2.0 * part for part in plain.parts(1.2)))
    assert doubled.parts(1.2).bonuses == 20_000.0


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_pay_at_quota_is_what_the_model_reckons_with_and_tables_add_up(path):
    firm = load_scenario("typical_firm", path)
    found = PayPlan(name="a", title="a", scenario=firm, quota=2_000_000.0)
    assert found.paid(1.0) == pytest.approx(on_target_rate(2_000_000.0, firm) * 2_000_000.0)
    assert [level.attainment for level in found.levels] == list(ATTAINMENTS)
    for level in found.levels:
        assert level.total_pay == level.base_pay + level.variable_pay
        assert level.credit == pytest.approx(level.attainment * 2_000_000.0)
        if level.credit:
            assert level.effective_rate * level.credit == pytest.approx(level.variable_pay)


def test_the_next_dollar_is_paid_at_the_rate_that_holds_there():
    rates = {round(level.attainment, 1): level.marginal_rate for level in plan().levels}
    assert rates[0.9] == pytest.approx(0.033)
    assert rates[1.0] == rates[2.0] == pytest.approx(0.04125)


def test_plans_at_their_quota_against_the_target_are_said(golden):
    golden("\n".join(plan().sentences_at_quota()))
    golden("\n".join(plan(1_800_000.0, payout=PLAIN).sentences_at_quota()))
    golden("\n".join(plan(pay={"draw": 0.8, "target_rate": 0.01}).sentences_at_quota()))
    golden("\n".join(plan(pay={"pay_mix": 0.0}).sentences_at_quota()))
    golden("\n".join(plan(by_deal={"per_deal": 400.0}).sentences_at_quota()))
    golden("\n".join(plan(pay={"target_rate": 0.01}, by_deal={"new_rate": 0.02}).sentences_at_quota()))


@pytest.fixture(scope="module")
def paid(tmp_path_factory):
    return pay(
        small_firm(),
        {"steep": {"payout.accelerator": 2.0}},
        replicates=2,
        out=tmp_path_factory.mktemp("p") / "r",
    )


def test_costs_are_those_of_the_same_runs(paid):
    runs = simulate(small_firm(), replicates=2)
    cost = paid.plans[0].cost
    each = [a / b for a, b in zip(runs.values["variable_pay"], runs.values["revenue"], strict=True)]
    assert cost.variable_share.mean == pytest.approx(sum(each) / 2)
    assert cost.pay_share.mean == pytest.approx(runs.measures["ccos"].mean)
    assert cost.attainment.mean == pytest.approx(runs.measures["attainment"].mean)
    assert NUMBERS["variable_pay"].unit == "USD"


def test_plans_stand_side_by_side_at_the_quota_of_the_first_day(paid):
    assert [each.name for each in paid.plans] == ["baseline", "steep"]
    assert paid.plans[0].quota == paid.plans[1].quota
    assert len(paid.frame) == 2 * len(ATTAINMENTS)
    beside, costs, *each = paid.tables()
    assert (len(beside.rows), len(costs.rows), [table.details for table in each]) == (21, 2, [True, True])
    with_quota = pay(small_firm(), quota=500_000, replicates=0)
    assert (with_quota.plans[0].quota, with_quota.folder, with_quota.plans[0].cost) == (500_000.0, "", None)


def test_plans_that_cannot_be_used_are_refused(golden, tmp_path):
    nobody = small_firm(organisation={"accounts": 0})
    for given in (
        {"quota": 0},
        {"quota": float("nan")},
        {"quota": "much"},
        {"replicates": -1},
        {"replicates": 0, "out": tmp_path},
        {"policies": 7},
        {"scenario": nobody, "replicates": 0},
    ):
        with pytest.raises(SalesimError) as error:
            pay(**{"scenario": small_firm()} | given)
        golden(str(error.value))


def test_a_group_with_a_plan_of_its_own_is_a_plan_beside_everybody_else():
    groups = [
        {"name": "new", "tenure_below": 26, "pay": {"ramp_draw": 0.5}},
        {"name": "two", "seats": [0, 1], "payout": {"accelerator": 3.0}},
    ]
    found = pay(small_firm(), {"split": {"pay_plans": groups}}, quota=1e6, replicates=0)
    assert [(each.name, each.group) for each in found.plans] == [
        ("baseline", ""),
        ("split", "everybody else"),
        ("split", "new"),
        ("split", "two"),
    ]
    firms, others, new, two = found.plans
    assert [others.paid(a) for a in ATTAINMENTS] == [firms.paid(a) for a in ATTAINMENTS]
    assert new.paid(0.0) == pytest.approx(30_000.0)
    assert two.paid(2.0) - others.paid(2.0) == pytest.approx(1e6 * 0.033 * 1.75)
    heads = [head.name for head in found.tables()[0].heads][2:]
    assert [head.partition(" (")[2] for head in heads] == ["everybody else)", "new)", "two)"]
    names = [table.name for table in found.tables()]
    assert len({*names}) == len(names) == 5
    assert {*found.frame["group"]} == {"", "everybody else", "new", "two"}


def test_a_group_shares_the_cost_of_its_firm(tmp_path):
    plans = {"pay_plans": [{"name": "two", "seats": [0, 1], "payout": {"accelerator": 3.0}}]}
    found = pay(small_firm(), {"split": plans}, replicates=1, out=tmp_path / "r")
    assert [each.cost is None for each in found.plans] == [False, False, True]
