"""How many replicates a comparison needs, known from its first ones (Stein 1945).

The first replicates say how much paired differences scatter, and so how many it takes until an interval
of the asked width holds their mean. That interval goes on using the first scatter: as it and the mean
are independent (of differences that are normal), it is right as often as it says, however many
replicates came of it. Nobody looks in between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from ...outcomes.history import Numbers
from ..intervals import LEVEL
from .paired import Paired


def level_of_each(comparisons: int) -> float:
    """How sure each of several intervals must be so that all hold at once (Bonferroni)."""
    return 1.0 - (1.0 - LEVEL) / max(1, comparisons)


def half_width(differences: Numbers, first: int, level: float = LEVEL) -> float:
    """Half the interval of a mean difference, by the scatter of its first replicates.

    Args:
        differences: one for each replicate.
        first: how many of them came before it was decided how many there would be.
        level: how often the interval holds the true mean.

    Returns:
        Not a number of fewer than two differences, of which nothing is known.
    """
    early = judged_by(differences, first)
    if len(early) < 2:
        return float("nan")
    return _width_of_one(early, level) / math.sqrt(len(differences))


def judged_by(differences: Numbers, first: int) -> Numbers:
    """The differences whose scatter says how well the mean is known: the first ones.

    Where these are all the same and later ones are not, all of them: what happens rarely need not
    happen among the first, and no scatter would make certain what is not.
    """
    early = differences[:first]
    return differences if len(early) and (early == early[0]).all() else early


def _width_of_one(early: Numbers, level: float) -> float:
    """Half the interval that a single further difference would have."""
    return float(stdtrit(len(early) - 1, 0.5 + 0.5 * level) * np.std(early, ddof=1))


def replicates_needed(outcomes: Sequence[Paired], precision: float, least: int, most: int) -> int:
    """How many replicates it takes until every difference from the baseline is precise enough.

    Args:
        outcomes: what the first replicates say.
        precision: half-width (points of the promise, or percent of the baseline).
        least, most: how many there are at least, and at most.
    """
    needed = least
    for paired in outcomes:
        arms = paired.values.shape[1]
        for arm in range(1, arms if math.isfinite(paired.scale) else 1):
            early = paired.differences(arm)
            if len(early) >= 2:
                width = _width_of_one(early, level_of_each(arms - 1)) * paired.scale
                times = min(width / precision, math.sqrt(most))  # before it is squared, or it may overflow
                needed = max(needed, math.ceil(times * times))
    return min(needed, most)
