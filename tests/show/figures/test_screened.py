"""What moves an outcome: the largest on top, luck beside it, noise hollow, and no claim beyond the data."""

import numpy as np
import pytest

from salesim.analysis.screening.screening import ParameterEffect, Screening
from salesim.inputs.declared import declared_numbers
from salesim.outcomes import NUMBERS
from salesim.show.figures.screened import LOOKS, MAX_ROWS, draw
from tests.show.figures.reading import faults, note_of, numbers_in, percents, title_of

PATHS = (
    "market.value",
    "accounts.pull_of_comfort",
    "buying.threshold",
    "calls.half_response",
    "needs.rate",
    "effort.effect",
    "learning.half_life",
    "regime.contract_share",
    "survey.self_rating",
    "timing.impatience",
    "selling.pace",
    "selling.patience",
    "service.crowding",
    "quotas.territory_error",
    "worth.rest_spread",
    "reviews.effect",
    "leaving.pay_memory",
)


def effect(place=0, size=0.1, sign=1.0, significant=True, among=1.0, noise=0.01):
    ends = sorted((sign * size * 0.8, size * 1.2 if sign else -size))
    return ParameterEffect(
        path=PATHS[place],
        mu=sign * size,
        mu_interval=ends if sign >= 0 else (-size * 1.2, -size * 0.8),
        mu_star=size,
        interval=(size * 0.8, size * 1.2),
        sigma=size / 2,
        noise=noise,
        p_value=0.001,
        significant=significant,
        among_first=among,
    )


def screening(*parameters, outcome="realisation_ratio", undefined=0):
    return Screening(
        title="Our firm",
        scenario="our_firm",
        question="Which moves it? 20 trajectories.",
        outcome=NUMBERS[outcome],
        seed=1,
        replicates=2,
        trajectories=20,
        undefined=undefined,
        parameters=parameters,
    )


def named_in(text):
    """The numbers of a firm that a text names, in their order."""
    said = {
        words: text.lower().find(words)
        for words in (path.replace(".", " ").replace("_", " ") for path in PATHS)
    }
    order = sorted((place, words) for words, place in said.items() if place >= 0)
    return [next(p for p in PATHS if p.replace(".", " ").replace("_", " ") == words) for _, words in order]


MANY = [
    effect(place, 0.2 / (place + 1), among=1.0 if place < 4 else 0.6 if place == 4 else 0.3)
    for place in range(17)
]


def test_the_title_names_the_first_five_and_the_figure_the_first_fifteen(golden):
    figure = draw(screening(*MANY))
    assert named_in(title_of(figure)) == list(PATHS[:5])
    golden(title_of(figure))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(labels) == MAX_ROWS == 15
    assert [label.rpartition("\n")[2] for label in labels] == list(PATHS[:15])
    meaning = declared_numbers()["market.value"].meaning
    assert meaning.startswith(" ".join(labels[0].split()[:-1]))
    counted = numbers_in(note_of(figure))
    assert 2.0 in counted  # left out
    golden(note_of(figure))
    assert figure.axes[0].get_xlabel().endswith("(percentage points)")
    assert faults(figure) == []


def test_each_number_is_drawn_at_its_size_with_its_interval_and_what_luck_gives(golden):
    figure = draw(screening(effect(0, 0.2), effect(1, 0.1, sign=-1.0), effect(2, 0.05, significant=False)))
    axes = figure.axes[0]
    marks = [line.get_xdata()[0] for line in axes.lines if line.get_marker() in "osDx"]
    (chance,) = [line for line in axes.lines if line.get_marker() == "|" and line.get_markersize() == 11]
    assert marks == pytest.approx([20.0, 10.0, 5.0])
    assert chance.get_xydata() == pytest.approx(np.array([[1.0, row] for row in range(3)]))
    ends = [[*line.get_xdata()] for line in axes.lines if len(line.get_xdata()) == 2]
    assert ends == [pytest.approx([16.0, 24.0]), pytest.approx([8.0, 12.0]), pytest.approx([4.0, 6.0])]
    key = [text.get_text() for text in figure.legends[0].get_texts()]
    drawn = {line.get_marker() for line in axes.lines}
    assert key[:3] == [look.label for look in LOOKS.values() if look.marker in drawn]
    golden("\n".join(key))
    assert faults(figure) == []


def test_each_direction_looks_different_in_colour_or_mark():
    assert len({look[1:] for look in LOOKS.values()}) == len(LOOKS)
    zero = effect(4, size=0.0, sign=0.0, significant=False, noise=0.0)
    figure = draw(
        screening(effect(0), effect(1, sign=0.0), effect(2, sign=-1.0), effect(3, significant=False), zero)
    )
    *looks, luck = [text.get_text() for text in figure.legends[0].get_texts()]
    assert looks == [look.label for look in LOOKS.values()]
    assert luck not in looks
    assert faults(figure) == []


def test_where_all_is_luck_nothing_is_said_to_move_anything(golden):
    found = screening(effect(0, significant=False), effect(1, 0.05, significant=False))
    assert f"{title_of(draw(found))}." == found.sentences[0]
    assert named_in(found.sentences[0]) == []
    assert numbers_in(found.sentences[1])[:2] == [0.0, 2.0]
    golden("\n".join(found.sentences[:2]))
    assert faults(draw(found)) == []


def test_what_is_noise_is_not_named_among_the_first(golden):
    found = screening(effect(0, 0.3), effect(1, 0.2, significant=False), effect(2, 0.1))
    assert named_in(found.sentences[0]) == ["market.value", "buying.threshold"]
    assert numbers_in(found.sentences[0])[:2] == [30.0, 10.0]
    golden(found.sentences[0])


def test_sentences_say_whose_place_is_unsure_and_what_was_left_out(golden):
    said = screening(*MANY, undefined=3).sentences
    unsure, might = ([line for line in said if percents(line)[:1] == [share]] for share in (60.0, 30.0))
    assert [named_in(line) for line in unsure] == [["needs.rate"]]
    assert [named_in(line)[0] for line in might] == ["effort.effect"]
    (left_out,) = {*said} - {*screening(*MANY).sentences}
    assert numbers_in(left_out) == [3.0]
    assert numbers_in(said[-1]) == [20.0]  # trajectories
    for line in (*unsure, *might, left_out):
        golden(line)


@pytest.mark.parametrize(
    ("outcome", "size", "said"),
    [
        ("realisation_ratio", 0.1234, "12 percentage points"),
        ("realised", 1_234_567.0, "USD 1.2 million"),
        ("win_rate", 0.00123, "0.12 percentage points"),
        ("turnover", 0.0, "0.0 percentage points a year"),
    ],
)
def test_effects_have_the_unit_and_digits_that_they_deserve(outcome, size, said):
    found = screening(effect(0, size), outcome=outcome)
    assert found.scale.text(size) == said
