"""Promise and result by quarter."""

import numpy as np
import pytest

from salesim import simulate
from salesim.show.figures.curves import ALPHA
from salesim.show.figures.promised_and_realised import by_quarter, draw
from tests.firms import small_firm
from tests.show.figures.reading import kind_of, note_of, numbers_in, title_of, words_of


@pytest.mark.parametrize("weeks", [1, 12, 13, 20, 26, 156])
def test_quarters_are_sums_of_thirteen_weeks(weeks):
    weekly = np.arange(2.0 * weeks).reshape(2, weeks)
    quarters = by_quarter(weekly)
    assert quarters.shape == (2, max(1, weeks // 13))
    whole = weekly if weeks < 13 else weekly[:, : weeks // 13 * 13]
    np.testing.assert_allclose(quarters.sum(), whole.sum())


def test_title_and_gap_are_those_of_the_result(results):
    figure = draw(results)
    assert title_of(figure) == results.answer().rstrip(".")
    gap = results.dollars.text(results.known("promised").mean - results.known("realised").mean)
    assert sum(gap in text for text in words_of(figure).splitlines()) >= 1
    assert [text.get_text() for text in figure.axes[0].texts if gap in text.get_text()]


def test_curves_are_the_quarters_and_the_axis_starts_at_zero(results):
    axes = draw(results).axes[0]
    for line, name in zip(axes.lines, ("promised_by_quarter", "realised_by_quarter"), strict=True):
        np.testing.assert_allclose(line.get_ydata(), np.array(results.series[name].mean) / 1e6)
    assert axes.lines[0].get_linestyle() != axes.lines[1].get_linestyle()
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()
    assert axes.get_ylim()[0] == 0.0
    assert "USD million" in axes.get_ylabel()


def test_bands_are_the_range_over_replicates(results):
    axes = draw(results).axes[0]
    bands = [c for c in axes.collections if c.get_alpha() == pytest.approx(ALPHA)]
    for band, name in zip(bands, ("promised_by_quarter", "realised_by_quarter"), strict=True):
        heights = band.get_paths()[0].vertices[:, 1] * 1e6
        low, high = results.series[name].interval
        assert heights.min() == pytest.approx(min(low))
        assert heights.max() == pytest.approx(max(high))


def test_weeks_that_are_left_out_are_said(golden):
    cut = simulate(small_firm(organisation={"weeks": 30}, needs={"rate": 0.25}), replicates=2)
    whole = simulate(small_firm(needs={"rate": 0.25}), replicates=2)
    more = [n for n in numbers_in(note_of(draw(cut))) if n not in numbers_in(note_of(draw(whole)))]
    assert more == [4.0]  # weeks beyond the last whole quarter
    golden(note_of(draw(cut)))
    golden(note_of(draw(whole)))


def test_a_loss_and_a_promise_of_nothing_are_said_in_words(golden):
    bought_dear = {"needs": {"rate": 0.25}, "market": {"cost_to_serve": 200.0}}
    figure = draw(simulate(small_firm(**bought_dear), replicates=2))
    assert small_firm().title in title_of(figure)
    lost, earned, *_ = numbers_in(title_of(figure))
    assert lost > 0.0 > earned
    golden(kind_of(title_of(figure)))
    assert figure.axes[0].get_ylim()[0] < 0.0
    assert figure.axes[0].get_ylim()[1] >= 0.0
