"""Attainment of quota."""

import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from salesim.quantity import percent
from salesim.show.figures.attainment import MAX_BARS, bar_edges, draw, shares_of
from tests.show.figures.reading import kind_of, note_of, numbers_in, title_of

ratios = arrays(float, st.integers(1, 40), elements=st.floats(-5.0, 1e9))


def bars_of(axes):
    return [bar for bar in axes.patches if bar.get_width() > 0.0]


@given(ratios)
def test_every_rep_stands_in_a_bar_and_quota_lies_between_two(each):
    edges = bar_edges(each)
    assert 2 <= len(edges) - 1 <= MAX_BARS + 2
    assert 1.0 in edges
    assert edges[0] < 1.0 < edges[-1]
    shares = shares_of(each, edges)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[edges[:-1] >= 1.0].sum() == pytest.approx((each >= 1.0).mean())


@example(np.array([1.15, 1.15]))
@given(ratios)
def test_bars_at_the_ends_hold_few_from_beyond(each):
    usual = each[(each > -0.4) & (each < 2.9)]
    if len(usual):
        edges = bar_edges(usual)
        assert (usual < edges[0] - 1e-9).mean() <= 0.005 + 1.0 / len(usual)
        assert (usual >= edges[-1]).mean() <= 0.005 + 1.0 / len(usual)


def test_bars_are_shares_of_reps_and_those_at_quota_are_dark(results):
    axes = draw(results).axes[0]
    bars = bars_of(axes)
    assert sum(bar.get_height() for bar in bars) == pytest.approx(100.0)
    assert axes.get_ylim()[0] == 0.0
    dark = [bar for bar in bars if bar.get_x() > 1.0]
    assert len({bar.get_facecolor() for bar in dark}) == 1
    assert dark[0].get_facecolor() != bars[0].get_facecolor()
    reached = results.measures["reps_at_quota"].mean
    assert sum(bar.get_height() for bar in dark) == pytest.approx(100.0 * reached)


def written(text):
    """Shares as they stand in a text."""
    return re.findall(r"\d+%", text)


def test_title_and_key_are_what_was_measured(results, golden):
    figure = draw(results)
    reached, mean = results.measures["reps_at_quota"], results.measures["attainment"]
    assert written(title_of(figure)) == [percent(reached.mean), percent(mean.mean)]
    golden(kind_of(title_of(figure)))
    key = [text.get_text() for text in figure.legends[0].get_texts()]
    low, high = reached.interval
    assert [written(each) for each in key] == [
        [percent(1.0 - reached.mean)],
        [percent(each) for each in (reached.mean, low, high)],
    ]
    golden(kind_of("\n".join(key)))


def test_it_says_who_is_counted(results, golden):
    rows = np.concatenate([pair.years for pair in results.pairs])
    counted = ((rows["weeks"] >= 26) & (rows["quota"] > 0.0)).sum() / len(results.pairs)
    note = note_of(draw(results))
    assert numbers_in(note)[:2] == [26.0, round(counted)]  # weeks in a seat, and who is counted
    golden(kind_of(note))


def test_the_line_stands_at_quota_and_a_tick_says_100_percent(results):
    axes = draw(results).axes[0]
    assert next(line.get_xdata()[0] for line in axes.lines if len(set(line.get_xdata())) == 1) == 1.0
    ticks = dict(zip(axes.get_xticks(), [tick.get_text() for tick in axes.get_xticklabels()], strict=True))
    assert ticks[1.0] == "100%"


def test_without_a_range_none_is_in_the_key(single):
    key = draw(single).legends[0].get_texts()[1].get_text()
    assert "(" not in key
