"""The grid of two levers: differences to the firm as it is, where the best lies, what cannot be told apart."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from salesim.analysis.comparing.comparing import comparison_of
from salesim.analysis.means.gains import ByRanking, Differences, finding, means
from salesim.analysis.means.judges import ByReplicate
from salesim.analysis.means.means import places_of
from salesim.english import TODAY
from salesim.inputs.declared import words_of as name_of
from salesim.inputs.design import BASELINE
from salesim.outcomes import NUMBERS
from salesim.show.figures.grid import draw
from tests.show.figures.comparisons import swept
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in, percents, title_of
from tests.show.figures.studies import AUTHORITY, study_of

WEIGHT = "pay.margin_weight"
AUTHORITIES, WEIGHTS = (0.05, 0.1, 0.15), (0.0, 1.0)
GRID = {AUTHORITY: AUTHORITIES, WEIGHT: WEIGHTS}
BASE = (BASELINE, 0.1, 0.0)


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    """Grids of levers with the firm as it is among them, and policies alone."""
    folder = tmp_path_factory.mktemp("grids")
    levers = {path: list(values) for path, values in GRID.items()}
    found = {
        "levers": swept(folder / "levers", {}, levers=levers),
        "other": swept(folder / "other", {"tight": {"payout.cap": 2.0}, "on_margin": {WEIGHT: 1.0}}),
        "mixed": swept(
            folder / "mixed", {"on_margin": {WEIGHT: 1.0}}, levers={AUTHORITY: list(AUTHORITIES)}
        ),
    }
    return {name: comparison_of(sweep) for name, sweep in found.items()}


def made_up(rows, spread=1.0, outcome="discount", replicates=8):
    """A grid of shares in percent, rows by authority and columns by weight, which luck moves together."""
    study = study_of(GRID)
    places = places_of(study, tuple(GRID))
    cells = np.array(rows, dtype=float).reshape(-1, 1)
    random = np.random.default_rng(3)
    luck = 20.0 * random.standard_normal(replicates) * (replicates > 1)
    own = random.standard_normal((len(cells), replicates))
    own = own - own.mean(axis=1, keepdims=True)
    values = 0.01 * (cells + luck + spread * own)
    away = values - values[places[BASE]]
    half = (
        2.0 * away.std(axis=1, ddof=1) / np.sqrt(replicates)
        if replicates > 1
        else np.full(len(cells), np.nan)
    )
    table = pd.DataFrame(list(places), columns=["policy", *GRID]).assign(
        mean=away.mean(axis=1),
        low=away.mean(axis=1) - half,
        high=away.mean(axis=1) + half,
        replicates=replicates,
        interval="95% interval of the mean",
    )
    pairs = ByReplicate(values)
    same = np.array([~(np.abs(pairs.signs(k, range(len(cells)))) > 0.0) for k in range(len(cells))])
    wanted = -1.0 if outcome == "discount" else 1.0
    signs = pairs.signs(places[BASE], range(len(cells)))
    better = tuple(setting for setting, place in places.items() if signs[place] == -wanted)
    return Differences(
        study,
        NUMBERS[outcome],
        tuple(GRID),
        table,
        ByRanking(values, same),
        baseline=BASE,
        title="A firm",
        better=better,
    )


FINDINGS = [
    (
        [[1, 5], [4, 9], [2, 6]],
        "win_rate",
        [10.0, 100.0, 5.0],
    ),
    (
        [[1, 9], [4, 9], [2, 6]],
        "win_rate",
        [5.0, 100.0, 5.0, 5.0, 10.0],
    ),
    (
        [[9, 9], [4, 9], [2, 6]],
        "win_rate",
        [5.0, 0.0, 5.0, 2.0, 5.0],
    ),
    (
        [[1, 5], [9, 4], [2, 6]],
        "win_rate",
        [],
    ),
    (
        [[1, 9.1], [9, 4], [2, 6]],
        "win_rate",
        [5.0, 100.0],
    ),
    (
        [[1, 8.9], [9, 4], [2, 6]],
        "win_rate",
        [1.0, 5.0],
    ),
    (
        [[1, 5], [4, 9], [2, 6]],
        "discount",
        [5.0, 0.0, 3.0, 5.0, 15.0],
    ),
]


@pytest.mark.parametrize(("rows", "outcome", "numbers"), FINDINGS)
def test_the_title_says_where_the_best_lies_and_what_cannot_be_told_apart(golden, rows, outcome, numbers):
    title = finding(of_rows(rows, outcome))
    assert TODAY in title
    assert outcome.replace("_", " ") in title.lower()
    assert numbers_in(title) == numbers
    golden(title)


def of_rows(rows, outcome):
    return made_up(rows, spread=0.4 if outcome == "win_rate" else 1.5, outcome=outcome)


def test_each_finding_is_said_in_words_of_its_own():
    kinds = {kind_of(finding(of_rows(rows, outcome))) for rows, outcome, _ in FINDINGS}
    assert len(kinds) == len(FINDINGS)


def test_luck_that_all_share_does_not_hide_a_difference():
    found = made_up([[1, 5], [4, 9], [2, 6]], spread=0.5, outcome="win_rate")
    assert np.std(found.judge.values, axis=1).min() > 0.1
    sure, unsure = (made_up([[1, 5], [4, 9], [2, 6]], spread=s, outcome="win_rate") for s in (0.01, 9.0))
    assert kind_of(finding(found)) == kind_of(finding(sure))
    assert kind_of(finding(found)) != kind_of(finding(unsure))


def test_in_one_replicate_nothing_is_judged(golden):
    figure = draw(made_up([[1, 5], [4, 9], [2, 6]], outcome="win_rate", replicates=1))
    assert faults(figure) == []
    assert percents(title_of(figure)) == [10.0, 100.0]
    assert 95.0 not in percents(note_of(figure))
    golden(title_of(figure))
    golden(note_of(figure))


def test_curves_are_paired_differences_to_the_firm_as_it_is(crossed, golden):
    found = means(crossed["levers"], "realised")
    numbers = dict(zip(found.moved, found.baseline[1:], strict=True))
    assert numbers == {AUTHORITY: 0.1, WEIGHT: 0.0}
    rows = crossed["levers"].sweep.joined(["realised"])
    cells = rows.pivot(index="replicate", columns=[AUTHORITY, WEIGHT], values="realised")
    away = cells.sub(cells[BASE[1:]], axis=0)
    figure = draw(found)
    curves = {line.get_label(): line for line in figure.axes[0].lines}
    for weight, name in zip(WEIGHTS, (f"{name_of(WEIGHT)} 0%", f"{name_of(WEIGHT)} 100%"), strict=True):
        wanted = [away[authority, weight].mean() / 1e6 for authority in AUTHORITIES]
        assert curves[name].get_ydata() == pytest.approx(wanted)
    (corner,) = [
        d for d in crossed["levers"].of(NUMBERS["realised"]) if d.arm == f"{AUTHORITY}=0.15, {WEIGHT}=1.0"
    ]
    interval = found.at([(BASELINE, *({AUTHORITY: 0.15, WEIGHT: 1.0}[path] for path in found.moved))])
    assert (interval.low[0], interval.high[0]) == pytest.approx((corner.low / 1e6, corner.high / 1e6))
    golden(kind_of(note_of(figure)))  # intervals hold for all arms together
    base = curves[TODAY]
    assert (base.get_xdata()[0], base.get_ydata()[0]) == (0.1, 0.0)
    label = figure.axes[0].get_ylabel()
    assert TODAY in label
    assert "USD million" in label
    golden(label)
    assert faults(figure) == []


def test_levers_under_policies_have_a_curve_for_each_policy(crossed):
    found = means(crossed["mixed"], "realised")
    assert found.baseline == (BASELINE, 0.1)
    names = [text.get_text() for text in draw(found).axes[0].get_legend().get_texts()]
    assert {*(policy.replace("_", " ") for policy in (BASELINE, "on_margin")), TODAY} <= {*names}


def test_what_is_no_grid_has_no_such_figure(crossed):
    assert means(crossed["other"], "realised") is None


def test_two_values_of_a_lever_are_no_curve(tmp_path):
    two = comparison_of(swept(tmp_path / "two", {}, replicates=2, levers={AUTHORITY: [0.1, 0.2]}))
    assert means(two, "realised") is None


def test_a_high_mean_within_noise_does_not_hide_a_setting_that_is_better(golden):
    found = made_up([[1, 5], [4, 9], [2, 6]], spread=0.4, outcome="win_rate")
    first = (BASELINE, 0.05, 1.0)
    assert found.at([first]).mean[0] == pytest.approx(1.0)
    noisy = replace(found, better=(first,))
    assert numbers_in(finding(noisy)) == [5.0, 100.0, 1.0, 10.0, 100.0]
    assert TODAY in finding(noisy)
    golden(finding(noisy))
