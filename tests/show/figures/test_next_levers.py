"""The next best levers: the best on top, what is noise pale, and what is left out said."""

import pytest

from salesim.show.figures.next_levers import MAX_ROWS, draw
from tests.show.figures.ledgers import levers, step
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, percents, title_of

REGIME, CAP, MINUS = "regime.price_regime", "payout.cap", "\N{MINUS SIGN}"


def names(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def columns(figure):
    """The amounts beside the bars, row by row."""
    texts = sorted(figure.axes[1].texts, key=lambda text: (text.get_position()[1], text.get_position()[0]))
    said = [text.get_text() for text in texts]
    return [tuple(said[k : k + 3]) for k in range(0, len(said), 3)]


MODE = step(3.4, 0.5, REGIME, "delegated", "guided", cost=0.2)


FINDINGS = [
    (
        [MODE, step(1.0)],
        [3.4, 90.0, 2.9, 3.9],
    ),
    (
        [step(2.0, 3.0), step(1.0)],
        [10.0, 15.0, 1.0, 90.0, 0.9, 1.1],
    ),
    ([step(2.0, 3.0), step(-1.0)], []),
    ([step(-1.0), step(-2.0)], []),
    ([step(0.0, 0.0)], []),
    ([], []),
]


@pytest.mark.parametrize(("steps", "numbers"), FINDINGS)
def test_the_title_names_the_best_step_that_is_not_noise(golden, steps, numbers):
    figure = draw(levers(*steps))
    assert numbers_in(title_of(figure)) == numbers
    golden(title_of(figure))
    assert faults(figure) == []


def test_each_finding_is_said_in_words_of_its_own():
    titles = [title_of(draw(levers(*steps))) for steps, _ in FINDINGS]
    assert titles[0].index("price regime") < titles[0].index("delegated") < titles[0].index("guided")
    assert "discount authority" in titles[1]
    assert len({kind_of(title) for title in titles}) == len(titles) - 1
    assert titles[-1] == titles[-2]  # no step that does anything, and no step


def test_each_step_is_a_bar_with_its_interval_and_its_amounts(golden):
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
    heads, *amounts = columns(figure)
    golden("\n".join(heads))
    assert amounts == [
        ("+3.4", "+3.6", "+0.2"),
        ("0.0", "0.0", "0.0"),
        (f"{MINUS}1.0", f"{MINUS}1.5", f"{MINUS}0.5"),
    ]
    key = [text.get_text() for text in figure.legends[0].get_texts()]
    assert percents(key[0]) == [90.0]
    golden("\n".join(key))


def test_of_many_steps_the_best_are_drawn_and_the_others_counted(golden):
    steps = [*(step(20.0 - k) for k in range(MAX_ROWS + 5)), step(0.0, 0.0)]
    figure = draw(levers(*steps))
    assert len(names(figure)) == MAX_ROWS
    assert [bar.get_width() for bar in figure.axes[0].patches] == pytest.approx(
        [20.0 - k for k in range(MAX_ROWS)]
    )
    assert numbers_in(note_of(figure)) == [10.0, 5.0, 1.0]
    golden(note_of(figure))
    assert faults(figure) == []


def test_amounts_of_any_size_stay_apart():
    for factor in (1e-4, 1.0):
        figure = draw(
            levers(
                step(900.0 * factor, 1.0 * factor, cost=1000.0 * factor), step(-1.0 * factor, 10.0 * factor)
            )
        )
        assert faults(figure) == []
