"""What reps are paid: worked cases that a sales-operations person can read (tests/cases/pay.csv)."""

from __future__ import annotations

import pytest

from salesim.rules.by_deal import ByDeal, factor_of_band, sums_of_a_deal
from salesim.rules.knots import SHORT_FORMS
from salesim.rules.pay import Pay, credit_per_unit, rate_of_credit, weekly_draw
from salesim.rules.payout import Payout, topped_up

from .curves import curve_pay
from .worked import number, worked_cases, worked_out

PLAIN_PAY = {"target_pay": 150_000.0, "pay_mix": 0.4, "commission_rate": 0.04}
PLAIN_CURVE = {"accelerator": 1.0, "bonus": 0.0}
UNIT_COST, PLANNED_MARGIN = 54.0, 0.4
CASES = worked_cases("pay.csv")


def plan_of(case: dict[str, str]) -> tuple[Pay, Payout, ByDeal]:
    """The plain plan with what the case changes in it."""
    pay, curve, by_deal = dict(PLAIN_PAY), dict(PLAIN_CURVE), {}
    for change in filter(None, case["plan"].split("; ")):
        name, value = change.split(" ")
        groups = ((pay, Pay), (curve, Payout), (by_deal, ByDeal))
        group, fields = next(
            (said, kind.model_fields) for said, kind in groups if name in kind.model_fields
        )
        if name == "plan_kind":
            group[name] = value
        else:
            group[name] = fields[name].annotation(value)
    return Pay(**pay), Payout(**curve), ByDeal(**by_deal)


def deals_of(text: str) -> list[tuple[float, float]]:
    """Units and prices of a cell such as `500 at 100; 300 at 90`."""
    deals = [deal.split(" at ") for deal in filter(None, text.split("; "))]
    return [(float(units), float(price)) for units, price in deals]


def credit_of(text: str, pay: Pay) -> float:
    """What these deals count for."""
    return sum(
        units * credit_per_unit(price, UNIT_COST, PLANNED_MARGIN, pay.margin_weight)
        for units, price in deals_of(text)
    )


def pay_of_the_period(case: dict[str, str]) -> float:
    """Composed as the firm does on payday."""
    pay, curve, deals = plan_of(case)
    quota, weeks = float(case["yearly_quota"]), float(case["weeks"])
    credit = earned = 0.0
    for units, price in deals_of(case["sold"]):
        before = pay_by_curve(credit, quota * weeks / 52.0, rate_of_credit(pay, quota), curve)
        credit += units * credit_per_unit(price, UNIT_COST, PLANNED_MARGIN, pay.margin_weight)
        after = pay_by_curve(credit, quota * weeks / 52.0, rate_of_credit(pay, quota), curve)
        by_deal = after - before + sums_of_a_deal(deals, units)
        earned += factor_of_band(deals, price, UNIT_COST) * by_deal
    for rate, sold in ((pay.target_rate, case["to_targets"]), (deals.new_rate, case["to_new"])):
        for units, price in deals_of(sold):
            earned += factor_of_band(deals, price, UNIT_COST) * rate * units * price
    return earned + topped_up(earned, weekly_draw(pay, case["in_ramp"] == "yes") * weeks)


def pay_by_curve(credit: float, quota: float, rate: float, curve: Payout) -> float:
    """Pay of the period by its curve."""
    rate *= 1.0 - curve.year_share
    return curve_pay(credit, quota, rate, curve.threshold, curve.accelerator, curve.bonus, curve.cap)


def pay_of_the_year(case: dict[str, str]) -> float:
    """Composed as the firm does at the end of the year."""
    pay, curve, _ = plan_of(case)
    quota = float(case["yearly_quota"])
    return curve_pay(
        credit_of(case["sold_in_year"], pay),
        quota,
        rate_of_credit(pay, quota) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus,
        curve.year_cap,
    )


@pytest.mark.parametrize("case", CASES)
def test_the_period_pays_what_the_plan_says(case):
    assert pay_of_the_period(case) == pytest.approx(float(case["period_pay"]), abs=0.005)


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["year_pay"]])
def test_the_year_pays_what_the_plan_says(case):
    assert pay_of_the_year(case) == pytest.approx(float(case["year_pay"]), abs=0.005)


@pytest.mark.parametrize("case", CASES)
def test_the_arithmetic_beside_a_case_gives_its_result(case):
    assert worked_out(case["period_arithmetic"]) == pytest.approx(float(case["period_pay"]), abs=0.005)
    if case["year_pay"]:
        assert worked_out(case["year_arithmetic"]) == pytest.approx(number(case["year_pay"]), abs=0.005)


def test_every_part_of_a_pay_plan_has_a_case():
    """What a pay plan can say is in some case; curves (plans.csv), periods (calendars.csv), settings and fixed pay aside."""
    said = " ".join(case.values[0]["plan"] for case in CASES)
    beside = {
        "curve",
        "year_curve",
        "calendar",
        "target_pay",
        "ramp_weeks",
        "draw_kind",
        "market_pay",
        "manager_salary",
    }
    missing = [
        name
        for name in [*Pay.model_fields, *Payout.model_fields, *ByDeal.model_fields]
        if name not in {*beside, *SHORT_FORMS} and f"{name} " not in said
    ]
    assert missing == []


def test_cases_are_many_and_named_once():
    names = [case.id for case in CASES]
    assert len(names) >= 30
    assert len(set(names)) == len(names)
