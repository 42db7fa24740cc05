"""The forest of differences: the finding, marks where the differences are, and what is left out."""

import re
from dataclasses import replace

import numpy as np
import pytest

from salesim.english import capital
from salesim.quantity import Unit
from salesim.show.figures.arms import BASELINE
from salesim.show.figures.forest import MOST_ROWS, draw, finding
from salesim.study.comparing.comparison import BETTER, WITHIN_NOISE, WORSE
from tests.show.figures.comparisons import made_up
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, title_of

NEAR = {"on_margin": ["tight"]}
MARKERS = {BETTER: "o", WORSE: "s", WITHIN_NOISE: "D"}


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


def marks(axes):
    return {line.get_gid(): line for line in axes.lines if line.get_marker() not in ("None", None, "")}


FINDINGS = [
    (
        {"on_margin": 3.1},
        {},
        "on_margin",
        [],
        [3.1, 95.0, 2.6, 3.6],
    ),
    (
        {"on_margin": -3.1},
        {},
        "on_margin",
        [],
        [3.1, 95.0, 2.6, 3.6],
    ),
    (
        {"on_margin": 0.2},
        {},
        "on_margin",
        [],
        [40.0],
    ),
    (
        {"on_margin": 3.1, "tight": 1.0},
        {},
        "on_margin",
        [],
        [3.1],
    ),
    (
        {"on_margin": 3.1, "tight": 3.0},
        {"on_margin": ["tight"]},
        "on_margin",
        ["tight"],
        [3.1],
    ),
    (
        {"on_margin": 3.1, "tight": 3.0, "no_authority": 2.9},
        {"on_margin": ["tight", "no_authority"]},
        "on_margin",
        [],
        [3.1, 2.0],
    ),
    ({"on_margin": -3.1, "tight": 0.1}, {}, None, [], []),
    ({"on_margin": -3.1, "tight": -2.0}, {}, None, [], []),
    (
        {"on_margin": 0.1, "tight": 0.2, "no_authority": 0.0},
        {},
        None,
        [],
        [3.0],
    ),
]


@pytest.mark.parametrize(("points", "not_apart", "first", "others", "numbers"), FINDINGS)
def test_the_title_says_what_paired_differences_tell(
    comparison, golden, points, not_apart, first, others, numbers
):
    title = finding(made_up(comparison, points, not_apart=not_apart))
    assert BASELINE in title
    assert title.startswith(capital(comparison.titles[first]) if first else "")
    assert [a for a in points if comparison.titles[a] in title.lower()] == [
        *([first] if first else []),
        *others,
    ]
    assert numbers_in(title) == numbers
    golden(title)


def test_each_finding_is_said_in_words_of_its_own(comparison):
    kinds = {
        kind_of(finding(made_up(comparison, points, not_apart=not_apart)))
        for points, not_apart, *_ in FINDINGS
    }
    assert len(kinds) == len(FINDINGS)
    two, four = (made_up(comparison, {"on_margin": points}) for points in (2.0, 4.0))
    assert kind_of(finding(two)) == kind_of(finding(four))


def test_overlapping_intervals_do_not_decide(comparison):
    """Two arms whose intervals overlap are told apart where the ranking, which pairs them, says so."""
    found = made_up(comparison, {"on_margin": 3.1, "tight": 3.0}, half=2.0, not_apart={})
    apart = made_up(comparison, {"on_margin": 3.1, "tight": 1.0})
    alike = replace(
        found, rankings=made_up(comparison, {"on_margin": 3.1, "tight": 3.0}, not_apart=NEAR).rankings
    )
    assert kind_of(finding(found)) == kind_of(finding(apart))
    assert kind_of(finding(found)) != kind_of(finding(alike))


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
        assert axes.get_xlabel() == Unit(comparison.of(outcome)[0].said_in).shown
    sides = [
        next(
            t.get_text()
            for t in axes.texts
            if "\N{LEFTWARDS ARROW}" in t.get_text() or "\N{RIGHTWARDS ARROW}" in t.get_text()
        )
        for axes in figure.axes
    ]
    assert sides == [f"{BETTER} \N{RIGHTWARDS ARROW}", f"\N{LEFTWARDS ARROW} {BETTER}"]
    assert faults(figure) == []


def test_the_best_stand_on_top(comparison):
    found = made_up(comparison, {"on_margin": -1.0, "tight": 2.0, "no_authority": 0.1})
    assert names(draw(found)) == [found.titles[arm] for arm in ("tight", "no_authority", "on_margin")]


def test_arms_that_are_the_same_firm_are_named_and_not_judged(comparison, golden):
    found = replace(made_up(comparison, {"on_margin": 3.0, "tight": 1.0}), equal={"tight": "as_is"})
    figure = draw(found)
    first, second = names(figure)
    assert first == found.titles["on_margin"]
    assert second.startswith(found.titles["tight"])
    assert second.endswith(BASELINE)
    golden(second)
    assert "tight" not in marks(figure.axes[0])
    assert title_of(figure) == finding(made_up(comparison, {"on_margin": 3.0}))
    nothing = replace(found, equal={"tight": "as_is", "on_margin": "as_is"})
    assert numbers_in(finding(nothing)) == []
    golden(finding(nothing))


def test_of_many_arms_the_best_are_drawn_and_the_others_counted(comparison, golden):
    figure = draw(made_up(comparison, {f"policy_{k}": 20.0 - k for k in range(MOST_ROWS + 3)}))
    assert names(figure) == [f"policy_{k}" for k in range(MOST_ROWS)]
    assert numbers_in(note_of(figure))[-2:] == [3.0, MOST_ROWS + 3.0]  # left out, of so many
    golden(note_of(figure))
    assert faults(figure) == []


def test_a_baseline_of_nothing_leaves_differences_in_their_own_unit(comparison):
    found = made_up(comparison, {"on_margin": 3.0})
    differences = tuple(replace(d, scale=float("nan")) for d in found.differences)
    figure = draw(replace(found, differences=differences))
    assert figure.axes[0].get_xlabel() == "USD thousand"
    assert marks(figure.axes[0])["on_margin"].get_xdata()[0] == pytest.approx(600.0)


def test_an_arm_that_never_differed_says_so(comparison, golden):
    found = made_up(comparison, {"on_margin": 3.0, "tight": 0.0}, half=0.0)
    still = tuple(replace(d, paired=0.0 * d.paired) if d.arm == "tight" else d for d in found.differences)
    figure = draw(replace(found, differences=still))
    beside = {text.get_text() for text in figure.axes[0].texts}
    varied = {text.get_text() for text in draw(found).axes[0].texts}
    (said,) = beside - varied
    assert numbers_in(said) == []
    golden(said)


@pytest.mark.parametrize("count", [1, 2])
def test_intervals_are_written_and_said_to_hold_for_the_arms_of_an_outcome(comparison, golden, count):
    both = [
        made_up(comparison, {"on_margin": 3.0, "tight": -1.0}, outcome=name)
        for name in ("realised", "revenue")[:count]
    ]
    figure = draw(replace(both[0], differences=tuple(d for each in both for d in each.differences)))
    golden(note_of(figure))
    for axes in figure.axes:
        (written,) = [text.get_text() for text in axes.texts if "+3.0" in text.get_text()]
        assert re.findall(r"\+[\d.]+", written) == ["+3.0", "+2.5", "+3.5"]
        assert BETTER in written
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
