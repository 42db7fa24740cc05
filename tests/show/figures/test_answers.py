"""The sentence follows the numbers: had the run answered otherwise, it would read otherwise."""

import numpy as np
import pytest

from salesim.show.figures import effects
from salesim.show.figures.answers import claim_said, note, sentences
from salesim.study.answering import (
    Answered,
    BestFound,
    Change,
    EffectFound,
    Peak,
    TogetherFound,
    answered,
)
from tests.study.made_up import luck, made_up

PROFIT = "operating_profit"


def change(mean, half=1.0, said=""):
    """A difference in USD million, with half its interval."""
    return Change(said=said, mean=1e6 * mean, low=1e6 * (mean - half), high=1e6 * (mean + half))


def effect(*changes, apart=None, what="a bonus", outcome=PROFIT):
    return claim_said(EffectFound(what=what, label=what, outcome=outcome, changes=changes, apart=apart))


def test_an_effect_raises_lowers_or_is_within_noise():
    assert effect(change(3.0)) == "a bonus raises operating profit by USD 3.0 million (2.0 to 4.0)"
    assert effect(change(-3.0)) == "a bonus lowers operating profit by USD 3.0 million (2.0 to 4.0)"
    assert effect(change(0.5)) == "what a bonus does to operating profit is within noise (\u22120.5 to 1.5)"


CALM, FAST = "in a calm market", "in a fast one"


def test_effects_are_said_in_each_of_the_circumstances_and_compared():
    two = (change(3.0, said=CALM), change(8.0, said=FAST))
    assert effect(*two, apart=change(5.0, said=FAST)) == (
        "a bonus raises operating profit by USD 3.0 million (2.0 to 4.0) in a calm market and by 8.0 (7.0 to 9.0) in a fast one, "
        "5.0 (4.0 to 6.0) more in a fast one than in a calm market"
    )
    assert effect(*two, apart=change(1.0, 4.0, said=FAST)).endswith(
        ", with the difference between the two within noise (\u22123 to 5)"
    )
    assert "between the first and the last" in effect(
        *two, change(8.0, said="x"), apart=change(0.0, said="x")
    )


def test_more_of_a_loss_is_a_larger_loss():
    losses = (change(-8.0, said=CALM), change(-3.0, said=FAST))
    assert effect(*losses, apart=change(5.0, said=FAST)).endswith(
        ", 5.0 (4.0 to 6.0) less in a fast one than in a calm market"
    )
    assert effect(*losses[::-1], apart=change(-5.0, said=CALM)).endswith(
        ", 5.0 (4.0 to 6.0) more in a calm market than in a fast one"
    )
    for first, last, apart in ((3.0, -3.0, -6.0), (0.0, -5.0, -5.0), (0.0, 0.9, 4.0)):
        said = effect(change(first, said=CALM), change(last, said=FAST), apart=change(apart, said=FAST))
        ends = (f"{apart - 1.0:.1f} to {apart + 1.0:.1f}").replace("-", "\u2212")
        assert said.endswith(f" ({ends}) between the two")
        assert ("a difference of \u2212" in said) == (apart < 0.0)


def test_effects_of_different_signs_are_told_apart():
    mixed = effect(change(3.0, said=CALM), change(-8.0, said=FAST))
    assert mixed == (
        "a bonus raises operating profit by USD 3.0 million (2.0 to 4.0) in a calm market and lowers it by 8.0 (7.0 to 9.0) in a fast one"
    )
    noise = effect(change(0.0, said=CALM), change(-8.0, said=FAST))
    assert noise == (
        "a bonus does nothing to operating profit beyond noise in a calm market (\u22121.0 to 1.0) and lowers it by "
        "USD 8.0 million (7.0 to 9.0) in a fast one"
    )
    none = effect(change(0.0, said=CALM), change(0.1, said=FAST))
    assert none.startswith("what a bonus does to operating profit is within noise in a calm market (")
    assert "raises" not in none
    assert "lowers" not in none


def test_units_are_those_of_outcomes():
    share = Change(said="", mean=0.031, low=0.021, high=0.041)
    assert (
        effect(share, outcome="discount") == "a bonus raises discount by 3.1 percentage points (2.1 to 4.1)"
    )
    assert effect(share, outcome="realisation_ratio") == (
        "a bonus raises the realisation ratio by 3.1 points of the promise (2.1 to 4.1)"
    )
    assert effect(share, outcome="skill") == "a bonus raises skill by 0.031 (0.021 to 0.041)"
    yearly = Change(said="", mean=-900.0, low=-1000.0, high=-800.0)
    assert (
        effect(yearly, outcome="pay_per_rep")
        == "a bonus lowers pay per rep by USD 900 per year (800 to 1,000)"
    )


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
    return claim_said(
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


def test_measures_do_more_less_or_as_much_as_their_sum():
    assert together(8.0, 4.5).startswith(
        "both together raise operating profit by USD 8.0 million (7.0 to 9.0), 4.5 (3.5 to 5.5) more than"
    )
    assert together(-1.5, -5.0).startswith(
        "both together lower operating profit by USD 1.5 million (0.5 to 2.5), 5.0 (4.0 to 6.0) less than"
    )
    same = together(4.0, 0.5)
    assert "which cannot be told from the 3.5 that they come to one by one" in same
    assert "price +0.5, within noise" in same
    assert together(0.2, -3.3).startswith("what both together do to operating profit is within noise")


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
    return claim_said(BestFound(along=along, outcome=outcome, peaks=peaks, moves=moves))


def test_the_best_is_said_with_what_it_is_better_by():
    assert best(peak(0.2)) == (
        "operating profit is highest at 20% discount authority (USD 3.0 million, 2.0 to 4.0, above 10%, told apart from every other)"
    )
    assert (
        best(peak(0.1))
        == "operating profit is highest at 10% discount authority (as it is now, told apart from every other)"
    )
    assert (
        best(peak(0.2, same=(0.1,), gain=0.5))
        == "operating profit is highest at 20% discount authority (within noise of 10%)"
    )
    assert best(peak(0.2, same=(0.0, 0.3))) == (
        "operating profit is highest at 20% discount authority (USD 3.0 million, 2.0 to 4.0, above 10%, not told apart from 0% and 30%)"
    )
    assert best(peak(0.0, gain=-3.0), outcome="discount").startswith(
        "discount is lowest at 0% discount authority"
    )


def test_where_nothing_can_be_told_no_best_is_named():
    every = (0.0, 0.1, 0.3)
    none = best(peak(0.2, same=every, said="under revenue"))
    assert none == "in operating profit, under revenue no discount authority can be told from another"
    some = best(peak(0.1, said="under margin"), peak(0.2, same=every, said="under revenue"))
    assert some.endswith("and under revenue no discount authority can be told from another")
    assert "20%" not in some


def test_that_the_best_moves_is_said_only_where_it_is_told():
    ends = (peak(0.0, said="under revenue"), peak(0.2, said="under margin"))
    assert best(*ends, moves=True).endswith(", so the best moves from 0% to 20%")
    assert best(*ends).endswith(", though that the best moves from 0% to 20% cannot be told from luck")
    assert "moves" not in best(peak(0.1, said="a"), peak(0.1, said="b"))
    assert "moves" not in best(peak(0.0, said="a"), peak(0.2, same=(0.0, 0.1, 0.3), said="b"))


def test_policies_are_called_by_their_names():
    said = best(peak("half_year", base="as_is"), along="policy")
    assert said.startswith(
        "operating profit is highest under half year (USD 3.0 million, 2.0 to 4.0, above the firm as it is"
    )


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


@pytest.mark.parametrize(
    ("worth", "verb"),
    [(4.0, "Margin pay raises"), (-4.0, "Margin pay lowers"), (0.0, "What margin pay does to")],
)
def test_made_up_runs_are_answered_as_they_came_out(worth, verb):
    found = answered(
        made_up(
            STUDY, lambda where, r: worth * where[WEIGHT] + 5.0 * luck(r) + luck(r, 1 + int(where[WEIGHT]))
        )
    )
    said = sentences(found)[0]
    assert said.startswith(verb)
    assert said.endswith(".")
    assert ("within noise" in said) == (worth == 0.0)
    assert "20 replicates" in note(found)
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


def test_the_figure_shows_every_difference_where_it_lies_and_how_it_is_told():
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
    assert names == [
        "Vision alone",
        "Price alone",
        "Both: sum of each alone",
        "Both: together",
        "Both: beyond the sum",
    ]
    assert [label.get_text() for label in lower.get_yticklabels()] == ["Bonus: early", "Bonus: late"]
    marks = [line for line in upper.lines if line.get_marker() not in ("None", "")]
    assert [float(line.get_xdata()[0]) for line in marks] == [3.0, 0.5, 3.5, 8.0, 4.5]
    spans = [line.get_xdata() for line in lower.lines if len(line.get_xdata()) == 2][1:]
    assert np.allclose(spans, [[-4.0, -2.0], [-1.0, 1.0]])
    assert [line.get_marker() for line in lower.lines if line.get_marker() not in ("None", "")] == [
        "s",
        "D",
    ]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "raised",
        "lowered",
        "within noise",
    ]
    assert upper.get_xlabel() == "change of operating profit (USD million; higher is better)"
    assert lower.get_xlabel() == "change of discount (percentage points; lower is better)"
