"""Promise, realisation and the measures of a run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesim import SalesimError, simulate
from salesim.model.scenario import Scenario
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.runs.exec import Exec
from salesim.runs.rows import SHEETS
from tests.firms import simulated, small_firm
from tests.messages import message_of
from tests.show.figures.reading import with_other

FIRM = small_firm(organisation={"weeks": 104}, needs={"rate": 0.2})


@pytest.fixture(scope="module")
def results():
    return simulate(FIRM, replicates=5, seed=3)


def test_the_ratio_is_summed_realised_over_summed_promised(results):
    realised = promised = 0.0
    for replicate in range(5):
        run = simulated(FIRM, 3, replicate)
        now = run.books[13:]
        full = simulated(FIRM, 3, replicate, FULL_EXECUTION, quotas=run.quotas).books[13:]
        realised += sum(now["revenue"] - now["unit_cost"] - now["serving_cost"] - now["variable_pay"])
        promised += sum(full["revenue"] - full["unit_cost"] - full["serving_cost"] - full["on_target_pay"])
    ratio = results.measures["realisation_ratio"]
    assert ratio is not None
    optimism = now["optimism"][0]
    assert 0.0 < optimism <= FIRM.planning.optimism
    assert ratio.mean == pytest.approx(realised / ((1.0 + optimism) * promised))
    bare = results.measures["realisation_ratio_without_optimism"]
    assert bare is not None
    assert bare.mean == pytest.approx(realised / promised)


def test_optimism_only_scales_the_promise():
    bold = Scenario.model_validate(FIRM.model_dump() | {"planning": {"optimism": 0.2}})
    plain = Scenario.model_validate(FIRM.model_dump() | {"planning": {"optimism": 0.0}})
    a, b = (simulate(firm, replicates=2, seed=3) for firm in (bold, plain))
    promised = 1.0 + a.pairs[0].realised_books["optimism"][0]
    assert 1.1 < promised < 1.2, "sales is heard, so the plan is somewhat less bold"
    np.testing.assert_allclose(a.promised(), promised * b.promised())
    np.testing.assert_array_equal(a.full_execution(), b.promised())
    np.testing.assert_array_equal(a.realised(), b.realised())


def test_pay_in_the_promise_is_at_the_on_target_rate():
    """Every dollar is paid as it is on quota: the commission, and its part of the bonus by its rep's quota."""
    stable = Scenario.model_validate(FIRM.model_dump() | {"leaving": {"turnover": 0.0}})
    books = simulate(stable, replicates=1, seed=3).pairs[0].ideal_books
    commission = 0.033 * books["credited"].sum()
    assert books["on_target_pay"].sum() > commission
    without = stable.with_numbers({"payout.bonus": 0.0})
    books = simulate(without, replicates=1, seed=3).pairs[0].ideal_books
    assert books["on_target_pay"].sum() == pytest.approx(0.033 * books["credited"].sum())


def test_intervals_hold_the_middle_of_the_replicates(results):
    known = {name: measure for name, measure in results.measures.items() if measure is not None}
    assert set(results.measures) - set(known) <= {"realisation_ratio_of_profit"}, (
        "a firm so small earns no profit"
    )
    for name, measure in known.items():
        low, high = measure.interval
        assert low <= high
        assert np.isfinite([measure.mean, low, high]).all(), name
    revenues = sorted(pair.realised_books["revenue"].sum() for pair in results.pairs)
    assert results.measures["revenue"].interval == pytest.approx(np.percentile(revenues, [10, 90]))


def test_one_replicate_does_not_depend_on_how_many_there_are(results):
    alone = simulate(FIRM, replicates=2, seed=3).pairs[1]
    beside = results.pairs[1]
    for column in alone.realised_books.dtype.names:
        assert alone.realised_books[column].tobytes() == beside.realised_books[column].tobytes()


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_in_which_replicates_are_done_does_not_matter(results, order):
    """Sums and means run in the order of replicates, so not even the last bit moves."""
    shuffled = with_other(results, pairs=tuple(results.pairs[place] for place in order))
    assert [pair.replicate for pair in shuffled.pairs] == list(range(5))
    assert shuffled.measures == results.measures
    assert shuffled.series == results.series
    assert shuffled.promised().tobytes() == results.promised().tobytes()
    for name in SHEETS:
        assert shuffled.arrow(name).equals(results.arrow(name)), name


def test_results_say_what_they_are_of_in_one_line(results):
    assert repr(results) == f"Results({FIRM.title!r}, replicates=5, seed=3, engine='compiled')"


def test_both_engines_give_the_same_results():
    firm = small_firm()
    a, b = (
        simulate(firm, replicates=2, seed=3, how=Exec(engine=engine)) for engine in ("compiled", "mesa")
    )
    assert a.measures == b.measures
    assert a.series == b.series
    for level in ("manager", "rep", "account", "deal"):
        assert a.table(level).equals(b.table(level))


def test_a_replicate_keeps_no_customers(results):
    """A thousand replicates must fit into memory: beside deals and books little is kept."""
    for pair in results.pairs:
        kept = (pair.levels, pair.years, pair.teams)
        assert all(table.base is None for table in (*kept, pair.deals)), (
            "a view keeps the whole table alive"
        )
        assert sum(table.nbytes for table in kept) < pair.realised_books.nbytes


def test_a_promise_of_nothing_has_no_ratio():
    firm = small_firm(needs={"rate": 0.0})
    results = simulate(firm, replicates=2)
    assert results.measures["realisation_ratio"] is None
    assert results.measures["win_rate"] is None
    assert results.measures["revenue"].mean == 0.0


@pytest.mark.parametrize(
    "arguments",
    [{"replicates": 0}, {"replicates": 2.5}, {"seed": -1}, {"seed": 2**63}, {"seed": True}],
    ids=str,
)
def test_counts_and_seeds_out_of_range_are_refused(golden, arguments):
    with pytest.raises(SalesimError) as refused:
        simulate(FIRM, **arguments)
    golden(refused.value)
    ((name, value),) = arguments.items()
    message = message_of(refused.value)
    assert (message.place, message.given) == ((name,), repr(value))


def test_the_typical_firm_realises_about_half_of_its_promise():
    """The band that the first calibration aims at, with optimism within its bounds."""
    firm = Scenario()
    results = simulate(firm, replicates=6)
    assert 0.45 <= results.measures["realisation_ratio"].mean <= 0.68
    assert 0.0 <= firm.planning.optimism <= 0.20


@pytest.mark.parametrize("workers", [2, 3])
def test_bits_do_not_depend_on_the_number_of_workers(workers):
    alone, together = (
        simulate(FIRM, replicates=6, seed=3, how=Exec(workers=number)) for number in (1, workers)
    )
    assert [pair.replicate for pair in together.pairs] == list(range(6))
    for name in ("weeks", "deals", "outcomes"):
        assert together.arrow(name).equals(alone.arrow(name)), name


def broken_at(score, sensitivity, cost):
    raise ZeroDivisionError("no price\nof this kind")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_rule_that_fails_says_in_which_replicate_and_where(workers):
    with pytest.raises(SalesimError, match=r"\d: ZeroDivisionError: no price\nTraceback") as failed:
        simulate(
            FIRM,
            replicates=2,
            how=Exec(workers, "mesa", {"discounting.quoted_price": broken_at}),
        )
    assert "broken_at" in failed.value.__notes__[0]
