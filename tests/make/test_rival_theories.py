"""Rival theories: each rule departs from the model's where its theory says, and experiments tell them apart."""

import json
import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.make.rivals import carrying_out as tell_apart
from docs.make.rivals import telling, written
from salesim.errors import ResultsError
from salesim.inputs.rivals import rival_rules
from salesim.model.agents import run_mesa
from salesim.model.binding import bind
from salesim.rules.discounting import quoted_price
from salesim.rules.estimates import shrunken_estimate
from salesim.rules.intensity import Effort, chosen_intensity
from salesim.rules.second_chance import worth_of_a_second_chance
from salesim.rules.timing import customer_waits, is_worth_holding, is_worth_hurrying
from salesim.runs.exec import Exec
from tests.firms import busy_firm, differences, simulated

paying, deciding = telling.paying, telling.deciding
SMALL = {
    "organisation.headcount": 6,
    "organisation.accounts": 150,
    "organisation.burn_in_weeks": 26,
    "organisation.weeks": 52,
}
money = st.floats(0.0, 1e3)


@given(money, money, st.floats(0.0, 1.0))
def test_under_effort_no_deal_moves_where_the_model_moves_it_by_pay(now, later, kept):
    assert not paying.never_hurried(now, later)
    assert not paying.never_held(now, later, kept)
    if later == now:
        assert not is_worth_hurrying(now, later)
        assert not is_worth_holding(now, later, kept)


def test_under_effort_deals_stay_that_the_model_would_hurry_hold_and_let_wait():
    assert is_worth_hurrying(0.12, 0.03)
    assert is_worth_holding(0.03, 0.12, 0.9)
    assert customer_waits(10.0, 1.0, 3)
    assert not paying.never_hurried(0.12, 0.03)
    assert not paying.never_held(0.03, 0.12, 0.9)
    assert not paying.never_waited(10.0, 1.0, 3)


@given(st.floats(0.0, 1.0), money, st.floats(0.0, 20.0))
def test_under_effort_a_price_ignores_what_pay_does_and_is_the_models_where_pay_does_nothing(
    chance, gain, ratio
):
    usual = worth_of_a_second_chance(chance, gain, 1.0)
    assert paying.worth_of_a_usual_time(chance, gain, ratio) == usual


def test_under_timing_intensity_ignores_pay_and_is_the_models_on_target():
    effort = Effort()
    assert paying.steady_intensity(effort, 1.0) == chosen_intensity(effort, 1.0) == 1.0
    assert paying.steady_intensity(effort, 16.0) == 1.0 < chosen_intensity(effort, 16.0)
    assert paying.steady_intensity(effort, 0.0) == 1.0 > chosen_intensity(effort, 0.0)


@given(st.floats(0.0, 1.0), st.floats(-10.0, 1e3), st.floats(0.0, 20.0))
def test_under_timing_a_deal_is_still_there_as_in_the_model_where_all_come_back(chance, gain, ratio):
    rival = paying.worth_of_the_next_period(chance, gain, ratio)
    assert rival == worth_of_a_second_chance(1.0, gain, min(ratio, 1.0))
    if ratio <= 1.0:
        assert rival >= worth_of_a_second_chance(chance, gain, ratio)


def test_under_timing_a_price_falls_by_dollars_where_a_dollar_pays_four_times_as_much_now():
    """A gain of 10 later: the model's price gives way by less than a dollar, the rival's by more than two."""

    def falls(rule):
        usual, rushed = (quoted_price(4.0, 0.055, 10.0 + rule(0.15, 10.0, ratio)) for ratio in (1.0, 0.25))
        return usual - rushed

    assert 0.0 < falls(worth_of_a_second_chance) < 1.0
    assert 2.0 < falls(paying.worth_of_the_next_period) < 5.0


@given(st.floats(-50, 50), st.floats(-3, 3), st.floats(0.0, deciding.USUAL_SPREAD), st.floats(0.0, 30.0))
def test_playing_safe_changes_nothing_where_customers_differ_as_usual_or_less(
    deviation, error, prior, noise
):
    rival = deciding.cautious_estimate(deviation, error, prior, noise)
    assert rival == shrunken_estimate(deviation, error, prior, noise)


@given(st.floats(10.1, 60.0), st.floats(0.1, 30.0))
def test_playing_safe_lowers_the_guess_of_an_average_deal_where_customers_differ_more(prior, noise):
    assert (
        deciding.cautious_estimate(0.0, 0.0, prior, noise)
        < 0.0
        == shrunken_estimate(0.0, 0.0, prior, noise)
    )


def test_playing_safe_takes_off_what_is_unknown_beyond_the_usual():
    """Spread 20, error 6 grown to 12: 20 * 12 / sqrt(544) unknown, against 10 * 6 / sqrt(136) as usual."""
    off = 240.0 / math.sqrt(544.0) - 60.0 / math.sqrt(136.0)
    assert deciding.cautious_estimate(0.0, 0.0, 20.0, 6.0) == pytest.approx(-off)
    assert deciding.cautious_estimate(17.0, 0.0, 20.0, 6.0) == pytest.approx(17.0 * 400.0 / 544.0 - off)


ALL_AT_ONCE = {**paying.EFFORT, **paying.TIMING, **deciding.REPS_PLAY_SAFE}


@pytest.mark.nightly
def test_all_rival_rules_compile_and_give_the_same_bits_on_both_engines():
    """All in one firm, because each set takes half a minute to compile; the one left out, by itself."""
    left_out = bind(paying.worth_of_a_usual_time, numba.njit, {}, {})
    assert left_out(0.5, 8.0, 3.0) == paying.worth_of_a_usual_time(0.5, 8.0, 3.0)
    firm = busy_firm(market={"deal_value_spread": 14.0}, timing={"timing_slack_weeks": 8})
    rivals = rival_rules(ALL_AT_ONCE)
    compiled = simulated(firm, rivals=rivals)
    assert differences(compiled, simulated(firm, rivals=rivals, engine=run_mesa)) == []
    assert differences(compiled, simulated(firm)) != []


@pytest.mark.parametrize("rules", [paying.EFFORT, paying.TIMING, deciding.REPS_PLAY_SAFE])
def test_every_rule_of_a_theory_is_the_rival_of_a_rule_there_is(rules):
    assert len(rival_rules(rules)) == len(rules) > 0


def small(experiment, replicates):
    """The study of an experiment in a small firm over one year."""
    study = tell_apart.study_of(experiment, replicates)
    firms = {name: firm.with_numbers(SMALL) for name, firm in study.firms.items()}
    return study.model_copy(update={"firms": firms})


@pytest.fixture(scope="module")
def pay(tmp_path_factory):
    study = small(telling.EFFORT_OR_TIMING, 5)
    chosen = ("baseline", "accelerated_at_1_0", "accelerated_at_3_0")
    free = {
        "firms": {name: study.firms[name] for name in chosen},
        "levers": {"regime.discount_authority": (0.6,)},
        "uncertainties": {"timing.timing_slack_weeks": (8,)},
    }
    study = study.model_copy(update=free)
    return tell_apart.found_by(
        telling.EFFORT_OR_TIMING, study, tmp_path_factory.mktemp("pay"), Exec(1, "mesa")
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    experiment = telling.AUTHORITY_UNDER_UNCERTAINTY
    study = small(experiment, 12)
    firms = {name: study.firms[name] for name in (telling.FIXED, telling.DELEGATED)}
    study = study.model_copy(update={"firms": firms, "uncertainties": {telling.SPREAD: (6.0, 22.0)}})
    return tell_apart.found_by(experiment, study, tmp_path_factory.mktemp("authority"), Exec(1, "mesa"))


@pytest.mark.nightly
def test_the_calendar_of_a_small_firm_tells_effort_from_timing(pay):
    _, low, _ = pay.apart("moved_to_the_turn")
    assert low > 0.0


@pytest.mark.nightly
def test_profit_of_a_small_firm_tells_reps_who_see_more_from_reps_who_play_safe(authority):
    _, _, high = authority.apart("gained_by_uncertainty")
    assert high < 0.0


@pytest.mark.nightly
def test_theories_agree_where_deals_differ_as_usual(authority):
    own, rival = (telling.worth_of_authority(sweep)[6.0] for sweep in authority.sweeps.values())
    np.testing.assert_array_equal(own, rival)


@pytest.mark.nightly
def test_the_page_says_what_the_runs_say(pay, authority):
    text = tell_apart.rivals_page([pay, authority])
    for found in (pay, authority):
        first = found.experiment.statistics[0].name
        assert written.said(found.apart(first)) in text
        assert written.title_of(found) in text
        assert written.drawn(found).axes
    assert all(work in text for work in ("Steenburgh 2008", "Larkin 2014", "Oyer 1998", "Lal 1986", "Lo, "))


@pytest.mark.nightly
def test_the_manifest_names_rules_and_runs_of_every_theory(pay):
    made = json.loads(json.dumps(tell_apart.made_from([pay])))["effort_or_timing"]
    assert made["rivals"]["timing"]["intensity.chosen_intensity"] == "effort_or_timing:steady_intensity"
    assert made["rivals"]["both"] == {}
    assert set(made["runs"]) == {"effort", "timing", "both"}
    assert len(set(made["runs"].values())) == 3


@pytest.mark.nightly
def test_rates_that_do_not_lie_around_equal_pay_are_refused(pay):
    runs = pay.sweeps["both"].frame
    dear = runs.assign(variable_pay=runs["variable_pay"].where(runs["policy"] == "baseline", 1e9))

    class Dear:
        study = pay.study

    Dear.frame = dear
    with pytest.raises(ResultsError, match="no rates around equal pay"):
        telling.at_equal_pay(Dear, telling.FREE, dear.set_index("run_id")["variable_pay"])


@pytest.mark.nightly
def test_at_equal_pay_numbers_are_taken_between_the_rates_around_it(pay):
    """Pay itself is, at equal pay, equal."""
    runs = pay.sweeps["both"].frame
    linear, accelerated = telling.at_equal_pay(
        pay.sweeps["both"], telling.FREE, runs.drop_duplicates("run_id").set_index("run_id")["variable_pay"]
    )
    assert accelerated.mean() == pytest.approx(linear.mean())


@pytest.mark.nightly
def test_figures_claim_nothing_that_intervals_do_not_hold(authority):
    same = {theory: np.array([-1.0, 1.0, 0.5]) for theory in authority.experiment.theories}
    numbers = written.numbers_of(authority.experiment, {"gained_by_uncertainty": same})
    alike = written.Found(authority.experiment, authority.study, numbers, {})
    assert alike.verdict("gained_by_uncertainty") == "does not decide between them"
    assert "cannot be told apart" in written.title_of(alike)
    assert "within noise" in written.said(numbers["gained_by_uncertainty"]["see_more"])
