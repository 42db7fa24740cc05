"""Numbers drawn from ranges: one from each part of each range, and the same from the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim import statistics
from salesim.inputs.axes import latin_hypercube
from salesim.inputs.declared import declared_numbers
from salesim.runs.reading import load_study

COST, WEEKS, INERTIA = "market.unit_cost", "organisation.weeks", "buying.inertia"
SEEDS = st.integers(0, 2**63 - 1)
FROZEN_COST = (49.46968147897323, 42.947512755139805, 45.87104184552703, 40.62108973813369)
FROZEN_WEEKS = (253, 136, 180, 192)


@given(st.floats(0.0, 100.0), st.floats(0.01, 1e5), st.integers(1, 200), SEEDS)
def test_one_value_lies_in_each_part_of_the_range(low, width, samples, seed):
    high = low + width
    values = np.array(latin_hypercube({COST: (low, high)}, samples, seed)[COST])
    assert ((values >= low) & (values <= high)).all()
    within = np.sort((values - low) / (high - low) * samples)
    part = np.arange(samples)
    assert (within >= part - 1e-6).all()
    assert (within <= part + 1 + 1e-6).all()


@given(st.integers(1, 100), st.integers(1, 20), st.integers(1, 50), SEEDS)
def test_whole_numbers_come_equally_often_up_to_both_ends(low, more, times, seed):
    """As many samples as there are numbers, or a multiple of it, give each number as often."""
    high = low + more
    values = latin_hypercube({WEEKS: (low, high)}, times * (more + 1), seed)[WEEKS]
    assert {type(v) for v in values} == {int}
    found, counts = np.unique(values, return_counts=True)
    assert found.tolist() == list(range(low, high + 1))
    assert np.ptp(counts) <= (0 if times == 1 else 2)


@given(
    st.sampled_from([p for p, n in declared_numbers().items() if not n.modes]), st.integers(1, 30), SEEDS
)
def test_what_is_plausible_of_a_number_is_drawn_within_what_is_allowed(path, samples, seed):
    number = declared_numbers()[path]
    values = latin_hypercube({path: number.sweep}, samples, seed)[path]
    assert len(values) == samples
    assert {type(v) for v in values} == {number.type}
    assert all(number.sweep[0] <= v <= number.sweep[1] for v in values)


@pytest.mark.parametrize("samples", [1, 3, 1000])
def test_no_rounding_leads_out_of_a_range(monkeypatch, samples):
    """The last place may be the end itself."""
    monkeypatch.setattr(statistics, "latin_hypercube", lambda numbers, *_: np.ones((numbers, samples)))
    ranges = {WEEKS: (1, 52), COST: (0.03, 0.29), INERTIA: (-0.9, 0.3)}
    drawn = latin_hypercube(ranges, samples, 1)
    assert {path: max(values) for path, values in drawn.items()} == {
        WEEKS: 52,
        COST: pytest.approx(0.29),
        INERTIA: pytest.approx(0.3),
    }
    assert all(max(values) <= ranges[path][1] for path, values in drawn.items())


def test_numbers_are_drawn_independently():
    drawn = latin_hypercube(
        {COST: (0.0, 1.0), INERTIA: (0.0, 1.0), "market.price_buyers": (0.0, 1.0)}, 2000, 5
    )
    together = np.corrcoef(list(drawn.values()))
    assert np.abs(together[~np.eye(3, dtype=bool)]).max() < 0.1


def test_values_of_a_seed_stay_as_they_are():
    """A study that is read again with other versions of libraries must be the same study."""
    drawn = latin_hypercube({COST: (40.0, 50.0), WEEKS: (104, 260)}, 4, 1)
    assert drawn == {COST: FROZEN_COST, WEEKS: FROZEN_WEEKS}
    assert latin_hypercube({COST: (40.0, 50.0)}, 4, 1) == {COST: FROZEN_COST}
    assert latin_hypercube({COST: (40.0, 50.0)}, 4, 2) != {COST: FROZEN_COST}
    assert latin_hypercube({}, 1, 1) == {}


def test_a_study_draws_from_its_seed():
    said = {"seed": 1, "uncertainties": {"samples": 4, COST: {"from": 40, "to": 50}, WEEKS: "plausible"}}
    assert load_study(said).samples == {COST: FROZEN_COST, WEEKS: FROZEN_WEEKS}
    assert load_study(said | {"seed": 2}).samples != load_study(said).samples
