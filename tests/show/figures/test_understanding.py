"""Understanding by level."""

from dataclasses import replace

import numpy as np
import pytest

from salesim import simulate
from salesim.show.figures.understanding import draw, level_name, lost_on_the_way, weekly
from salesim.show.words import percent
from tests.firms import small_firm
from tests.show.figures.reading import title_of, words_of


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
    return replace(results, pairs=tuple(pairs))


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (2, ["reps", "first-line managers"]),
        (3, ["reps", "first-line managers", "top level"]),
        (5, ["reps", "first-line managers", "second-line managers", "third-line managers", "top level"]),
        (
            10,
            [
                "reps",
                "first-line managers",
                "second-line managers",
                "third-line managers",
                "fourth-line managers",
                "fifth-line managers",
                "sixth-line managers",
                "seventh-line managers",
                "eighth-line managers",
                "top level",
            ],
        ),
    ],
)
def test_levels_are_named_in_words(levels, said):
    assert [level_name(level, levels) for level in range(levels)] == said


def test_there_is_a_panel_for_each_level_from_the_top_down(results):
    figure = draw(results)
    names = [axes.get_title(loc="left") for axes in figure.axes]
    assert names == ["top level", "second-line managers", "first-line managers", "reps"]
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


def test_title_and_numbers_beside_the_lines_are_those_measured(results):
    figure = draw(results)
    measures, series = results.measures, results.series["understanding_by_level"]
    assert title_of(figure) == (
        f"Understanding is lost on the way down: the top level ends with {percent(series.mean[-1])} of the "
        f"strategy, reps with {percent(measures['understanding'].mean)} "
        f"(they rate themselves at {percent(measures['self_rated'].mean)})"
    )
    beside = [text.get_text() for text in figure.axes[-1].texts]
    assert beside == [percent(measures[name].mean) for name in ("understanding", "self_rated")]
    began = np.mean([pair.levels["understanding"][0] for pair in results.pairs])
    assert f"Reps began it with {percent(began)}" in words_of(figure)


def test_the_title_follows_who_understands_more(results):
    def knowing_reps(levels):
        levels["understanding"][levels["level"] == 0] = 0.9

    def all_alike(levels):
        levels["understanding"] = 0.5

    assert title_of(draw(with_levels(results, knowing_reps))).startswith(
        "Reps understand more than the top level:"
    )
    assert lost_on_the_way(with_levels(results, knowing_reps)).mean < 0.0
    assert title_of(draw(with_levels(results, all_alike))).startswith(
        "What is understood: the top level ends with 50%"
    )


def test_one_replicate_claims_no_loss_on_the_way(single):
    assert title_of(draw(single)).startswith("What is understood: the top level ends with")


def test_weeks_in_which_nobody_is_there_are_a_gap_in_the_line(results):
    def empty_seats(levels):
        reps = levels["level"] == 0
        levels["people"][reps & (levels["week"] < 40)] = 0

    figure = draw(with_levels(results, empty_seats))
    known, rated = shown(figure, level_from_top=3)
    assert np.isnan(known[: 40 - 26]).all()
    assert np.isfinite(rated[40 - 26 :]).all()
    assert "began" not in words_of(figure)


def test_a_firm_without_reps_at_the_end_says_so(results):
    def nobody(levels):
        levels["people"][levels["level"] == 0] = 0

    figure = draw(with_levels(results, nobody))
    assert title_of(figure) == "Nobody holds a rep's seat in the last quarter of the plan"
    assert len(figure.axes[0].texts) == 2
    assert len(figure.axes[-1].texts) == 0


def test_rows_of_the_levels_are_sorted_into_replicates_weeks_and_levels():
    firm = simulate(small_firm(organisation={"weeks": 3, "hierarchy_hops": 3}), replicates=2)
    values = weekly(firm, "understanding")
    assert values.shape == (2, 3, 3)
    for number, pair in enumerate(firm.pairs):
        for row in pair.levels:
            assert values[number, row["week"] - 13, row["level"]] == pytest.approx(row["understanding"])
