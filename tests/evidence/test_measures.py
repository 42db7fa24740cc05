"""Every statistic of findings gives the number that can be worked out by hand."""

import numpy as np
import pytest

from salesim.analysis.gap.ledger import Ledger, Split
from salesim.evidence.measures import OF_A_CURVE, OF_A_GAP, OF_FIRMS, OF_TWO_CURVES, STATISTICS
from salesim.evidence.readings import Readings
from salesim.runs.causes import CAUSES
from tests.evidence.readings import LEVER, curve, measure, number, series, told

GRID = (0.1, 0.2, 0.3, 0.4, 0.5)
BEST = {"axis": LEVER, "outcome": "operating_profit"}
TWO = number("baseline", [90.0, 110.0]) | number("arm", [120.0, 120.0])


def parabola(policy, top, outcome="operating_profit"):
    """Highest at some value, 10 there, falling by 100 times the squared distance; replicates differ by one."""
    heights = {v: [10.0 - 100.0 * (v - top) ** 2 + noise for noise in (-0.5, 0.5)] for v in GRID}
    return curve(policy, heights, outcome)


def power(exponent, policy="baseline"):
    return curve(policy, {v: [v**exponent] * 2 for v in GRID})


def bent():
    """An elasticity of 0.5 up to the middle and 0.2 above it."""
    return curve("baseline", {v: [v**0.5 if v <= 0.3 else 0.3**0.3 * v**0.2] * 2 for v in GRID})


def line(policy, slope):
    return curve(policy, {v: [7.0 + slope * v] * 2 for v in GRID})


CASES = {
    "level": (measure("level"), number("baseline", [90.0, 110.0]), 100.0),
    "difference": (measure("difference", arm={"policy": "arm"}), TWO, 20.0),
    "change": (measure("change", arm={"policy": "arm"}), TWO, 0.2),
    "loss": (measure("loss", arm={"policy": "arm"}), TWO, -0.2),
    "ratio": (
        measure("ratio", plus=["variable_pay"], below="operating_profit"),
        number("baseline", [20.0, 40.0])
        | number("baseline", [1.0, 5.0], "variable_pay")
        | number("baseline", [10.0, 12.0], "operating_profit"),
        3.0,
    ),
    "place_difference": (
        measure("place_difference", "recall_by_level", place=0, base_place=1),
        series("baseline", [0.1, 0.2], [0.3, 0.5]),
        -0.25,
    ),
    "weeks_difference": (
        measure("weeks_difference", "discount_by_week", places=[0], base_places=[1, 2]),
        series("baseline", [0.3, 0.5], [0.1, 0.1], [0.2, 0.2], outcome="discount_by_week"),
        0.25,
    ),
    "place_over_mean": (
        measure("place_over_mean", "revenue_by_quarter_of_year", place=2),
        series("baseline", [8.0], [10.0], [12.0], outcome="revenue_by_quarter_of_year"),
        0.2,
    ),
    "step_ratio": (
        measure("step_ratio", "understanding_by_level"),
        series("baseline", [0.25], [0.9], [1.0], outcome="understanding_by_level"),
        0.5,
    ),
    "elasticity": (measure("elasticity", **BEST), power(0.3), 0.3),
    "elasticity_change": (measure("elasticity_change", **BEST), bent(), -0.3),
    "curvature": (measure("curvature", **BEST), parabola("baseline", 0.3), -100.0 / 4.0),
    "peak": (measure("peak", **BEST), parabola("baseline", 0.27), 0.27),
    "gain_at_peak": (measure("gain_at_peak", **BEST), parabola("baseline", 0.3), 0.4),
    "peak_shift": (
        measure("peak_shift", **BEST, arm={"policy": "arm"}),
        parabola("baseline", 0.22) | parabola("arm", 0.34),
        0.12,
    ),
    "slope_difference": (
        measure("slope_difference", **BEST, arm={"policy": "arm"}),
        line("baseline", 2.0) | line("arm", 5.0),
        3.0,
    ),
    "loss_around_peak": (measure("loss_around_peak", at=0.5, **BEST), parabola("baseline", 0.2), 0.1),
    "at_peak": (
        measure("at_peak", axis=LEVER, outcome="cost_of_selling", peak_of="operating_profit"),
        parabola("baseline", 0.3) | curve("baseline", {v: [v] * 2 for v in GRID}, "cost_of_selling"),
        0.3,
    ),
    "share_of_response": (
        measure(
            "share_of_response",
            arm={"policy": "arm"},
            below="pulled_forward_value",
            plus=["held_back_value"],
        ),
        TWO
        | number("baseline", [0.0, 0.0], "pulled_forward_value")
        | number("arm", [6.0, 6.0], "pulled_forward_value")
        | number("baseline", [1.0, 1.0], "held_back_value")
        | number("arm", [5.0, 5.0], "held_back_value"),
        2.0 / 3.0,
    ),
    "part_difference": (
        measure(
            "part_difference",
            "realised_by_quarter",
            below="promised_by_quarter",
            places=[1, 2],
            base_places=[0],
        ),
        series("baseline", [30.0, 50.0], [10.0, 10.0], [20.0, 40.0], outcome="realised_by_quarter")
        | series("baseline", [50.0, 50.0], [60.0, 40.0], [50.0, 50.0], outcome="promised_by_quarter"),
        0.4 - 0.8,
    ),
    "over_sum": (
        measure("over_sum", arm={"policy": "arm"}, parts=["one", "other"]),
        TWO | number("one", [105.0, 105.0]) | number("other", [103.0, 105.0]),
        20.0 - 5.0 - 4.0,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_statistic_gives_what_can_be_worked_out(name):
    asked, columns, answer = CASES[name]
    found = told(columns, {LEVER: list(GRID)})
    everything = np.arange(found.units("main"))
    assert STATISTICS[name](asked, found, everything) == pytest.approx(answer, abs=1e-9)


def ledger(*amounts: float) -> Ledger:
    """Two replicates in which the first causes take these amounts of a promise of 200."""
    parts = np.zeros((2, len(CAUSES)))
    parts[:, : len(amounts)] = amounts
    promised = np.array([150.0, 250.0])
    split = Split(promised, promised - parts.sum(axis=1), parts, np.zeros((2, 0)), ())
    return Ledger.model_construct(split=split)


def test_points_of_the_gap_are_points_of_the_promise():
    names = [cause.name for cause in CAUSES]
    found = Readings(sweeps={}, ledgers={"main": ledger(10.0, 20.0, 40.0)})
    some = measure("points_of_gap", "", causes=names[:2])
    assert STATISTICS["points_of_gap"](some, found, np.arange(2)) == pytest.approx(15.0)
    over = measure("points_over_others", "", causes=names[:1], others=[names[1:2], names[1:3]])
    assert STATISTICS["points_over_others"](over, found, np.arange(2)) == pytest.approx(5.0 - 30.0)


def test_points_are_set_against_those_of_another_firm():
    names = [cause.name for cause in CAUSES]
    found = Readings(sweeps={}, ledgers={"main": ledger(5.0, 10.0), "other": ledger(20.0, 40.0)})
    asked = {"causes": names[:2], "base_study": "other"}
    assert STATISTICS["points_difference"](
        measure("points_difference", "", **asked), found, np.arange(2)
    ) == (pytest.approx(7.5 - 30.0))
    recovered = measure("points_recovered", "", **asked)
    assert STATISTICS["points_recovered"](recovered, found, np.arange(2)) == pytest.approx(0.75)
    nothing = Readings(sweeps={}, ledgers={"main": ledger(5.0), "other": ledger(0.0)})
    assert np.isnan(STATISTICS["points_recovered"](recovered, nothing, np.arange(2)))


def test_a_part_is_set_against_that_of_another_study():
    columns = {}
    for study, last in (("main", 10.0), ("typical", 15.0)):
        columns |= series("baseline", [20.0], [last], outcome="realised_by_quarter", study=study)
        columns |= series("baseline", [50.0], [50.0], outcome="promised_by_quarter", study=study)
    asked = measure(
        "part_difference",
        "realised_by_quarter",
        below="promised_by_quarter",
        places=[1],
        base_places=[0],
        base_study="typical",
    )
    assert STATISTICS["part_difference"](asked, told(columns), np.array([0])) == pytest.approx(-0.2 - -0.1)


def test_a_difference_in_a_series_is_that_in_one_place():
    columns = series("baseline", [0.1], [0.3]) | series("arm", [0.2], [0.9])
    asked = measure("difference", "recall_by_level", arm={"policy": "arm"}, place=1)
    assert STATISTICS["difference"](asked, told(columns), np.array([0])) == pytest.approx(0.6)


def test_of_drawn_firms_those_below_a_threshold_are_counted():
    found = told({("main", "realisation_ratio"): [0.5, 0.7, np.nan, 0.59]})
    below = measure("share_below", "realisation_ratio", at=0.6)
    assert STATISTICS["share_below"](below, found, np.arange(4)) == pytest.approx(2.0 / 3.0)
    assert STATISTICS["share_below"](below, found, np.array([1, 1, 0])) == pytest.approx(1.0 / 3.0)


def test_every_statistic_is_tried_and_sorted():
    assert {*CASES} | OF_A_GAP | OF_FIRMS == {*STATISTICS}
    assert OF_TWO_CURVES < OF_A_CURVE < {*STATISTICS}


def test_a_replicate_counts_as_often_as_it_is_drawn():
    found = told(number("baseline", [90.0, 120.0]))
    assert STATISTICS["level"](measure("level"), found, np.array([1, 1, 0])) == pytest.approx(110.0)


def test_a_ratio_is_that_of_sums():
    found = told(
        number("baseline", [10.0, 90.0], "realised") | number("baseline", [50.0, 100.0], "promised")
    )
    assert STATISTICS["level"](measure("level", "realisation_ratio"), found, np.arange(2)) == pytest.approx(
        100 / 150
    )


def test_a_replicate_without_a_value_is_left_out():
    found = told(number("baseline", [100.0, np.nan, 120.0]))
    assert STATISTICS["level"](measure("level"), found, np.arange(3)) == pytest.approx(110.0)


def test_a_peak_at_an_end_is_that_end():
    found = told(line("baseline", 2.0), {LEVER: list(GRID)})
    assert STATISTICS["peak"](measure("peak", **BEST), found, np.arange(2)) == GRID[-1]
