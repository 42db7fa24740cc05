"""How often intervals miss the true difference: two stages beside naive ways to stop.

.venv/bin/python -m tests.analysis.comparing.coverage 20000
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from salesim.outcomes import NUMBERS
from salesim.runs.paired import Paired, replicates_needed
from salesim.statistics import two_stage_interval

FIRST, MAX = 20, 400
MISSES = 0.05
Draw = Callable[[np.random.Generator, int], np.ndarray]


def normal(random, count):
    return random.standard_normal(count)


def skewed(random, count):
    """Log-normal of the skewness that a few large deals give (0.95), centred, with variance one."""
    sigma = 0.3
    drawn = np.exp(sigma * random.standard_normal(count))
    return (drawn - np.exp(sigma**2 / 2)) / np.sqrt((np.exp(sigma**2) - 1) * np.exp(sigma**2))


def of_a_firm(seeds: int) -> Draw:
    """Paired differences of a small firm that is told more often, centred; drawn from real runs."""
    from salesim.runs.simulate import simulate
    from tests.firms import small_firm

    firm = small_firm()
    changed = firm.with_numbers({"regime.discount_authority": 0.2})
    values = [np.array(simulate(f, replicates=seeds).values["contribution"]) for f in (firm, changed)]
    pool = values[1] - values[0]
    pool = (pool - pool.mean()) / pool.std()
    return lambda random, count: random.choice(pool, count)


@dataclass
class Missed:
    """Shares of sequences whose interval missed the truth."""

    two_stages: float
    when_narrow: float
    when_sure: float
    replicates: float

    @staticmethod
    def noise(sequences: int) -> float:
        """Three standard errors of a share of one in twenty."""
        return 3.0 * float(np.sqrt(MISSES * (1.0 - MISSES) / sequences))


def study(draw: Draw, precision: float, sequences: int, seed: int = 1) -> Missed:
    """Many sequences of differences whose truth is zero, each stopped in three ways."""
    random = np.random.default_rng(seed)
    missed, used = np.zeros(3), 0
    for _ in range(sequences):
        each = draw(random, MAX)
        number = needed(each, precision)
        used += number
        missed += [two_stage_interval(each[:number], FIRST).significant, *naive(each, precision)]
    return Missed(*(missed / sequences), replicates=used / sequences)


def needed(each: np.ndarray, precision: float) -> int:
    """How many replicates the first ones ask for."""
    first = np.column_stack([np.zeros(FIRST), each[:FIRST]])
    paired = Paired(NUMBERS["contribution"], first, 1.0)
    return replicates_needed([paired], precision, FIRST, MAX)


def naive(each: np.ndarray, precision: float, start: int = 5) -> tuple[bool, bool]:
    """Whether plain intervals miss when one looks after each replicate: until narrow, and until sure."""
    count = np.arange(1, len(each) + 1)
    mean = np.cumsum(each) / count
    squares = np.maximum(np.cumsum(each**2) - count * mean**2, 0.0)
    half = np.full(len(each), np.inf)
    later = slice(start - 1, None)
    half[later] = stdtrit(count[later] - 1, 0.975) * np.sqrt(
        squares[later] / (count[later] - 1) / count[later]
    )
    narrow = int(np.argmax(half <= precision)) if (half <= precision).any() else len(each) - 1
    return bool(abs(mean[narrow]) > half[narrow]), bool((np.abs(mean) > half).any())


def table(sequences: int) -> str:
    """All of it as a table, for reading."""
    lines = [
        f"Misses of 95% intervals over {sequences:,} sequences (noise of a share: {Missed.noise(sequences):.4f})",
        f"{'differences':12s} {'precision':>9s} {'two stages':>10s} {'until narrow':>12s} {'until sure':>10s} {'replicates':>10s}",
    ]
    for name, draw in (("normal", normal), ("skewed", skewed), ("of a firm", of_a_firm(600))):
        for precision in (1.0, 0.5, 0.25):
            found = study(draw, precision, sequences)
            lines.append(
                f"{name:12s} {precision:9.2f} {found.two_stages:10.4f} {found.when_narrow:12.4f} "
                f"{found.when_sure:10.4f} {found.replicates:10.1f}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
