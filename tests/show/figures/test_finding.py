"""A finding and its band: the title says whether it is reproduced, and no word lies on another."""

from dataclasses import replace

import numpy as np
import pytest

from salesim.evidence.target import targets
from salesim.evidence.wording import unit_text, verdict_text
from salesim.inputs.declared import words_of as words_of_path
from salesim.show.evidence.machine import evidence_of
from salesim.show.figures.bands import ASIDE, FAR, HIT, HIT_FITTED, MISSED, look_of, room_for
from salesim.show.figures.evidence_curves import together
from salesim.show.figures.evidence_overview import draw as draw_overview
from salesim.show.figures.evidence_overview import places
from salesim.show.figures.finding import draw
from tests.evidence.readings import LEVER, finding, measure, verdict
from tests.show.figures.reading import faults, numbers_in, title_of, words_of


@pytest.mark.parametrize("name", ["T2", "T6", "T14", "S9"])
@pytest.mark.parametrize("share", [0.5, -1.5])
def test_no_word_of_a_figure_lies_on_another(name, share):
    figure = draw(finding(name, share))
    assert faults(figure) == []
    assert finding(name).target.published in words_of(figure)


@pytest.mark.parametrize(
    ("made", "numbers"),
    [
        (finding("T3"), []),
        (finding("T3", revenue_lost=-2.0), [1.0, 2.0]),  # one of two is missed
        (finding("S9"), []),
        (finding("S9", won=3.0), []),
    ],
    ids=["reproduced", "missed", "fitted", "fitted and missed"],
)
def test_the_title_says_whether_the_finding_is_reproduced(golden, made, numbers):
    title, target = title_of(draw(made)), made.target
    said, named, _ = title.lower().partition(f"{target.name}, {target.title}".lower())
    assert named
    assert numbers_in(said) == numbers
    golden(title)


def test_verdicts_are_said_in_words_of_their_own():
    told = [
        title_of(draw(made)).partition(made.target.name)[0]
        for made in (finding("T3"), finding("T3", revenue_lost=-2.0), finding("S9"), finding("S9", won=3.0))
    ]
    assert len({*told}) == 4
    assert told[0] == title_of(draw(finding("T9"))).partition("T9")[0]


def test_each_measure_has_its_row_its_band_and_its_words():
    made = finding("T3", revenue_lost=-2.0)
    figure = draw(made)
    lost, _, without = figure.axes
    verdicts = {each.measure.name: each for each in made.verdicts}
    beside = [axes.texts[1].get_text() for axes in (lost, without)]
    assert beside == [verdict_text(verdicts[name]) for name in ("revenue_lost", "lost_without_authority")]
    assert beside[0] != beside[1]
    assert lost.get_xlabel() == unit_text(verdicts["revenue_lost"].measure.unit)
    box = lost.patches[0].get_extents().transformed(lost.transData.inverted())
    assert (box.x0, box.x1) == pytest.approx((4.0, 10.0))


def test_a_finding_along_a_lever_shows_its_curves():
    figure = draw(finding("T2"))
    curves = figure.axes[-1]
    assert [text.get_text() for text in curves.get_legend().get_texts()] == [
        curve.policy.replace("_", " ") for curve in finding("T2").curves
    ]
    assert words_of_path(LEVER) in curves.get_xlabel()
    assert curves.get_ylabel().startswith("operating profit")
    assert "USD million" in curves.get_ylabel()
    assert np.max(curves.lines[0].get_ydata()) == pytest.approx(5.0)


def test_curves_that_lie_on_each_other_share_a_line():
    curves = finding("T2").curves
    same = replace(curves[0], policy="the_same")
    assert [[c.policy for c in group] for group in together((*curves[:2], same))] == [
        ["baseline", "the_same"],
        ["margin"],
    ]


def test_kinds_of_verdicts_look_different_without_colour():
    assert len({(mark.marker, mark.hollow) for mark in (HIT, HIT_FITTED, MISSED, ASIDE)}) == 4
    assert look_of(verdict(measure("level", band=(0, 1), role="fitted"), 0.5)) == HIT_FITTED
    assert look_of(verdict(measure("level", band=(0, 1), role="fitted"), 2.0)) == MISSED
    assert look_of(verdict(measure("level", band=(0, 1), judged=False), 2.0)) == ASIDE


def test_what_was_fitted_is_marked_beside_its_name():
    labels = [axes.get_yticklabels()[0].get_text() for axes in draw(finding("T7")).axes]
    assert [label.endswith("(fitted)") for label in labels] == [True, True, False]


def test_a_far_end_of_a_band_is_cut_and_a_near_one_is_not():
    near = room_for(verdict(measure("level", band=(0.1, 0.3)), 0.2, 0.05))
    assert (near.cut, near.band) == ((False, False), (0.1, 0.3))
    far = room_for(verdict(measure("level", band=(0.0, 1e12)), 0.2, 0.05))
    assert far.cut == (False, True)
    assert far.band[1] == far.high < FAR


def test_the_overview_counts_and_shows_every_measure(golden):
    made = tuple(finding(name, *([-2.0] if name in ("T3", "T9") else [])) for name in targets())
    figure = draw_overview(evidence_of("", "The typical firm", 1, made, ""))
    assert numbers_in(title_of(figure)) == [9.0, 11.0]
    golden(title_of(figure))
    assert faults(figure) == []
    drawn = {line.get_gid() for axes in figure.axes for line in axes.lines} - {None}
    assert drawn == {v.measure.name for each in made for v in each.verdicts}


def test_an_overview_of_one_finding_is_one_column():
    figure = draw_overview(evidence_of("", "The typical firm", 1, [finding("T5")], ""))
    assert len(figure.axes) == 1
    assert faults(figure) == []


@pytest.mark.parametrize(
    ("band", "value", "place"),
    [
        ((0.0, 2.0), 0.5, 0.25),
        ((0.0, 2.0), 9.0, 2.0),
        ((0.0, 1e12), 5.0, 0.5),
        ((0.0, 1e12), -5.0, -0.5),
        ((-1e3, 0.0), -5.0, 0.5),
        ((-1e3, 0.0), 5.0, 1.5),
    ],
)
def test_a_value_stands_at_its_place_in_the_band(band, value, place):
    assert places(verdict(measure("level", band=band), value))[0] == pytest.approx(place)
