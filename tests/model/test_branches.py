"""Plans that share one burn-in are what each of them would be alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from salesim.model.columns import names
from salesim.model.engine import run_branches, run_once
from salesim.model.ideal import Ideal
from salesim.model.run import Run
from salesim.model.state import Luck
from tests.firms import busy_firm, differences, ideals, scenarios, seeds, small_firm

IDEALS = [
    Ideal(),
    Ideal(understood=True, seats_filled=True),
    Ideal(**dict.fromkeys(names(Ideal), True)),
    Ideal(),
]
DATED = [{"lever": "regime.discount_authority", "value": 0.3, "start": 10, "stop": 20}]
NO_QUOTAS = {"organisation": {"accounts": 12, "weeks": 65}, "needs": {"rate": 1e-7, "account_spread": 3.0}}
GIVEN = [
    {"start": 0, "weeks": 13, "quotas": [1e5, 0.0, 3e5, 2e4]},
    {"start": 26, "weeks": 13, "quotas": [7e3, 2e5, 0.0, 9e5, 1e5, 5e5]},
]
FIRMS = {
    "usual": small_firm(),
    "no burn-in": small_firm(organisation={"burn_in_weeks": 0}),
    "burn-in ends with the year": small_firm(organisation={"burn_in_weeks": 52}),
    "dated": small_firm(dated=DATED),
    "many deals": small_firm(needs={"rate": 2.0}),
    "empty seats": busy_firm(organisation={"burn_in_weeks": 70, "weeks": 52}),
    "no quotas": busy_firm(**NO_QUOTAS),
    "given quotas": busy_firm(given_quotas=GIVEN, organisation={"weeks": 52}),
    "given quotas and no burn-in": small_firm(given_quotas=GIVEN, organisation={"burn_in_weeks": 0}),
}
UNUSED = ("reps.quota_weight", "reps.planned_quota")  # which nothing reads where quotas are held


def check_branches(run: Run, wanted: list[Ideal], engine: str) -> None:
    realised, *branches = run_branches(run, wanted, engine)
    assert differences(realised, run_once(run, "compiled")) == []
    held = run.held(realised.quotas)
    for ideal, branch in zip(wanted, branches, strict=True):
        found = differences(branch, run_once(replace(held, ideal=ideal), "compiled"))
        assert [column for column in found if not column.startswith(UNUSED)] == []


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
@pytest.mark.parametrize("name", FIRMS)
def test_branches_have_the_bits_of_runs_of_their_own(name, engine):
    check_branches(Run(FIRMS[name], Luck(3, 1)), IDEALS, engine)


@given(scenarios(), seeds, ideals)
@settings(max_examples=60)
def test_any_firm_has_the_bits_of_runs_of_its_own(firm, seed, ideal):
    check_branches(Run(firm, Luck(seed, 0), every_deal=seed % 2 == 0), [ideal], "compiled")


@pytest.mark.parametrize(("name", "shared"), [("empty seats", True), ("no quotas", False)])
def test_a_burn_in_is_shared_unless_a_seat_with_accounts_had_no_quota(name, shared):
    tables = run_once(Run(FIRMS[name], Luck(3, 1)), "compiled")
    assert (tables.quotas <= 0.0).any()
    assert tables.without_deals().hold(tables.quotas) == shared
