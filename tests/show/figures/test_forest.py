"""The forest of differences: the finding, marks where the differences are, and what is left out."""

from dataclasses import replace

import numpy as np
import pytest

from salesim.show.figures.forest import MOST_ROWS, draw, finding
from salesim.study.comparing.comparison import BETTER, WITHIN_NOISE, WORSE
from tests.show.figures.comparisons import made_up
from tests.show.figures.reading import faults, title_of, words_of

BASE = "the firm as it is in contribution realised"
MARKERS = {BETTER: "o", WORSE: "s", WITHIN_NOISE: "D"}


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


def marks(axes):
    return {line.get_gid(): line for line in axes.lines if line.get_marker() not in ("None", None, "")}


@pytest.mark.parametrize(
    ("points", "not_apart", "title"),
    [
        (
            {"on_margin": 3.1},
            {},
            f"Pay on margin beats {BASE} by 3.1 points of the promise (95% interval 2.6 to 3.6)",
        ),
        (
            {"on_margin": -3.1},
            {},
            f"Pay on margin is worse than {BASE} by 3.1 points of the promise (95% interval 2.6 to 3.6)",
        ),
        (
            {"on_margin": 0.2},
            {},
            f"Pay on margin cannot be told apart from {BASE} after 40 paired replicates",
        ),
        (
            {"on_margin": 3.1, "tight": 1.0},
            {},
            f"Pay on margin beats {BASE} by 3.1 points of the promise, and every other policy too",
        ),
        (
            {"on_margin": 3.1, "tight": 3.0},
            {"on_margin": ["tight"]},
            f"Pay on margin beats {BASE} by 3.1 points of the promise; it cannot be told apart from a tight cap",
        ),
        (
            {"on_margin": 3.1, "tight": 3.0, "no_authority": 2.9},
            {"on_margin": ["tight", "no_authority"]},
            f"Pay on margin beats {BASE} by 3.1 points of the promise; 2 others cannot be told apart from it",
        ),
        ({"on_margin": -3.1, "tight": 0.1}, {}, f"No policy beats {BASE}: one is worse, one within noise"),
        ({"on_margin": -3.1, "tight": -2.0}, {}, f"No policy beats {BASE}: both are worse"),
        (
            {"on_margin": 0.1, "tight": 0.2, "no_authority": 0.0},
            {},
            f"No policy beats {BASE}: all 3 are within noise",
        ),
    ],
)
def test_the_title_says_what_paired_differences_tell(comparison, points, not_apart, title):
    assert finding(made_up(comparison, points, not_apart=not_apart)) == title


def test_overlapping_intervals_do_not_decide(comparison):
    """Two arms whose intervals overlap are told apart where the ranking, which pairs them, says so."""
    found = made_up(comparison, {"on_margin": 3.1, "tight": 3.0}, half=2.0, not_apart={})
    assert finding(found).endswith("and every other policy too")


def test_marks_stand_at_the_differences_in_their_units_with_verdict_and_interval(comparison):
    figure = draw(comparison)
    for axes, outcome in zip(figure.axes, comparison.outcomes, strict=True):
        found = marks(axes)
        texts = " ".join(text.get_text() for text in axes.texts)
        for difference in comparison.of(outcome):
            line = found[difference.arm]
            assert line.get_xdata()[0] == pytest.approx(difference.mean * difference.scale)
            assert line.get_marker() == MARKERS[difference.verdict]
            ends = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2]
            wanted = np.array([difference.low, difference.high]) * difference.scale
            assert any(np.allclose(each, wanted) for each in ends)
            assert difference.verdict in texts
        assert axes.get_xlabel() == comparison.of(outcome)[0].said_in
    sides = [
        next(
            t.get_text()
            for t in axes.texts
            if "\N{LEFTWARDS ARROW}" in t.get_text() or "\N{RIGHTWARDS ARROW}" in t.get_text()
        )
        for axes in figure.axes
    ]
    assert sides == ["better \N{RIGHTWARDS ARROW}", "\N{LEFTWARDS ARROW} better"]
    assert faults(figure) == []


def test_the_best_stand_on_top(comparison):
    found = made_up(comparison, {"on_margin": -1.0, "tight": 2.0, "no_authority": 0.1})
    assert names(draw(found)) == ["a tight cap", "no authority", "pay on margin"]


def test_arms_that_are_the_same_firm_are_named_and_not_judged(comparison):
    found = replace(made_up(comparison, {"on_margin": 3.0, "tight": 1.0}), equal={"tight": "as_is"})
    figure = draw(found)
    assert names(figure) == ["pay on margin", "a tight cap: the same firm as the firm as it is"]
    assert "tight" not in marks(figure.axes[0])
    assert title_of(figure).startswith("Pay on margin beats the firm as it is")
    nothing = replace(found, equal={"tight": "as_is", "on_margin": "as_is"})
    assert finding(nothing) == "Nothing to compare: every policy is the same firm as the firm as it is"


def test_of_many_arms_the_best_are_drawn_and_the_others_counted(comparison):
    figure = draw(made_up(comparison, {f"policy_{k}": 20.0 - k for k in range(MOST_ROWS + 3)}))
    assert names(figure) == [f"policy_{k}" for k in range(MOST_ROWS)]
    assert f"Left out: 3 of {MOST_ROWS + 3} policies, which lie behind." in words_of(figure)
    assert faults(figure) == []


def test_a_baseline_of_nothing_leaves_differences_in_their_own_unit(comparison):
    found = made_up(comparison, {"on_margin": 3.0})
    differences = tuple(replace(d, scale=float("nan")) for d in found.differences)
    figure = draw(replace(found, differences=differences))
    assert figure.axes[0].get_xlabel() == "USD million"
    assert marks(figure.axes[0])["on_margin"].get_xdata()[0] == pytest.approx(0.6)


def test_an_arm_that_never_differed_says_so(comparison):
    found = made_up(comparison, {"on_margin": 3.0, "tight": 0.0}, half=0.0)
    still = tuple(replace(d, paired=0.0 * d.paired) if d.arm == "tight" else d for d in found.differences)
    figure = draw(replace(found, differences=still))
    assert "no difference" in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize(
    ("count", "together"), [(1, "for all of them together"), (2, "for all arms of an outcome together")]
)
def test_intervals_are_written_and_said_to_hold_for_the_arms_of_an_outcome(comparison, count, together):
    both = [
        made_up(comparison, {"on_margin": 3.0, "tight": -1.0}, outcome=name)
        for name in ("realised", "revenue")[:count]
    ]
    figure = draw(replace(both[0], differences=tuple(d for each in both for d in each.differences)))
    assert together in words_of(figure)
    for axes in figure.axes:
        assert "+3.0 (+2.5 to +3.5) better" in [text.get_text() for text in axes.texts]
    assert faults(figure) == []


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_long_names_and_many_outcomes_find_room(comparison, count):
    outcomes = ("realised", "revenue", "contribution", "operating_profit", "pay")[:count]
    both = [made_up(comparison, {"on_margin": 3.0, "tight": -1.0}, outcome=name) for name in outcomes]
    found = replace(
        both[0],
        differences=tuple(d for each in both for d in each.differences),
        titles={
            "as_is": "the firm as it is",
            "on_margin": "a policy with quite a long name " * 3,
            "tight": "short",
        },
    )
    figure = draw(found)
    assert len([axes for axes in figure.axes if axes.get_visible()]) == count
    assert faults(figure) == []
