"""Policies beside each other: which is best, and whether it can be told from the next."""

import re

import numpy as np
import pytest

from salesim.analysis.means.ranking import ranked
from salesim.english import TODAY
from salesim.inputs.declared import words_of
from salesim.inputs.design import BASELINE
from salesim.show.figures.policies import draw
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, percents, title_of
from tests.show.figures.studies import LONG, REGIME, made_up, over_points

NAN, AS_IT_IS = float("nan"), BASELINE.replace("_", " ")


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


def named_in(title):
    """Policies in a title, in their order."""
    return re.findall(rf"{TODAY}|(?<=policy )(?:a b|a|b)\b", title)


FINDINGS = [
    (
        [1, 5, 9],
        1.0,
        ["b", "a b"],
        [9.0],
    ),
    (
        [1, 8, 9],
        1.0,
        ["b", "a b", TODAY],
        [9.0],
    ),
    (
        [8, 8.5, 9],
        1.0,
        ["b", "a b", TODAY],
        [9.0],
    ),
    (
        [9, 8.5, 8],
        1.0,
        [TODAY, "a b"],
        [9.0],
    ),
    (
        [1, NAN, 9],
        1.0,
        ["b", TODAY],
        [9.0],
    ),
    (
        [1, 5, 9],
        NAN,
        ["b"],
        [9.0],
    ),
]


@pytest.mark.parametrize(("means", "half", "named", "numbers"), FINDINGS)
def test_the_title_says_which_is_best_and_whether_it_can_be_told_from_the_next(
    golden, means, half, named, numbers
):
    figure = draw(made_up(means, half, policies=["a_b", "b"], outcome="realised"))
    title = title_of(figure)
    assert named_in(title) == named
    assert numbers_in(title) == numbers
    golden(title)
    assert faults(figure) == []


OVER_POINTS = [
    (
        [0, 2, 1],
        ["a", TODAY, "b"],
        [6.5, 10.0, 10.0, 7.0, 10.0],
    ),
    ([1, 2, 0], ["a", TODAY], [6.5, 7.0, 10.0]),
    ([2, 0, 1], [TODAY, "b"], [6.5, 7.0, 10.0]),
]


@pytest.mark.parametrize(("gaps", "named", "numbers"), OVER_POINTS)
def test_over_points_the_title_counts_those_where_the_best_is_better(golden, gaps, named, numbers):
    values = np.array([np.arange(10.0) + gap for gap in gaps])
    values[gaps.index(1), :3] += 1.5
    figure = draw(over_points(values, policies=["a", "b"], outcome="win_rate"))
    title = title_of(figure)
    assert named_in(title) == named
    assert numbers_in(title) == numbers
    golden(title)
    assert 90.0 in percents(note_of(figure))  # of the points, which agree
    golden(note_of(figure))
    assert faults(figure) == []


def test_each_finding_is_said_in_words_of_its_own():
    figures = [
        draw(made_up(means, half, policies=["a_b", "b"], outcome="realised"))
        for means, half, *_ in FINDINGS
    ]
    assert len({kind_of(title_of(figure)) for figure in figures}) == len(FINDINGS)


def test_few_policies_make_a_low_figure():
    heights = [
        draw(made_up(range(count + 1), 0.5, policies=list("abcdefghijk")[:count])).get_figheight()
        for count in (2, 4, 11)
    ]
    assert heights[0] < heights[1] < heights[2]


def test_policies_are_sorted_best_on_top_and_the_firm_as_it_is_is_marked(golden):
    figure = draw(made_up([3, 1, 2], 0.5, policies=["a", "b"]))
    axes = figure.axes[0]
    assert names(figure) == ["a", "b", AS_IT_IS]
    assert axes.yaxis_inverted()
    marks = {line.get_marker(): line.get_xdata()[0] for line in axes.lines if line.get_marker() != "None"}
    assert marks["D"] == pytest.approx(3.0)
    base, other = (text.get_text() for text in figure.legends[0].get_texts())
    assert base == TODAY
    golden(other)
    assert numbers_in(note_of(figure)) == [3.0, 95.0]
    golden(note_of(figure))
    assert axes.get_xlabel().startswith("discount")
    assert "%" in axes.get_xlabel()


def test_without_a_mean_of_the_firm_as_it_is_nothing_is_marked(golden):
    figure = draw(made_up([NAN, 1, 2], 0.5, policies=["a", "b"]))
    assert names(figure) == ["a", "b"]
    assert figure.legends == []
    assert numbers_in(note_of(figure))[-2:] == [1.0, 3.0]  # settings of which nothing is known
    golden(note_of(figure))


def test_modes_of_a_lever_stand_beside_each_other():
    figure = draw(made_up([3, 1, 2], 0.5, {REGIME: ("list_only", "delegated", "guided")}))
    assert names(figure) == ["delegated", "guided", "list_only"]
    assert figure.axes[0].get_ylabel() == words_of(REGIME)
    title = title_of(figure)
    assert title.index(f"{words_of(REGIME)} delegated") < title.index("1.0%")
    assert percents(title)[0] == 1.0
    assert TODAY in [text.get_text() for text in figure.legends[0].get_texts()]


def test_of_many_policies_the_best_are_drawn_and_the_firm_as_it_is(golden):
    found = made_up(np.arange(40.0, 0.0, -1.0), 5.0, policies=[f"p{k}" for k in range(1, 40)])
    assert ranked(found)[0] == ("p39",)
    figure = draw(found)
    assert len(names(figure)) == 16
    assert names(figure)[-1] == AS_IT_IS
    said = numbers_in(note_of(figure))
    assert said[said.index(24.0) + 1] == 40.0  # left out, of so many
    golden(note_of(figure))
    assert faults(figure) == []


@pytest.mark.parametrize("count", [2, 6, 15])
def test_long_names_find_room(count):
    policies = [*(f"{k}_{LONG[:40]}_{LONG[:20]}"[:64] for k in range(count - 1)), "_".join(["word"] * 13)]
    figure = draw(made_up(-np.arange(1.0 + count), 2.0, policies=policies))
    assert faults(figure) == []
