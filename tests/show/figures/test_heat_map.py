"""Heat maps: where the best cell is, what is written in cells, and how panels are chosen."""

import re

import numpy as np
import pytest

from salesim.analysis.means.cells import best_cell, panels_of
from salesim.english import TODAY
from salesim.inputs.declared import declared_numbers
from salesim.inputs.declared import words_of as name_of
from salesim.inputs.design import BASELINE
from salesim.show.figures.heat_map import draw, shown
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, percents, title_of
from tests.show.figures.studies import AUTHORITY, LONG, PERIOD, REGIME, made_up, over_points

NAN = float("nan")
LEVERS = {AUTHORITY: (0.0, 0.1, 0.2), PERIOD: (13, 26)}
# By authority, then by period; the highest contribution stands at 20% and 26 weeks.
RISING = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0]


def cells(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_rows_are_values_of_the_second_lever_and_columns_of_the_first():
    panel = panels_of(made_up(RISING, 0.1, LEVERS, outcome="realised"))[0]
    assert panel.cells.mean.tolist() == [pytest.approx([1.0, 3.0, 5.0]), pytest.approx([2.0, 4.0, 9.0])]


@pytest.mark.parametrize(("half", "counted"), [(0.1, []), (2.2, [1.0, 3.0]), (5.0, []), (NAN, [])])
def test_the_title_says_where_the_best_cell_is_and_whether_it_can_be_told_from_the_next(
    golden, half, counted
):
    figure = draw(made_up(RISING, half, LEVERS, outcome="realised"))
    title = title_of(figure)
    assert numbers_in(title) == [9.0, 20.0, 26.0, *counted]
    assert name_of(AUTHORITY) in title
    assert name_of(PERIOD) in title
    golden(title)
    assert faults(figure) == []


def test_how_well_the_best_is_told_apart_is_said_in_words_of_its_own():
    titles = [
        title_of(draw(made_up(RISING, half, LEVERS, outcome="realised"))) for half in (0.1, 2.2, 5.0, NAN)
    ]
    assert len({kind_of(title) for title in titles}) == 4


def test_the_lowest_is_best_where_lower_is_better(golden):
    figure = draw(made_up(RISING, 0.1, LEVERS))
    assert numbers_in(title_of(figure)) == [1.0, 0.0, 13.0]
    assert [0.0, 5.0] in pairs_of(numbers_in(note_of(figure)))  # cells not told apart, of so many
    golden(title_of(figure))
    golden(note_of(figure))


def test_mean_and_half_width_are_written_into_cells(golden):
    assert cells(draw(made_up(RISING, 0.5, LEVERS)))[:2] == ["1.0\n\u00b10.5", "3.0\n\u00b10.5"]
    single = draw(made_up(RISING, NAN, LEVERS))
    assert "1.0" in cells(single)
    assert 95.0 not in percents(note_of(single))
    golden(note_of(single))


@pytest.mark.parametrize(
    ("half", "written"), [(0.063, "98.52%"), (0.0063, "98.52%"), (0.35, "98.5%"), (1.7, "99%")]
)
def test_numbers_have_the_digits_that_their_interval_deserves(half, written):
    figure = draw(made_up([98.516, 90, 90, 90, 90, 90], half, LEVERS, outcome="win_rate"))
    assert re.findall(r"[\d.]+%", title_of(figure))[0] == written


def test_a_narrow_interval_among_wide_ones_does_not_look_like_none():
    figure = draw(made_up(RISING, [0.03, 0.0, 0.5, 0.5, 0.5, 0.5], LEVERS))
    assert {"1.0\n\u00b10.03", "2.0\n\u00b10"} <= set(cells(figure))


def test_axes_called_the_same_say_their_group():
    figure = draw(
        made_up(range(4), 0.1, {"communication.half_life": (13, 26), "learning.half_life": (13, 26)})
    )
    (across, up) = figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()
    assert across != up
    for label, group in ((across, "communication"), (up, "learning")):
        assert label.startswith(group)
        assert "half life" in label
        assert "(weeks)" in label
    assert faults(figure) == []


def test_over_points_cells_are_told_apart_by_what_most_points_say(golden):
    ten = np.arange(10.0)
    values = np.array([ten + gap for gap in (0, 1, 2, 3, 4, 5)])
    values[3, :2] = 99.0
    figure = draw(over_points(values, LEVERS, outcome="win_rate"))
    assert numbers_in(title_of(figure)) == [26.6, 10.0, 26.0, 2.0, 5.0]
    assert [2.0, 5.0] in pairs_of(numbers_in(note_of(figure)))
    golden(title_of(figure))
    golden(note_of(figure))


def pairs_of(numbers):
    return [numbers[k : k + 2] for k in range(len(numbers))]


def test_of_few_points_the_title_counts_those_where_the_best_cell_is_better(golden):
    values = [[1, 1, 1], [2, 2, 2], [1, 1, 1], [1, 9, 1], [5, 5, 5], [6, 6, 6]]
    figure = draw(over_points(values, LEVERS, outcome="win_rate"))
    assert numbers_in(title_of(figure))[-2:] == [2.0, 3.0]  # points
    golden(title_of(figure))
    assert 5.0 not in numbers_in(note_of(figure))  # no cell is judged
    golden(note_of(figure))


def test_a_cell_of_which_nothing_is_known_says_so(golden):
    figure = draw(made_up([NAN, *RISING[1:]], 0.5, LEVERS))
    assert len([text for text in cells(figure) if not numbers_in(text)]) == 1
    assert [1.0, 6.0] in pairs_of(numbers_in(note_of(figure)))
    assert percents(title_of(figure))[0] == 2.0
    golden(cells(figure)[-1])
    golden(note_of(figure))


def test_a_best_cell_among_unknown_ones_has_nothing_to_be_told_from(golden):
    figure = draw(made_up([1.0, NAN, NAN, NAN, 5.0, NAN], 0.5, LEVERS))
    assert numbers_in(title_of(figure)) == [1.0, 0.0, 13.0]
    golden(title_of(figure))


def test_there_is_a_panel_for_each_policy_and_a_bar_with_the_unit():
    figure = draw(made_up(RISING + [2 * value for value in RISING], 0.1, LEVERS, ["on_margin"]))
    panels = figure.axes[:-1]
    named = [policy.replace("_", " ") for policy in (BASELINE, "on_margin")]
    assert [axes.get_title(loc="left") for axes in panels] == named
    assert figure.axes[-1].get_ylabel().startswith("discount")
    assert "%" in figure.axes[-1].get_ylabel()
    for label, path in ((panels[0].get_xlabel(), AUTHORITY), (panels[0].get_ylabel(), PERIOD)):
        assert label == f"{name_of(path)} ({declared_numbers()[path].unit})"
    assert {axes.collections[0].get_clim() for axes in panels} == {(1.0, 18.0)}
    assert TODAY in title_of(figure)


def test_of_many_panels_four_are_drawn_among_them_the_best(golden):
    means = np.concatenate([np.array(RISING) + 10.0 * k for k in range(7)])
    found = made_up(means, 0.1, LEVERS, list("bcdefg"), outcome="realised")
    panels = panels_of(found)
    assert best_cell(found, panels)[0] == 6
    assert [panel.name for panel in shown(panels, best_cell(found, panels)[0])] == [
        BASELINE.replace("_", " "),
        "b",
        "c",
        "g",
    ]
    figure = draw(found)
    assert [3.0, 7.0] in pairs_of(numbers_in(note_of(figure)))  # left out, of so many
    golden(note_of(figure))
    assert faults(figure) == []


@pytest.mark.parametrize("policies", [[], ["x"], ["x", "y"], [LONG, "y", "_".join(["word"] * 12)]])
def test_named_levers_and_long_names_find_room(policies):
    levers = {
        "communication.communication_mode": ("none", "broadcast", "cascade", "direct", "dialogue"),
        REGIME: ("list_only", "delegated", "guided", "guided_bounded"),
    }
    means = np.arange(20.0 * (1 + len(policies)))
    figure = draw(made_up(means, 3.0, levers, policies))
    assert faults(figure) == []
    assert figure.axes[0].get_yticklabels()[0].get_text() == "list_only"


def test_many_cells_hold_no_numbers_and_their_axes_few_ticks():
    levers = {AUTHORITY: tuple(k / 1000 for k in range(1000)), PERIOD: tuple(range(1, 53))}
    figure = draw(made_up(np.arange(52_000.0) - 26_000.0, 1.0, levers))
    assert cells(figure) == []
    assert len(figure.axes[0].get_xticks()) <= 9
    assert faults(figure) == []
