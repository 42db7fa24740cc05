"""Response curves: the finding in the title, the curves, and what is left out."""

import numpy as np
import pytest

from salesim.show.figures.response import MOST_CURVES, curves_of, draw, lever_of, shown
from tests.show.figures.reading import faults, title_of, words_of
from tests.show.figures.studies import AUTHORITY, LONG, PERIOD, REGIME, made_up, over_points

NAN = float("nan")
THREE = {AUTHORITY: (0.0, 0.1, 0.2)}
FIVE = {AUTHORITY: (0.0, 0.1, 0.2, 0.3, 0.4)}


def bands(figure):
    return [c for axes in figure.axes for c in axes.collections if c.get_alpha() == pytest.approx(0.18)]


@pytest.mark.parametrize(
    ("means", "halves", "title"),
    [
        ([1, 5, 9], 1.0, "Discount rises with discount authority, from 1% to 9%"),
        ([9, 9, 9], 1.0, "Discount does not move with discount authority: it stays at 9%"),
        ([9, 5, 1], 1.0, "Discount falls with discount authority, from 9% to 1%"),
        ([1, 9, 2], 1.0, "Discount peaks at 10% discount authority, at 9%"),
        (
            [1, 9, 2],
            [1.0, 3.0, 6.0],
            "Discount is higher at 10% discount authority than at 0%, and no more can be told",
        ),
        ([9, -9, 9], 1.0, "Discount is lowest at 10% discount authority, at -9%"),
        (
            [1, 2, 1],
            1.0,
            "Discount does not clearly move with discount authority: it stays between 1% and 2%",
        ),
        ([1, NAN, 9], 1.0, "Discount rises with discount authority, from 1% to 9%"),
        ([NAN, 1, 9], 1.0, "Discount rises with discount authority, from 1% to 9%"),
        (
            [1, 9, 2],
            NAN,
            "In one replicate, discount is highest at 10% discount authority, 9.0%; lowest at 0% discount authority, 1.0%",
        ),
    ],
)
def test_the_title_says_what_a_curve_does_as_far_as_intervals_tell(means, halves, title):
    figure = draw(made_up(means, halves, THREE))
    assert title_of(figure) == title
    assert faults(figure) == []


def test_a_curve_that_levels_off_says_from_where():
    figure = draw(made_up([1, 5, 9, 9.5, 9], 1.0, FIVE))
    assert (
        title_of(figure) == "Discount rises with discount authority up to 20% and levels off, from 1% to 9%"
    )
    assert "levels off" not in title_of(draw(made_up([1, 5, 9, 13, 17], 1.0, FIVE)))


def test_a_peak_whose_neighbour_overlaps_lies_near():
    figure = draw(made_up([0, 9, 9.5, 1, 0], 1.0, FIVE))
    assert title_of(figure) == "Discount peaks near 20% discount authority, at 10%"


@pytest.mark.parametrize(
    ("means", "title"),
    [
        ([1, 5, 9, 2, 6, 10], "rises with discount authority for both curves"),
        (
            [1, 5, 9, 9, 5, 1],
            "rises with discount authority for the firm as it is; falls with it for policy on margin",
        ),
        ([1, 9, 1, 2, 9, 2], "peaks at 10% discount authority for both curves"),
        (
            [1, 9, 1, 5, 5, 5],
            "peaks at 10% discount authority for the firm as it is; does not move with it for policy on margin",
        ),
        (
            [1, 5, 9, 1, 9, 1],
            "rises with discount authority for the firm as it is; peaks at 10% for policy on margin",
        ),
        ([5, 5, 5, 6, 6, 6], "does not move with discount authority for both curves"),
        ([5, 6, 5, 6, 5, 6], "does not clearly move with discount authority for both curves"),
    ],
)
def test_the_title_says_for_which_policies(means, title):
    figure = draw(made_up(means, 1.0, THREE, ["on_margin"]))
    assert title_of(figure) == f"Discount {title}"
    assert faults(figure) == []
    names = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert sorted(names) == ["as is", "on margin"]


def test_peaks_at_several_places_are_said_with_their_range():
    means = [0, 9, 1, 1, 0, 0, 1, 1, 9, 0]
    assert title_of(draw(made_up(means, 0.5, FIVE, ["x"]))) == (
        "Discount peaks between 10% and 30% discount authority for both curves"
    )


def test_axes_say_the_lever_with_its_unit_and_shares_are_percent():
    figure = draw(made_up([1, 5, 9], 1.0, THREE))
    axes = figure.axes[0]
    assert axes.get_xlabel() == "discount authority (share of list)"
    assert axes.get_ylabel() == "discount (%)"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0%", "10%", "20%"]
    assert axes.lines[0].get_ydata() == pytest.approx([1.0, 5.0, 9.0])


def test_dollars_are_in_millions():
    figure = draw(made_up([-1.5, 2.0, 9.0], 0.5, THREE, outcome="realised"))
    assert "(USD million)" in figure.axes[0].get_ylabel()
    assert title_of(figure).endswith("from USD -1.5 million to USD 9.0 million")
    assert figure.axes[0].lines[0].get_ydata() == pytest.approx([-1.5, 2.0, 9.0])


def test_the_note_says_what_the_interval_is_and_what_is_missing():
    figure = draw(made_up([1, NAN, 9], 1.0, THREE, left_out="2 runs failed and could not be counted."))
    assert "Line: mean of 3 replicates; whisker: 95% interval of the mean." in words_of(figure)
    assert "Nothing is known at 1 of 3 settings. 2 runs failed" in words_of(figure)


def test_one_replicate_has_no_interval_and_says_so():
    figure = draw(made_up([1, 9, 2], NAN, THREE))
    assert "One replicate, so no interval is drawn." in words_of(figure)
    assert len(bands(figure)) == 0
    assert not any(np.isfinite(p.vertices).all() for c in figure.axes[0].collections for p in c.get_paths())


def test_the_first_lever_with_three_values_is_the_axis():
    levers = {REGIME: ("list_only", "delegated"), PERIOD: (13, 26), **THREE}
    found = made_up(range(12), 1.0, levers)
    assert lever_of(found) == AUTHORITY
    assert (
        lever_of(made_up(range(4), 1.0, {REGIME: ("list_only", "delegated"), PERIOD: (13, 26)})) == PERIOD
    )
    names = [curve.name for curve in curves_of(found)]
    assert names[:2] == [
        "price regime list_only, period weeks 13",
        "price regime list_only, period weeks 26",
    ]
    assert [list(curve.y.mean) for curve in curves_of(found)][1] == pytest.approx([3.0, 4.0, 5.0])


def test_values_stand_in_the_order_of_their_size():
    found = made_up([9, 1, 5], 0.1, {AUTHORITY: (0.2, 0.0, 0.1)})
    assert list(curves_of(found)[0].y.mean) == pytest.approx([1.0, 5.0, 9.0])


def test_of_many_curves_some_are_drawn_from_the_highest_to_the_lowest_and_all_are_counted():
    policies = [f"policy_{k}" for k in range(9)]
    means = [[k, k + 5, k + 9] for k in range(10)]
    found = made_up(np.ravel(means), 0.5, THREE, policies)
    curves = curves_of(found)
    chosen = shown(curves)
    assert len(chosen) == MOST_CURVES
    assert {curves[0].name, curves[-1].name} <= {curve.name for curve in chosen}
    figure = draw(found)
    assert "6 of 10 curves are drawn" in words_of(figure)
    assert "4 are left out" in words_of(figure)
    assert title_of(figure).endswith("for all 10 curves")
    assert "whisker: 95% interval" in words_of(figure)
    assert faults(figure) == []


def test_a_curve_with_one_mean_or_none_is_not_drawn():
    found = made_up([1, NAN, NAN, 1, 5, 9], 1.0, THREE, ["x"])
    assert [curve.name for curve in curves_of(found)] == ["x"]


@pytest.mark.parametrize("policies", [[], ["x"], [LONG, "b" * 64, *"defgh"]])
def test_a_thousand_values_and_long_names_find_room(policies):
    values = tuple(k / 1000 for k in range(1000))
    means = np.random.default_rng(1).normal(0.0, 1e5, (1 + len(policies), 1000))
    means[:, 100:200] = NAN
    figure = draw(made_up(means.ravel(), 1e4, {AUTHORITY: values}, policies, title="W" * 120))
    assert faults(figure) == []


def test_long_names_beside_each_other_find_room():
    levers = {"communication.communication_mode": ("none", "broadcast", "cascade"), PERIOD: (13, 26)}
    figure = draw(made_up(range(12), 1.0, levers, ["_".join(["word"] * 12)]))
    assert faults(figure) == []


def test_crowded_values_and_equal_means_are_drawn():
    figure = draw(made_up([0.0] * 4, 0.0, {"payout.cap": (1.0, 1.5, 2.0, 1000.0)}))
    assert faults(figure) == []
    assert title_of(figure) == "Discount does not move with cap: it stays at 0%"


TEN = np.arange(10.0)


def test_over_points_a_curve_does_what_nine_of_ten_points_say():
    up = np.array([TEN, TEN + 0.1, TEN + 0.2])  # ranges overlap, and the order is the same everywhere
    assert title_of(draw(over_points(up, THREE))).startswith(
        "Discount rises with discount authority, from 4.5%"
    )
    up[2, 0] = -1.0
    assert title_of(draw(over_points(up, THREE))).startswith("Discount rises with")
    up[2, 1] = -1.0
    assert "rises" not in title_of(draw(over_points(up, THREE)))


def test_of_few_points_the_title_counts_and_claims_no_shape():
    values = [[1, 2, 3], [4, 5, 6], [3, 6, 5]]
    figure = draw(over_points([[0, 0, 0], *values[1:], *values], THREE, ["x"], outcome="win_rate"))
    assert title_of(figure) == (
        "Win rate is highest at 10% discount authority for the firm as it is, 5.0%; "
        "10% beats 0% at 3 of 3 points, and 20% at 2 of 3"
    )
    assert words_of(figure).endswith("middle 80% of points. The title compares settings point by point.")


def test_where_lower_is_better_few_points_are_counted_that_way():
    figure = draw(over_points([[1, 2, 3], [4, 5, 6], [3, 6, 5]], THREE))
    assert title_of(figure) == (
        "Discount is lowest at 0% discount authority, 2.0%; 0% beats 20% at 3 of 3 points"
    )


@pytest.mark.parametrize(("count", "banded"), [(8, False), (9, True)])
def test_few_values_have_whiskers_and_many_a_band(count, banded):
    values = tuple(k / 10 for k in range(count))
    figure = draw(made_up(range(3 * count), 1.0, {AUTHORITY: values}, ["x", "y"]))
    assert len(bands(figure)) == 3 * banded
    assert ("band: 95%" in words_of(figure)) is banded


def test_whiskers_side_by_side_stand_where_their_value_is():
    for values in ((0.0, 0.1, 0.2), (0.0, 0.001, 0.4)):
        figure = draw(made_up(range(18), 1.0, {AUTHORITY: values}, list("abcde")))
        low, high = figure.axes[0].get_xlim()
        places = np.array([line.get_xdata() for line in figure.axes[0].lines if len(line.get_xdata()) == 3])
        most = np.abs(places - np.array(values)).max()
        assert 0.0 < most <= 0.0075 * (high - low)
        assert most <= 0.125 * min(np.diff(values)) + 1e-12
