"""The next best levers: the best on top, what is noise pale, and what is left out said."""

import pytest

from salesim.show.figures.next_levers import MOST_ROWS, draw
from tests.show.figures.ledgers import levers, step
from tests.show.figures.reading import faults, title_of, words_of

REGIME, CAP, MINUS = "regime.price_regime", "payout.cap", "\N{MINUS SIGN}"


def names(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def columns(figure):
    """The amounts beside the bars, row by row."""
    texts = sorted(figure.axes[1].texts, key=lambda text: (text.get_position()[1], text.get_position()[0]))
    said = [text.get_text() for text in texts]
    return [tuple(said[k : k + 3]) for k in range(0, len(said), 3)]


MODE = step(3.4, 0.5, REGIME, "delegated", "guided", cost=0.2)


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        (
            [MODE, step(1.0)],
            "The largest gain of one step: price regime from delegated to guided, USD 3.40 million net of cost (90% interval 2.90 to 3.90)",
        ),
        (
            [step(2.0, 3.0), step(1.0)],
            "The largest gain of one step: discount authority from 10% to 15%, USD 1.00 million net of cost (90% interval 0.90 to 1.10)",
        ),
        ([step(2.0, 3.0), step(-1.0)], "No step of one lever gains beyond noise"),
        ([step(-1.0), step(-2.0)], "Every step of one lever loses beyond noise"),
        ([step(0.0, 0.0)], "No step of a single lever changes anything"),
        ([], "No step of a single lever changes anything"),
    ],
)
def test_the_title_names_the_best_step_that_is_not_noise(steps, title):
    figure = draw(levers(*steps))
    assert title_of(figure) == title
    assert faults(figure) == []


def test_each_step_is_a_bar_with_its_interval_and_its_amounts():
    steps = [MODE, step(0.05, 0.2), step(-1.0, lever=CAP, before=3.0, after=2.7, cost=-0.5)]
    figure = draw(levers(*steps))
    bars = figure.axes[0].patches
    assert [bar.get_width() for bar in bars] == pytest.approx([3.4, 0.05, -1.0])
    assert [bool(bar.get_hatch()) for bar in bars] == [False, True, False]
    ends = [
        c.get_segments()[0][:, 0].tolist() for c in figure.axes[0].collections if hasattr(c, "get_segments")
    ]
    assert ends == [pytest.approx([2.9, 3.9]), pytest.approx([-0.15, 0.25]), pytest.approx([-1.1, -0.9])]
    assert names(figure) == [
        "price regime: delegated \N{RIGHTWARDS ARROW} guided",
        "discount authority: 10% \N{RIGHTWARDS ARROW} 15%",
        "cap: 3 \N{RIGHTWARDS ARROW} 2.7",
    ]
    assert columns(figure) == [
        ("net gain", "contribution", "cost"),
        ("+3.40", "+3.60", "+0.20"),
        ("+0.05", "+0.05", "0.00"),
        (f"{MINUS}1.00", f"{MINUS}1.50", f"{MINUS}0.50"),
    ]
    key = [text.get_text() for text in figure.legends[0].get_texts()]
    assert key == ["90% interval", "gains", "loses", "within noise"]


def test_of_many_steps_the_best_are_drawn_and_the_others_counted():
    steps = [*(step(20.0 - k) for k in range(MOST_ROWS + 5)), step(0.0, 0.0)]
    figure = draw(levers(*steps))
    assert len(names(figure)) == MOST_ROWS
    assert [bar.get_width() for bar in figure.axes[0].patches] == pytest.approx(
        [20.0 - k for k in range(MOST_ROWS)]
    )
    assert "Left out: 5 that gain less. Steps that change nothing: 1." in words_of(figure)
    assert "10 replicates, and is judged by itself; the best of many looks better than it is." in words_of(
        figure
    )
    assert faults(figure) == []


def test_amounts_of_any_size_stay_apart():
    for factor in (1e-4, 1.0):
        figure = draw(
            levers(
                step(900.0 * factor, 1.0 * factor, cost=1000.0 * factor), step(-1.0 * factor, 10.0 * factor)
            )
        )
        assert faults(figure) == []
