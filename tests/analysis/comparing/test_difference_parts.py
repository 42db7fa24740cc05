"""Parts of a difference: they add up in every replicate, and say what an arm changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.analysis.comparing.comparing import compare, comparison_of
from salesim.analysis.comparing.difference_parts import (
    CENT,
    COSTS,
    FIXED,
    PAID,
    TOTALS,
    WORDS,
    parts_of,
)
from salesim.runs.exec import Exec
from salesim.runs.runs import open_results
from salesim.runs.simulate import simulate
from salesim.runs.sweep import sweep
from tests.firms import small_firm

FIRM = small_firm(needs={"rate": 0.2})
POLICIES = {"wide": {"regime.discount_authority": 0.4}, "few": {"organisation.headcount": 5}}
MONEY = st.floats(0.0, 1e9)


def sums(won, units, revenue, unit_cost, staffed, **costs):
    """The sums of one replicate, as the table of totals has them."""
    said = {"won": won, "units": units, "revenue": revenue, "unit_cost": unit_cost, "staffed": staffed}
    return {name: np.array([float(value)]) for name, value in {**said, **costs}.items()}


@st.composite
def firms(draw):
    """Sums of any firm, one that sells nothing or has nobody included."""
    won, staffed = draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))
    sold = [draw(st.floats(0.01, 1e7)), draw(MONEY), draw(MONEY)] if won else [0.0, 0.0, 0.0]
    return sums(won, *sold, staffed, **{name: draw(MONEY) for name in (*PAID, *FIXED)})


def contribution(firm, costs=PAID):
    return firm["revenue"] - firm["unit_cost"] - sum(firm[name] for name in costs)


@given(firms(), firms(), st.sampled_from([PAID, (*PAID, *FIXED)]))
def test_parts_add_up_to_the_difference(base, arm, costs):
    added = sum(parts_of(base, arm, costs).values())
    size = max(1.0, *(float(abs(firm[n]).max()) for firm in (base, arm) for n in firm))
    work = size * 1e7 if min(base["units"][0], arm["units"][0]) < 1.0 else size
    assert abs(added - (contribution(arm, costs) - contribution(base, costs))) <= 1e-9 * work


@given(firms(), firms())
def test_neither_arm_comes_first(base, arm):
    there, back = parts_of(base, arm), parts_of(arm, base)
    assert all(there[name] == -back[name] for name in there)


@given(firms())
def test_of_equal_arms_every_part_is_zero(firm):
    assert all(part == 0.0 for part in parts_of(firm, firm, (*PAID, *FIXED)).values())


def test_a_case_worked_out_by_hand():
    base = sums(10, 100, 2_000, 1_000, 50, serving_cost=100, variable_pay=50)
    arm = sums(18, 180, 4_500, 1_800, 60, serving_cost=150, variable_pay=90)
    parts = {name: part.item() for name, part in parts_of(base, arm).items()}
    assert parts == pytest.approx(
        {
            "price": 140 * 5,  # mean units; from 20 to 25 a unit
            "won_deals": (18 / 60 - 10 / 50) * 55 * 10 * 12.5,  # at mean people, size and margin
            "people": 10 * 0.25 * 10 * 12.5,
            "units_per_deal": 0.0,
            "unit_cost": 0.0,
            "cost_to_serve": -50,
            "pay": -40,
        }
    )


def test_of_a_firm_that_sells_nothing_the_prices_of_the_other_count():
    base = sums(0, 0, 0, 0, 50, serving_cost=0, variable_pay=0)
    arm = sums(10, 100, 2_000, 1_000, 50, serving_cost=100, variable_pay=50)
    parts = {name: part.item() for name, part in parts_of(base, arm).items() if part.any()}
    assert parts == {"won_deals": 1_000.0, "cost_to_serve": -100.0, "pay": -50.0}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    out = tmp_path_factory.mktemp("split") / "out"
    outcomes = ("contribution", "operating_profit", "discount")
    return compare(FIRM, POLICIES, outcomes=outcomes, precision=90.0, replicates=(4, 4), out=out)


def test_a_comparison_splits_its_differences_in_money(found):
    whole = {(each.arm, each.outcome.name): each for each in found.differences}
    assert [(split.arm, split.outcome.name) for split in found.splits] == [
        (arm, outcome) for outcome in ("contribution", "operating_profit") for arm in POLICIES
    ]
    for split in found.splits:
        difference = whole[split.arm, split.outcome.name]
        added = sum(part.paired for part in split.parts)
        assert added == pytest.approx(difference.paired, rel=1e-9)
        assert {p.estimate.family for p in split.parts} == {difference.estimate.family}
        assert len(split.parts) == 5 + len(COSTS[split.outcome.name])


def test_parts_are_what_runs_say(found):
    books = [
        simulate(FIRM, policy, replicates=4).arrow(TOTALS).to_pandas() for policy in ({}, POLICIES["few"])
    ]
    parts = {part.name: part.paired for part in found.splits[1].parts}
    assert parts["pay"] == pytest.approx((books[0]["variable_pay"] - books[1]["variable_pay"]).to_numpy())
    assert (parts["people"] < 0.0).all()  # a third of the seats is gone
    assert np.abs(parts["unit_cost"]).max() < CENT


def test_the_same_on_both_engines(found, tmp_path):
    wide, how = {"wide": POLICIES["wide"]}, Exec(engine="mesa")
    mesa = compare(FIRM, wide, replicates=(2, 2), precision=90.0, out=tmp_path / "out", how=how)
    both = zip(mesa.splits[0].parts, found.splits[0].parts, strict=True)
    assert all(one.paired.tolist() == other.paired[:2].tolist() for one, other in both)


def test_a_policy_that_changes_nothing_has_no_cause(tmp_path):
    hair = {"pay.margin_weight": 1e-9}
    nothing = compare(FIRM, {"hair": hair}, replicates=(3, 3), precision=90.0, out=tmp_path / "out")
    split = nothing.splits[0]
    assert not any(part.present for part in split.parts)
    assert split.sentence("a hair", 1.0, clear=False) == ""
    assert len(nothing.tables()[1].rows) == 1


def test_the_sentence_names_significant_parts(found):
    split = found.splits[0]
    sure = sorted((p for p in split.parts if p.estimate.significant), key=lambda p: -abs(p.mean))
    said = split.sentence("it", 1.0, clear=True)
    assert sure
    assert WORDS[sure[0].name][sure[0].mean < 0.0] in said
    assert found.splits[0].sentence(found.called("wide"), found._years, clear=True) in found.sentences


def test_runs_that_lack_their_totals_have_no_split(tmp_path):
    plain = {"scenario": FIRM, "policies": POLICIES, "replicates": 2, "outcomes": ["contribution"]}
    sweep(plain, out=tmp_path / "plain", reuse=tmp_path)
    lacking = comparison_of(open_results(tmp_path / "plain"))
    assert lacking.splits == ()
    kept = comparison_of(sweep({**plain, "tables": [TOTALS]}, out=tmp_path / "kept", reuse=tmp_path))
    assert len(kept.splits) == len(POLICIES)
