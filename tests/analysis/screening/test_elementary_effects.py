"""Elementary effects of functions whose effects are known, with luck and without."""

from types import SimpleNamespace

import numpy as np
import pytest
from SALib.analyze import morris
from SALib.test_functions import Ishigami

from salesim.analysis.screening.elementary_effects import effects_of, split
from salesim.analysis.screening.screening_study import Layout, trajectories


def walked(numbers, count=20, levels=6, seed=1):
    return trajectories(numbers, Layout(trajectories=count, levels=levels, seed=seed), 0)


def simulated(places, function, replicates=2, luck=0.0, seed=3):
    """A function at all points, with luck that differs from point to point and replicate to replicate."""
    values = np.apply_along_axis(function, 2, places)[:, :, None].repeat(replicates, axis=2)
    return values + luck * np.random.default_rng(seed).normal(size=values.shape)


def measured(places, values):
    return SimpleNamespace(**split(effects_of(places, values), 1))


def test_a_straight_line_has_its_slopes_as_effects_and_neither_sigma_nor_luck():
    places = walked(4)
    found = measured(places, simulated(places, lambda x: 3 * x[0] - 2 * x[1] + 0.5 * x[2]))
    assert found.mu == pytest.approx([3.0, -2.0, 0.5, 0.0], abs=1e-9)
    assert found.mu_star == pytest.approx([3.0, 2.0, 0.5, 0.0], abs=1e-9)
    assert found.interval[:, 0] == pytest.approx(found.mu_star)
    assert found.interval[:, 1] == pytest.approx(found.mu_star)
    assert found.sigma == pytest.approx(np.zeros(4), abs=1e-9)
    assert found.noise == pytest.approx(np.zeros(4), abs=1e-9)


def test_a_function_of_the_literature_has_the_measures_that_salib_gives_it():
    """Without luck all scatter is between trajectories, and the measures are those of Morris."""
    places = walked(3, count=40, levels=4)
    angles = (2 * places - 1) * np.pi
    values = Ishigami.evaluate(angles.reshape(-1, 3))
    found = measured(places, values.reshape(40, 4, 1).repeat(2, axis=2))
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    known = morris.analyze(problem, places.reshape(-1, 3), values, num_levels=4, seed=1)
    for name in ("mu", "mu_star", "sigma"):
        assert getattr(found, name) == pytest.approx(np.asarray(known[name], dtype=float)), name
    half = 0.5 * np.diff(found.interval)[:, 0]
    assert half == pytest.approx(np.asarray(known["mu_star_conf"], dtype=float), rel=0.25, abs=1e-9)
    assert found.significant.all()


def test_luck_is_not_taken_for_interaction():
    """An outcome of luck alone has no sigma, and none of the numbers is said to move it."""
    places = walked(30, count=60)
    found = measured(places, simulated(places, lambda x: 0.0, luck=1.0))
    step = np.sqrt(2.0) / 0.6  # the scatter of a difference, over the whole range
    assert found.noise.mean() == pytest.approx(step / np.sqrt(np.pi), rel=0.05)
    assert found.mu_star.mean() == pytest.approx(found.noise.mean(), rel=0.05)
    assert np.mean(found.sigma**2) < 0.1 * step**2
    assert not found.significant.any()


def test_sigma_beneath_luck_is_found():
    """The effect of the first number depends on the second; luck is as large as that, and taken out."""
    places = walked(2, count=400)
    wanted = measured(places, simulated(places, lambda x: x[0] * (1 + 2 * x[1])))
    found = measured(places, simulated(places, lambda x: x[0] * (1 + 2 * x[1]), replicates=4, luck=0.6))
    raw = effects_of(
        places, simulated(places, lambda x: x[0] * (1 + 2 * x[1]), replicates=4, luck=0.6)
    ).mean(axis=2)
    assert wanted.sigma[0] > 0.6
    assert found.sigma[0] == pytest.approx(wanted.sigma[0], rel=0.15)
    assert raw[0].std() > 1.3 * wanted.sigma[0], "else there would be nothing to take out"
    assert found.significant.all()


def test_numbers_that_do_nothing_are_hardly_ever_said_to_do_something_however_uneven_luck_is():
    uneven = np.exp(1.2 * np.random.default_rng(5).normal(size=(20, 1)))
    effects = uneven * np.random.default_rng(6).normal(size=(800, 20, 2))
    found = SimpleNamespace(**split(effects, 1))
    chance = found.p_value
    assert (chance <= 0.05).mean() == pytest.approx(0.05, abs=0.02)
    assert (chance <= 0.005).mean() < 0.012
    assert not found.significant.any()


def test_an_effect_that_turns_its_sign_is_found_and_has_no_direction():
    places = walked(2, count=100)
    found = measured(places, simulated(places, lambda x: (x[1] - 0.5) * x[0], luck=0.02))
    assert found.significant[0]
    assert found.mu_interval[0][0] < 0.0 < found.mu_interval[0][1]
    assert found.mu_star[0] > 5 * found.noise[0]


def test_what_is_always_first_is_always_among_the_first():
    places = walked(12, count=10)
    found = measured(places, simulated(places, lambda x: np.dot(x, [9, 8, 7, 6, 5, 1, 1, 1, 1, 1, 1, 0])))
    assert found.among_first.tolist() == [1.0] * 5 + [0.0] * 7


@pytest.mark.parametrize("last", [[[0.6, 0.6], [0.6, 0.0]], [[0.6, 0.0], [0.0, 0.0]]], ids=["two", "back"])
def test_steps_that_move_several_numbers_are_no_trajectories(golden, last):
    places = np.array([[[0.0, 0.0], *last]])
    with pytest.raises(ValueError, match=r"\w") as refused:
        effects_of(places, np.zeros((1, 3, 2)))
    golden(refused.value)


def test_the_same_seed_gives_the_same_bits_and_another_other_trajectories():
    assert walked(5).tobytes() == walked(5).tobytes()
    assert walked(5).tobytes() != walked(5, seed=2).tobytes()
    assert trajectories(5, Layout(), 0).tobytes() != trajectories(5, Layout(), 1).tobytes()
