"""Understanding by level."""

import re
from dataclasses import replace

import numpy as np
import pytest

from salesim import simulate
from salesim.quantity import percent
from salesim.runs.run_findings import level_name, lost_on_the_way, weekly
from salesim.show.figures.understanding import draw
from tests.firms import small_firm
from tests.show.figures.reading import (
    kind_of,
    numbers_in,
    percents,
    subtitle_of,
    title_of,
    with_other,
    words_of,
)


def shown(figure, level_from_top=0):
    """Both curves of a panel: actual and self-rated."""
    return [np.array(line.get_ydata()) for line in figure.axes[level_from_top].lines]


def with_levels(results, change):
    """The same results with what was recorded of the levels changed."""
    pairs = []
    for pair in results.pairs:
        levels = pair.levels.copy()
        change(levels)
        pairs.append(replace(pair, levels=levels))
    return with_other(results, pairs=tuple(pairs))


@pytest.mark.parametrize("levels", [2, 3, 5, 10])
def test_levels_are_named_in_words(levels, golden):
    said = [level_name(level, levels) for level in range(levels)]
    assert len({*said}) == levels
    assert said[0] == level_name(0, 10)  # reps, in every firm
    assert said[1] == level_name(1, 10)  # their managers
    assert (said[-1] == level_name(9, 10)) == (levels > 2)  # the top, where somebody stands between
    golden("\n".join(said))


def test_there_is_a_panel_for_each_level_from_the_top_down(results):
    figure = draw(results)
    names = [axes.get_title(loc="left") for axes in figure.axes]
    assert names == [level_name(level, 4) for level in (3, 2, 1, 0)]
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    assert figure.axes[0].get_ylim()[0] == 0.0


def test_curves_are_means_over_replicates_actual_solid_and_self_rated_dashed(results):
    figure = draw(results)
    for place, axes in enumerate(figure.axes):
        level = 3 - place
        for line, column, style in zip(
            axes.lines, ("understanding", "self_rated"), ["-", "--"], strict=True
        ):
            by_week = [pair.levels[pair.levels["level"] == level][column] for pair in results.pairs]
            np.testing.assert_allclose(line.get_ydata(), np.mean(by_week, axis=0), rtol=1e-6)
            assert line.get_linestyle() == style


def test_title_and_numbers_beside_the_lines_are_those_measured(results, golden):
    figure = draw(results)
    measures, series = results.measures, results.series["understanding_by_level"]
    measured = [series.mean[-1], measures["understanding"].mean, measures["self_rated"].mean]
    assert re.findall(r"\d+%", title_of(figure)) == [percent(each) for each in measured]
    golden(kind_of(title_of(figure)))
    beside = [text.get_text() for text in figure.axes[-1].texts]
    assert beside == [percent(measures[name].mean) for name in ("understanding", "self_rated")]
    began = np.mean([pair.levels["understanding"][0] for pair in results.pairs])
    before = [n for n in percents(words_of(figure)) if n not in percents(title_of(figure))]
    assert float(percent(began).rstrip("%")) in before


def test_the_title_follows_who_understands_more(results, golden):
    def knowing_reps(levels):
        levels["understanding"][levels["level"] == 0] = 0.9

    def all_alike(levels):
        levels["understanding"] = 0.5

    titles = [
        title_of(draw(each))
        for each in (results, *(with_levels(results, c) for c in (knowing_reps, all_alike)))
    ]
    assert lost_on_the_way(with_levels(results, knowing_reps)).mean < 0.0
    assert percents(titles[1])[1] == 90.0
    assert percents(titles[2])[:2] == [50.0, 50.0]
    assert len({kind_of(title) for title in titles}) == 3
    for title in titles[1:]:
        golden(kind_of(title))


def test_one_replicate_claims_no_loss_on_the_way(results, single):
    def all_alike(levels):
        levels["understanding"] = 0.5

    title, alike = title_of(draw(single)), title_of(draw(with_levels(results, all_alike)))
    assert kind_of(title) == kind_of(alike)


def test_weeks_in_which_nobody_is_there_are_a_gap_in_the_line(results):
    def empty_seats(levels):
        reps = levels["level"] == 0
        levels["people"][reps & (levels["week"] < 40)] = 0

    figure = draw(with_levels(results, empty_seats))
    known, rated = shown(figure, level_from_top=3)
    assert np.isnan(known[: 40 - 26]).all()
    assert np.isfinite(rated[40 - 26 :]).all()
    assert len(percents(subtitle_of(figure))) == len(percents(subtitle_of(draw(results)))) - 1


def test_a_firm_without_reps_at_the_end_says_so(results, golden):
    def nobody(levels):
        levels["people"][levels["level"] == 0] = 0

    figure = draw(with_levels(results, nobody))
    assert numbers_in(title_of(figure)) == []
    golden(title_of(figure))
    assert len(figure.axes[0].texts) == 2
    assert len(figure.axes[-1].texts) == 0


def test_rows_of_the_levels_are_sorted_into_replicates_weeks_and_levels():
    firm = simulate(small_firm(organisation={"weeks": 3, "hierarchy_hops": 3}), replicates=2)
    values = weekly(firm, "understanding")
    assert values.shape == (2, 3, 3)
    for number, pair in enumerate(firm.pairs):
        for row in pair.levels:
            assert values[number, row["week"] - 13, row["level"]] == pytest.approx(row["understanding"])
