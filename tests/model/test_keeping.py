"""How a run is kept: deals may be forgotten, and quotas held fixed at those of another run."""

import numpy as np
import pytest
from hypothesis import given

from salesim.model.agents import Manager, SalesModel, run_mesa
from salesim.model.compiled import run_compiled
from salesim.model.ideal import Ideal
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.rules.quotas import Quotas
from tests.firms import (
    PLANS_OF_GROUPS,
    TABLES,
    busy_firm,
    differences,
    ideals,
    scenarios,
    seeds,
    simulated,
    small_firm,
)

ENGINES = [run_compiled, run_mesa]
FIRMS = {
    "small": small_firm(),
    "busy": busy_firm(),
    "many come and go": small_firm(leaving={"turnover": 0.8}, handover={"vacancy_weeks": 3}),
    "accounts move": small_firm(
        leaving={"turnover": 0.8}, handover={"vacancy_weeks": 3, "account_handover": "existing_rep"}
    ),
    "without burn-in": small_firm(organisation={"burn_in_weeks": 0}),
    "by quota": small_firm(pay={"plan_kind": "quota"}, organisation={"weeks": 120}),
}


def tables_in(found: list[str]) -> set[str]:
    return {difference.partition(".")[0].partition(":")[0] for difference in found}


def by_week(run) -> np.ndarray:
    """Quotas by week and seat."""
    return run.quotas.reshape(len(run.books), len(run.reps))


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_forgetting_deals_changes_no_other_bit(scenario, ideal, seed):
    kept, forgotten = (simulated(scenario, seed, 0, ideal, every_deal=every) for every in (True, False))
    assert tables_in(differences(kept, forgotten)) <= {"deals", "keeping"}
    of_last_week = kept.deals[kept.deals["week"] == len(kept.books) - 1]
    for column in kept.deals.dtype.names:
        assert forgotten.deals[column].tobytes() == of_last_week[column].tobytes(), column


@pytest.mark.parametrize("engine", ENGINES)
def test_only_the_deals_of_the_last_week_are_left(engine):
    kept, forgotten = (
        simulated(busy_firm(), 4, 1, engine=engine, every_deal=every) for every in (True, False)
    )
    assert tables_in(differences(kept, forgotten)) == {"deals", "keeping"}
    assert set(forgotten.deals["week"]) == {len(kept.books) - 1}
    assert len(kept.deals) > 50 * len(forgotten.deals) > 0


def test_a_model_that_forgets_deals_does_not_grow():
    model = SalesModel(small_firm(needs={"rate": 1.0}), seed=3, every_deal=False)
    rows = []
    while model.running:
        model.step()
        rows.append(len(model.deals))
    assert rows[-1] <= len(model.customers)
    assert sum(book.quoted for book in model.books) > 4 * rows[-1]


def in_what_matters(found: list[str]) -> list[str]:
    """Without the notes on quotas, given or not, and what the plan by which none were set would ask."""
    notes = ("keeping.quotas_given", "keeping.without_quota", "reps.quota_weight", "reps.planned_quota")
    return [d for d in found if not d.startswith(notes)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
@pytest.mark.parametrize("name", FIRMS)
def test_a_run_that_is_given_its_own_quotas_is_the_same_run(name, ideal, engine):
    own = simulated(FIRMS[name], 4, 1, ideal, engine=engine)
    again = simulated(FIRMS[name], 4, 1, ideal, engine=engine, quotas=own.quotas)
    assert in_what_matters(differences(own, again)) == []


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_any_run_that_is_given_its_own_quotas_is_the_same_run(scenario, ideal, seed):
    """But for quotas that were set in the last week, for the week after, which are not noted."""
    own = simulated(scenario, seed, 0, ideal)
    again = simulated(scenario, seed, 0, ideal, quotas=own.quotas)
    different = in_what_matters(differences(own, again))
    after_the_end = ("reps.quota:",)
    assert [d for d in different if not d.startswith(after_the_end)] == []


@pytest.mark.parametrize("name", FIRMS)
def test_the_burn_in_of_the_promise_is_that_of_the_realised_run(name):
    """With its quotas held fixed, full execution differs from the first week of the plan, not before."""
    firm = FIRMS[name]
    realised = simulated(firm, 4, 1)
    promised = simulated(firm, 4, 1, FULL_EXECUTION, quotas=realised.quotas)
    start = firm.organisation.burn_in_weeks
    for column in realised.books.dtype.names:
        a, b = realised.books[column], promised.books[column]
        assert a[:start].tobytes() == b[:start].tobytes(), column
    assert (
        realised.books["contribution"][start:].tobytes() != promised.books["contribution"][start:].tobytes()
    )


@pytest.mark.parametrize("name", FIRMS)
def test_quotas_held_fixed_are_those_given_in_every_week(name):
    """Whatever happens to seats and accounts meanwhile; a seat that had none there has the mean here."""
    firm = FIRMS[name]
    given = by_week(simulated(firm, 4, 1))
    noted: dict[int, dict[int, tuple[float, int]]] = {week: {} for week in range(len(given))}

    class Noting(Manager):
        """A manager who notes down the quotas under which the team plans its week."""

        def plan(self, scenario, firm, t):
            for k in range(self.first_rep, self.last_rep):
                noted[t][k] = (firm.reps[k].quota, firm.reps[k].accounts)
            super().plan(scenario, firm, t)

    model = SalesModel(firm, 4, 1, FULL_EXECUTION, quotas=given.ravel(), manager_class=Noting)
    while model.running:
        model.step()
    for week, seats in noted.items():
        mean = given[week][given[week] > 0.0].mean()
        assert len(seats) == given.shape[1]
        for seat, (quota, accounts) in seats.items():
            had = given[week][seat]
            expected = had if had > 0.0 or accounts == 0 else mean
            assert quota == pytest.approx(expected, rel=1e-12), (week, seat)
    if firm.leaving.turnover > 0.5:
        staffed = simulated(firm, 4, 1).books["staffed"]
        assert ([book.staffed for book in model.books] != staffed).any()
    for engine in ENGINES:
        ideal = simulated(firm, 4, 1, FULL_EXECUTION, engine=engine, quotas=given.ravel())
        assert by_week(ideal).tobytes() == given.tobytes()
    assert differences(ideal, model.tables()) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_quotas_held_fixed_are_what_reps_are_paid_by(engine):
    """By the quota plan a dollar of credit pays target incentive over the quota that was given."""
    firm = small_firm(
        organisation={"burn_in_weeks": 0},
        needs={"rate": 0.5},
        leaving={"turnover": 0.0},
        pay={"plan_kind": "quota"},
        payout={"accelerator": 1.0, "bonus": 0.0},
    )
    own = simulated(firm, 4, 1, engine=engine)
    half = simulated(firm, 4, 1, engine=engine, quotas=0.5 * own.quotas)
    assert half.years["quota"] == pytest.approx(0.5 * own.years["quota"])
    for run in (own, half):
        rate = 60_000.0 / run.years["quota"]
        assert run.years["variable_pay"] == pytest.approx(rate * run.years["credited"], rel=1e-9)


def test_quotas_are_noted_week_by_week_and_change_by_the_year():
    """The firm of the default handover sets quotas once a year; burn-in ends within one."""
    run = simulated(small_firm(organisation={"burn_in_weeks": 26, "weeks": 130}), 4, 1)
    changed = np.nonzero((np.diff(by_week(run), axis=0) != 0.0).any(axis=1))[0] + 1
    assert list(changed) == [52, 104]
    plans = run.books["operating_plan"]
    totals = by_week(run).sum(axis=1)
    assert totals == pytest.approx(plans * (1.0 + Quotas().over_assignment), rel=1e-12)


def test_every_table_that_a_run_leaves_is_compared():
    given = [{"start": 6, "weeks": 20, "quotas": [1e5, 0.0, 3e5]}]
    run = simulated(busy_firm(given_quotas=given, pay_plans=PLANS_OF_GROUPS), 4, 1)
    assert set(vars(run)) == set(TABLES)
    assert all(len(getattr(run, table)) for table in TABLES)
