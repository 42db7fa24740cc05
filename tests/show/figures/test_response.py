"""Response curves: the finding in the title, the curves, and what is left out."""

import re

import numpy as np
import pytest

from salesim.analysis.means.responses import curves_of, lever_of
from salesim.english import TODAY
from salesim.inputs.declared import declared_numbers
from salesim.inputs.declared import words_of as words_of_path
from salesim.inputs.design import BASELINE
from salesim.show.figures.curves import ALPHA
from salesim.show.figures.response import MAX_CURVES, draw, shown
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, percents, title_of
from tests.show.figures.studies import AUTHORITY, LONG, PERIOD, REGIME, made_up, over_points

NAN = float("nan")
THREE = {AUTHORITY: (0.0, 0.1, 0.2)}
FIVE = {AUTHORITY: (0.0, 0.1, 0.2, 0.3, 0.4)}


def bands(figure):
    return [c for axes in figure.axes for c in axes.collections if c.get_alpha() == pytest.approx(ALPHA)]


ONE_CURVE = [
    ([1, 5, 9], 1.0, [1.0, 9.0]),
    ([9, 9, 9], 1.0, [9.0]),
    ([9, 5, 1], 1.0, [9.0, 1.0]),
    ([1, 9, 2], 1.0, [10.0, 9.0]),
    (
        [1, 9, 2],
        [1.0, 3.0, 6.0],
        [10.0, 0.0],
    ),
    ([9, -9, 9], 1.0, [10.0, -9.0]),
    (
        [1, 2, 1],
        1.0,
        [1.0, 2.0],
    ),
    ([1, NAN, 9], 1.0, [1.0, 9.0]),
    ([NAN, 1, 9], 1.0, [1.0, 9.0]),
    (
        [1, 9, 2],
        NAN,
        [10.0, 9.0, 0.0, 1.0],
    ),
]


@pytest.mark.parametrize(("means", "halves", "numbers"), ONE_CURVE)
def test_the_title_says_what_a_curve_does_as_far_as_intervals_tell(golden, means, halves, numbers):
    figure = draw(made_up(means, halves, THREE))
    title = title_of(figure)
    assert words_of_path(AUTHORITY) in title
    assert numbers_in(title) == numbers
    golden(title)
    assert faults(figure) == []


def test_each_thing_that_a_curve_does_is_said_in_words_of_its_own():
    kinds = [kind_of(title_of(draw(made_up(means, halves, THREE)))) for means, halves, _ in ONE_CURVE]
    assert kinds[0] == kinds[7] == kinds[8]  # they rise, as far as is known
    assert len({*kinds}) == len(kinds) - 2


def test_a_curve_that_levels_off_says_from_where(golden):
    title = title_of(draw(made_up([1, 5, 9, 9.5, 9], 1.0, FIVE)))
    assert numbers_in(title) == [20.0, 1.0, 9.0]
    golden(title)
    rising, steady = (
        title_of(draw(made_up(means, 1.0, FIVE))) for means in ([1, 5, 9, 13, 17], [1, 3, 5, 7, 9])
    )
    assert numbers_in(rising) == [1.0, 17.0]
    assert kind_of(rising) == kind_of(steady)


def test_a_peak_whose_neighbour_overlaps_lies_near(golden):
    title, sharp = (
        title_of(draw(made_up(means, 1.0, FIVE))) for means in ([0, 9, 9.5, 1, 0], [0, 1, 9.5, 1, 0])
    )
    assert numbers_in(title) == numbers_in(sharp) == [20.0, 9.5]
    assert kind_of(title) != kind_of(sharp)
    golden(title)


TWO_CURVES = [
    ([1, 5, 9, 2, 6, 10], [], []),
    (
        [1, 5, 9, 9, 5, 1],
        [TODAY, "on margin"],
        [],
    ),
    ([1, 9, 1, 2, 9, 2], [], [10.0]),
    (
        [1, 9, 1, 5, 5, 5],
        [TODAY, "on margin"],
        [10.0],
    ),
    (
        [1, 5, 9, 1, 9, 1],
        [TODAY, "on margin"],
        [10.0],
    ),
    ([5, 5, 5, 6, 6, 6], [], []),
    ([5, 6, 5, 6, 5, 6], [], []),
]


@pytest.mark.parametrize(("means", "named", "numbers"), TWO_CURVES)
def test_the_title_says_for_which_policies(golden, means, named, numbers):
    figure = draw(made_up(means, 1.0, THREE, ["on_margin"]))
    title = title_of(figure)
    assert re.findall(rf"{TODAY}|on margin", title) == named
    assert numbers_in(title) == numbers
    golden(title)
    assert faults(figure) == []
    names = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert sorted(names) == [BASELINE.replace("_", " "), "on margin"]


def test_peaks_at_several_places_are_said_with_their_range(golden):
    means = [0, 9, 1, 1, 0, 0, 1, 1, 9, 0]
    title = title_of(draw(made_up(means, 0.5, FIVE, ["x"])))
    assert percents(title) == [10.0, 30.0]
    golden(title)


def test_axes_say_the_lever_with_its_unit_and_shares_are_percent():
    figure = draw(made_up([1, 5, 9], 1.0, THREE))
    axes = figure.axes[0]
    assert axes.get_xlabel() == f"{words_of_path(AUTHORITY)} ({declared_numbers()[AUTHORITY].unit})"
    assert axes.get_ylabel().startswith("discount")
    assert "%" in axes.get_ylabel()
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0%", "10%", "20%"]
    assert axes.lines[0].get_ydata() == pytest.approx([1.0, 5.0, 9.0])


def test_dollars_are_in_millions():
    figure = draw(made_up([-1.5, 2.0, 9.0], 0.5, THREE, outcome="realised"))
    assert "(USD million)" in figure.axes[0].get_ylabel()
    assert re.findall(r"USD (\S+) million", title_of(figure)) == ["\N{MINUS SIGN}1.5", "9.0"]
    assert figure.axes[0].lines[0].get_ydata() == pytest.approx([-1.5, 2.0, 9.0])


LEFT_OUT = "2 runs failed and could not be counted."


def test_the_note_says_what_the_interval_is_and_what_is_missing(golden):
    figure = draw(made_up([1, NAN, 9], 1.0, THREE, left_out=LEFT_OUT))
    note = note_of(figure)
    assert numbers_in(note)[:2] == [3.0, 95.0]  # replicates, and the interval
    assert numbers_in(note)[-3:] == [1.0, 3.0, 2.0]  # settings of which nothing is known, and failed runs
    assert note.endswith(LEFT_OUT)
    golden(note)


def test_one_replicate_has_no_interval_and_says_so(golden):
    figure = draw(made_up([1, 9, 2], NAN, THREE))
    assert 95.0 not in percents(note_of(figure))
    golden(note_of(figure))
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
    regime, period = words_of_path(REGIME), words_of_path(PERIOD)
    assert names[:2] == [f"{regime} list_only, {period} {weeks}" for weeks in (13, 26)]
    assert [list(curve.y.mean) for curve in curves_of(found)][1] == pytest.approx([3.0, 4.0, 5.0])


def test_values_stand_in_the_order_of_their_size():
    found = made_up([9, 1, 5], 0.1, {AUTHORITY: (0.2, 0.0, 0.1)})
    assert list(curves_of(found)[0].y.mean) == pytest.approx([1.0, 5.0, 9.0])


def test_of_many_curves_some_are_drawn_from_the_highest_to_the_lowest_and_all_are_counted(golden):
    policies = [f"policy_{k}" for k in range(9)]
    means = [[k, k + 5, k + 9] for k in range(10)]
    found = made_up(np.ravel(means), 0.5, THREE, policies)
    curves = curves_of(found)
    chosen = shown(curves)
    assert len(chosen) == MAX_CURVES
    assert {curves[0].name, curves[-1].name} <= {curve.name for curve in chosen}
    figure = draw(found)
    counted = numbers_in(note_of(figure))
    assert counted[:2] == [10.0 - MAX_CURVES, 10.0]  # left out, all
    assert 95.0 in percents(note_of(figure))
    assert numbers_in(title_of(figure))[-1] == 10.0
    golden(title_of(figure))
    golden(note_of(figure))
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
    still = title_of(draw(made_up([9, 9, 9], 1.0, THREE)))
    assert percents(title_of(figure)) == [0.0]
    assert kind_of(title_of(figure)) == kind_of(still).replace(words_of_path(AUTHORITY), "cap")


TEN = np.arange(10.0)


def test_over_points_a_curve_does_what_nine_of_ten_points_say():
    up = np.array([TEN, TEN + 0.1, TEN + 0.2])  # ranges overlap, and the order is the same everywhere
    rises = kind_of(title_of(draw(made_up([1, 5, 9], 1.0, THREE))))
    assert kind_of(title_of(draw(over_points(up, THREE)))) == rises
    assert percents(title_of(draw(over_points(up, THREE))))[0] == 4.5
    up[2, 0] = -1.0
    assert kind_of(title_of(draw(over_points(up, THREE)))) == rises
    up[2, 1] = -1.0
    assert kind_of(title_of(draw(over_points(up, THREE)))) != rises


def test_of_few_points_the_title_counts_and_claims_no_shape(golden):
    values = [[1, 2, 3], [4, 5, 6], [3, 6, 5]]
    figure = draw(over_points([[0, 0, 0], *values[1:], *values], THREE, ["x"], outcome="win_rate"))
    title = title_of(figure)
    assert TODAY in title
    assert numbers_in(title) == [10.0, 5.0, 10.0, 0.0, 3.0, 3.0, 20.0, 2.0, 3.0]
    assert percents(note_of(figure)) == [80.0]
    golden(title)
    golden(note_of(figure))


def test_where_lower_is_better_few_points_are_counted_that_way(golden):
    figure = draw(over_points([[1, 2, 3], [4, 5, 6], [3, 6, 5]], THREE))
    assert numbers_in(title_of(figure)) == [0.0, 2.0, 0.0, 20.0, 3.0, 3.0]
    golden(title_of(figure))


@pytest.mark.parametrize(("count", "banded"), [(8, False), (9, True)])
def test_few_values_have_whiskers_and_many_a_band(count, banded):
    values = tuple(k / 10 for k in range(count))
    figure = draw(made_up(range(3 * count), 1.0, {AUTHORITY: values}, ["x", "y"]))
    assert len(bands(figure)) == 3 * banded
    assert ("band: " in note_of(figure)) is banded
    assert ("whisker: " in note_of(figure)) is not banded


def test_whiskers_side_by_side_stand_where_their_value_is():
    for values in ((0.0, 0.1, 0.2), (0.0, 0.001, 0.4)):
        figure = draw(made_up(range(18), 1.0, {AUTHORITY: values}, list("abcde")))
        low, high = figure.axes[0].get_xlim()
        places = np.array([line.get_xdata() for line in figure.axes[0].lines if len(line.get_xdata()) == 3])
        most = np.abs(places - np.array(values)).max()
        assert 0.0 < most <= 0.0075 * (high - low)
        assert most <= 0.125 * min(np.diff(values)) + 1e-12
