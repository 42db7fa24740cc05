"""Policies beside each other: which is best, and whether it can be told from the next."""

import numpy as np
import pytest

from salesim.show.figures.frame import SIZE
from salesim.show.figures.policies import draw, ranked
from tests.show.figures.reading import faults, title_of, words_of
from tests.show.figures.studies import LONG, REGIME, made_up, over_points

NAN = float("nan")


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


@pytest.mark.parametrize(
    ("means", "half", "title"),
    [
        (
            [1, 5, 9],
            1.0,
            "highest for policy b, USD 9 million; it can be told apart from the next, policy a b",
        ),
        (
            [1, 8, 9],
            1.0,
            "highest for policy b, USD 9 million; it cannot be told apart from the next, policy a b, but from the firm as it is",
        ),
        (
            [8, 8.5, 9],
            1.0,
            "highest for policy b, USD 9 million; it cannot be told apart from the next, policy a b, nor from the firm as it is",
        ),
        (
            [9, 8.5, 8],
            1.0,
            "highest for the firm as it is, USD 9 million; it cannot be told apart from the next, policy a b",
        ),
        (
            [1, NAN, 9],
            1.0,
            "highest for policy b, USD 9 million; it can be told apart from the next, the firm as it is",
        ),
        (
            [1, 5, 9],
            NAN,
            "highest for policy b, USD 9.0 million; in one replicate, so luck may have chosen it",
        ),
    ],
)
def test_the_title_says_which_is_best_and_whether_it_can_be_told_from_the_next(means, half, title):
    figure = draw(made_up(means, half, policies=["a_b", "b"], outcome="realised"))
    assert title_of(figure) == f"Contribution realised is {title}"
    assert faults(figure) == []


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        (
            [0, 2, 1],
            "highest for policy a, 6.5%; it beats the firm as it is at 10 of 10 points, and policy b at 7 of 10",
        ),
        ([1, 2, 0], "highest for policy a, 6.5%; it beats the firm as it is at 7 of 10 points"),
        ([2, 0, 1], "highest for the firm as it is, 6.5%; it beats policy b at 7 of 10 points"),
    ],
)
def test_over_points_the_title_counts_those_where_the_best_is_better(gaps, title):
    values = np.array([np.arange(10.0) + gap for gap in gaps])
    values[gaps.index(1), :3] += 1.5
    figure = draw(over_points(values, policies=["a", "b"], outcome="win_rate"))
    assert title_of(figure) == f"Win rate is {title}"
    assert "and tells two apart where at least 90% of the points agree." in words_of(figure)
    assert faults(figure) == []


def test_few_policies_make_a_low_figure():
    heights = [
        draw(made_up(range(count + 1), 0.5, policies=list("abcdefghijk")[:count])).get_figheight()
        for count in (2, 4, 11)
    ]
    assert heights[0] < heights[1] < heights[2] == SIZE[1]


def test_policies_are_sorted_best_on_top_and_the_firm_as_it_is_is_marked():
    figure = draw(made_up([3, 1, 2], 0.5, policies=["a", "b"]))
    axes = figure.axes[0]
    assert names(figure) == ["a", "b", "as is"]
    heights = axes.get_yticks()
    assert list(heights) == sorted(heights, reverse=True)
    marks = {line.get_marker(): line.get_xdata()[0] for line in axes.lines if line.get_marker() != "None"}
    assert marks["D"] == pytest.approx(3.0)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "the firm as it is",
        "under a policy",
    ]
    assert "Mark: mean of 3 replicates; line: 95% interval of the mean. The title compares" in words_of(
        figure
    )
    assert axes.get_xlabel() == "discount (%)"


def test_without_a_mean_of_the_firm_as_it_is_nothing_is_marked():
    figure = draw(made_up([NAN, 1, 2], 0.5, policies=["a", "b"]))
    assert names(figure) == ["a", "b"]
    assert figure.legends == []
    assert "Nothing is known at 1 of 3 settings." in words_of(figure)


def test_modes_of_a_lever_stand_beside_each_other():
    figure = draw(made_up([3, 1, 2], 0.5, {REGIME: ("list_only", "delegated", "guided")}))
    assert names(figure) == ["delegated", "guided", "list_only"]
    assert figure.axes[0].get_ylabel() == "price regime"
    assert title_of(figure).startswith("Discount is lowest for price regime delegated, 1.0%;")
    assert "the firm as it is" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_of_many_policies_the_best_are_drawn_and_the_firm_as_it_is():
    found = made_up(np.arange(40.0, 0.0, -1.0), 5.0, policies=[f"p{k}" for k in range(1, 40)])
    assert ranked(found)[0] == ("p39",)
    figure = draw(found)
    assert len(names(figure)) == 16
    assert names(figure)[-1] == "as is"
    assert "Left out: 24 of 40" in words_of(figure)
    assert faults(figure) == []


@pytest.mark.parametrize("count", [2, 6, 15])
def test_long_names_find_room(count):
    policies = [*(f"{k}_{LONG[:40]}_{LONG[:20]}"[:64] for k in range(count - 1)), "_".join(["word"] * 13)]
    figure = draw(made_up(-np.arange(1.0 + count), 2.0, policies=policies))
    assert faults(figure) == []
