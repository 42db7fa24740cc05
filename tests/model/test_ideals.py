"""Causes at their ideal: they act from the first week of the plan, and only where something is amiss."""

import dataclasses

import numpy as np
import pytest

from salesim.model.columns import names
from salesim.model.ideal import Ideal
from salesim.model.scenario import Scenario
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.runs.simulate import simulate
from tests.firms import differences, simulated, small_firm

CAUSES = names(Ideal)
DIMENSIONS = {"shared vision", "price and value", "productivity", "people"}

# Firms in which a cause is at its ideal already, and what a deal says of itself aside nothing may change.
CLEAR_TO_ALL = {
    "communication": {
        "strategy_clarity": 1.0,
        "communication_mode": "direct",
        "message_interval": 1,
        "first_hop_fidelity": 1.0,
        "absorption": 1.0,
        "complacency": 0.0,
    },
    "training": {"onboarding": 0},
    "reviews": {"account_review_rate": 0.0},
    "planning": {"confusion": 0.0},
}
BELIEVED_BY_ALL = {"acceptance": {"trust_in_head_office": 1.0, "unheard_share": 1.0, "contradiction": 0.0}}
PAID_ON_MARGIN = {
    "pay": {"margin_weight": 1.0},
    "payout": {"accelerator": 1.0, "bonus": 0.0},
    "quotas": {"quota_ratchet": 0.0},
    "estimates": {"rep_information_advantage": 1.0},
    "second_chance": {"comeback": 0.0},
    "regime": {"discount_authority": 1.0},
    "market": {"cost_to_serve": 0.0, "misfit_cost": 0.0},
}
LINEAR_PAY = {"payout": {"accelerator": 1.0, "bonus": 0.0}, "timing": {"waiting_cost": 1e6}}
AT_IDEAL = {
    "understood": CLEAR_TO_ALL,
    "accepted": BELIEVED_BY_ALL,
    "plan_is_fresh": {"market": {"fit_drift": 0.0}, "planning": {"plan_error": 0.0}},
    "value_argued": {"selling": {"self_evident": 1.0}},
    "best_prices": PAID_ON_MARGIN,
    "calendar_ignored": LINEAR_PAY,
    "best_accounts": {"accounts": {"selling_time_share": 0.0}, "calls": {"loyalty": 1.0}},
    "best_effort": {"effort": {"lowest": 1.0, "highest": 1.0}},
    "best_skill": {
        "learning": {"practice": 0.0, "training_effect": 0.0},
        "coaching": {"most_learned": 0.0},
        "training": {"onboarding_effect": 0.0},
        "reviews": {"account_review_rate": 0.0},
    },
    "seats_filled": {"leaving": {"turnover": 0.0}},
}
LIVELY = {"organisation": {"weeks": 104}, "needs": {"rate": 0.2}}


def contribution(firm, ideal: Ideal, seeds: range = range(12)) -> np.ndarray:
    start = firm.organisation.burn_in_weeks
    return np.array([simulated(firm, seed, 0, ideal).books["contribution"][start:].sum() for seed in seeds])


def lively(groups) -> Scenario:
    """A firm with these numbers in which much goes on."""
    return small_firm(**{k: LIVELY.get(k, {}) | groups.get(k, {}) for k in {*LIVELY, *groups}})


def test_every_cause_is_declared_once_with_its_dimension():
    facts = [f.metadata for f in dataclasses.fields(Ideal)]
    assert {f["dimension"] for f in facts} == DIMENSIONS
    assert len({f["name"] for f in facts}) == len(CAUSES) == 10
    assert all(f["ideal"].endswith(".") for f in facts)
    assert set(AT_IDEAL) == set(CAUSES)


def test_the_burn_in_is_the_same_whatever_is_ideal():
    firm = small_firm()
    as_it_is = simulated(firm, 1).books[:13]
    for cause in CAUSES:
        ideal = simulated(firm, 1, 0, Ideal(**{cause: True})).books[:13]
        assert all((ideal[c] == as_it_is[c]).all() for c in ideal.dtype.names), cause


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_acts(cause):
    """Each alone changes the deals of a firm in which everything goes on."""
    firm = small_firm(
        organisation={"weeks": 104},
        leaving={"turnover": 0.5},
        market={"fit_drift": 0.2},
        needs={"rate": 0.2},
        payout={"accelerator": 4.0},
    )
    ideal, as_it_is = (simulated(firm, 1, 0, i) for i in (Ideal(**{cause: True}), Ideal()))
    assert any(d.startswith("deals") for d in differences(ideal, as_it_is))


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("others", [Ideal(), FULL_EXECUTION], ids=["alone", "beside all others"])
@pytest.mark.parametrize("seed", range(3))
def test_a_cause_already_at_its_ideal_is_worth_exactly_nothing(cause, others, seed):
    firm = lively(AT_IDEAL[cause])
    given = simulated(firm, seed).quotas
    on, off = (
        simulated(firm, seed, 0, dataclasses.replace(others, **{cause: switch}), quotas=given)
        for switch in (True, False)
    )
    told = (
        "deals.argued",
        "deals.wanted",
        "deals.worth",
        "deals.at_floor",
        "customers.best_root",
    )  # notes that nothing reads
    assert [d for d in differences(on, off) if not d.startswith(told)] == []


def test_where_each_rep_has_one_account_no_division_of_hours_is_better():
    """The same hours by another formula: equal but for rounding."""
    firm = lively({"organisation": {"accounts": 6, "weeks": 104}, "territories": {"size_spread": 0.0}})
    divided, best = (contribution(firm, ideal) for ideal in (Ideal(), Ideal(best_accounts=True)))
    assert divided == pytest.approx(best, rel=1e-9)
    assert divided.min() > 0.0


@pytest.mark.parametrize("cause", [cause for cause in CAUSES if cause != "best_accounts"])
def test_the_firms_already_at_an_ideal_are_alive(cause):
    """Otherwise nothing would be worth nothing for a trivial reason."""
    run = simulated(lively(AT_IDEAL[cause]))
    assert run.books["won"].sum() > 20


def test_all_switches_on_are_full_execution_bit_for_bit():
    firm = lively({"leaving": {"turnover": 0.5}})
    results = simulate(firm, replicates=3, seed=5)
    for pair in results.pairs:
        given = simulated(firm, 5, pair.replicate).quotas
        switched = simulated(firm, 5, pair.replicate, Ideal(**dict.fromkeys(CAUSES, True)), quotas=given)
        start = firm.organisation.burn_in_weeks
        for column in switched.books.dtype.names:
            assert switched.books[column][start:].tobytes() == pair.ideal_books[column].tobytes(), column


def test_quotas_are_those_of_the_realised_run_in_every_combination():
    firm = lively({"leaving": {"turnover": 0.5}, "handover": {"account_handover": "existing_rep"}})
    given = simulated(firm, 5).quotas
    for ideal in (FULL_EXECUTION, *(Ideal(**{cause: True}) for cause in CAUSES)):
        run = simulated(firm, 5, 0, ideal, quotas=given)
        assert run.quotas.tobytes() == given.tobytes()
        assert (run.reps["quota"] == given[-len(run.reps) :]).all()


def test_without_authority_and_leniency_only_list_is_quoted():
    firm = small_firm(regime={"discount_authority": 0.0}, approval={"approval_leniency": 0.0})
    assert set(simulated(firm).deals["price"]) == {100.0}


def test_ideal_prices_earn_more_than_any_single_discount_limit():
    """Per deal, the ideal price is the best for the firm: no limit can beat it on average."""
    fixed = {**LIVELY, "leaving": {"turnover": 0.0}}
    best = contribution(small_firm(**fixed), Ideal(best_prices=True))
    for authority in (0.0, 0.1, 0.3):
        firm = small_firm(**fixed, regime={"discount_authority": authority})
        gain = best - contribution(firm, Ideal())
        assert gain.mean() > 0.0, authority


def test_full_execution_beats_the_firm_as_it_is_under_every_seed():
    firm = small_firm(organisation={"weeks": 104})
    assert (contribution(firm, FULL_EXECUTION) > contribution(firm, Ideal())).all()


def test_a_fresh_plan_sees_every_account_as_it_is():
    run = simulated(lively({"market": {"fit_drift": 0.2}}), 3, 0, Ideal(plan_is_fresh=True))
    assert (run.customers["planned_fit"] == run.customers["fit"]).all()


def test_seats_that_are_empty_when_the_plan_starts_are_filled_at_once():
    firm = small_firm(
        organisation={"burn_in_weeks": 26}, leaving={"turnover": 0.95}, handover={"vacancy_weeks": 200}
    )
    run = simulated(firm, 3, 0, Ideal(seats_filled=True))
    assert run.books["staffed"][25] < 6
    assert (run.books["staffed"][26:] == 6).all()
    for_customers = run.books["selling_hours"] + run.books["service_hours"]
    trained = 3.0 * 8.0 / 52.0
    assert for_customers[26] == pytest.approx(6 * (40.0 * 0.33 - trained), rel=0.05)


def test_skill_is_best_from_the_first_week_of_the_plan():
    firm = small_firm(leaving={"turnover": 0.9}, handover={"vacancy_weeks": 1})
    before, first = simulated(firm, 3, 0, Ideal(best_skill=True)).books["skill"][12:14]
    assert first > before
    steady = small_firm(leaving={"turnover": 0.0}, reviews={"account_review_rate": 0.0})
    best, own = (simulated(steady, 3, 0, Ideal(best_skill=on)).books["skill"][13:] for on in (True, False))
    assert (best > own + 0.01).all()


def test_much_coaching_is_not_undone_by_best_practice():
    firm = small_firm(coaching={"coaching_share": 0.9}, organisation={"weeks": 104})
    best, own = (simulated(firm, 3, 0, Ideal(best_skill=on)).books["skill"] for on in (True, False))
    assert (best >= own - 1e-12).all()


def test_a_rep_paid_on_margin_who_knows_all_quotes_the_firms_myopic_best():
    """Weinberg 1975, in the living firm: every quote within 1% of the price that is best for the firm."""
    run = simulated(lively(PAID_ON_MARGIN), 3)
    deals = run.deals[run.deals["outcome"] != 5]
    for deal in deals[:200]:
        prices = np.linspace(deal["unit_cost"], deal["listed"], 4001)
        loss = deal["sensitivity"] * np.maximum(prices - deal["reference"], 0.0)
        chance = 1.0 / (1.0 + np.exp(-(deal["score"] - deal["sensitivity"] * prices - loss)))
        best = prices[np.argmax(chance * (prices - deal["unit_cost"]))]
        assert deal["price"] == pytest.approx(best, rel=0.01)


def test_a_dialogue_that_loses_nothing_is_a_direct_message():
    """With perfect fidelity and no news to bring, people hear the same."""
    runs = [
        simulated(
            small_firm(
                communication={"communication_mode": way, "first_hop_fidelity": 1.0},
                market={"fit_drift": 0.0},
                planning={"plan_error": 0.0},
            )
        )
        for way in ("direct", "dialogue")
    ]
    assert {d.partition(":")[0] for d in differences(*runs)} <= {"customers.misfit_of_plan"}


@pytest.mark.parametrize("months", [1, 6, 24, 120])
@pytest.mark.parametrize("way", ["cascade", "dialogue"])
def test_without_drift_it_does_not_matter_how_often_the_plan_is_renewed(way, months):
    """Not even where a dialogue has mended what the plan misjudged: a new look does not unlearn it."""

    def firm(every):
        return small_firm(
            market={"fit_drift": 0.0},
            planning={"strategy_refresh_months": every},
            communication={"communication_mode": way},
        )

    usual, other = (simulated(firm(every)) for every in (12, months))
    assert differences(usual, other) == []


def test_linear_pay_gives_no_week_of_the_quarter_its_own_price_or_bookings():
    """Without accelerators, bonuses and learned waiting the calendar leaves no trace."""
    firm = lively(LINEAR_PAY | {"organisation": {"weeks": 520}})
    run = simulated(firm)
    assert run.books["pulled_forward"].sum() == run.books["held_back"].sum() == 0.0
