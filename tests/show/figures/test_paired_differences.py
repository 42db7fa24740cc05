"""Paired differences: a dot for each replicate, and what the same luck is worth."""

import numpy as np
import pytest

from salesim.analysis.comparing.pairs import MAX_ROWS, finding, levels, paired
from salesim.english import TODAY, capital
from salesim.outcomes import NUMBERS
from salesim.show.figures.paired_differences import draw, stacked
from tests.show.figures.comparisons import changed, made_up
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, title_of, words_of

REALISED, DISCOUNT = NUMBERS["realised"], NUMBERS["discount"]


def dots(axes):
    """Lines that are dots: many marks and no line between them."""
    return [line for line in axes.lines if line.get_linestyle() == "None" and len(line.get_xdata()) > 1]


FINDINGS = [
    (
        {"on_margin": 3.1},
        "on_margin",
        [40.0, 40.0, 3.1],
    ),
    (
        {"on_margin": 0.2},
        "on_margin",
        [22.0, 40.0],
    ),
    (
        {"on_margin": -3.1},
        "on_margin",
        [0.0, 40.0, -3.1],
    ),
    (
        {"on_margin": 1.0, "tight": 3.1},
        "tight",
        [40.0, 40.0, 3.1],
    ),
]


@pytest.mark.parametrize(("points", "first", "numbers"), FINDINGS)
def test_the_title_counts_replicates_and_says_the_mean(comparison, golden, points, first, numbers):
    title = said(comparison, points)
    assert title.startswith(capital(comparison.arms[first]))
    assert TODAY in title
    assert numbers_in(title) == numbers
    golden(title)


def said(comparison, points):
    found = paired(made_up(comparison, points), REALISED.name)
    return finding(found)


def test_better_worse_and_within_noise_are_said_in_words_of_their_own(comparison):
    ahead, noise, behind, more = (
        kind_of(said(comparison, {"on_margin": k})) for k in (3.1, 0.2, -3.1, 2.5)
    )
    assert len({ahead, noise, behind}) == 3
    assert more == ahead


@pytest.mark.parametrize(("ratio", "times"), [(12.3, [12.0]), (0.8, []), (3.44, [3.4]), (float("nan"), [])])
def test_what_sharing_luck_is_worth_is_said(comparison, golden, ratio, times):
    found = made_up(comparison, {"on_margin": 3.1})
    other = changed(found, differences=tuple(changed(d, variance_ratio=ratio) for d in found.differences))
    figure, usual = (draw(paired(each, REALISED.name)) for each in (other, found))
    assert [n for n in numbers_in(words_of(usual)) if n not in numbers_in(words_of(figure))] == (
        [12.0] if times != [12.0] else []
    )
    assert {*times} <= {*numbers_in(words_of(figure))}
    golden(words_of(figure))


def test_dots_are_the_replicates(comparison):
    figure = draw(paired(comparison, REALISED.name))
    beside, axes = figure.axes
    found = paired(comparison, REALISED.name)
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
        line.get_gid(): line.get_xdata()[0] for line in axes.lines if line.get_gid() in comparison.arms
    }
    assert means == {d.arm: pytest.approx(d.mean * d.scale) for d in found.differences}
    assert faults(figure) == []


def test_a_lower_discount_is_ahead(comparison):
    found = paired(comparison, DISCOUNT.name)
    assert [d.mean for d in found.differences] == sorted(d.mean for d in found.differences)
    ahead = int((found.differences[0].paired < 0.0).sum())
    numbers = numbers_in(title_of(draw(found)))
    assert [ahead, 6.0] in [numbers[k : k + 2] for k in range(len(numbers))]  # of six replicates


def test_dots_that_are_near_stand_in_a_stack_and_others_in_the_middle():
    places = stacked(np.array([0.0, 0.001, 0.002, 5.0, 10.0]), 0.0, 10.0)
    assert sorted(places[:3]) == [-1.0, 0.0, 1.0]
    assert list(places[3:]) == [0.0, 0.0]
    assert list(stacked(np.zeros(3), 0.0, 0.0)) == [-1.0, 0.0, 1.0]


def test_of_many_arms_the_best_are_drawn_and_the_others_counted(comparison, golden):
    found = made_up(
        comparison, {arm: 3.0 - k for k, arm in enumerate([*("on_margin", "tight"), *"abcdefg"])}
    )
    figure = draw(paired(found, REALISED.name))
    assert len(dots(figure.axes[1])) == MAX_ROWS
    assert numbers_in(note_of(figure))[-1] == 4.0  # left out
    golden(note_of(figure))
    assert faults(figure) == []


def test_arms_that_are_the_same_firm_leave_nothing_to_draw(comparison):
    found = changed(made_up(comparison, {"tight": 0.0}), equal={"tight": "baseline"})
    assert paired(found, REALISED.name) is None
