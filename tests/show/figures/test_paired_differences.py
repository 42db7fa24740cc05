"""Paired differences: a dot for each replicate, and what the same luck is worth."""

from dataclasses import replace

import numpy as np
import pytest

from salesim.show.figures.arms import counted_in
from salesim.show.figures.paired_differences import MOST_ROWS, draw, finding, levels, paired, stacked
from salesim.study.outcomes import NUMBERS
from tests.show.figures.comparisons import made_up
from tests.show.figures.reading import faults, title_of, words_of

REALISED, DISCOUNT = NUMBERS["realised"], NUMBERS["discount"]
BASE = "the firm as it is in contribution realised"


def dots(axes):
    """Lines that are dots: many marks and no line between them."""
    return [line for line in axes.lines if line.get_linestyle() == "None" and len(line.get_xdata()) > 1]


@pytest.mark.parametrize(
    ("points", "title"),
    [
        (
            {"on_margin": 3.1},
            f"Pay on margin beats {BASE} in 40 of 40 replicates, by 3.1 points of the promise on average",
        ),
        (
            {"on_margin": 0.2},
            f"Pay on margin cannot be told apart from {BASE}: it is ahead in 22 of 40 replicates",
        ),
        (
            {"on_margin": -3.1},
            f"Pay on margin is ahead of {BASE} in 0 of 40 replicates; the mean difference is \N{MINUS SIGN}3.1 points of the promise",
        ),
        (
            {"on_margin": 1.0, "tight": 3.1},
            f"A tight cap beats {BASE} in 40 of 40 replicates, by 3.1 points of the promise on average",
        ),
    ],
)
def test_the_title_counts_replicates_and_says_the_mean(comparison, points, title):
    found = paired(made_up(comparison, points), REALISED)
    assert finding(found, counted_in(found.differences)) == title


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (12.3, "sharing luck does the work of 12 times as many replicates"),
        (0.8, "sharing luck saves no replicates here"),
        (3.44, "the work of 3.4 times as many"),
        (float("nan"), "on the same luck no difference varies"),
    ],
)
def test_what_sharing_luck_is_worth_is_said(comparison, ratio, words):
    found = made_up(comparison, {"on_margin": 3.1})
    other = replace(found, differences=tuple(replace(d, variance_ratio=ratio) for d in found.differences))
    assert words in words_of(draw(paired(other, REALISED)))


def test_dots_are_the_replicates(comparison):
    figure = draw(paired(comparison, REALISED))
    beside, axes = figure.axes
    found = paired(comparison, REALISED)
    best = found.differences[0]
    base, arm = levels(comparison, REALISED, best.arm)
    assert arm - base == pytest.approx(best.paired)
    (scatter,) = dots(beside)
    assert scatter.get_xdata() == pytest.approx(base / 1e6)
    assert scatter.get_ydata() == pytest.approx(arm / 1e6)
    for line, difference in zip(dots(axes), found.differences, strict=True):
        if len(line.get_xdata()) > 2:
            assert line.get_xdata() == pytest.approx(difference.paired * difference.scale)
    means = {
        line.get_gid(): line.get_xdata()[0] for line in axes.lines if line.get_gid() in comparison.titles
    }
    assert means == {d.arm: pytest.approx(d.mean * d.scale) for d in found.differences}
    assert faults(figure) == []


def test_a_lower_discount_is_ahead(comparison):
    found = paired(comparison, DISCOUNT)
    assert [d.mean for d in found.differences] == sorted(d.mean for d in found.differences)
    ahead = int((found.differences[0].paired < 0.0).sum())
    assert f"{ahead} of 6 replicates" in title_of(draw(found))


def test_dots_that_are_near_stand_in_a_stack_and_others_in_the_middle():
    places = stacked(np.array([0.0, 0.001, 0.002, 5.0, 10.0]), 0.0, 10.0)
    assert sorted(places[:3]) == [-1.0, 0.0, 1.0]
    assert list(places[3:]) == [0.0, 0.0]
    assert list(stacked(np.zeros(3), 0.0, 0.0)) == [-1.0, 0.0, 1.0]


def test_of_many_arms_the_best_are_drawn_and_the_others_counted(comparison):
    found = made_up(
        comparison, {arm: 3.0 - k for k, arm in enumerate([*("on_margin", "tight"), *"abcdefg"])}
    )
    figure = draw(paired(found, REALISED))
    assert len(dots(figure.axes[1])) == MOST_ROWS
    assert "Left out: 4 policies that rank lower." in words_of(figure)
    assert faults(figure) == []


def test_arms_that_are_the_same_firm_leave_nothing_to_draw(comparison):
    found = replace(made_up(comparison, {"tight": 0.0}), equal={"tight": "as_is"})
    assert paired(found, REALISED) is None
