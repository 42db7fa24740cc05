"""Answers in numbers: differences are paired, intervals hold together, and nothing is said that is not there."""

import numpy as np
import pytest
from scipy import stats

from salesim.analysis.answering import answer_so_far, answered
from salesim.errors import ResultsError
from tests.messages import message_of
from tests.runs.made_up import MadeUp, luck, made_up

AUTHORITY, WEIGHT, DRIFT = "regime.discount_authority", "pay.margin_weight", "market.fit_drift"
EFFECT = {"kind": "effect", "what": "margin pay", "arm": {WEIGHT: 1.0}, "base": {WEIGHT: 0.0}}
CROSSED = {"levers": {AUTHORITY: [0.0, 0.1, 0.2], WEIGHT: [0.0, 1.0]}}


def asked(*claims, **said):
    return {**CROSSED, **said, "answer": {"outcome": "operating_profit", "claims": list(claims)}}


def profit(where, replicate):
    """Ten more for margin pay, and five more at wide authority; the same luck everywhere, and a little beside."""
    own = 0.5 * luck(replicate, int(100 * where[AUTHORITY]) + int(where[WEIGHT]))
    more = 10.0 * where[WEIGHT] + 50.0 * where[WEIGHT] * (where[AUTHORITY] == 0.2) / 10.0
    return 100.0 + 30.0 * luck(replicate) + own + more


def test_a_difference_is_that_of_replicates_that_met_the_same_luck():
    found = answered(made_up(asked(EFFECT), profit))
    (change,) = found.claims[0].changes
    each = np.array(
        [
            1e6 * (profit({AUTHORITY: 0.1, WEIGHT: 1.0}, r) - profit({AUTHORITY: 0.1, WEIGHT: 0.0}, r))
            for r in range(20)
        ]
    )
    low, high = stats.t.interval(0.95, 19, each.mean(), stats.sem(each))
    assert (change.mean, change.low, change.high) == pytest.approx((each.mean(), low, high))
    assert (found.level, found.intervals, found.replicates) == (0.95, 1, 20)
    assert change.high - change.low < 2e6  # thirty million of luck are gone


def test_all_intervals_of_an_answer_hold_together():
    two = EFFECT | {
        "where": [{"said": "low", "at": {AUTHORITY: 0.0}}, {"said": "high", "at": {AUTHORITY: 0.2}}]
    }
    best = {"kind": "best", "along": AUTHORITY}
    found = answered(made_up(asked(two, best), profit))
    assert found.intervals == 3 + 3  # two and their difference; three pairs of three values
    assert found.level == pytest.approx(1.0 - 0.05 / 6)
    alone = answered(
        made_up(
            asked(EFFECT | {"base": {WEIGHT: 0.0, AUTHORITY: 0.0}, "arm": {WEIGHT: 1.0, AUTHORITY: 0.0}}),
            profit,
        )
    )
    wide, narrow = (each.claims[0].changes[0] for each in (found, alone))
    assert wide.mean == narrow.mean
    assert wide.high - wide.low > 1.2 * (narrow.high - narrow.low)


def test_an_effect_is_told_from_that_elsewhere():
    where = [{"said": "low", "at": {AUTHORITY: 0.0}}, {"said": "high", "at": {AUTHORITY: 0.2}}]
    effect = answered(made_up(asked(EFFECT | {"where": where}), profit)).claims[0]
    assert [change.sign for change in effect.changes] == [1, 1]
    assert effect.apart.sign == 1
    assert effect.apart.mean == pytest.approx(5e6, rel=0.2)
    without = answered(made_up(asked(EFFECT | {"where": where, "compare": False}), profit)).claims[0]
    assert without.apart is None


def whole(more, replicates=20):
    """Two fixes worth 3 and 4, and so much more together."""
    worth = {"baseline": 0.0, "a": 3.0, "b": 4.0, "both": 7.0 + more}
    said = {
        "policies": {"a": {"payout.cap": 2.0}, "b": {"payout.cap": 3.0}, "both": {"payout.cap": 4.0}},
        "answer": {
            "outcome": "operating_profit",
            "claims": [
                {
                    "kind": "together",
                    "what": "both",
                    "whole": {"policy": "both"},
                    "parts": [{"said": "a", "at": {"policy": "a"}}, {"said": "b", "at": {"policy": "b"}}],
                }
            ],
        },
    }
    salts = {name: place for place, name in enumerate(worth)}

    def shown(where, replicate):
        name = where["policy"]
        return 50.0 + worth[name] + 9.0 * luck(replicate) + 0.3 * luck(replicate, 10 + salts[name])

    return answered(made_up(said, shown, replicates)).claims[0]


@pytest.mark.parametrize(("more", "sign"), [(2.0, 1), (-2.0, -1), (0.0, 0)])
def test_what_measures_do_beyond_their_sum_is_a_contrast_of_all_arms(more, sign):
    found = whole(more)
    assert found.beyond.sign == sign
    assert found.beyond.mean == pytest.approx(found.whole.mean - found.total.mean)
    assert found.total.mean == pytest.approx(sum(part.mean for part in found.parts))
    assert found.beyond.mean == pytest.approx(1e6 * more, abs=0.4e6)


def best(shown, **claim):
    where = [{"said": "under revenue", "at": {WEIGHT: 0.0}}, {"said": "under margin", "at": {WEIGHT: 1.0}}]
    said = asked({"kind": "best", "along": AUTHORITY, "where": where, **claim})
    return answered(made_up(said, shown)).claims[0]


def hill(tops, noise=0.3):
    """Profit falls by ten for each tenth of authority away from a top that pay sets."""

    def shown(where, replicate):
        own = noise * luck(replicate, int(100 * where[AUTHORITY]) + 7 * int(where[WEIGHT]))
        return 50.0 - 100.0 * abs(where[AUTHORITY] - tops[where[WEIGHT]]) + own

    return shown


def test_the_best_moves_only_where_either_beats_the_other_in_its_place():
    moved = best(hill({0.0: 0.0, 1.0: 0.2}))
    assert [peak.value for peak in moved.peaks] == [0.0, 0.2]
    assert moved.moves
    assert all(peak.same == () for peak in moved.peaks)
    stays = best(hill({0.0: 0.1, 1.0: 0.1}))
    assert [(peak.value, peak.gain) for peak in stays.peaks] == [(0.1, None)] * 2
    assert not stays.moves
    tied = best(hill({0.0: 0.1, 1.0: 0.15}))  # 0.1 and 0.2 are as good as each other under margin
    assert not tied.moves


def test_what_cannot_be_told_from_the_best_is_named():
    found = best(
        lambda where, replicate: luck(replicate, int(1000 * where[AUTHORITY]) + int(where[WEIGHT]))
    )
    for peak in found.peaks:
        assert {peak.value, *peak.same} == {0.0, 0.1, 0.2}
        assert peak.others == 2


def test_the_best_of_what_should_be_low_is_the_lowest():
    said = asked({"kind": "best", "along": AUTHORITY, "outcome": "discount"})
    made = made_up(said, profit)
    made.shown = lambda where, replicate: {
        "operating_profit": 1.0,
        "discount": 0.1 + where[AUTHORITY] + 0.001 * luck(replicate, int(100 * where[AUTHORITY])),
    }
    (peak,) = answered(made).claims[0].peaks
    assert (peak.value, peak.base, peak.gain.sign) == (0.0, 0.1, -1)


def test_no_answer_where_runs_are_missing_failed_or_too_few(golden):
    made = made_up(asked(EFFECT), profit)
    assert answer_so_far(made) is not None
    made.still_to_come = 3
    assert answer_so_far(made) is None
    with pytest.raises(ResultsError, match=r": answer: 3 ") as refused:
        answered(made)
    golden(refused.value)
    failed = MadeUp(made.study, made.shown, error=ResultsError("broken"))
    assert answer_so_far(failed) is None
    with pytest.raises(ResultsError, match=r"^broken$"):
        answered(failed)
    one = made_up(asked(EFFECT), profit, replicates=1)
    assert answer_so_far(one) is None
    with pytest.raises(ResultsError) as refused:
        answered(one)
    golden(refused.value)
    assert message_of(refused.value).given == "1"
    assert answered(made_up(CROSSED, profit)) is None


def test_an_outcome_that_hardly_any_replicate_knows_gives_no_interval(golden):
    made = made_up(asked(EFFECT | {"outcome": "discount"}), profit)
    made.shown = lambda where, replicate: {
        "operating_profit": 1.0,
        "discount": 0.1 if replicate == 3 else float("nan"),
    }
    with pytest.raises(ResultsError) as refused:
        answered(made)
    golden(refused.value)
    assert message_of(refused.value).place[-1] == "discount"


def test_intervals_of_an_answer_miss_as_often_as_they_say():
    """Nothing differs: in 95 of 100 made-up studies no claim may be told from luck."""
    wrong = 0
    for study in range(100):
        noise = np.random.default_rng(study).normal(size=(3, 2, 12))

        def shown(where, replicate, noise=noise):
            return noise[round(10 * where[AUTHORITY]), int(where[WEIGHT]), replicate]

        where = [{"said": str(a), "at": {AUTHORITY: a}} for a in (0.0, 0.1, 0.2)]
        found = answered(
            made_up(asked(EFFECT | {"where": where}, {"kind": "best", "along": AUTHORITY}), shown, 12)
        )
        effect, top = found.claims
        told = [change.sign for change in (*effect.changes, effect.apart)]
        wrong += any(told) or len(top.peaks[0].same) < 2
    assert wrong <= 13  # more than 13 of 100 at 5% happen once in 2,000
