"""Policies against the firm as it is: same luck, right numbers, enough replicates, plain words for the rest."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from scipy import stats

from salesim.analysis.comparing.compared_study import ComparisonRequest, comparison_study
from salesim.analysis.comparing.comparing import compare, comparison_of
from salesim.analysis.comparing.comparison import BETTER, DIFFERS, SAME, UNCLEAR, WORSE
from salesim.cli.present import WIDE as NO_TERMINAL
from salesim.errors import SalesimError
from salesim.outcomes import NUMBERS
from salesim.runs.exec import Exec
from salesim.runs.paired import PERCENT, POINTS, Paired, replicates_needed
from salesim.runs.reading import load_study
from salesim.runs.runs import open_results
from salesim.runs.simulate import simulate
from salesim.runs.sweep import sweep
from salesim.runs.verifying import verify
from tests.firms import small_firm
from tests.messages import message_of
from tests.show.figures.comparisons import changed

FIRM = small_firm(needs={"rate": 0.2})
WIDE, MARGIN = {"regime.discount_authority": 0.4}, {"pay.margin_weight": 1.0}
POLICIES = {"wide": WIDE, "margin": MARGIN}
OUTCOMES = ("contribution", "discount", "realisation_ratio")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("compared") / "out"


@pytest.fixture(scope="module")
def found(folder):
    return compare(FIRM, POLICIES, outcomes=OUTCOMES, precision=2.0, replicates=(10, 60), out=folder)


def test_differences_are_those_of_plain_runs_on_the_same_luck(found):
    count = found.differences[0].replicates
    assert 10 < count <= 60
    base = simulate(FIRM, replicates=count).values
    for arm, policy in POLICIES.items():
        values = simulate(FIRM, policy, replicates=count).values
        for name in ("contribution", "discount"):
            difference = next(d for d in found.differences if (d.arm, d.outcome.name) == (arm, name))
            each = np.array(values[name]) - np.array(base[name])
            assert difference.paired.tolist() == each.tolist()
            assert difference.mean == pytest.approx(each.mean())
            wide = stats.t.ppf(1 - 0.05 / 4, 9) * each[:10].std(ddof=1) / math.sqrt(count)
            assert (difference.low, difference.high) == pytest.approx(
                (each.mean() - wide, each.mean() + wide)
            )
            two = np.array([values[name], base[name]])
            assert difference.correlation == pytest.approx(np.corrcoef(two)[0, 1])
            assert difference.variance_ratio == pytest.approx(
                two.var(axis=1, ddof=1).sum() / each.var(ddof=1)
            )
            t = each.mean() / (each[:10].std(ddof=1) / math.sqrt(count))
            assert difference.chance_positive == pytest.approx(stats.t.cdf(t, 9))


def test_a_ratio_is_compared_by_its_sums(found):
    difference = next(
        d for d in found.differences if (d.arm, d.outcome.name) == ("wide", "realisation_ratio")
    )
    ratios = [
        simulate(FIRM, policy, replicates=difference.replicates).measures["realisation_ratio"].mean
        for policy in (None, WIDE)
    ]
    assert difference.mean == pytest.approx(ratios[1] - ratios[0])
    assert difference.baseline == pytest.approx(ratios[0])


def test_money_is_said_in_points_of_the_promise_and_the_rest_in_percent(found):
    count = found.differences[0].replicates
    promised = np.mean(simulate(FIRM, replicates=count).values["promised"])
    for difference in found.differences:
        if difference.outcome.name == "contribution":
            assert (difference.scaled_unit, difference.scale) == (POINTS, pytest.approx(100.0 / promised))
        else:
            assert (difference.scaled_unit, difference.scale) == (
                PERCENT,
                pytest.approx(100.0 / difference.baseline),
            )


def test_it_replicates_until_every_difference_is_as_precise_as_asked(tmp_path):
    found = compare(FIRM, {"wide": WIDE}, precision=1.0, replicates=(10, 400), out=tmp_path / "out")
    difference = found.differences[0]
    assert 10 < difference.replicates < 400
    assert difference.half_width <= 1.05
    assert difference.half_width > 0.9
    assert found.precise


def test_a_spent_budget_is_said(found, tmp_path):
    poor = compare(FIRM, {"wide": WIDE}, precision=0.05, replicates=(10, 12), out=tmp_path / "out")
    assert poor.differences[0].replicates == 12
    assert not poor.precise


def test_the_verdict_turns_where_lower_is_better(found):
    verdicts = {(d.arm, d.outcome.name): d for d in found.differences}
    assert NUMBERS["discount"].better == "lower"
    wide = verdicts["wide", "discount"]
    assert wide.low > 0.0
    assert wide.verdict == WORSE
    ranks = found.rankings["discount"]
    assert [rank.mean for rank in ranks] == sorted(rank.mean for rank in ranks)
    means = [rank.mean for rank in found.rankings["contribution"]]
    assert means == sorted(means, reverse=True)


def test_intervals_of_several_arms_hold_together(found):
    """With two arms each interval is that of 97.5%, so both hold in 95 of 100 cases at least."""
    difference = found.differences[0]
    assert (difference.estimate.level, difference.estimate.family) == (
        pytest.approx(0.975),
        "Bonferroni over 2",
    )
    plain = stats.t.ppf(0.975, 9) * difference.paired[:10].std(ddof=1) / math.sqrt(difference.replicates)
    assert 0.5 * (difference.high - difference.low) > plain


def test_a_ranking_tells_apart_by_intervals_of_all_pairs(found):
    count = found.differences[0].replicates
    values = {"baseline": simulate(FIRM, replicates=count).values["contribution"]}
    values |= {a: simulate(FIRM, p, replicates=count).values["contribution"] for a, p in POLICIES.items()}
    ranks = {rank.arm: rank for rank in found.rankings["contribution"]}
    for one in values:
        apart = set()
        for other in values:
            if one != other:
                each = np.array(values[one]) - np.array(values[other])
                wide = stats.t.ppf(1 - 0.05 / 6, 9) * each[:10].std(ddof=1) / math.sqrt(count)
                if abs(each.mean()) > wide:
                    apart.add(other)
        assert set(ranks[one].tied_with) == set(values) - apart - {one}
        better = {o for o in apart if np.mean(values[o]) > np.mean(values[one])}
        assert ranks[one].place >= 1 + len(better)
    places = [rank.place for rank in found.rankings["contribution"]]
    assert places == sorted(places)
    assert places[0] == 1
    assert (places[1] == 1) == (
        found.rankings["contribution"][1].arm in ranks[found.rankings["contribution"][0].arm].tied_with
    )


@pytest.mark.parametrize(
    ("policies", "same"),
    [
        ({"nothing": {"pay.margin_weight": 0.0}}, {"nothing": "baseline"}),
        ({"a": WIDE, "b": WIDE}, {"b": "a"}),
    ],
)
def test_equal_firms_are_said_and_not_run_twice(policies, same, tmp_path):
    found = compare(FIRM, policies, replicates=(3, 3), out=tmp_path / "out")
    assert found.equal == same
    assert len(found.sweep.store.ids) == 3 * (1 + len(policies) - len(same))
    by_arm = {difference.arm: difference for difference in found.differences}
    assert set(by_arm) == set(policies)
    if "nothing" in by_arm:
        nothing = by_arm["nothing"]
        assert (nothing.mean, nothing.low, nothing.high, nothing.verdict) == (0.0, 0.0, 0.0, SAME)
    else:
        assert by_arm["a"].mean == by_arm["b"].mean
        assert by_arm["b"].verdict == by_arm["a"].verdict


def test_engines_and_workers_give_the_same_bits(tmp_path):
    asked = {"replicates": (2, 2)}
    ways = [Exec(1), Exec(2), Exec(1, "mesa")]
    found = [
        compare(FIRM, {"wide": WIDE}, **asked, how=way, out=tmp_path / f"{k}") for k, way in enumerate(ways)
    ]
    assert len({tuple(each.differences[0].paired.tolist()) for each in found}) == 1


def test_a_comparison_goes_on_to_the_same_end(found, tmp_path):
    class Stop(Exception):
        pass

    def stopping(_, runs):
        for number, run in enumerate(runs):
            if number == 7:
                raise Stop
            yield run

    study = comparison_study(FIRM, POLICIES, ComparisonRequest(OUTCOMES, 2.0, 10, 60))
    with pytest.raises(Stop):
        sweep(study, how=Exec(workers=1, watch=stopping), out=tmp_path / "out")
    assert 0 < len(open_results(tmp_path / "out").store.ids) < 30
    resumed = compare(
        FIRM, POLICIES, outcomes=OUTCOMES, precision=2.0, replicates=(10, 60), out=tmp_path / "out"
    )
    assert [d.paired.tolist() for d in resumed.differences] == [
        d.paired.tolist() for d in found.differences
    ]
    assert resumed.sweep.digest == found.sweep.digest


def test_a_folder_can_be_opened_again_and_verified(found, folder):
    again = comparison_of(open_results(folder))
    assert [d.mean for d in again.differences] == [d.mean for d in found.differences]
    assert open_results(folder).complete
    assert verify(folder, 3).differences == []


def test_a_grid_has_the_firm_as_it_is_among_its_places(tmp_path):
    grid = {"regime.discount_authority": [0.0, 0.2], "pay.margin_weight": [1.0]}
    found = compare(FIRM, grid=grid, replicates=(2, 2), out=tmp_path / "out")
    assert found.sweep.study.levers == {
        "regime.discount_authority": (0.0, 0.1, 0.2),
        "pay.margin_weight": (0.0, 1.0),
    }
    assert len(found.differences) == 5
    assert found.differences[0].arm == "regime.discount_authority=0.0, pay.margin_weight=0.0"
    firm = found.firm("regime.discount_authority=0.2, pay.margin_weight=1.0")
    assert (firm.regime.discount_authority, firm.pay.margin_weight) == (0.2, 1.0)
    each = simulate(firm, replicates=2).values["contribution"]
    assert next(
        d for d in found.differences if d.arm.endswith("0.2, pay.margin_weight=1.0")
    ).mean == pytest.approx(np.mean(each) - np.mean(simulate(FIRM, replicates=2).values["contribution"]))


def test_policies_are_called_by_their_files_and_never_alike(tmp_path):
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "our policy.toml").write_text("[pay]\nmargin_weight = 0.5\n")
    files = [tmp_path / "a" / "our policy.toml", tmp_path / "b" / "our policy.toml", "margin_pay", WIDE]
    study = comparison_study(FIRM, files, ComparisonRequest())
    assert list(study.firms) == ["baseline", "our_policy", "our_policy_2", "margin_pay", "policy_4"]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a_2", "a"], ["a_2", "a"]),
        (["a_b", "a"], ["a_b", "a"]),
        (["a_2", "a", "x/a"], ["a_2", "a", "a_3"]),
    ],
)
def test_no_policy_is_lost_or_numbered_for_the_sake_of_another_name(files, names, tmp_path):
    paths = [tmp_path / f"{file}.toml" for file in files]
    for share, path in enumerate(paths, 1):
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"[pay]\nmargin_weight = 0.{share}\n")
    firms = comparison_study(FIRM, paths, ComparisonRequest()).firms
    assert list(firms) == ["baseline", *names]
    assert [firm.pay.margin_weight for firm in firms.values()][1:] == [0.1, 0.2, 0.3][: len(names)]


def test_policies_of_one_title_can_be_told_apart(tmp_path):
    policies = {name: {"title": "more", "pay.margin_weight": w} for name, w in (("a", 0.5), ("b", 1.0))}
    found = compare(FIRM, policies, replicates=(2, 2), out=tmp_path / "out")
    assert [found.arms[arm] for arm in policies] == ["more (a)", "more (b)"]


def test_an_outcome_without_a_value_is_refused_with_the_reason(tmp_path, golden):
    firm = small_firm(needs={"rate": 0.0})
    with pytest.raises(SalesimError) as refused:
        compare(firm, POLICIES, outcomes=["win_rate"], replicates=(3, 3), out=tmp_path / "out")
    golden(refused.value)
    message = message_of(refused.value)
    assert "win_rate" in message.place
    assert NUMBERS["win_rate"].undefined in message.wrong
    assert re.findall(r"\d+", message.given) == ["0", "3"]


def test_a_precision_too_fine_for_the_machine_spends_the_budget():
    values = np.random.default_rng(1).standard_normal((5, 2))
    for precision in (1e-200, 5e-324):
        assert replicates_needed([Paired(NUMBERS["discount"], values, 1.0)], precision, 5, 400) == 400


@given(st.integers(2, 30), st.floats(1e-3, 1e3), st.integers(1, 6), st.data())
def test_the_number_of_replicates_is_the_smallest_that_does(first, precision, arms, data):
    random = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    values = random.standard_normal((first, arms + 1))
    most = 10_000
    needed = replicates_needed([Paired(NUMBERS["contribution"], values, 1.0)], precision, first, most)
    assert first <= needed <= most

    def widest(count):
        quantile = stats.t.ppf(1 - 0.05 / arms / 2, first - 1)
        return (
            quantile
            * max((values[:, a] - values[:, 0]).std(ddof=1) for a in range(1, arms + 1))
            / math.sqrt(count)
        )

    assert needed == most or widest(needed) <= precision * (1 + 1e-9)
    assert needed == first or widest(needed - 1) >= precision * (1 - 1e-9)


def test_what_has_no_scale_takes_no_part_in_stopping():
    values = np.random.default_rng(1).standard_normal((5, 2))
    assert replicates_needed([Paired(NUMBERS["win_rate"], values, float("nan"))], 1e-6, 5, 400) == 5


def test_a_study_in_a_file_can_ask_for_precise_differences(tmp_path):
    said = {
        "scenario": FIRM,
        "policies": {"wide": WIDE},
        "outcomes": ["contribution"],
        "replicates": {"precision": 1.5, "least": 10},
    }
    swept = sweep(said, out=tmp_path / "out")
    found = comparison_of(swept)
    assert found.differences[0].half_width <= 1.575
    assert len(swept.frame) == 2 * found.differences[0].replicates


@pytest.mark.parametrize(
    ("more", "place", "got"),
    [
        ({"uncertainties": {"market.unit_cost": [50.0, 54.0]}}, "replicates.precision", None),
        ({"levers": {"pay.margin_weight": [0.5, 1.0]}}, "levers.pay.margin_weight", "[0.5, 1.0]"),
        ({"outcomes": ["bookings_by_week"]}, "outcomes", None),
        ({"replicates": {"precision": 0.0}}, "replicates.precision", "0.0"),
        ({"replicates": {"precision": 1.0, "outcome": "realised"}}, "replicates.outcome", None),
    ],
    ids=["uncertain", "no baseline", "no number", "no width", "two ways"],
)
def test_precision_that_cannot_be_is_refused(golden, more, place, got):
    with pytest.raises(SalesimError) as refused:
        load_study({"scenario": FIRM, "policies": {"wide": WIDE}, "replicates": {"precision": 1.0}, **more})
    golden(refused.value)
    message = message_of(refused.value)
    assert (message.place[1], message.given) == (place, got)


@pytest.mark.parametrize(
    ("policies", "asked", "parts"),
    [
        (POLICIES, {"precision": 0.0}, {"place": ("precision",), "given": "0.0"}),
        (POLICIES, {"precision": float("nan")}, {"place": ("precision",), "given": "nan"}),
        (POLICIES, {"outcomes": ["contributon"]}, {"place": ("outcome",), "near": "contribution"}),
        (POLICIES, {"outcomes": []}, {"place": ("outcome",)}),
        (POLICIES, {"replicates": (20, 1)}, {"place": ("budget",), "given": "1"}),
        (POLICIES, {"grid": {"pay.margin_weight": [0.5]}}, {"place": ("grid", "margin")}),
        (
            POLICIES,
            {"grid": {"pay.margin_wait": [0.5]}},
            {"place": ("grid", "pay.margin_wait"), "near": "pay.margin_weight"},
        ),
        ((), {}, {"place": ("compare",)}),
        (["no_such_policy"], {}, {"place": ("no_such_policy",)}),
        ({"baseline": WIDE}, {}, {"given": "'baseline'"}),
    ],
    ids=[
        "0",
        "nan",
        "misspelt",
        "no outcome",
        "budget",
        "grid",
        "no lever",
        "none",
        "no policy",
        "baseline",
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(golden, policies, asked, parts, tmp_path):
    with pytest.raises(SalesimError) as refused:
        compare(FIRM, policies, **asked, out=tmp_path / "out")
    golden(refused.value)
    assert parts.items() <= message_of(refused.value)._asdict().items()
    assert not (tmp_path / "out").exists()


def test_an_outcome_without_a_direction_has_a_difference_and_no_verdict(golden, tmp_path):
    plans = {
        "steep": {"payout.accelerator": 4.0},
        "flat": {"pay.commission_rate": 0.01, "payout.bonus": 0.0},
    }
    outcomes = ("variable_pay", "pay", "pay_per_rep")
    found = compare(FIRM, plans, outcomes=outcomes, replicates=(4, 4), precision=90.0, out=tmp_path / "out")
    verdicts = {(each.arm, each.outcome.name): each.verdict for each in found.differences}
    assert set(verdicts.values()) <= {DIFFERS, UNCLEAR}
    assert verdicts["flat", "variable_pay"] == DIFFERS
    runs = [simulate(FIRM, policy, replicates=4).values["variable_pay"] for policy in (None, plans["flat"])]
    difference = next(each for each in found.differences if each.arm == "flat")
    assert difference.mean == pytest.approx(np.mean(runs[1]) - np.mean(runs[0]))
    assert difference.low < difference.mean < difference.high < 0.0
    assert found.rankings["variable_pay"][0].mean == max(r.mean for r in found.rankings["variable_pay"])
    golden(found.sentences[0])
    golden(found.sentence(difference))


def test_a_baseline_that_promises_nothing_is_refused(tmp_path):
    with pytest.raises(SalesimError) as refused:
        compare(small_firm(needs={"rate": 0.0}), POLICIES, out=tmp_path / "out")
    assert message_of(refused.value).place[-1] == "promised"
    assert not (tmp_path / "out").exists()


def test_within_noise_is_said_of_what_holds_zero(tmp_path):
    found = compare(FIRM, {"a hair": {"pay.margin_weight": 0.001}}, replicates=(4, 4), out=tmp_path / "out")
    difference = found.differences[0]
    assert (difference.verdict == UNCLEAR) == (difference.low <= 0.0 <= difference.high)
    assert difference.verdict != BETTER or difference.low > 0.0


@pytest.mark.parametrize("most", [24, 90], ids=["the budget is spent", "it scatters more than at first"])
def test_why_a_difference_is_not_precise_is_said_truly(found, golden, most):
    rule = found.sweep.study.replicates.model_copy(update={"least": 4, "most": most})
    study = found.sweep.study.model_copy(update={"replicates": rule})
    wide = changed(found.differences[0], low=-1e9, high=1e9, replicates=24)
    precise = (changed(wide, low=wide.mean, high=wide.mean),)
    poor = changed(found, sweep=replace(found.sweep, study=study), differences=(wide,))
    less = changed(poor, differences=precise).sentences
    more = [line for line in poor.sentences if line not in less]
    golden("\n".join(more[1:]))
    assert len(more) == 2, "the difference, and why it is not precise"


def test_no_column_of_the_table_falls_off_where_nobody_looks_at_a_terminal(found):
    console = Console(width=NO_TERMINAL, record=True, file=StringIO())
    large = changed(
        found.differences[0],
        mean=-34.28e6,
        low=-34.88e6,
        high=-33.68e6,
        scale=100.0 / 121.0e6,
        variance_ratio=12.34,
    )
    console.print(changed(found, differences=(large,)).tables()[0])
    assert "12.34" in console.export_text()
