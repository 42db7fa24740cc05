"""The sentence follows the numbers: had the run answered otherwise, it would read otherwise."""

import re

import numpy as np
import pytest

from salesim.analysis.answer_text import answer_sentences, claim_text, note
from salesim.analysis.answering import (
    Answered,
    BestFound,
    Change,
    EffectFound,
    Peak,
    TogetherFound,
    answered,
)
from salesim.english import TODAY, capital
from salesim.outcomes import NUMBERS
from salesim.quantity import Unit
from salesim.show.figures import effects_of_answer as effects
from tests.runs.made_up import luck, made_up
from tests.show.figures.reading import kind_of, numbers_in, percents

PROFIT = "operating_profit"


def change(mean, half=1.0, said=""):
    """A difference in USD million, with half its interval."""
    return Change(said=said, mean=1e6 * mean, low=1e6 * (mean - half), high=1e6 * (mean + half))


WHAT = "a bonus"


def effect(*changes, apart=None, what=WHAT, outcome=PROFIT):
    return claim_text(EffectFound(what=what, label=what, outcome=outcome, changes=changes, apart=apart))


def told(text):
    """The numbers of a sentence with their signs, and the circumstances that it names, in their order."""
    return [
        each if each in (CALM, FAST) else float(each.replace(",", ""))
        for each in re.findall(rf"{CALM}|{FAST}|-?\d[\d,]*(?:\.\d+)?", text.replace("\N{MINUS SIGN}", "-"))
    ]


CALM, FAST = "in a calm market", "in a fast one"


def test_an_effect_raises_lowers_or_is_within_noise(golden):
    said = [effect(change(3.0)), effect(change(-3.0)), effect(change(0.5))]
    assert [told(each) for each in said] == [[3.0, 2.0, 4.0], [3.0, 2.0, 4.0], [-0.5, 1.5]]
    for each in said:
        assert WHAT in each
        golden(each)
    assert len({kind_of(each) for each in said}) == 3
    assert kind_of(effect(change(5.0))) == kind_of(said[0])


def test_effects_are_said_in_each_of_the_circumstances_and_compared(golden):
    two = (change(3.0, said=CALM), change(8.0, said=FAST))
    alone = effect(*two)
    assert told(alone) == [3.0, 2.0, 4.0, CALM, 8.0, 7.0, 9.0, FAST]
    more = effect(*two, apart=change(5.0, said=FAST))
    assert more.startswith(alone)
    assert told(more.removeprefix(alone)) == [5.0, 4.0, 6.0, FAST, CALM]
    noise = effect(*two, apart=change(1.0, 4.0, said=FAST))
    assert noise.startswith(alone)
    assert told(noise.removeprefix(alone)) == [-3.0, 5.0]
    three = effect(*two, change(8.0, said="x"), apart=change(0.0, said="x"))
    for each in (more, noise, three):
        golden(each)


def test_more_of_a_loss_is_a_larger_loss(golden):
    losses = (change(-8.0, said=CALM), change(-3.0, said=FAST))
    less = effect(*losses, apart=change(5.0, said=FAST)).removeprefix(effect(*losses))
    more = effect(*losses[::-1], apart=change(-5.0, said=CALM)).removeprefix(effect(*losses[::-1]))
    assert told(less) == [5.0, 4.0, 6.0, FAST, CALM]
    assert told(more) == [5.0, 4.0, 6.0, CALM, FAST]
    gains = (change(3.0, said=FAST), change(8.0, said=CALM))
    of_gains = effect(*gains, apart=change(5.0, said=CALM)).removeprefix(effect(*gains))
    assert more == of_gains  # a larger loss is more of it, as a larger gain is
    assert less.replace(FAST, "") != more.replace(FAST, "")
    golden(less)
    for first, last, apart in ((3.0, -3.0, -6.0), (0.0, -5.0, -5.0), (0.0, 0.9, 4.0)):
        both = (change(first, said=CALM), change(last, said=FAST))
        said = effect(*both, apart=change(apart, said=FAST)).removeprefix(effect(*both))
        assert told(said) == [apart, apart - 1.0, apart + 1.0]
        golden(said)


def test_effects_of_different_signs_are_told_apart(golden):
    mixed = effect(change(3.0, said=CALM), change(-8.0, said=FAST))
    assert told(mixed) == [3.0, 2.0, 4.0, CALM, 8.0, 7.0, 9.0, FAST]
    noise = effect(change(0.0, said=CALM), change(-8.0, said=FAST))
    assert told(noise) == [CALM, -1.0, 1.0, 8.0, 7.0, 9.0, FAST]
    none = effect(change(0.0, said=CALM), change(0.1, said=FAST))
    assert told(none) == [CALM, -1.0, 1.0, FAST, -0.9, 1.1]
    alike = effect(change(3.0, said=CALM), change(8.0, said=FAST))
    assert kind_of(mixed) != kind_of(alike)
    for each in (mixed, noise, none):
        golden(each)


def test_units_are_those_of_outcomes(golden):
    share = Change(said="", mean=0.031, low=0.021, high=0.041)
    yearly = Change(said="", mean=-900.0, low=-1000.0, high=-800.0)
    for said, amounts, unit in (
        (effect(share, outcome="discount"), [3.1, 2.1, 4.1], "percentage points"),
        (effect(share, outcome="realisation_ratio"), [3.1, 2.1, 4.1], Unit.PROMISE.shown),
        (effect(share, outcome="skill"), [0.031, 0.021, 0.041], ""),
        (effect(yearly, outcome="pay_per_rep"), [900.0, 800.0, 1000.0], "USD"),
    ):
        assert told(said) == amounts
        assert unit in said
        golden(said)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_what_is_told_from_nothing_never_looks_like_nothing(sign):
    for low in (0.4, 0.04, 0.004):
        said = effect(
            Change(
                said="",
                mean=sign * 1e6 * (low + 2.0),
                low=1e6 * min(sign * low, sign * 4.0),
                high=1e6 * max(sign * low, sign * 4.0),
            )
        )
        ends = said.partition("(")[2].rstrip(")").split(" to ")
        assert float(ends[0]) > 0.0, said


def together(whole, beyond, half=1.0):
    parts = (change(3.0, said="vision"), change(0.5, said="price"))
    return claim_text(
        TogetherFound(
            what="both",
            label="both",
            outcome=PROFIT,
            parts=parts,
            whole=change(whole, half),
            total=change(3.5),
            beyond=change(beyond, half),
        )
    )


def test_measures_do_more_less_or_as_much_as_their_sum(golden):
    one_by_one = [3.5, 3.0, 0.5]  # their sum, then vision and price
    said = [together(8.0, 4.5), together(-1.5, -5.0), together(4.0, 0.5), together(0.2, -3.3)]
    assert [told(each) for each in said] == [
        [8.0, 7.0, 9.0, 4.5, 3.5, 5.5, *one_by_one],
        [1.5, 0.5, 2.5, 5.0, 4.0, 6.0, *one_by_one],
        [4.0, 3.0, 5.0, *one_by_one, -0.5, 1.5],
        [-0.8, 1.2, 3.3, 2.3, 4.3, *one_by_one],
    ]
    for each in said:
        assert "vision +3.0" in each
        assert "price +0.5, " in each  # of which more is said: it is within noise
        golden(each)
    assert len({kind_of(each) for each in said}) == 4


def peak(value, same=(), base=0.1, gain=3.0, said="", half=1.0):
    return Peak(
        said=said,
        value=value,
        same=same,
        others=3,
        base=base,
        gain=None if value == base else change(gain, half),
    )


def best(*peaks, moves=False, along="regime.discount_authority", outcome=PROFIT):
    return claim_text(BestFound(along=along, outcome=outcome, peaks=peaks, moves=moves))


def test_the_best_is_said_with_what_it_is_better_by(golden):
    said = [
        best(peak(0.2)),
        best(peak(0.1)),
        best(peak(0.2, same=(0.1,), gain=0.5)),
        best(peak(0.2, same=(0.0, 0.3))),
        best(peak(0.0, gain=-3.0), outcome="discount"),
    ]
    assert [percents(each) for each in said] == [[20, 10], [10], [20, 10], [20, 10, 0, 30], [0, 10]]
    assert [told(each) for each in said[:4]] == [
        [20.0, 3.0, 2.0, 4.0, 10.0],
        [10.0],
        [20.0, 10.0],
        [20.0, 3.0, 2.0, 4.0, 10.0, 0.0, 30.0],
    ]
    for each in said:
        golden(each)
    assert len({kind_of(each) for each in said}) == 5


def test_where_nothing_can_be_told_no_best_is_named(golden):
    every = (0.0, 0.1, 0.3)
    none = best(peak(0.2, same=every, said="under revenue"))
    assert numbers_in(none) == []
    assert "under revenue" in none
    some = best(peak(0.1, said="under margin"), peak(0.2, same=every, said="under revenue"))
    assert percents(some) == [10.0]
    assert some.index("under margin") < some.index("under revenue")
    golden(none)
    golden(some)


def test_that_the_best_moves_is_said_only_where_it_is_told(golden):
    ends = (peak(0.0, said="under revenue"), peak(0.2, said="under margin"))
    moving, unsure = best(*ends, moves=True), best(*ends)
    start = moving[: next(k for k, (a, b) in enumerate(zip(moving, unsure, strict=False)) if a != b)]
    for said in (moving, unsure):
        assert percents(said.removeprefix(start)) == [0.0, 20.0]
    golden(moving)
    golden(unsure)
    for still in (
        (peak(0.1, said="a"), peak(0.1, said="b")),
        (peak(0.0, said="a"), peak(0.2, same=(0.0, 0.1, 0.3), said="b")),
    ):
        assert best(*still) == best(*still, moves=True)
        golden(best(*still))


def test_policies_are_called_by_their_names(golden):
    said = best(peak("half_year", base="baseline"), along="policy")
    assert said.index("half year") < said.index(TODAY)
    assert told(said) == [3.0, 2.0, 4.0]
    golden(said)


WEIGHT = "pay.margin_weight"
STUDY = {
    "levers": {WEIGHT: [0.0, 1.0]},
    "answer": {
        "outcome": PROFIT,
        "claims": [
            {"kind": "effect", "what": "margin pay", "arm": {WEIGHT: 1.0}, "base": {WEIGHT: 0.0}},
        ],
    },
}


@pytest.mark.parametrize("worth", [4.0, -4.0, 0.0])
def test_made_up_runs_are_answered_as_they_came_out(golden, worth):
    found = answered(
        made_up(
            STUDY, lambda where, r: worth * where[WEIGHT] + 5.0 * luck(r) + luck(r, 1 + int(where[WEIGHT]))
        )
    )
    said = answer_sentences(found)[0]
    (claim,) = found.claims
    assert [each.sign for each in claim.changes] == [np.sign(worth)]
    assert said == f"{capital(claim_text(claim))}."
    golden(kind_of(said))
    assert numbers_in(note(found))[0] == 20.0  # replicates
    assert effects.finding(found) == said.removesuffix(".")


def drawn(*claims):
    return effects.Effects(
        Answered(
            outcome=PROFIT,
            figure="effects",
            replicates=20,
            intervals=3,
            level=0.98,
            claims=claims,
        ),
        "A plan",
    )


def test_the_figure_shows_every_difference_where_it_lies_and_how_it_is_told(golden):
    whole = TogetherFound(
        what="both",
        label="both",
        outcome=PROFIT,
        parts=(change(3.0, said="vision"), change(0.5, said="price")),
        whole=change(8.0),
        total=change(3.5),
        beyond=change(4.5),
    )
    bonus = EffectFound(
        what="it",
        label="bonus",
        outcome="discount",
        changes=(
            Change(said="early", mean=-0.03, low=-0.04, high=-0.02),
            Change(said="late", mean=0.0, low=-0.01, high=0.01),
        ),
    )
    figure = effects.draw(drawn(whole, bonus, bonus))
    upper, lower = figure.axes
    names = [label.get_text().replace("\n", " ") for label in upper.get_yticklabels()]
    assert [name.split()[0].rstrip(":") for name in names] == ["Vision", "Price", "Both", "Both", "Both"]
    golden("\n".join(names))
    assert [label.get_text() for label in lower.get_yticklabels()] == ["Bonus: early", "Bonus: late"]
    marks = [line for line in upper.lines if line.get_marker() not in ("None", "")]
    assert [float(line.get_xdata()[0]) for line in marks] == [3.0, 0.5, 3.5, 8.0, 4.5]
    spans = [line.get_xdata() for line in lower.lines if len(line.get_xdata()) == 2][1:]
    assert np.allclose(spans, [[-4.0, -2.0], [-1.0, 1.0]])
    assert [line.get_marker() for line in lower.lines if line.get_marker() not in ("None", "")] == [
        "s",
        "D",
    ]
    golden("\n".join(text.get_text() for text in figure.legends[0].get_texts()))
    assert "operating profit" in upper.get_xlabel()
    assert "USD million" in upper.get_xlabel()
    assert "discount" in lower.get_xlabel()
    assert "percentage points" in lower.get_xlabel()
    assert [
        NUMBERS[name].better in axes.get_xlabel() for name, axes in ((PROFIT, upper), ("discount", lower))
    ]
    golden(upper.get_xlabel())
    golden(lower.get_xlabel())
