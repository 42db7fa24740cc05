"""Search the free numbers: first over their whole ranges, then by steps from the best attempt."""

from __future__ import annotations

import numpy as np

from ..errors import SalesimError
from ..outcomes.history import Numbers
from .evaluating import Evaluations

PRIOR_SPREAD = 0.5  # of a range: the standard deviation of the prior around where a number stands
FIRST_SPREAD = 0.15  # of a range: how far the first generation looks
STEP = 0.08  # of a range: over which slopes are measured, wide enough to see them through noise
A_LIBRARY = "calibrate needs the library cma: pip install '.[science]' in the folder of the sources"


def prior_of(evaluations: Evaluations) -> Numbers:
    """Where the free numbers stand before, as shares of their ranges."""
    return np.array([free.start for free in evaluations.plan.free])


def distance(evaluations: Evaluations, shares: Numbers, misses: Numbers) -> float:
    """Twice the negative logarithm of the posterior density: misses of rows and of the prior, squared."""
    away = (shares - prior_of(evaluations)) / PRIOR_SPREAD
    return float(np.sum(misses**2) + np.sum(away**2))


def search(evaluations: Evaluations) -> Numbers:
    """The best place that an evolution strategy finds over the whole ranges (CMA-ES).

    Source:
        Hansen and Ostermeier (2001), Evolutionary Computation 9(2).

    Raises:
        SalesimError: the library is not installed.
    """
    try:
        import cma
    except ImportError:
        raise SalesimError(A_LIBRARY) from None
    asked, start = evaluations.plan.search, prior_of(evaluations)
    options = {
        "bounds": [0.0, 1.0],
        "seed": evaluations.seed + 1,
        "popsize": asked.population,
        "maxiter": asked.generations,
        "verbose": -9,
        "tolx": 1e-4,
        "verb_disp": 0,
    }
    strategy = cma.CMAEvolutionStrategy(start, FIRST_SPREAD, options)
    best, least = start, np.inf
    for generation in range(asked.generations):
        if strategy.stop():
            break
        attempts = [np.asarray(shares) for shares in strategy.ask()]
        what = f"Searching, generation {generation + 1} of {asked.generations}"
        found = evaluations.rows(attempts, asked.replicates, what=what)
        far = [
            distance(evaluations, shares, evaluations.misses(rows))
            for shares, rows in zip(attempts, found, strict=True)
        ]
        strategy.tell(attempts, far)
        if min(far) < least:
            best, least = attempts[int(np.argmin(far))], min(far)
    return best


def slopes(
    evaluations: Evaluations, shares: Numbers, replicates: int, what: str
) -> tuple[Numbers, Numbers]:
    """Misses at a place, and how each changes with each free number (per range), paired."""
    sides = [
        (np.clip(shares + STEP * unit, 0.0, 1.0), np.clip(shares - STEP * unit, 0.0, 1.0))
        for unit in np.eye(len(shares))
    ]
    attempts = [shares, *(side for pair in sides for side in pair)]
    misses = [evaluations.misses(rows) for rows in evaluations.rows(attempts, replicates, what=what)]
    columns = [
        (misses[1 + 2 * k] - misses[2 + 2 * k]) / float((up - down)[k])
        for k, (up, down) in enumerate(sides)
    ]
    return misses[0], np.array(columns).T


def polish(evaluations: Evaluations, shares: Numbers) -> Numbers:
    """Steps of Gauss and Newton from a place, each as far as it helps; the prior is one of the rows.

    Few replicates show a slope, since both ends share random draws; where a place lies takes many.
    """
    asked, prior = evaluations.plan.search, prior_of(evaluations)
    for step in range(asked.polish_steps):
        what = f"Improving, step {step + 1} of {asked.polish_steps}"
        _, slope = slopes(evaluations, shares, asked.polish_replicates, what)
        misses = evaluations.misses(evaluations.rows([shares], asked.exact_replicates, what=what)[0])
        whole = np.vstack([slope, np.eye(len(shares)) / PRIOR_SPREAD])
        off = np.concatenate([misses, (shares - prior) / PRIOR_SPREAD])
        way = np.linalg.lstsq(whole, -off, rcond=None)[0]
        tried = [np.clip(shares + part * way, 0.0, 1.0) for part in (1.0, 0.5, 0.25)]
        found = evaluations.rows(tried, asked.exact_replicates, what=what)
        far = [
            distance(evaluations, place, evaluations.misses(rows))
            for place, rows in zip(tried, found, strict=True)
        ]
        before = distance(evaluations, shares, misses)
        if min(far) >= before:
            break
        shares = tried[int(np.argmin(far))]
        if before - min(far) < 0.1:
            break
    return shares
