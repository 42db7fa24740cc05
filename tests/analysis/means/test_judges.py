"""What tells settings of a study apart: replicates, or points, that all settings met."""

import numpy as np
import pytest

from salesim.analysis.means.judges import ByPoint, ByReplicate
from salesim.runs.exec import Exec
from salesim.runs.sweep import sweep
from tests.show.figures.reading import percents
from tests.show.figures.studies import AUTHORITY, means_in

NAN = float("nan")
LUCK = np.array([0.0, 10.0, 20.0, 30.0])
SETTINGS = {
    "organisation": {"headcount": 4, "accounts": 40, "burn_in_weeks": 13, "weeks": 26},
    "needs": {"rate": 0.25},
}


def test_shared_luck_does_not_hide_a_difference():
    pairs = ByReplicate(np.array([LUCK, LUCK + np.array([1.0, 1.1, 0.9, 1.0]), LUCK[::-1], LUCK]))
    assert pairs.signs(1, [0, 2, 3]).tolist() == [1.0, 0.0, 1.0]
    assert pairs.signs(0, [0, 1, 3]).tolist() == [0.0, -1.0, 0.0]


def test_a_difference_is_told_from_its_interval_on():
    # Differences 0 and 2 a: mean a; the half of their interval is 12.7 a, of four of them 1.84 a.
    assert ByReplicate(np.array([[0.0, 2.0], [0.0, 0.0]])).signs(0, [1]).tolist() == [0.0]
    four = ByReplicate(np.array([[0.0, 2.0, 0.0, 2.0], [0.0] * 4, [-0.8] * 4, [-0.9] * 4]))
    assert four.signs(0, [1, 2, 3]).tolist() == [0.0, 0.0, 1.0]


def test_only_replicates_that_both_know_are_compared():
    pairs = ByReplicate(np.array([[1.0, 2.0, 99.0], [0.0, 1.0, NAN], [NAN, NAN, 0.0]]))
    assert pairs.signs(0, [1]).tolist() == [1.0]
    assert np.isnan(pairs.signs(0, [2])).all()
    assert pairs.higher(0, 1) == (2, 2)


def test_points_tell_settings_apart_where_nine_of_ten_agree():
    ones = np.ones(10)
    nine, eight = np.array([-1.0] + [1.0] * 9), np.array([-1.0] * 2 + [1.0] * 8)
    pairs = ByPoint(np.array([0.0 * ones, ones, nine, eight, 0.0 * ones]))
    assert pairs.signs(0, [1, 2, 3, 4]).tolist() == [-1.0, -1.0, 0.0, 0.0]
    assert [pairs.signs(k, [0])[0] for k in range(5)] == [0.0, 1.0, 1.0, 0.0, 0.0]
    assert pairs.higher(3, 0) == (8, 10)


def test_fewer_than_ten_points_tell_nothing():
    assert np.isnan(ByPoint(np.array([np.ones(9), np.zeros(9)])).signs(0, [1])).all()


@pytest.mark.parametrize("outcome", ["realised", "realisation_ratio"])
def test_replicates_of_a_sweep_have_its_means(tmp_path, outcome):
    found = sweep(
        {"levers": {AUTHORITY: [0.2, 0.0]}, "replicates": 3, "settings": SETTINGS},
        out=tmp_path / "s",
        how=Exec(workers=1),
    )
    means = means_in(found, outcome)["response"]
    assert isinstance(means.judge, ByReplicate)
    assert means.judge.values.shape == (2, 3)
    expected = found.summary([outcome], by="setting").sort_values(AUTHORITY)["mean"].to_numpy()
    assert means.judge.values.mean(axis=1) == pytest.approx(expected)


def test_points_of_a_sweep_are_paired_by_what_is_uncertain(tmp_path):
    uncertain = {"samples": 3, "market.price_buyers": "plausible", "market.unit_cost": [40.0, 50.0]}
    study = {
        "policies": {"tight": {"payout": {"cap": 2.0}}},
        "uncertainties": uncertain,
        "settings": SETTINGS,
    }
    found = sweep({**study, "replicates": 1}, out=tmp_path / "s", how=Exec(workers=1))
    values = means_in(found, "realised")["policies"].judge.values
    points = found.summary(["realised"]).merge(found.points[["point", "sample"]], on="point")
    expected = points.pivot(index="policy", columns="sample", values="mean").loc[["baseline", "tight"]]
    assert values == pytest.approx(expected.to_numpy())
    # Over one uncertain number, points with the same of the others are beside each other.
    alone = sweep(
        {"uncertainties": uncertain, "settings": SETTINGS, "replicates": 1},
        out=tmp_path / "t",
        how=Exec(workers=1),
    )
    values = means_in(alone, "realised")["response"].judge.values
    points = alone.summary(["realised"])
    expected = points.pivot(index="market.unit_cost", columns="market.price_buyers", values="mean")
    order = points["market.price_buyers"].drop_duplicates().to_numpy()
    assert values == pytest.approx(expected[order].to_numpy())


def test_a_surer_judge_tells_less_apart_and_says_how_sure_it_is():
    values = np.array([LUCK, LUCK + np.array([1.0, 1.4, 0.6, 0.5])])
    usual, surer = ByReplicate(values), ByReplicate(values, level=0.9995)
    assert (usual.signs(1, [0]).tolist(), surer.signs(1, [0]).tolist()) == ([1.0], [0.0])
    assert percents(usual.how) == [95.0]
    assert percents(surer.how) == [99.95]
