"""From list to pocket."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim import simulate
from salesim.model.scenario import Scenario
from salesim.runs.run_findings import STEPS, TOTALS, levels_of, per_unit, rounded
from salesim.show.figures.price_waterfall import decimals_for, draw
from tests.firms import busy_firm, small_firm
from tests.show.figures.reading import kind_of, numbers_in, percents, title_of

BUSY = {"rate": 0.25}
WITHIN, BEYOND = "discount within authority", "discount beyond authority"  # names of steps
RISE = [{"lever": "regime.list_price_change", "value": 15.0, "start": 10, "stop": 30}]
ASKING = {"approval_leniency": 0.9, "approval_hours": 0.1, "days_per_hour": 0.0}
FIRMS = {
    "delegated": small_firm(needs=BUSY),
    "narrow": small_firm(needs=BUSY, regime={"discount_authority": 0.02}, approval=ASKING),
    "wide": small_firm(needs=BUSY, regime={"discount_authority": 0.5}),
    "list only": small_firm(needs=BUSY, regime={"price_regime": "list_only"}),
    "guided": small_firm(needs=BUSY, regime={"price_regime": "guided"}),
    "bounded": small_firm(
        needs=BUSY, regime={"price_regime": "guided_bounded"}, estimates={"price_test_share": 0.4}
    ),
    "list price raised": Scenario.model_validate(small_firm(needs=BUSY).model_dump() | {"dated": RISE}),
    "everything at once": busy_firm(),
}


@pytest.fixture(scope="module", params=FIRMS)
def found(request):
    return request.param, simulate(FIRMS[request.param], replicates=2, seed=4)


def steps_of(history):
    return dict(zip(STEPS, per_unit(history), strict=True))


def test_steps_add_up_and_are_what_the_ledger_says(found):
    _, results = found
    for pair in results.pairs:
        books, steps = pair.realised_books, steps_of(pair.history)
        units = books["units"].sum()
        back = {"price paid": books["returned"].sum(), "pocket margin": books["returned"].sum()}
        for name, column in (
            ("list price", "list_value"),
            ("price paid", "revenue"),
            ("cost to serve", "serving_cost"),
            ("variable pay", "variable_pay"),
            ("unit cost", "unit_cost"),
            ("pocket margin", "contribution"),
        ):
            sold = books[column].sum() + back.get(name, 0.0)
            assert steps[name] * units == pytest.approx(sold, rel=1e-9), name
        left = levels_of(per_unit(pair.history))
        for total in TOTALS:
            assert left[STEPS.index(total)] == pytest.approx(steps[total], abs=1e-9)
        assert min(steps[WITHIN], steps[BEYOND]) >= 0.0


def test_discounts_lie_within_or_beyond_authority_as_the_regime_has_it(found):
    name, results = found
    steps = steps_of(results.pairs[0].history)
    within, beyond = steps[WITHIN], steps[BEYOND]
    if name == "list only":
        assert within == beyond == 0.0
    if name in ("guided", "wide"):
        assert within > 0.0
        assert beyond == pytest.approx(0.0, abs=0.5)
    if name == "narrow":
        assert beyond > within
        assert within <= 2.0 + 1e-9
    if name == "delegated":
        assert 0.0 < within <= 10.0 + 1e-9


def test_what_is_written_adds_up(found):
    _, results = found
    figure = draw(results)
    amounts, shares = np.transpose(
        [[numbers_in(line)[0] for line in text.get_text().splitlines()] for text in figure.axes[0].texts]
    )
    for labels, decimals in ((amounts, 9), (shares, 9)):
        left = 0.0
        for name, label in zip(STEPS, labels, strict=True):
            left = label if name == "list price" else left if name in TOTALS else left + label
            assert name not in TOTALS or round(left - label, decimals) == 0.0, name
    assert shares[0] == 100.0


def test_the_title_holds_what_reaches_the_pocket_and_adds_up(found):
    _, results = found
    title = title_of(draw(results))
    pocket, discounts, costs = percents(title)
    assert pocket + discounts + costs == 100.0
    mean = np.mean([per_unit(pair.history) for pair in results.pairs], axis=0)
    assert pocket == pytest.approx(100.0 * mean[STEPS.index("pocket price")] / mean[0], abs=0.5)
    assert title.rstrip("%").endswith(f" {costs:.0f}")


def test_bars_hang_from_what_is_left(found):
    _, results = found
    axes = draw(results).axes[0]
    mean = np.mean([per_unit(pair.history) for pair in results.pairs], axis=0)
    left = levels_of(mean)
    for place, (bar, name) in enumerate(zip(axes.patches, STEPS, strict=True)):
        assert bar.get_y() + bar.get_height() == pytest.approx(left[place])
        assert bar.get_y() == pytest.approx(0.0 if name in TOTALS else left[place - 1])
    assert axes.get_ylim()[0] == 0.0
    assert axes.get_ylabel().startswith("USD ")


def test_a_pocket_price_below_zero_is_said(golden):
    firm = small_firm(needs=BUSY, market={"cost_to_serve": 150.0})
    figure = draw(simulate(firm, replicates=2))
    usual = draw(simulate(small_firm(needs=BUSY), replicates=2))
    assert (
        len(percents(title_of(figure))) == len(percents(title_of(usual))) - 1
    )  # no share reaches the pocket
    golden(kind_of(title_of(figure)))
    golden(kind_of(title_of(usual)))
    assert figure.axes[0].get_ylim()[0] < 0.0


@given(st.lists(st.floats(0.0, 60.0), min_size=5, max_size=5), st.integers(0, 3))
def test_rounded_steps_add_up_and_are_never_far_off(taken, decimals):
    within, beyond, serving, pay, cost = taken
    steps = np.array(
        [
            100.0,
            within,
            beyond,
            100.0 - within - beyond,
            serving,
            pay,
            100.0 - within - beyond - serving - pay,
            cost,
            100.0 - sum(taken),
        ]
    )
    written = rounded(steps, decimals)
    np.testing.assert_allclose(written, steps, atol=1.01 * 10.0**-decimals)
    assert np.round(levels_of(written)[-1] - written[-1], 9) == 0.0


@pytest.mark.parametrize(
    ("price", "decimals"),
    [(100.0, 1), (99.99999999999, 1), (99.0, 2), (1.0, 3), (0.01, 5), (1000.0, 0), (9e5, 0)],
)
def test_prices_are_written_to_a_thousandth(price, decimals):
    assert decimals_for(price) == decimals
