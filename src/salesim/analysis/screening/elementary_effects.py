"""Elementary effects, and how much of their scatter is chance."""

from __future__ import annotations

import numpy as np

from ... import statistics
from ...outcomes.history import Numbers

FIRST = 5  # the numbers that matter most
RESAMPLES = 2_000
MIN_SIGNS = 5  # that replicates can agree in, so that chance rarely agrees as much
HALF_NORMAL = float(np.sqrt(2.0 / np.pi))  # mean size of a normal number, in standard deviations


def effects_of(places: Numbers, values: Numbers) -> Numbers:
    """What moving each number over the whole of its range would do, going by each step of each trajectory.

    Args:
        places: where each number is along its range (0 to 1): trajectory, point, number.
        values: the outcome: trajectory, point, replicate; both ends of a step share random draws.

    Returns:
        Number, trajectory, replicate; in the unit of the outcome.

    Raises:
        ValueError: a step that moves another count of numbers than one, or a number not moved once.
    """
    steps = np.diff(places, axis=1)
    moved = np.abs(steps).argmax(axis=2)
    count = places.shape[2]
    if ((steps != 0.0).sum(axis=2) != 1).any() or (np.sort(moved, axis=1) != np.arange(count)).any():
        raise ValueError("no trajectories, each of which moves every number once")
    sizes = np.take_along_axis(steps, moved[:, :, None], axis=2)
    found = np.empty((count, len(places), values.shape[2]))
    found[moved, np.arange(len(places))[:, None]] = np.diff(values, axis=1) / sizes
    return found


def split(effects: Numbers, seed: int) -> dict[str, Numbers]:
    """Split the scatter of effects into that between trajectories and that of chance within them.

    The split is that of a one-way layout with random effects: chance is what replicates of one step
    differ by; what trajectories differ by beyond that is non-linearity and interaction.

    Args:
        effects: number, trajectory, replicate; two trajectories and two replicates at least.
        seed: of the resampling of trajectories and of the draw of signs.

    Returns:
        Measures of all numbers, by the names that `ParameterEffect` has.

    Source:
        Campolongo, Cariboni and Saltelli (2007), Environmental Modelling & Software 22(10).
    """
    means, (between, luck) = effects.mean(axis=2), statistics.variance_components(effects)
    random = np.random.Generator(np.random.Philox(seed))
    mu, sizes = statistics.resampled_means(means, RESAMPLES, random)
    chance = statistics.chance_of_signs(effects, random)
    intervals = (np.transpose(statistics.central(each, statistics.LEVEL)) for each in (mu, sizes))
    mu_interval, interval = intervals
    return {
        "mu": means.mean(axis=1),
        "mu_interval": mu_interval,
        "mu_star": np.abs(means).mean(axis=1),
        "interval": interval,
        "sigma": np.sqrt(between),
        "noise": HALF_NORMAL * np.sqrt(luck),
        "p_value": chance,
        "significant": statistics.significant_of(chance),
        "among_first": _among_first(sizes),
    }


def _among_first(sizes: Numbers) -> Numbers:
    """How often each is among the largest, over resamples."""
    first = min(FIRST, len(sizes))
    lowest = np.sort(sizes, axis=0)[-first]
    among: Numbers = ((sizes >= lowest) & (sizes > 0.0)).mean(axis=1)
    return among
