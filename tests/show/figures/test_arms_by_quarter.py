"""Arms by quarter: what each earns, and when it parts from the baseline, judged on the same luck."""

import numpy as np
import pytest

from salesim.analysis.comparing.quarters import Quarters, finding, quarters_of
from salesim.english import TODAY, capital
from salesim.outcomes.declaring import QUARTER_OF_PLAN
from salesim.quantity import Scale
from salesim.show.figures import write_figures
from salesim.show.figures.arms_by_quarter import draw
from tests.show.figures.comparisons import compared, made_up, swept
from tests.show.figures.reading import faults, kind_of, note_of, numbers_in


def quarters(comparison, gains, luck=5.0, replicates=8):
    """A baseline that luck moves widely, and arms that add these amounts to it, quarter by quarter."""
    random = np.random.default_rng(1)
    base = 1e6 * (50.0 + luck * random.standard_normal((replicates, len(next(iter(gains.values()))))))
    jitter = random.standard_normal(base.shape) * 1e4
    values = {"baseline": base} | {arm: base + 1e6 * np.array(gain) + jitter for arm, gain in gains.items()}
    return Quarters(comparison, Scale("USD million", 1e-6, 1), values, 0)


GAINS = [
    ({"on_margin": [1, 1, 1, 1]}, "on_margin", [4.0]),
    (
        {"on_margin": [0, -1, 1, 1]},
        "on_margin",
        [2.0, 4.0, 3.0, 1.0],
    ),
    ({"on_margin": [1, 0, 0, 0]}, "on_margin", [1.0, 4.0]),
    (
        {"on_margin": [-1, -1, 0, 0]},
        "on_margin",
        [2.0, 4.0],
    ),
    (
        {"on_margin": [0, 0, 0, 0]},
        "on_margin",
        [],
    ),
    (
        {"on_margin": [0, 0], "tight": [0, 0]},
        "",
        [2.0],
    ),
    (
        {"on_margin": [0, 1], "tight": [1, 1]},
        "tight",
        [2.0],
    ),
]


@pytest.mark.parametrize(("gains", "first", "numbers"), GAINS)
def test_the_title_counts_quarters_that_pairs_tell_apart(comparison, golden, gains, first, numbers):
    found = quarters(comparison, gains)
    bands = [each.std(axis=0).min() for each in found.values.values()]
    assert min(bands) > 1e6  # of the arms alone, which overlap
    title = finding(found)
    assert TODAY in title
    assert title.startswith(capital(comparison.arms[first]) if first else "")
    assert [arm for arm in gains if capital(comparison.arms[arm]) in title] == [first] * bool(first)
    assert numbers_in(title) == numbers
    golden(title)


def test_arms_that_part_otherwise_are_said_to(comparison):
    kinds = {kind_of(finding(quarters(comparison, gains))) for gains, *_ in GAINS[:-1]}
    assert len(kinds) == len(GAINS) - 1
    more, less = ({"on_margin": [sign] * 4} for sign in (1, -1))
    assert kind_of(finding(quarters(comparison, more))) != kind_of(finding(quarters(comparison, less)))
    twice = {"on_margin": [2, 2, 2, 2]}
    assert finding(quarters(comparison, more)) == finding(quarters(comparison, twice))


def test_curves_are_the_means_and_differences_of_the_sweep(comparison):
    figure = draw(quarters_of(comparison))
    rows = comparison.sweep.joined(["realised_by_quarter"])
    means = {
        policy: np.array(group["realised_by_quarter"].tolist()).mean(axis=0)
        for policy, group in rows.groupby("policy")
    }
    found = quarters_of(comparison)
    above, below = figure.axes
    for line, arm in zip(above.lines, found.values, strict=True):
        assert line.get_ydata() / found.dollars.factor == pytest.approx(means[arm])
    for line, arm in zip(below.lines[1:], found.arms, strict=True):
        assert line.get_ydata() / found.dollars.factor == pytest.approx(means[arm] - means["baseline"])
    assert list(above.lines[0].get_xdata()) == [1.0, 2.0, 3.0, 4.0]
    assert below.get_xlabel() == QUARTER_OF_PLAN.name
    key = [text.get_text() for text in above.get_legend().get_texts()]
    assert key[0] == TODAY
    assert {*key[1:]} == {comparison.arms[arm] for arm in found.arms}
    assert faults(figure) == []


def test_of_many_arms_five_are_drawn_and_the_others_counted(tmp_path, golden):
    policies = {f"p{k}": {"payout.cap": 1.0 + 0.2 * k} for k in range(7)}
    figure = draw(quarters_of(compared(swept(tmp_path / "many", policies, replicates=2), ["realised"])))
    assert len(figure.axes[0].lines) == 6
    assert numbers_in(note_of(figure))[-1] == 2.0  # left out
    golden(note_of(figure))
    assert faults(figure) == []


def test_a_plan_shorter_than_a_quarter_has_nothing_to_draw(tmp_path):
    size = {"headcount": 2, "accounts": 10, "burn_in_weeks": 4, "weeks": 8}
    short = compared(
        swept(tmp_path / "short", {"tight": {"payout.cap": 2.0}}, replicates=2, size=size), ["realised"]
    )
    assert quarters_of(short) is None
    write_figures([short], tmp_path)
    assert (tmp_path / "forest.png").exists()
    assert not (tmp_path / "arms_by_quarter.png").exists()


def test_one_replicate_judges_nothing(comparison, golden):
    found = quarters(comparison, {"on_margin": [1, 1]}, replicates=1)
    assert numbers_in(finding(found)) == []
    assert finding(found) == finding(quarters(comparison, {"on_margin": [-1, 1]}, replicates=1))
    golden(finding(found))


def test_long_names_find_room(comparison):
    found = made_up(comparison, {"on_margin": 3.0, "tight": 1.0})
    found.arms.update(on_margin="a policy with quite a long name " * 3)
    assert faults(draw(quarters_of(found))) == []
