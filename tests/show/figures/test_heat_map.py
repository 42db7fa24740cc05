"""Heat maps: where the best cell is, what is written in cells, and how panels are chosen."""

import numpy as np
import pytest

from salesim.show.figures.heat_map import best_cell, draw, panels_of, shown
from tests.show.figures.reading import faults, title_of, words_of
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


@pytest.mark.parametrize(
    ("half", "words"),
    [
        (0.1, "it can be told apart from all cells next to it"),
        (2.2, "1 of the 3 cells next to it cannot be told apart from it"),
        (5.0, "no cell next to it can be told apart from it"),
        (NAN, "in one replicate, so luck may have chosen it"),
    ],
)
def test_the_title_says_where_the_best_cell_is_and_whether_it_can_be_told_from_the_next(half, words):
    figure = draw(made_up(RISING, half, LEVERS, outcome="realised"))
    assert title_of(figure).startswith("Contribution realised is highest, USD 9")
    assert title_of(figure).endswith(f"million, at 20% discount authority and period weeks 26; {words}")
    assert faults(figure) == []


def test_the_lowest_is_best_where_lower_is_better():
    figure = draw(made_up(RISING, 0.1, LEVERS))
    assert title_of(figure).startswith(
        "Discount is lowest, 1.0%, at 0% discount authority and period weeks 13;"
    )
    assert "Framed: the lowest mean. Not told apart from it: 0 of 5 cells." in words_of(figure)


def test_mean_and_half_width_are_written_into_cells():
    assert cells(draw(made_up(RISING, 0.5, LEVERS)))[:2] == ["1.0\n\u00b10.5", "3.0\n\u00b10.5"]
    single = draw(made_up(RISING, NAN, LEVERS))
    assert "1.0" in cells(single)
    assert "One replicate, so no interval is drawn." in words_of(single)


@pytest.mark.parametrize(
    ("half", "words"), [(0.063, "98.5%"), (0.0063, "98.52%"), (0.35, "98.5%"), (0.7, "99%")]
)
def test_numbers_have_the_digits_that_their_interval_deserves(half, words):
    figure = draw(made_up([98.516, 90, 90, 90, 90, 90], half, LEVERS, outcome="win_rate"))
    assert title_of(figure).startswith(f"Win rate is highest, {words}, at")


def test_a_narrow_interval_among_wide_ones_does_not_look_like_none():
    figure = draw(made_up(RISING, [0.03, 0.0, 0.5, 0.5, 0.5, 0.5], LEVERS))
    assert {"1.0\n\u00b10.03", "2.0\n\u00b10"} <= set(cells(figure))


def test_axes_called_the_same_say_their_group():
    figure = draw(
        made_up(range(4), 0.1, {"communication.half_life": (13, 26), "learning.half_life": (13, 26)})
    )
    assert figure.axes[0].get_xlabel() == "communication: half life (weeks)"
    assert figure.axes[0].get_ylabel() == "learning: half life (weeks)"
    assert faults(figure) == []


def test_over_points_cells_are_told_apart_by_what_most_points_say():
    ten = np.arange(10.0)
    values = np.array([ten + gap for gap in (0, 1, 2, 3, 4, 5)])
    values[3, :2] = 99.0
    figure = draw(over_points(values, LEVERS, outcome="win_rate"))
    assert title_of(figure).startswith(
        "Win rate is highest, 26.6%, at 10% discount authority and period weeks 26;"
    )
    assert title_of(figure).endswith("; 2 of the 5 cells next to it cannot be told apart from it")
    assert "Not told apart from it: 2 of 5 cells." in words_of(figure)


def test_of_few_points_the_title_counts_those_where_the_best_cell_is_better():
    values = [[1, 1, 1], [2, 2, 2], [1, 1, 1], [1, 9, 1], [5, 5, 5], [6, 6, 6]]
    figure = draw(over_points(values, LEVERS, outcome="win_rate"))
    assert title_of(figure).endswith("; it beats each cell next to it at 2 of 3 points or more")
    assert "Not told apart" not in words_of(figure)


def test_a_cell_of_which_nothing_is_known_says_so():
    figure = draw(made_up([NAN, *RISING[1:]], 0.5, LEVERS))
    assert cells(figure)[0] == "none"
    assert "Nothing is known at 1 of 6 settings." in words_of(figure)
    assert title_of(figure).startswith("Discount is lowest, 2.0%,")


def test_a_best_cell_among_unknown_ones_has_nothing_to_be_told_from():
    figure = draw(made_up([1.0, NAN, NAN, NAN, 5.0, NAN], 0.5, LEVERS))
    assert title_of(figure).endswith("; nothing is known of the cells next to it")


def test_there_is_a_panel_for_each_policy_and_a_bar_with_the_unit():
    figure = draw(made_up(RISING + [2 * value for value in RISING], 0.1, LEVERS, ["on_margin"]))
    panels = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title(loc="left") for axes in panels] == ["as is", "on margin"]
    assert figure.axes[-1].get_ylabel() == "discount (%)"
    assert panels[0].get_xlabel() == "discount authority (share of list)"
    assert panels[0].get_ylabel() == "period weeks (weeks)"
    assert {axes.images[0].get_clim() for axes in panels} == {(1.0, 18.0)}
    assert "for the firm as it is" in title_of(figure)


def test_of_many_panels_four_are_drawn_among_them_the_best():
    means = np.concatenate([np.array(RISING) + 10.0 * k for k in range(7)])
    found = made_up(means, 0.1, LEVERS, list("bcdefg"), outcome="realised")
    panels = panels_of(found)
    assert best_cell(found, panels)[0] == 6
    assert [panel.name for panel in shown(found, panels)] == ["as is", "b", "c", "g"]
    figure = draw(found)
    assert "3 of 7 panels are left out" in words_of(figure)
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
