"""The forest of differences: the finding, marks where the differences are, and what is left out."""

import re

import numpy as np
import pytest

from salesim.analysis.comparing.comparison import BETTER, UNCLEAR, WORSE
from salesim.english import TODAY, capital
from salesim.quantity import Unit
from salesim.show.figures.forest import MAX_ROWS, draw
from tests.show.figures.comparisons import changed, made_up
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, title_of


def finding(comparison):
    return comparison.answer(comparison.outcomes[0]).removesuffix(".")


NEAR = {"on_margin": ["tight"]}
MARKERS = {BETTER: "o", WORSE: "s", UNCLEAR: "D"}


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


def marks(axes):
    return {line.get_gid(): line for line in axes.lines if line.get_marker() not in ("None", None, "")}


RAISED = [620.0, 95.0, 520.0, 720.0, 3.1]
FINDINGS = [
    ({"on_margin": 3.1}, {}, "on_margin", [*RAISED, 40.0]),
    ({"on_margin": -3.1}, {}, "on_margin", [*RAISED[:4], -3.1, 40.0]),
    ({"on_margin": 0.2}, {}, "on_margin", [95.0, -0.3, 0.7, 40.0]),
    ({"on_margin": 3.1, "tight": 1.0}, {}, "on_margin", [2.0, *RAISED]),
    ({"on_margin": 3.1, "tight": 3.0}, {"on_margin": ["tight"]}, "on_margin", [2.0, 1.0, *RAISED]),
    (
        {"on_margin": 3.1, "tight": 3.0, "no_authority": 2.9},
        {"on_margin": ["tight", "no_authority"]},
        "on_margin",
        [3.0, 2.0, *RAISED],
    ),
    ({"on_margin": -3.1, "tight": 0.1}, {}, None, [2.0, 1.0, 1.0]),
    ({"on_margin": -3.1, "tight": -2.0}, {}, None, [2.0, 2.0]),
    ({"on_margin": 0.1, "tight": 0.2, "no_authority": 0.0}, {}, None, [3.0, 3.0]),
]


@pytest.mark.parametrize(("points", "tied", "first", "numbers"), FINDINGS)
def test_the_title_says_what_paired_differences_tell(comparison, golden, points, tied, first, numbers):
    title = finding(made_up(comparison, points, tied=tied))
    assert title.startswith(capital(comparison.arms[first]) if first else "None of ")
    assert [arm for arm in points if comparison.arms[arm] in title.lower()] == [first] * bool(first)
    assert numbers_in(title) == numbers
    golden(title)


def test_each_finding_is_said_in_words_of_its_own(comparison):
    kinds = {kind_of(finding(made_up(comparison, points, tied=tied))) for points, tied, *_ in FINDINGS}
    assert len(kinds) == len(FINDINGS)
    two, four = (made_up(comparison, {"on_margin": points}) for points in (2.0, 4.0))
    assert kind_of(finding(two)) == kind_of(finding(four))


def test_overlapping_intervals_do_not_decide(comparison):
    """Two arms whose intervals overlap are told apart where the ranking, which pairs them, says so."""
    found = made_up(comparison, {"on_margin": 3.1, "tight": 3.0}, half=2.0, tied={})
    apart = made_up(comparison, {"on_margin": 3.1, "tight": 1.0})
    alike = changed(
        found, rankings=made_up(comparison, {"on_margin": 3.1, "tight": 3.0}, tied=NEAR).rankings
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
        assert axes.get_xlabel() == Unit(comparison.of(outcome)[0].scaled_unit).shown
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
    assert names(draw(found)) == [found.arms[arm] for arm in ("tight", "no_authority", "on_margin")]


def test_arms_that_are_the_same_firm_are_named_and_not_judged(comparison, golden):
    found = changed(made_up(comparison, {"on_margin": 3.0, "tight": 1.0}), equal={"tight": "baseline"})
    figure = draw(found)
    first, second = names(figure)
    assert first == found.arms["on_margin"]
    assert second.startswith(found.arms["tight"])
    assert second.endswith(TODAY)
    golden(second)
    assert "tight" not in marks(figure.axes[0])
    assert title_of(figure) == finding(found)
    nothing = changed(found, equal={"tight": "baseline", "on_margin": "baseline"})
    assert numbers_in(finding(nothing)) == []
    golden(finding(nothing))


def test_of_many_arms_the_best_are_drawn_and_the_others_counted(comparison, golden):
    figure = draw(made_up(comparison, {f"policy_{k}": 20.0 - k for k in range(MAX_ROWS + 3)}))
    assert names(figure) == [f"policy_{k}" for k in range(MAX_ROWS)]
    assert numbers_in(note_of(figure))[-2:] == [3.0, MAX_ROWS + 3.0]  # left out, of so many
    golden(note_of(figure))
    assert faults(figure) == []


def test_a_baseline_of_nothing_leaves_differences_in_their_own_unit(comparison):
    found = made_up(comparison, {"on_margin": 3.0})
    differences = tuple(changed(d, scale=float("nan")) for d in found.differences)
    figure = draw(changed(found, differences=differences))
    assert figure.axes[0].get_xlabel() == "USD thousand"
    assert marks(figure.axes[0])["on_margin"].get_xdata()[0] == pytest.approx(600.0)


def test_an_arm_that_never_differed_says_so(comparison, golden):
    found = made_up(comparison, {"on_margin": 3.0, "tight": 0.0}, half=0.0)
    still = tuple(changed(d, paired=0.0 * d.paired) if d.arm == "tight" else d for d in found.differences)
    figure = draw(changed(found, differences=still))
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
    figure = draw(changed(both[0], differences=tuple(d for each in both for d in each.differences)))
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
    found = changed(
        both[0],
        differences=tuple(d for each in both for d in each.differences),
        arms={
            "baseline": "the firm as it is",
            "on_margin": "a policy with quite a long name " * 3,
            "tight": "short",
        },
    )
    figure = draw(found)
    assert len([axes for axes in figure.axes if axes.get_visible()]) == count
    assert faults(figure) == []
