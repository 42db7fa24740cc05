"""What reps are paid: worked cases that a sales-operations person can read (tests/cases/pay.csv)."""

from __future__ import annotations

import pytest

from salesim.rules.knots import SHORT_FORMS
from salesim.rules.pay import Pay, credit_per_unit, rate_of_credit, sums_of_a_deal, weekly_draw
from salesim.rules.payout import Payout, topped_up

from .curves import curve_pay
from .worked import number, worked_cases, worked_out

PLAIN_PAY = {"target_pay": 150_000.0, "pay_mix": 0.4, "commission_rate": 0.04}
PLAIN_CURVE = {"accelerator": 1.0, "bonus": 0.0}
UNIT_COST, PLANNED_MARGIN = 54.0, 0.4
CASES = worked_cases("pay.csv")


def plan_of(case: dict[str, str]) -> tuple[Pay, Payout]:
    """The plain plan with what the case changes in it."""
    pay, curve = dict(PLAIN_PAY), dict(PLAIN_CURVE)
    for change in filter(None, case["plan"].split("; ")):
        name, value = change.split(" ")
        group, fields = (
            (pay, Pay.model_fields) if name in Pay.model_fields else (curve, Payout.model_fields)
        )
        if name == "plan_kind":
            group[name] = value
        else:
            group[name] = fields[name].annotation(value)
    return Pay(**pay), Payout(**curve)


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
    pay, curve = plan_of(case)
    quota, weeks = float(case["yearly_quota"]), float(case["weeks"])
    earned = curve_pay(
        credit_of(case["sold"], pay),
        quota * weeks / 52.0,
        rate_of_credit(pay, quota) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus,
        curve.cap,
    )
    earned += pay.target_rate * sum(units * price for units, price in deals_of(case["to_targets"]))
    earned += pay.new_rate * sum(units * price for units, price in deals_of(case["to_new"]))
    earned += sum(sums_of_a_deal(pay, units) for units, _ in deals_of(case["sold"]))
    return earned + topped_up(earned, weekly_draw(pay, case["in_ramp"] == "yes") * weeks)


def pay_of_the_year(case: dict[str, str]) -> float:
    """Composed as the firm does at the end of the year."""
    pay, curve = plan_of(case)
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
    """What a pay plan can say is in some case; curves (plans.csv), settings and fixed pay aside."""
    said = " ".join(case.values[0]["plan"] for case in CASES)
    beside = {
        "curve",
        "year_curve",
        "target_pay",
        "ramp_weeks",
        "draw_kind",
        "market_pay",
        "manager_salary",
    }
    missing = [
        name
        for name in [*Pay.model_fields, *Payout.model_fields]
        if name not in {*beside, *SHORT_FORMS} and f"{name} " not in said
    ]
    assert missing == []


def test_cases_are_many_and_named_once():
    names = [case.id for case in CASES]
    assert len(names) >= 30
    assert len(set(names)) == len(names)
