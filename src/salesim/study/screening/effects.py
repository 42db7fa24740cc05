"""Elementary effects, and how much of their scatter is luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...outcomes.history import Numbers

FIRST = 5  # the numbers that matter most
RESAMPLES = 2_000
ENDS = (2.5, 97.5)  # percentiles of the resamples
ERROR = 0.05  # share of numbers that are named in vain among those that are said to do something
FLIPS, MOST_SIGNS = 10_000, 2_000_000  # draws of signs, and how many of them are held at a time
ROUNDING = 1e-9
FEWEST_SIGNS = 5  # that replicates can agree in, so that luck is rarely as much of one mind
HALF_NORMAL = float(np.sqrt(2.0 / np.pi))  # mean size of a normal number, in standard deviations


def effects_of(places: Numbers, values: Numbers) -> Numbers:
    """What moving each number over the whole of its range would do, going by each step of each trajectory.

    Args:
        places: where each number is along its range (0 to 1): trajectory, point, number.
        values: the outcome: trajectory, point, replicate; both ends of a step met the same luck.

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


@dataclass(frozen=True, eq=False)
class Split:
    """Measures of elementary effects, number by number, with luck taken apart.

    Args:
        mu: mean effect.
        mu_low, mu_high: its 95% interval, over trajectories.
        mu_star: mean size of an effect, whichever its sign.
        low, high: its 95% interval, over trajectories.
        sigma: standard deviation of effects between trajectories, without that of luck.
        noise: the mean size that luck alone would give the effects of a number that does nothing.
        chance: how likely luck alone would give effects of this size or more.
        told: whether the effects can be told from luck, with all numbers in view.
        among_first: in which share of resamples it is among the first `FIRST`.
    """

    mu: Numbers
    mu_low: Numbers
    mu_high: Numbers
    mu_star: Numbers
    low: Numbers
    high: Numbers
    sigma: Numbers
    noise: Numbers
    chance: Numbers
    told: Numbers
    among_first: Numbers


def split(effects: Numbers, seed: int) -> Split:
    """Split the scatter of effects into that between trajectories and that of luck within them.

    The split is that of a one-way layout with random effects: luck is what replicates of one step
    differ by; what trajectories differ by beyond that is non-linearity and interaction.

    Args:
        effects: number, trajectory, replicate; two trajectories and two replicates at least.
        seed: of the resampling of trajectories and of the draw of signs.

    Source:
        Campolongo, Cariboni and Saltelli (2007), Environmental Modelling & Software 22(10), for the
        mean size; Searle, Casella and McCulloch (1992), Variance Components, for the split; Benjamini
        and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), for which can be told.
    """
    means, replicates = effects.mean(axis=2), effects.shape[2]
    luck = effects.var(axis=2, ddof=1).mean(axis=1) / replicates  # variance of the mean of one step
    between = means.var(axis=1, ddof=1)
    random = np.random.Generator(np.random.Philox(seed))
    mu, sizes = _resampled(means, random)
    chance = _chance(effects, random)
    return Split(
        mu=means.mean(axis=1),
        mu_low=_end(mu, 0),
        mu_high=_end(mu, 1),
        mu_star=np.abs(means).mean(axis=1),
        low=_end(sizes, 0),
        high=_end(sizes, 1),
        sigma=np.sqrt(np.maximum(between - luck, 0.0)),
        noise=HALF_NORMAL * np.sqrt(luck),
        chance=chance,
        told=_told(chance),
        among_first=_among_first(sizes),
    )


def _resampled(means: Numbers, luck: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Mean effect and mean size of each number (rows) in resamples of trajectories (columns)."""
    count = means.shape[1]
    drawn = luck.integers(count, size=(RESAMPLES, count))
    weights = np.apply_along_axis(np.bincount, 1, drawn, minlength=count).T / count
    return means @ weights, np.abs(means) @ weights


def _end(resamples: Numbers, which: int) -> Numbers:
    end: Numbers = np.percentile(resamples, ENDS[which], axis=1)
    return end


def _chance(effects: Numbers, luck: np.random.Generator) -> Numbers:
    """How often effects are as large as these when it is drawn anew which sign each replicate has.

    Replicates that agree stand out from that; luck, which has either sign alike, does not, however much
    more of it there may be on one trajectory than on another.
    """
    _, trajectories, replicates = effects.shape
    as_large, left = np.ones(len(effects)), FLIPS
    sizes = np.abs(effects.sum(axis=2)).sum(axis=1) * (1.0 - ROUNDING)
    while left:
        block = min(left, max(1, MOST_SIGNS // (trajectories * replicates)))
        signs = 2.0 * luck.integers(2, size=(block, trajectories, replicates)) - 1.0
        for number, each in enumerate(effects):
            drawn = np.abs(np.einsum("btr,tr->bt", signs, each)).sum(axis=1)
            as_large[number] += (drawn >= sizes[number]).sum()
        left -= block
    return as_large / (1.0 + FLIPS)


def _told(chance: Numbers) -> Numbers:
    """Which numbers do something, so that of those hardly more than one in twenty is named in vain."""
    from scipy.stats import false_discovery_control

    told: Numbers = false_discovery_control(chance) <= ERROR
    return told


def _among_first(sizes: Numbers) -> Numbers:
    """How often each is among the largest, over resamples."""
    first = min(FIRST, len(sizes))
    lowest = np.sort(sizes, axis=0)[-first]
    among: Numbers = ((sizes >= lowest) & (sizes > 0.0)).mean(axis=1)
    return among
