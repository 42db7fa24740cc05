"""Names of arms: what tells two apart is never cut away, and the baseline is the firm as it is."""

import pytest

from salesim.analysis.comparing.comparing import comparison_of
from salesim.analysis.comparing.pairs import paired as pairs_of
from salesim.analysis.comparing.quarters import quarters_of
from salesim.english import TODAY
from salesim.show.figures import arms_by_quarter, forest, paired_differences
from salesim.show.figures.arms import called
from tests.show.figures.comparisons import changed, made_up, swept
from tests.show.figures.reading import faults, words_of
from tests.show.figures.studies import AUTHORITY

WEIGHT = "pay.margin_weight"


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """A grid of two levers, nine settings."""
    levers = {AUTHORITY: [0.05, 0.1, 0.15], WEIGHT: [0.0, 0.5, 1.0]}
    return comparison_of(swept(tmp_path_factory.mktemp("grid") / "laid", {}, replicates=3, levers=levers))


def rows_of(axes):
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def test_labels_of_a_grid_keep_the_values_that_tell_settings_apart(laid_out):
    titles = {laid_out.arms[arm] for arm in laid_out.places if arm != "baseline"}
    lists = [
        rows_of(forest.draw(laid_out).axes[0]),
        rows_of(paired_differences.draw(pairs_of(laid_out, "realised")).axes[1]),
        [
            t.get_text().replace("\n", " ")
            for t in arms_by_quarter.draw(quarters_of(laid_out)).axes[0].get_legend().get_texts()
        ][1:],
    ]
    for names in lists:
        assert len(names) == len({*names}) >= 5
        assert {*names} <= titles


def test_figures_of_a_grid_find_room(laid_out):
    pairs = pairs_of(laid_out, "realised")
    assert faults(forest.draw(laid_out)) == []
    assert faults(paired_differences.draw(pairs)) == []
    assert faults(arms_by_quarter.draw(quarters_of(laid_out))) == []


def test_long_titles_that_differ_in_their_middle_stay_apart(comparison):
    found = made_up(comparison, {"on_margin": 3.0, "tight": 1.0})
    long = {
        arm: f"A policy for {'all ' * 8}of the {word} customers {'and more ' * 5}"
        for arm, word in (("on_margin", "old"), ("tight", "new"))
    }
    found = changed(found, arms={**found.arms, **long})
    assert called(found, "on_margin") != called(found, "tight")


def test_the_baseline_is_the_firm_as_it_is_and_its_title_stands_below(comparison):
    found = made_up(comparison, {"on_margin": 3.0})
    found = changed(found, arms={**found.arms, "baseline": "Another title"})
    pairs = pairs_of(found, "realised")
    firm = next(iter(found.sweep.study.firms.values())).title
    for figure in (
        forest.draw(found),
        paired_differences.draw(pairs),
        arms_by_quarter.draw(quarters_of(found)),
    ):
        assert TODAY in words_of(figure)
        assert "Another title" not in words_of(figure)
        assert firm in words_of(figure)
