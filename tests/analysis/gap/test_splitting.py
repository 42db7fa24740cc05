"""The gap split over causes: it adds up, an ideal cause takes nothing, and sampling agrees with counting all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salesim.analysis.gap import splitting
from salesim.analysis.gap.ledger import Amount
from salesim.analysis.gap.splitting import gap, gap_study, ledger_of
from salesim.errors import SalesimError
from salesim.inputs.design import BASELINE
from salesim.model.ideal import Ideal
from salesim.model.scenario import Scenario
from salesim.runs.causes import CAUSES, DIMENSIONS, PAY_OFF_TARGET, SWITCHES
from salesim.runs.coalitions import EVERYTHING, GROUPS, NOTHING, asked_for, ideal_of, kept_as, orders_in
from salesim.runs.exec import Exec
from salesim.runs.runs import open_results
from salesim.runs.simulate import simulate
from salesim.runs.sweep import sweep
from salesim.runs.verifying import verify
from salesim.statistics import Interval
from tests.firms import small_firm
from tests.messages import message_of
from tests.model.test_ideals import AT_IDEAL, lively
from tests.show.figures.reading import with_other

FIRM = small_firm(needs={"rate": 0.2})
REPLICATES = 12
PLACES = {cause.name: k for k, cause in enumerate(CAUSES)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("gap") / "exact"


@pytest.fixture(scope="module")
def ledger(folder):
    return gap(FIRM, replicates=REPLICATES, out=folder)


def test_parts_add_up_to_the_gap_in_every_replicate(ledger):
    assert ledger.split.parts.shape == (REPLICATES, len(CAUSES))
    sums = ledger.split.parts.sum(axis=1)
    assert np.abs(sums - ledger.split.gap).max() <= 1e-12 * np.abs(ledger.split.promised).max()
    assert sum(a.mean for a in ledger.causes) == pytest.approx(ledger.split.gap.mean(), rel=1e-12)
    assert sum(a.mean for a in ledger.dimensions) == pytest.approx(ledger.split.gap.mean(), rel=1e-12)


def test_promise_and_result_are_those_of_the_run(ledger):
    results = simulate(FIRM, replicates=REPLICATES)
    assert ledger.split.promised.tolist() == results.values["promised"]
    assert ledger.split.realised.tolist() == results.values["realised"]
    assert ledger.realisation_ratio == results.measures["realisation_ratio"].mean


def test_what_needs_no_run_is_what_the_books_say(ledger):
    pairs = simulate(FIRM, replicates=REPLICATES).pairs
    paid = [
        float((p.realised_books["variable_pay"] - p.realised_books["on_target_pay"]).sum()) for p in pairs
    ]
    assert ledger.split.parts[:, PLACES[PAY_OFF_TARGET.name]] == pytest.approx(paid, abs=1e-6)
    full = np.array(simulate(FIRM, replicates=REPLICATES).values["full_execution"])
    assert ledger.split.parts[:, PLACES["optimism"]].tolist() == (ledger.split.promised - full).tolist()


def test_without_optimism_the_plan_adds_exactly_nothing(tmp_path):
    firm = small_firm(planning={"optimism": 0.0})
    found = gap(firm, replicates=2, orders=1, out=tmp_path / "out")
    assert (found.split.parts[:, PLACES["optimism"]] == 0.0).all()


@pytest.mark.parametrize("switch", [s for s in SWITCHES if s != "best_accounts"])
def test_a_cause_at_its_ideal_takes_exactly_nothing(switch, tmp_path):
    """But for the division of hours, whose ideal is worked out anew and equal to a last bit only."""
    name = next(cause.name for cause in CAUSES if cause.switch == switch)
    found = gap(lively(AT_IDEAL[switch]), replicates=2, seed=3, orders=1, out=tmp_path / "out")
    assert (found.split.parts[:, PLACES[name]] == 0.0).all()
    amount = found.causes[PLACES[name]]
    assert (amount.mean, amount.low, amount.high) == (0.0, 0.0, 0.0)
    assert not amount.unclear


def test_sampled_orders_agree_with_all_coalitions(ledger, tmp_path):
    sampled = gap(FIRM, replicates=REPLICATES, orders=6, out=tmp_path / "out")
    assert sampled.split.promised.tolist() == ledger.split.promised.tolist()
    assert (
        np.abs(sampled.split.parts.sum(axis=1) - sampled.split.gap).max()
        <= 1e-12 * np.abs(sampled.split.promised).max()
    )
    assert sampled.split.interactions.tolist() == ledger.split.interactions.tolist()
    error = (sampled.split.parts - ledger.split.parts).mean(axis=0)
    noise = (sampled.split.parts - ledger.split.parts).std(axis=0, ddof=1) / REPLICATES**0.5
    assert (np.abs(error) <= 4.0 * noise + 1e-9 * ledger.split.promised.mean()).all()
    assert (noise[2:] > 0.0).any()


def test_intervals_hold_sampling_error_too(ledger, tmp_path):
    """Few orders cost certainty: intervals are wider than those of all coalitions, taken together."""
    sampled = gap(FIRM, replicates=REPLICATES, orders=1, out=tmp_path / "out")

    def widths(found):
        return sum(a.high - a.low for a in found.causes[2:])

    assert widths(sampled) > 1.05 * widths(ledger)


def test_workers_and_engines_give_the_same_bits(ledger, tmp_path):
    one = gap(FIRM, replicates=2, how=Exec(workers=1), out=tmp_path / "one")
    assert one.split.parts.tolist() == ledger.split.parts[:2].tolist()
    mesa = gap(FIRM, replicates=1, orders=1, how=Exec(1, "mesa"), out=tmp_path / "mesa")
    fast = gap(FIRM, replicates=1, orders=1, out=tmp_path / "fast")
    assert mesa.split.parts.tolist() == fast.split.parts.tolist()


def test_a_folder_holds_the_split_and_can_be_verified(ledger, folder):
    again = ledger_of(open_results(folder))
    assert again.split.parts.tolist() == ledger.split.parts.tolist()
    assert verify(folder, 2).differences == []
    table = open_results(folder).table("coalitions").to_pandas()
    assert len(table) == REPLICATES * 160
    whole = table[table["coalition"] == EVERYTHING]
    assert whole[list(SWITCHES)].to_numpy().all()
    runs = open_results(folder).frame.set_index("run_id")["full_execution"]
    assert whole.set_index("run_id")["contribution_at_target"].to_dict() == runs.to_dict()


def test_an_interrupted_split_goes_on_where_it_was(ledger, tmp_path):
    class Stop(Exception):
        pass

    def stopping(_, runs):
        for number, run in enumerate(runs):
            if number == 3:
                raise Stop
            yield run

    with pytest.raises(Stop):
        gap(FIRM, replicates=5, how=Exec(workers=1, watch=stopping), out=tmp_path / "out")
    seen = []

    def counting(stage, runs):
        seen.append(stage.there)
        return runs

    found = gap(FIRM, replicates=5, out=tmp_path / "out", how=Exec(watch=counting))
    assert seen == [3]
    assert found.split.parts.tolist() == ledger.split.parts[:5].tolist()


def test_each_policy_of_a_sweep_can_be_split(tmp_path):
    study = gap_study(FIRM, "firm", 2, 1, 1)
    other = FIRM.with_numbers({"regime.discount_authority": 0.4})
    found = sweep(study.model_copy(update={"firms": {BASELINE: FIRM, "wide": other}}), out=tmp_path / "out")
    baseline, wide = ledger_of(found), ledger_of(found, "wide")
    assert wide.firm == other
    assert (
        wide.split.parts.tolist()
        == gap(other, replicates=2, orders=1, out=tmp_path / "alone").split.parts.tolist()
    )
    assert baseline.split.parts.tolist() != wide.split.parts.tolist()


def test_causes_are_those_of_the_model_by_dimension(golden):
    assert tuple(dict.fromkeys(cause.dimension for cause in CAUSES)) == DIMENSIONS
    assert len(DIMENSIONS) == 5
    golden("\n".join(DIMENSIONS))
    assert [len(group) for group in GROUPS] == [3, 3, 3, 1]
    assert [CAUSES[k + 2].switch for group in GROUPS for k in group] == list(SWITCHES)
    assert ideal_of(NOTHING) == Ideal()
    assert all(getattr(ideal_of(EVERYTHING), name) for name in SWITCHES)
    assert ideal_of(0b10) == Ideal(accepted=True)


def test_tables_are_called_by_how_they_are_drawn():
    assert [orders_in(kept_as(orders)) for orders in (0, 1, 17)] == [0, 1, 17]
    assert [orders_in(name) for name in ("deals", "coalitions_along_", "coalitions_along_x")] == [None] * 3


def test_large_firms_are_sampled_whatever_the_machine():
    large = Scenario.model_validate({"organisation": {"accounts": 100_000}})
    assert gap_study(Scenario(), "typical", 30, 1, None).tables == ("coalitions",)
    assert gap_study(large, "large", 30, 1, None).tables == ("coalitions_along_2",)
    assert gap_study(large, "large", 30, 1, 0).tables == ("coalitions",)


def test_sampled_coalitions_hold_those_of_whole_dimensions():
    from salesim.model.run import Run
    from salesim.model.state import Luck
    from salesim.runs.game import unions

    asked = asked_for(Run(FIRM, Luck(1, 0)), 1)
    assert set(unions(GROUPS)) <= set(asked)
    assert len(asked) == len(set(asked)) <= 28


@pytest.mark.parametrize(
    ("interval", "noise"),
    [
        ((-1.0, 1.0), True),
        ((0.0, 1.0), True),
        ((0.1, 1.0), False),
        ((-2.0, -1.0), False),
        ((0.0, 0.0), False),
        ((float("nan"), float("nan")), False),
    ],
)
def test_noise_is_an_interval_that_holds_zero(interval, noise):
    estimate = Interval(0.5 * sum(interval), *interval)
    assert Amount(name="x", dimension="y", estimate=estimate).unclear is noise


def test_one_replicate_has_parts_and_no_intervals(ledger, tmp_path):
    found = gap(FIRM, replicates=1, out=tmp_path / "out")
    assert found.split.parts.tolist() == ledger.split.parts[:1].tolist()
    assert all(np.isnan(amount.low) and np.isnan(amount.high) for amount in found.causes)


def test_a_promise_of_nothing_is_refused_before_time_is_spent(tmp_path, monkeypatch, golden):
    monkeypatch.setattr(splitting, "sweep", None)
    firm = small_firm(needs={"rate": 0.0})
    with pytest.raises(SalesimError) as refused:
        gap(firm, replicates=2, out=tmp_path / "out")
    golden(refused.value)
    message = message_of(refused.value)
    assert message.place[-1] == "promised"
    assert message.given.startswith("'USD 0")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "asked", [{"replicates": 0}, {"orders": -1}, {"seed": 1.5}], ids=lambda asked: next(iter(asked))
)
def test_numbers_out_of_range_are_refused(golden, asked):
    with pytest.raises(SalesimError) as refused:
        gap(FIRM, **asked)
    golden(refused.value)
    ((name, value),) = asked.items()
    message = message_of(refused.value)
    assert (message.place, message.given) == ((name,), repr(value))


def test_a_sweep_without_coalitions_is_refused(tmp_path, golden):
    study = gap_study(FIRM, "firm", 1, 1, 1).model_copy(update={"tables": ()})
    with pytest.raises(SalesimError) as refused:
        ledger_of(sweep(study, out=tmp_path / "out"))
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert message_of(refused.value).place[-1] == "coalitions"


def test_a_ledger_can_be_made_of_other_replicates(ledger):
    arrays = ("promised", "realised", "parts", "interactions")
    first = {name: getattr(ledger.split, name)[:3] for name in arrays}
    part = with_other(ledger, split=replace(ledger.split, **first))
    assert part.replicates == 3
    assert part.causes[2].mean == pytest.approx(ledger.split.parts[:3, 2].mean())


def test_a_promise_is_judged_over_all_replicates_and_not_by_the_first_alone(tmp_path, monkeypatch):
    """Of a tiny firm the first replicate may promise less than nothing, and all together more."""
    tiny = small_firm(organisation={"headcount": 1, "span_of_control": 1, "accounts": 1, "weeks": 13})
    seeds = range(200)
    promised = {seed: simulate(tiny, replicates=6, seed=seed).values["promised"] for seed in seeds}
    seed = next(s for s in seeds if promised[s][0] <= 0.0 < sum(promised[s]))
    assert gap(tiny, replicates=6, seed=seed, out=tmp_path / "out").promised > 0.0


def test_a_lever_that_is_moved_on_a_day_is_left_out_of_the_next_best(tmp_path):
    from salesim.analysis.gap.next_best import levers_study

    dated = small_firm(dated=[{"lever": "regime.discount_authority", "value": 0.3, "start": 0}])
    assert not [name for name in levers_study(dated, "firm", 2, 1).firms if "discount_authority" in name]
