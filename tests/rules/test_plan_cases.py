"""Pay plans of firms as policies (tests/cases/plans), and what they pay (tests/cases/plans.csv)."""

from __future__ import annotations

import pytest

from salesim.inputs.load import load_scenario
from salesim.rules.curve import NEVER, expected_pay, pay_at, terms_of

from .worked import FOLDER, number, worked_cases, worked_out

CASES = worked_cases("plans.csv")
PLANS = {path.stem: path for path in sorted((FOLDER / "plans").glob("*.toml"))}


@pytest.fixture(scope="module")
def payouts():
    """What each policy says of pay, laid over the typical firm."""
    return {name: load_scenario("typical_firm", path).payout for name, path in PLANS.items()}


@pytest.mark.parametrize("part", [1.0, 9 / 13])
@pytest.mark.parametrize("case", CASES)
def test_the_plan_pays_what_it_says(case, part, payouts):
    """Also to a rep who is in the seat for a part of the period."""
    lines = payouts[case["plan"]].by_period
    quota = float(case["quota"]) * part
    credit = quota * float(case["attainment"])
    terms = terms_of(lines, quota, 0.033, part, number(case["missing_for_the_year"], NEVER) * part)
    assert pay_at(lines, terms, credit) == pytest.approx(float(case["pay"]) * part, abs=0.005)
    if "exactly" not in case["case"] and "reaches" not in case["case"]:
        assert expected_pay(lines, terms, credit, 0.0) == pytest.approx(float(case["pay"]) * part, abs=0.01)


@pytest.mark.parametrize("case", CASES)
def test_the_arithmetic_beside_a_case_gives_its_result(case):
    assert worked_out(case["arithmetic"]) == pytest.approx(float(case["pay"]), abs=0.005)


def test_every_plan_has_a_case():
    assert {case.values[0]["plan"] for case in CASES} == set(PLANS)
    assert len(PLANS) >= 7
