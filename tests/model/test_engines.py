"""Both engines run the same source: every series, deal and final state is equal bit for bit."""

import numpy as np
import pytest
from hypothesis import given

from salesim.inputs.declared import declared_numbers
from salesim.model import tables
from salesim.model.agents import run_mesa
from salesim.model.books import Week
from salesim.model.columns import names
from salesim.model.compiled import run_compiled
from salesim.model.ideal import Ideal
from salesim.model.run import Run
from salesim.model.state import Luck
from salesim.outcomes.pair import FULL_EXECUTION
from tests.firms import (
    busy_firm,
    differences,
    ideals,
    nested,
    policies,
    replicates,
    scenarios,
    seeds,
    simulated,
    small_firm,
)

LEVERS = {path: number for path, number in declared_numbers().items() if number.kind == "lever"}
MODES = [(path, mode) for path, number in LEVERS.items() for mode in number.modes]
ENDS = [
    pytest.param(path, end, marks=[pytest.mark.nightly] * (end == number.low), id=f"{path}={end}")
    for path, number in LEVERS.items()
    if not number.modes
    for end in (number.low, number.high)
    if path not in ("organisation.headcount", "organisation.span_of_control")
]
SHORT = {
    "organisation.burn_in_weeks": 13,
    "organisation.weeks": 64,
}  # a year ends in it, and most dates are met
BURN_IN_ONLY = {"guide_intercept", "overhead", "optimism"}  # not counts


def both(scenario, seed=4, replicate=1, ideal=None, **kept):
    """The compiled run, and every column in which the Mesa run differs."""
    compiled = simulated(scenario, seed, replicate, ideal, **kept)
    return compiled, differences(
        compiled, simulated(scenario, seed, replicate, ideal, engine=run_mesa, **kept)
    )


@given(scenario=scenarios(), ideal=ideals, seed=seeds, replicate=replicates)
def test_engines_agree_bit_for_bit_on_any_numbers(scenario, ideal, seed, replicate):
    assert both(scenario, seed, replicate, ideal)[1] == []


@given(policy=policies(), ideal=ideals, seed=seeds, replicate=replicates)
def test_engines_agree_bit_for_bit_on_any_policy(policy, ideal, seed, replicate):
    """Ten or more levers at once, anywhere in their ranges, in a firm where much happens."""
    firm = small_firm(**nested({"needs.rate": 0.3, "leaving.turnover": 0.5} | policy))
    assert both(firm, seed, replicate, ideal)[1] == []


@pytest.mark.parametrize("dated", [True, pytest.param(False, marks=pytest.mark.nightly)])
@pytest.mark.parametrize(("path", "mode"), MODES)
def test_engines_agree_on_every_mode(path, mode, dated):
    """Each mode in a firm where everything happens, when it is dated and, every night, from its start."""
    group, _, name = path.partition(".")
    firm = busy_firm(**nested(SHORT | {"leaving.turnover": 0.8, path: mode}))
    plain = firm.model_copy(update={"dated": ()})
    moved = plain.model_validate(
        plain.model_dump()
        | {
            "dated": [{"lever": path, "value": mode, "start": 9}],
            group: plain.model_dump()[group] | {name: LEVERS[path].modes[LEVERS[path].default]},
        }
    )
    assert both(moved if dated else firm)[1] == []


@pytest.mark.parametrize("path", [path for path, number in LEVERS.items() if number.modes])
def test_every_mode_is_another_history(path):
    group, _, name = path.partition(".")
    quiet = {"communication": {"communication_mode": "none"}} if group != "communication" else {}
    if path == "payout.calendar":
        quiet["pay"] = {"period_weeks": 4}  # other periods have no months
    runs = []
    for mode in LEVERS[path].modes:
        firm = busy_firm(**quiet, **{group: {name: mode}}).model_copy(update={"dated": ()})
        runs.append(simulated(firm, 4, 1))
    for k, one in enumerate(runs):
        for other in runs[:k]:
            assert any(difference.startswith("books") for difference in differences(one, other))


@pytest.mark.parametrize(("path", "end"), ENDS)
def test_engines_agree_at_both_ends_of_every_lever(path, end):
    firm = busy_firm(**nested(SHORT | {path: LEVERS[path].type(end)}))
    assert both(firm)[1] == []


EACH_ALONE = [Ideal(**{name: True}) for name in names(Ideal)]


@pytest.mark.parametrize(
    "ideal",
    [Ideal(), FULL_EXECUTION, *EACH_ALONE],
    ids=lambda ideal: "+".join(name for name in names(Ideal) if getattr(ideal, name)) or "as it is",
)
def test_engines_agree_on_a_firm_with_everything_going_on(ideal):
    compiled, different = both(busy_firm(), ideal=ideal)
    assert different == []
    assert len(compiled.deals) > 300


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
def test_engines_agree_with_frozen_quotas_and_only_the_deals_of_the_last_week(ideal):
    quotas = simulated(busy_firm(), 4, 1).quotas
    assert both(busy_firm(), ideal=ideal, every_deal=False, quotas=quotas)[1] == []


def test_everything_goes_on_in_the_busy_firm():
    """Every column of the ledger moves, every outcome and every flag of a deal occurs."""
    run = simulated(busy_firm(), 4, 1)
    for column in names(Week):
        assert len(np.unique(run.books[column])) > 1 or column in BURN_IN_ONLY, column
        assert run.books[column].any(), column
    assert set(run.deals["outcome"]) == {1, 2, 3, 4, 5}
    for flag in ("tested", "at_floor", "asked", "granted"):
        assert len(np.unique(run.deals[flag])) == 2, flag
    assert (run.deals["asked"] & ~run.deals["granted"]).any()
    assert run.customers["generation"].max() > 0
    assert run.reps["hires"].max() > 1
    assert run.office["plan_changed"][0] > 0.0


def test_a_different_seed_or_replicate_is_a_different_history():
    firm = small_firm()
    first = simulated(firm, 1)
    assert differences(first, simulated(firm, 1)) == []
    assert differences(first, simulated(firm, 2))
    assert differences(first, simulated(firm, 1, 1))


def test_tables_grow_without_changing_history(monkeypatch):
    """With little room at first deals and years grow several times on the way."""
    firm = small_firm(
        needs={"rate": 0.3},
        organisation={"weeks": 520, "headcount": 12},
        leaving={"turnover": 0.8},
        handover={"vacancy_weeks": 2},
    )
    roomy = simulated(firm)
    monkeypatch.setattr(tables, "DEALS_PER_NEED", 0.0)
    monkeypatch.setattr(tables, "HOLDERS_PER_SEAT", 0.0)
    monkeypatch.setattr(tables, "MIN_ROOM", 1)
    for every_deal in (True, False):
        grown = simulated(firm, every_deal=every_deal)
        assert {d.partition(".")[0].partition(":")[0] for d in differences(roomy, grown)} <= (
            set() if every_deal else {"deals", "keeping"}
        )
    assert len(roomy.deals) > 4 * len(roomy.customers)
    assert len(roomy.years) > 200


def test_one_run_changes_nothing_of_what_it_was_given():
    """Frozen quotas are read and never written, whichever engine reads them."""
    firm = busy_firm()
    quotas = simulated(firm, 4, 1).quotas
    before = quotas.copy()
    for engine in (run_compiled, run_mesa):
        engine(Run(firm, Luck(9, 9), FULL_EXECUTION, quotas=quotas))
        assert quotas.tobytes() == before.tobytes()
